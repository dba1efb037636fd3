"""What learning from five million likes costs: from the rows of the database to the published release.

    .venv/bin/python benchmarks/training_cost.py [--people 100000] [--pictures 50000] [--likes 5000000]

A site on SQLite with so many rows; `rebuild.publish_people` in a process of its own, with the site's configuration:
reading, iALS, co-likes, trending, popularity, publishing. Baseline of the same run: the library's bare call on the
finished matrix, with the same factors, sweeps and threads, in another process. Then the fold-in of single people.
"""

import argparse
import datetime as dt
import itertools
import json
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sites, tables
from benchmarks.crowd import drawn

RATIO_TARGET, FOLD_IN_TARGET, MEMORY_TARGET = 1.5, 1.0, 1536.0  # times, ms, MB
FOLDED = 500  # people
NOW = dt.datetime(2027, 1, 15, 8, tzinfo=dt.UTC)
YEAR = 365 * 86_400


def main() -> int:
    asked = parse()
    if asked.part:
        PARTS[asked.part](asked)
        return 0
    with sites.temporary_var() as var:
        run("fill", asked, var)
        ours, bare = run("ours", asked, var), run("bare", asked, var)
    if asked.json:
        tables.as_json({"ours": ours, "bare": bare})
    return 0 if report(ours, bare) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--pictures", type=int, default=50_000)
    parser.add_argument("--likes", type=int, default=5_000_000)
    parser.add_argument("--iterations", type=int, default=None, help="sweeps of both [as the site is configured]")
    parser.add_argument("--json", action="store_true", help="print the raw figures as JSON, too")
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--var", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(part: str, asked: argparse.Namespace, var: Path) -> dict[str, float]:
    """One part in a process of its own, so that its peak of memory is its own; what it printed last."""
    sizes = [f"--{name}={value}" for name, value in vars(asked).items() if name in SIZES and value is not None]
    command = [sys.executable, __file__, f"--part={part}", f"--var={var}", *sizes]
    print(f"{part} …", file=sys.stderr)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def fill(asked: argparse.Namespace) -> None:
    """People, pictures and likes as rows only; activity log-normal, popularity falling as a power of the rank."""
    sites.open_site(asked.var)
    from django.contrib.auth import get_user_model

    from catalog.models import Image, State

    people, pictures = drawn(asked.people, asked.pictures, asked.likes)
    joined = NOW - dt.timedelta(days=400)
    User = get_user_model()
    names = (User(username=f"person{number}", date_joined=joined) for number in range(asked.people + 1))
    users = [user.pk for user in User.objects.bulk_create(names, batch_size=5000)]
    known = {"owner_id": users[-1], "state": State.READY, "original": "none", "original_size": 0}
    rows = (Image(**known, sha256=f"{number:064x}") for number in range(asked.pictures))
    images = [image.pk for image in Image.objects.bulk_create(rows, batch_size=5000)]
    write_likes(asked.var, np.array(users)[people], np.array(images)[pictures])
    np.savez(asked.var / "drawn.npz", people=people, pictures=pictures)
    say(likes=len(people))


def write_likes(var: Path, users: np.ndarray, images: np.ndarray) -> None:
    since = NOW.timestamp() - np.random.default_rng(1).random(len(users)) * YEAR
    moments = np.datetime_as_string((since * 1e6).astype("datetime64[us]"))
    with closing(sqlite3.connect(var / "visrec.sqlite3")) as database:
        database.execute("PRAGMA synchronous=OFF")
        for start in range(0, len(users), 100_000):
            here = slice(start, start + 100_000)
            texts = [moment.replace("T", " ") for moment in moments[here].tolist()]
            database.executemany(
                "INSERT INTO catalog_like (user_id, image_id, created_at) VALUES (?, ?, ?)",
                zip(users[here].tolist(), images[here].tolist(), texts, strict=True),
            )
            database.commit()


def ours(asked: argparse.Namespace) -> None:
    sites.open_site(asked.var)
    from recommender import queries, rebuild, store

    started, processor = time.perf_counter(), time.process_time()
    likes = rebuild.publish_people(now=NOW, config=configured(asked))
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert likes == asked.likes
    people = store.people()
    assert people is not None
    started = time.perf_counter()
    queries.likes_of_people()
    reading = time.perf_counter() - started
    say(seconds=seconds, processor=processor, reading=reading, peak_mb=peak, fold_in_ms=fold_in(asked, people.factors))


def fold_in(asked: argparse.Namespace, factors) -> float:
    """Median milliseconds for one person."""
    drawn_pairs = np.load(asked.var / "drawn.npz")
    starts = np.searchsorted(drawn_pairs["people"], np.arange(FOLDED + 1))
    pictures = np.minimum(drawn_pairs["pictures"][: starts[-1]], len(factors) - 1)
    spent = []
    for begin, end in itertools.pairwise(starts.tolist()):
        started = time.perf_counter()
        factors.fold_in(pictures[begin:end], np.ones(end - begin))
        spent.append(1000 * (time.perf_counter() - started))
    return float(np.median(spent))


def bare(asked: argparse.Namespace) -> None:
    from implicit.als import AlternatingLeastSquares
    from scipy import sparse

    config, pairs = configured(asked), np.load(asked.var / "drawn.npz")
    ones = np.ones(len(pairs["people"]), np.float32)
    shape = (asked.people, asked.pictures)
    matrix = sparse.csr_matrix((ones, (pairs["people"], pairs["pictures"])), shape=shape)
    model = AlternatingLeastSquares(
        factors=config.factors,
        regularization=config.factor_regularisation,
        alpha=config.factor_confidence,
        iterations=config.factor_iterations,
        use_gpu=False,
        num_threads=1,
        random_state=0,
    )
    started, processor = time.perf_counter(), time.process_time()
    model.fit(matrix, show_progress=False)
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    say(seconds=seconds, processor=processor, peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def configured(asked: argparse.Namespace):
    from dataclasses import replace

    from recommender.engine.config import DEFAULT

    return replace(DEFAULT, factor_iterations=asked.iterations or DEFAULT.factor_iterations)


def say(**figures: float) -> None:
    print(json.dumps(figures))


PARTS = {"fill": fill, "ours": ours, "bare": bare}
SIZES = ("people", "pictures", "likes", "iterations")


def report(ours: dict[str, float], bare: dict[str, float]) -> bool:
    ratio = ours["seconds"] / bare["seconds"]
    tables.show(
        "Learning from everybody's likes",
        ["", "seconds", "processor s", "peak MB", "ratio"],
        [
            ["the library's bare call", bare["seconds"], bare["processor"], bare["peak_mb"], 1.0],
            ["from the database to published", ours["seconds"], ours["processor"], ours["peak_mb"], ratio],
            ["of which reading", ours["reading"], ours["reading"], 0.0, ours["reading"] / bare["seconds"]],
        ],
    )
    print()
    return all(
        [
            tables.verdict("end to end, times the bare call", ratio, at_most=RATIO_TARGET),
            tables.verdict("fold-in of one person, ms", ours["fold_in_ms"], at_most=FOLD_IN_TARGET),
            tables.verdict("peak memory, MB", ours["peak_mb"], at_most=MEMORY_TARGET),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
