"""Signs of life of the processes behind the queue, kept in the broker for a few seconds.

A worker writes one for each queue it consumes, beat one for itself; readiness asks for them. They live where the
messages live, so a worker cut off from the broker is seen as silent, and hosts need no shared disk.
"""

import functools
from collections.abc import Iterable

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

LIFETIME = 15  # seconds without a beat until a process counts as silent; workers beat every 2 s, beat every 5 s
PREFIX = "visrec:alive:"


def client() -> "redis.Redis":
    """The broker, with one try and short patience: a page or a heartbeat waits for it at most 1 s."""
    return _client(settings.REDIS_URL)


@functools.cache
def _client(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1, retry=Retry(NoBackoff(), 0))


def write(names: Iterable[str]) -> None:
    """Note that these are alive. Raises redis.RedisError when the broker is away."""
    pipeline = client().pipeline(transaction=False)
    for name in names:
        pipeline.set(PREFIX + name, 1, ex=LIFETIME)
    pipeline.execute()


def alive(names: list[str]) -> dict[str, bool]:
    """Which of these wrote a sign of life lately. Raises redis.RedisError when the broker is away."""
    values = client().mget([PREFIX + name for name in names])
    return {name: value is not None for name, value in zip(names, values, strict=True)}
