"""The desk: pictures, categories and tags, all changed through `services`; boards, to be read."""

from catalog.admin.boards import BoardAdmin
from catalog.admin.images import FailedImageAdmin, ImageAdmin
from catalog.admin.taxonomy import CategoryAdmin, TagAdmin

__all__ = ["BoardAdmin", "CategoryAdmin", "FailedImageAdmin", "ImageAdmin", "TagAdmin"]
