"""Terms in the database's own query language: FTS5 on SQLite, tsvector and pg_trgm on PostgreSQL."""

import re
from collections.abc import Callable, Sequence

from django.db import connection

from catalog.words.readings import MAX_WORDS, Term
from catalog.words.spelling import plain

MAX_HITS = 2000
ALL = "title || ' ' || tags || ' ' || category || ' ' || description"
TOLD = "title || ' ' || description"
"""What people wrote about the picture itself. Tags and categories are only searched as whole words."""


def whole(terms: Sequence[Term], *, unfinished: bool) -> list[int]:
    """Keys of pictures that have all these terms as whole words, best first.

    unfinished: the last one may be the beginning of a longer word.
    """
    return (_postgres_whole if connection.vendor == "postgresql" else _sqlite_whole)(terms, unfinished=unfinished)


def containing(terms: Sequence[Term]) -> list[int]:
    """Keys of pictures that have all these terms, if only as parts of words."""
    return (_postgres_containing if connection.vendor == "postgresql" else _sqlite_containing)(terms)


def titled_ids(text: str, most: int) -> list[int]:
    """At most `most` keys of pictures whose title has all words of the text, the last of which may be unfinished."""
    asked = re.findall(r"\w+", plain(text))[:MAX_WORDS]
    if not asked:
        return []
    if connection.vendor == "postgresql":
        query = " & ".join([*(f"'{word}':A" for word in asked[:-1]), f"'{asked[-1]}':*A"])
        sql = "SELECT image_id FROM catalog_searchtext WHERE document @@ to_tsquery('simple', %s) LIMIT %s"
        return _run(sql, [query, most])
    query = " AND ".join(f"title : {_quoted(word)}" for word in asked) + "*"
    return _run("SELECT rowid FROM catalog_words WHERE catalog_words MATCH %s LIMIT %s", [query, most])


def _run(sql: str, parameters: Sequence[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _escaped(word: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _sqlite_whole(terms: Sequence[Term], *, unfinished: bool) -> list[int]:
    def words(spelling: tuple[str, ...], end: str = "") -> str:
        return f"({' AND '.join(map(_quoted, spelling))}{end})"

    last = terms[-1] if unfinished and not terms[-1].named else None
    return _run(
        "SELECT rowid FROM catalog_words WHERE catalog_words MATCH %s "
        "ORDER BY bm25(catalog_words, 10, 6, 4, 1), rowid LIMIT %s",
        [" AND ".join(_any(term, words, "*" if term is last else "") for term in terms), MAX_HITS],
    )


def _any(term: Term, words: Callable[[tuple[str, ...], str], str], end: str, *, either: str = " OR ") -> str:
    """Any of the term's spellings, the end after each, or what is akin."""
    ways = [*(words(spelling, end) for spelling in term.spellings), *(words(name, "") for name in term.akin)]
    return f"({either.join(ways)})"


def _sqlite_containing(terms: Sequence[Term]) -> list[int]:
    conditions, parameters = [], []
    for term in terms:
        spellings = [[_sqlite_contains(word, told=term.named) for word in spelling] for spelling in term.spellings]
        conditions.append("(" + " OR ".join(" AND ".join(sql for sql, _ in words) for words in spellings) + ")")
        parameters += [parameter for words in spellings for _, parameter in words]
    return _run(
        f"SELECT rowid FROM catalog_trigrams WHERE {' AND '.join(conditions)} ORDER BY rowid LIMIT %s",  # noqa: S608
        [*parameters, MAX_HITS],
    )


def _sqlite_contains(word: str, *, told: bool) -> tuple[str, str]:
    """A condition with its parameter. told: search only what people wrote about the picture (see `TOLD`)."""
    if len(word) >= 3:
        columns = "{title description} : " if told else ""
        inner = "SELECT rowid FROM catalog_trigrams WHERE catalog_trigrams MATCH %s"
        return f"rowid IN ({inner})", f"{columns}{_quoted(word)}"
    return f"({TOLD if told else ALL}) LIKE %s ESCAPE '\\'", _escaped(word)


def _postgres_whole(terms: Sequence[Term], *, unfinished: bool) -> list[int]:
    """The index leaves out joining words of English, so what it finds is looked through for those."""

    def words(spelling: tuple[str, ...], end: str) -> str:
        return "(" + " & ".join(f"'{word}'" for word in spelling) + end + ")"

    last = terms[-1] if unfinished and not terms[-1].named else None
    joining = [term for term in terms if term.joins]
    query = " & ".join(
        _any(term, words, ":*" if term is last else "", either=" | ") for term in terms if not term.joins
    )
    conditions = ["document @@ query"] * bool(query) + [f"({ALL}) ~* %s"] * len(joining)
    ends = (r"" if term is last else r"\M" for term in joining)
    return _run(
        f"SELECT image_id FROM catalog_searchtext, to_tsquery('english', %s) query WHERE {' AND '.join(conditions)} "  # noqa: S608
        "ORDER BY ts_rank(document, query) DESC, image_id LIMIT %s",
        [query, *(rf"\m{term.spellings[0][0]}{end}" for term, end in zip(joining, ends, strict=True)), MAX_HITS],
    )


def _postgres_containing(terms: Sequence[Term]) -> list[int]:
    conditions, parameters = [], []
    for term in terms:
        text = TOLD if term.named else ALL
        conditions.append(
            "(" + " OR ".join(" AND ".join([f"({text}) ILIKE %s"] * len(words)) for words in term.spellings) + ")"
        )
        parameters += [_escaped(word) for words in term.spellings for word in words]
    return _run(
        f"SELECT image_id FROM catalog_searchtext WHERE {' AND '.join(conditions)} ORDER BY image_id LIMIT %s",  # noqa: S608
        [*parameters, MAX_HITS],
    )
