import time

import pytest

from visrec_site import health, heartbeats

NAMES = ["database", "broker", "worker", "beat", "eyes", "index"]


@pytest.fixture
def well(settings, tmp_path, broker_url, db):
    """A site on which everything is as it should be."""
    settings.REDIS_URL = broker_url
    settings.VAR = tmp_path
    settings.EYES_FILE = tmp_path / "eyes.tflite"
    settings.EYES_FILE.touch()
    heartbeats.client().flushdb()
    heartbeats.write(["intake", "eyes", "learning", "beat"])


@pytest.fixture
def without_broker(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def failing(client) -> list[str]:
    answer = client.get("/health/ready")
    checks = answer.json()["checks"]
    assert list(checks) == NAMES
    assert (answer.status_code == 200) == all(checks.values())
    return [name for name, holds in checks.items() if not holds]


def test_live_asks_nobody(client, without_broker, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert not answer.cookies


def test_all_is_well(client, well):
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": dict.fromkeys(NAMES, True)}
    assert not answer.cookies


def test_answers_are_never_kept_by_a_cache(client, well):
    assert "no-store" in client.get("/health/ready")["Cache-Control"]


def test_a_missing_broker_is_said_quickly(client, well, without_broker):
    started = time.monotonic()

    assert failing(client) == ["broker", "worker", "beat"]
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("silent", "check"), [("intake", "worker"), ("eyes", "worker"), ("learning", "worker"), ("beat", "beat")]
)
def test_a_process_without_heartbeat_counts_as_gone(client, well, silent, check):
    heartbeats.client().delete(heartbeats.PREFIX + silent)

    assert failing(client) == [check]


def test_heartbeats_fade(well):
    assert 0 < heartbeats.client().ttl(heartbeats.PREFIX + "beat") <= heartbeats.LIFETIME


def test_missing_eyes_are_said(client, well, settings):
    settings.EYES_FILE.unlink()

    assert failing(client) == ["eyes"]


def test_built_eyes_are_found(client, well, settings, tmp_path):
    settings.EYES_FILE = None
    (tmp_path / "eyes").mkdir()
    (tmp_path / "eyes" / "lite0.tflite").touch()

    assert failing(client) == []


def test_not_ready_while_the_demo_is_on_its_way(client, well):
    health.demo_marker().touch()

    assert failing(client) == ["index"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_is_read_only(client, well, method):
    assert getattr(client, method)("/health/ready").status_code == 405
