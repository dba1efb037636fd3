"""Words to pictures: the database's own full-text index, FTS5 on SQLite, tsvector and pg_trgm on PostgreSQL.

Whole words come first, ranked; then what only contains the words, which also serves Chinese, where no space
says where a word ends.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.db.models import Q

from catalog.models import Category, Image, ImageTag, SearchText, Tag

MAX_WORDS = 12
MAX_HITS = 2000
MOST_IN_NAME = 4
"""Words of one name that are recognised together."""
LONGEST_NAME = 10
"""Letters of a Chinese name."""
CHINESE = re.compile(r"[\u3400-\u9fff]+")
JOINING = frozenset("的在和与及或了是有着里上下中一只个张条朵幅")
ALL = "title || ' ' || tags || ' ' || category || ' ' || description"
TOLD = "title || ' ' || description"
BATCH = 500
"""Pictures whose words are written at once: a statement takes only so many parameters."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: any of its spellings will do, each of one or more words. named: it is a tag or category."""

    spellings: tuple[tuple[str, ...], ...]
    named: bool = False


def ranked_ids(text: str) -> list[int]:
    """Image keys that match all of `text`, best first, whoever may see them (at most 2,000).

    A tag or category is meant in both its languages, whichever it is asked for in. Chinese comes without spaces: it
    is read as it stands, then in the longest names that it can be cut into, at last letter by letter.
    """
    return list(dict.fromkeys([*whole_ids(text), *_containing_ids(text)]))[:MAX_HITS]


def whole_ids(text: str, *, unfinished: bool = True) -> list[int]:
    """The ones among `ranked_ids` that match whole words or names, not parts of words.

    unfinished: the last word may be the beginning of one.
    """
    whole, _containing = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    readings = _readings(text)[:2]
    return list(dict.fromkeys(pk for terms in readings for pk in whole(terms, unfinished=unfinished)))[:MAX_HITS]


def _containing_ids(text: str) -> list[int]:
    _whole, containing = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    readings = _readings(text)
    found = list(dict.fromkeys(pk for terms in readings[:2] for pk in containing(terms)))
    return found or [pk for terms in readings[2:] for pk in containing(terms)]


def _readings(text: str) -> list[list[Term]]:
    """As it stands; cut into names; letter by letter: as many of these as differ, each with all that it asks for."""
    words = re.findall(r"\w+", _plain(text).lower())[:MAX_WORDS]
    if not words:
        return []
    names = _names_in(words)
    literal = _terms(words, names, cut=lambda run: [run])
    parts = _terms(words, names, cut=lambda run: pieces(run, names))
    letters = _terms(words, names, cut=list)
    readings = [literal, *(reading for reading in (parts, letters) if reading != literal)]
    return [reading for place, reading in enumerate(readings) if reading and reading not in readings[:place]]


def pieces(run: str, names: Collection[str]) -> list[str]:
    """Cut Chinese into the longest of these names, from the left; what lies between them stays in one piece.

    Words that only join others are left out of what lies between.
    """
    found, between, at = [], "", 0
    while at < len(run):
        size = next((n for n in range(min(LONGEST_NAME, len(run) - at), 0, -1) if run[at : at + n] in names), 0)
        if size:
            found += [between, run[at : at + size]]
            between = ""
        elif run[at] not in JOINING:
            between += run[at]
        else:
            found, between = [*found, between], ""
        at += size or 1
    return [piece for piece in [*found, between] if piece]


def _terms(words: Sequence[str], names: Mapping[str, Term], *, cut: Callable[[str], list[str]]) -> list[Term]:
    terms, at = [], 0
    while at < len(words):
        if CHINESE.fullmatch(words[at]):
            terms += [names.get(piece) or Term(((piece,),)) for piece in cut(words[at])]
            at += 1
            continue
        size = next((n for n in range(MOST_IN_NAME, 0, -1) if " ".join(words[at : at + n]) in names), 1)
        phrase = " ".join(words[at : at + size])
        terms.append(names.get(phrase) or Term(((phrase,),)))
        at += size
    return terms


def _names_in(words: Sequence[str]) -> dict[str, Term]:
    """The names of tags and categories that these words hold, as they are spelled there, with both their languages."""
    phrases = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + MOST_IN_NAME, len(words)) + 1)
    }
    slugs = {phrase: {base.replace(" ", "-") for base in _singulars(phrase)} for phrase in phrases}
    parts = {part for word in words if CHINESE.fullmatch(word) for part in _parts(word)}
    asked = Q(slug__in=set().union(*slugs.values())) | Q(name_zh__in=parts)
    known = [
        row for model in (Tag, Category) for row in model.objects.filter(asked).values_list("slug", "name", "name_zh")
    ]
    found: dict[str, Term] = {}
    for slug, name, name_zh in known:
        if not name_zh:
            continue
        term = Term((tuple(_plain(name).lower().split()), (_plain(name_zh),)), named=True)
        for phrase in [*(phrase for phrase, bases in slugs.items() if slug in bases), _plain(name_zh)]:
            found.setdefault(phrase, term)
    return found


def _singulars(phrase: str) -> set[str]:
    """The phrase, and what it may be the plural of."""
    ends = {"ies": "y", "ves": "f", "es": "", "s": ""}
    return {phrase} | {phrase.removesuffix(end) + single for end, single in ends.items() if phrase.endswith(end)}


def _parts(run: str) -> set[str]:
    return {run[start:end] for start in range(len(run)) for end in range(start + 1, start + LONGEST_NAME + 1)}


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
    category_names = {
        slug: f"{name} {name_zh}" for slug, name, name_zh in Category.objects.values_list("slug", "name", "name_zh")
    }
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
            found |= dict.fromkeys(filter(None, (tag.name, tag.name_zh)))
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


def _sqlite_whole(terms: list[Term], *, unfinished: bool) -> list[int]:
    match = " AND ".join(
        "(" + " OR ".join(f"({' AND '.join(map(_quoted, spelling))})" for spelling in term.spellings) + ")"
        for term in terms[:-1]
    )
    last = terms[-1]
    end = "*" if unfinished and not last.named else ""
    tail = " OR ".join(f"({' AND '.join(map(_quoted, spelling))}{end})" for spelling in last.spellings)
    return _run(
        "SELECT rowid FROM catalog_words WHERE catalog_words MATCH %s "
        "ORDER BY bm25(catalog_words, 10, 6, 4, 1), rowid LIMIT %s",
        [f"{match} AND ({tail})" if match else tail, MAX_HITS],
    )


def _sqlite_containing(terms: list[Term]) -> list[int]:
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
    """A condition with its parameter. told: in what people wrote alone, for tags and categories are asked whole."""
    if len(word) >= 3:
        columns = "{title description} : " if told else ""
        inner = "SELECT rowid FROM catalog_trigrams WHERE catalog_trigrams MATCH %s"
        return f"rowid IN ({inner})", f"{columns}{_quoted(word)}"
    return f"({TOLD if told else ALL}) LIKE %s ESCAPE '\\'", _escaped(word)


def _postgres_whole(terms: list[Term], *, unfinished: bool) -> list[int]:
    def words(spelling: tuple[str, ...], end: str) -> str:
        return "(" + " & ".join(f"'{word}'" for word in spelling) + end + ")"

    end = ":*" if unfinished and not terms[-1].named else ""
    query = " & ".join(
        "(" + " | ".join(words(spelling, end if term is terms[-1] else "") for spelling in term.spellings) + ")"
        for term in terms
    )
    return _run(
        "SELECT image_id FROM catalog_searchtext, to_tsquery('english', %s) query WHERE document @@ query "
        "ORDER BY ts_rank(document, query) DESC, image_id LIMIT %s",
        [query, MAX_HITS],
    )


def _postgres_containing(terms: list[Term]) -> list[int]:
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


_SQLITE = (_sqlite_whole, _sqlite_containing)
_POSTGRES = (_postgres_whole, _postgres_containing)
