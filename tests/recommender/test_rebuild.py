import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from django.utils import timezone

from catalog import services
from catalog.models import Image, ImageTag, State
from catalog.models.work import MAX_ATTEMPTS
from catalog.viewers import Viewer
from recommender import queries, rebuild, similar, store, tasks
from recommender.models import Embedding, Release
from tests.factories import MODEL, make_findable, make_image
from tests.recommender.engine.drawings import draw

pytestmark = pytest.mark.django_db


def test_embedding_gives_features_tags_and_a_place_in_the_index(eyes, make_user, real_image):
    image = real_image(owner=make_user())

    assert rebuild.embed_images([image.pk], now=timezone.now()) == 1
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())

    row = Embedding.objects.get(image=image)
    assert (row.state, len(bytes(row.features))) == (State.READY, 2 * 1280)
    image.refresh_from_db()
    assert image.status == "findable"
    assert image.pk in store.index().ids.values


def test_embedding_twice_is_done_once(eyes, make_user, real_image):
    image = real_image(owner=make_user())
    rebuild.embed_images([image.pk], now=timezone.now())

    assert rebuild.embed_images([image.pk], now=timezone.now()) == 0
    assert Embedding.objects.filter(image=image).count() == 1


def test_the_sweep_finds_what_was_never_asked_for_and_what_was_dropped(eyes, make_user, real_image):
    owner, now = make_user(), timezone.now()
    never, dropped = real_image(owner=owner), real_image(owner=owner)
    Embedding.objects.create(image=dropped, model_key=rebuild.model_key())
    Embedding.objects.filter(image=dropped).claim(now - dt.timedelta(minutes=5))

    (batch,) = rebuild.sweep(now=now)

    assert set(batch) == {never.pk, dropped.pk}


def test_an_embedding_that_kills_its_workers_is_given_up(eyes, make_user, real_image):
    image, now = real_image(owner=make_user()), timezone.now()
    Embedding.objects.create(image=image, model_key=rebuild.model_key(), attempt=MAX_ATTEMPTS)

    assert rebuild.sweep(now=now) == []
    assert Embedding.objects.get(image=image).state == State.FAILED


def test_a_picture_without_its_rendition_fails_with_a_reason(eyes, make_user):
    image = make_image(owner=make_user())
    Image.objects.filter(pk=image.pk).update(rendition_token="missing")

    assert rebuild.embed_images([image.pk], now=timezone.now()) == 0
    assert Embedding.objects.get(image=image).error_code == "no-rendition"


def test_machine_tags_come_with_what_is_seen(eyes, make_user, real_image):
    image = real_image(owner=make_user(), pixels=draw("orange"))
    rebuild.embed_images([image.pk], now=timezone.now())

    tags = dict(ImageTag.objects.filter(image=image).values_list("tag__slug", "source"))
    assert set(tags.values()) == {"machine"}


def test_another_model_takes_over_only_when_it_has_looked_at_everything(make_user):
    owner = make_user()
    images = [make_image(owner=owner) for _ in range(2)]
    make_findable({image: (1.0, number) for number, image in enumerate(images)})
    features = np.ones(1280, "<f2").tobytes()
    Embedding.objects.create(image=images[0], model_key="other", state=State.READY, features=features)

    assert not rebuild.is_behind(key="other")
    assert store.index().model_key == MODEL

    Embedding.objects.create(image=images[1], model_key="other", state=State.READY, features=features)
    assert rebuild.is_behind(key="other")
    rebuild.publish_index(key="other", now=timezone.now())
    assert store.index().model_key == "other"


def test_a_deleted_pictures_vector_goes_with_the_next_building(make_user):
    owner = make_user()
    images = [make_image(owner=owner) for _ in range(3)]
    make_findable({image: (1.0, number) for number, image in enumerate(images)})
    gone = images[0].pk
    images[0].delete()

    rebuild.publish_index(key=MODEL, now=timezone.now(), anew=True)

    assert gone not in store.index().ids.values


def test_two_at_once_do_not_publish(make_user):
    with store.lease("index"), pytest.raises(store.Busy):
        rebuild.publish_index(key=MODEL, now=timezone.now())

    assert store.serving(Release.Kind.INDEX) is None


def test_a_dead_holders_lease_runs_out(db):
    with store.lease("index", seconds=-1), store.lease("index"):
        pass


def test_old_arrays_are_collected_and_serving_ones_stay(make_user):
    owner = make_user()
    for number in range(store.KEPT + 3):
        make_findable({make_image(owner=owner): (1.0, number)})
    store.collect(in_use=set(), now=timezone.now() + dt.timedelta(minutes=30))

    assert Release.objects.filter(kind=Release.Kind.INDEX).count() == store.KEPT
    store.forget()
    assert len(store.index().ids) == store.KEPT + 3


def test_a_release_goes_an_hour_after_it_was_followed_with_all_that_was_deleted(make_user):
    owner = make_user()
    make_findable({make_image(owner=owner): (1.0, number) for number in range(3)})
    doomed = make_image(owner=owner)
    make_findable({doomed: (0.0, 1.0)})
    old = store.serving(Release.Kind.INDEX)
    services.erase(image=doomed)
    rebuild.publish_index(key=MODEL, now=timezone.now(), anew=True)

    store.collect(in_use=set(), now=timezone.now() + dt.timedelta(minutes=61))

    assert list(Release.objects.filter(kind=Release.Kind.INDEX)) == [store.serving(Release.Kind.INDEX)]
    here = {path.name for path in store.folder().iterdir()}
    assert old.manifest["segments"][0]["vectors"] not in here
    assert len(store.index().ids) == 3


def test_a_large_collection_is_projected_and_grows_by_a_segment(make_user):
    owner = make_user()
    rng = np.random.default_rng(0)
    mix = rng.random((40, 1280))
    crowd = Image.objects.bulk_create(
        Image(owner=owner, state=State.READY, original=str(n), original_size=1, sha256=str(n)) for n in range(2100)
    )
    looks = rng.random((len(crowd), 40)) @ mix
    Embedding.objects.bulk_create(
        Embedding(image=image, model_key=MODEL, state=State.READY, features=look.astype("<f2").tobytes())
        for image, look in zip(crowd, looks, strict=True)
    )
    rebuild.publish_index(key=MODEL, now=timezone.now())
    before = store.serving(Release.Kind.INDEX).manifest["segments"]

    late = make_image(owner=owner)
    make_findable({late: looks[7]})

    index = store.index()
    assert index.vectors.width == 256
    assert store.serving(Release.Kind.INDEX).manifest["segments"][:-1] == before
    assert len(index.ids) == 2101
    found = similar.similar_images(viewer=Viewer(user_id=owner.pk), image_id=crowd[7].pk, mode="look", folding=False)
    assert found.entries[0].card.id == late.pk


def test_many_small_segments_are_joined_and_every_row_stays_where_it_was(make_user, monkeypatch):
    for name, value in (("PROJECTION_FROM", 1), ("SEGMENT", 4), ("MOST_LOOSE", 3), ("GROWTH", 100)):
        monkeypatch.setattr(rebuild.index, name, value)
    owner, orders = make_user(), []

    for number in range(14):
        make_findable({make_image(owner=owner): (1.0, number)})
        orders.append(store.index().ids.values.tolist())

    assert all(later[: len(order)] == order for order, later in pairwise(orders[1:]))
    segments = store.serving(Release.Kind.INDEX).manifest["segments"]
    assert len(segments) <= 14 // 4 + 3
    assert len(store.load(segments[0]["ids"])) == 4


def test_a_collection_that_has_grown_by_half_is_built_anew(make_user, monkeypatch):
    monkeypatch.setattr(rebuild.index, "PROJECTION_FROM", 1)
    owner = make_user()

    def built_from() -> int:
        return store.serving(Release.Kind.INDEX).manifest["built_from"]

    make_findable({make_image(owner=owner): (1.0, number) for number in range(4)})
    make_findable({make_image(owner=owner): (2.0, number) for number in range(2)})
    assert built_from() == 4
    make_findable({make_image(owner=owner): (0.5, 1.0)})
    assert built_from() == 7


def test_what_is_looked_at_again_serves_until_it_has_been(make_user):
    images = [make_image(owner=make_user(f"owner{number}")) for number in range(3)]
    make_findable({image: (1.0, number) for number, image in enumerate(images)})
    rebuild.look_again([images[0].pk])

    rebuild.publish_index(key=MODEL, now=timezone.now(), anew=True)

    index = store.index()
    assert images[0].pk in index.ids.values
    assert queries.features(index, index.ids.rows([images[0].pk])).any()


@pytest.mark.parametrize("manifest", [{}, {"format": store.FORMAT}, {"format": store.FORMAT, "segments": 3}])
def test_a_manifest_that_cannot_be_read_counts_as_damaged(make_user, manifest):
    make_findable({make_image(owner=make_user()): (1.0,)})
    Release.objects.filter(serving=True).update(manifest=manifest)
    store.forget()

    assert store.index() is None
    assert not Release.objects.filter(kind=Release.Kind.INDEX).exists()


def test_a_picture_on_a_site_at_rest_is_published_at_once_and_others_soon_after(eyes, make_user, real_image):
    owner = make_user()
    first, second, third = (real_image(owner=owner) for _ in range(3))

    tasks.embed_images([first.pk])
    published = store.serving(Release.Kind.INDEX).created_at
    assert rebuild.pause_before_publishing(now=published) == 2
    assert rebuild.pause_before_publishing(now=published + dt.timedelta(seconds=3)) == 0

    tasks.embed_images([second.pk])
    assert set(store.index().ids.values) == {first.pk, second.pk, third.pk}


def test_the_nightly_task_runs(eyes, make_user):
    make_findable({make_image(owner=make_user()): (1.0,)})

    tasks.compact()
    tasks.sweep()
