"""What a release is when it is opened for reading: arrays with one row a picture, and what they were made with."""

from __future__ import annotations

from dataclasses import dataclass

from recommender.engine.arrays import Hashes, IdMap, Rows, Segments, Times, Vectors, Weights
from recommender.engine.atlas import Places
from recommender.engine.factors import Factors
from recommender.engine.index import Codes, Moments, Projection
from recommender.engine.kind import Kind
from recommender.engine.model import Model
from recommender.engine.neighbours import CoLikes
from recommender.engine.ranker import Keys, Scale


@dataclass(frozen=True, eq=False)
class Index:
    """The look of the collection. All arrays have one row a picture, in the order they were added."""

    version: int
    model_key: str
    ids: IdMap
    vectors: Segments
    created: Times
    hashes: Hashes
    projection: Projection
    moments: Moments
    # Unit raw features of a random sample, (m, 1280), and the rows they belong to.
    background: Vectors
    background_rows: Rows
    codes: Codes | None
    # The pictures in the space of words, and the key of that space; None where there were no words to read.
    meanings: Segments | None = None
    words_key: str = ""
    # What the collection's pictures have in common; None where there are too few to tell.
    kind: Kind | None = None
    # Aspects and style, (n, aspects.WIDTH), zero rows where not read yet; None for an index that has those of before.
    aspects: Segments | None = None

    @property
    def eyes_key(self) -> str:
        """The model whose features it was made from; `model_key` names the adaptation, too, if it has one."""
        return eyes_key_of(self.model_key)


@dataclass(frozen=True, eq=False)
class People:
    """What all likes together say: arrays with one row a picture of `ids`."""

    version: int
    ids: IdMap
    co_likes: CoLikes | None
    factors: Factors | None
    trending: Weights
    popular: Weights


@dataclass(frozen=True, eq=False)
class Atlas:
    """The collection on one plane: a place (n, 2) in the unit square and an area (n,) for each picture of `ids`."""

    version: int
    ids: IdMap
    places: Places
    areas: Rows


@dataclass(frozen=True, eq=False)
class Told:
    """What people wrote about pictures, and the names in use, in the space of words that `words_key` names.

    vectors: (n, 384), a row a picture of `ids`, zero where nothing was written; hashes of what was written, (n,).
    """

    version: int
    words_key: str
    ids: IdMap
    vectors: Segments
    written: Hashes
    names: tuple[str, ...]
    name_vectors: Vectors


def eyes_key_of(model_key: str) -> str:
    """The eyes in a model key: what comes before the name of an adaptation."""
    return model_key.partition("+")[0]


@dataclass(frozen=True, eq=False)
class RankingModel:
    """A trained model. ids: of its pictures, in the order of its rows.  keys, rows: of the people it learned from."""

    version: int
    algorithm: str
    ids: IdMap
    model: Model
    scale: Scale
    keys: Keys
    rows: Rows
