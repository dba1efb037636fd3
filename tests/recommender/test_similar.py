import numpy as np
import pytest
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import Image, State
from catalog.viewers import Viewer
from recommender import rebuild, services, similar
from recommender.models import Embedding
from tests.factories import MODEL, make_findable, make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(make_user) -> list[Image]:
    """Ten pictures in a row, each most like its neighbours."""
    owner = make_user("owner")
    images = [make_image(owner=owner) for _ in range(10)]
    angles = np.linspace(0, np.pi / 2, len(images))
    make_findable({image: (np.cos(angle), np.sin(angle)) for image, angle in zip(images, angles, strict=True)})
    return images


def ids(shown: similar.SimilarImages) -> list[int]:
    return [entry.card.id for entry in shown.entries]


def test_the_most_alike_come_first_and_the_picture_itself_never(row, visitor):
    shown = similar.similar_images(viewer=visitor, image_id=row[0].pk, k=4, mode="look", folding=False)

    assert ids(shown) == [image.pk for image in row[1:5]]
    assert shown.entries[0].reason.kind == "look"


def test_a_private_picture_is_shown_to_its_owner_alone(row, visitor):
    Image.objects.filter(pk=row[1].pk).update(visibility="private")
    owner = Viewer(user_id=row[1].owner_id)

    assert row[1].pk not in ids(similar.similar_images(viewer=visitor, image_id=row[0].pk, mode="look"))
    assert row[1].pk in ids(similar.similar_images(viewer=owner, image_id=row[0].pk, mode="look"))


def test_dismissed_pictures_are_left_out(row, visitor):
    services.dismiss(viewer=visitor, image=row[1])

    assert row[1].pk not in ids(similar.similar_images(viewer=visitor, image_id=row[0].pk))


def test_a_mode_without_data_is_empty(row, visitor):
    for mode in ("people", "tags"):
        assert ids(similar.similar_images(viewer=visitor, image_id=row[0].pk, mode=mode)) == []


def test_tags_find_what_shares_them(row, visitor):
    for image in (row[0], row[9]):
        catalog_services.set_person_tags(image=image, names=["lighthouse"])

    assert ids(similar.similar_images(viewer=visitor, image_id=row[0].pk, mode="tags")) == [row[9].pk]


def test_people_find_what_the_same_people_like_and_say_how_many(row, visitor, make_user):
    for _ in range(3):
        viewer = Viewer(user_id=make_user().pk)
        for image in (row[0], row[9]):
            catalog_services.like(viewer=viewer, image=image)
    rebuild.publish_people(now=timezone.now())

    (entry,) = similar.similar_images(viewer=visitor, image_id=row[0].pk, mode="people").entries

    assert (entry.card.id, entry.reason.kind, entry.reason.people) == (row[9].pk, "people", 3)


def test_near_copies_are_folded_and_counted(row, visitor):
    Image.objects.filter(pk__in=[image.pk for image in row[1:4]]).update(phash=5, dhash=7)
    Embedding.objects.filter(image__in=row[1:4]).update(features=Embedding.objects.get(image=row[1]).features)
    rebuild.publish_index(key=MODEL, now=timezone.now())

    shown = similar.similar_images(viewer=visitor, image_id=row[0].pk, mode="look")

    assert shown.entries[0].copies == 2
    assert len(shown.entries) == 7


def test_a_picture_nobody_has_looked_at_is_pending_and_then_there(row, visitor):
    fresh = make_image(owner=row[0].owner)
    assert similar.similar_images(viewer=visitor, image_id=fresh.pk).status == "pending"

    make_findable({fresh: (1, 0.01)})

    assert ids(similar.similar_images(viewer=visitor, image_id=row[0].pk, mode="look"))[0] == fresh.pk


def test_a_picture_that_cannot_be_looked_at_is_not_waited_for(row, visitor):
    fresh = make_image(owner=row[0].owner)
    Embedding.objects.create(image=fresh, model_key=MODEL, state=State.FAILED)

    assert similar.similar_images(viewer=visitor, image_id=fresh.pk).status == "ready"


def test_a_picture_that_an_older_model_could_not_look_at_is_waited_for(row, visitor):
    fresh = make_image(owner=row[0].owner)
    Embedding.objects.create(image=fresh, model_key="older", state=State.FAILED)

    assert similar.similar_images(viewer=visitor, image_id=fresh.pk).status == "pending"
