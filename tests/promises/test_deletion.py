"""P12 and P13: what is deleted leaves no row, file, vector or count; what is kept of a person is handed out to them."""

import datetime as dt
import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, Model
from django.utils import timezone
from rest_framework.authtoken.models import Token

from catalog import processing, services, storage, words
from catalog.models import BoardMember, Image
from catalog.viewers import Viewer
from recommender import feed, rebuild, similar, store
from recommender import services as recommender_services
from recommender.models import Event, MaskedRegion, Release
from tests.factories import MODEL, make_findable, make_image

pytestmark = pytest.mark.django_db


def pointing_at(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Every table that names a row of this one, and the column that does."""
    return [
        (table, column.name)
        for table in apps.get_models(include_auto_created=True)
        for column in table._meta.local_fields
        if isinstance(column, ForeignKey) and column.related_model._meta.concrete_model is model
    ]


def rows_of(thing: Model) -> dict[str, int]:
    """How many rows of which tables name this thing."""
    counts = {
        f"{table.__name__}.{name}": table._base_manager.filter(**{f"{name}_id": thing.pk}).count()
        for table, name in pointing_at(type(thing))
    }
    return {name: count for name, count in counts.items() if count}


@pytest.fixture
def life(make_user) -> dict[str, Any]:
    """Somebody who has done everything there is to do here, and somebody else, each with a picture."""
    ada, other = make_user("ada", email="ada@example.org", first_name="Ada"), make_user("other")
    own, liked, dismissed = (
        make_image(owner=ada, title="Lagoon", tags=["sea"]),
        *(make_image(owner=other) for _ in "12"),
    )
    make_findable({own: (1, 0), liked: (1, 0.1), dismissed: (0, 1)})
    viewer, now = Viewer(user_id=ada.pk), timezone.now()
    for person in (viewer, Viewer(user_id=other.pk)):
        services.like(viewer=person, image=liked)
        services.like(viewer=person, image=own)
        page = feed.build(viewer=person, now=now, tab="newest")
        recommender_services.record_open(viewer=person, image_id=own.pk, now=now)
        event = {"kind": "impression", "image": own.pk, "feed": page.feed_id, "position": 0}
        recommender_services.record_events(viewer=person, events=[event], now=now)
    recommender_services.dismiss(viewer=viewer, image=dismissed)
    recommender_services.weigh_taste(viewer=viewer, image_id=liked.pk, weight=2, on=True, now=now)
    for whose, of_whom in ((viewer, "other"), (Viewer(user_id=other.pk), "ada")):
        recommender_services.show_less(viewer=whose, kind="person", name=of_whom, now=now, image=dismissed)
    MaskedRegion.objects.create(image=liked, user=ada, box=[0, 0, 1, 0.2], model_key=MODEL, features=b"")
    services.follow(viewer=viewer, person=other)
    services.save(viewer=viewer, board=services.create_board(viewer=viewer, name="Waters"), image=own)
    BoardMember.objects.create(
        board=services.create_board(viewer=Viewer(user_id=other.pk), name="Theirs"), user=ada, accepted_at=now
    )
    Token.objects.create(user=ada)
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    rebuild.publish_people(now=now)
    return {"ada": ada, "other": other, "own": own, "liked": liked, "dismissed": dismissed}


def stored_ids() -> set[int]:
    """The keys of all pictures that any serving artefact knows."""
    index, people = store.index(), store.people()
    assert index is not None
    assert people is not None
    return {*index.ids.values.tolist(), *people.ids.values.tolist()}


def rebuilt_by_night(*, now: dt.datetime) -> None:
    rebuild.publish_index(key=MODEL, now=now, anew=True)
    rebuild.publish_people(now=now)


def test_a_deleted_picture_leaves_no_row_file_word_or_vector(life, visitor):
    own = life["own"]
    assert {"Like.image", "Event.image", "Embedding.image", "ImageTag.image", "SearchText.image"} <= set(rows_of(own))
    assert own.pk in stored_ids()

    services.delete_image(image=own)
    assert own.pk not in {entry.card.id for entry in feed.build(viewer=visitor, now=timezone.now()).entries}
    processing.purge(now=timezone.now() + 2 * processing.UNDO)

    assert rows_of(own) == {}
    assert not Image.objects.filter(pk=own.pk).exists()
    assert words.ranked_ids("lagoon") == []
    assert not storage.originals().exists(own.original)
    assert list(storage.walk(storage.renditions(), f"{own.pk:013x}"[:2] + f"/{own.pk:013x}")) == []
    rebuilt_by_night(now=timezone.now())
    assert own.pk not in stored_ids()
    assert own.pk not in set(Event.objects.values_list("image_id", flat=True))


def test_a_deleted_account_leaves_no_row_and_no_count(life, client_of):
    ada, elsewhere = life["ada"], client_of(life["ada"])
    assert {"Image.owner", "Like.user", "Dismissal.user", "Event.user", "Feed.user", "Token.user"} <= set(rows_of(ada))

    answer = client_of(ada).post("/accounts/settings/delete/", {"password": "password"})

    assert answer.status_code == 302
    assert rows_of(ada) == {}
    assert not get_user_model().objects.filter(pk=ada.pk).exists()
    assert not Image.objects.filter(pk=life["own"].pk).exists()
    assert Image.objects.get(pk=life["liked"].pk).like_count == 1
    assert elsewhere.get("/accounts/settings/").status_code == 302
    rebuilt_by_night(now=timezone.now())
    assert life["own"].pk not in stored_ids()


def test_leaving_while_the_store_is_away_hides_everything_and_can_be_tried_again(
    life, client_of, settings, monkeypatch, tmp_path
):
    here, var = settings.MEDIA, settings.VAR
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    settings.MEDIA, settings.VAR = "s3://pictures?endpoint=http://127.0.0.1:1", tmp_path
    leaving = client_of(life["ada"])
    leaving.raise_request_exception = False
    assert leaving.post("/accounts/settings/delete/", {"password": "password"}).status_code == 503

    assert client_of(None).get(f"/images/{life['own'].pk}/").status_code == 404

    settings.MEDIA, settings.VAR = here, var
    assert client_of(life["ada"]).post("/accounts/settings/delete/", {"password": "password"}).status_code == 302
    assert rows_of(life["ada"]) == {}


EXPORTED = {
    "Image.owner": "images",
    "Like.user": "likes",
    "Follow.follower": "follows",
    "Board.owner": "boards",
    "BoardImage.added_by": "saves",
    "BoardMember.user": "board_memberships",
    "Dismissal.user": "dismissals",
    "MaskedRegion.user": "not_this_part",
    "Event.user": "events",
    "Feed.user": "feeds",
    "Profile.user": "choices",
    "Mute.user": "mutes",
    "TasteWeight.user": "taste_weights",
    "Assignment.user": "experiments",
    "Token.user": "account",
    "EmailAddress.user": "account",
}
"""Where in the export what a table keeps of a person is found."""
NOT_OF_THE_PERSON = {
    *(
        "Follow.followed",
        "QueryPhoto.user",
        "Mute.person",
        "LogEntry.user",
        "User_groups.user",
        "User_user_permissions.user",
    ),
    *("EvaluationRun.asked_by", "TrainingRun.asked_by", "Release.promoted_by", "CategoryProposal.decided_by"),
}
"""What staff did and may do at the desk and in the laboratory, what others chose, and what is kept for an hour."""
ABSENT = {"feeds", "experiments"}
"""What starting again has ended, and what ada is not in."""


def test_whatever_names_a_person_is_in_the_export(life, client_of):
    recommender_services.start_again(viewer=Viewer(user_id=life["ada"].pk), now=timezone.now())
    tables = {f"{table.__name__}.{name}" for table, name in pointing_at(get_user_model()) if not table._meta.proxy}
    assert tables - NOT_OF_THE_PERSON == set(EXPORTED)

    data = json.loads(client_of(life["ada"]).get("/accounts/settings/export/").content)

    assert set(EXPORTED.values()) == set(data)
    assert all(data[part] for part in EXPORTED.values() if part not in ABSENT)
    assert (data["account"]["first_name"], data["account"]["email"]) == ("Ada", "ada@example.org")
    assert data["account"]["has_token"]


def test_the_export_lists_what_was_shown(life, client_of):
    (walk,) = json.loads(client_of(life["ada"]).get("/accounts/settings/export/").content)["feeds"]

    assert walk["list"].startswith("newest")
    assert set(walk["shown"]) <= {life["own"].pk, life["liked"].pk, life["dismissed"].pk}
    assert walk["shown"]


def test_an_empty_store_is_rebuilt_from_the_database(life):
    """P15: nothing of what is concluded is needed to conclude it again."""
    before = stored_ids()
    for path in store.folder().iterdir():
        path.unlink()
    store.forget()
    assert store.index() is None
    assert store.people() is None
    assert not Release.objects.filter(serving=True).exists()
    assert rebuild.is_behind(key=MODEL)
    assert rebuild.people_are_behind()

    rebuilt_by_night(now=timezone.now())

    assert stored_ids() == before
    found = similar.similar_images(viewer=Viewer(user_id=life["other"].pk), image_id=life["liked"].pk, folding=False)
    assert found.entries[0].card.id == life["own"].pk
