"""What hiding every single person costs co-likes: nDCG@10 at several epsilons, on MovieLens-100k.

    .venv/bin/python benchmarks/private_co_likes.py [--most-likes 20] [--epsilon 1 3 10]

A rating of 4 or 5 is a like; of each person, by time, the last fifth is the test. Each person contributes at most so
many likes. Noise cannot be seeded, so each figure is the mean of several releases. Baselines: the same co-likes of all
likes, and popularity.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from list_quality import fitted, ndcg_at_10
from movielens_data import movielens_100k
from tables import as_json, show, verdict

from recommender.engine.reactions import Reactions
from recommender.engine.splits import per_user_time

MECHANISMS = ("laplace", "gaussian", "threshold")
EXACT = 1e9
"""An epsilon at which noise is nothing: what remains is the loss by sampling likes."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="ml-100k.inter; fetched if not given")
    parser.add_argument("--most-likes", type=int, default=20)
    parser.add_argument("--epsilon", type=float, nargs="+", default=[1.0, 3.0, 10.0])
    parser.add_argument("--releases", type=int, default=5, help="for each figure")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    split = per_user_time(movielens_100k(asked.data).liked_from(4))
    measure = Measure(split.both, split.test, most=asked.most_likes, releases=asked.releases)
    bases = {"popularity": measure.plain("popularity"), "co_like, all likes": measure.plain("co_like")}
    private = {name: [measure.private(name, epsilon) for epsilon in [*asked.epsilon, EXACT]] for name in MECHANISMS}
    report(asked, bases, private)
    if asked.json:
        as_json({"epsilon": asked.epsilon, **bases, **private})
    order = [private["laplace"][place] for place in np.argsort(asked.epsilon)]
    kept = [
        verdict("more is given away, more is left: least rise of laplace", min(np.diff(order), default=0), at_least=0),
    ]
    return 0 if all(kept) else 1


class Measure:
    """nDCG@10 on one split."""

    def __init__(self, train: Reactions, test: Reactions, *, most: int, releases: int) -> None:
        self._train, self._test, self._most, self._releases = train, test, most, releases

    def plain(self, name: str) -> float:
        return float(ndcg_at_10(fitted(name, self._train, {}), self._train, self._test).mean())

    def private(self, mechanism: str, epsilon: float) -> float:
        settings = {"privacy": mechanism, "epsilon": epsilon, "most_likes": self._most}
        releases = (fitted("co_like", self._train, settings, seed) for seed in range(self._releases))
        return float(np.mean([ndcg_at_10(model, self._train, self._test).mean() for model in releases]))


def report(asked: argparse.Namespace, bases: dict[str, float], private: dict[str, list[float]]) -> None:
    whole = bases["co_like, all likes"]
    heads = ["", *(f"ε = {epsilon:g}" for epsilon in asked.epsilon), "ε = ∞", "ratio at ε = ∞"]
    rows = [[name, *[value] * (len(asked.epsilon) + 1), value / whole] for name, value in bases.items()]
    rows += [[f"co_like, {name}", *values, values[-1] / whole] for name, values in private.items()]
    show(f"nDCG@10, at most {asked.most_likes} likes a person, mean of {asked.releases} releases", heads, rows)
    print()


if __name__ == "__main__":
    raise SystemExit(main())
