"""How long a search by photo takes: a 12-megapixel JPEG, 10,000 pictures, one request after another.

    .venv/bin/python benchmarks/photo_search.py [--pictures 10000] [--requests 100]

Against a running site with a synthetic collection (collection.py), over one connection. Baselines: decoding the
photograph and looking at it by the site's own code without a site around it, and reading a page of the gallery.
"""

import argparse
import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sites, tables
from benchmarks.callers import Caller, member
from benchmarks.photographs import Darkroom

TARGET = 250.0  # milliseconds
PUBLISHED_WITHIN = 300.0  # seconds from the rows being there to the index that holds them


def main() -> int:
    asked = parse()
    photograph = Darkroom().jpeg(0, megapixels=12)
    with sites.running(DEMO="0") as site:
        fill(site, asked.pictures)
        caller, look = Caller(site.url, token=member(site, "searcher")), looking(site)
        caller.post_file("search/photo/", photograph, k="24")
        spent = {
            "decode and look, alone": repeat(asked.requests, lambda: look(photograph)),
            "search by photo": repeat(
                asked.requests, lambda: caller.post_file("search/photo/", photograph, k="24")["results"][23]
            ),
            "a page of the gallery": repeat(asked.requests, lambda: caller.get("images/?limit=24")["results"][23]),
        }
    if asked.json:
        tables.as_json(spent)
    return 0 if report(spent, asked.pictures, megabytes=len(photograph) / 1e6) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=10_000, help="in the collection [10000]")
    parser.add_argument("--requests", type=int, default=100, help="of each kind; up to 119 a minute [100]")
    parser.add_argument("--json", action="store_true", help="print every time as JSON, too")
    return parser.parse_args()


def fill(site, pictures: int) -> None:
    """Add the collection and wait until the site itself has published it."""
    program = Path(__file__).with_name("collection.py")
    subprocess.run([sys.executable, program, "--pictures", str(pictures)], env=site.environment, check=True)
    caller, deadline = Caller(site.url), time.monotonic() + PUBLISHED_WITHIN
    while caller.get("images/?ordering=newest&limit=1")["results"][0]["status"] != "findable":
        assert time.monotonic() < deadline, "The sweep has not published the collection."
        time.sleep(1)


def looking(site) -> Callable[[bytes], object]:
    """What a search does before it searches: decode in a child process, look."""
    import django
    from django.conf import settings

    django.setup()
    from catalog import intake
    from recommender.engine.vision.embedder import Embedder, find_model_file
    from recommender.search import LOOKED_AT

    eyes = Embedder(settings.EYES_FILE or find_model_file(site.var / "eyes"))

    def look(photograph: bytes) -> object:
        size = len(photograph)
        return eyes.embed(intake.decode_query(io.BytesIO(photograph), size=LOOKED_AT, declared_size=size, limit=size))

    return look


def repeat(times: int, ask: Callable[[], object]) -> list[float]:
    """Milliseconds of each of so many calls."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - started))
    return spent


def report(spent: dict[str, list[float]], pictures: int, *, megabytes: float) -> bool:
    own = float(np.percentile(spent["search by photo"], 95))
    rows = [[name, len(times), *quantiles(times), own / quantiles(times)[1]] for name, times in spent.items()]
    tables.show(
        f"One after another: a JPEG of 12 megapixels ({megabytes:.1f} MB), {pictures} pictures",
        ["what", "times", "p50 ms", "p95 ms", "search p95 / p95"],
        rows,
    )
    print()
    return tables.verdict("p95 of a search by photo, ms", own, at_most=TARGET)


def quantiles(times: list[float]) -> list[float]:
    return [float(value) for value in np.percentile(times, [50, 95]).round(1)]


if __name__ == "__main__":
    sys.exit(main())
