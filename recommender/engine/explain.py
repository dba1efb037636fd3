"""Why a card is there. A reason that names a like has been checked: without that like the card's score falls."""

from dataclasses import dataclass

import numpy as np

from recommender.engine import content
from recommender.engine.arrays import Mask, Rows, Weights
from recommender.engine.blend import LOOK, PEOPLE, TERMS, Blend, Person, shared_people
from recommender.engine.inputs import History

EXPLORE = "explore"


@dataclass(frozen=True)
class Reason:
    """`kind` is a name of `TERMS` or "explore". `evidence`: rows of likes. `people`: how many like both, or None."""

    kind: str
    evidence: tuple[int, ...] = ()
    people: int | None = None


class Explainer:
    """Finds the reasons of the cards in a list; computes each "what if this had not been liked" once for all."""

    def __init__(self, *, blend: Blend, history: History, person: Person, rows: Rows) -> None:
        """rows: (m,) the cards.  person: `history` as read by `blend`.  Likes hidden from the viewer are not named."""
        self._blend, self._config, self._person = blend, blend.config, person
        self._history, self._liked = history, person.rows
        self._rows, self._looks = rows, blend.catalogue.looks(rows)
        self._shared = shared_people(blend.people, self._liked, rows)
        self._now = blend.terms(person, rows, self._looks)
        self._without: dict[int, Weights] = {}
        self._nameable: Mask = blend.catalogue.shown[self._liked] & (person.heard > 0)
        similar = content.similarity(self._looks, person.liked, blend.catalogue.moments, blend.config)
        self._likeness = content.likeness(similar, blend.config)
        self._loudest = blend.loudest(person, self._looks)

    def reason(self, card: int, *, means: Weights) -> Reason:
        """The term that stands out most above `means` (5,), the averages over the candidates, and can be shown true.

        A term must be worth naming and not below average. "explore" when nothing speaks for the card.
        """
        value = self._now[card]
        for column in np.argsort(means - value, kind="stable").tolist():
            if value[column] < self._config.reason_floor or value[column] < means[column] - self._config.min_drop:
                continue
            if column not in (LOOK, PEOPLE):
                return Reason(TERMS[column])
            like = self._decisive_like(card, column)
            if like is not None:
                row = int(self._liked[like])
                return Reason(TERMS[column], (row,), int(self._shared[like, card]) if column == PEOPLE else None)
        return Reason(EXPLORE)

    def _decisive_like(self, card: int, column: int) -> int | None:
        """Of the most plausible likes, the one whose absence lowers the score most; else the next that lowers it."""
        likes = self._plausible_by_look(card) if column == LOOK else self._plausible_by_people(card)
        likes = [like for like in likes if self._nameable[like]]
        first, others = likes[: self._config.plausible_likes], likes[self._config.plausible_likes :]
        falls = {like: self._fall(like, card, column) for like in first}
        best = max(falls, key=lambda like: falls[like], default=None)
        if best is not None and falls[best] > self._config.min_drop:
            return best
        return next((like for like in others if self._fall(like, card, column) > self._config.min_drop), None)

    def _plausible_by_look(self, card: int) -> list[int]:
        loudest = int(self._loudest[card])
        if not len(self._person.tastes.mix):
            return []
        return self._ordered(self._likeness[card] * (self._person.tastes.mix[loudest] + 1e-3 * self._person.heard))

    def _plausible_by_people(self, card: int) -> list[int]:
        shared = self._shared[:, card]
        enough = shared >= self._config.min_people
        return [like for like in self._ordered(shared * self._person.heard) if enough[like]]

    def _ordered(self, plausible: Weights) -> list[int]:
        order: list[int] = np.argsort(-plausible, kind="stable").tolist()
        return order

    def _fall(self, like: int, card: int, column: int) -> float:
        """How much the card's score falls without a like; 0 unless the term to be explained falls too."""
        if like not in self._without:
            self._without[like] = self._blend.terms(self._stranger(like), self._rows, self._looks)
        falls = self._now[card] - self._without[like][card]
        return float(falls.sum()) if falls[column] > self._config.min_drop else 0.0

    def _stranger(self, like: int) -> Person:
        if len(self._history.liked) > len(self._liked):  # an older like moves up into the history
            return self._blend.person(self._history.without(int(self._liked[like])))
        return self._blend.without(self._person, like)
