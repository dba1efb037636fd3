"""What a text may ask for: words as they stand, and names of tags and categories, which have two languages."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from django.db.models import Q

from catalog.models import Category, Tag
from catalog.words.spelling import CHINESE, folded, plain

MAX_WORDS = 12
MOST_IN_NAME = 4
"""Words of one name that are recognised together."""
LONGEST_NAME = 10
"""Letters of a Chinese name."""
JOINING = frozenset("的在和与及或了是有着里上下中一只个张条朵幅")
"""What joins Chinese words and asks for nothing."""
ENGLISH_JOINING = frozenset("a an and at by for from in into near of on or over the to under with".split())  # noqa: SIM905

Akin = Mapping[str, Sequence[str]]
"""A word → names of tags and categories that are as good as it."""
NONE_AKIN: Akin = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for, in any of its spellings, each of one or more words. named: it is a tag or a category.

    akin: names that are as good as the word, though spelt otherwise; only whole words count for them.
    """

    spellings: tuple[tuple[str, ...], ...]
    named: bool = False
    akin: tuple[tuple[str, ...], ...] = ()

    @property
    def joins(self) -> bool:
        """Whether it is an English word that only joins others."""
        return not self.named and self.spellings[0][0] in ENGLISH_JOINING


@dataclass(frozen=True, slots=True)
class Readings:
    """What a text may ask for. letters: its Chinese letter by letter, if there is any.

    strict: the text as it stands, and without joining words and with its Chinese cut into names.
    """

    strict: list[list[Term]]
    letters: list[Term]

    @property
    def parts(self) -> list[Term]:
        """What is asked for, thing by thing."""
        return self.strict[-1] if self.strict else []


def readings(text: str, akin: Akin = NONE_AKIN) -> Readings:
    words = words_of(text)
    if not words:
        return Readings([], [])
    names = _names_in(words)
    literal = _terms(words, names, akin, cut=lambda run: [run])
    asking = [word for word in words if word not in ENGLISH_JOINING]
    parts = _terms(asking, names, akin, cut=lambda run: pieces(run, names))
    letters = _terms(words, names, akin, cut=list)
    strict = [literal] if parts in ([], literal) else [literal, parts]
    return Readings(strict, letters if letters not in strict else [])


def words_of(text: str) -> list[str]:
    """Its words as they are searched for; those beyond `MAX_WORDS` are left out."""
    return re.findall(r"\w+", folded(text).lower())[:MAX_WORDS]


def pieces(run: str, names: Collection[str]) -> list[str]:
    """Cut Chinese into the longest of these names, from the left; what lies between names stays in one piece.

    Joining words are left out of what lies between.
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


def _terms(
    words: Sequence[str], names: Mapping[str, Term], akin: Akin, *, cut: Callable[[str], list[str]]
) -> list[Term]:
    terms, at = [], 0
    while at < len(words):
        if CHINESE.fullmatch(words[at]):
            terms += [names.get(piece) or Term(((piece,),)) for piece in cut(words[at])]
            at += 1
            continue
        size = next((n for n in range(MOST_IN_NAME, 0, -1) if " ".join(words[at : at + n]) in names), 1)
        phrase = " ".join(words[at : at + size])
        others = tuple(tuple(words_of(name)) for name in akin.get(phrase, ()))
        terms.append(names.get(phrase) or Term(((phrase,),), akin=others))
        at += size
    return terms


def _names_in(words: Sequence[str]) -> dict[str, Term]:
    """The names of tags and categories in these words, as spelt there → a term with the names in both languages."""
    phrases = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + MOST_IN_NAME, len(words)) + 1)
    }
    slugs = {phrase: {base.replace(" ", "-") for base in _singulars(phrase)} for phrase in phrases}
    parts = {part for word in words if CHINESE.fullmatch(word) for part in _parts(word)}
    asked = Q(slug__in=set().union(*slugs.values())) | Q(name_zh__in=parts)
    both = (model.objects.filter(asked).values_list("slug", "name", "name_zh") for model in (Tag, Category))
    called: dict[str, dict[str, str]] = {}  # by the name in Chinese, which several may share: the names by slug
    for slug, name, name_zh in chain(*both):
        if name_zh:
            called.setdefault(name_zh, {})[slug] = name
    found: dict[str, Term] = {}
    for name_zh, english in called.items():
        spellings = [tuple(re.findall(r"\w+", plain(name))) for _slug, name in sorted(english.items())]
        term = Term((*dict.fromkeys(spellings), (plain(name_zh),)), named=True)
        phrases_of_it = (phrase for phrase, bases in slugs.items() if not bases.isdisjoint(english))
        found |= dict.fromkeys([*phrases_of_it, plain(name_zh)], term)
    return found


def _singulars(phrase: str) -> set[str]:
    """The phrase, and every phrase that it may be the plural of."""
    ends = {"ies": "y", "ves": "f", "es": "", "s": ""}
    return {phrase} | {phrase.removesuffix(end) + single for end, single in ends.items() if phrase.endswith(end)}


def _parts(run: str) -> set[str]:
    return {run[start:end] for start in range(len(run)) for end in range(start + 1, start + LONGEST_NAME + 1)}
