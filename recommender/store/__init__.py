"""Artefacts: arrays on disk, named by their checksum, and the one row of each kind that says which ones serve.

An array never changes; a release is a manifest of arrays. Publishing swaps one row, so a reader sees the old release
or the new one, whole. A damaged or missing array is noticed when its release is asked for: the release is deleted, and
whoever asked is given what serves without it.
"""

from recommender.store.arrays import Damaged, folder, load, save
from recommender.store.artefacts import Atlas, Index, People, RankingModel, Told, eyes_key_of
from recommender.store.opening import atlas, forget, index, people, ranker, told
from recommender.store.releases import (
    CANDIDATES,
    FORMAT,
    KEPT,
    Busy,
    NothingBefore,
    arrays_of,
    collect,
    lease,
    promote,
    publish,
    roll_back,
    serving,
    succeed,
)
from recommender.store.senses import eyes, words

__all__ = [
    "CANDIDATES",
    "FORMAT",
    "KEPT",
    "Atlas",
    "Busy",
    "Damaged",
    "Index",
    "NothingBefore",
    "People",
    "RankingModel",
    "Told",
    "arrays_of",
    "atlas",
    "collect",
    "eyes",
    "eyes_key_of",
    "folder",
    "forget",
    "index",
    "lease",
    "load",
    "people",
    "promote",
    "publish",
    "ranker",
    "roll_back",
    "save",
    "serving",
    "succeed",
    "told",
    "words",
]
