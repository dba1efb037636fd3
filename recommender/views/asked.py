"""What a search asks for, read from an address and written into one: words, parts with plus and minus, filters.

`q` holds words; a word after a minus is unwanted. `part` may be repeated: `image:7`, `image:7@0.1,0.2,0.6,0.9` (a box:
left, top, right, bottom as shares), `colour:c0392b`, `words:red table` or `photo:…` (what was seen in one's own photo),
each with or without a weight after a star: `colour:c0392b*-0.5`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from catalog.queries import EVERYTHING, GalleryFilter
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.vision.model_file import EyesError
from recommender.search import MOST_PARTS, Part

FILTERS = ("category", "owner", "licence", "shape", "days")
LONGEST = 200
UNWANTED = re.compile(r"(?:(?<=\s)|^)[-−](?=[^\s-])(\"[^\"]*\"|\S+)")
WEIGHTED = re.compile(r"\*(-?(?:1(?:\.0+)?|0?\.\d{1,3}|0))$")
MOST_TAGS = 10


@dataclass(frozen=True)
class Chip:
    """One part as it stands in the address: kind, value, weight."""

    kind: str
    value: str
    weight: float = 1.0

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" + ("" if self.weight == 1 else f"*{self.weight:g}")


@dataclass(frozen=True)
class Asked:
    """One search. words: as typed, minus signs included.  chips: the other parts."""

    words: str = ""
    chips: tuple[Chip, ...] = ()
    where: GalleryFilter = EVERYTHING

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.chips or self.where)

    @property
    def all_chips(self) -> list[Chip]:
        """All parts, words included: the wanted words as one chip, each unwanted one as its own."""
        unwanted = [word.strip('"') for word in UNWANTED.findall(self.words)]
        said = [Chip("words", self.wanted_words)] if self.wanted_words else []
        return [*said, *(Chip("words", word, -1.0) for word in unwanted if word), *self.chips][:MOST_PARTS]

    def parts(self, viewer: Viewer, *, now: dt.datetime) -> list[Part]:
        """For `search.by_parts`. A photo that is gone is left out."""
        return [part for chip in self.all_chips if (part := _part(chip, viewer, now)) is not None]

    def query(self, **more: str) -> str:
        """The query string of the search's address."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [("part", str(chip)) for chip in self.chips]
        pairs += [("tag", slug) for slug in self.where.tags]
        pairs += self.filters
        return urlencode([*pairs, *more.items()], safe=":,@*")

    def without_chip(self, place: int) -> Asked:
        return replace(self, chips=tuple(chip for number, chip in enumerate(self.chips) if number != place))

    def with_weight(self, place: int, weight: float) -> Asked:
        changed = replace(self.chips[place], weight=weight)
        return replace(self, chips=(*self.chips[:place], changed, *self.chips[place + 1 :]))

    @property
    def has_photo(self) -> bool:
        return any(chip.kind == "photo" for chip in self.chips)

    @property
    def wanted_words(self) -> str:
        """What was typed, without words after a minus."""
        return " ".join(UNWANTED.sub(" ", self.words).split())

    @property
    def is_words_alone(self) -> bool:
        return bool(self.wanted_words and not (self.chips or self.where or UNWANTED.search(self.words)))

    @property
    def filters(self) -> list[tuple[str, str]]:
        """Names and values of the filters that are set."""
        return [(name, value) for name in FILTERS if (value := getattr(self.where, name))]

    @property
    def unfiltered(self) -> Asked:
        return replace(self, where=EVERYTHING)

    def narrowed(self, **changes: object) -> Asked:
        return replace(self, where=replace(self.where, **changes))  # type: ignore[arg-type]


def read(parameters: object) -> Asked:
    """From the parameters of a GET. What is no part is left out; whether a part means anything, the search checks."""

    def one(name: str) -> str:
        return str(parameters.get(name, "")).replace("\x00", "")  # type: ignore[attr-defined]

    colour = one("colour").removeprefix("#")
    chips = [chip for text in parameters.getlist("part")[:MOST_PARTS] if (chip := _chip(text)) is not None]  # type: ignore[attr-defined]
    tags = tuple(slug for slug in parameters.getlist("tag") if slug and "\x00" not in slug)[:MOST_TAGS]  # type: ignore[attr-defined]
    return Asked(
        words=one("q")[:LONGEST],
        chips=(*([Chip("colour", colour)] if colour else []), *chips),
        where=GalleryFilter(tags=tags, **{name: one(name) for name in FILTERS}),
    )


def _chip(text: str) -> Chip | None:
    kind, _colon, value = text.replace("\x00", "")[:LONGEST].partition(":")
    weight = 1.0
    if found := WEIGHTED.search(value):
        value, weight = value[: found.start()], float(found[1])
    if kind not in ("image", "colour", "words", "photo") or not value.strip() or not weight:
        return None
    return Chip(kind, value.strip(), weight)


def box_of(chip: Chip) -> tuple[float, float, float, float] | None:
    """The box on a chip's picture; None where there is none that can be read."""
    _image, _at, text = chip.value.partition("@")
    try:
        left, top, right, bottom = (float(share) for share in text.split(","))
    except ValueError:
        return None
    return left, top, right, bottom


def image_of(chip: Chip) -> int | None:
    key = chip.value.partition("@")[0]
    return int(key) if key.isascii() and key.isdecimal() and len(key) <= 16 else None


def _part(chip: Chip, viewer: Viewer, now: dt.datetime) -> Part | None:
    if chip.kind == "words":
        return Part("words", chip.weight, text=chip.value)
    if chip.kind == "colour":
        return Part("colour", chip.weight, colour=chip.value)
    if chip.kind == "image":
        return Part("image", chip.weight, image=image_of(chip), box=box_of(chip))
    try:
        key = store.eyes().model_key
    except EyesError:
        return None
    seen = queries.photo_seen(chip.value, viewer=viewer, key=key, now=now)
    return None if seen is None else Part("photo", chip.weight, seen=seen)
