"""Turn each dial over pictures drawn by rule, and count how many of the first ten share what the dial is about.

    .venv/bin/python benchmarks/dials.py [--hand third] [--queries 200] [--size 10000] [--json]

Every shape in every colour, texture and layout: 1,296 pictures a hand (drawn_cross.py). For every query and dial the
list is made with the dial at ½, .6, … 1 and the others at ½, as the site makes it, near-copies folded. `match` is the
share of the first ten with the query's own label; ½ is the default list, the baseline. A step may not lower it in more
than 5 % of (query, dial, step). Features and c were settled on other hands than "third", which shares nothing with
these, the weights within the subject with all three in sight. Then the processor time
of one list over `--size` pictures; set OPENBLAS_NUM_THREADS=1 as web workers do.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from drawn_cross import FACTORS, HANDS, pictures
from numpy.typing import NDArray
from tables import as_json, show, verdict

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

DIALS = {"colour": "colour", "composition": "layout", "texture": "texture", "subject": "shape"}
"""Which factor each dial is about."""
ENDS = {"colour": 0.8, "composition": 0.8, "texture": 0.6, "subject": 0.6}
STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
KEPT = 0.95
WISH = 60
FIRST = 10


@dataclass(frozen=True, eq=False)
class Drawn:
    """Labels (n, 4), features (n, 1280), hashes (n, 2) and aspects (n, width) of all pictures of a hand."""

    labels: NDArray[np.int64]
    features: NDArray[np.float32]
    hashes: NDArray[np.uint64]
    aspects: NDArray[np.float16]


def main() -> int:
    options = parse_options()
    drawn = look_at(options.hand, options.eyes)
    matches = {dial: np.array(list(turn(drawn, dial, options.queries, options.weight))) for dial in DIALS}
    milliseconds = cost(drawn, options.size) if options.size else []
    report = {
        dial: {"steps": match.mean(axis=0).tolist(), "kept": float((np.diff(match) >= -1e-9).mean())}
        for dial, match in matches.items()
    }
    heads = ["dial", *(f"{step:g}" for step in STEPS), "steps without a fall"]
    rows = [[f"{dial} ({DIALS[dial]})", *found["steps"], found["kept"]] for dial, found in report.items()]
    show(f"{options.hand} hand, {options.queries} queries: match of the first {FIRST}", heads, rows)
    kept = float(np.mean([found["kept"] for found in report.values()]))
    good = [verdict("steps without a fall", kept, at_least=KEPT)]
    good += [verdict(f"{dial} ends at", report[dial]["steps"][-1], at_least=least) for dial, least in ENDS.items()]
    if milliseconds:
        p95 = float(np.percentile(milliseconds, 95))
        good.append(verdict(f"p95 of a list over {options.size:,} pictures, ms of processor", p95, at_most=WISH))
    if options.json:
        as_json({"hand": options.hand, "dials": report, "milliseconds": milliseconds})
    return 0 if all(good) else 1


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hand", choices=HANDS, default="third")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--size", type=int, default=10_000, help="pictures that the cost is measured on; 0 for none")
    parser.add_argument("--weight", type=float, help="another c than the site's")
    parser.add_argument("--eyes", type=Path, default=ROOT / "var" / "eyes", help="folder of the model file")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def look_at(hand: str, eyes: Path) -> Drawn:
    """Draw all pictures of a hand and read them as the worker does."""
    from catalog.imaging.hashes import dhash, phash
    from recommender.engine.vision import aspects
    from recommender.engine.vision.embedder import Embedder, find_model_file

    embedder = Embedder(find_model_file(eyes))
    labels, features, hashes, values = [], [], [], []
    for names, picture in pictures(HANDS[hand]):
        sight = embedder.embed(picture)
        labels.append(names)
        features.append(sight.features)
        hashes.append((phash(picture), dhash(picture)))
        values.append(aspects.read(picture, sight.probabilities))
    return Drawn(np.array(labels), np.array(features), np.array(hashes, np.uint64), np.array(values))


def turn(drawn: Drawn, dial: str, queries: int, weight: float | None) -> Iterator[list[float]]:
    """For each query the match at every step."""
    from recommender.engine.dials import Dials

    column = FACTORS.index(DIALS[dial])
    asked = collection(drawn, weight)
    for row in np.random.default_rng(0).permutation(len(drawn.labels))[:queries].tolist():
        lists = [asked(row, Dials.of(**{dial: step})) for step in STEPS]
        yield [float((drawn.labels[found, column] == drawn.labels[row, column]).mean()) for found in lists]


def collection(drawn: Drawn, weight: float | None = None) -> Any:
    """A function that gives the first ten rows for a row and dials."""
    from dataclasses import replace

    from recommender.engine.arrays import Segments
    from recommender.engine.config import DEFAULT
    from recommender.engine.index import background_moments, fit_projection
    from recommender.engine.inputs import Catalogue
    from recommender.engine.similar import Aspects, rank_similar

    vectors = fit_projection(drawn.features).apply(drawn.features).astype(np.float16)
    size = len(vectors)
    catalogue = Catalogue(
        vectors=Segments([vectors]),
        created=np.zeros(size),
        categories=np.zeros(size, np.int64),
        moments=background_moments(vectors),
        hashes=drawn.hashes,
    )
    aspects = Aspects(Segments([drawn.aspects]), np.sort(np.random.default_rng(0).permutation(size)[:1000]))
    config = DEFAULT if weight is None else replace(DEFAULT, dial_weight=weight)

    def asked(row: int, dials: Any) -> list[int]:
        found = rank_similar(
            catalogue=catalogue, rows=[row], k=FIRST, dials=dials, aspects=aspects, config=config, mode="look"
        )
        return [one.row for one in found]

    return asked


def cost(drawn: Drawn, size: int) -> list[float]:
    """Milliseconds of a list with dials turned, over so many pictures: those of the hand again, disturbed."""
    from recommender.engine.dials import Dials

    rng = np.random.default_rng(0)
    rows = rng.integers(0, len(drawn.labels), size)
    features = drawn.features[rows] * rng.uniform(0.7, 1.3, (size, drawn.features.shape[1])).astype(np.float32)
    hashes = rng.integers(0, 2**64, (size, 2), dtype=np.uint64)
    asked = collection(Drawn(drawn.labels[rows], features, hashes, drawn.aspects[rows]))
    took = []
    for row in rng.integers(0, size, 60).tolist():
        began = time.process_time()
        asked(row, Dials.of(colour=float(rng.uniform()), texture=float(rng.uniform())))
        took.append(1000 * (time.process_time() - began))
    return took[10:]


if __name__ == "__main__":
    sys.exit(main())
