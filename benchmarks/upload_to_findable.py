"""How long an upload takes until it can be found, idle and in a crowd, and what survives a kill -9.

    .venv/bin/python benchmarks/upload_to_findable.py [--kill worker|child|broker] [--uploads 200]

Against a running site that is empty at first, through the API. Idle: one photograph after another. Crowd: 200 JPEGs
of 2 to 12 megapixels over 8 connections; the clock runs from the last 202 until all are findable. The baseline is the
first photograph's time alone, times their number. --kill ends a process in the middle of the crowd, without warning.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import processes, sites, tables
from benchmarks.callers import Caller, member
from benchmarks.photographs import Darkroom
from benchmarks.processes import Process

NAME = "benchmark"
CONNECTIONS = 8
MEGAPIXELS = (2.0, 12.0)
IDLE_TARGET, CROWD_TARGET, KILLED_TARGET = 5.0, 90.0, 180.0  # seconds
LOST_AFTER = 600.0  # seconds until a photograph that is not findable counts as lost
VICTIMS: dict[str, Callable[[Process], bool]] = {
    "worker": lambda process: process.role == "intake" and process.first,
    "child": lambda process: process.role == "intake" and not process.first,
    "broker": lambda process: process.role == "broker",
}


def main() -> int:
    asked = parse()
    with sites.temporary_var() as folder, sites.running(DEMO="0") as site:
        photographs = expose(folder, asked.uploads + asked.idle)
        token = member(site, NAME)
        idle = [until_findable(site.url, token, photograph) for photograph in photographs[: asked.idle]]
        crowd = Crowd(site.url, token)
        taken = crowd.upload(photographs[asked.idle :])
        killed = None
        if asked.kill:
            crowd.wait(share=0.25)
            killed = kill(site.process.pid, asked.kill)
        whole = crowd.wait(share=1.0)
        lost = crowd.not_findable()
    result = {"idle_s": idle, "uploading_s": taken, "crowd_s": whole, "killed": killed, "lost": lost}
    if asked.json:
        tables.as_json(result)
    return 0 if report(result, uploads=asked.uploads) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idle", type=int, default=5, metavar="N", help="photographs one after another [5]")
    parser.add_argument("--uploads", type=int, default=200, metavar="N", help="photographs of the crowd [200]")
    parser.add_argument("--kill", choices=sorted(VICTIMS), help="what to kill when a quarter is findable")
    parser.add_argument("--json", action="store_true", help="print the result as JSON, too")
    return parser.parse_args()


def expose(folder: Path, count: int) -> list[Path]:
    """Make the photographs before any clock runs; they lie on disk, so that the site has the memory."""
    darkroom = Darkroom()
    sizes = np.linspace(*MEGAPIXELS, count)[np.random.default_rng(0).permutation(count)]
    paths = [folder / f"{number}.jpg" for number in range(count)]
    for number, (path, megapixels) in enumerate(zip(paths, sizes, strict=True)):
        path.write_bytes(darkroom.jpeg(number, megapixels=float(megapixels)))
    return paths


def until_findable(url: str, token: str, photograph: Path) -> float:
    """Seconds from the first byte sent until the photograph's status is "findable"."""
    caller, started = Caller(url, token=token), time.monotonic()
    image = caller.post_file("images/", photograph.read_bytes(), title=photograph.stem)
    while time.monotonic() < started + LOST_AFTER:
        if (status := caller.get(f"images/{image['id']}/")["status"]) in ("findable", "failed"):
            break
        time.sleep(0.1)
    return time.monotonic() - started if status == "findable" else LOST_AFTER


class Crowd:
    """Many photographs at once, and what has become of them."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url, token
        self._ids: list[int] = []
        self._last_taken = 0.0

    def upload(self, photographs: list[Path]) -> float:
        """Hand all in over eight connections; returns the seconds until the last 202."""
        started = time.monotonic()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            lanes = pool.map(self._upload_in_turn, [photographs[lane::CONNECTIONS] for lane in range(CONNECTIONS)])
            self._ids = [image for lane in lanes for image in lane]
        self._last_taken = time.monotonic()
        return self._last_taken - started

    def wait(self, *, share: float) -> float:
        """Seconds from the last 202 until this share of the photographs is findable; at most LOST_AFTER."""
        wanted = share * len(self._ids)
        while len(self._findable()) < wanted and time.monotonic() < self._last_taken + LOST_AFTER:
            time.sleep(0.5)
        return time.monotonic() - self._last_taken

    def not_findable(self) -> dict[str, int]:
        """How many photographs are in which other state."""
        caller, findable = Caller(self._url, token=self._token), self._findable()
        return dict(Counter(caller.get(f"images/{image}/")["status"] for image in self._ids if image not in findable))

    def _upload_in_turn(self, photographs: list[Path]) -> list[int]:
        caller = Caller(self._url, token=self._token)
        return [caller.post_file("images/", path.read_bytes(), title=path.stem)["id"] for path in photographs]

    def _findable(self) -> set[int]:
        pages = Caller(self._url, token=self._token).pages(f"images/?owner={NAME}&limit=100")
        return {image["id"] for image in pages if image["status"] == "findable"} & set(self._ids)


def kill(supervisor: int, victim: str) -> str:
    """End the first process of that kind as the kernel would; returns what it was."""
    process = next(process for process in processes.of_site(supervisor) if VICTIMS[victim](process))
    process.kill()
    return f"{process.role} {process.pid}"


def report(result: dict, *, uploads: int) -> bool:
    """Print the table and the targets; returns whether all are kept."""
    idle, crowd, uploading = result["idle_s"], result["crowd_s"], result["uploading_s"]
    in_turn = float(np.median(idle)) * uploads if idle else float("nan")
    rows: list[list[object]] = [
        ["idle, slowest", len(idle), max(idle, default=float("nan"))],
        ["idle, median", len(idle), float(np.median(idle)) if idle else float("nan")],
        ["crowd, until the last 202", uploads, uploading],
        ["crowd, from then until all are findable", uploads, crowd],
        ["baseline: as many one after another", uploads, in_turn],
        ["ratio: baseline / crowd as a whole", uploads, in_turn / (uploading + crowd)],
    ]
    tables.show("From upload to findable", ["what", "photographs", "seconds"], rows)
    print(f"  killed: {result['killed']}\n" if result["killed"] else "")
    return all(
        [
            tables.verdict("idle, slowest, seconds", max(idle, default=0.0), at_most=IDLE_TARGET),
            tables.verdict(
                "crowd, seconds from the last 202", crowd, at_most=KILLED_TARGET if result["killed"] else CROWD_TARGET
            ),
            tables.verdict("lost", sum(result["lost"].values()), at_most=0),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
