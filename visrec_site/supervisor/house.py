"""One running site: its lock, its address, its programs, and the words a person reads while it comes up."""

import fcntl
import http.client
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from visrec_site.accounts import welcome
from visrec_site.health import demo_marker, pictures_on_their_way
from visrec_site.supervisor import address, broker, programs
from visrec_site.supervisor.logs import say
from visrec_site.supervisor.loop import Supervisor
from visrec_site.supervisor.programs import Program

BROKER_START = 10.0  # seconds to wait for the embedded broker before the rest is started anyway
ASK_EVERY = 1.0  # seconds between two questions whether the site is ready
PATIENCE = 3.0  # seconds to wait for one answer


class AlreadyUpError(Exception):
    """A site is running in this folder."""


def keep_up(*, host: str, port: int | None, demo: bool, seeding: Sequence[str], first: Callable[[], None]) -> None:
    """Run the site until a signal ends it.

    demo: whether the demo gallery hangs from the start; its owner may still ask for it.  seeding: arguments of
    `seed_demo`.
    first: called once the folder and the port are ours, before anything runs.
    Raises AlreadyUpError, address.PortTakenError, broker.NoBrokerError, OSError (cannot listen) before anything runs.
    """
    var = settings.VAR
    with only_one(var), address.listen(host=host, port=port) as listener:
        first()
        own = None if os.environ.get("REDIS_URL") else broker.embedded(var)
        url = address.url(listener)
        _prepare(var, url, wants_demo=demo)
        supervisor = Supervisor(log_folder=var / "log", environment=_environment(var, url, own))
        if own:
            supervisor.add(own.program())
            _await_broker(supervisor, own)
        for program in programs.site(base=settings.BASE_DIR, var=var, listener=listener.fileno()):
            supervisor.add(program)
        seed = programs.demo(base=settings.BASE_DIR, options=list(seeding))
        if demo:
            supervisor.add(seed)
        say(f"  → Serving on {url}  (logs in {var / 'log'}, Ctrl-C stops everything)")
        if key := welcome.key():
            say(f"  → Make it yours: {url}/welcome/?key={key}")
        supervisor.run(Arrival(supervisor=supervisor, url=url, var=var, demo=demo, seed=seed))
        say("  ✓ Stopped.")


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the folder: two supervisors in one `var` would fight over its files."""
    with (var / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            where = (var / "address").read_text().strip() if (var / "address").exists() else str(var)
            raise AlreadyUpError(f"VisRec is already running here: {where}") from error
        yield


class Arrival:
    """Watches the site come up, and says once that it is there. Called at each turn of the supervisor."""

    def __init__(self, *, supervisor: Supervisor, url: str, var: Path, demo: bool, seed: Program) -> None:
        self._supervisor, self._url, self._var, self._demo, self._seed = supervisor, url, var, demo, seed
        self._arrived = False
        self._next = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + ASK_EVERY
        if welcome.demo_wish().exists():
            self._hang_demo()
        if self._arrived:
            return
        if self._demo and self._supervisor.finished("demo") and not on_their_way():
            demo_marker().unlink(missing_ok=True)
        if is_ready(self._url):
            self._arrived = True
            self._welcome()

    def _hang_demo(self) -> None:
        """The owner would like the demo, too; until it is findable the site is not ready again."""
        welcome.demo_wish().unlink(missing_ok=True)
        if self._demo:
            return
        demo_marker().touch()
        self._demo, self._arrived = True, False
        self._supervisor.add(self._seed)

    def _welcome(self) -> None:
        say(f"  ✓ Ready: {self._url}")
        sign_in = self._var / "demo-sign-in.txt"
        if not sign_in.exists():
            return
        for role, name, password in map(str.split, sign_in.read_text().splitlines()):
            say(f"    sign in as {role:<6}  {name}  {password}")


def on_their_way() -> bool:
    """Whether the demo's pictures are still to become findable; yes when the database cannot say."""
    try:
        return pictures_on_their_way()
    except DatabaseError:
        return True


def is_ready(url: str) -> bool:
    """Whether the site says that it is ready."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _prepare(var: Path, url: str, *, wants_demo: bool) -> None:
    (var / "beat").mkdir(exist_ok=True)
    (var / "address").write_text(f"{url}\n")
    if wants_demo:
        demo_marker().touch()
    else:
        demo_marker().unlink(missing_ok=True)


def _environment(var: Path, url: str, own: broker.Broker | None) -> dict[str, str]:
    chosen = {"VAR": str(var), "SITE_URL": os.environ.get("SITE_URL", url)}
    return chosen | ({"REDIS_URL": own.url} if own else {})


def _await_broker(supervisor: Supervisor, own: broker.Broker) -> None:
    deadline = time.monotonic() + BROKER_START
    while time.monotonic() < deadline and not own.answers():
        supervisor.turn()
