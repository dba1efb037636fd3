"""A whole site, running: the supervisor with broker, web, workers and clock, in a `var` of its own."""

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.environment import BASE, VAR
from tests.waiting import eventually
from visrec_site.supervisor.address import free_port

START = 300.0  # seconds a site gets to become ready, its demo gallery included
MANAGE = [sys.executable, str(BASE / "manage.py")]


@dataclass
class Account:
    """A name and its password."""

    username: str
    password: str


@dataclass
class Site:
    """Where it is, what it keeps, who may sign in."""

    url: str
    var: Path
    process: subprocess.Popen[str]
    environment: dict[str, str]
    accounts: dict[str, Account] = field(default_factory=dict)

    @property
    def member(self) -> Account:
        return self.accounts["member"]

    @property
    def staff(self) -> Account:
        return self.accounts["staff"]

    def get(self, path: str, *, timeout: float = 10.0) -> tuple[int, str]:
        """Status and body of a page, whatever the status."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def checks(self) -> dict[str, bool]:
        """What readiness says, check by check; empty while nothing answers."""
        try:
            return json.loads(self.get("/health/ready")[1])["checks"]
        except OSError:
            return {}

    def is_ready(self) -> bool:
        return all((checks := self.checks()).values()) and bool(checks)

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this site. Returns what it printed."""
        command = [*MANAGE, *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout

    def stop(self, with_signal: int = signal.SIGINT, *, within: float = 15.0) -> int:
        """End it as Ctrl-C does, and return its exit code."""
        self.process.send_signal(with_signal)
        return self.process.wait(within)


@contextmanager
def running_site(var: Path, *arguments: str, ready_within: float = START, **environment: str) -> Iterator[Site]:
    """A site in `var` that is ready, ended afterwards. `arguments` go to `manage.py up`."""
    surroundings = site_environment(var, **environment)
    prepare(var)
    port = free_port()
    with (var / "up.log").open("a") as log:
        process = subprocess.Popen(
            [*MANAGE, "up", "--port", str(port), *arguments],
            env=surroundings,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=BASE,
        )
    site = Site(url=f"http://127.0.0.1:{port}", var=var, process=process, environment=surroundings)
    try:
        eventually(lambda: site.is_ready() or process.poll() is not None, seconds=ready_within)
        assert process.poll() is None, (var / "up.log").read_text()
        site.accounts = read_accounts(var)
        yield site
    finally:
        if process.poll() is None:
            site.stop()


def site_environment(var: Path, **more: str) -> dict[str, str]:
    """The environment of a site of its own: no settings of the tests' process but the eyes."""
    unwanted = ("REDIS_URL", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**inherited, "VAR": str(var), **more}


def prepare(var: Path) -> None:
    """What `run` does before `up`, less the packages; done once, then copied."""
    shutil.copytree(prepared(), var, dirs_exist_ok=True)


@functools.cache
def prepared() -> Path:
    """An empty site's `var`: database, eyes, styles."""
    var = VAR / "prepared"
    var.mkdir()
    for command in (["migrate", "-v0"], ["build_eyes"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([*MANAGE, *command], env=site_environment(var), check=True, cwd=BASE, capture_output=True)
    return var


def read_accounts(var: Path) -> dict[str, Account]:
    """Role → account, from the file that the demo leaves; empty without a demo."""
    path = var / "demo-sign-in.txt"
    if not path.exists():
        return {}
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
    return {role: Account(username, password) for role, username, password in rows}
