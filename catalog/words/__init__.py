"""Words to pictures: the database's own full-text index, FTS5 on SQLite, tsvector and pg_trgm on PostgreSQL.

Whole words come first, ranked; then whatever merely contains the words, which also serves Chinese, where no space marks
the end of a word.
"""

from catalog.words.documents import BATCH, refresh
from catalog.words.readings import ENGLISH_JOINING, NONE_AKIN, Akin, pieces, readings, words_of
from catalog.words.spelling import CHINESE, plain
from catalog.words.statements import MAX_HITS, containing, titled_ids, whole

__all__ = [
    "BATCH",
    "CHINESE",
    "ENGLISH_JOINING",
    "MAX_HITS",
    "NONE_AKIN",
    "Akin",
    "ids_by_part",
    "pieces",
    "plain",
    "ranked_ids",
    "refresh",
    "titled_ids",
    "whole_ids",
    "words_of",
]


def ranked_ids(text: str, *, akin: Akin = NONE_AKIN) -> list[int]:
    """Keys of the pictures that match all of `text`, best first, whoever may see them (at most 2,000).

    A tag or category is meant in both its languages, whichever one is used. Chinese has no spaces: it is read as it
    stands, then cut into the longest known names, and at last letter by letter.
    """
    return list(dict.fromkeys([*whole_ids(text, akin=akin), *_containing_ids(text)]))[:MAX_HITS]


def whole_ids(text: str, *, unfinished: bool = True, akin: Akin = NONE_AKIN) -> list[int]:
    """Those of `ranked_ids` that match whole words or names, not parts of words.

    unfinished: the last word may be the beginning of a longer one.
    """
    asked = readings(text, akin).strict
    return list(dict.fromkeys(pk for terms in asked for pk in whole(terms, unfinished=unfinished)))[:MAX_HITS]


def ids_by_part(text: str, *, akin: Akin = NONE_AKIN) -> dict[str, list[int]]:
    """Each thing that the text asks for → keys of the pictures that have it, as whole words, best first."""
    parts = readings(text, akin).parts
    return {" ".join(term.spellings[0]): whole([term], unfinished=False) for term in parts}


def _containing_ids(text: str) -> list[int]:
    asked = readings(text)
    found = list(dict.fromkeys(pk for terms in asked.strict for pk in containing(terms)))
    return found or (containing(asked.letters) if asked.letters else [])
