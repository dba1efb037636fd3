"""Where the site listens: a port asked for, or the first free one from 8000 on."""

import errno
import socket
from itertools import chain

FIRST = 8000
TRIES = 100
BACKLOG = 512


class PortTakenError(Exception):
    """Another program listens on the port that was asked for."""


def listen(*, host: str, port: int | None) -> socket.socket:
    """A listening socket on `port`, or, when None, on the first free port from 8000 on.

    Raises PortTakenError for a given port in use; OSError for anything else (no right to the port, unknown host).
    """
    ports = [port] if port is not None else chain(range(FIRST, FIRST + TRIES), [0])
    for candidate in ports:
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise PortTakenError(f"Port {port} is taken: set PORT to a free one, or leave it out and one is found.")


def free_port(*, host: str = "127.0.0.1", preferred: int | None = None) -> int:
    """A port nobody listens on now: `preferred` if it is free."""
    for candidate in filter(None, [preferred]):
        try:
            with _bound(host, candidate):
                return candidate
        except OSError:
            break
    with _bound(host, 0) as found:
        return int(found.getsockname()[1])


def url(listener: socket.socket) -> str:
    """The address a person types to reach the site on this machine."""
    host, port = listener.getsockname()[:2]
    name = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(BACKLOG)
    except BaseException:
        found.close()
        raise
    return found
