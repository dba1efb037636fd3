"""What people wrote, read: published, kept in step, and what searches make of it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from catalog import services
from catalog.models import Image
from catalog.viewers import NOBODY, Viewer
from recommender import rebuild, search, store
from recommender.models import Release
from tests.factories import make_category, make_findable, make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung(eyes, words_file, settings, make_user):
    """Six pictures by title, with tags; eyes that see nothing in them."""
    settings.WORDS_FILE = words_file
    owner = make_user("owner")
    told = {
        "Wet Monday": ["rain", "city"],
        "Roofs": ["city", "sun"],
        "Over the fields": ["rain", "countryside"],
        "Slow bells": ["jellyfish", "sea"],
        "Old turtle": ["turtle", "sea"],
        "Carrara": ["marble", "texture"],
    }
    images = {title: make_image(owner=owner, title=title, tags=tags) for title, tags in told.items()}
    make_findable({image: [0.0] for image in images.values()}, key=store.eyes().model_key)
    services.name_in_chinese({"rain": "雨", "city": "城市", "jellyfish": "水母"})
    rebuild.publish_told()
    return images


def found(text: str, viewer: Viewer = NOBODY) -> tuple[bool, bool, list[str]]:
    match = search.by_words(viewer=viewer, text=text)
    return match.good_match, match.partly, [entry.card.title for entry in match.entries]


@pytest.mark.parametrize("text", ["rainy city", "rainy cities", "a city in the rain", "雨城市", "多雨的城市"])
def test_all_that_is_asked_for_in_one_picture_is_a_good_match(hung, text):
    assert found(text) == (True, False, ["Wet Monday"])


def test_a_form_of_a_word_finds_what_has_the_word(hung):
    good, _partly, titles = found("rainy")

    assert good
    assert set(titles) == {"Wet Monday", "Over the fields"}


def test_a_wider_name_is_not_as_good_as_the_word(hung):
    services.set_person_tags(image=hung["Slow bells"], names=["animal"])
    rebuild.publish_told()

    assert not found("dog")[0]
    assert found("dog")[2][0] == "Slow bells"


@pytest.mark.parametrize("text", ["jellyfish city", "水母城市"])
def test_where_no_picture_has_all_those_with_a_part_come_first_and_it_is_said(hung, text):
    good, partly, titles = found(text)

    assert (good, partly) == (False, True)
    assert set(titles[:3]) == {"Wet Monday", "Roofs", "Slow bells"}


def test_those_with_most_of_it_come_first(hung):
    assert found("rainy city with jellyfish")[2][0] == "Wet Monday"


def test_a_chinese_word_that_is_not_known_is_a_part_that_is_missing(hung):
    good, partly, titles = found("城市民主")

    assert (good, partly) == (False, True)
    assert set(titles[:2]) == {"Wet Monday", "Roofs"}


def test_what_people_wrote_is_near_before_what_the_eyes_guess(hung):
    for text in ("dog", "dogs", "狗"):
        good, _partly, titles = found(text)
        assert not good
        assert set(titles[:2]) == {"Slow bells", "Old turtle"}, text


def test_what_is_private_is_near_for_its_owner_alone(hung):
    hidden = hung["Old turtle"]
    Image.objects.filter(pk=hidden.pk).update(visibility="private")

    assert "Old turtle" not in found("dog")[2]
    assert "Old turtle" in found("dog", Viewer(user_id=hidden.owner_id))[2]


def test_nothing_is_published_where_nothing_has_changed(hung):
    before = store.told()

    assert rebuild.publish_told() == len(hung)
    assert store.told().version == before.version


def test_only_what_has_changed_is_read_again(hung):
    before, image = store.told(), hung["Carrara"]
    services.edit_image(image=image, title="An old dog")
    rebuild.publish_told()

    after = store.told()
    moved = (before.vectors.take(range(6)) != after.vectors.take(range(6))).any(axis=1)
    assert after.ids.ids(moved.nonzero()[0]).tolist() == [image.pk]
    assert found("puppy dogs")[2][0] == "An old dog"


def test_what_is_deleted_is_told_no_more(hung):
    services.delete_image(image=hung["Carrara"])
    rebuild.publish_told()

    assert store.told().ids.rows([hung["Carrara"].pk]).tolist() == [-1]


def test_what_a_machine_said_is_nothing_that_people_wrote(hung):
    services.set_machine_tags(image_id=hung["Roofs"].pk, tags=[services.MachineTag("dog", "dog", 0.9)])
    before = store.told().written.tolist()
    rebuild.publish_told()

    assert store.told().written.tolist() == before


def test_a_damaged_release_is_read_anew_and_searching_goes_on_meanwhile(hung):
    for name in store.arrays_of(store.serving(Release.Kind.TOLD).manifest):
        (store.folder() / name).write_bytes(b"")
    store.forget()

    assert found("rain city") == (True, False, ["Wet Monday"])
    assert rebuild.publish_told() == len(hung)
    assert found("rainy city") == (True, False, ["Wet Monday"])


def test_without_a_reader_nothing_is_published(hung, settings, tmp_path):
    Release.objects.filter(kind=Release.Kind.TOLD).delete()
    settings.WORDS_FILE = tmp_path / "none.words"

    assert rebuild.publish_told() == 0
    assert found("rain city") == (True, False, ["Wet Monday"])


def test_a_category_and_a_picture_without_words_are_read_too(hung, make_user):
    bare = make_image(owner=make_user())
    boats = make_image(owner=bare.owner, category=make_category("boats"))
    make_findable({bare: [0.0], boats: [0.0]}, key=store.eyes().model_key)
    rebuild.publish_told()

    told = store.told()
    empty, read = told.vectors.take(told.ids.rows([bare.pk, boats.pk])).any(axis=1)
    assert (empty, read) == (False, True)
    assert "boats" in told.names


def test_the_command_prints_what_was_read(hung):
    out = StringIO()

    call_command("rebuild", "words", "--json", stdout=out, stderr=StringIO())

    assert json.loads(out.getvalue())["rows"] == len(hung)
