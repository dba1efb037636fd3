"""Hit rate@10 where each person's last picture is left out and ranked among 99 they never rated.

MovieLens of 2016, the small set: pictures with at least 3 ratings, every rating a like, the last by (time, picture).
Settings are chosen on the last but one, from the registry's grid. Sampled negatives flatter some models more than
others (Krichene & Rendle, KDD 2020), so the same among all pictures stands beside.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from list_quality import Judge, best_rows, chosen_for_all, median_run, runs, scored, shown, with_interval
from movielens_data import latest_small
from tables import as_json, show, verdict

from recommender.engine import metrics, splits
from recommender.engine.arrays import Rows, Weights
from recommender.engine.model import Model
from recommender.engine.reactions import Reactions

NAMES = ("popularity", "user_cosine", "item_cosine", "ease", "item_sequence", "ials", "blend")
FEWEST, NEGATIVES, DRAWS = 3, 99, 5
TARGET = 0.675


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latest", type=Path, help="ratings.csv; from the shared data if not given")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    log = latest_small(asked.latest)
    rated = log.where(np.bincount(log.pictures)[log.pictures] >= FEWEST).liked_from(-np.inf)
    split = splits.leave_last(rated)
    judges = {
        "hit": sampled(rated),
        "full hit": lambda model, train, held: metrics.hit_rate(_ranks(model, train, held), 10),
        "full ndcg": lambda model, train, held: metrics.ndcg(
            _ranks(model, train, held), np.ones(int(held.counts.sum()), np.int64), 10
        ),
    }
    best = chosen_for_all(NAMES, split, judges["hit"])
    rows, means = [], {}
    for name in NAMES:
        several, seconds = runs(name, best[name].settings, split.both, split.test, judges, asked.seeds)
        values = {judge: median_run(several, judge)[judge] for judge in judges}
        means[name] = {judge: float(each.mean()) for judge, each in values.items()}
        ratio = means[name]["hit"] / means["popularity"]["hit"]
        figures = [
            with_interval(values["hit"]),
            f"{ratio:.2f}",
            *(f"{means[name][full]:.4f}" for full in list(judges)[1:]),
        ]
        rows.append([name, *figures, f"{best[name].value:.4f}", f"{seconds:.1f}", shown(best[name].settings)])
    heads = [
        "algorithm",
        "HR@10 of 100 (95 %)",
        "ratio",
        "HR@10 of all",
        "nDCG@10 of all",
        "validation",
        "s",
        "settings",
    ]
    show(
        f"{len(rated)} people, {rated.pictures} pictures, {len(rated.items)} ratings, mean of {DRAWS} draws",
        heads,
        rows,
    )
    winner = max(means, key=lambda name: best[name].value)
    kept = verdict(f"HR@10 of {winner}, best on validation", round(means[winner]["hit"], 4), at_least=TARGET)
    if asked.json:
        as_json(means)
    return 0 if kept else 1


def sampled(rated: Reactions) -> Judge:
    """The mean over the draws of whether the one held out is among the first 10, half a rank for each tie."""
    draws = [splits.negatives(rated, NEGATIVES, seed=seed) for seed in range(DRAWS)]

    def judge(model: Model, train: Reactions, held: Reactions) -> Weights:
        tested = np.flatnonzero(held.counts)
        scores = scored(model, train.take(tested))
        own = scores[np.arange(tested.size), held.take(tested).items][:, None]
        return np.mean([_hit(scores, own, negatives[tested]) for negatives in draws], axis=0)

    return judge


def _hit(scores: Weights, own: Weights, negatives: Rows) -> Weights:
    others = np.where(negatives >= 0, np.take_along_axis(scores, np.maximum(negatives, 0), axis=1), -np.inf)
    rank = 1 + (others > own).sum(axis=1) + (others == own).sum(axis=1) / 2
    return (rank <= 10).astype(np.float64)


def _ranks(model: Model, train: Reactions, held: Reactions) -> metrics.lists.Ranks:
    lists, wanted = best_rows(model, train, held, 10)
    return metrics.hit_ranks(lists, wanted)


if __name__ == "__main__":
    raise SystemExit(main())
