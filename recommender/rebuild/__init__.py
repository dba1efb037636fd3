"""Derived state, rebuilt from the rows it is derived from. Idempotent; by ids; safe to run twice and at once."""

from recommender.rebuild.aspects import read_aspects, unread_aspects
from recommender.rebuild.atlas import is_behind as atlas_is_behind
from recommender.rebuild.atlas import publish_atlas
from recommender.rebuild.comparison import PLAIN, compare, version_of
from recommender.rebuild.embeddings import BATCH, embed_images, look_again, missing_ids, model_key, sweep
from recommender.rebuild.index import is_behind, leave_out_deleted, pause_before_publishing, publish_index
from recommender.rebuild.lessons import LESSONS
from recommender.rebuild.memory import forget
from recommender.rebuild.people import is_behind as people_are_behind
from recommender.rebuild.people import publish_people
from recommender.rebuild.regions import due_regions, features_without, forget_regions, match_regions, renew_masks
from recommender.rebuild.renewal import forget_departed, renew
from recommender.rebuild.runs import due_runs, tidy
from recommender.rebuild.runs import evaluate as evaluate_run
from recommender.rebuild.told import publish_told
from recommender.rebuild.training import train as train_run

__all__ = [
    "BATCH",
    "LESSONS",
    "PLAIN",
    "atlas_is_behind",
    "compare",
    "due_regions",
    "due_runs",
    "embed_images",
    "evaluate_run",
    "features_without",
    "forget",
    "forget_departed",
    "forget_regions",
    "is_behind",
    "leave_out_deleted",
    "look_again",
    "match_regions",
    "missing_ids",
    "model_key",
    "pause_before_publishing",
    "people_are_behind",
    "publish_atlas",
    "publish_index",
    "publish_people",
    "publish_told",
    "read_aspects",
    "renew",
    "renew_masks",
    "sweep",
    "tidy",
    "train_run",
    "unread_aspects",
    "version_of",
]
