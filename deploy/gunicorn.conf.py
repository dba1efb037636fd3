"""Gunicorn: a few threads in each of a few processes that share what was loaded before the fork."""

import gc

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


def pre_fork(server, worker):
    """Keep what is loaded in pages that the workers share."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    lifeline.tie_to_parent(server.pid)
