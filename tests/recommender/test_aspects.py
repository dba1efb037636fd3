import numpy as np
import pytest
from django.utils import timezone

from catalog.models import Image, State
from recommender import queries, rebuild, similar, store
from recommender.engine.dials import Dials
from recommender.engine.vision.aspects import VERSION, WIDTH
from recommender.models import Embedding, Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictures(eyes, make_user, real_image) -> list[Image]:
    """Three pictures, embedded and published."""
    owner = make_user()
    images = [real_image(owner=owner) for _ in range(3)]
    rebuild.embed_images([image.pk for image in images], now=timezone.now())
    publish()
    return images


def publish():
    return rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())


def forget_aspects(images):
    """As on a site from before there were dials."""
    Embedding.objects.filter(image__in=images).update(aspects=None, aspects_version=0)
    publish()


def turned(image, viewer):
    return similar.similar_images(viewer=viewer, image_id=image.pk, dials=Dials.of(colour=1))


def test_aspects_are_read_with_the_features_and_published_beside_them(pictures, visitor):
    row = Embedding.objects.get(image=pictures[0])

    assert (len(bytes(row.aspects)), row.aspects_version) == (2 * WIDTH, VERSION)
    place = store.index().ids.rows([pictures[0].pk])
    assert store.index().aspects.take(place)[0] == pytest.approx(np.frombuffer(row.aspects, "<f2"))
    assert turned(pictures[0], visitor).dials == Dials.of(colour=1)


def test_pictures_from_before_are_read_by_the_sweep_and_dials_wait_until_then(pictures, visitor):
    forget_aspects(pictures)
    assert turned(pictures[0], visitor).dials is None
    assert [entry.card.id for entry in turned(pictures[0], visitor).entries]
    assert not rebuild.is_behind(key=rebuild.model_key())

    (batch,) = rebuild.unread_aspects()
    assert rebuild.read_aspects(batch) == 3
    assert rebuild.is_behind(key=rebuild.model_key())
    publish()

    assert turned(pictures[0], visitor).dials == Dials.of(colour=1)
    assert not rebuild.is_behind(key=rebuild.model_key())
    assert rebuild.unread_aspects() == []
    assert rebuild.read_aspects(batch) == 0


def test_a_picture_that_cannot_be_opened_goes_without_and_is_not_asked_for_again(pictures, visitor):
    forget_aspects(pictures)
    Image.objects.filter(pk=pictures[0].pk).update(rendition_token="gone")

    assert rebuild.read_aspects(rebuild.unread_aspects()[0]) == 2
    publish()

    assert rebuild.unread_aspects() == []
    assert turned(pictures[0], visitor).dials is None
    assert turned(pictures[1], visitor).dials is not None


def test_an_index_that_grows_by_segments_takes_in_what_was_read_later(pictures):
    images = Image.objects.bulk_create(
        Image(owner=pictures[0].owner, state=State.READY, original=str(n), original_size=1, sha256=str(n))
        for n in range(2100)
    )
    looks = np.random.default_rng(0).random((len(images), 1280)).astype("<f2")
    Embedding.objects.bulk_create(
        Embedding(
            image=image,
            model_key=rebuild.model_key(),
            state=State.READY,
            features=look.tobytes(),
            aspects_version=VERSION,
        )
        for image, look in zip(images, looks, strict=True)
    )
    forget_aspects(pictures)
    version = store.serving(Release.Kind.INDEX).manifest["built_from"]
    assert not measured_in_style()

    rebuild.read_aspects(rebuild.unread_aspects()[0])
    publish()

    assert store.serving(Release.Kind.INDEX).manifest["built_from"] == version
    assert measured_in_style()
    assert queries.aspects(store.index()).values.take(store.index().ids.rows([pictures[0].pk])).any()


def measured_in_style() -> int:
    """Of how many pictures the serving index knows how like its neighbours each is in style."""
    return int(np.isfinite(store.index().kind.measures[3]).sum())


def test_an_index_from_before_there_were_kinds_learns_its_own(pictures):
    release = store.serving(Release.Kind.INDEX)
    Release.objects.filter(pk=release.pk).update(
        manifest={name: value for name, value in release.manifest.items() if name != "kind"}
    )
    assert rebuild.is_behind(key=rebuild.model_key())

    publish()

    assert not rebuild.is_behind(key=rebuild.model_key())
    assert "kind" in store.serving(Release.Kind.INDEX).manifest
    assert store.index().kind is None  # three pictures are too few
