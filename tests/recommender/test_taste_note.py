"""The line above the cards that a reaction has moved names what has really moved, and nothing else."""

import numpy as np
import pytest
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import Image
from recommender import services
from recommender.engine.selection import draw
from recommender.feed.moves import Moves
from recommender.models import Feed
from tests.factories import make_category, make_findable, make_image
from tests.recommender.walking import ids, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallery(make_user, visitor):
    """Two categories that look different, twelve pictures each; the visitor's walks explore nothing at their start."""
    owner, rng = make_user("owner"), np.random.default_rng(0)
    looks, families = {}, {}
    for number, slug in enumerate(("reefs", "shoes")):
        category = make_category(slug)
        families[slug] = [make_image(owner=owner, category=category) for _ in range(12)]
        for image in families[slug]:
            looks[image] = np.eye(8)[number] + 0.3 * rng.random(8)
    make_findable(looks)
    page(visitor, limit=1)
    quiet = next(seed for seed in range(100) if not any(draw(seed=seed, position=place)[0] for place in range(40)))
    Feed.objects.of(visitor).update(seed=quiet)
    return families


def test_moves_are_what_entered_and_what_left():
    assert Moves.between([1, 2, 3], [4, 1, 2]) == Moves(up=(4,), down=(3,))
    assert Moves.between([1, 2], [2, 1]) == Moves(reordered=True)
    assert Moves.between([1, 2], [1, 2]) == Moves()


def test_after_a_like_the_next_page_says_what_it_moved(gallery, visitor):
    first = page(visitor, limit=4)
    unmoved = ids(page(visitor, limit=12))[4:10]
    catalog_services.like(viewer=visitor, image=gallery["reefs"][0])

    shown = page(visitor, cursor=first.next, limit=6)

    would = [image for image in unmoved if image != gallery["reefs"][0].pk]
    up = [image for image in ids(shown) if image not in would]
    reefs = {image.pk for image in gallery["reefs"]}
    assert set(up) <= reefs
    assert up
    down = [image for image in would if image not in ids(shown)][: len(up)]
    more = len(up) - len(set(down) & reefs)
    assert shown.note.text == f"Because of you: {more} more of “Reefs”, {more} fewer of “Shoes”"
    assert shown.note.short == f"{more} more of “Reefs”, {more} fewer of “Shoes”"
    again = page(visitor, cursor=first.next, limit=6)
    assert (ids(again), again.note) == (ids(shown), None)


def test_what_changes_nothing_says_so(gallery, visitor):
    services.pause(viewer=visitor, now=timezone.now())
    first = page(visitor, limit=4)
    services.dismiss(viewer=visitor, image=Image.objects.get(pk=ids(first)[0]))

    assert page(visitor, cursor=first.next, limit=6).note.text == "Nothing changed"


def test_what_was_hidden_meanwhile_is_no_move(gallery, visitor):
    services.pause(viewer=visitor, now=timezone.now())
    first, unmoved = page(visitor, limit=4), ids(page(visitor, limit=8))
    Image.objects.filter(pk=unmoved[5]).update(hidden_at=timezone.now())
    catalog_services.like(viewer=visitor, image=Image.objects.get(pk=unmoved[0]))

    assert page(visitor, cursor=first.next, limit=6).note.text == "Nothing changed"


def test_where_it_is_not_known_what_would_have_come_there_is_no_line(gallery, visitor):
    first = page(visitor, limit=4)
    Feed.objects.of(visitor).update(ahead=[])
    catalog_services.like(viewer=visitor, image=gallery["reefs"][0])

    assert page(visitor, cursor=first.next, limit=6).note is None


def test_without_a_reaction_there_is_no_line(gallery, visitor):
    first = page(visitor, limit=4)

    assert page(visitor, cursor=first.next, limit=6).note is None


def test_the_line_stands_above_the_cards(gallery, client, make_user):
    client.force_login(make_user("ada"))
    first = client.get("/api/v1/feed/?limit=6").json()
    liked = first["results"][0]["image"]["id"]
    client.post(f"/images/{liked}/like")
    cursor = first["next"].partition("cursor=")[2].partition("&")[0]

    answer = client.get(f"/?cursor={cursor}", headers={"HX-Request": "true"}).content.decode()

    assert answer.index('role="status"') < answer.index("<article")
