import pytest

from catalog import queries, services
from catalog.models import Category
from catalog.viewers import NOBODY, Viewer
from tests.factories import make_category, make_image

pytestmark = pytest.mark.django_db


def found(text: str, viewer: Viewer = NOBODY) -> list[int]:
    return queries.search_ids(text, viewer)


def test_titles_come_before_descriptions(make_user):
    owner = make_user()
    told = make_image(owner=owner, title="A boat", description="near the lighthouse")
    named = make_image(owner=owner, title="Lighthouse")

    assert found("lighthouse") == [named.pk, told.pk]


def test_all_words_must_be_there_in_any_field(make_user):
    owner = make_user()
    image = make_image(owner=owner, title="Evening harbour", tags=["calm water"])
    make_image(owner=owner, title="Evening")

    assert found("harbour calm") == [image.pk]
    assert found("harbour storm") == []


def test_the_last_word_may_be_unfinished_and_case_and_accents_do_not_matter(make_user):
    image = make_image(owner=make_user(), title="Café de la Paix")

    assert found("CAFE pai") == [image.pk]


def test_english_words_are_found_in_other_forms(make_user):
    image = make_image(owner=make_user(), title="Running horses")

    assert found("horse") == [image.pk]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Große Straße", "straße"),
        ("U\u0308bersicht", "Übersicht"),
        ("Übersicht", "u\u0308bersicht"),
        ("ＡＢＣ公园", "abc公园"),
    ],
)
def test_one_spelling_finds_the_other(make_user, title, text):
    image = make_image(owner=make_user(), title=title)

    assert found(text) == [image.pk]


@pytest.mark.parametrize("text", ["山", "山水", "水画卷", "富春山"])
def test_chinese_is_found_by_any_part(make_user, text):
    image = make_image(owner=make_user(), title="富春山水画卷")
    make_image(owner=make_user(), title="城市夜景")

    assert found(text) == [image.pk]


def test_the_category_path_counts(make_user):
    nature = make_category("nature")
    birds = Category.objects.create(slug="birds", name="Birds of prey", parent=nature)
    image = make_image(owner=make_user(), category=birds)

    assert found("nature") == [image.pk]
    assert found("prey") == [image.pk]


@pytest.mark.parametrize("text", ["", "   ", '"', "* AND (", "a' OR 1=1 --", "\\", "%", "NEAR(", "x" * 5000, "_", ":*"])
def test_odd_queries_are_answered(make_user, text):
    make_image(owner=make_user(), title="Plain")

    assert isinstance(found(text), list)


def test_a_percent_sign_is_not_a_wildcard(make_user):
    make_image(owner=make_user(), title="Plain")

    assert found("%") == []


def test_private_words_are_found_by_their_owner_alone(make_user):
    owner = make_user()
    image = make_image(owner=owner, title="Secret garden", visibility="private")

    assert found("garden") == []
    assert found("garden", Viewer(user_id=owner.pk)) == [image.pk]


def test_edited_and_deleted_words_are_forgotten(make_user):
    image = make_image(owner=make_user(), title="Old name")
    services.edit_image(image=image, title="New name")
    assert found("old") == []
    assert found("new") == [image.pk]

    services.erase(image=image)
    assert found("new") == []
