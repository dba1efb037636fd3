"""Rows as arrays: what is remembered between requests, and what one request costs."""

import datetime as dt
import threading

import pytest

from catalog import services as catalog_services
from catalog.models import Like, Visibility
from catalog.viewers import NOBODY
from recommender import queries, services, store
from tests.factories import make_findable, make_image

pytestmark = pytest.mark.django_db


def test_a_history_is_what_the_viewer_reacted_to_and_may_still_open(make_user, visitor):
    owner = make_user()
    liked, private, dismissed, others = (make_image(owner=owner) for _ in range(4))
    make_findable({image: (1.0, number) for number, image in enumerate((liked, private, dismissed, others))})
    for image in (liked, private):
        catalog_services.like(viewer=visitor, image=image)
    services.dismiss(viewer=visitor, image=dismissed)
    type(private).objects.filter(pk=private.pk).update(visibility=Visibility.PRIVATE)
    index = store.index()

    history = queries.history(index, visitor)

    assert index.ids.ids(history.liked).tolist() == [liked.pk]
    assert index.ids.ids(history.dismissed).tolist() == [dismissed.pk]
    nobodys = queries.history(index, NOBODY)
    assert not len(nobodys.liked)
    assert not len(nobodys.dismissed)


def test_a_persons_own_private_pictures_are_shown_to_them_alone(make_user, visitor):
    owner = make_user()
    public, private = make_image(owner=owner), make_image(owner=owner, visibility=Visibility.PRIVATE)
    make_findable({public: (1.0,), private: (0.0, 1.0)})
    index = store.index()

    own = queries.catalogue(index, type(visitor)(user_id=owner.pk))
    foreign = queries.catalogue(index, visitor)

    assert own.shown.all()
    assert index.ids.values[foreign.shown].tolist() == [public.pk]


def test_while_one_reads_again_the_others_go_on_with_what_there_is():
    entered, leave, answers = threading.Event(), threading.Event(), iter(["old", "new"])

    def read() -> str:
        answer = next(answers)
        if answer == "new":
            entered.set()
            leave.wait(10)
        return answer

    remembered = queries.Remembered(read)
    assert remembered() == "old"
    remembered._until = 0
    reader = threading.Thread(target=remembered)
    reader.start()
    assert entered.wait(10)

    assert remembered() == "old"
    leave.set()
    reader.join(10)
    assert remembered() == "new"


def test_likes_of_people_are_those_of_active_people_for_listed_pictures(make_user, visitor):
    owner, liker, gone = make_user(), make_user(), make_user()
    second, first, private = sorted((make_image(owner=owner) for _ in range(3)), key=lambda image: image.pk)
    for viewer, image in ((liker, first), (liker, second), (owner, first), (liker, private), (gone, second)):
        catalog_services.like(viewer=type(visitor)(user_id=viewer.pk), image=image)
    catalog_services.like(viewer=visitor, image=first)
    type(private).objects.filter(pk=private.pk).update(visibility=Visibility.PRIVATE)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    ids, likes = queries.likes_of_people()

    assert ids.tolist() == [second.pk, first.pk], "ascending"
    rows = Like.objects.filter(user__in=[liker, owner], image__in=[first, second])
    expected = sorted((like.user_id, like.image_id, like.created_at.timestamp()) for like in rows)
    assert sorted(zip(likes.people.tolist(), ids[likes.rows].tolist(), likes.times.tolist(), strict=True)) == expected
    assert set(likes.owners.tolist()) == {owner.pk}
    assert dict(zip(likes.people.tolist(), likes.joined.tolist(), strict=True)) == {
        person.pk: person.date_joined.timestamp() for person in (liker, owner)
    }


def test_a_moment_without_a_fraction_of_a_second_is_read_as_well(make_user, visitor):
    owner, liker = make_user(), make_user()
    catalog_services.like(viewer=type(visitor)(user_id=liker.pk), image=make_image(owner=owner))
    Like.objects.update(created_at=dt.datetime(2027, 1, 15, 8, tzinfo=dt.UTC))

    _, likes = queries.likes_of_people()

    assert likes.times.tolist() == [1_800_000_000.0]
