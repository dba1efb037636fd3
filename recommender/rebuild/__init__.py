"""Derived state, rebuilt from the rows it is derived from. Idempotent; by ids; safe to run twice and at once."""

from recommender.rebuild.embeddings import BATCH, embed_images, look_again, missing_ids, model_key, sweep
from recommender.rebuild.index import is_behind, leave_out_deleted, pause_before_publishing, publish_index
from recommender.rebuild.memory import forget
from recommender.rebuild.people import is_behind as people_are_behind
from recommender.rebuild.people import publish_people

__all__ = [
    "BATCH",
    "embed_images",
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
]
