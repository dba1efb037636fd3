"""The regions that two pictures share, where somebody has asked for them."""

from __future__ import annotations

from catalog.viewers import Viewer
from recommender.models import MaskedRegion, MatchedRegions


def matched_regions(image_id: int, other_id: int, *, key: str) -> MatchedRegions | None:
    """What is known of a pair, in either order; None where nobody has asked yet."""
    first, second = sorted((image_id, other_id))
    return MatchedRegions.objects.filter(first=first, second=second, model_key=key).first()


def newest_mask(image_id: int, viewer: Viewer) -> MaskedRegion | None:
    """The mask of a picture that counts for this viewer."""
    mask: MaskedRegion | None = MaskedRegion.objects.of(viewer).filter(image=image_id).order_by("-pk").first()
    return mask
