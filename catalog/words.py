"""Words to pictures: the database's own full-text index, FTS5 on SQLite, tsvector and pg_trgm on PostgreSQL.

Whole words come first, ranked; then what only contains the words, which also serves Chinese, where no space
says where a word ends.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection

from catalog.models import Category, Image, ImageTag, SearchText, Tag

MAX_WORDS = 12
MAX_HITS = 2000
BATCH = 500
"""Pictures whose words are written at once: a statement takes only so many parameters."""


def ranked_ids(text: str) -> list[int]:
    """Image keys that match all the words of `text`, best first, whoever may see them (at most 2,000)."""
    words = re.findall(r"\w+", _plain(text).lower())[:MAX_WORDS]
    if not words:
        return []
    whole, containing = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    return list(dict.fromkeys([*whole(words), *containing(words)]))[:MAX_HITS]


def refresh(image_ids: Iterable[int]) -> None:
    """Write the words of these pictures anew, from their titles, tags with wider tags, and category paths."""
    remaining = iter(image_ids)
    while batch := list(islice(remaining, BATCH)):
        SearchText.objects.bulk_create(
            _documents(batch),
            update_conflicts=True,
            unique_fields=["image"],
            update_fields=["title", "tags", "category", "description"],
        )


def _documents(image_ids: list[int]) -> list[SearchText]:
    tag_names = _names_with_wider_tags(image_ids)
    category_names = dict(Category.objects.values_list("slug", "name"))
    return [
        SearchText(
            image_id=row["pk"],
            title=_plain(row["title"]),
            tags=_plain(" ".join(tag_names.get(row["pk"], ()))),
            category=_plain(
                " ".join(
                    f"{category_names.get(slug, '')} {slug}"
                    for slug in (row["category__path"] or "").split("/")
                    if slug
                )
            ),
            description=_plain(row["description"]),
        )
        for row in Image.objects.filter(pk__in=image_ids).values("pk", "title", "description", "category__path")
    ]


def _names_with_wider_tags(image_ids: list[int]) -> dict[int, list[str]]:
    rows = list(ImageTag.objects.filter(image__in=image_ids, removed=False).values_list("image_id", "tag_id"))
    tags = _with_wider({tag_id for _image_id, tag_id in rows})
    names: dict[int, dict[str, None]] = {}
    for image_id, tag_id in rows:
        found = names.setdefault(image_id, {})
        tag = tags.get(tag_id)
        while tag is not None and tag.name not in found:
            found[tag.name] = None
            tag = tags.get(tag.parent_id) if tag.parent_id else None
    return {image_id: list(found) for image_id, found in names.items()}


def _with_wider(tag_ids: set[int]) -> dict[int, Tag]:
    """These tags and all above them, by key: one query a step up."""
    found: dict[int, Tag] = {}
    while tag_ids:
        step = Tag.objects.in_bulk(tag_ids)
        found |= step
        tag_ids = {tag.parent_id for tag in step.values() if tag.parent_id} - found.keys()
    return found


def _plain(text: str) -> str:
    """One spelling of what a reader takes for the same: no accents, and letters and digits of one width."""
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))


def _run(sql: str, parameters: Sequence[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _escaped(word: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _sqlite_whole(words: list[str]) -> list[int]:
    match = " ".join(_quoted(word) for word in words) + "*"
    return _run(
        "SELECT rowid FROM catalog_words WHERE catalog_words MATCH %s "
        "ORDER BY bm25(catalog_words, 10, 6, 4, 1), rowid LIMIT %s",
        [match, MAX_HITS],
    )


def _sqlite_containing(words: list[str]) -> list[int]:
    long, short = [w for w in words if len(w) >= 3], [w for w in words if len(w) < 3]
    conditions, parameters = [], []
    if long:
        conditions.append("catalog_trigrams MATCH %s")
        parameters.append(" ".join(map(_quoted, long)))
    for word in short:
        conditions.append(r"(title || ' ' || tags || ' ' || category || ' ' || description) LIKE %s ESCAPE '\'")
        parameters.append(_escaped(word))
    return _run(
        f"SELECT rowid FROM catalog_trigrams WHERE {' AND '.join(conditions)} ORDER BY rowid LIMIT %s",  # noqa: S608
        [*parameters, MAX_HITS],
    )


def _postgres_whole(words: list[str]) -> list[int]:
    query = " & ".join(f"'{word}'" for word in words) + ":*"
    return _run(
        "SELECT image_id FROM catalog_searchtext, to_tsquery('english', %s) query WHERE document @@ query "
        "ORDER BY ts_rank(document, query) DESC, image_id LIMIT %s",
        [query, MAX_HITS],
    )


def _postgres_containing(words: list[str]) -> list[int]:
    text = "(title || ' ' || tags || ' ' || category || ' ' || description)"
    conditions = " AND ".join([f"{text} ILIKE %s"] * len(words))
    return _run(
        f"SELECT image_id FROM catalog_searchtext WHERE {conditions} ORDER BY image_id LIMIT %s",  # noqa: S608
        [*map(_escaped, words), MAX_HITS],
    )


_SQLITE = (_sqlite_whole, _sqlite_containing)
_POSTGRES = (_postgres_whole, _postgres_containing)
