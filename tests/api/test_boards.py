"""Boards through the API: who may see, who may change."""

import pytest

from catalog import services
from catalog.models import Board
from catalog.viewers import Viewer
from tests.api.callers import assert_problem
from tests.factories import make_image

CALLERS = ("owner", "stranger", "staff", "anonymous")


@pytest.fixture
def boards(cast):
    """A private and a shared board of the owner, each with a public and a private picture."""
    viewer = Viewer(user_id=cast.users.owner.pk)
    made = {kind: services.create_board(viewer=viewer, name=kind, visibility=kind) for kind in ("private", "shared")}
    for board in made.values():
        for image in (cast.public, cast.private):
            services.save(viewer=viewer, board=board, image=image)
    return made


def test_boards_are_made_changed_and_deleted(cast):
    made = cast.owner.post("boards/", {"name": " Lakes "})
    assert (made.status, made.json["name"], made.json["visibility"], made.json["role"]) == (
        201, "Lakes", "private", "owner",
    )  # fmt: skip
    path = f"boards/{made.json['id']}/"
    assert made.headers["Location"].endswith(f"/api/v1/{path}")

    assert cast.owner.put(f"{path}images/{cast.public.pk}/").json["saved"] is True
    changed = cast.owner.patch(path, {"description": "Still", "visibility": "shared", "cover": cast.public.pk}).json
    assert (changed["description"], changed["images"], changed["cover"]) == ("Still", 1, cast.public.pk)
    assert_problem(cast.owner.patch(path, {"cover": cast.unlisted.pk}), 400, "invalid")
    assert_problem(cast.owner.patch(path, {"visibility": "secret"}), 400, "invalid")
    assert_problem(cast.owner.post("boards/", {"name": "  "}), 400, "invalid")

    assert cast.owner.delete(f"{path}images/{cast.public.pk}/").json["saved"] is False
    assert cast.owner.delete(path).status == 204
    assert_problem(cast.owner.get(path), 404)


@pytest.mark.parametrize(
    ("kind", "seen"),
    [("private", {"owner": 200}), ("shared", dict.fromkeys(CALLERS, 200))],
)
def test_who_opens_a_board(cast, boards, kind, seen):
    for name in CALLERS:
        for path in (f"boards/{boards[kind].pk}/", f"boards/{boards[kind].pk}/images/"):
            assert getattr(cast, name).get(path).status == seen.get(name, 404), (name, path)


def test_a_board_tells_of_what_its_reader_may_see(cast, boards):
    path = f"boards/{boards['shared'].pk}/"

    for name, images in (("owner", {cast.public.pk, cast.private.pk}), ("stranger", {cast.public.pk})):
        caller = getattr(cast, name)
        assert {image["id"] for image in caller.get(f"{path}images/").json["results"]} == images
        assert caller.get(path).json["images"] == len(images)
    assert cast.stranger.get(path).json["cover"] == cast.public.pk


def test_lists_hold_ones_own_and_what_others_share(cast, boards):
    assert {board["name"] for board in cast.owner.get("boards/").json["results"]} == {"private", "shared"}
    for name in ("stranger", "staff", "anonymous"):
        assert getattr(cast, name).get("boards/").json["results"] == []
        shared = getattr(cast, name).get("boards/", {"owner": "ada"}).json["results"]
        assert [board["name"] for board in shared] == ["shared"]
    assert_problem(cast.stranger.get("boards/", {"owner": "nobody-here"}), 404)
    first = cast.owner.get("boards/", {"limit": 1}).json
    assert cast.owner.get(first["next"]).json["results"] != first["results"]


def test_seen_but_not_changeable_is_403_and_unseen_404(cast, boards):
    for kind, caller, status in (
        ("shared", cast.stranger, 403),
        ("shared", cast.staff, 403),
        ("shared", cast.anonymous, 401),
        ("private", cast.stranger, 404),
        ("private", cast.staff, 404),
    ):
        path = f"boards/{boards[kind].pk}/"
        for answer in (
            caller.patch(path, {"name": "Mine"}),
            caller.delete(path),
            caller.put(f"{path}images/{cast.public.pk}/"),
            caller.delete(f"{path}images/{cast.public.pk}/"),
            caller.put(f"{path}order/", data={"images": []}, content_type="application/json"),
        ):
            assert_problem(answer, status)


def test_members_save_but_do_not_rename(cast, boards):
    board = boards["private"]
    services.invite(board=board, username="bob")
    services.accept(viewer=Viewer(user_id=cast.users.stranger.pk), board_id=board.pk)
    another = make_image(owner=cast.users.owner, title="Pond")
    path = f"boards/{board.pk}/"

    assert cast.stranger.get(path).json["role"] == "editor"
    assert cast.stranger.put(f"{path}images/{another.pk}/").status == 200
    assert_problem(cast.stranger.put(f"{path}images/{cast.private.pk}/"), 404)
    assert_problem(cast.stranger.patch(path, {"name": "Mine"}), 403)
    order = {"images": [cast.public.pk, another.pk]}
    assert cast.stranger.put(f"{path}order/", data=order, content_type="application/json").status == 204
    shown = [image["id"] for image in cast.stranger.get(f"{path}images/").json["results"]]
    assert shown == [cast.public.pk, another.pk]
    assert Board.objects.get(pk=board.pk).board_images.count() == 3
