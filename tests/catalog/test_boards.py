"""Boards: kept, shared, put in order, taken along; and what they must never tell."""

import csv
import io
import zipfile
from types import SimpleNamespace

import pytest
from django.utils import timezone

from catalog import bundles, processing, queries, services, storage
from catalog.models import Board, BoardImage, BoardMember, Image
from catalog.viewers import NOBODY, Viewer
from tests.factories import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(make_user):
    """ada has a board, bob paints, cy looks on, eve is staff."""
    users = {name: make_user(name, is_staff=name == "eve") for name in ("ada", "bob", "cy", "eve")}
    viewers = {name: Viewer(user_id=user.pk, is_staff=user.is_staff) for name, user in users.items()}
    return SimpleNamespace(**viewers, users=users)


@pytest.fixture
def board(people) -> Board:
    return services.create_board(viewer=people.ada, name="Storms")


def hang(board: Board, viewer: Viewer, *images: Image) -> None:
    for image in reversed(images):
        services.save(viewer=viewer, board=board, image=image)


def seen(board: Board, viewer: Viewer) -> list[int]:
    found = queries.board_page(board_id=board.pk, viewer=viewer)
    return [card.id for card in found.page.cards] if found else []


def test_saving_twice_hangs_once_and_first(people, board):
    one, two = (make_image(owner=people.users["bob"]) for _ in range(2))

    assert services.save(viewer=people.ada, board=board, image=one) is True
    assert services.save(viewer=people.ada, board=board, image=two) is True
    assert services.save(viewer=people.ada, board=board, image=one) is False

    assert seen(board, people.ada) == [two.pk, one.pk]
    assert [card.saved for card in queries.cards([one.pk], people.ada)] == [True]
    assert [card.saved for card in queries.cards([one.pk], people.bob)] == [False]


def test_what_was_taken_off_goes_back_to_its_place(people, board):
    images = [make_image(owner=people.users["bob"]) for _ in range(3)]
    hang(board, people.ada, *images)
    services.set_cover(board=board, image_id=images[1].pk)

    position = services.unsave(board=board, image_id=images[1].pk)
    assert seen(board, people.ada) == [images[0].pk, images[2].pk]
    assert Board.objects.get(pk=board.pk).cover is None
    services.save(viewer=people.ada, board=board, image=images[1], position=position)

    assert seen(board, people.ada) == [image.pk for image in images]
    assert services.unsave(board=board, image_id=1) is None


def test_pictures_move_before_after_and_one_place(people, board):
    a, b, c = (make_image(owner=people.users["bob"]).pk for _ in range(3))
    hang(board, people.ada, *(Image.objects.get(pk=pk) for pk in (a, b, c)))

    assert services.move(board=board, image_id=c, before=a)
    assert seen(board, people.ada) == [c, a, b]
    assert services.move(board=board, image_id=c, after=a)
    assert seen(board, people.ada) == [a, c, b]
    assert services.shift(viewer=people.ada, board=board, image_id=c, step=1)
    assert seen(board, people.ada) == [a, b, c]
    assert not services.shift(viewer=people.ada, board=board, image_id=c, step=1)
    assert not services.move(board=board, image_id=c, before=1)
    services.set_order(board=board, image_ids=[c, 1, b])
    assert seen(board, people.ada) == [c, b, a]


def test_there_is_always_room_between_two_pictures(people, board):
    a, b, c = (make_image(owner=people.users["bob"]).pk for _ in range(3))
    hang(board, people.ada, *(Image.objects.get(pk=pk) for pk in (a, b, c)))

    for turn in range(50):
        services.move(board=board, image_id=(b, c)[turn % 2], after=a)

    assert seen(board, people.ada) == [a, c, b]
    assert len(set(BoardImage.objects.values_list("position", flat=True))) == 3


def test_a_move_among_hidden_pictures_moves_among_what_is_seen(people, board):
    a, b = make_image(owner=people.users["bob"]), make_image(owner=people.users["bob"])
    secret = make_image(owner=people.users["ada"], visibility="private")
    hang(board, people.ada, a, secret, b)
    services.invite(board=board, username="cy")
    services.accept(viewer=people.cy, board_id=board.pk)

    assert services.shift(viewer=people.cy, board=board, image_id=b.pk, step=-1)

    assert seen(board, people.cy) == [b.pk, a.pk]
    assert set(seen(board, people.ada)) == {a.pk, b.pk, secret.pk}


@pytest.mark.parametrize(("name", "field"), [("", "name"), ("x" * 81, "name")])
def test_a_name_is_needed_and_not_too_long(people, name, field):
    with pytest.raises(services.InvalidValue) as refused:
        services.create_board(viewer=people.ada, name=name)

    assert refused.value.field == field
    assert not Board.objects.exists()


def test_a_private_board_is_its_members_alone(people, board):
    hang(board, people.ada, make_image(owner=people.users["bob"]))

    assert seen(board, people.ada)
    for viewer in (people.bob, people.cy, people.eve, NOBODY, Viewer(visitor=None)):
        assert queries.board_page(board_id=board.pk, viewer=viewer) is None
        assert queries.boards_page(viewer=viewer, owner="ada").boards == []

    services.edit_board(board=board, visibility="shared")
    for viewer in (people.bob, people.eve, NOBODY):
        assert len(seen(board, viewer)) == 1
        assert len(queries.boards_page(viewer=viewer, owner="ada").boards) == 1


def test_a_shared_board_shows_counts_and_covers_with_what_one_may_list(people, board):
    bob = people.users["bob"]
    public = make_image(owner=bob)
    unlisted, private = (make_image(owner=bob, visibility=kind) for kind in ("unlisted", "private"))
    own = make_image(owner=people.users["ada"], visibility="private")
    hang(board, people.ada, private, unlisted, own, public)
    services.set_cover(board=board, image_id=own.pk)
    services.edit_board(board=board, visibility="shared")

    def told(viewer):
        found = queries.board_page(board_id=board.pk, viewer=viewer)
        return found.board.images, {card.id for card in found.board.covers}, {card.id for card in found.page.cards}

    for viewer in (NOBODY, people.cy, people.eve):
        assert told(viewer) == (1, {public.pk}, {public.pk})
    assert told(people.ada)[2] == {public.pk, unlisted.pk, own.pk}
    assert told(people.ada)[0] == 3
    assert told(people.bob)[2] == {public.pk, unlisted.pk, private.pk}


@pytest.mark.parametrize("way", ["private", "hidden", "deleted"])
def test_a_picture_that_leaves_leaves_boards_too(people, board, way):
    image = make_image(owner=people.users["bob"])
    hang(board, people.ada, image)
    if way == "private":
        services.edit_image(image=image, visibility="private")
    elif way == "hidden":
        services.hide(images=Image.objects.filter(pk=image.pk))
    else:
        services.delete_image(image=image)

    found = queries.board_page(board_id=board.pk, viewer=people.ada)
    assert (found.board.images, found.board.covers, found.page.cards) == (0, (), [])


def test_members_are_named_to_members_alone(people, board):
    services.edit_board(board=board, visibility="shared")
    services.invite(board=board, username="CY", may_edit=False)
    services.invite(board=board, username="bob")
    services.accept(viewer=people.cy, board_id=board.pk)

    def names(viewer):
        return [member.name for member in queries.board_page(board_id=board.pk, viewer=viewer).members]

    assert names(people.ada) == ["cy", "bob"]
    assert names(people.cy) == ["cy"]
    assert names(people.eve) == names(NOBODY) == []


def test_an_invitation_is_answered_by_the_invited_alone(people, board):
    services.invite(board=board, username="bob")
    assert [asked.board for asked in queries.boards_page(viewer=people.bob).invitations] == ["Storms"]
    assert not Board.objects.editable_by(people.bob).exists()
    assert queries.board_page(board_id=board.pk, viewer=people.bob) is None

    assert not services.accept(viewer=people.cy, board_id=board.pk)
    assert services.accept(viewer=people.bob, board_id=board.pk)
    assert Board.objects.editable_by(people.bob).get() == board
    assert queries.board_page(board_id=board.pk, viewer=people.bob).board.role == "editor"

    assert services.leave(viewer=people.bob, board_id=board.pk)
    assert queries.board_page(board_id=board.pk, viewer=people.bob) is None


def test_a_link_lets_one_person_in_once(people, board):
    token = services.invite_by_link(board=board).token

    assert services.accept_link(viewer=people.ada, token=token) == board  # its owner does not use it up
    assert services.accept_link(viewer=people.bob, token=token) == board
    assert services.accept_link(viewer=people.cy, token=token) is None
    assert Board.objects.editable_by(people.bob).exists()

    old = services.invite_by_link(board=board)
    BoardMember.objects.filter(pk=old.pk).update(invited_at=timezone.now() - services.members.LINK_LIFE)
    assert services.accept_link(viewer=people.cy, token=old.token) is None


def test_a_deleted_board_can_be_brought_back_for_a_while(people, board):
    services.delete_board(board=board)
    assert not Board.objects.of(people.ada).exists()
    assert not services.undelete_board(board_id=board.pk, viewer=people.bob)
    assert services.undelete_board(board_id=board.pk, viewer=people.ada)

    services.delete_board(board=board)
    processing.sweep(now=timezone.now() + 2 * processing.UNDO)
    assert not Board.objects.exists()


def test_a_list_of_boards_costs_the_same_however_many(people, connection_queries):
    def cost() -> int:
        with connection_queries() as captured:
            queries.boards_page(viewer=people.ada)
        return len(captured)

    for _ in range(2):
        hang(services.create_board(viewer=people.ada, name="One"), people.ada, make_image(owner=people.users["bob"]))
    before = cost()
    for _ in range(2):
        hang(services.create_board(viewer=people.ada, name="More"), people.ada, make_image(owner=people.users["bob"]))

    assert cost() == before


def unzipped(board: Board, viewer: Viewer) -> tuple[zipfile.ZipFile, list[dict[str, str]]]:
    ids = queries.shown_ids(board.pk, viewer)
    file = zipfile.ZipFile(io.BytesIO(b"".join(bundles.zipped(image_ids=ids, viewer=viewer, site="https://x"))))
    return file, list(csv.DictReader(io.StringIO(file.read("manifest.csv").decode("utf-8-sig"))))


def test_a_board_is_taken_along_with_originals_of_ones_own(people, board):
    mine = make_image(owner=people.users["ada"], title="../../etc: storm?")
    theirs = make_image(owner=people.users["bob"], title="=cmd()", licence="CC0", source="https://example.org/1")
    twin = make_image(owner=people.users["bob"], title="=cmd()")
    hidden = make_image(owner=people.users["bob"], visibility="private")
    hang(board, people.ada, mine, theirs, twin, hidden)

    file, rows = unzipped(board, people.ada)

    assert file.testzip() is None
    assert file.namelist() == ["0001 etc storm.png", "0002 cmd.webp", "0003 cmd.webp", "manifest.csv"]
    with storage.originals().open(mine.original) as original:
        assert file.read("0001 etc storm.png") == original.read()
    assert [row["file"] for row in rows] == file.namelist()[:3]
    assert rows[1]["title"] == "'=cmd()"
    assert (rows[1]["licence"], rows[1]["owner"], rows[1]["page"]) == ("CC0", "bob", f"https://x/images/{theirs.pk}/")
    assert "png" not in "".join(unzipped(board, people.bob)[0].namelist()[:1])


def test_a_file_that_is_gone_is_named_and_left_out(people, board):
    gone, here = (
        make_image(owner=people.users["bob"], title="Gone"),
        make_image(owner=people.users["bob"], title="Here"),
    )
    hang(board, people.ada, gone, here)
    storage.delete_files(gone.pk, gone.original)

    file, rows = unzipped(board, people.ada)

    assert file.namelist() == ["0002 Here.webp", "manifest.csv"]
    assert [bool(row["note"]) for row in rows] == [True, False]


def test_a_bundle_is_never_in_memory_as_a_whole(people, board, monkeypatch):
    hang(board, people.ada, *(make_image(owner=people.users["bob"]) for _ in range(20)))

    pieces = list(bundles.zipped(image_ids=queries.shown_ids(board.pk, people.ada), viewer=people.ada, site=""))

    assert len([piece for piece in pieces if piece]) > 20
    assert max(map(len, pieces)) < bundles.PIECE + 100_000


# Pages


def test_the_pages_of_a_board_answer_who_may(people, board, client_of):
    image = make_image(owner=people.users["bob"])
    hang(board, people.ada, image)
    services.invite(board=board, username="cy", may_edit=False)
    services.accept(viewer=people.cy, board_id=board.pk)
    ada, cy, bob, nobody = (client_of(people.users.get(name)) for name in ("ada", "cy", "bob", "nobody"))
    place = f"/boards/{board.pk}/images/{image.pk}"

    def statuses(method, address):
        return [getattr(client, method)(address).status_code for client in (ada, cy, bob, nobody)]

    assert statuses("get", f"/boards/{board.pk}/") == [200, 200, 404, 404]
    assert statuses("get", f"/boards/{board.pk}/?arrange=1") == [200, 302, 404, 404]
    assert statuses("get", f"/boards/{board.pk}/edit") == [200, 404, 404, 302]
    assert statuses("get", f"/boards/{board.pk}/export") == [200, 200, 404, 302]
    assert statuses("get", f"/boards/{board.pk}/ideas/") == [200, 200, 404, 404]
    assert statuses("post", f"{place}/cover")[1:] == [403, 404, 302]
    assert statuses("post", f"{place}/move")[1:] == [403, 404, 302]
    assert statuses("post", f"{place}/remove")[1:] == [403, 404, 302]
    assert statuses("post", f"/boards/{board.pk}/delete")[1:] == [404, 404, 302]
    assert statuses("post", f"/boards/{board.pk}/invite")[1:] == [404, 404, 302]
    assert Board.objects.get() == board


def test_who_follows_an_invitation_is_told_where_it_leads(people, board, client_of):
    ada, bob, cy = (client_of(people.users[name]) for name in ("ada", "bob", "cy"))
    link = f"/boards/join/{services.invite_by_link(board=board).token}"
    assert ada.get(link).url == board.get_absolute_url()

    assert bob.post(link).url == board.get_absolute_url()

    for late in (cy.get(link), cy.post(link)):
        assert late.status_code == 404
        assert "has been used" in late.content.decode()
    known = ada.post(f"/boards/{board.pk}/invite", {"username": "bob"}, follow=True).content.decode()
    assert "bob is on this board already." in known
    member = BoardMember.objects.get()
    gone = ada.post(f"/boards/{board.pk}/members/{member.pk}/remove", follow=True).content.decode()
    assert "Removed from this board." in gone


def test_a_board_that_was_erased_says_so(people, board, client_of):
    ada, bob = client_of(people.users["ada"]), client_of(people.users["bob"])
    undo = f"/boards/{board.pk}/undelete"
    board.delete()

    assert "It is too late" in ada.post(undo).content.decode()
    assert "It is too late" in bob.post(undo).content.decode()  # others learn no more from it


def test_the_button_knows_the_board_and_takes_off_again(people, board, client_of):
    image = make_image(owner=people.users["bob"])
    ada = client_of(people.users["ada"])

    ada.post(f"/images/{image.pk}/save")
    assert seen(board, people.ada) == [image.pk]
    page = ada.get("/?tab=newest").content.decode()
    assert f'data-save="{image.pk}" aria-pressed="true"' in page

    ada.post(f"/images/{image.pk}/save", {"saved": "false"})
    assert seen(board, people.ada) == []


def test_a_first_save_makes_a_board_and_a_name_makes_another(people, client_of):
    image = make_image(owner=people.users["bob"])
    cy = client_of(people.users["cy"])

    cy.post(f"/images/{image.pk}/save")
    first = Board.objects.get(owner=people.users["cy"])
    cy.post(f"/images/{image.pk}/save?instead_of={first.pk}", {"new_board": "Tides"})

    assert first.name == "Saved"
    assert seen(first, people.cy) == []
    assert seen(Board.objects.get(name="Tides"), people.cy) == [image.pk]


def test_nobody_saves_to_the_board_of_another(people, board, client_of):
    image = make_image(owner=people.users["bob"])

    answer = client_of(people.users["cy"]).post(f"/images/{image.pk}/save", {"board": board.pk})

    assert answer.status_code == 404
    assert not BoardImage.objects.exists()


def test_a_visitor_signs_in_and_it_is_saved(people, client):
    image = make_image(owner=people.users["bob"])

    asked = client.post(f"/images/{image.pk}/save", {"next": f"/images/{image.pk}/"})
    assert asked.headers["Location"] == f"/accounts/login/?next=%2Fimages%2F{image.pk}%2F"
    client.post("/accounts/login/", {"login": "ada", "password": "password", "next": f"/images/{image.pk}/"})

    assert BoardImage.objects.get(added_by=people.users["ada"]).image == image
    assert "to_save" not in client.session


def test_a_visitor_stays_in_the_list_and_is_invited_to_sign_in(people, client):
    image = make_image(owner=people.users["bob"])

    answer = client.post(
        f"/images/{image.pk}/save", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/?tab=newest"}
    )

    assert "HX-Redirect" not in answer.headers
    assert 'href="/accounts/login/?next=%2F%3Ftab%3Dnewest"' in answer.content.decode()
    assert client.session["to_save"] == image.pk


def test_a_person_who_leaves_takes_their_boards_and_leaves_no_name(people, board):
    from visrec_site.accounts import services as accounts

    hers, his = board, services.create_board(viewer=people.bob, name="His")
    image = make_image(owner=people.users["bob"])
    services.invite(board=his, username="ada")
    services.accept(viewer=people.ada, board_id=his.pk)
    hang(hers, people.ada, image)
    hang(his, people.ada, image)
    data = accounts.export(user=people.users["ada"])
    assert [(one["name"], one["images"]) for one in data["boards"]] == [("Storms", [image.pk])]
    assert [one["board"] for one in data["board_memberships"]] == ["His"]
    assert {one["board"] for one in data["saves"]} == {hers.pk, his.pk}

    accounts.delete_account(user=people.users["ada"])

    assert list(Board.objects.all()) == [his]
    assert not BoardMember.objects.exists()
    assert seen(his, people.bob) == [image.pk]
    assert BoardImage.objects.get().added_by is None
