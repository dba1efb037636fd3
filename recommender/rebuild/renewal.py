"""The promoted model, learned again every night: from new likes and pictures, and without the people who have left."""

from __future__ import annotations

import datetime as dt

import numpy as np
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from recommender import queries, store
from recommender.engine.registry import ALGORITHMS
from recommender.models import Release, TrainingRun


def renew(*, now: dt.datetime) -> int | None:
    """Ask for a training of what serves, as it was trained; returns its key. None where there is nothing to train.

    Its model takes the place of the one that serves, if it is no worse.
    """
    serving = store.serving(Release.Kind.RANKER)
    if serving is None or serving.algorithm not in ALGORITHMS:
        return None
    settings, seed = serving.card.get("settings") or {}, int(serving.card.get("seed", 0))
    try:
        with transaction.atomic():
            run = TrainingRun.objects.create(
                algorithm=serving.algorithm, settings=settings, seed=seed, promotes=True, created_at=now
            )
    except IntegrityError:  # one is under way that somebody asked for
        return None
    return run.pk


def take_over(release: Release) -> bool:
    """Let a renewed model serve, unless it measured worse or something else serves by now; says whether it does.

    The model it takes the place of is deleted, and so is any other that has learned from somebody who has left.
    """
    serving, found = store.serving(Release.Kind.RANKER), release.card["comparison"]
    if serving is None or found["with"] != serving.version or found.get("high") is None or found["high"] < 0:
        return False
    store.succeed(release)
    forget_departed()
    return True


def forget_departed() -> int:
    """Delete the models, but for the one that serves, which have learned from people who are here no more.

    Returns how many. Their arrays are collected with the next night's tidying.
    """
    here = np.array(sorted(map(queries.person_key, get_user_model().objects.values_list("pk", flat=True))), np.uint64)
    waiting = Release.objects.filter(kind=Release.Kind.RANKER, serving=False)
    gone = [release.pk for release in waiting if _knows_others(release, here)]
    return Release.objects.filter(pk__in=gone).delete()[1].get("recommender.Release", 0)


def _knows_others(release: Release, here: np.ndarray) -> bool:
    try:
        return not np.isin(np.asarray(store.load(release.manifest["keys"])), here).all()
    except (store.Damaged, KeyError):
        return True
