"""Artefacts: arrays on disk, named by their checksum, and the one row of each kind that says which ones serve.

An array never changes; a release is a manifest of arrays. Publishing swaps one row, so a reader sees the old release
or the new one, whole. A damaged or missing array is noticed when its release is asked for, and is not served.
"""

from recommender.store.arrays import Damaged, folder, load, save
from recommender.store.artefacts import Index, People, eyes, forget, index, people
from recommender.store.releases import FORMAT, KEPT, Busy, arrays_of, collect, lease, publish, serving

__all__ = [
    "FORMAT",
    "KEPT",
    "Busy",
    "Damaged",
    "Index",
    "People",
    "arrays_of",
    "collect",
    "eyes",
    "folder",
    "forget",
    "index",
    "lease",
    "load",
    "people",
    "publish",
    "save",
    "serving",
]
