"""People with the viewer's taste, among those who have chosen to be found."""

from __future__ import annotations

import numpy as np
from django.contrib.auth import get_user_model
from django.db.models import Count

from catalog import queries as catalog_queries
from catalog.models import Like
from catalog.queries import PersonCard
from catalog.viewers import Viewer
from recommender.engine.arrays import best_first
from recommender.engine.neighbours import kinship

FEWEST_SHARED = 5
"""Likes that two people must share to be shown to each other: fewer would give away which ones they are."""
MOST_LIKES = 2_000
"""Likes of the viewer, the latest, that are compared."""


def takes_part(viewer: Viewer) -> bool:
    """Whether the viewer has chosen to find and to be found."""
    if viewer.user_id is None:
        return False
    return get_user_model()._default_manager.filter(pk=viewer.user_id, meets_kindred=True).exists()


def kindred(viewer: Viewer, *, k: int = 6) -> list[PersonCard]:
    """At most k people who like what the viewer likes, the nearest first; none unless the viewer takes part."""
    if viewer.user_id is None or not takes_part(viewer):
        return []
    mine = list(Like.objects.of(viewer).order_by("-created_at").values_list("image_id", flat=True)[:MOST_LIKES])
    others = get_user_model()._default_manager.filter(meets_kindred=True, is_active=True).exclude(pk=viewer.user_id)
    shared = Like.objects.filter(user__in=others, image__in=mine).order_by().values("user").annotate(n=Count("pk"))
    common = dict(shared.filter(n__gte=FEWEST_SHARED).order_by("user").values_list("user", "n"))
    if not common:
        return []
    sizes = Like.objects.filter(user__in=common).order_by().values("user").annotate(n=Count("pk"))
    theirs = dict(sizes.values_list("user", "n"))
    people = [person for person in common if person in theirs]
    scores = kinship(
        np.array([common[person] for person in people]),
        mine=len(mine),
        theirs=np.array([theirs[person] for person in people]),
    )
    return catalog_queries.people_cards([people[row] for row in best_first(scores, k).tolist()], viewer)
