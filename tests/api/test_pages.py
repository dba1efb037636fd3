"""{"next", "previous", "results"}: following the addresses walks a list once, there and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Image
from tests.api.callers import assert_problem
from tests.factories import machine_tag, make_category, make_findable, make_image

LISTS = [
    "images/",
    "images/?ordering=oldest",
    "images/?ordering=likes",
    "images/?q=lake",
    "images/?ordering=relevance",
    "feed/",
    "feed/?tab=newest",
    "tags/",
    "categories/",
]


def walk(caller, path: str) -> list[list]:
    pages = []
    address: str | None = path
    while address:
        answer = caller.get(address)
        assert answer.status == 200, answer.raw
        assert set(answer.json) == {"next", "previous", "results"}
        pages.append(answer.json["results"])
        address = answer.json["next"]
        assert address is None or address.startswith("http://testserver/api/v1/")
        assert len(pages) < 50
    return pages


def key_of(row: dict) -> object:
    return row.get("slug") or row.get("id") or row["image"]["id"]


@pytest.fixture
def gallery(cast):
    nature = make_category("nature")
    for number in range(6):
        make_image(owner=cast.users.owner, title=f"Lake {number}", tags=[f"tag{number}"], category=nature)
        make_category(f"part{number}", parent=nature)
    return cast


@pytest.mark.parametrize("path", LISTS)
def test_pages_neither_repeat_nor_skip(gallery, path):
    mark = "&" if "?" in path else "?"
    whole = [key_of(row) for page in walk(gallery.anonymous, f"{path}{mark}limit=100") for row in page]

    pages = walk(gallery.anonymous, f"{path}{mark}limit=2{'&refresh=1' if 'feed' in path else ''}")

    assert [len(page) for page in pages[:-1]] == [2] * (len(pages) - 1)
    parts = [key_of(row) for page in pages for row in page]
    assert len(parts) == len(set(parts))
    assert set(parts) == set(whole)
    if path != "feed/":
        assert parts == whole


@pytest.mark.parametrize("path", [path for path in LISTS if "feed" not in path])
def test_the_way_back_leads_over_the_same_pages(gallery, path):
    mark = "&" if "?" in path else "?"
    first = gallery.anonymous.get(f"{path}{mark}limit=2")
    second = gallery.anonymous.get(first.json["next"])
    assert first.json["previous"] is None

    back = gallery.anonymous.get(second.json["previous"])

    assert back.json["results"] == first.json["results"]


def test_the_feed_knows_no_way_back(gallery):
    first = gallery.anonymous.get("feed/?limit=2")
    second = gallery.anonymous.get(first.json["next"])

    assert first.json["previous"] is None
    assert second.json["previous"] is None


def test_a_page_has_twenty_four_unless_told(cast):
    for number in range(25):
        make_image(owner=cast.users.owner, title=f"Lake {number}")

    for path in ("images/", "images/?q=lake", "feed/", "feed/?tab=newest"):
        assert len(cast.anonymous.get(path).json["results"]) == 24


def test_addresses_keep_what_was_asked_for(gallery):
    answer = gallery.anonymous.get("images/?limit=1&tag=blue&tag=water&nonsense=1&ordering=oldest")
    assert answer.json["next"] is None

    answer = gallery.anonymous.get("images/?limit=1&category=nature&ordering=oldest")
    for part in ("limit=1", "category=nature", "ordering=oldest", "cursor="):
        assert part in answer.json["next"]


def test_an_address_is_on_the_host_that_was_asked(gallery, settings):
    settings.ALLOWED_HOSTS = ["pictures.example"]

    answer = gallery.anonymous.get("images/?limit=1", headers={"Host": "pictures.example"})

    assert answer.json["next"].startswith("http://pictures.example/api/v1/images/?")
    assert answer.json["results"][0]["url"].startswith("http://pictures.example/images/")


def test_a_bad_limit_is_a_bad_value(cast):
    for path in ("images/?q=lake", "images/?", "feed/?", "tags/?", "categories/?"):
        for limit in ("0", "101", "-1", "x", "1.5", "9" * 30, "%00"):
            problem = assert_problem(cast.anonymous.get(f"{path}&limit={limit}"), 400, "invalid")
            assert list(problem["errors"]) == ["limit"]


@pytest.mark.parametrize("path", LISTS)
def test_a_bad_cursor_is_a_bad_value(cast, path):
    mark = "&" if "?" in path else "?"
    for cursor in ("nonsense", "W10", "é", "a:b", "x" * 5000):
        problem = assert_problem(cast.anonymous.get(f"{path}{mark}cursor={cursor}"), 400, "invalid")
        assert list(problem["errors"]) == ["cursor"]


def test_the_cursor_of_another_list_is_a_bad_value(gallery):
    address = gallery.anonymous.get("images/?limit=1").json["next"]
    cursor = address.partition("cursor=")[2].partition("&")[0]

    assert_problem(gallery.anonymous.get(f"images/?ordering=likes&cursor={cursor}"), 400)
    assert_problem(gallery.anonymous.get(f"tags/?cursor={cursor}"), 400)
    assert_problem(gallery.anonymous.get(f"feed/?cursor={cursor}"), 400)


def test_the_cursor_of_somebody_elses_feed_is_a_bad_value(gallery):
    address = gallery.anonymous.get("feed/?limit=1").json["next"]

    assert_problem(gallery.stranger.get(address), 400, "invalid")


def test_unknown_parameters_are_ignored(cast):
    assert cast.anonymous.get("images/?nonsense=1&page=7&format=xml").status == 200
    assert cast.anonymous.get("feed/?nonsense=1").status == 200


@pytest.mark.parametrize("path", [*LISTS, "people/ada/"])
def test_twice_the_rows_cost_the_same_queries(gallery, path):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert gallery.stranger.get(path).status == 200
        return len(captured)

    images = list(Image.objects.filter(state="ready", visibility="public"))
    for image in images:
        machine_tag(image, "water", 0.9)
    make_findable({image: [1.0, number] for number, image in enumerate(images)})
    queries()
    few = queries()

    more = [make_image(owner=gallery.users.owner, title=f"Lake {n}", tags=[f"more{n}"]) for n in range(len(images))]
    for image in more:
        machine_tag(image, "water", 0.9)
    make_findable({image: [1.0, -number] for number, image in enumerate(more)})

    queries()
    assert queries() == few
