"""Pictures that nobody has reacted to yet: how much of what could be known about them an algorithm finds.

    .venv/bin/python benchmarks/cold_pictures.py [--gallery F.npz]

Two kinds of world with planted tastes (`recommender/engine/simulation/taste.py`), so that every probability of a like
is known: the demo gallery (its 560 drawings as the eyes see them, people who love families of it), and looks in
clusters. A world has its own people for every seed. Each person's likes are parted by time (`splits.per_user_time`:
the last 20 % are for testing), a seeded 10 % of the pictures lose all their likes before the test (`splits.without`),
and only these are ranked, for everybody with at least one such like among the tested ones.

hit@10 is the share of people with one of their cold test likes among the first ten. Beside it: of a random order its
exact expectation; the oracle, which ranks by the true probabilities, popularity of the unseen pictures included; and
the share of the way from the one to the other. Settings are the defaults, which were chosen on worlds of other seeds.

What learns from people alone says itself that it knows none of these pictures, so that a blend takes its prior there.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = tempfile.TemporaryDirectory(prefix="cold-pictures-")
os.environ["VAR"] = SCRATCH.name
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")
sys.path.insert(0, str(ROOT))

import django
import numpy as np
from scipy.special import gammaln
from tqdm import tqdm

django.setup()

from benchmarks import gallery_features, tables
from recommender import learning
from recommender.engine import splits
from recommender.engine.arrays import Rows, Scores
from recommender.engine.metrics.lists import best_lists, hit_ranks
from recommender.engine.metrics.ranked import hit_rate
from recommender.engine.model import Model, TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS
from recommender.engine.simulation.taste import World, clustered, planted

K = 10
COLD = 0.1
BLOCK = 512
GALLERY_PEOPLE = 500
PICTURES, GROUPS, WIDTH, PEOPLE = 2000, 40, 128, 1500
WANTED = {"content": 0.5, "vbpr": 0.35, "cnn_dense": 0.35}
"""Share of the way from random to oracle that each has to go."""
TIMES_RANDOM = 2.0
SEEING = ("content", "cnn_hybrid", "cnn_dense", "vbpr")
FROM_PEOPLE = ("item_cosine", "ease", "ials")


@dataclass(frozen=True, eq=False)
class Case:
    """One world, one share of cold pictures. rows: of the cold pictures.  tested: people with a cold test like."""

    world: World
    training: TrainingSet
    test: Reactions
    rows: Rows
    tested: Rows

    @classmethod
    def of(cls, world: World, seed: int) -> "Case":
        cold = splits.cold_pictures(world.likes.pictures, COLD, seed=seed)
        split = splits.without(splits.per_user_time(world.likes), cold)
        training = TrainingSet(likes=split.both, as_of=1.0, features=world.features, categories=world.groups)
        return cls(world, training, split.test, np.flatnonzero(cold), np.flatnonzero(split.test.counts))

    def hits(self, scores: Scores) -> float:
        """hit@10 of scores (tested, n) among the cold pictures."""
        places = best_lists(np.ascontiguousarray(scores[:, self.rows]), K)
        ranks = hit_ranks(np.where(places >= 0, self.rows[places], -1), self.test.take(self.tested))
        return float(hit_rate(ranks, K).mean())

    def by_chance(self) -> float:
        """The expectation of hit@10 of a random order: 1 − C(c − t, 10) / C(c, 10) for t likes among c pictures."""
        likes, pictures = self.test.counts[self.tested], self.rows.size
        missing = _log_choose(pictures - likes) - _log_choose(np.array([pictures]))
        return float(np.mean(1 - np.exp(missing)))

    def scored(self, model: Model) -> Scores:
        blocks = np.array_split(self.tested, max(1, -(-self.tested.size // BLOCK)))
        return np.vstack([model.score(self.training.likes.take(block)) for block in blocks])


def _log_choose(pictures: Rows) -> np.ndarray:
    """ln C(pictures, 10), -inf below ten."""
    known = gammaln(pictures + 1) - gammaln(K + 1) - gammaln(np.maximum(pictures - K, 0) + 1)
    return np.where(pictures >= K, known, -np.inf)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gallery", type=Path, metavar="F.npz", help="features drawn before (gallery_features.py)")
    parser.add_argument("--worlds", default="gallery,clusters", help="which worlds [gallery,clusters]")
    parser.add_argument("--seeds", type=int, default=5, help="worlds of each kind [5]")
    parser.add_argument("--first-seed", type=int, default=0, help="the first of them [0]")
    parser.add_argument("--threads", type=int, default=1, help="threads of a network [1]")
    parser.add_argument("--json", action="store_true", help="print the results as JSON, too")
    asked = parser.parse_args()
    seeds = range(asked.first_seed, asked.first_seed + asked.seeds)
    results = {kind: measured(kind, seeds, asked) for kind in asked.worlds.split(",")}
    kept = [verdict for kind, result in results.items() for verdict in report(kind, result)]
    if asked.json:
        tables.as_json(results)
    sys.exit(0 if all(kept) else 1)


def measured(kind: str, seeds: range, asked: argparse.Namespace) -> dict[str, object]:
    """Mean figures over the seeds: hit@10 by name, seconds and largest process by name, people, pictures known."""
    names = [name for name in (*SEEING, *FROM_PEOPLE) if name in ALGORITHMS]
    hits: dict[str, list[float]] = {}
    costs: dict[str, list[tuple[float, float]]] = {}
    known: dict[str, int] = {}
    people = 0
    for seed, case in tqdm(_cases(kind, seeds, asked.gallery), total=len(seeds), desc=kind):
        people += case.tested.size
        hits.setdefault("random", []).append(case.by_chance())
        hits.setdefault("oracle", []).append(case.hits(case.world.chances[case.tested]))
        for name in names:
            fitted = learning.fit(name, case.training, seed=seed, threads=asked.threads)
            costs.setdefault(name, []).append((fitted.seconds, fitted.peak_mb))
            known[name] = known.get(name, 0) + int(fitted.model.knows[case.rows].sum())
            if name in SEEING:
                hits.setdefault(name, []).append(case.hits(case.scored(fitted.model)))
    return {
        "people": people,
        "cold_pictures": len(seeds) * case.rows.size,
        "hits": {name: float(np.mean(values)) for name, values in hits.items()},
        "seconds": {name: float(np.mean([seconds for seconds, _ in each])) for name, each in costs.items()},
        "peak_mb": {name: max(peak for _, peak in each) for name, each in costs.items()},
        "known": known,
    }


def _cases(kind: str, seeds: range, gallery: Path | None) -> Iterator[tuple[int, Case]]:
    if kind == "gallery":
        features, families = gallery_features.load(gallery, Path(SCRATCH.name))
    for seed in seeds:
        if kind == "gallery":
            world = planted(features=features, groups=families, people=GALLERY_PEOPLE, seed=seed)
        else:
            looks, groups = clustered(pictures=PICTURES, groups=GROUPS, width=WIDTH, seed=seed)
            world = planted(features=looks, groups=groups, people=PEOPLE, seed=seed)
        yield seed, Case.of(world, seed)


def report(kind: str, result: Mapping) -> list[bool]:
    hits = result["hits"]
    shares = {name: (hit - hits["random"]) / (hits["oracle"] - hits["random"]) for name, hit in hits.items()}
    tables.show(
        f"{kind}: {result['people']} people, {result['cold_pictures']} cold pictures in all",
        ("", "hit@10", "× random", "of the way to the oracle", "seconds to fit", "MB"),
        [
            (
                name,
                hit,
                hit / hits["random"],
                shares[name],
                result["seconds"].get(name, ""),
                round(result["peak_mb"][name]) if name in result["peak_mb"] else "",
            )
            for name, hit in hits.items()
        ],
    )
    verdicts = []
    for name, share in WANTED.items():
        if name not in hits:
            print(f"  ✗ {name} is not among the algorithms")
            verdicts.append(False)
            continue
        verdicts.append(tables.verdict(f"{name}, of the way to the oracle", shares[name], at_least=share))
        verdicts.append(tables.verdict(f"{name}, times random", hits[name] / hits["random"], at_least=TIMES_RANDOM))
    for name in FROM_PEOPLE:
        if name in result["known"]:
            known = float(result["known"][name])
            verdicts.append(tables.verdict(f"cold pictures that {name} claims to know", known, at_most=0.0))
    return verdicts


if __name__ == "__main__":
    main()
