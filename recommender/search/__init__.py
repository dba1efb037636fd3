"""Search: by a photo, by words and what they mean, by several parts at once; and what to suggest while one types."""

from recommender.search.combined import by_parts
from recommender.search.match import Match
from recommender.search.parts import MOST_PARTS, BadPart, Part
from recommender.search.photos import AT_ONCE, LOOKED_AT, RETRY_AFTER, Busy, by_photo, look
from recommender.search.suggestions import Suggestion, spelt_like, suggest
from recommender.search.words import by_words

__all__ = [
    "AT_ONCE",
    "LOOKED_AT",
    "MOST_PARTS",
    "RETRY_AFTER",
    "BadPart",
    "Busy",
    "Match",
    "Part",
    "Suggestion",
    "by_parts",
    "by_photo",
    "by_words",
    "look",
    "spelt_like",
    "suggest",
]
