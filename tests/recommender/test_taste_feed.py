"""What somebody chooses on the taste page is in force on the next page of the feed, and can be taken back exactly."""

import datetime as dt
import uuid

import numpy as np
import pytest
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import Image, Like
from catalog.viewers import Viewer
from recommender import feed, queries, services, taste
from recommender.engine.selection import draw
from recommender.models import Event, Feed, Mute, Profile
from tests.factories import machine_tag, make_category, make_findable, make_image
from tests.recommender.walking import ids, page, walk

pytestmark = pytest.mark.django_db

FAMILIES, EACH = 4, 14


@pytest.fixture
def gallery(make_user) -> dict[str, list[Image]]:
    """Families of pictures that look alike inside and differ outside, of two owners, the last ones with a tag."""
    owners, rng = [make_user("owner"), make_user("other")], np.random.default_rng(0)
    families, looks = {}, {}
    for number in range(FAMILIES):
        category = make_category(f"family{number}")
        families[category.slug] = [make_image(owner=owners[number % 2], category=category) for _ in range(EACH)]
        for image in families[category.slug]:
            direction = np.zeros(16)
            direction[number] = 1
            looks[image] = direction + 0.35 * rng.random(16)
    make_findable(looks)
    return families


def like(viewer, *images: Image) -> None:
    for image in images:
        catalog_services.like(viewer=viewer, image=image)


def tastes(viewer) -> list[taste.Cluster]:
    return taste.clusters(viewer=viewer, now=timezone.now(), chosen=queries.choices(viewer))


def weigh(viewer, image: Image, *, weight: float = 1.0, on: bool = True) -> None:
    services.weigh_taste(viewer=viewer, image_id=image.pk, weight=weight, on=on, now=timezone.now())


def because_of(shown: feed.FeedPage, images: list[Image]) -> int:
    named = {image.pk for image in images}
    return sum(bool(named & {card.id for card in entry.reason.images}) for entry in shown.entries)


def of(shown: feed.FeedPage, images: list[Image]) -> int:
    return len({image.pk for image in images} & set(ids(shown)))


def reasons(shown: feed.FeedPage) -> list[tuple]:
    return [(entry.card.id, entry.score, entry.reason.kind, entry.reason.images) for entry in shown.entries]


def as_for(viewer: Viewer, walked: Viewer) -> None:
    """Let a viewer walk from the seed and moment of another, so that nothing but the people differs."""
    (row,) = Feed.objects.of(walked).order_by("-asked_at")[:1]
    row.pk, row.user_id, row.visitor = uuid.uuid4(), viewer.user_id, viewer.visitor
    row.pages = []
    row.save(force_insert=True)


def test_of_a_taste_that_is_off_no_card_is_shown_and_on_again_gives_the_identical_list(gallery, visitor):
    first, second = gallery["family0"], gallery["family1"]
    like(visitor, *first[:4], *second[:3])
    before = page(visitor)
    assert because_of(before, first) > 2

    weigh(visitor, first[0], on=False)

    shown = page(visitor, limit=48)
    assert because_of(shown, first) == 0
    assert because_of(shown, second) > 0
    weigh(visitor, first[0])
    assert reasons(page(visitor)) == reasons(before)


def test_a_taste_that_is_off_stays_off_for_what_is_liked_later(gallery, visitor):
    first, second = gallery["family0"], gallery["family1"]
    like(visitor, *first[:3], *second[:3])
    weigh(visitor, first[1], on=False)

    like(visitor, *first[3:6], second[3])

    assert because_of(page(visitor, limit=40), first) == 0
    silent, heard = sorted(tastes(visitor), key=lambda one: one.on)
    assert set(silent.members) == {image.pk for image in first[:6]}
    assert set(heard.members) == {image.pk for image in second[:4]}


def test_a_choice_for_one_taste_leaves_the_other_choices_as_they_are(gallery, visitor):
    like(visitor, *(image for number in range(3) for image in gallery[f"family{number}"][:3]))
    weigh(visitor, gallery["family0"][0], on=False)
    like(visitor, gallery["family0"][3])
    weigh(visitor, gallery["family1"][0], weight=2)

    found = {one.key: one for one in tastes(visitor)}

    assert not found[gallery["family0"][0].pk].on
    assert set(found[gallery["family0"][0].pk].voices) == {0}
    assert found[gallery["family1"][0].pk].weight == 2
    assert found[gallery["family2"][0].pk].weight == 1


@pytest.mark.parametrize("liked", [1, 2, 5])
def test_twice_the_weight_never_lowers_a_share(gallery, visitor, liked):
    first, second = gallery["family0"], gallery["family1"]
    like(visitor, *first[:liked], *second[:3])
    before = page(visitor)

    weigh(visitor, first[0], weight=2)

    assert because_of(page(visitor), first) >= because_of(before, first)


@pytest.mark.parametrize("kind", ["category", "tag", "person"])
def test_less_of_something_is_at_most_half_its_share_and_undone_without_a_trace(gallery, visitor, kind):
    meant = gallery["family1"]
    name = {"category": "family1", "tag": "reefs", "person": "other"}[kind]
    if kind == "tag":
        for image in meant:
            machine_tag(image, "reefs", 0.9)
    if kind == "person":
        meant = [*gallery["family1"], *gallery["family3"]]
    like(visitor, *gallery["family1"][:3], *gallery["family0"][:2])
    top = page(visitor)
    share = of(top, meant)
    assert share >= 4

    said = services.show_less(viewer=visitor, kind=kind, name=name, now=timezone.now())

    assert of(page(visitor), meant) <= share / 2
    services.unmute(viewer=visitor, mute_id=said.pk)
    assert reasons(page(visitor)) == reasons(top)


def test_less_holds_where_the_list_goes_on(gallery, visitor):
    meant = gallery["family1"]
    like(visitor, *meant[:2])
    first = page(visitor, limit=12)
    chosen = queries.choices(visitor)
    would = feed.continued(viewer=visitor, now=timezone.now(), chosen=chosen, k=24)
    would_have = len({place.image for place in would} & {image.pk for image in meant})

    services.show_less(viewer=visitor, kind="category", name="family1", now=timezone.now())

    assert of(page(visitor, cursor=first.next, limit=24), meant) <= would_have / 2


def test_a_dismissal_taken_back_takes_back_what_was_said_of_its_topic(gallery, visitor):
    like(visitor, *gallery["family1"][:3])
    before = walk(visitor, limit=24)
    unwanted = gallery["family1"][5]

    services.dismiss(viewer=visitor, image=unwanted)
    services.show_less(viewer=visitor, kind="category", name="family1", now=timezone.now(), image=unwanted)
    services.undismiss(viewer=visitor, image=unwanted)

    assert walk(visitor, limit=24) == before
    assert not Mute.objects.exists()


def test_said_once_more_on_another_card_and_taken_back_what_was_said_first_holds(gallery, visitor):
    like(visitor, *gallery["family1"][:3])
    first, second = gallery["family1"][4:6]
    services.show_less(viewer=visitor, kind="category", name="family1", now=timezone.now(), image=first)
    most = Mute.objects.get().most
    before = ids(page(visitor))

    services.dismiss(viewer=visitor, image=second)
    services.show_less(viewer=visitor, kind="category", name="family1", now=timezone.now(), image=second)
    assert Mute.objects.get().most < most
    services.undismiss(viewer=visitor, image=second)

    assert Mute.objects.get().most == most
    assert ids(page(visitor)) == before


@pytest.mark.parametrize("tab", ["for-you", "newest", "trending"])
@pytest.mark.parametrize(("kind", "name"), [("topic", "family1"), ("person", "other")])
def test_what_is_muted_is_in_no_list_until_it_is_asked_for(gallery, visitor, tab, kind, name):
    meant = {image.pk for slug in ("family1", "family3") for image in gallery[slug]}
    meant = meant if kind == "person" else {image.pk for image in gallery["family1"]}
    before = page(visitor, tab=tab, limit=60)
    said = services.mute(viewer=visitor, kind=kind, name=name, now=timezone.now())

    assert not meant & set(ids(page(visitor, tab=tab, limit=60)))
    asked = feed.build(
        viewer=visitor, now=timezone.now(), tab=tab, where=feed.GalleryFilter(category="family1"), limit=60
    )
    assert len(ids(asked)) == EACH
    services.unmute(viewer=visitor, mute_id=said.pk)
    assert reasons(page(visitor, tab=tab, limit=60)) == reasons(before)


def test_a_removed_row_of_the_past_leaves_the_list_of_who_never_had_it(gallery, visitor):
    kept, removed = gallery["family0"][0], gallery["family2"][3]
    never = Viewer(visitor=uuid.uuid4())
    now = timezone.now()
    for viewer in (visitor, never):
        like(viewer, kept)
        Like.objects.of(viewer).update(created_at=now)
    like(visitor, gallery["family1"][1])
    services.dismiss(viewer=visitor, image=gallery["family1"][2])
    services.record_open(viewer=visitor, image_id=removed.pk, now=now)
    page(visitor)
    as_for(never, visitor)
    assert ids(page(visitor)) != ids(page(never))

    services.forget(viewer=visitor, kind="likes", image=gallery["family1"][1])
    services.forget(viewer=visitor, kind="dismissals", image=gallery["family1"][2])
    services.forget(viewer=visitor, kind="views", image=removed)

    assert reasons(page(visitor, limit=48)) == reasons(page(never, limit=48))
    assert not Event.objects.of(visitor).exclude(image=kept).exists()


def test_during_a_pause_likes_are_kept_and_the_feed_stays_as_it_is(gallery, visitor):
    like(visitor, *gallery["family0"][:2])
    before = page(visitor, limit=48)
    services.pause(viewer=visitor, now=timezone.now())

    like(visitor, *gallery["family1"][:4])

    assert reasons(page(visitor, limit=48)) == reasons_with_likes(before, visitor)
    assert Like.objects.of(visitor).count() == 6
    services.resume(viewer=visitor)
    assert ids(page(visitor, limit=48)) != ids(before)
    assert because_of(page(visitor), gallery["family1"]) > 0


def reasons_with_likes(shown: feed.FeedPage, viewer: Viewer) -> list[tuple]:
    """The reasons of a page on which something has been liked since: its place, score and reason stay."""
    liked = set(Like.objects.of(viewer).values_list("image_id", flat=True))
    assert liked & set(ids(shown))
    return reasons(shown)


def test_what_is_dismissed_during_a_pause_goes_all_the_same(gallery, visitor):
    before = ids(page(visitor, limit=60))
    services.pause(viewer=visitor, now=timezone.now())

    services.dismiss(viewer=visitor, image=Image.objects.get(pk=before[30]))

    assert set(ids(page(visitor, limit=60))) == set(before) - {before[30]}


def test_after_a_reset_the_feed_is_a_new_visitors_and_it_can_be_taken_back(gallery, visitor):
    like(visitor, *gallery["family0"][:3], *gallery["family1"][:3])
    services.dismiss(viewer=visitor, image=gallery["family2"][0])
    services.record_open(viewer=visitor, image_id=gallery["family2"][1].pk, now=timezone.now())
    weigh(visitor, gallery["family0"][0], on=False)
    services.mute(viewer=visitor, kind="person", name="other", now=timezone.now())
    services.choose(viewer=visitor, diversity=0.0, learns_from_views=False)
    before = page(visitor, limit=48)

    services.reset(viewer=visitor, now=timezone.now())

    new = Viewer(visitor=uuid.uuid4())
    as_for(new, visitor)
    assert [row[:3] for row in reasons(page(visitor, limit=60))] == [row[:3] for row in reasons(page(new, limit=60))]
    assert not any(entry.dismissed for entry in page(visitor, limit=60).entries)
    assert Like.objects.of(visitor).count() == 6
    assert services.undo_reset(viewer=visitor, now=timezone.now())
    assert reasons(page(visitor, limit=48)) == reasons(before)
    assert not services.undo_reset(viewer=visitor, now=timezone.now())


def test_a_reset_is_taken_back_for_a_day_only(gallery, visitor):
    now = timezone.now()
    services.reset(viewer=visitor, now=now)

    assert not services.undo_reset(viewer=visitor, now=now + dt.timedelta(days=1, minutes=1))
    assert Profile.objects.of(visitor).get().reset_at == now


def test_without_likes_as_a_source_nothing_is_there_because_of_one(gallery, visitor):
    like(visitor, *gallery["family0"][:3])
    before = page(visitor)
    assert because_of(before, gallery["family0"]) > 0

    services.choose(viewer=visitor, learns_from_likes=False)

    assert because_of(page(visitor, limit=48), gallery["family0"]) == 0
    services.choose(viewer=visitor, learns_from_likes=True)
    assert reasons(page(visitor)) == reasons(before)


def test_a_save_teaches_as_a_like_does_until_saves_are_no_source(gallery, make_user):
    viewer = Viewer(user_id=make_user("ada").pk)
    saved, board = gallery["family0"][0], catalog_services.create_board(viewer=viewer, name="Saved")
    before = page(viewer, limit=48)
    catalog_services.save(viewer=viewer, board=board, image=saved)

    shown = page(viewer)
    assert because_of(shown, [saved]) > 0
    assert any("which you saved" in entry.reason.text for entry in shown.entries)
    assert saved.pk not in ids(page(viewer, limit=60))
    assert [one.members for one in tastes(viewer)] == [(saved.pk,)]
    services.choose(viewer=viewer, learns_from_saves=False)
    assert reasons(page(viewer, limit=48)) == reasons(before)
    services.choose(viewer=viewer, learns_from_saves=True)
    services.forget(viewer=viewer, kind="saves", image=saved)
    assert reasons(page(viewer, limit=48)) == reasons(before)


def test_without_views_as_a_source_what_was_opened_comes_again(gallery, visitor):
    seen = gallery["family0"][0]
    services.record_open(viewer=visitor, image_id=seen.pk, now=timezone.now())
    assert ids(page(visitor, limit=60)).index(seen.pk) == len(ids(page(visitor, limit=60))) - 1

    services.choose(viewer=visitor, learns_from_views=False)

    assert page(visitor, limit=60).seen_before is None


def test_the_dial_makes_a_list_more_varied_or_less(gallery, visitor):
    like(visitor, *gallery["family0"][:4], gallery["family1"][0])
    page(visitor)
    quiet = next(seed for seed in range(100) if not any(draw(seed=seed, position=place)[0] for place in range(8)))
    Feed.objects.of(visitor).update(seed=quiet)  # explores nothing among the cards looked at

    def of_one_kind(diversity: float) -> int:
        services.choose(viewer=visitor, diversity=diversity)
        return of(page(visitor, limit=8), gallery["family0"])

    assert of_one_kind(0.0) > of_one_kind(1.0)
    assert queries.choices(visitor).config == {"mmr_lambda": 0.5}


def test_who_browses_privately_leaves_nothing_behind(gallery, visitor):
    now = timezone.now()
    image = gallery["family0"][0]
    services.browse_privately(viewer=visitor, now=now, until=now + dt.timedelta(hours=1))

    services.record_open(viewer=visitor, image_id=image.pk, now=now)
    said = services.record_events(viewer=visitor, events=[{"kind": "open", "image": image.pk}], now=now)
    with pytest.raises(catalog_services.NotKept):
        catalog_services.like(viewer=visitor, image=image)
    with pytest.raises(catalog_services.NotKept):
        services.dismiss(viewer=visitor, image=image)
    page(visitor)
    services.end_private(viewer=visitor)

    assert said[0] == 0
    for rows in (Event, Like, Feed, services.reactions.Dismissal):
        assert not rows.objects.of(visitor).exists()
    like(visitor, image)
    assert Like.objects.of(visitor).exists()


def test_private_browsing_ends_by_itself(gallery, visitor):
    now = timezone.now()
    services.browse_privately(viewer=visitor, now=now - dt.timedelta(hours=2), until=now - dt.timedelta(hours=1))

    like(visitor, gallery["family0"][0])

    assert Like.objects.of(visitor).count() == 1
