"""Gunicorn: a few threads in each of a few processes that share what was loaded before the fork."""

import gc
import time
from contextlib import suppress

from visrec_site import lifeline

worker_class = "gthread"
preload_app = True
timeout = 30
graceful_timeout = 5
keepalive = 5
# A worker writes its sign of life here; on a slow disk it would otherwise be taken for dead.
worker_tmp_dir = "/dev/shm"  # noqa: S108
accesslog = None
errorlog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(M)sms'
control_socket_disable = True
UNREAD = 32 * 1024 * 1024  # bytes of a request that are still taken after it has been answered
STALLED, TOO_LONG = 2.0, 20.0  # seconds until a sender who pauses, or goes on and on, is cut off


def pre_fork(server, worker):
    """Keep what is loaded in pages that the workers share."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    lifeline.tie_to_parent(server.pid)


def post_request(worker, req, environ, resp):
    """Take what the site did not read of a request that it refused.

    Closing the connection on somebody who is still sending a photograph would break it, and the answer would be lost.
    """
    if resp is None:
        return
    left, until = UNREAD, time.monotonic() + TOO_LONG
    with suppress(OSError):
        resp.sock.settimeout(STALLED)
        while left > 0 and time.monotonic() < until and (chunk := req.body.read(min(left, 65536))):
            left -= len(chunk)
        resp.sock.settimeout(None)
