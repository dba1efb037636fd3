"""The recommender's verbs."""

import pytest
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import Like
from catalog.viewers import Viewer
from recommender import services
from recommender.models import Dismissal, Event, Feed, Profile
from tests.factories import make_image

pytestmark = pytest.mark.django_db


def test_a_dismissal_takes_a_like_back_and_a_like_a_dismissal(make_user, visitor):
    image = make_image(owner=make_user())

    catalog_services.like(viewer=visitor, image=image)
    services.dismiss(viewer=visitor, image=image)
    assert (Like.objects.count(), Dismissal.objects.count()) == (0, 1)

    catalog_services.like(viewer=visitor, image=image)
    assert (Like.objects.count(), Dismissal.objects.count()) == (1, 0)


def test_signing_in_keeps_what_the_visitor_saw_dismissed_and_chose(make_user, visitor):
    person, image = make_user(), make_image(owner=make_user())
    services.dismiss(viewer=visitor, image=image)
    services.record_open(viewer=visitor, image_id=image.pk, now=timezone.now())
    moment = timezone.now()
    services.start_again(viewer=visitor, now=moment)

    services.adopt(visitor=visitor.visitor, user=person)

    me = Viewer(user_id=person.pk)
    assert Profile.objects.of(me).get().seen_since == moment
    assert Dismissal.objects.of(me).count() == Event.objects.of(me).count() == 1
    for model in (Dismissal, Event, Feed, Profile):
        assert not model.objects.of(visitor).exists()


def test_a_persons_own_choice_outlives_that_of_the_visitor_they_were(make_user, visitor):
    person = make_user()
    moment = timezone.now()
    services.start_again(viewer=Viewer(user_id=person.pk), now=moment)
    services.start_again(viewer=visitor, now=timezone.now())

    services.adopt(visitor=visitor.visitor, user=person)

    assert Profile.objects.get().seen_since == moment


def test_events_that_make_no_sense_are_refused_alone(make_user, visitor):
    image = make_image(owner=make_user())
    events = [{"kind": "open", "image": image.pk}, {"kind": "open", "image": -1}, "nonsense"]

    accepted, refused = services.record_events(viewer=visitor, events=events, now=timezone.now())

    assert accepted == 1
    assert [one["index"] for one in refused] == [1, 2]
