"""P8: a picture that is made private, unlisted or hidden, or deleted, is at once out of every place it should leave.

Everything is asked before and after, by the same people, with whatever the site keeps in memory still kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from catalog import services, storage
from catalog.models import Image
from catalog.viewers import Viewer
from recommender import rebuild
from tests.factories import make_category

pytestmark = pytest.mark.django_db

TITLE, TAG = "Hidden harbour", "lighthouse-keeper"


def become(visibility: str) -> Callable[[Image], object]:
    return lambda image: services.edit_image(image=image, visibility=visibility)


def only(image: Image) -> QuerySet[Image]:
    return Image.objects.filter(pk=image.pk)


WAYS = {
    "private": become("private"),
    "unlisted": become("unlisted"),
    "hidden": lambda image: services.hide(images=only(image)),
    "deleted": lambda image: services.delete_image(image=image),
}
"""How a picture leaves."""


@dataclass
class World:
    target: Image
    others: list[Image]
    people: dict[str, Any]
    media: str
    photo: bytes
    clients: dict[str, Client] = field(default_factory=dict)
    cursors: dict[str, list[str]] = field(default_factory=dict)

    def lists(self, name: str) -> Iterator[str]:
        """Every address at which this person finds pictures, old pages of their feeds included."""
        other = self.others[0].pk
        yield from ("/", "/?tab=newest", "/?tab=trending", "/?category=harbours", f"/?tag={TAG}", "/?owner=owner")
        yield from ("/search/?q=harbour", "/search/?category=harbours", f"/search/?tag={TAG}", "/search/?owner=owner")
        yield from (f"/search/?colour={self.target.colour.lstrip('#')}", "/people/owner/", f"/images/{other}/similar/")
        yield from (
            f"/images/{other}/?from={self.target.pk}",
            "/people/owner/?tab=likes",
            f"/upload/?images={self.target.pk}",
        )
        yield from (f"/api/v1/images/{query}" for query in ("", "?q=harbour", "?category=harbours", f"?tag={TAG}"))
        yield from ("/api/v1/images/?owner=owner", f"/api/v1/images/?colour={self.target.colour.lstrip('#')}")
        yield from (f"/api/v1/images/{other}/similar/?mode={mode}" for mode in ("blend", "look", "people", "tags"))
        yield from ("/api/v1/feed/", "/api/v1/feed/?tab=newest", "/api/v1/feed/?tab=trending", "/api/v1/people/owner/")
        yield from self.cursors.get(name, ())

    def is_named(self, body: str) -> bool:
        """Its title, its page, its files or its key as data; the addresses that were asked for are often repeated."""
        pk = self.target.pk
        return any(sign in body for sign in (TITLE, f"/images/{pk}/", f"/media/{pk}/", f'"id":{pk},'))

    def is_a_card_in(self, body: str) -> bool:
        pk = self.target.pk
        return f'id="image-{pk}"' in body or f'{{"id":{pk},"url"' in body

    def read(self, name: str, address: str) -> str:
        answer = self.clients[name].get(address)
        assert answer.status_code in (200, 302), (name, address, answer.status_code)
        return answer.content.decode()

    def status(self, name: str, address: str, **headers: str) -> int:
        return self.clients[name].get(address, headers=headers).status_code

    def search_by_photo(self, name: str, address: str) -> str:
        photo = SimpleUploadedFile("photo.jpg", self.photo, content_type="image/jpeg")
        return self.clients[name].post(address, {"file": photo}).content.decode()

    def counts(self, name: str) -> tuple[int, int, int]:
        """How many pictures the category, the tag and the person are said to have."""
        client = self.clients[name]
        categories = {row["slug"]: row for row in client.get("/api/v1/categories/").json()["results"]}
        tags = {row["slug"]: row for row in client.get(f"/api/v1/tags/?q={TAG}").json()["results"]}
        person = client.get("/api/v1/people/owner/").json()
        return categories["harbours"]["images"], tags.get(TAG, {}).get("images", 0), person["images"]


@pytest.fixture
def world(eyes, make_user, real_image, client_of) -> World:
    """Six public pictures that have been looked at; everybody likes the one that will leave, and has walked past it."""
    people = {"owner": make_user("owner"), "stranger": make_user("stranger"), "visitor": None}
    people["staff"] = make_user("staff", is_staff=True, is_superuser=True)
    target, *others = (real_image(owner=people["owner"]) for _picture in range(6))
    services.edit_image(image=target, title=TITLE, tags=[TAG], category=make_category("harbours"))
    rebuild.embed_images([image.pk for image in (target, *others)], now=timezone.now())
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())
    for person in (people["stranger"], people["staff"], make_user(), make_user()):
        for image in (target, others[0]):
            services.like(viewer=Viewer(user_id=person.pk), image=image)
    rebuild.publish_people(now=timezone.now())
    with storage.originals().open(target.original) as file:
        photo = file.read()
    media = f"/media/{target.pk}/{target.rendition_token}/320.webp"
    world = World(target=target, others=others, people=people, media=media, photo=photo)
    world.clients = {name: client_of(person) for name, person in people.items()}
    world.cursors = {name: [*walked(client)] for name, client in world.clients.items()}
    world.clients["visitor"].put(f"/api/v1/images/{target.pk}/like/")
    return world


def walked(client: Client) -> Iterator[str]:
    """The addresses of all later pages of this person's lists, two pictures each."""
    for tab in ("for-you", "newest", "trending"):
        address = f"/api/v1/feed/?tab={tab}&limit=2&refresh=1"
        while address:
            address = client.get(address).json()["next"]
            if address:
                yield address


NOT_THE_OWNER = ["stranger", "visitor", "staff"]


def test_before_it_leaves_it_is_everywhere(world):
    """Else nothing below would prove anything."""
    for name in NOT_THE_OWNER:
        named = [address for address in world.lists(name) if world.is_a_card_in(world.read(name, address))]
        assert {"/search/?q=harbour", "/people/owner/", "/api/v1/images/", f"/search/?tag={TAG}"} <= set(named)
        assert any("cursor=" in address for address in named)
        assert any("similar" in address for address in named)
        assert world.is_named(world.search_by_photo(name, "/api/v1/search/photo/"))
        assert world.counts(name) == (1, 1, 6)
        assert world.status(name, world.media) == 200
    assert TITLE in world.read("stranger", "/api/v1/feed/?refresh=1")  # as a reason


@pytest.mark.parametrize("way", WAYS)
def test_it_leaves_every_list_count_and_search_at_once(world, way):
    for name in NOT_THE_OWNER:
        for address in ("/", "/api/v1/feed/", f"/images/{world.others[0].pk}/similar/"):
            world.read(name, address)  # what is kept in memory is kept now

    WAYS[way](world.target)

    for name in NOT_THE_OWNER:
        may_open = way == "unlisted" or (name == "staff" and way != "deleted")
        for address in world.lists(name):
            body = world.read(name, address)
            likes = may_open and "tab=likes" in address
            assert likes or not world.is_a_card_in(body), (name, address)
            # A reason may name a like of the viewer's own, and the way here a picture they may open.
            assert may_open or not world.is_named(body), (name, address)
        for address in ("/api/v1/search/photo/", "/search/"):
            assert not world.is_named(world.search_by_photo(name, address)), (name, address)
        assert world.counts(name) == (0, 0, 5)


@pytest.mark.parametrize("way", ["private", "hidden", "deleted"])
def test_its_page_and_files_are_gone_at_their_old_addresses(world, way):
    etag = world.clients["visitor"].get(world.media).headers["ETag"]
    assert world.status("visitor", world.media, **{"If-None-Match": etag}) == 304

    WAYS[way](world.target)

    pk = world.target.pk
    pages = [f"/images/{pk}/", f"/images/{pk}/similar/", f"/api/v1/images/{pk}/", f"/api/v1/images/{pk}/similar/"]
    media = [world.media.replace("320", size) for size in ("320", "640", "1280")]
    for name in ("stranger", "visitor"):
        for address in [*pages, *media]:
            assert world.status(name, address) == 404, (name, address)
        assert world.status(name, world.media, **{"If-None-Match": etag}) == 404
        assert world.status(name, f"/images/{pk}/original") in (302, 404)
        assert world.clients[name].put(f"/api/v1/images/{pk}/like/").status_code == 404
        assert world.clients[name].post(f"/images/{pk}/like").status_code == 404
    assert pk not in cards_in(world.read("stranger", "/people/stranger/?tab=likes"))


def test_an_unlisted_picture_is_opened_by_who_knows_its_address(world):
    WAYS["unlisted"](world.target)

    for name in NOT_THE_OWNER:
        assert world.status(name, f"/images/{world.target.pk}/") == 200
        assert world.status(name, world.media) == 200


def test_files_may_be_kept_for_a_minute_and_by_nobody_in_between(world):
    kept = world.clients["visitor"].get(world.media).headers["Cache-Control"]

    assert kept == "private, max-age=60"


def test_how_an_upload_goes_is_for_its_owner_and_staff(world):
    """Also when the picture itself is public."""
    statuses = {name: world.status(name, f"/upload/{world.target.pk}/") for name in world.clients}

    assert statuses == {"owner": 200, "staff": 200, "stranger": 404, "visitor": 302}


def test_nobody_reads_what_others_like(world):
    for name in NOT_THE_OWNER:
        for person in ("owner", "stranger", "staff"):
            if person == name:
                continue
            body = world.read(name, f"/people/{person}/?tab=likes")
            own = world.read(name, f"/people/{person}/")
            assert cards_in(body) == cards_in(own)


def cards_in(body: str) -> set[int]:
    return {int(part.split('"')[0]) for part in body.split('data-image-id="')[1:]}
