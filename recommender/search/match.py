"""The outcome of a search, whatever it was made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from recommender.entries import Entry


@dataclass(frozen=True, slots=True)
class Match:
    """The best of `total` pictures that fit. good_match: whether any of them deserves to be called a match.

    partly: none does, but the first ones have a part of what was asked for.
    """

    good_match: bool = False
    entries: list[Entry] = field(default_factory=list)
    total: int = 0
    partly: bool = False
