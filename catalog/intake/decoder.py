"""The decoding child process, seen from outside: started, timed, listened to, and never trusted."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from catalog import imaging
from catalog.imaging import Undecodable, sniff
from catalog.imaging.child import GREETING
from catalog.imaging.rendered import SIZES, Rendered, Swatch

CHILD = Path(imaging.__file__).with_name("child.py")
ROOT = CHILD.parents[2]
HASH_BITS = 2**64 - 1
WALL_SECONDS = 30.0
MOST_BYTES = 32 * 2**20
"""More than any answer has: a search photo with sides of 512 × 20,000 is 31 MB."""

# Threads of numeric libraries and malloc's arenas would eat up the address space that is left for pixels.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}
KEPT_VARIABLES = ("LD_LIBRARY_PATH",)


class DecoderUnavailable(RuntimeError):
    """The child did not get as far as its file: not the file's fault, and worth another try."""


class Answer(NamedTuple):
    """What the child said: a JSON object, and the blobs it announced."""

    fields: dict[str, Any]
    blobs: list[bytes]


def render(file: BinaryIO, *, file_format: str) -> Rendered:
    """Have a file rendered, as `imaging.rendering.render`; it needs a descriptor. Raises as `_ask`."""
    fields, blobs = _ask("render", file, file_format)
    with _nonsense_refused():
        return Rendered(
            width=int(fields["width"]),
            height=int(fields["height"]),
            renditions=dict(zip(SIZES, map(_webp, blobs), strict=True)),
            placeholder=str(fields["placeholder"]),
            colour=str(fields["colour"]),
            palette=tuple(Swatch(str(colour), float(share)) for colour, share in fields["palette"]),
            phash=int(fields["phash"]) & HASH_BITS,
            dhash=int(fields["dhash"]) & HASH_BITS,
            exif={str(name): str(value) for name, value in fields["exif"].items()},
        )


def small_pixels(file: BinaryIO, *, file_format: str, size: int) -> npt.NDArray[np.uint8]:
    """Have a file decoded to (h, w, 3) RGB with a short side of at most `size`. Raises as `_ask`."""
    fields, blobs = _ask("small_pixels", file, file_format, size)
    with _nonsense_refused():
        return np.frombuffer(blobs[0], np.uint8).reshape(fields["height"], fields["width"], 3)


def _ask(action: str, file: BinaryIO, file_format: str, size: int = 0) -> Answer:
    """Run one child on one file, and return its answer; the child is gone then.

    Raises Undecodable when it refuses, dies, takes too long or talks nonsense; DecoderUnavailable when it does not
    start.
    """
    file.seek(0)
    with _child(action, file_format, str(size), stdin=file) as process:
        assert process.stdout is not None
        output = _read_to_end(process.stdout, until=time.monotonic() + WALL_SECONDS)
        status = process.wait()
    if not output.startswith(GREETING):
        raise DecoderUnavailable(f"The decoding process did not start; its exit status is {status}.")
    if status != 0:
        raise Undecodable("too-slow" if status == -signal.SIGXCPU else "crashed")
    with _nonsense_refused():
        return _parsed(output[len(GREETING) :])


@contextmanager
def _child(*words: str, stdin: BinaryIO) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child with nothing of ours but a path to its modules; kill it on the way out, if it still runs."""
    paths = [str(ROOT), *filter(None, sys.path)]
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 our own program; no word of its command comes from outside
        [sys.executable, "-I", "-S", str(CHILD), *words, *paths],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT | kept,
        cwd="/",
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _read_to_end(pipe: IO[bytes], *, until: float) -> bytes:
    """Read what the child writes until it closes the pipe. Too much or too late is a refusal."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN | select.POLLHUP)
    output = bytearray()
    while poll.poll(max(0.0, until - time.monotonic()) * 1000):
        piece = os.read(pipe.fileno(), 2**16)
        if not piece:
            return bytes(output)
        output += piece
        if len(output) > MOST_BYTES:
            raise Undecodable("crashed")
    raise Undecodable("too-slow")


def _parsed(output: bytes) -> Answer:
    """Take the answer apart: one line of JSON, then blobs of the lengths it names, and nothing more."""
    line, _, rest = output.partition(b"\n")
    fields = json.loads(line)
    if "refused" in fields:
        raise Undecodable(fields["refused"], **fields["params"])
    blobs = []
    for length in fields["lengths"]:
        blobs.append(rest[:length])
        rest = rest[length:]
    if rest:
        raise ValueError("more bytes than announced")
    return Answer(fields, blobs)


def _webp(blob: bytes) -> bytes:
    if sniff(blob) != "WEBP":
        raise ValueError("a rendition is not a WebP")
    return blob


@contextmanager
def _nonsense_refused() -> Iterator[None]:
    """A child that does not answer as it was written to has been taken over or broken by its file."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise Undecodable("crashed") from error
