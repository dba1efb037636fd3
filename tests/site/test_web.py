"""The web server itself: gunicorn with our settings."""

import http.client
import subprocess
import sys

import pytest

from tests.environment import BASE
from tests.running import prepare, site_environment
from tests.waiting import eventually
from visrec_site.supervisor.address import free_port


@pytest.fixture
def port(tmp_path):
    """Where a gunicorn of one process listens, with an empty site behind it."""
    prepare(tmp_path)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "visrec_site.wsgi:application", "--workers", "1", "--threads", "2"]
    config = ["--config", str(BASE / "deploy" / "gunicorn.conf.py"), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen([*command, *config], cwd=BASE, env=site_environment(tmp_path)) as process:
        eventually(lambda: is_alive(port), seconds=60)
        yield port
        process.terminate()


def is_alive(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_a_large_upload_without_a_sign_in_gets_its_answer(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    form = {"Content-Type": "multipart/form-data; boundary=edge"}

    for _again_on_the_same_connection in range(2):
        connection.request("POST", "/api/v1/images/", bytes(8_000_000), form)
        answer = connection.getresponse()
        body = answer.read()

        assert answer.status == 401
        assert b"not-signed-in" in body
