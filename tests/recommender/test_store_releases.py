"""Releases beside each other: published, promoted, rolled back, and kept for as long as somebody may ask for them."""

import datetime as dt

import numpy as np
import pytest
from django.utils import timezone

from recommender import store
from recommender.models import Release

pytestmark = pytest.mark.django_db

RANKER = Release.Kind.RANKER
LATER = dt.timedelta(hours=3)


def candidate(algorithm: str = "ials", *, kind: Release.Kind = RANKER) -> Release:
    values = store.save(np.random.default_rng().random(3))
    return store.publish(kind=kind, algorithm=algorithm, manifest={"values": values}, serves=False)


def promote(release: Release) -> Release:
    store.promote(release, by=None, now=timezone.now())
    return release


def serving(kind: Release.Kind = RANKER) -> Release | None:
    return store.serving(kind)


def collect() -> None:
    store.collect(in_use=set(), now=timezone.now() + LATER)


def test_a_candidate_does_not_serve_and_what_serves_goes_on():
    first = promote(candidate())

    candidate()

    assert serving() == first


def test_rolling_back_lets_serve_what_served_before_step_by_step():
    first, second = promote(candidate()), promote(candidate())

    assert store.roll_back(RANKER) == first
    assert serving() == first
    assert store.roll_back(RANKER) is None
    assert serving() is None
    second.refresh_from_db()
    assert not second.serving

    with pytest.raises(store.NothingBefore):
        store.roll_back(RANKER)


def test_a_release_that_comes_back_still_knows_what_served_before_it():
    first, second = promote(candidate()), promote(candidate())

    promote(first)

    assert store.roll_back(RANKER) is None, "nothing served before the first; the second is not before it"
    second.refresh_from_db()
    assert second.replaces == first


def test_what_the_site_published_by_itself_cannot_be_rolled_back():
    store.publish(kind=Release.Kind.INDEX, manifest={})
    store.publish(kind=Release.Kind.INDEX, manifest={})

    with pytest.raises(store.NothingBefore):
        store.roll_back(Release.Kind.INDEX)


def test_a_release_that_succeeds_another_carries_its_promotion_on():
    plain = store.publish(kind=Release.Kind.INDEX, manifest={})
    adapted = promote(candidate("adapted", kind=Release.Kind.INDEX))

    grown = store.publish(kind=Release.Kind.INDEX, manifest={"more": 1}, succeeds=adapted)

    assert (grown.algorithm, grown.promoted_at) == ("adapted", adapted.promoted_at)
    assert store.roll_back(Release.Kind.INDEX) == plain


def test_the_newest_candidates_of_each_algorithm_stay_with_their_arrays():
    others = [candidate("ease") for _ in range(2)]
    releases = [candidate() for _ in range(store.CANDIDATES + 2)]
    names = [release.manifest["values"] for release in releases]

    collect()

    kept = set(Release.objects.filter(kind=RANKER).values_list("pk", flat=True))
    assert kept == {release.pk for release in (*releases[2:], *others)}
    store.load(names[-1])


def test_arrays_of_candidates_stay_when_nobody_has_touched_them_for_long():
    release = candidate()
    path = store.folder() / release.manifest["values"]

    store.collect(in_use=set(), now=timezone.now() + dt.timedelta(days=30))

    assert path.exists()


def test_what_served_before_stays_for_as_long_as_it_may_come_back():
    plain = store.publish(kind=Release.Kind.INDEX, manifest={})
    promote(candidate("adapted", kind=Release.Kind.INDEX))

    collect()

    assert store.roll_back(Release.Kind.INDEX) == plain


def test_a_plain_number_keeps_its_shape():
    assert store.load(store.save(np.array(3.5))).shape == ()
