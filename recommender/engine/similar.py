"""Pictures like a picture: by look, by the people who like both, by tags, or by all of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine.arrays import NO_ROWS, Mask, Rows, Weights, as_mask, as_rows, best_first, unit
from recommender.engine.blend import shared_people
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.folding import fold
from recommender.engine.index import nearest
from recommender.engine.inputs import Catalogue, PeopleModel
from recommender.engine.neighbours import item_tfidf

Mode = Literal["blend", "look", "people", "tags"]
SOURCES = ("look", "people", "tags")
MOST_FOLDED = 400
"""Pictures looked through for near-copies; beyond, a list is short rather than dear, for pairs are compared."""


@dataclass(frozen=True)
class Similar:
    """One similar picture."""

    row: int
    score: float
    """The sum of `terms`. In a mode of one source, a cosine."""
    kind: str
    """The source that contributes most beyond its average in the list: "look", "people" or "tags"."""
    people: int | None
    """How many people like both, where they are at least `min_people`."""
    copies: int
    """Near-copies that it stands for, itself left out."""
    terms: dict[str, float]
    """What each source adds; 0 for those that are not in the mode."""


def rank_similar(
    *,
    catalogue: Catalogue,
    rows: Sequence[int] | NDArray[Any],
    mode: Mode = "blend",
    people: PeopleModel | None = None,
    tags: sparse.csr_matrix | None = None,
    excluded: Sequence[int] | NDArray[Any] | None = None,
    k: int,
    folding: bool = True,
    config: RankingConfig = DEFAULT,
) -> list[Similar]:
    """The k pictures most similar to `rows` (usually one), these left out; best first, equal scores by row.

    tags: of `neighbours.tag_vectors`, one row for each picture.  excluded: rows or a mask.  Several rows: the mean of
    the similarities to each. A mode without data gives an empty list; people and tags find only pictures that share
    something. Without people and tags the blend is the look. With `folding`, near-copies are shown once and counted;
    fewer than k are given where the `MOST_FOLDED` most similar are copies of so few.
    """
    sources = _Sources(catalogue, as_rows(rows), mode, people, tags, config)
    open_rows = catalogue.shown & ~as_mask(excluded, len(catalogue)) & ~as_mask(sources.rows, len(catalogue))
    wanted = k
    while True:
        found = sources.best(open_rows, wanted)
        kept, copies = _folded(found, catalogue, folding, config)
        if len(kept) >= k or len(found) < wanted or wanted >= MOST_FOLDED:
            return sources.described(found[kept[:k]], copies[:k])
        wanted *= 2


def _folded(rows: Rows, catalogue: Catalogue, folding: bool, config: RankingConfig) -> tuple[Rows, Rows]:
    if not folding or catalogue.hashes is None:
        return np.arange(len(rows)), np.zeros(len(rows), np.int64)
    looks = catalogue.looks(rows)
    folded = fold(hashes=catalogue.hashes[rows], vectors=looks.vectors, moments=catalogue.moments, config=config)
    return folded.kept, folded.copies


class _Sources:
    """What each source of a mode says about pictures, seen from `rows`."""

    def __init__(
        self,
        catalogue: Catalogue,
        rows: Rows,
        mode: Mode,
        people: PeopleModel | None,
        tags: sparse.csr_matrix | None,
        config: RankingConfig,
    ) -> None:
        self.rows, self._catalogue, self._people, self._config = rows, catalogue, people, config
        self._used = SOURCES if mode == "blend" else (mode,)
        span = 1 - catalogue.moments.mean
        self._weight = {"look": 1.0, "people": 1.0, "tags": 1.0}
        if mode == "blend":
            self._weight |= {"people": span * config.similar_people_weight, "tags": span * config.similar_tags_weight}
        self._query = catalogue.looks(rows).vectors.mean(axis=0)
        self._people_scores = self._co_liked() if "people" in self._used else None
        self._tag_scores = item_tfidf(tags, rows).mean(axis=0) if "tags" in self._used and tags is not None else None

    def best(self, open_rows: Mask, k: int) -> Rows:
        """The k best of the union of the k best of each source."""
        proposed = [
            best_first(np.where(open_rows & (scores > 0), scores, -np.inf), k)
            for scores in (self._people_scores, self._tag_scores)
            if scores is not None
        ]
        if "look" in self._used and self._query.any():
            found, _ = nearest(
                self._catalogue.vectors, unit(self._query[None]), k, open_rows, codes=self._catalogue.codes
            )
            proposed.append(found[found >= 0])
        rows = np.unique(np.concatenate([NO_ROWS, *proposed]))
        return as_rows(rows[best_first(self.terms(rows).sum(axis=1), k)])

    def terms(self, rows: Rows) -> Weights:
        """(rows, 3): what look, people and tags add."""
        values = np.zeros((len(rows), len(SOURCES)))
        if "look" in self._used:
            values[:, 0] = self._weight["look"] * (self._catalogue.looks(rows).vectors @ self._query)
        for column, name, scores in ((1, "people", self._people_scores), (2, "tags", self._tag_scores)):
            if scores is not None:
                values[:, column] = self._weight[name] * scores[rows]
        return values

    def described(self, rows: Rows, copies: Rows) -> list[Similar]:
        """The list for these rows."""
        values = self.terms(rows)
        above = values - values.mean(axis=0) if len(rows) else values
        above[:, [name not in self._used for name in SOURCES]] = -np.inf
        above[values <= 0] = -np.inf
        return [
            Similar(
                row=int(row),
                score=float(value.sum()),
                kind=SOURCES[int(most)],
                people=self._shared(int(row)),
                copies=int(n),
                terms=dict(zip(SOURCES, value.tolist(), strict=True)),
            )
            for row, value, most, n in zip(
                rows, values, above.argmax(axis=1) if len(rows) else rows, copies, strict=True
            )
        ]

    def _co_liked(self) -> Weights | None:
        people = self._people
        if people is None or people.co_likes is None:
            return None
        size = len(people.co_likes)
        known = people.columns_of(self.rows, size)
        known = known[known >= 0]
        scores = people.co_likes.score(known, np.full(len(known), 1 / len(self.rows)))
        columns = people.columns_of(np.arange(len(self._catalogue)), size)
        found: Weights = np.where(columns >= 0, scores[columns], 0.0)
        return found

    def _shared(self, row: int) -> int | None:
        n = int(shared_people(self._people, self.rows, as_rows([row])).max(initial=0))
        return n if n >= self._config.min_people else None
