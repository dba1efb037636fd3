"""What everybody's likes say: as columns to learn from, and as what has been learned."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from django.contrib.auth import get_user_model
from django.db.models import FloatField, Func, QuerySet
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray

from catalog.models import Image, Like
from catalog.viewers import NOBODY
from recommender.engine.arrays import IdMap, Ids, Rows, Weights
from recommender.engine.inputs import PeopleModel
from recommender.engine.popularity import Likes
from recommender.engine.ranker import Ranker
from recommender.store import Index, People, RankingModel


@lru_cache(maxsize=4)
def people_model(people: People | None, index: Index, ranker: RankingModel | None = None) -> PeopleModel | None:
    """What is known from people, and what a promoted model thinks, for the rows of this index."""
    if people is None:
        return None if ranker is None else PeopleModel(ranker=ranker_on(ranker, index))
    columns = people.ids.rows(index.ids.values)
    return PeopleModel(
        co_likes=people.co_likes,
        factors=people.factors,
        columns=columns,
        trending=_spread(people.trending, columns),
        popular=_spread(people.popular, columns),
        ranker=None if ranker is None else ranker_on(ranker, index),
    )


def ranker_on(kept: RankingModel, index: Index) -> Ranker:
    """A trained model made ready to be asked about the pictures of this index."""
    columns = kept.ids.rows(index.ids.values)
    return Ranker(kept.model, kept.scale, columns, kept.keys, kept.rows)


def person_key(user_id: int) -> int:
    """The key a model remembers a person by: 64 bits that lead back to nobody without our secret."""
    return int.from_bytes(salted_hmac("recommender.person", str(user_id)).digest()[:8], "big")


def likes_of_people() -> tuple[Ids, Likes]:
    """All people's likes of public pictures: the pictures' ids, ascending, and the likes as the engine's columns.

    Rows are streamed into columns, and what belongs to a person or a picture is read once for each: otherwise five
    million likes would not fit into memory.
    """
    people = _columns(get_user_model().objects.filter(is_active=True), "pk", _Epoch("date_joined"))
    pictures = _columns(Image.objects.listed_for(NOBODY), "pk", "owner_id")
    likes = _columns(Like.objects.filter(user__isnull=False), "image_id", "user_id", _Epoch("created_at"))
    liked, liker = IdMap(pictures["0"]).rows(likes["0"]), IdMap(people["0"]).rows(likes["1"])
    counts = (liked >= 0) & (liker >= 0)
    liked, liker, likes = liked[counts], liker[counts], likes[counts]
    shown = np.bincount(liked, minlength=len(pictures)) > 0
    order = np.flatnonzero(shown)[np.argsort(pictures["0"][shown])]
    return pictures["0"][order], Likes(
        rows=IdMap(order).rows(liked),
        people=likes["1"].copy(),
        owners=pictures["1"][liked],
        times=likes["2"].copy(),
        joined=people["1"][liker],
    )


def counts() -> tuple[int, int, int]:
    """About how many people like anything, how many pictures are listed, how many likes there are."""
    likes = Like.objects.filter(user__isnull=False).order_by()
    return likes.values("user").distinct().count(), Image.objects.listed_for(NOBODY).count(), likes.count()


def _spread(values: Weights, columns: Rows) -> Weights:
    """The values in the order of another release; 0 for rows they do not know."""
    spread = np.zeros(len(columns))
    known = columns >= 0
    spread[known] = values[columns[known]]
    return spread


class _Epoch(Func):
    """A moment as seconds since the epoch, computed by the database, so that no object is made of it."""

    output_field = FloatField()
    template = "CAST(EXTRACT(EPOCH FROM %(expressions)s) AS double precision)"

    def get_db_converters(self, connection: Any) -> list[Any]:
        """None: a call for every row would cost more than the rest of reading it."""
        return []

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Kept as text in UTC, `2027-01-15 08:00:00.123456`, the fraction only if there is one.
        moment, parameters = compiler.compile(self.source_expressions[0])
        seconds = f"(CAST(strftime('%%s', {moment}) AS REAL) + CAST(substr({moment}, 20) AS REAL))"
        return seconds, (*parameters, *parameters)


def _columns(rows: QuerySet[Any], *names: str | _Epoch) -> NDArray[Any]:
    """The values as one array with the fields "0", "1" …: whole numbers, and moments as float64."""
    kinds = [(str(place), np.float64 if isinstance(name, _Epoch) else np.int64) for place, name in enumerate(names)]
    return np.fromiter(rows.order_by().values_list(*names).iterator(chunk_size=10_000), np.dtype(kinds))


def forget() -> None:
    people_model.cache_clear()
