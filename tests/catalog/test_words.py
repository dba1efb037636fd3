import pytest
from django.utils import translation

from catalog import queries, services, words
from catalog.models import Category, Tag
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


def test_words_that_only_join_others_ask_for_nothing_but_count_as_they_stand(make_user):
    owner = make_user()
    plain = make_image(owner=owner, title="Boat, sea, evening")
    literal = make_image(owner=owner, title="A boat on the sea")

    assert found("boat on the sea") == [literal.pk, plain.pk]
    assert found("on the") == [literal.pk]
    assert found("boat on th") == [literal.pk]


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


@pytest.fixture
def bilingual(make_user):
    """A horse, a hippopotamus and a retriever, tagged in English; their Chinese names come from the site's words."""
    owner = make_user()
    images = {
        tag: make_image(owner=owner, title=f"Number {number}", tags=[tag])
        for number, tag in enumerate(["horse", "hippopotamus", "golden retriever", "sea"])
    }
    names = {"horse": "马", "hippopotamus": "河马", "golden-retriever": "金毛犬", "sea": "大海"}
    assert services.name_in_chinese(names) == 4
    return images


@pytest.mark.parametrize(
    ("english", "chinese", "tag"),
    [
        ("horse", "马", "horse"),
        ("horses", "马", "horse"),
        ("golden retriever", "金毛犬", "golden retriever"),
        ("Hippopotamus", "河马", "hippopotamus"),
    ],
)
def test_a_name_finds_the_same_pictures_in_both_languages(bilingual, english, chinese, tag):
    assert found(english) == found(chinese) == [bilingual[tag].pk]


def test_both_languages_find_what_is_told_in_either(bilingual, make_user):
    owner = make_user()
    told = {make_image(owner=owner, title=title).pk for title in ("A horse in the rain", "雨中的马")}

    assert set(found("horse")) == set(found("马")) == told | {bilingual["horse"].pk}


def test_chinese_without_spaces_is_cut_into_the_names_it_holds(bilingual, make_user):
    both = make_image(owner=make_user(), tags=["golden retriever", "sea"])

    assert found("大海里的金毛犬") == found("golden retriever sea") == [both.pk]
    assert found("大海河马") == []


def test_what_no_name_covers_is_looked_for_letter_by_letter(make_user):
    image = make_image(owner=make_user(), title="山中的水墨画")

    assert found("山水画") == [image.pk]


def test_a_name_that_staff_have_set_stays(bilingual):
    Tag.objects.filter(slug="sea").update(name_zh="海")

    assert services.name_in_chinese({"sea": "大海"}) == 0
    assert Tag.objects.get(slug="sea").name_zh == "海"


def test_names_are_shown_in_the_language_of_the_page(bilingual):
    image = bilingual["golden retriever"]

    with translation.override("zh-hans"):
        (card,) = queries.cards([image.pk], NOBODY)
    (plain,) = queries.cards([image.pk], NOBODY)

    assert [tag.name for tag in card.tags] == ["金毛犬"]
    assert [tag.name for tag in plain.tags] == ["golden retriever"]


def test_a_tag_may_be_written_in_chinese(bilingual, make_user):
    image = make_image(owner=make_user(), tags=["金毛犬"])

    assert list(image.image_tags.values_list("tag__slug", flat=True)) == ["golden-retriever"]


def test_whole_words_are_told_from_parts_of_words(make_user):
    image = make_image(owner=make_user(), title="Catamaran")

    assert found("cat") == found("tamaran") == [image.pk]
    assert words.whole_ids("tamaran") == words.whole_ids("cat", unfinished=False) == []
    assert words.whole_ids("catamaran", unfinished=False) == [image.pk]


def test_names_that_are_akin_count_as_whole_words_alone(make_user):
    owner = make_user()
    rain = make_image(owner=owner, title="Rain in the city")
    make_image(owner=owner, title="Rainbow over a city")

    assert words.whole_ids("rainy cities", akin={"rainy": ("rain",)}) == [rain.pk]
    assert words.whole_ids("city rainy", akin={"rainy": ("rain",)}) == [rain.pk]
    assert words.whole_ids("rainy cities") == []


def test_a_text_is_taken_apart_into_what_it_asks_for(make_user):
    owner = make_user()
    wet = make_image(owner=owner, title="Rain, city")
    dry = make_image(owner=owner, title="City", tags=["stained glass"])
    services.name_in_chinese({"stained-glass": "彩色玻璃"})

    asked = words.ids_by_part("stained glass in a rainy city", akin={"rainy": ("rain",)})

    assert [set(ids) for ids in asked.values()] == [{dry.pk}, {wet.pk}, {wet.pk, dry.pk}]
    assert words.ids_by_part("") == {}
