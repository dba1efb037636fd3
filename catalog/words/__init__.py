"""Words to pictures: the database's own full-text index, FTS5 on SQLite, tsvector and pg_trgm on PostgreSQL.

Whole words come first, ranked; then whatever merely contains the words, which also serves Chinese, where no space marks
the end of a word.
"""

from catalog.words.documents import BATCH, refresh
from catalog.words.readings import pieces, readings
from catalog.words.spelling import CHINESE, plain
from catalog.words.statements import MAX_HITS, containing, titled_ids, whole

__all__ = ["BATCH", "CHINESE", "MAX_HITS", "pieces", "plain", "ranked_ids", "refresh", "titled_ids", "whole_ids"]


def ranked_ids(text: str) -> list[int]:
    """Keys of the pictures that match all of `text`, best first, whoever may see them (at most 2,000).

    A tag or category is meant in both its languages, whichever one is used. Chinese has no spaces: it is read as it
    stands, then cut into the longest known names, and at last letter by letter.
    """
    return list(dict.fromkeys([*whole_ids(text), *_containing_ids(text)]))[:MAX_HITS]


def whole_ids(text: str, *, unfinished: bool = True) -> list[int]:
    """Those of `ranked_ids` that match whole words or names, not parts of words.

    unfinished: the last word may be the beginning of a longer one.
    """
    return list(dict.fromkeys(pk for terms in readings(text).strict for pk in whole(terms, unfinished=unfinished)))[
        :MAX_HITS
    ]


def _containing_ids(text: str) -> list[int]:
    asked = readings(text)
    found = list(dict.fromkeys(pk for terms in asked.strict for pk in containing(terms)))
    return found or (containing(asked.letters) if asked.letters else [])
