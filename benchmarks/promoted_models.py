"""What a promoted model costs a request: its opinion of every picture for one person.

    .venv/bin/python benchmarks/promoted_models.py [--pictures 10000] [--people 2000] [--algorithms ease,ials]

Planted tastes: every person likes 30 pictures, mostly of three of forty families. Each algorithm that can learn from
that is fitted once, networks for two epochs, for only scoring is measured: from a person's likes to a chance for every
picture, the median of 30 people; and a whole page of 24 cards with its reasons, for which the model is asked again
without each like that may be named. Baseline: the same page without a promoted model.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import tests.environment  # noqa: F401 a `var` of its own

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")

import django

django.setup()

from benchmarks import tables
from recommender import learning
from recommender.engine.arrays import Segments, unit
from recommender.engine.factors import train_ials
from recommender.engine.index import background_moments, codes_for
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.model import TrainingSet
from recommender.engine.neighbours import co_likes
from recommender.engine.ranker import Ranker, Scale
from recommender.engine.ranking import rank
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS

TARGET = 20.0  # ms
FAMILIES, LIKES, ASKED = 40, 30, 30
NOW = 1_800_000_000.0


def main() -> int:
    asked = parse()
    training = planted(pictures=asked.pictures, people=asked.people)
    names = asked.algorithms.split(",") if asked.algorithms else [*ALGORITHMS]
    able = [name for name in names if not training.lacks(ALGORITHMS[name].needs)]
    page = Page.of(training)
    baseline = median_ms(training, page.asking(None))
    rows = []
    for name in able:
        few = {"epochs": 2} if "epochs" in ALGORITHMS[name].defaults else {}
        fitted = learning.fit(name, training, settings=few, alone=True)
        ranker = ranker_of(fitted.model, training)
        score, whole = median_ms(training, asking(ranker, training)), median_ms(training, page.asking(ranker))
        rows.append([name, fitted.seconds, score, whole, whole / baseline])
        print(f"  {name}: {score:.2f} ms, a page {whole:.1f} ms", file=sys.stderr, flush=True)
    title = f"{asked.pictures:,} pictures, {asked.people:,} people; a page without a promoted model: {baseline:.1f} ms"
    tables.show(title, ["algorithm", "fit s", "score ms", "page ms", "× plain page"], rows)
    print()
    if asked.json:
        tables.as_json({"plain_page_ms": baseline, "score_ms": {row[0]: row[2] for row in rows}})
    kept = [tables.verdict(f"{row[0]}, score, ms", row[2], at_most=TARGET) for row in rows]
    return 0 if all(kept) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--algorithms", help="names, all that can learn from likes, looks and tags if left out")
    parser.add_argument("--json", action="store_true", help="print one object, too")
    return parser.parse_args()


def planted(*, pictures: int, people: int) -> TrainingSet:
    rng = np.random.default_rng(0)
    family = rng.integers(0, FAMILIES, pictures)
    who, what = [], []
    for person in range(people):
        tastes = rng.choice(FAMILIES, 3, replace=False)
        near = np.flatnonzero(np.isin(family, tastes))
        what.append(np.unique(np.concatenate([rng.choice(near, LIKES - 5), rng.integers(0, pictures, 5)])))
        who.append(np.full(len(what[-1]), person))
    items, owners = np.concatenate(what), np.concatenate(who)
    features = unit(rng.standard_normal((FAMILIES, 256))[family] + rng.standard_normal((pictures, 256)))
    times = NOW - rng.exponential(30 * 86_400.0, len(items))
    return TrainingSet(
        likes=Reactions.of(owners, items, times=times, shape=(people, pictures)),
        as_of=NOW,
        features=features.astype(np.float32),
        categories=family.astype(np.int64),
        created=NOW - rng.exponential(90 * 86_400.0, pictures),
    )


def ranker_of(model, training: TrainingSet) -> Ranker:
    keys = np.arange(len(training.likes), dtype=np.uint64)
    return Ranker(model, Scale(1.0, 0.0), np.arange(training.pictures), keys, keys.astype(np.int64))


def asking(ranker: Ranker, training: TrainingSet) -> Callable[[int], object]:
    """Ask as the feed does: a person by their key, likes as rows, chances for all pictures."""

    def ask(person: int) -> object:
        likes = training.likes.take([person])
        return ranker.preference(likes.items, likes.times, person=person).chances

    return ask


@dataclass(frozen=True)
class Page:
    """The first page of a feed over these pictures."""

    catalogue: Catalogue
    people: PeopleModel
    training: TrainingSet

    @classmethod
    def of(cls, training: TrainingSet) -> Self:
        vectors = training.features.astype(np.float16)
        hashes = np.random.default_rng(2).integers(2**64, size=(training.pictures, 2), dtype=np.uint64)
        catalogue = Catalogue(
            vectors=Segments(np.array_split(vectors, 3)),
            created=training.created,
            categories=training.categories,
            moments=background_moments(vectors),
            hashes=hashes,
            codes=codes_for(vectors),
        )
        counts = np.bincount(training.likes.items, minlength=training.pictures).astype(np.float64)
        likes = training.likes.matrix()
        people = PeopleModel(co_likes=co_likes(likes), factors=train_ials(likes), trending=counts, popular=counts)
        return cls(catalogue, people, training)

    def asking(self, ranker: Ranker | None) -> Callable[[int], object]:
        people = replace(self.people, ranker=ranker)

        def ask(person: int) -> object:
            likes = self.training.likes.take([person])
            history = History.of(likes.items, likes.times, person=person)
            return rank(
                catalogue=self.catalogue, people=people, history=history, excluded=likes.items, k=24, seed=0, as_of=NOW
            )

        return ask


def median_ms(training: TrainingSet, ask: Callable[[int], object]) -> float:
    ask(0)  # opens what is memory-mapped
    spent = []
    for person in np.random.default_rng(1).choice(len(training.likes), ASKED, replace=False).tolist():
        started = time.perf_counter()
        ask(person)
        spent.append(1000 * (time.perf_counter() - started))
    return statistics.median(spent)


if __name__ == "__main__":
    sys.exit(main())
