"""Derived state, rebuilt from the rows it is derived from. Idempotent; by ids; safe to run twice and at once."""

from recommender.rebuild.embeddings import BATCH, embed_images, look_again, missing_ids, model_key, sweep
from recommender.rebuild.index import is_behind, leave_out_deleted, pause_before_publishing, publish_index
from recommender.rebuild.memory import forget
from recommender.rebuild.people import is_behind as people_are_behind
from recommender.rebuild.people import publish_people
from recommender.rebuild.runs import compared_with, due_runs
from recommender.rebuild.runs import evaluate as evaluate_run
from recommender.rebuild.runs import train as train_run

__all__ = [
    "BATCH",
    "compared_with",
    "due_runs",
    "embed_images",
    "evaluate_run",
    "forget",
    "is_behind",
    "leave_out_deleted",
    "look_again",
    "missing_ids",
    "model_key",
    "pause_before_publishing",
    "people_are_behind",
    "publish_index",
    "publish_people",
    "sweep",
    "train_run",
]
