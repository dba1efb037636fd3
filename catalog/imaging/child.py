"""The process that meets foreign files: limits itself, decodes standard input, writes one answer, ends.

Started by `catalog.intake.decoder` as ``python -I -S child.py ACTION FORMAT SIZE PATH…``. The answer: a greeting once
all is loaded, one line of JSON, then the blobs whose lengths that line names. It starts for every file, so it imports
little: each millisecond here is one of each upload and each search by photo.
"""

import resource
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

MEMORY = 2**30
CPU_SECONDS = 20
GREETING = b"visrec 1\n"

Answer = tuple[dict[str, Any], list[bytes]]


def limit_oneself() -> None:
    """Bound address space and CPU time; write no file, keep no core, open few files."""
    for kind, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1),  # the soft one ends it by a signal that tells the reason
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 64, 64),
    ):
        resource.setrlimit(kind, (soft, hard))


def renderer() -> Callable[[BinaryIO, str, int], Answer]:
    """Load what renders, and give it."""
    from catalog.imaging.rendering import render

    def answer(file: BinaryIO, file_format: str, _size: int) -> Answer:
        fields = render(file, file_format=file_format)._asdict()
        renditions = fields.pop("renditions")
        return fields, list(renditions.values())

    return answer


def shrinker() -> Callable[[BinaryIO, str, int], Answer]:
    """Load what decodes to a short side of the given size, and give it."""
    from catalog.imaging.decoding import decode

    def answer(file: BinaryIO, file_format: str, size: int) -> Answer:
        pixels = decode(file, file_format=file_format, size=size, by_short_side=True).pixels
        return {"width": pixels.width, "height": pixels.height}, [pixels.tobytes()]

    return answer


ACTIONS = {"render": renderer, "small_pixels": shrinker}


def main(action: str, file_format: str, size: str, *paths: str) -> None:
    """Answer on standard output. A refusal is an answer too; whatever else is raised ends the process."""
    limit_oneself()
    sys.path[:0] = paths
    from json import dumps

    from catalog.imaging.refusals import Undecodable

    answer = ACTIONS[action]()
    out = sys.stdout.buffer
    out.write(GREETING)
    out.flush()
    try:
        fields, blobs = answer(sys.stdin.buffer, file_format, int(size))
    except Undecodable as refusal:
        fields, blobs = {"refused": refusal.code, "params": refusal.params}, []
    fields["lengths"] = [len(blob) for blob in blobs]
    out.writelines([dumps(fields).encode(), b"\n", *blobs])
    out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
