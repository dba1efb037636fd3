"""What two pictures share, asked for, found and kept; and a part of a like that is not meant."""

import datetime as dt
import io
import re

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from catalog import intake, processing, throttles
from catalog import services as catalog_services
from catalog.models import Image, Like, State
from catalog.viewers import Viewer
from recommender import feed, pairs, queries, rebuild, services, store
from recommender.models import MaskedRegion, MatchedRegions
from tests.factories import MODEL, machine_tag, make_findable, make_image
from tests.recommender.engine.drawings import draw

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BOX, OTHER_BOX = [0.1, 0.1, 0.5, 0.5], [0.2, 0.3, 0.6, 0.7]


@pytest.fixture
def world(make_user):
    """Somebody likes a picture that is two things; others are one of them, or neither."""
    owner, person = make_user("owner"), make_user("ada")
    names = ("liked", "one", "other", "neither")
    images = {name: make_image(owner=owner, title=name.capitalize()) for name in names}
    vectors = ([1, 1, 0], [1, 0, 0.2], [0, 1, 0.2], [0, 0, 1])
    make_findable(dict(zip(images.values(), map(np.array, vectors), strict=True)))
    store.forget()
    catalog_services.like(viewer=Viewer(user_id=person.pk), image=images["liked"])
    return images | {"person": person, "viewer": Viewer(user_id=person.pk)}


def match(first: Image, second: Image, *, key: str = MODEL) -> MatchedRegions:
    """Regions of a pair as if they had been found: BOX in the first, OTHER_BOX in the second."""
    boxes = {first.pk: BOX, second.pk: OTHER_BOX}
    one, two = sorted(boxes)
    found = {"first": boxes[one], "second": boxes[two], "falls": [0.1, 0.2]}
    return MatchedRegions.objects.create(first_id=one, second_id=two, model_key=key, state=State.READY, found=found)


def mask(world, vector: list[float], *, key: str = MODEL) -> MaskedRegion:
    """A mask of the liked picture without which it looks like this."""
    features = np.zeros(1280, "<f2")
    features[: len(vector)] = vector
    return MaskedRegion.objects.create(
        image=world["liked"], user=world["person"], box=BOX, model_key=key, features=features.tobytes()
    )


def scores(world) -> dict[int, float]:
    page = feed.build(viewer=world["viewer"], now=timezone.now())
    return {entry.card.id: entry.score for entry in page.entries}


def listed(world) -> list[tuple]:
    page = feed.build(viewer=world["viewer"], now=timezone.now())
    return [(entry.card.id, entry.score, entry.reason) for entry in page.entries]


def why(image: Image, because: Image) -> str:
    return f"/images/{image.pk}/why/?because={because.pk}"


# The taste


def test_a_mask_takes_the_part_out_of_the_taste_and_back_again(world):
    before, list_before = scores(world), listed(world)

    made = mask(world, [0, 1, 0])

    after = scores(world)
    assert after[world["one"].pk] < before[world["one"].pk]
    assert after[world["other"].pk] > before[world["other"].pk]
    made.delete()
    assert listed(world) == list_before


def test_the_newest_mask_of_a_picture_counts(world):
    index = store.index()
    mask(world, [0, 1, 0])
    mask(world, [0, 0, 1])

    masked = queries.masked(index, world["viewer"], chosen=queries.choices(world["viewer"]))

    assert masked.rows.tolist() == index.ids.rows([world["liked"].pk]).tolist()
    expected = np.zeros((1, 1280), np.float32)
    expected[0, 2] = 1
    np.testing.assert_array_equal(masked.vectors, index.projection.apply(expected))


def test_a_mask_of_other_eyes_or_of_somebody_else_changes_nothing(world, visitor, make_user):
    before = listed(world)
    mask(world, [0, 1, 0], key="other-eyes")
    MaskedRegion.objects.filter(user=world["person"]).update(user=make_user("bob"))

    assert queries.masked(store.index(), visitor, chosen=queries.choices(visitor)) is None
    assert listed(world) == before


def test_what_is_masked_during_a_pause_does_not_count(world):
    services.pause(viewer=world["viewer"], now=timezone.now())
    before = listed(world)
    mask(world, [0, 1, 0])

    assert listed(world) == before
    services.resume(viewer=world["viewer"])
    assert listed(world) != before


# Finding


def drawn_image(owner, ground: str, *, left: int, top: int) -> Image:
    """A decoded picture of a scene with an orange in it."""
    scene = draw(ground, height=256, width=320).copy()
    scene[top : top + 96, left : left + 96] = draw("orange", height=96, width=96)
    buffer = io.BytesIO()
    Pillow.fromarray(scene).save(buffer, "PNG")
    file = buffer.getvalue()
    original = intake.open_upload(io.BytesIO(file), declared_size=len(file), limit=10**6)
    image = catalog_services.add_image(owner=owner, original=original)
    processing.process_image(image.pk, now=timezone.now())
    image.refresh_from_db()
    return image


def test_a_pair_is_found_once_and_a_liked_part_can_be_masked(make_user, eyes, django_capture_on_commit_callbacks):
    owner = make_user()
    viewer, now = Viewer(user_id=owner.pk), timezone.now()
    one = drawn_image(owner, "seashore", left=150, top=30)
    two = drawn_image(owner, "tabby", left=60, top=120)
    catalog_services.like(viewer=viewer, image=one)
    key = rebuild.model_key()

    with django_capture_on_commit_callbacks(execute=True) as sent:
        for pair in ((one, two), (two, one)):
            services.find_regions(image_id=pair[0].pk, other_id=pair[1].pk, key=key, now=now)

    assert len(sent) == 1
    row = MatchedRegions.objects.get()
    left, top, right, bottom = row.box_of(one.pk)
    assert left <= 198 / 320 <= right, "the middle of the orange"
    assert top <= 78 / 256 <= bottom
    made = services.mask_region(viewer=viewer, liked=one, shown=two, key=key, now=now)
    again = services.mask_region(viewer=viewer, liked=one, shown=two, key=key, now=now)
    assert again == made
    assert made.box == row.box_of(one.pk)
    masked = np.frombuffer(made.features, "<f2")
    MaskedRegion.objects.update(model_key="older", features=b"")
    assert rebuild.renew_masks() == 1
    made.refresh_from_db()
    assert made.model_key == key
    np.testing.assert_array_equal(np.frombuffer(made.features, "<f2"), masked)


def test_a_pair_that_cannot_be_found_fails_with_a_reason_and_can_be_asked_for_again(world, eyes):
    now = timezone.now()
    key = rebuild.model_key()
    Image.objects.filter(pk=world["one"].pk).update(rendition_token="gone")
    row = services.find_regions(image_id=world["liked"].pk, other_id=world["one"].pk, key=key, now=now)

    assert not rebuild.match_regions(row.pk, now=now)

    row.refresh_from_db()
    assert (row.state, row.error_code) == (State.FAILED, "no-rendition")
    later = now + dt.timedelta(minutes=5)
    again = services.find_regions(image_id=world["liked"].pk, other_id=world["one"].pk, key=key, now=later)
    assert (again.state, again.created_at) == (State.PENDING, later)
    assert rebuild.due_regions(now=later) == [again.pk]


def test_pairs_of_other_eyes_and_of_long_ago_are_forgotten(world, eyes):
    now = timezone.now()
    kept = match(world["liked"], world["one"], key=rebuild.model_key())
    match(world["liked"], world["other"], key="other-eyes")
    old = match(world["liked"], world["neither"], key=rebuild.model_key())
    MatchedRegions.objects.filter(pk=old.pk).update(created_at=now - dt.timedelta(days=100))

    rebuild.forget_regions(now=now)

    assert list(MatchedRegions.objects.all()) == [kept]


def test_what_is_not_liked_or_not_known_cannot_be_masked(world):
    now = timezone.now()
    match(world["one"], world["other"])
    for liked, shown in ((world["one"], world["other"]), (world["liked"], world["one"])):
        with pytest.raises(services.NoSuchRegion):
            services.mask_region(viewer=world["viewer"], liked=liked, shown=shown, key=MODEL, now=now)

    assert not MaskedRegion.objects.exists()


# The page


def test_asking_why_begins_the_search_and_shows_it_when_it_is_done(world, client_of):
    client = client_of(world["person"])
    machine_tag(world["liked"], "sea", 0.9)
    both = [catalog_services.MachineTag(slug, slug.capitalize(), 0.8) for slug in ("sea", "boat")]
    catalog_services.set_machine_tags(image_id=world["one"].pk, tags=both)

    waiting = client.get(why(world["one"], world["liked"]), headers=HTMX).content.decode()

    assert 'data-why="waiting"' in waiting
    assert "load delay" in waiting
    assert "Looking for what they share" in waiting
    row = MatchedRegions.objects.get()
    assert (row.state, row.model_key) == (State.PENDING, MODEL)
    MatchedRegions.objects.all().delete()
    match(world["liked"], world["one"])
    ready = client.get(why(world["one"], world["liked"]), headers=HTMX).content.decode()
    assert 'data-why="ready"' in ready
    assert re.findall(r'data-outline="([^"]+)"', ready) == ["100 100 400 400", "200 300 400 400"]
    assert "hx-get" not in ready
    assert "tag=sea" in ready
    assert "tag=boat" not in ready
    assert "Not this part" in ready
    page = client.get(why(world["one"], world["liked"])).content.decode()
    assert "<h1>" in page


@pytest.mark.parametrize(
    ("stored", "seconds_ago", "state", "words"),
    [
        (State.FAILED, 0, "failed", "stands without outlines"),
        (State.PENDING, 1, "waiting", "Looking for"),
        (State.PENDING, 10, "slow", "a little longer"),
        (State.PENDING, 40, "late", "longer than usual"),
        (State.PENDING, 7200, "failed", "stands without outlines"),
        (State.READY, 0, "whole", "as a whole"),
    ],
)
def test_every_state_is_said(world, client_of, stored, seconds_ago, state, words):
    row = match(world["liked"], world["one"])
    since = timezone.now() - dt.timedelta(seconds=seconds_ago)
    MatchedRegions.objects.filter(pk=row.pk).update(found={}, state=stored, created_at=since)

    answer = client_of(world["person"]).get(why(world["one"], world["liked"]), headers=HTMX).content.decode()

    assert f'data-why="{state}"' in answer
    assert words in answer
    assert "data-outline" not in answer
    assert "Not this part" not in answer


def test_why_is_only_for_who_may_see_both(world, client_of, make_user):
    hidden = make_image(owner=make_user("eve"), visibility="private", title="Hidden harbour")
    client = client_of(world["person"])
    addresses = [
        why(world["one"], hidden),
        why(hidden, world["one"]),
        why(world["one"], world["one"]),
        f"/images/{world['one'].pk}/why/",
        f"/images/{world['one'].pk}/why/?because=12345678901234567890",
        f"/images/{world['one'].pk}/why/?because=x",
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 6
    assert not MatchedRegions.objects.exists()


def test_too_many_questions_are_answered_without_a_search(world, client_of):
    for _ in range(throttles.WHY.most):
        throttles.knock(throttles.WHY, f"user:{world['person'].pk}")

    answer = client_of(world["person"]).get(why(world["one"], world["liked"]), headers=HTMX)

    assert 'data-why="failed"' in answer.content.decode()
    assert not MatchedRegions.objects.exists()


def test_not_this_part_and_back_by_the_buttons(world, client_of, eyes):
    client = client_of(world["person"])
    match(world["liked"], world["one"])
    address = f"/images/{world['liked'].pk}/mask?shown={world['one'].pk}"

    masked = client.post(address, headers=HTMX)

    assert '"masked": true' in masked.headers["HX-Trigger-After-Swap"]
    assert "no longer counts" in masked.content.decode()
    row = MaskedRegion.objects.get()
    assert (row.user, row.image, row.box) == (world["person"], world["liked"], BOX)
    back = client.post(address, {"masked": "false"})
    assert back.status_code == 302
    assert not MaskedRegion.objects.exists()


def test_who_has_not_liked_it_is_told_so_and_nothing_is_kept(world):
    match(world["liked"], world["one"])

    answer = Client().post(f"/images/{world['liked'].pk}/mask?shown={world['one'].pk}", headers=HTMX)

    assert 'role="alert"' in answer.content.decode()
    assert "HX-Trigger-After-Swap" not in answer.headers
    assert not MaskedRegion.objects.exists()


def test_browsing_privately_nothing_is_masked(world, client_of):
    now = timezone.now()
    services.browse_privately(viewer=world["viewer"], now=now, until=now + dt.timedelta(minutes=30))
    match(world["liked"], world["one"])

    answer = client_of(world["person"]).post(f"/images/{world['liked'].pk}/mask?shown={world['one'].pk}", headers=HTMX)

    assert "browsing privately" in answer.content.decode()
    assert not MaskedRegion.objects.exists()


def test_a_visitors_masks_become_the_persons(world, visitor, make_user):
    person = make_user("new")
    row = mask(world, [0, 1])
    MaskedRegion.objects.filter(pk=row.pk).update(user=None, visitor=visitor.visitor)

    services.adopt(visitor=visitor.visitor, user=person)

    assert MaskedRegion.objects.get().user == person


def test_a_pair_has_no_order(world):
    row = match(world["liked"], world["one"])

    for one, other in ((world["liked"], world["one"]), (world["one"], world["liked"])):
        assert queries.matched_regions(one.pk, other.pk, key=MODEL) == row
        pair = pairs.build(viewer=world["viewer"], image_id=one.pk, because_id=other.pk, now=timezone.now())
        assert pair.shown.card.id == one.pk
        assert pair.state == "ready"
    assert Like.objects.count() == 1
