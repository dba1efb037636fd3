"""The facts people make: pictures with tags and categories, who liked them, their boards, and who follows whom."""

from catalog.models.boards import Board, BoardImage, BoardMember, BoardVisibility
from catalog.models.categories import Category
from catalog.models.follows import Follow
from catalog.models.images import FailedImage, Image, ImageQuerySet, PaletteColour, SearchText, Visibility
from catalog.models.reactions import Like, Reaction
from catalog.models.tags import ImageTag, Tag
from catalog.models.throttle import ThrottleCount
from catalog.models.work import State, Work, WorkQuerySet

__all__ = [
    "Board",
    "BoardImage",
    "BoardMember",
    "BoardVisibility",
    "Category",
    "FailedImage",
    "Follow",
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
