"""Reads: catalog's rows, and the recommender's own, as the engine's arrays."""

from recommender.queries import listing, palettes, people, tagging, used
from recommender.queries.choices import Choices, Weighed, choices, limits, muted_rows, pictures_of
from recommender.queries.listing import catalogue, collection, narrowed, without
from recommender.queries.looks import aspects, aspects_of, features, features_of
from recommender.queries.masks import masked
from recommender.queries.naming import names_of
from recommender.queries.palettes import colour_likeness
from recommender.queries.people import counts, likes_of_people, people_model, person_key, ranker_on
from recommender.queries.photos import keep_photo, photo_seen
from recommender.queries.reactions import dismissed_by, dismissed_ids, history, reacted_and_own_ids, saves, seen_ids
from recommender.queries.regions import matched_regions, newest_mask
from recommender.queries.remembered import Remembered
from recommender.queries.tagging import tag_confidences, tags
from recommender.queries.used import names


def forget() -> None:
    """Read whatever is remembered anew at this process's next request."""
    for part in (listing, palettes, people, tagging, used):
        part.forget()


__all__ = [
    "Choices",
    "Remembered",
    "Weighed",
    "aspects",
    "aspects_of",
    "catalogue",
    "choices",
    "collection",
    "colour_likeness",
    "counts",
    "dismissed_by",
    "dismissed_ids",
    "features",
    "features_of",
    "forget",
    "history",
    "keep_photo",
    "likes_of_people",
    "limits",
    "masked",
    "matched_regions",
    "muted_rows",
    "names",
    "names_of",
    "narrowed",
    "newest_mask",
    "people_model",
    "person_key",
    "photo_seen",
    "pictures_of",
    "ranker_on",
    "reacted_and_own_ids",
    "saves",
    "seen_ids",
    "tag_confidences",
    "tags",
    "without",
]
