"""Two rankings in one list, by team draft: each card remembers which arm placed it, and nothing moves afterwards.

Both rankings come filtered and diversified, each by itself; near-copies are folded across the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from recommender.engine.folding import near_copies
from recommender.engine.online.interleaving import COMMON, team_draft
from recommender.entries import Place
from recommender.feed.walks import Walk
from recommender.store import Index


def interleaved(walk: Walk, rankings: Sequence[Sequence[Place]], *, index: Index, k: int) -> list[Place]:
    """The next k cards of the walk. rankings: of its two arms, each from its beginning."""
    places = [{place.image: place for place in ranking} for ranking in rankings]
    copies = _copies({*places[0], *places[1], *walk.served}, index)
    drafted = team_draft(
        list(places[0]),
        list(places[1]),
        seed=walk.session_seed,
        k=k,
        served=walk.served,
        picks=walk.picks,
        copies_of=lambda image: copies[image],
    )
    names = [arm.name for arm in walk.arms]
    return [replace(places[max(team, 0)][image], team="" if team == COMMON else names[team]) for image, team in drafted]


def _copies(images: set[int], index: Index) -> dict[int, list[int]]:
    """For each of these pictures its near-copies among them."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = index.ids.rows(sorted(images))
    rows = rows[rows >= 0]
    if index.hashes is None or not rows.size:
        return found
    ids = index.ids.ids(rows).tolist()
    pairs = near_copies(
        hashes=index.hashes[rows],
        vectors=index.vectors.take(rows) if len(index.vectors) else None,
        of=np.arange(len(rows)),
        moments=index.moments,
    )
    for first, second in zip(*(side.tolist() for side in pairs), strict=True):
        found[ids[first]].append(ids[second])
    return found
