"""How much memory a whole site needs when nobody asks anything, and a web process once it has answered everything.

    .venv/bin/python benchmarks/memory.py [--per-family 40] [--requests 100]

A running site with its demo gallery; the sum of the proportional set sizes (PSS) of all its processes, the supervisor
included. Then 100 mixed requests, searches by photo among them, and each web process again. Baseline: the same
processes before any request.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import processes, sites, tables
from benchmarks.callers import Caller, member
from benchmarks.photographs import Darkroom
from benchmarks.processes import Process

SITE_TARGET, WEB_TARGET = 1200.0, 180.0  # MB
DRAWN_WITHIN = 3600.0  # seconds for the demo gallery
REST = 30.0  # seconds after the last work, so that idle is idle: a sweep comes every 20
HEAVY = ("tensorflow", "keras", "sklearn", "implicit")


def main() -> int:
    asked = parse()
    with sites.running("--per-family", str(asked.per_family), ready_within=DRAWN_WITHIN) as site:
        time.sleep(asked.rest)
        idle = measured(site.process.pid)
        ask_all(site, asked.requests)
        busy = measured(site.process.pid)
        heavy = heavy_web(site.process.pid)
    if asked.json:
        tables.as_json(
            {"idle": [vars(p) | {"mb": mb} for p, mb in idle], "after": [vars(p) | {"mb": mb} for p, mb in busy]}
        )
    return 0 if report(idle, busy, heavy, requests=asked.requests) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-family", type=int, default=40, help="pictures of each family of the demo [40]")
    parser.add_argument("--requests", type=int, default=100, help="mixed requests [100]")
    parser.add_argument("--rest", type=float, default=REST, help="seconds of silence before measuring [30]")
    parser.add_argument("--json", action="store_true", help="print every process as JSON, too")
    return parser.parse_args()


def measured(supervisor: int) -> list[tuple[Process, float]]:
    return [(process, process.memory()) for process in processes.of_site(supervisor)]


def heavy_web(supervisor: int) -> list[str]:
    """Libraries that a web process has no business with."""
    web = [process for process in processes.of_site(supervisor) if process.role == "web"]
    return [name for name in HEAVY if any(process.has_mapped(f"/{name}/") for process in web)]


def ask_all(site, requests: int) -> None:
    """Requests of every kind in turn, each over its own connection, so that both processes get their share."""
    photograph = Darkroom().jpeg(0, megapixels=12)
    token = member(site, "benchmark")
    images = [entry["image"]["id"] for entry in Caller(site.url).get("feed/?limit=24")["results"]]
    kinds: list[Callable[[Caller, int], object]] = [
        lambda caller, image: caller.get("/"),
        lambda caller, image: caller.get(f"/images/{image}/"),
        lambda caller, image: caller.get(f"/images/{image}/similar/"),
        lambda caller, image: caller.put(f"images/{image}/like/"),
        lambda caller, image: caller.get("feed/?limit=24"),
        lambda caller, image: caller.post_file("search/photo/", photograph),
        lambda caller, image: caller.get(f"images/{image}/similar/?mode=blend"),
        lambda caller, image: caller.get("images/?q=blue&limit=48"),
        lambda caller, image: caller.get("/?tab=trending"),
        lambda caller, image: caller.get("tags/?q=a"),
    ]
    for number, ask, image in zip(range(requests), itertools.cycle(kinds), itertools.cycle(images)):
        ask(Caller(site.url, token=token if number % 2 else None), image)


def report(
    idle: list[tuple[Process, float]], busy: list[tuple[Process, float]], heavy: list[str], *, requests: int
) -> bool:
    after = {process.pid: mb for process, mb in busy}
    rows = [
        [process.role, process.pid, mb, after.get(process.pid, 0.0), after.get(process.pid, 0.0) / mb if mb else 0.0]
        for process, mb in idle
    ]
    total = sum(mb for _process, mb in idle)
    rows.append(["all", len(idle), total, sum(after.values()), sum(after.values()) / total])
    tables.show("Memory, PSS in MB", ["process", "pid", "idle", f"after {requests} requests", "ratio"], rows)
    print()
    return all(
        [
            tables.verdict("all processes, idle, MB", total, at_most=SITE_TARGET),
            tables.verdict("largest web process, MB", max(mb for p, mb in busy if p.role == "web"), at_most=WEB_TARGET),
            tables.verdict(f"heavy libraries in web processes {heavy or ''}".strip(), len(heavy), at_most=0),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
