"""Boards and what is learned from them: where a picture is saved to, ideas for a board, and the trace a save leaves."""

import datetime as dt

import pytest
from django.utils import timezone

from catalog import queries, services
from catalog.models import Board
from catalog.viewers import Viewer
from recommender import boards
from recommender import services as recommender_services
from recommender.models import Event
from tests.factories import make_findable, make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(make_user):
    """Six pictures to the east, six to the north, and ada with an empty board for each."""
    owner, ada = make_user("owner"), make_user("ada")
    east, north = ([make_image(owner=owner) for _ in range(6)] for _ in range(2))
    ways = {image: [1.0, 0.0, number / 50] for number, image in enumerate(east)}
    ways |= {image: [0.0, 1.0, number / 50] for number, image in enumerate(north)}
    make_findable(ways)
    viewer = Viewer(user_id=ada.pk)
    made = [services.create_board(viewer=viewer, name=name) for name in ("East", "North")]
    return viewer, east, north, made


def test_a_picture_goes_where_its_likes_hang_and_else_where_the_last_one_went(world):
    viewer, east, north, (eastern, northern) = world
    for image in north[:3]:
        services.save(viewer=viewer, board=northern, image=image)
    for image in east[:3]:
        services.save(viewer=viewer, board=eastern, image=image)

    assert recommender_services.save(viewer=viewer, image=east[4]).board == eastern
    assert recommender_services.save(viewer=viewer, image=north[4]).board == northern
    stranger = make_image(owner=east[0].owner)  # not looked at yet
    assert boards.fitting_board(viewer=viewer, image_id=stranger.pk) == northern


def test_a_board_of_somebody_else_is_never_suggested(world, make_user):
    viewer, east, _north, (eastern, _northern) = world
    services.edit_board(board=eastern, visibility="shared")
    for image in east[:3]:
        services.save(viewer=viewer, board=eastern, image=image)
    bob = Viewer(user_id=make_user("bob").pk)

    saved = recommender_services.save(viewer=bob, image=east[4])

    assert saved.board != eastern
    assert saved.board.name == "Saved"


def test_ideas_leave_out_what_hangs_there_and_name_what_does(world):
    viewer, east, _north, (eastern, _northern) = world
    for image in east[:2]:
        services.save(viewer=viewer, board=eastern, image=image)
    recommender_services.dismiss(viewer=viewer, image=east[5])

    found = boards.more_ideas(viewer=viewer, board_id=eastern.pk, k=3)

    assert [entry.card.id for entry in found] == [east[2].pk, east[3].pk, east[4].pk]
    assert {image.id for entry in found for image in entry.reason.images} <= {east[0].pk, east[1].pk}
    assert all("on this board" in entry.reason.text for entry in found)


def test_ideas_for_a_guest_come_from_what_the_guest_sees(world, make_user):
    viewer, east, north, (eastern, _northern) = world
    services.edit_board(board=eastern, visibility="shared")
    services.save(viewer=viewer, board=eastern, image=east[0])
    services.save(viewer=viewer, board=eastern, image=north[0])
    services.edit_image(image=north[0], visibility="unlisted")

    found = boards.more_ideas(viewer=Viewer(user_id=make_user().pk), board_id=eastern.pk, k=5)

    assert found
    assert {image.id for entry in found for image in entry.reason.images} == {east[0].pk}


def test_a_save_is_evidence_once_and_takes_a_dismissal_back(world):
    viewer, east, _north, (eastern, northern) = world
    recommender_services.dismiss(viewer=viewer, image=east[0])

    for board in (eastern, northern, northern):
        services.save(viewer=viewer, board=board, image=east[0])

    assert Event.objects.filter(kind=Event.Kind.SAVE, image=east[0], user=viewer.user_id).count() == 1
    assert not east[0].dismissals.exists()


def test_who_browses_privately_is_told_and_nothing_is_kept(world):
    viewer, east, _north, _boards = world
    now = timezone.now()
    recommender_services.browse_privately(viewer=viewer, now=now, until=now + dt.timedelta(hours=1))

    with pytest.raises(services.NotKept):
        recommender_services.save(viewer=viewer, image=east[0])

    assert not Event.objects.exists()
    assert all(not queries.shown_ids(board.pk, viewer) for board in Board.objects.all())
