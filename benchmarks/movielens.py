"""nDCG@10 and recall@20 on MovieLens-100k, and whether the blend is better than its best part on a smaller log.

A rating of 4 or 5 is a like, lower ones are dropped. Of each person with at least 5 likes, by time, the last fifth is
the test and the last tenth of the rest chooses the settings, from the registry's grid, of every algorithm alike.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from implicit.als import AlternatingLeastSquares
from list_quality import (
    Chosen,
    chosen_for_all,
    fitted,
    median_run,
    ndcg_at_10,
    recall_at_20,
    runs,
    shown,
    with_interval,
)
from movielens_data import latest_small, movielens_100k
from tables import as_json, show, verdict

from recommender.engine.arrays import Mask, Scores, Vectors
from recommender.engine.intervals import bootstrap, sign_flip
from recommender.engine.reactions import Reactions
from recommender.engine.splits import per_user_time

NAMES = ("popularity", "user_cosine", "item_cosine", "ease", "item_sequence", "ials", "bpr", "blend")
JUDGES = {"ndcg": ndcg_at_10, "recall": recall_at_20}
TARGETS = {"user_cosine": 0.139, "item_cosine": 0.132, "ease": 0.147, "ials": 0.150, "blend": 0.1586}
BLEND_RECALL = 0.2276
Found = dict[str, dict[str, np.ndarray]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="ml-100k.inter; fetched if not given")
    parser.add_argument("--latest", type=Path, help="ratings.csv of the small set; from the shared data if not given")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    large, chosen = measured("MovieLens-100k", movielens_100k(asked.data).liked_from(4), asked.seeds)
    kept = [
        verdict(f"nDCG@10 of {name}", round(mean(large, name, "ndcg"), 4), at_least=least)
        for name, least in TARGETS.items()
    ]
    kept.append(verdict("recall@20 of blend", round(mean(large, "blend", "recall"), 4), at_least=BLEND_RECALL))
    kept.append(verdict("nDCG@10 lost by folding everybody in", folded_in(asked.data), at_most=0.003))
    small, chosen_small = measured(
        "MovieLens, the small set of 2016", latest_small(asked.latest).liked_from(4), asked.seeds
    )
    compared(large, chosen, "MovieLens-100k")
    compared(small, chosen_small, "the small set")
    if asked.json:
        sets = {"ml-100k": large, "latest-small": small}
        as_json(
            {
                "means": {
                    of: {name: {m: mean(found, name, m) for m in JUDGES} for name in found}
                    for of, found in sets.items()
                },
                "settings": {name: dict(each.settings) for name, each in chosen.items()},
            }
        )
    return 0 if all(kept) else 1


def measured(title: str, likes: Reactions, seeds: int) -> tuple[Found, dict[str, Chosen]]:
    split = per_user_time(likes)
    best = chosen_for_all(NAMES, split, ndcg_at_10)
    found: Found = {}
    rows = []
    for name in NAMES:
        several, seconds = runs(name, best[name].settings, split.both, split.test, JUDGES, seeds)
        found[name] = {measure: median_run(several, measure)[measure] for measure in JUDGES}
        ratio = mean(found, name, "ndcg") / mean(found, "popularity", "ndcg")
        figures = [with_interval(found[name][measure]) for measure in JUDGES]
        rows.append([name, *figures, f"{ratio:.2f}", f"{seconds:.1f}", shown(best[name].settings)])
    people = int((split.test.counts > 0).sum())
    heads = ["algorithm", "nDCG@10 (95 %)", "recall@20 (95 %)", "ratio", "s a fit", "settings"]
    show(f"{title}: {len(likes.items)} likes, {people} people tested", heads, rows)
    return found, best


def folded_in(path: Path | None) -> float:
    """How far the nDCG@10 of people folded in is from that of the vectors that were trained with the pictures."""
    split = per_user_time(movielens_100k(path).liked_from(4))
    model = fitted("ials", split.both, {"half_life": 0.0})
    library = AlternatingLeastSquares(
        factors=model.items.shape[1],
        regularization=model.regularisation,
        alpha=model.confidence,
        num_threads=1,
        random_state=0,
        use_gpu=False,
    )
    library.fit(split.both.matrix(), show_progress=False)
    trained = Trained(library.user_factors, library.item_factors)
    values = [ndcg_at_10(each, split.both, split.test).mean() for each in (model, trained)]
    return float(abs(values[0] - values[1]))


@dataclass(frozen=True, eq=False)
class Trained:
    """People and pictures as the library left them."""

    people: Vectors
    pictures: Vectors

    def score(self, people: Reactions) -> Scores:
        return self.people[people.known] @ self.pictures.T

    @property
    def knows(self) -> Mask:
        return np.ones(len(self.pictures), np.bool_)


def compared(found: Found, chosen: dict[str, Chosen], where: str) -> None:
    """The blend against the single algorithm that validation would choose, and against the best on the test itself."""
    single = [name for name in found if name != "blend"]
    foreseen = max(single, key=lambda name: chosen[name].value)
    best = max(single, key=lambda name: mean(found, name, "ndcg"))
    for name, why in _reasons(foreseen, best).items():
        apart = found["blend"]["ndcg"] - found[name]["ndcg"]
        interval, p = bootstrap(apart)[0], float(sign_flip(apart)[0])
        sure = "better beyond its interval" if interval.better else f"{len(apart)} people cannot tell them apart"
        print(
            f"  On {where} the blend has {interval.mean:+.4f} nDCG@10 ({interval.low:+.4f} to {interval.high:+.4f}, "
            f"p = {p:.3f}) against {name}, alone the {why}: {sure}."
        )


def _reasons(foreseen: str, best: str) -> dict[str, str]:
    if foreseen == best:
        return {best: "best on validation and on the test itself"}
    return {foreseen: "best on validation", best: "best on the test itself"}


def mean(found: Found, name: str, measure: str) -> float:
    return float(found[name][measure].mean())


if __name__ == "__main__":
    raise SystemExit(main())
