"""Figures of a span of time: clicks, likes, conversion, dwell and coverage, by day, source, list and release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from catalog.models import Image
from catalog.viewers import NOBODY
from recommender.engine.arrays import Mask, Weights
from recommender.engine.config import DEFAULT
from recommender.engine.online.comparison import Totals
from recommender.engine.online.equal_arms import Alarms, equal_arms
from recommender.engine.online.replay import Replay, explored_propensity, replay
from recommender.engine.online.sequential import FEWEST
from recommender.evidence.log import Log, Texts, read

CHECKS = 1_000
"""Assignments of an A/A check; fewer on a busy site, so that it ends within seconds."""
MOST_HASHES = 3_000_000


@dataclass(frozen=True)
class Row:
    """What came of some impressions. Rates are shares of impressions; None where there are none."""

    name: str
    impressions: int
    people: int
    clicks: int
    likes: int
    saves: int
    conversions: int
    click_rate: float | None
    like_rate: float | None
    conversion: float | None
    dwell: float | None
    """Mean seconds of the clicks that were looked at for a second or more."""
    coverage: float | None
    """Share of the listed pictures that anybody was shown."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Figures:
    """The figures of a span of days. `margin`: half the 95 % interval of the click rate, over people."""

    since: dt.datetime
    until: dt.datetime
    total: Row
    margin: float | None
    by_day: list[Row]
    by_source: list[Row]
    by_list: list[Row]
    by_release: list[Row]
    replay: Replay
    explored: Row

    def tables(self) -> dict[str, list[Row]]:
        """Every table by its name."""
        return {
            "total": [self.total],
            "day": self.by_day,
            "source": self.by_source,
            "list": self.by_list,
            "release": self.by_release,
            "exploration": [self.explored],
        }


def figures(*, now: dt.datetime, days: int) -> Figures:
    """The figures of the last days, until now."""
    since = now - dt.timedelta(days=days)
    log = read(since=since, until=now)
    listed = Image.objects.listed_for(NOBODY).count()
    error = per_person(log, log.clicked).variance ** 0.5
    return Figures(
        since=since,
        until=now,
        total=_row("total", log, listed),
        margin=1.96 * error if np.isfinite(error) else None,
        by_day=_rows(log, log.day, listed),
        by_source=_rows(log, log.source, listed, by_size=True),
        by_list=_rows(log, log.tab, listed, by_size=True),
        by_release=_rows(log, log.release, listed),
        replay=_replayed(log),
        explored=_row("exploration", log.where(log.explored), listed),
    )


def per_person(log: Log, followed: Mask) -> Totals:
    """What each person who saw something did, over the impressions they had."""
    exposures = np.bincount(log.person, minlength=len(log.people)).astype(np.float64)
    events = np.bincount(log.person, followed, minlength=len(log.people)).astype(np.float64)
    return Totals(events, exposures).of(exposures > 0)


def equal_arms_check(*, now: dt.datetime, days: int, effect: float = 0.1) -> Alarms | None:
    """The alarms this log would raise about equal arms, looked at every day; None while there are too few people."""
    log = read(since=now - dt.timedelta(days=days), until=now)
    people = len(log.people)
    if people < 2 * FEWEST or not log.clicked.any():
        return None
    day = ((log.at - log.at.min()) // 86400).astype(np.int64)
    looks = int(day.max()) + 1
    return equal_arms(
        _until_each_day(log, day, looks, log.clicked.astype(np.float64)),
        _until_each_day(log, day, looks, np.ones(len(log))),
        people=log.people,
        assignments=max(100, min(CHECKS, MOST_HASHES // people)),
        effect=effect,
    )


def _until_each_day(log: Log, day: np.ndarray, looks: int, values: Weights) -> Weights:
    """(people, looks)"""
    cells = np.bincount(log.person * looks + day, values, minlength=len(log.people) * looks)
    return cells.reshape(len(log.people), looks).cumsum(axis=1)


def _replayed(log: Log) -> Replay:
    """What the serving ranking would have earned in clicks in the places that exploration took from it.

    There the card that would have been placed without exploration is drawn now and then, and known by its propensity.
    """
    here = log.where(log.explored & (log.experiment == 0) & (log.propensity > 0))
    return replay(
        rewards=here.clicked.astype(np.float64),
        propensities=explored_propensity(here.propensity, rate=DEFAULT.explore_rate),
        targets=(here.propensity > 1 - DEFAULT.explore_rate).astype(np.float64),
        people=here.person,
    )


def _rows(log: Log, names: Texts, listed: int, *, by_size: bool = False) -> list[Row]:
    """A row for each name, in its order or with the most impressions first."""
    rows = [_row(str(name), log.where(names == name), listed) for name in np.unique(names)]
    order: Callable[[Row], Any] = (lambda row: (-row.impressions, row.name)) if by_size else (lambda row: row.name)
    return sorted(rows, key=order)


def _row(name: str, log: Log, listed: int) -> Row:
    size = len(log)
    counts = {
        "clicks": int(log.clicked.sum()),
        "likes": int(log.liked.sum()),
        "saves": int(log.saved.sum()),
        "conversions": int(log.converted.sum()),
    }
    looked_at = log.dwell[log.dwell > 0]
    return Row(
        name=name,
        impressions=size,
        people=len(np.unique(log.person)),
        **counts,
        click_rate=counts["clicks"] / size if size else None,
        like_rate=counts["likes"] / size if size else None,
        conversion=counts["conversions"] / size if size else None,
        dwell=float(looked_at.mean()) if looked_at.size else None,
        coverage=min(1.0, len(np.unique(log.image)) / listed) if listed and size else None,
    )
