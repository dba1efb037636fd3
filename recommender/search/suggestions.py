"""What to suggest while somebody types: tags, categories, titles and boards that begin with it, in either language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from catalog import queries as catalog_queries
from catalog.queries import Name
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.vision.model_file import EyesError

ALIKE = 0.7  # share of letters, in their order, that two spellings of one word have in common
TELLING = 3  # letters of a word that can be mistaken for another
WORDS_LOOKED_AT = 6
TITLES_LOOKED_AT = 200  # of which the viewer may be shown some

Kind = Literal["tag", "category", "title", "board"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """text: in the language of the page.  value: the slug of a tag or category, the key of a picture or board.

    pictures: how many everybody may see under a tag or category.
    """

    kind: Kind
    text: str
    value: str
    pictures: int | None = None


def suggest(text: str, *, viewer: Viewer, language: str, k: int = 8) -> list[Suggestion]:
    """At most k names that begin with the text, or have a word that does; the most used first, tags before titles.

    Only names of pictures that the viewer may be shown. language: of the page, such as `zh-hans`; what was typed may be
    in either.
    """
    begun = catalog_queries.plain(text)
    if not begun:
        return []
    named = [_shown(name, language) for name in _beginning(queries.names(), begun)]
    told = [
        *(Suggestion("board", title, str(pk)) for pk, title in catalog_queries.boards_beginning(text, viewer, k)),
        *(
            Suggestion("title", title, str(pk))
            for pk, title in catalog_queries.titles_beginning(text, viewer, TITLES_LOOKED_AT)
        ),
    ]
    room = max(k - len(told), (k + 1) // 2)  # boards and titles keep at most half of it
    return [*named[:room], *told][:k]


def spelt_like(text: str, *, language: str, k: int = 5) -> list[Suggestion]:
    """At most k names that are spelt much like the text or a word of it: what may have been meant, most alike first.

    A name, or another word that can be read, was not a slip.
    """
    names = queries.names()
    known = {form for name in names for form in (name.begins, name.begins_zh)}
    written = catalog_queries.plain(text)
    words = [
        word
        for word in dict.fromkeys([written, *written.split()])
        if len(word) >= TELLING and word not in known and not _is_read(word)
    ]
    found = [(_likeness(words[:WORDS_LOOKED_AT], name), name) for name in names]
    alike = [(likeness, name) for likeness, name in found if likeness >= ALIKE]
    alike.sort(key=lambda pair: (-pair[0], -pair[1].pictures, pair[1].slug))
    return list(dict.fromkeys(_shown(name, language) for _likeness_of, name in alike))[:k]


def _is_read(text: str) -> bool:
    """Whether the reader knows each word of the text."""
    try:
        return not any(store.words().unknown(word) for word in text.split())
    except EyesError:
        return False


def _likeness(words: list[str], name: Name) -> float:
    """The share of letters that the name has in common with the word most like it; 0 below ALIKE."""
    best = 0.0
    matcher = SequenceMatcher(autojunk=False)
    for form in filter(None, (name.begins, name.begins_zh)):
        matcher.set_seq2(form)
        for word in words:
            matcher.set_seq1(word)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                best = max(best, matcher.ratio())
    return best


def _beginning(names: Iterable[Name], begun: str) -> list[Name]:
    """Names that begin with the text before those with a word that does; then the most used."""
    found = [(place, name) for name in names if (place := _place(name, begun)) is not None]
    found.sort(key=lambda pair: (pair[0], -pair[1].pictures, pair[1].slug))
    return [name for _place_of, name in found]


def _place(name: Name, begun: str) -> int | None:
    """0 where the name begins with the text, 1 where a later word of it or a part of its Chinese does; else None."""
    if name.begins.startswith(begun) or name.begins_zh.startswith(begun):
        return 0
    return 1 if f" {begun}" in name.begins or begun in name.begins_zh else None


def _shown(name: Name, language: str) -> Suggestion:
    text = name.name_zh if name.name_zh and language.startswith("zh") else name.name
    return Suggestion("category" if name.is_category else "tag", text, name.slug, name.pictures)
