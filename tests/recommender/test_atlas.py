import datetime as dt

import numpy as np
import pytest
from django.utils import timezone

from catalog import services
from catalog.models import Image
from catalog.viewers import NOBODY, Viewer
from recommender import atlas, rebuild, store
from recommender.models import Release
from tests.factories import make_category, make_findable, make_image

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def hung(make_user):
    """Two kinds of ten pictures each, in a category of their own, findable."""
    owner, rng = make_user("owner"), np.random.default_rng(0)
    images = {}
    for label, slug in enumerate(("boats", "birds")):
        category = make_category(slug)
        for _ in range(10):
            images[make_image(owner=owner, category=category)] = np.eye(8)[label] + rng.normal(0, 0.1, 8)
    make_findable(images)
    return list(images)


@pytest.fixture
def drawn(hung):
    rebuild.publish_atlas()
    return hung


def test_every_picture_has_a_place(drawn):
    points = atlas.points(NOBODY)

    assert {point.image for point in points} == {image.pk for image in drawn}
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in points)


def test_areas_are_named_after_what_lies_in_them(drawn):
    areas = atlas.areas(NOBODY)

    assert sum(area.pictures for area in areas) == len(drawn)
    assert {area.name for area in areas} == {"Boats", "Birds"}
    for area in areas:
        assert {card.category.name for card in area.cards} == {area.name}


def test_what_may_not_be_listed_is_not_on_the_map_and_its_owner_sees_it(drawn, make_user):
    secret, owner = drawn[0], drawn[0].owner
    Image.objects.filter(pk=secret.pk).update(visibility="private")

    assert secret.pk not in {point.image for point in atlas.points(NOBODY)}
    assert secret.pk not in {card.id for area in atlas.areas(NOBODY) for card in area.cards}
    assert not atlas.cards([secret.pk], NOBODY)
    mine = Viewer(user_id=owner.pk, visitor=None, is_staff=False)
    assert (secret.pk in {point.image for point in atlas.points(mine)}) == Image.objects.listed_for(mine).filter(
        pk=secret.pk
    ).exists()


def test_it_is_drawn_anew_when_pictures_have_come_and_not_before(drawn, make_user):
    assert not rebuild.atlas_is_behind(now=NOW())

    make_findable({make_image(owner=drawn[0].owner): np.ones(8)})
    assert rebuild.atlas_is_behind(now=NOW())

    assert rebuild.publish_atlas() == len(drawn) + 1
    assert not rebuild.atlas_is_behind(now=NOW())


def test_a_single_change_of_many_waits_until_tomorrow(drawn, monkeypatch):
    monkeypatch.setattr("recommender.rebuild.atlas.CHANGED_SHARE", 0.5)
    make_findable({make_image(owner=drawn[0].owner): np.ones(8)})

    assert not rebuild.atlas_is_behind(now=NOW())
    assert rebuild.atlas_is_behind(now=NOW() + dt.timedelta(days=2))


def test_a_deleted_picture_leaves_the_map_at_once(drawn):
    viewer = Viewer(user_id=drawn[0].owner_id, visitor=None, is_staff=False)
    services.delete_image(image=drawn[0])

    assert drawn[0].pk not in {point.image for point in atlas.points(viewer)}


def test_a_damaged_map_is_taken_away_and_drawn_anew(drawn, client):
    release = store.serving(Release.Kind.ATLAS)
    (store.folder() / release.manifest["places"]).write_bytes(b"nothing")
    store.forget()

    assert client.get("/map/").status_code == 200
    assert not Release.objects.filter(pk=release.pk).exists()
    assert rebuild.atlas_is_behind(now=NOW())


def test_without_a_map_the_page_says_that_it_is_being_drawn(client):
    page = client.get("/map/")

    assert "being drawn" in page.content.decode()
    assert client.get("/map/points.json").json() == {"ids": [], "x": [], "y": [], "colours": []}


def test_the_page_lists_its_areas_without_scripts(drawn, client):
    page = client.get("/map/").content.decode()

    assert sum(image.get_absolute_url() in page for image in drawn) >= 2 * atlas.SHOWN


def test_cards_are_given_for_points_and_for_nothing_else(drawn, client):
    asked = f"{drawn[0].pk},{drawn[1].pk},12,x,,-3,99999999999999999999"

    found = client.get("/map/cards.json", {"ids": asked}).json()["cards"]

    assert [card["id"] for card in found] == [drawn[0].pk, drawn[1].pk]
    assert found[0]["url"] == drawn[0].get_absolute_url()
