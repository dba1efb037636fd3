import numpy as np
import pytest

from catalog.models import Image, ImageTag, Tag
from catalog.viewers import NOBODY
from recommender import topics
from tests.factories import make_category, make_findable, make_image, make_topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathered(make_user):
    return make_topics(make_user("owner"))


def counts(most: int = 50) -> dict[str, int]:
    return {topic.slug: topic.images for topic in topics.fullest(NOBODY, most=most)}


def test_a_topic_counts_all_that_is_below_it_each_picture_once(gathered):
    spaniels, _other = gathered
    ImageTag.objects.create(image=spaniels[0], tag=Tag.objects.get(slug="dog"), source="person")

    assert counts() == {"dog": 4, "pets": 4, "indoors": 3, "spaniel": 3}
    assert list(counts(2)) == ["pets", "indoors"]


def test_what_people_say_counts_more_than_what_only_the_machine_sees(gathered, make_user):
    owner, seen = make_user("another"), Tag.objects.create(slug="household-item", name="household item")
    for _ in range(9):  # 4 for pets and 3 for indoors, said; 1 for dog, said, and 3 times a fifth; 9 times a fifth
        ImageTag.objects.create(image=make_image(owner=owner), tag=seen, source="machine", confidence=0.9)

    assert list(counts()) == ["pets", "indoors", "household-item", "dog", "spaniel"]
    assert counts()["household-item"] == 9


def test_two_forms_of_a_word_are_one_topic_where_they_gather_the_same(gathered, make_user):
    owner = make_user("another")
    both = [make_image(owner=owner) for _ in range(4)]
    faces, face = Tag.objects.create(slug="faces", name="Faces"), Tag.objects.create(slug="face", name="face")
    cup, glass = (Tag.objects.create(slug=slug, name=slug, name_zh="杯子") for slug in ("cup", "tumbler"))
    for image in both:
        ImageTag.objects.create(image=image, tag=faces, source="person")
        ImageTag.objects.create(image=image, tag=cup, source="person")
    for image in both[:3]:
        ImageTag.objects.create(image=image, tag=face, source="person")
        ImageTag.objects.create(image=image, tag=glass, source="person")

    assert {"faces", "cup"} <= set(counts())
    assert not {"face", "tumbler"} & set(counts())


def test_two_words_that_only_look_like_forms_of_one_are_two_topics(make_user):
    owner = make_user("another")
    for slug in ("glass", "glasses"):
        tag = Tag.objects.create(slug=slug, name=slug)
        for _ in range(3):
            ImageTag.objects.create(image=make_image(owner=owner), tag=tag, source="person")

    assert set(counts()) == {"glass", "glasses"}


def test_what_is_not_listed_counts_for_nobody(gathered):
    spaniels, _other = gathered
    Image.objects.filter(pk=spaniels[0].pk).update(visibility="private")

    assert counts() == {"dog": 3, "pets": 3}


def test_covers_differ_and_the_best_liked_come_first(gathered, make_user):
    spaniels, other = gathered
    Image.objects.filter(pk=other.pk).update(like_count=5)
    Image.objects.filter(pk=spaniels[1].pk).update(like_count=3)

    covers = {topic.slug: topic.cover.id for topic in topics.fullest(NOBODY, most=4)}

    assert covers["pets"] == other.pk
    assert covers["indoors"] == spaniels[1].pk
    assert len(set(covers.values())) == 4


def test_a_list_of_topics_asks_a_fixed_number_of_questions(gathered, connection_queries):
    topics.fullest(NOBODY, most=1)
    with connection_queries() as few:
        topics.fullest(NOBODY, most=1)
    with connection_queries() as many:
        topics.fullest(NOBODY, most=50)

    assert len(many) == len(few)


def test_a_circle_of_tags_is_walked_once(gathered):
    Tag.objects.filter(slug="dog").update(parent=Tag.objects.get(slug="spaniel"))

    assert counts()["spaniel"] == 4
    assert Tag.objects.filter(slug="dog").with_narrower().count() == 2


def test_names_are_in_the_readers_language(gathered, settings):
    from django.utils import translation

    with translation.override("zh-hans"):
        names = {topic.slug: topic.name for topic in topics.fullest(NOBODY, most=9)}

    assert (names["dog"], names["spaniel"]) == ("狗", "spaniel")


def test_topics_that_look_alike_are_neighbours(make_user):
    owner, rng = make_user("owner"), np.random.default_rng(0)
    looks = {"seas": [1, 0.2, 0], "waves": [1, 0.3, 0.1], "shoes": [0, 0, 1], "boots": [0, 0.1, 1]}
    images = {}
    for slug, look in looks.items():
        category = make_category(slug)
        for _ in range(4):
            images[make_image(owner=owner, category=category)] = np.array(look) + rng.normal(0, 0.02, 3)
    make_findable(images)
    topics.forget()

    assert topics.neighbours("seas")[0].slug == "waves"
    assert topics.neighbours("boots")[0].slug == "shoes"
    assert topics.neighbours("nothing") == []
