"""The desk: pictures, categories and tags, all changed through `services`."""

from catalog.admin.images import FailedImageAdmin, ImageAdmin
from catalog.admin.taxonomy import CategoryAdmin, TagAdmin

__all__ = ["CategoryAdmin", "FailedImageAdmin", "ImageAdmin", "TagAdmin"]
