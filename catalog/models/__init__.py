"""The facts people make: pictures, their tags and categories, and who liked them."""

from catalog.models.categories import Category
from catalog.models.images import FailedImage, Image, ImageQuerySet, PaletteColour, SearchText, Visibility
from catalog.models.reactions import Like, Reaction
from catalog.models.tags import ImageTag, Tag
from catalog.models.throttle import ThrottleCount
from catalog.models.work import State, Work, WorkQuerySet

__all__ = [
    "Category",
    "FailedImage",
    "Image",
    "ImageQuerySet",
    "ImageTag",
    "Like",
    "PaletteColour",
    "Reaction",
    "SearchText",
    "State",
    "Tag",
    "ThrottleCount",
    "Visibility",
    "Work",
    "WorkQuerySet",
]
