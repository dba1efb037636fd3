"""The gallery and one picture: every field, every filter, every order."""

import datetime as dt

import pytest
from django.utils import timezone

from catalog.models import Image
from tests.api.callers import assert_problem
from tests.factories import machine_tag, make_category, make_image

FIELDS = {
    "id", "url", "title", "description", "owner", "category", "tags", "visibility", "status", "error", "width",
    "height", "created_at", "likes", "liked", "placeholder", "colour", "palette", "renditions", "source", "licence",
}  # fmt: skip


def ids(answer) -> list[int]:
    assert answer.status == 200, answer.raw
    return [image["id"] for image in answer.json["results"]]


def test_a_picture_has_exactly_the_fields_of_the_contract(cast):
    nature = make_category("nature")
    image = make_image(
        owner=cast.users.owner,
        title="Alpine lake",
        description="At dawn.",
        category=make_category("lakes", parent=nature),
        tags=["Still water"],
        source="https://example.org/lake",
        licence="CC BY 4.0",
    )
    machine_tag(image, "mountain", 0.75)
    cast.stranger.put(f"images/{image.pk}/like/")

    found = cast.stranger.get(f"images/{image.pk}/").json

    token = Image.objects.get(pk=image.pk).rendition_token
    assert set(found) == FIELDS
    assert found.pop("created_at") == image.created_at.isoformat().replace("+00:00", "Z")
    assert found.pop("placeholder").startswith("data:image/webp;base64,")
    assert found == {
        "id": image.pk,
        "url": f"http://testserver/images/{image.pk}/",
        "title": "Alpine lake",
        "description": "At dawn.",
        "owner": {"username": "ada", "url": "http://testserver/people/ada/"},
        "category": {"slug": "lakes", "name": "Lakes", "path": ["nature", "lakes"]},
        "tags": [
            {"slug": "still-water", "name": "Still water", "source": "person", "confidence": None},
            {"slug": "mountain", "name": "Mountain", "source": "machine", "confidence": 0.75},
        ],
        "visibility": "public",
        "status": "ready",
        "error": None,
        "width": 8,
        "height": 6,
        "likes": 1,
        "liked": True,
        "colour": "#336699",
        "palette": ["#336699"],
        "renditions": {
            size: f"http://testserver/media/{image.pk}/{token}/{size}.webp" for size in ("320", "640", "1280")
        },
        "source": "https://example.org/lake",
        "licence": "CC BY 4.0",
    }


def test_before_it_is_decoded_a_picture_has_no_pixels(cast):
    found = cast.owner.get(f"images/{cast.queued.pk}/").json

    assert found["status"] == "queued"
    assert found["renditions"] == {}
    assert found["palette"] == []
    assert [found[name] for name in ("error", "width", "height", "placeholder", "colour", "category")] == [None] * 6


def test_the_words_of_the_states(cast):
    words = {"pending": "queued", "processing": "processing", "ready": "ready", "failed": "failed"}
    for state, word in words.items():
        Image.objects.filter(pk=cast.private.pk).update(state=state)
        assert cast.owner.get(f"images/{cast.private.pk}/").json["status"] == word

    Image.objects.filter(pk=cast.private.pk).update(state="ready", findable_at=timezone.now())
    assert cast.owner.get(f"images/{cast.private.pk}/").json["status"] == "findable"


def test_a_failed_picture_says_why(cast):
    found = cast.owner.get(f"images/{cast.failed.pk}/").json

    assert found["error"] == {"code": "damaged", "detail": "The file is damaged."}


def test_a_list_shows_the_same_as_the_picture_itself(cast):
    [listed] = cast.anonymous.get("images/").json["results"]

    assert listed == cast.anonymous.get(f"images/{cast.public.pk}/").json


def test_ones_own_ready_pictures_are_listed_whatever_their_visibility(cast):
    assert set(ids(cast.owner.get("images/"))) == {cast.public.pk, cast.unlisted.pk, cast.private.pk}


def test_a_category_includes_what_lies_under_it(cast):
    nature = make_category("nature")
    lakes = make_category("lakes", parent=nature)
    make_category("cities")
    on_top = make_image(owner=cast.users.owner, category=nature)
    below = make_image(owner=cast.users.owner, category=lakes)

    assert set(ids(cast.anonymous.get("images/?category=nature"))) == {on_top.pk, below.pk}
    assert ids(cast.anonymous.get("images/?category=lakes")) == [below.pk]
    assert ids(cast.anonymous.get("images/?category=cities")) == []
    problem = assert_problem(cast.anonymous.get("images/?category=nowhere"), 400, "invalid")
    assert list(problem["errors"]) == ["category"]


def test_several_tags_must_all_be_there(cast):
    both = make_image(owner=cast.users.owner, tags=["blue", "green"])

    assert set(ids(cast.anonymous.get("images/?tag=blue"))) == {cast.public.pk, both.pk}
    assert ids(cast.anonymous.get("images/?tag=blue&tag=green")) == [both.pk]
    assert ids(cast.anonymous.get("images/?tag=blue&tag=nothing")) == []


def test_a_colour_finds_what_is_near_it(cast):
    red = make_image(owner=cast.users.owner, colour="#cc2211")

    assert ids(cast.anonymous.get("images/?colour=d02010")) == [red.pk]
    assert ids(cast.anonymous.get("images/?colour=%23D02010")) == [red.pk]


@pytest.mark.parametrize("colour", ["red", "12345", "1234567", "gggggg", "#"])
def test_a_colour_that_is_none_is_a_bad_value(cast, colour):
    problem = assert_problem(cast.anonymous.get("images/", {"colour": colour}), 400, "invalid")

    assert list(problem["errors"]) == ["colour"]


def test_an_owner_is_found_in_any_case(cast):
    other = make_image(owner=cast.users.stranger)

    assert ids(cast.anonymous.get("images/?owner=BOB")) == [other.pk]
    assert ids(cast.anonymous.get("images/?owner=nobody")) == []


def test_words_find_titles_tags_categories_and_descriptions(cast):
    city = make_image(owner=cast.users.owner, title="Harbour", category=make_category("cities"))

    assert ids(cast.anonymous.get("images/?q=lake")) == [cast.public.pk]
    assert ids(cast.anonymous.get("images/?q=water")) == [cast.public.pk]
    assert ids(cast.anonymous.get("images/?q=cities")) == [city.pk]
    assert ids(cast.anonymous.get("images/?q=lake harbour")) == []
    assert ids(cast.anonymous.get("images/?q=diary")) == []
    assert ids(cast.anonymous.get('images/?q="*) OR')) == []


def test_the_orders(cast):
    now = timezone.now()
    images = [make_image(owner=cast.users.owner, title=f"Lake {n}") for n in range(3)]
    for age, (image, likes) in enumerate(zip(images, (5, 9, 7), strict=True)):
        Image.objects.filter(pk=image.pk).update(created_at=now - dt.timedelta(days=age + 1), like_count=likes)
    Image.objects.filter(pk=cast.public.pk).update(visibility="private")
    first, second, third = (image.pk for image in images)

    assert ids(cast.anonymous.get("images/")) == [first, second, third]
    assert ids(cast.anonymous.get("images/?ordering=newest")) == [first, second, third]
    assert ids(cast.anonymous.get("images/?ordering=oldest")) == [third, second, first]
    assert ids(cast.anonymous.get("images/?ordering=likes")) == [second, third, first]
    assert set(ids(cast.anonymous.get("images/?ordering=relevance&q=lake"))) == {first, second, third}
    problem = assert_problem(cast.anonymous.get("images/?ordering=size"), 400, "invalid")
    assert list(problem["errors"]) == ["ordering"]


def test_words_bring_relevance_first_unless_another_order_is_asked_for(cast):
    Image.objects.filter(pk=cast.public.pk).update(visibility="private")
    mentioned = make_image(owner=cast.users.owner, title="Boat", description="On the lake, on the lake.")
    titled = make_image(owner=cast.users.owner, title="Lake")
    Image.objects.filter(pk=titled.pk).update(created_at=timezone.now() - dt.timedelta(days=9))

    assert ids(cast.anonymous.get("images/?q=lake")) == [titled.pk, mentioned.pk]
    assert ids(cast.anonymous.get("images/?q=lake&ordering=newest")) == [mentioned.pk, titled.pk]


def test_the_owner_changes_words(cast):
    make_category("lakes")
    path = f"images/{cast.public.pk}/"

    answer = cast.owner.patch(
        path,
        {
            "title": "New",
            "description": "Text",
            "category": "lakes",
            "tags": ["Red", "still water"],
            "visibility": "unlisted",
            "source": "https://example.org/",
            "licence": "CC0",
        },
    )

    assert answer.status == 200
    assert answer.json == cast.owner.get(path).json
    assert answer.json["title"] == "New"
    assert answer.json["description"] == "Text"
    assert answer.json["category"]["slug"] == "lakes"
    assert [tag["name"] for tag in answer.json["tags"]] == ["Red", "still water"]
    assert answer.json["visibility"] == "unlisted"
    assert answer.json["source"] == "https://example.org/"
    assert answer.json["licence"] == "CC0"


def test_what_is_not_named_stays(cast):
    path = f"images/{cast.public.pk}/"
    before = cast.owner.get(path).json

    assert cast.owner.patch(path, {}).json == before
    assert cast.owner.patch(path, {"nonsense": 1}).json == before
    assert cast.owner.patch(path, {"title": "New"}).json == before | {"title": "New"}


def test_category_and_tags_can_be_taken_away(cast):
    make_category("lakes")
    path = f"images/{cast.public.pk}/"
    cast.owner.patch(path, {"category": "lakes"})

    assert cast.owner.patch(path, {"category": None}).json["category"] is None
    assert cast.owner.patch(path, {"tags": []}).json["tags"] == []


def test_a_form_changes_words_as_well(cast):
    path = f"images/{cast.public.pk}/"

    answer = cast.owner.ask(
        "patch", path, data="title=New&tags=a,b&tags=c&category=", content_type="application/x-www-form-urlencoded"
    )

    assert answer.json["title"] == "New"
    assert [tag["slug"] for tag in answer.json["tags"]] == ["a", "b", "c"]
    assert answer.json["category"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("title", None),
        ("title", []),
        ("description", "x" * 4001),
        ("category", "nowhere"),
        ("category", {"slug": "x"}),
        ("category", ["x"]),
        ("tags", ["x" * 51]),
        ("tags", [f"tag{n}" for n in range(31)]),
        ("tags", {"a": 1}),
        ("tags", [["nested"]]),
        ("visibility", "secret"),
        ("visibility", ""),
        ("source", "javascript:alert(1)"),
        ("source", "nonsense"),
        ("source", "ftp://example.org/"),
        ("licence", "x" * 81),
    ],
)
def test_bad_words_are_named_and_change_nothing(cast, field, value):
    path = f"images/{cast.public.pk}/"
    before = cast.owner.get(path).json

    problem = assert_problem(cast.owner.patch(path, {"title": "Changed", field: value}), 400, "invalid")

    assert [name.partition(".")[0] for name in problem["errors"]] == [field]
    assert cast.owner.get(path).json == before


def test_a_private_picture_leaves_everybody_elses_sight_at_once(cast):
    path = f"images/{cast.public.pk}/"
    assert cast.stranger.get(path).status == 200

    cast.owner.patch(path, {"visibility": "private"})

    assert_problem(cast.stranger.get(path), 404)
    assert ids(cast.anonymous.get("images/")) == []


def test_deleting_takes_a_picture_out_of_sight_at_once(cast):
    path = f"images/{cast.public.pk}/"

    answer = cast.owner.delete(path)

    assert answer.status == 204
    assert answer.raw == b""
    assert_problem(cast.owner.get(path), 404)
    assert_problem(cast.owner.delete(path), 404)
    assert cast.public.pk not in ids(cast.owner.get("images/"))


def test_a_failed_picture_can_be_tried_again(cast):
    answer = cast.owner.post(f"images/{cast.failed.pk}/retry/")

    assert answer.status == 202
    assert answer.json["status"] == "queued"
    assert answer.json["error"] is None


@pytest.mark.parametrize("kind", ["public", "queued"])
def test_nothing_but_a_failed_picture_can_be_tried_again(cast, kind):
    assert_problem(cast.owner.post(f"images/{getattr(cast, kind).pk}/retry/"), 409, "not-failed")
