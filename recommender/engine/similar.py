"""Pictures like a picture: by look, by the people who like both, by tags, or by all of these."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine import dials as turning
from recommender.engine.arrays import NO_ROWS, Mask, Rows, Segments, Weights, as_mask, as_rows, best_first, unit
from recommender.engine.blend import shared_people
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.dials import WHOLE, Copies, Dials
from recommender.engine.folding import fold
from recommender.engine.index import nearest
from recommender.engine.inputs import Catalogue, PeopleModel
from recommender.engine.neighbours import item_tfidf
from recommender.engine.vision.aspects import ASPECTS

Mode = Literal["blend", "look", "people", "tags"]
SOURCES = ("look", "people", "tags")
MOST_FOLDED = 400
"""Pictures looked through for near-copies. Pairs are compared, so beyond this a list is rather short than dear."""
SPARE = 64
"""Nearest pictures looked at beyond those wanted, because the index rounds more coarsely than the score does."""


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
    aspect: str = ""
    """The aspect that a raised dial brought it up for; "" for none."""
    z: dict[str, float] | None = None
    """By aspect, how much more alike it is than a fixed sample, in deviations; None where no dial was turned."""


@dataclass(frozen=True, eq=False)
class Aspects:
    """What dials turn. values: (n, width) of all pictures, zero where not known.  sample: rows of a fixed sample."""

    values: Segments
    sample: Rows


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
    dials: Dials | None = None,
    aspects: Aspects | None = None,
    config: RankingConfig = DEFAULT,
) -> list[Similar]:
    """The k pictures most similar to `rows` (usually one), without these; best first, equal scores by row.

    tags: of `neighbours.tag_vectors`, one row for each picture.  excluded: rows or a mask.  Several rows: the mean of
    the similarities to each. A mode without data gives an empty list; people and tags find only pictures that share
    something. Without people and tags the blend is the look. With `folding`, near-copies are shown once and counted;
    the list is shorter than k where the `MOST_FOLDED` most similar are copies of fewer. Dials need the aspects of
    `rows`; without them, or with all dials at ½, the list is the default one.
    """
    sources = _Sources(catalogue, as_rows(rows), mode, people, tags, config)
    open_rows = catalogue.shown & ~as_mask(excluded, len(catalogue)) & ~as_mask(sources.rows, len(catalogue))
    if dials is not None and not dials.neutral and aspects is not None:
        standing = turning.standing(aspects.values, sources.rows, aspects.sample)
        if standing is not None:
            return _turned(sources, open_rows, standing, dials, k, folding)
    wanted = k
    while True:
        found = sources.best(open_rows, wanted)
        kept, copies = _folded(found, catalogue, folding, config)
        if len(kept) >= k or len(found) < wanted or wanted >= MOST_FOLDED:
            return sources.described(found[kept[:k]], copies[:k])
        wanted *= 2


def _turned(
    sources: "_Sources", open_rows: Mask, standing: turning.Standing, dials: Dials, k: int, folding: bool
) -> list[Similar]:
    """The k best by default score plus what the dials add, among the same candidates in every setting."""
    default = sources.everywhere()
    rows = turning.candidates(open_rows & (default > -np.inf), default, standing)
    scores = turning.turned(default[rows], standing.z[rows], dials, sources.config)
    copies = Copies(rows, default, catalogue=sources.catalogue, folding=folding, config=sources.config)
    leaders = copies.leaders(rows[np.argsort(-scores, kind="stable")], k)
    listed, counts = as_rows([row for row, _ in leaders]), as_rows([count for _, count in leaders])
    score_of = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    return [
        replace(
            one,
            score=score_of[one.row],
            aspect=standing.said(one.row, dials),
            z=dict(zip(ASPECTS, standing.z[one.row].tolist(), strict=True)),
        )
        for one in sources.described(listed, counts)
    ]


def _folded(rows: Rows, catalogue: Catalogue, folding: bool, config: RankingConfig) -> tuple[Rows, Rows]:
    if not folding or catalogue.hashes is None:
        return np.arange(len(rows)), np.zeros(len(rows), np.int64)
    looks = catalogue.looks(rows)
    folded = fold(hashes=catalogue.hashes[rows], vectors=looks.vectors, moments=catalogue.moments, config=config)
    return folded.kept, folded.copies


class _Sources:
    """What each source of a mode says about pictures beside `rows`."""

    def __init__(
        self,
        catalogue: Catalogue,
        rows: Rows,
        mode: Mode,
        people: PeopleModel | None,
        tags: sparse.csr_matrix | None,
        config: RankingConfig,
    ) -> None:
        self.rows, self.catalogue, self._people, self.config = rows, catalogue, people, config
        self._used = SOURCES if mode == "blend" else (mode,)
        span = 1 - catalogue.moments.mean
        self._weight = {"look": 1.0, "people": 1.0, "tags": 1.0}
        if mode == "blend":
            self._weight |= {"people": span * config.similar_people_weight, "tags": span * config.similar_tags_weight}
        self._query = catalogue.looks(rows).vectors.mean(axis=0, dtype=np.float64)
        self._people_scores = self._co_liked() if "people" in self._used else None
        self._tag_scores = item_tfidf(tags, rows).mean(axis=0) if "tags" in self._used and tags is not None else None

    def best(self, open_rows: Mask, k: int) -> Rows:
        """The k best of all open rows; beyond `WHOLE` pictures, of the best of each source."""
        shared = [scores for scores in (self._people_scores, self._tag_scores) if scores is not None]
        proposed = [best_first(np.where(open_rows & (scores > 0), scores, -np.inf), k) for scores in shared]
        if "look" in self._used and self._query.any():
            proposed.append(self._nearest(open_rows, k))
        rows = np.unique(np.concatenate([NO_ROWS, *proposed]))
        totals = self.terms(rows).sum(axis=1)
        if len(proposed) > 1 and len(self.catalogue) <= WHOLE:
            # A picture that is among the best of no source can be among the best of their sum.
            rows = np.union1d(rows, self._hopeful(open_rows, totals, k))
            totals = self.terms(rows).sum(axis=1)
        return as_rows(rows[best_first(totals, k)])

    def everywhere(self) -> Weights:
        """(n,) the score of every picture, -inf for those the mode does not find."""
        values, found = np.zeros(len(self.catalogue)), np.zeros(len(self.catalogue), np.bool_)
        if "look" in self._used and self._query.any():
            found[:] = True
            for start, block in self.catalogue.vectors.blocks():
                values[start : start + len(block)] = self._weight["look"] * (block.astype(np.float64) @ self._query)
        for name, scores in (("people", self._people_scores), ("tags", self._tag_scores)):
            if scores is not None:
                values += self._weight[name] * scores
                found |= scores > 0
        return np.where(found, values, -np.inf)

    def _nearest(self, open_rows: Mask, k: int) -> Rows:
        """The nearest by look, a few more than wanted; exact up to `WHOLE` pictures, so that dials start from them."""
        codes = self.catalogue.codes if len(self.catalogue) > WHOLE else None
        query = unit(self._query[None])
        found, _ = nearest(self.catalogue.vectors, query, k + SPARE, open_rows, codes=codes)
        return as_rows(found[found >= 0])

    def _hopeful(self, open_rows: Mask, totals: Weights, k: int) -> Rows:
        """Rows that their people and tags could lift among the k best, if they looked as alike as possible."""
        shared = np.zeros(len(self.catalogue))
        for name, scores in (("people", self._people_scores), ("tags", self._tag_scores)):
            if scores is not None:
                shared += self._weight[name] * scores
        enough = np.sort(totals)[-k] if len(totals) >= k else -np.inf
        most = self._weight["look"] * float(np.linalg.norm(self._query))
        return as_rows(np.flatnonzero(open_rows & (shared > 0) & (shared >= enough - most)))

    def terms(self, rows: Rows) -> Weights:
        """(rows, 3): what look, people and tags add."""
        values = np.zeros((len(rows), len(SOURCES)))
        if "look" in self._used:
            values[:, 0] = self._weight["look"] * (self.catalogue.looks(rows).vectors @ self._query)
        for column, name, scores in ((1, "people", self._people_scores), (2, "tags", self._tag_scores)):
            if scores is not None:
                values[:, column] = self._weight[name] * scores[rows]
        return values

    def described(self, rows: Rows, copies: Rows) -> list[Similar]:
        """These rows as a list."""
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
        columns = people.columns_of(np.arange(len(self.catalogue)), size)
        found: Weights = np.where(columns >= 0, scores[columns], 0.0)
        return found

    def _shared(self, row: int) -> int | None:
        n = int(shared_people(self._people, self.rows, as_rows([row])).max(initial=0))
        return n if n >= self.config.min_people else None
