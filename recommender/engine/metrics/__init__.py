"""How good lists are: for each person, for all of them together, and for ratings."""

from recommender.engine.metrics.catalogue import (
    calibration,
    category_coverage,
    coverage,
    distance,
    exposure,
    gini,
    novelty,
)
from recommender.engine.metrics.lists import best_lists, hit_ranks, tied_ranks
from recommender.engine.metrics.ranked import (
    auc,
    average_precision,
    hit_rate,
    ndcg,
    precision,
    recall,
    reciprocal_rank,
    rmse,
    truncated_recall,
)

__all__ = [
    "auc",
    "average_precision",
    "best_lists",
    "calibration",
    "category_coverage",
    "coverage",
    "distance",
    "exposure",
    "gini",
    "hit_ranks",
    "hit_rate",
    "ndcg",
    "novelty",
    "precision",
    "recall",
    "reciprocal_rank",
    "rmse",
    "tied_ranks",
    "truncated_recall",
]
