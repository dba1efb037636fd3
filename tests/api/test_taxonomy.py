"""Categories, tags and people: what is counted is what the asker may list."""

from catalog import services
from tests.api.callers import assert_problem
from tests.factories import make_category, make_image


def test_the_tree_as_a_list_with_counts(cast):
    nature = make_category("nature")
    lakes = make_category("lakes", parent=nature)
    make_image(owner=cast.users.owner, category=nature)
    make_image(owner=cast.users.owner, category=lakes)
    make_image(owner=cast.users.owner, category=lakes, visibility="private")

    answer = cast.anonymous.get("categories/")

    assert answer.json == {
        "next": None,
        "previous": None,
        "results": [
            {"slug": "nature", "name": "Nature", "path": ["nature"], "parent": None, "images": 2},
            {"slug": "lakes", "name": "Lakes", "path": ["nature", "lakes"], "parent": "nature", "images": 1},
        ],
    }
    assert [row["images"] for row in cast.owner.get("categories/").json["results"]] == [3, 2]


def test_the_whole_tree_comes_at_once_unless_asked_otherwise(cast):
    for number in range(30):
        make_category(f"part{number}")

    assert len(cast.anonymous.get("categories/").json["results"]) == 30
    assert len(cast.anonymous.get("categories/?limit=7").json["results"]) == 7


def test_tags_in_use_the_most_used_first(cast):
    make_image(owner=cast.users.owner, tags=["Blue", "Sky blue"])
    make_image(owner=cast.users.owner, tags=["secret"], visibility="private")

    answer = cast.anonymous.get("tags/")

    assert answer.json["results"] == [
        {"slug": "blue", "name": "blue", "parent": None, "images": 2},
        {"slug": "sky-blue", "name": "Sky blue", "parent": None, "images": 1},
        {"slug": "water", "name": "water", "parent": None, "images": 1},
    ]
    assert "secret" in {tag["slug"] for tag in cast.owner.get("tags/").json["results"]}


def test_tags_are_found_by_a_part_of_their_name(cast):
    make_image(owner=cast.users.owner, tags=["Sky blue"])

    def found(text: str) -> list[str]:
        return [tag["slug"] for tag in cast.anonymous.get("tags/", {"q": text}).json["results"]]

    assert found("BLUE") == ["blue", "sky-blue"]
    assert found("sky b") == ["sky-blue"]
    assert found("%") == []
    assert found("") == ["blue", "sky-blue", "water"]


def test_a_tag_names_the_next_wider_one(cast):
    wider = (("dog", "Dog"),)
    services.set_machine_tags(image_id=cast.public.pk, tags=[services.MachineTag("spaniel", "Spaniel", 0.9, wider)])

    [spaniel] = cast.anonymous.get("tags/?q=spaniel").json["results"]

    assert spaniel == {"slug": "spaniel", "name": "Spaniel", "parent": "dog", "images": 1}


def test_a_person(cast):
    answer = cast.stranger.get("people/ADA/")

    assert answer.json == {
        "username": "ada",
        "name": "ada",
        "url": "http://testserver/people/ada/",
        "about": "",
        "images": 1,
        "followers": 0,
        "followed": False,
        "pictures": "http://testserver/api/v1/images/?owner=ada",
    }
    assert cast.owner.get("people/ada/").json["images"] == 5
    assert cast.stranger.get(answer.json["pictures"]).json["results"][0]["id"] == cast.public.pk


def test_nobody_is_not_found(cast):
    assert_problem(cast.anonymous.get("people/nobody/"), 404, "not-found")

    cast.users.stranger.is_active = False
    cast.users.stranger.save()
    assert_problem(cast.anonymous.get("people/bob/"), 404, "not-found")
