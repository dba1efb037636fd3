import datetime as dt
import uuid

import numpy as np
import pytest
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import Image, Like
from catalog.queries import GalleryFilter
from catalog.queries.cursors import BadCursor, make_cursor
from catalog.viewers import Viewer
from recommender import feed, rebuild, services, store
from recommender.entries import Place
from recommender.feed import walks
from recommender.models import Event, Feed, Release
from tests.factories import make_category, make_findable, make_image
from tests.recommender.walking import ids, page, walk

pytestmark = pytest.mark.django_db

FAMILIES, EACH = 6, 8


@pytest.fixture
def gallery(make_user) -> dict[str, list[Image]]:
    """Families of pictures that look alike inside and differ outside; the cleanest world there is."""
    owner = make_user("owner")
    rng = np.random.default_rng(0)
    families, looks = {}, {}
    for number in range(FAMILIES):
        category = make_category(f"family{number}")
        families[category.slug] = [make_image(owner=owner, category=category) for _ in range(EACH)]
        for image in families[category.slug]:
            direction = np.zeros(16)
            direction[number] = 1
            looks[image] = direction + 0.35 * rng.random(16)
    make_findable(looks)
    return families


def share(shown: feed.FeedPage, slug: str) -> int:
    return sum(entry.card.category.slug == slug for entry in shown.entries)


def test_pages_joined_are_everything_once(gallery, visitor):
    found = walk(visitor, limit=7)

    assert sorted(found) == sorted(image.pk for family in gallery.values() for image in family)


def test_pages_joined_equal_one_long_list(gallery, visitor):
    first = page(visitor, limit=30)

    assert ids(first) == walk(visitor, limit=10)[:30]


@pytest.mark.parametrize("slug", [f"family{number}" for number in range(FAMILIES)])
def test_one_like_moves_the_next_page_towards_what_was_liked(gallery, visitor, slug):
    before = share(page(visitor, limit=12), slug)

    catalog_services.like(viewer=visitor, image=gallery[slug][0])

    assert share(page(visitor, limit=12), slug) > before


def test_like_then_unlike_gives_the_identical_list(gallery, visitor):
    before = walk(visitor, limit=12)
    catalog_services.like(viewer=visitor, image=gallery["family1"][2])
    assert walk(visitor, limit=12) != before

    catalog_services.unlike(viewer=visitor, image=gallery["family1"][2])

    assert walk(visitor, limit=12) == before


def test_dismiss_then_undo_gives_the_identical_list(gallery, visitor):
    before = walk(visitor, limit=12)
    services.dismiss(viewer=visitor, image=gallery["family1"][2])
    assert gallery["family1"][2].pk not in walk(visitor, limit=12)

    services.undismiss(viewer=visitor, image=gallery["family1"][2])

    assert walk(visitor, limit=12) == before


def test_an_old_cursor_replays_its_page_less_what_has_become_invisible(gallery, visitor):
    cursor = page(visitor, limit=10).next
    second = page(visitor, cursor=cursor, limit=10)
    catalog_services.like(viewer=visitor, image=gallery["family2"][0])
    gone = second.entries[3].card.id
    Image.objects.filter(pk=gone).update(visibility="private")

    again = page(visitor, cursor=cursor, limit=10)

    assert ids(again) == [image for image in ids(second) if image != gone]
    assert [entry.reason.kind for entry in again.entries][:3] == [entry.reason.kind for entry in second.entries][:3]


def test_the_next_page_follows_the_newest_reaction_and_repeats_nothing(gallery, visitor):
    first = page(visitor, limit=10)
    catalog_services.like(viewer=visitor, image=gallery["family3"][0])

    second = page(visitor, cursor=first.next, limit=10)

    assert not set(ids(first)) & set(ids(second))
    assert share(second, "family3") >= 4


def test_own_liked_dismissed_and_seen_pictures_are_left_out(gallery, make_user):
    person = make_user()
    viewer = Viewer(user_id=person.pk)
    own = make_image(owner=person)
    liked, dismissed, seen = gallery["family0"][:3]
    catalog_services.like(viewer=viewer, image=liked)
    services.dismiss(viewer=viewer, image=dismissed)
    services.record_open(viewer=viewer, image_id=seen.pk, now=timezone.now())

    found = ids(page(viewer, limit=40))

    assert not {own.pk, liked.pk, dismissed.pk, seen.pk} & set(found)


def test_being_shown_three_times_is_being_seen_and_once_is_not(gallery, visitor):
    image = gallery["family0"][0]
    for _ in range(3):
        shown = page(visitor, refresh=True)
        event = {"kind": "impression", "image": image.pk, "feed": shown.feed_id, "position": 0}
        assert image.pk in ids(page(visitor, limit=48))
        accepted, refused = services.record_events(viewer=visitor, events=[event, event], now=timezone.now())
        assert (accepted, refused) == (2, [])

    assert Event.objects.count() == 3
    assert image.pk not in ids(page(visitor, refresh=True, limit=47))


def test_seen_pictures_come_back_under_seen_before_the_longest_ago_first(gallery, visitor):
    everything = [image for family in gallery.values() for image in family]
    now = timezone.now()
    for number, image in enumerate(everything[:-5]):
        services.record_open(
            viewer=visitor, image_id=image.pk, now=now + dt.timedelta(seconds=number) - dt.timedelta(hours=1)
        )

    shown = page(visitor, limit=12)

    assert shown.seen_before == 5
    assert set(ids(shown)[:5]) == {image.pk for image in everything[-5:]}
    assert ids(shown)[5:] == [image.pk for image in everything[:7]]


def test_what_was_seen_before_is_announced_once_and_in_the_right_place(gallery, visitor):
    everything = [image for family in gallery.values() for image in family]
    for image in everything[:-5]:
        services.record_open(viewer=visitor, image_id=image.pk, now=timezone.now())
    first = page(visitor, limit=6)
    second = page(visitor, cursor=first.next, limit=6)
    assert (first.seen_before, second.seen_before) == (5, None)

    Image.objects.filter(pk=ids(first)[0]).update(visibility="private")
    again = make_cursor("feed", walk=uuid.UUID(first.feed_id).hex, page=0)

    assert page(visitor, cursor=again).seen_before == 4


def test_everything_seen_is_said_and_can_be_begun_again(gallery, visitor):
    everything = [image for family in gallery.values() for image in family]
    for image in everything:
        services.record_open(viewer=visitor, image_id=image.pk, now=timezone.now())
    assert page(visitor).state == "exhausted"

    services.start_again(viewer=visitor, now=timezone.now())

    assert page(visitor).state == "ready"
    assert page(visitor).seen_before is None


def test_seen_pictures_return_after_a_month(gallery, visitor):
    image = gallery["family0"][0]
    services.record_open(viewer=visitor, image_id=image.pk, now=timezone.now() - dt.timedelta(days=31))

    assert image.pk in walk(visitor, limit=24)


def test_an_empty_catalogue_is_said(visitor, db):
    assert page(visitor).state == "empty"


def test_without_an_index_the_newest_are_shown(make_user, visitor):
    owner = make_user()
    old, new = make_image(owner=owner), make_image(owner=owner)

    shown = page(visitor)

    assert ids(shown) == [new.pk, old.pk]
    assert {entry.reason.kind for entry in shown.entries} == {"newest"}


def test_a_damaged_index_is_not_served_and_the_newest_are_shown(gallery, visitor):
    release = store.serving(Release.Kind.INDEX)
    for name in store.arrays_of(release.manifest):
        (store.folder() / name).write_bytes(b"damaged")
    store.forget()

    shown = page(visitor)

    assert shown.fallback
    assert len(shown.entries) == 24
    assert rebuild.is_behind(key="drawn-for-tests")
    rebuild.publish_index(key="drawn-for-tests", now=timezone.now())
    assert not page(visitor, refresh=True).fallback


def test_reasons_name_a_like_of_the_viewer_and_without_it_the_score_falls(gallery, visitor):
    for slug in ("family1", "family4"):
        for image in gallery[slug][:2]:
            catalog_services.like(viewer=visitor, image=image)
    shown = page(visitor, limit=20)
    named = [entry for entry in shown.entries if entry.reason.kind in ("look", "people")]
    assert len(named) >= 8

    for entry in named:
        (liked,) = entry.reason.images
        like = Like.objects.of(visitor).get(image=liked.id)
        like.delete()
        scores = {other.card.id: other.score for other in page(visitor, limit=48).entries}
        assert scores[entry.card.id] < entry.score
        like.pk = None
        like.save()


def test_a_private_picture_is_in_nobodys_feed_and_in_nobodys_reason(gallery, visitor):
    liked = gallery["family1"][0]
    catalog_services.like(viewer=visitor, image=liked)
    Image.objects.filter(pk=liked.pk).update(visibility="private", title="Secret")

    shown = page(visitor, limit=48)

    assert all(liked.pk not in {image.id for image in entry.reason.images} for entry in shown.entries)
    assert "Secret" not in str([entry.reason.text for entry in shown.entries])


def test_somebody_elses_cursor_is_refused(gallery, visitor):
    cursor = page(visitor).next

    with pytest.raises(BadCursor):
        page(Viewer(visitor=uuid.uuid4()), cursor=cursor)


def test_two_requests_for_one_page_are_given_the_same_one(gallery, visitor):
    cursor = page(visitor, limit=6).next
    late = walks.named(cursor, visitor)
    shown = page(visitor, cursor=cursor, limit=6)

    kept = late.keep(walks.Kept([Place(image=1, score=0.0, kind="newest")]), now=timezone.now())

    assert [place.image for place in kept.places] == ids(shown)
    assert ids(page(visitor, cursor=cursor, limit=6)) == ids(shown)


def test_a_walk_that_was_ended_while_its_page_was_made_stays_ended(gallery, visitor):
    late = walks.named(page(visitor, limit=6).next, visitor)
    services.start_again(viewer=visitor, now=timezone.now())

    with pytest.raises(BadCursor):
        late.keep(walks.Kept([]), now=timezone.now())
    assert not Feed.objects.exists()


def test_filters_too_long_to_tell_apart_by_name_never_give_each_others_list(gallery, visitor):
    tags = tuple(f"{number}-{'x' * 76}" for number in range(4))
    page(visitor, where=GalleryFilter(tags=(*tags, "one")))

    row = Feed.objects.get(pk=page(visitor, where=GalleryFilter(tags=(*tags, "other"))).feed_id)

    assert row.release["where"]["tags"][-1] == "other"


def test_filters_narrow_the_feed(gallery, visitor):
    shown = page(visitor, where=GalleryFilter(category="family2"))

    assert sorted(ids(shown)) == sorted(image.pk for image in gallery["family2"])


def test_trending_puts_what_people_like_now_first(gallery, visitor, make_user):
    hot = gallery["family5"][1]
    for number in range(4):
        fan = make_user(f"fan{number}", date_joined=timezone.now() - dt.timedelta(days=9))
        catalog_services.like(viewer=Viewer(user_id=fan.pk), image=hot)
    rebuild.publish_people(now=timezone.now())

    shown = page(visitor, tab="trending")

    assert (shown.entries[0].card.id, shown.entries[0].reason.kind) == (hot.pk, "trending")


def test_fresh_accounts_move_nothing_into_trending(gallery, visitor, make_user):
    pushed = gallery["family5"][1]
    for number in range(10):
        catalog_services.like(viewer=Viewer(user_id=make_user(f"fresh{number}").pk), image=pushed)
    rebuild.publish_people(now=timezone.now())

    assert {entry.reason.kind for entry in page(visitor, tab="trending").entries} == {"newest"}


def test_a_walk_is_reused_until_refresh_or_silence(gallery, visitor):
    now = timezone.now()
    seed = Feed.objects.get(pk=feed.build(viewer=visitor, now=now).feed_id).seed

    def seed_of(**asked) -> int:
        return Feed.objects.get(pk=feed.build(viewer=visitor, **asked).feed_id).seed

    assert seed_of(now=now + dt.timedelta(minutes=29)) == seed
    assert seed_of(now=now + dt.timedelta(minutes=29 + 31)) != seed
    assert seed_of(now=now + dt.timedelta(minutes=61), refresh=True) != seed


def test_the_cost_of_a_page_does_not_grow_with_its_rows(gallery, visitor, connection_queries):
    catalog_services.like(viewer=visitor, image=gallery["family1"][0])

    def cost(limit: int) -> int:
        page(visitor, limit=limit)
        with connection_queries() as captured:
            page(visitor, limit=limit)
        return len(captured)

    assert cost(6) == cost(24) <= 25


def test_fifty_fresh_accounts_move_nothing_into_anybodys_first_trending_cards(gallery, make_user, visitor):
    long_ago = timezone.now() - dt.timedelta(days=30)
    pictures = [image for family in gallery.values() for image in family]
    pushed, others = pictures[0], pictures[1:]
    for number in range(2):
        fan = Viewer(user_id=make_user(date_joined=long_ago).pk)
        for image in others[number * 5 : number * 5 + 5]:
            catalog_services.like(viewer=fan, image=image)
    fresh = [Viewer(user_id=make_user().pk) for _ in range(50)]
    Image.objects.filter(pk=pushed.pk).update(created_at=timezone.now() - dt.timedelta(days=9))
    before = places_of_all(pushed, visitor, fresh[0])

    for account in fresh:
        catalog_services.like(viewer=account, image=pushed)
    rebuild.publish_people(now=timezone.now())

    assert before == [False, False]
    assert places_of_all(pushed, visitor, *fresh[:5], Viewer(visitor=uuid.uuid4())) == [False] * 7


def places_of_all(image: Image, *viewers: Viewer) -> list[bool]:
    """Whether the picture is among the first 24 trending cards of each."""
    return [image.pk in ids(page(viewer, tab="trending", limit=24, refresh=True)) for viewer in viewers]
