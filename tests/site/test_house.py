"""The whole site under its supervisor, with its processes killed for real."""

import http.cookiejar
import json
import signal
import sqlite3
import subprocess
import time
import urllib.parse
import urllib.request
from contextlib import closing

import psutil
import pytest
import redis

from tests.running import MANAGE, Site, running_site, site_environment
from tests.site.processes import descendants, find, is_gone
from tests.waiting import eventually
from visrec_site.celery import QUEUES
from visrec_site.heartbeats import PREFIX

PASSWORD = "a long walk at dusk"
RECOVERY = 30.0  # seconds until a site is ready again after a process was killed


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("a house") / "var", DEMO="0") as site:
        yield site


def head(house: Site, *words: str) -> psutil.Process:
    """The process whose command line holds the words: of several, the parent of the others."""
    processes = eventually(lambda: find(house.process.pid, *words))
    pids = {process.pid for process in processes}
    return next(process for process in processes if process.ppid() not in pids)


def pool(house: Site) -> list[psutil.Process]:
    """The intake worker's processes; none while it is starting."""
    try:
        return head(house, "worker", "--queues intake").children()
    except psutil.NoSuchProcess:
        return []


def forget_heartbeats(house: Site) -> None:
    """Have readiness believe in nobody until they show that they live."""
    memory = json.loads((house.var / "broker" / "broker.json").read_text())
    with redis.Redis(port=memory["port"], password=memory["password"]) as client:
        eventually(lambda: answers(client))
        client.delete(*[PREFIX + name for name in (*QUEUES, "beat")])


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


PARTS = {
    "web": ("gunicorn",),
    "intake worker": ("worker", "--queues intake"),
    "eyes worker": ("worker", "--queues eyes"),
    "learning worker": ("worker", "--queues learning"),
    "beat": ("celery", "beat"),
    "broker": ("valkey-server",),
}


def up(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [*MANAGE, "up"]
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_comes_back(house, part):
    victim = head(house, *PARTS[part])
    family = [victim, *victim.children(recursive=True)]

    victim.kill()

    eventually(lambda: all(map(is_gone, family)), seconds=5)
    forget_heartbeats(house)
    eventually(lambda: find(house.process.pid, *PARTS[part]) and house.is_ready(), seconds=RECOVERY)


def test_a_killed_pool_process_is_replaced(house):
    victim = eventually(lambda: pool(house))[0]

    victim.kill()

    eventually(lambda: is_gone(victim) and len(pool(house)) == 2)
    eventually(house.is_ready, seconds=RECOVERY)


def test_a_killed_web_process_is_replaced(house):
    web = head(house, "gunicorn")
    victim = eventually(web.children)[0]

    victim.kill()

    eventually(lambda: is_gone(victim) and len(web.children()) == 2)
    assert house.get("/health/live")[0] == 200


def test_visitors_wait_through_a_restart_of_the_web(house):
    web = head(house, "gunicorn")
    family = [web, *web.children()]

    web.kill()
    eventually(lambda: all(map(is_gone, family)), seconds=5)

    assert house.get("/health/live", timeout=20) == (200, '{"status": "ok"}')


def test_pages_answer_while_the_broker_hangs(house):
    house.get("/")
    broker = head(house, "valkey-server")
    broker.suspend()
    try:
        started = time.monotonic()
        status, _ = house.get("/")
        took = time.monotonic() - started
        checks = house.checks()
    finally:
        broker.resume()

    assert status == 200
    assert took < 3
    assert checks["database"]
    assert not checks["broker"]
    eventually(house.is_ready, seconds=RECOVERY)


TRAINING = """
from django.utils import timezone
from catalog.models import Image, Like
from recommender import services
from visrec_site.accounts.models import User
owner, *people = [User.objects.create(username=f"learner{n}") for n in range(7)]
known = {"owner": owner, "original_size": 1, "state": "ready"}
images = [Image.objects.create(original=f"none/{n}", sha256=f"{n:064}", **known) for n in range(8)]
for number, person in enumerate(people):
    Like.objects.bulk_create(Like(user=person, image=images[(number + step) % 8]) for step in range(5))
print(services.train(algorithm="item_cosine", by=None, now=timezone.now()).pk)
"""


def test_a_training_is_made_by_the_learning_worker_and_leaves_a_candidate(house):
    memory = json.loads((house.var / "broker" / "broker.json").read_text())
    broker = {"REDIS_URL": f"redis://:{memory['password']}@127.0.0.1:{memory['port']}/0"}
    asking = [*MANAGE, "shell", "-v0", "-c", TRAINING]
    told = subprocess.run(asking, env=house.environment | broker, check=True, capture_output=True, text=True)
    run = told.stdout.split()[-1]

    def outcome() -> tuple[str, str, int | None] | None:
        with closing(sqlite3.connect(house.var / "visrec.sqlite3")) as database:
            columns = "state, error_detail, release_id"
            row = database.execute(f"SELECT {columns} FROM recommender_trainingrun WHERE id = ?", [run]).fetchone()
        return row if row[0] in ("ready", "failed") else None

    state, error, release = eventually(outcome, seconds=60)

    assert (state, error) == ("ready", "")
    assert release is not None


def test_no_process_holds_tensorflow(house):
    maps = [line.path for process in descendants(house.process.pid) for line in process.memory_maps()]

    assert maps
    assert not [path for path in maps if "tensorflow" in path]


def test_one_folder_holds_one_site(house):
    second = up(house.environment)

    assert second.returncode == 2
    assert second.stderr.strip() == f"CommandError: VisRec is already running here: {house.url}"


def test_the_address_is_kept_in_a_file(house):
    assert (house.var / "address").read_text() == f"{house.url}\n"


def test_a_taken_port_is_refused_in_one_sentence(house, tmp_path):
    port = house.url.rpartition(":")[2]
    roomless = up(site_environment(tmp_path, PORT=port, DEMO="0"))

    assert roomless.returncode == 2
    assert f"Port {port} is taken" in roomless.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_the_supervisor_ends_everything(tmp_path, ending):
    with running_site(tmp_path / "var", DEMO="0") as site:
        family = descendants(site.process.pid)
        assert len(family) >= 9

        site.stop(ending, within=8)

        eventually(lambda: all(map(is_gone, family)), seconds=3)


def test_the_owner_makes_the_site_theirs_and_asks_for_the_demo(tmp_path):
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    with running_site(tmp_path / "var", "--per-family", "1", DEMO="0") as site:
        address = f"{site.url}/welcome/?key={(site.var / 'welcome-key').read_text()}"
        assert browser.open(address).status == 200
        account = {"username": "iris", "email": "iris@example.org", "password1": PASSWORD, "password2": PASSWORD}
        choices = {"site_name": "The Blue Room", "signup_open": "yes", "demo": "yes"}
        (token,) = (cookie.value for cookie in cookies if cookie.name == "csrftoken")

        browser.open(address, urllib.parse.urlencode(account | choices | {"csrfmiddlewaretoken": token}).encode())

        assert site.get(address.removeprefix(site.url))[0] == 404
        eventually(lambda: len(json.loads(site.get("/api/v1/images/")[1])["results"]) == 14, seconds=120)
        eventually(site.is_ready, seconds=60)
        assert "The Blue Room" in site.get("/")[1]
