"""RMSE of `pmf` on MovieLens-100k: random 90/10 splits of all ratings, settings from 10 % of the training part."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from movielens_data import Log, movielens_100k
from tables import as_json, show, verdict

from recommender.engine.arrays import Rows
from recommender.engine.metrics import rmse
from recommender.engine.model import Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS

BIASES = tuple({"factors": 0, "bias_regularisation": value} for value in (2.0, 3.0, 5.0, 8.0))
VARIANTS: dict[str, tuple[Settings, ...]] = {
    "mean and biases alone": BIASES,
    "pmf without biases": tuple({**each, "bias": False} for each in ALGORITHMS["pmf"].grid),
    "pmf": ALGORITHMS["pmf"].grid,
    "pmf, bounded": tuple(
        {"bounded": True, "regularisation": value, "bias_regularisation": value / 4} for value in (0.6, 0.8, 1.0)
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="ml-100k.inter; fetched if not given")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    log = movielens_100k(asked.data)
    found = {name: measured(log, grid, asked.seeds) for name, grid in VARIANTS.items()}
    means = {name: float(np.mean(each["rmse"])) for name, each in found.items()}
    plain = means["mean and biases alone"]
    rows = [
        [name, means[name], float(np.std(each["rmse"])), means[name] / plain, each["seconds"], str(each["settings"][0])]
        for name, each in found.items()
    ]
    columns = ["model", "RMSE", "sd", "ratio", "s a fit", "settings of the first split"]
    show(
        f"{len(log.stars)} ratings, mean of {asked.seeds} splits",
        columns,
        [[precise(cell) for cell in row] for row in rows],
    )
    gain = plain - means["pmf"]
    kept = [
        verdict("RMSE without biases", round(means["pmf without biases"], 4), at_most=0.935),
        verdict("RMSE with biases", round(means["pmf"], 4), at_most=0.915),
        verdict("below mean and biases alone", round(gain, 4), at_least=0.015),
    ]
    if asked.json:
        as_json(found)
    return 0 if all(kept) else 1


def precise(cell: object) -> object:
    """Four digits behind the point: RMSE differ in the third."""
    return f"{cell:.4f}" if isinstance(cell, float) else cell


def measured(log: Log, grid: tuple[Settings, ...], seeds: int) -> dict[str, list]:
    found: dict[str, list] = {"rmse": [], "settings": [], "seconds": 0.0}
    for seed in range(seeds):
        train, test = parted(np.arange(len(log.stars)), seed)
        learn, choose = parted(train, seed)
        settings = min(grid, key=lambda one: error(log, learn, choose, one, seed))
        begun = time.perf_counter()
        found["rmse"].append(error(log, train, test, settings, seed))
        found["seconds"] += (time.perf_counter() - begun) / seeds
        found["settings"].append(dict(settings))
    return found


def parted(ratings: Rows, seed: int) -> tuple[Rows, Rows]:
    """Nine tenths and one tenth, drawn evenly."""
    order = np.random.default_rng(seed).permutation(ratings)
    return order[len(order) // 10 :], order[: len(order) // 10]


def error(log: Log, learn: Rows, ask: Rows, settings: Settings, seed: int) -> float:
    ratings = Reactions.of(log.people[learn], log.pictures[learn], weights=log.stars[learn], shape=log.shape)
    algorithm = ALGORITHMS["pmf"]
    model = algorithm.fit(TrainingSet(likes=ratings, ratings=ratings), algorithm.settings(settings), Fit(seed=seed))
    return rmse(model.predict(log.people[ask], log.pictures[ask]), log.stars[ask])


if __name__ == "__main__":
    raise SystemExit(main())
