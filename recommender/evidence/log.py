"""Impressions, and what came of each: events joined into columns.

A reaction is credited to the last list in which that person had seen the picture: an opening within 30 minutes, a
like or a save within 24 hours. Own pictures, staff, robots and who browses privately are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from django.db.models import F, Q, QuerySet
from numpy.typing import NDArray

from recommender.engine.arrays import Ids, Mask, Rows, Times, Weights
from recommender.models import Event

CLICK_WITHIN = 30 * 60.0
CONVERSION_WITHIN = 24 * 3600.0
LATE = 10.0
"""Seconds that a browser's impressions may come in after what followed them: it tells them in batches."""
MOST_SECONDS = 300.0

Texts = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Log:
    """m impressions as columns, in order of time. `person`: rows of `people`, whose keys are as in assignments."""

    people: Sequence[str]
    person: Rows
    image: Ids
    at: Times
    tab: Texts
    release: Texts
    source: Texts
    explored: Mask
    propensity: Weights
    experiment: Ids
    """0 for none."""
    arm: Texts
    team: Texts
    clicked: Mask
    liked: Mask
    saved: Mask
    dwell: Weights
    """Seconds the picture was looked at after the click, at most 300."""

    def __len__(self) -> int:
        return len(self.at)

    @property
    def converted(self) -> Mask:
        converted: Mask = self.liked | self.saved
        return converted

    @property
    def day(self) -> Texts:
        """The UTC day, as 2026-01-31."""
        return (self.at.astype("datetime64[s]").astype("datetime64[D]")).astype(np.str_)

    def where(self, mask: Mask) -> Self:
        """Only some of the impressions."""
        columns = {one.name: getattr(self, one.name) for one in fields(self)}
        return type(self)(**{name: value if name == "people" else value[mask] for name, value in columns.items()})


def read(*, since: dt.datetime, until: dt.datetime) -> Log:
    """The impressions of a span of time, with what came of them until now."""
    shown = list(_counted(since, until).filter(kind=Event.Kind.IMPRESSION, walk__isnull=False).values_list(*_COLUMNS))
    followed = list(
        _counted(since, until + dt.timedelta(seconds=CONVERSION_WITHIN))
        .exclude(kind=Event.Kind.IMPRESSION)
        .values_list("user_id", "visitor", "image_id", "at", "kind", "seconds")
    )
    keys = [_key(row) for row in shown]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    columns = list(zip(*shown, strict=True)) or [()] * len(_COLUMNS)
    person = np.array([numbers[key] for key in keys], np.int64)
    image, at = np.array(columns[2], np.int64), _times(columns[3])
    followed = [row for row in followed if _key(row) in numbers]
    credited = _Credit(person, image, at, [numbers[_key(row)] for row in followed], followed)
    return Log(
        people=list(numbers),
        person=person,
        image=image,
        at=at,
        tab=_texts(columns[4]),
        release=_texts(columns[5]),
        source=_texts(columns[6]),
        explored=np.array(columns[7], np.bool_),
        propensity=np.array([np.nan if value is None else value for value in columns[8]], np.float64),
        experiment=np.array([key or 0 for key in columns[9]], np.int64),
        arm=_texts(columns[10]),
        team=_texts(columns[11]),
        clicked=credited.any(Event.Kind.OPEN, CLICK_WITHIN),
        liked=credited.any(Event.Kind.LIKE, CONVERSION_WITHIN),
        saved=credited.any(Event.Kind.SAVE, CONVERSION_WITHIN),
        dwell=credited.seconds(CLICK_WITHIN + MOST_SECONDS),
    )


_COLUMNS = (
    "user_id", "visitor", "image_id", "at", "tab", "release", "source", "explored", "propensity", "experiment_id",
    "arm", "team",
)  # fmt: skip


def _counted(since: dt.datetime, until: dt.datetime) -> QuerySet[Event]:
    """The events that figures count, in order of time."""
    somebody = Q(user__isnull=True) | (Q(user__is_staff=False) & ~Q(image__owner_id=F("user_id")))
    return Event.objects.filter(somebody, counted=True, at__gte=since, at__lt=until).order_by("at", "pk")


class _Credit:
    """Which impression each reaction is credited to: the last one of that person and picture before it."""

    def __init__(self, person: Rows, image: Ids, at: Times, who: Sequence[int], reactions: Sequence[Any]) -> None:
        self._size, self._at = len(at), at
        self._kinds = _texts([row[4] for row in reactions])
        self._seconds = np.array([row[5] or 0.0 for row in reactions], np.float64)
        self._moments = _times([row[3] for row in reactions])
        pairs = np.stack(
            [
                np.concatenate([person, np.array(who, np.int64)]),
                np.concatenate([image, np.array([row[2] for row in reactions], np.int64)]),
            ]
        )
        self._impression = _last_before(pairs, self._size, np.concatenate([at - LATE, self._moments]))

    def any(self, kind: Event.Kind, within: float) -> Mask:
        """(m,) the impressions that were followed by a reaction of this kind in time."""
        followed = np.zeros(self._size, np.bool_)
        followed[self._impression[self._in_time(kind, within)]] = True
        return followed

    def seconds(self, within: float) -> Weights:
        """(m,) how long the picture was looked at after each impression."""
        here = self._in_time(Event.Kind.DWELL, within)
        dwell = np.bincount(self._impression[here], self._seconds[here], minlength=self._size)
        return np.minimum(dwell, MOST_SECONDS).astype(np.float64)

    def _in_time(self, kind: Event.Kind, within: float) -> Mask:
        known = (self._impression >= 0) & (self._kinds == kind.value)
        known[known] = (self._moments - self._at[self._impression])[known] <= within if known.any() else False
        return known


def _last_before(pairs: Rows, impressions: int, moments: Times) -> Rows:
    """For each column after the first `impressions` ones the last of those with the same pair at that moment, or -1."""
    _, pair = np.unique(pairs, axis=1, return_inverse=True)
    pair = pair.reshape(-1)
    is_reaction = np.arange(len(pair)) >= impressions
    order = np.lexsort((is_reaction, moments, pair))
    place = np.where(is_reaction[order], -1, np.arange(len(order)))
    last = np.maximum.accumulate(place) if len(place) else place
    found = np.where(last >= 0, order[last], -1)
    same = (found >= 0) & (pair[found] == pair[order])
    answer = np.full(len(pair), -1, np.int64)
    answer[order] = np.where(same, found, -1)
    return answer[impressions:]


def _key(row: Sequence[Any]) -> str:
    return f"user:{row[0]}" if row[0] is not None else f"visitor:{row[1]}"


def _times(moments: Sequence[dt.datetime]) -> Times:
    return np.array([moment.timestamp() for moment in moments], np.float64)


def _texts(values: Sequence[str]) -> Texts:
    return np.array(values, np.str_) if len(values) else np.empty(0, "U1")
