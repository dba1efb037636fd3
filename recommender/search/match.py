"""What a search comes to, whatever it was made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from recommender.entries import Entry


@dataclass(frozen=True, slots=True)
class Match:
    """What fits best, `total` of it in all. good_match: whether any of it deserves to be called what was asked for."""

    good_match: bool = False
    entries: list[Entry] = field(default_factory=list)
    total: int = 0
