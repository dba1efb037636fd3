"""Search by words, by several parts, and what is suggested. Pictures are rows here, of classes that are surely seen."""

import numpy as np
import pytest
from django.utils import timezone

from catalog import services
from catalog.models import Image, State
from catalog.queries import GalleryFilter
from catalog.viewers import NOBODY, Viewer
from recommender import rebuild, search, store
from recommender.engine.kind import Seen
from recommender.engine.vision.aspects import MANNER
from recommender.models import Embedding
from recommender.search import BadPart, Part
from tests.factories import make_image

pytestmark = pytest.mark.django_db
DOG, PIANO, ORANGE = 207, 579, 950  # golden retriever, grand piano, orange


@pytest.fixture
def seen(eyes, words_file, settings, make_user):
    """Publish pictures of these classes, three of each: class → their ids, titled by numbers alone."""
    settings.WORDS_FILE = words_file
    owner = make_user("owner")
    counter = iter(range(1000))

    def publish(*classes: int, visibility: str = "public") -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number in classes:
            for part in range(3):
                image = make_image(owner=owner, title=f"Number {next(counter)}", visibility=visibility)
                features = features_of(number, part)
                Embedding.objects.create(
                    image=image,
                    model_key=store.eyes().model_key,
                    state=State.READY,
                    features=features.astype("<f2").tobytes(),
                )
                found.setdefault(number, []).append(image.pk)
        rebuild.publish_index(key=store.eyes().model_key, now=timezone.now())
        return found

    return publish


def features_of(number: int, part: int) -> np.ndarray:
    """Features that the network's last layer takes for this class, with a little of the rest."""
    with store.eyes()._model.held() as model:
        weights, _bias = model.head
    noise = np.random.default_rng([number, part]).uniform(0, 0.05, 1280)
    return np.maximum(weights[number], 0) * 12 + noise


def found(text: str, viewer: Viewer = NOBODY, **more) -> tuple[bool, list[int]]:
    match = search.by_words(viewer=viewer, text=text, **more)
    return match.good_match, [entry.card.id for entry in match.entries]


def test_what_is_seen_is_found_by_its_meaning_in_both_languages(seen):
    pictures = seen(DOG, PIANO)

    for text in ("dog", "a puppy", "狗", "小狗狗", "金毛犬"):
        good, ids = found(text)
        assert (good, set(ids)) == (True, set(pictures[DOG])), text


def test_what_is_told_and_what_is_seen_are_joined(seen, make_user):
    pictures = seen(DOG, PIANO)
    told = make_image(owner=make_user(), title="Our dog, not looked at yet")

    good, ids = found("dog")

    assert good
    assert set(ids) == {told.pk, *pictures[DOG]}


@pytest.mark.parametrize("text", ["xqzkvb", "submarine", "democracy", "潜水艇", "民主", "  "])
def test_words_for_nothing_that_is_here_are_no_good_match(seen, text):
    seen(DOG, PIANO)

    assert not found(text)[0]


def test_the_nearest_are_there_anyway(seen):
    pictures = seen(DOG, PIANO)

    good, ids = found("violin concert")

    assert not good
    assert ids[0] in pictures[PIANO]


def test_what_is_told_by_some_of_the_words_is_nearest(seen, make_user):
    seen(DOG, PIANO)
    owner = make_user()
    one = make_image(owner=owner, title="A stormy evening")
    two = make_image(owner=owner, title="A stormy evening with a violin")

    good, ids = found("stormy violin concert")

    assert not good
    assert ids[:2] == [two.pk, one.pk]


def test_a_word_is_not_taken_for_the_beginning_of_another(seen, make_user):
    seen(DOG)
    image = make_image(owner=make_user(), title="Planetarium")

    assert found("plan")[0] is False
    assert found("planetariu") == (True, [image.pk])


def test_a_filter_narrows_and_keeps_the_order(seen):
    pictures = seen(DOG, PIANO)
    two = sorted(pictures[DOG])[:2]
    for pk in two:
        services.set_person_tags(image=Image.objects.get(pk=pk), names=["outside"])
    _good, everywhere = found("dog")

    good, ids = found("dog", where=GalleryFilter(tags=("outside",)))

    assert good
    assert ids == [pk for pk in everywhere if pk in two]


def test_what_is_private_is_found_by_its_owner_alone(seen):
    hidden = seen(DOG, visibility="private")[DOG]
    owner = Viewer(user_id=Image.objects.get(pk=hidden[0]).owner_id)

    assert found("dog") == (False, [])
    assert set(found("dog", owner)[1]) == set(hidden)


def test_without_a_reader_the_letters_are_searched(seen, settings, tmp_path, make_user):
    image = make_image(owner=make_user(), title="A dog")
    settings.WORDS_FILE = tmp_path / "none.words"
    seen(DOG)

    assert found("dog") == (True, [image.pk])


def parts(*asked: Part, viewer: Viewer = NOBODY, **more) -> list[int]:
    return [entry.card.id for entry in search.by_parts(asked, viewer=viewer, **more).entries]


def test_plus_and_minus_move_what_they_name(seen):
    pictures = seen(DOG, PIANO, ORANGE)
    dog, *others = pictures[DOG]

    more_piano = parts(Part("image", image=dog), Part("words", 0.9, text="grand piano"))
    less_piano = parts(Part("image", image=dog), Part("words", -1.0, text="grand piano"))

    assert dog not in more_piano
    assert set(less_piano[:2]) == set(others)
    assert set(less_piano[-3:]) == set(pictures[PIANO])
    assert less_piano.index(pictures[PIANO][0]) > more_piano.index(pictures[PIANO][0])


def test_who_only_leaves_things_out_misses_nothing(seen):
    seen(DOG, PIANO)

    match = search.by_parts([Part("words", -1.0, text="submarine")], viewer=NOBODY)

    assert match.good_match
    assert len(match.entries) == 6


def test_a_colour_is_a_part(seen, make_user):
    pictures = seen(DOG)
    red = make_image(owner=make_user(), colour="#c0392b")
    Embedding.objects.create(
        image=red, model_key=store.eyes().model_key, state=State.READY,
        features=features_of(PIANO, 0).astype("<f2").tobytes(),
    )  # fmt: skip
    rebuild.publish_index(key=store.eyes().model_key, now=timezone.now())

    assert parts(Part("colour", colour="c0392b")) == [red.pk]
    assert parts(Part("image", image=pictures[DOG][0]), Part("colour", colour="c0392b"))[0] == red.pk


def test_a_colour_that_nothing_has_leads_to_the_nearest(make_user):
    owner = make_user()
    blue, red = make_image(owner=owner, colour="#3c5fa8"), make_image(owner=owner, colour="#b4442c")
    make_image(owner=make_user(), colour="#c0392b", visibility="private")

    match = search.by_parts([Part("colour", colour="ff0000")], viewer=NOBODY)

    assert not match.good_match
    assert [entry.card.id for entry in match.entries] == [red.pk, blue.pk]
    assert match.total == 2


def test_one_part_gives_the_list_of_its_own_search(seen):
    pictures = seen(DOG, PIANO)
    photo = Seen(features_of(DOG, 9).astype(np.float32), np.zeros(MANNER, np.float32))

    assert parts(Part("words", text="dog")) == found("dog")[1]
    assert set(parts(Part("photo", seen=photo))[:3]) == set(pictures[DOG])
    assert set(parts(Part("image", image=pictures[DOG][0]), k=2)) == set(pictures[DOG][1:])


def test_a_filter_never_changes_what_fits_better(seen):
    pictures = seen(DOG, PIANO, ORANGE)
    for pk in (chosen := [pictures[DOG][1], pictures[PIANO][0], pictures[ORANGE][2]]):
        services.set_person_tags(image=Image.objects.get(pk=pk), names=["chosen"])
    asked = (Part("image", image=pictures[DOG][0]), Part("words", 0.4, text="orange"))

    narrowed = parts(*asked, where=GalleryFilter(tags=("chosen",)))

    assert narrowed == [pk for pk in parts(*asked) if pk in chosen]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part("words", 2.0, text="dog"), "between -1 and 1"),
        (Part("words", 0.0, text="dog"), "is not 0"),
        (Part("words", float("nan"), text="dog"), "between -1 and 1"),
        (Part("words", text=" "), "what to look for"),
        (Part("colour", colour="red"), "hexadecimal"),
        (Part("image", image=1), "no such picture"),
        (Part("image", image=1, box=(0.5, 0, 0.4, 1)), "left before right"),
        (Part("photo"), "looked at"),
        (Part("sound"), "photo, an image, a colour or words"),
    ],
)
def test_a_part_without_a_meaning_is_refused_with_a_reason(part, said):
    with pytest.raises(BadPart, match=said) as refused:
        search.by_parts([Part("words", text="fine"), part], viewer=NOBODY)
    assert refused.value.place == 1


def test_somebody_elses_private_picture_is_no_part(seen):
    (hidden, *_others) = seen(DOG, visibility="private")[DOG]

    with pytest.raises(BadPart, match="no such picture"):
        parts(Part("image", image=hidden))


def suggested(text: str, viewer: Viewer = NOBODY, language: str = "en") -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in search.suggest(text, viewer=viewer, language=language)]


@pytest.fixture
def named(make_user):
    owner = make_user("namer")
    for number in range(3):
        make_image(owner=owner, title=f"Sea piece {number}", tags=["sea", "seal"] if number else ["sea", "deep sea"])
    make_image(owner=owner, title="Secret seaside", tags=["secret sea"], visibility="private")
    services.name_in_chinese({"sea": "大海", "seal": "海豹"})
    return owner


def test_names_that_begin_so_come_first_then_words_that_do_then_titles(named):
    assert suggested("sea") == [
        ("tag", "sea"), ("tag", "seal"), ("tag", "deep sea"),
        ("title", "Sea piece 0"), ("title", "Sea piece 1"), ("title", "Sea piece 2"),
    ]  # fmt: skip


def test_either_language_is_understood_and_the_pages_is_spoken(named):
    assert suggested("海", language="zh-hans")[:2] == [("tag", "海豹"), ("tag", "大海")]
    assert suggested("sea", language="zh-hans")[0] == ("tag", "大海")
    assert suggested("大海")[0] == ("tag", "sea")


def test_nobody_is_shown_a_private_name(named):
    assert "Secret seaside" not in str(suggested("se"))
    assert ("title", "Secret seaside") in suggested("secret", Viewer(user_id=named.pk))
    assert suggested("secret") == []


def test_names_written_much_like_it_are_what_was_meant(named):
    assert [one.text for one in search.spelt_like("seel", language="en")] == ["seal"]
    assert [one.text for one in search.spelt_like("some saal", language="zh-hans")] == ["海豹"]
    assert [one.text for one in search.spelt_like("deap sea", language="en")] == ["deep sea"]
    assert search.spelt_like("qwxzvbk", language="en") == []
    assert search.spelt_like("", language="en") == []


def test_a_word_that_can_be_read_was_no_slip(named, words_file, settings, tmp_path):
    settings.WORDS_FILE = tmp_path / "none.words"
    assert [one.text for one in search.spelt_like("meal", language="en")] == ["seal"]

    settings.WORDS_FILE = words_file

    assert search.spelt_like("meal", language="en") == search.spelt_like("deer seat", language="en") == []
    assert [one.text for one in search.spelt_like("seel", language="en")] == ["seal"]


def test_a_suggestion_costs_the_same_whatever_there_is(named, connection_queries):
    suggested("sea")
    with connection_queries() as few:
        suggested("sea")
    for number in range(8):
        make_image(owner=named, title=f"Sea again {number}", tags=[f"sea {number}"])
    with connection_queries() as many:
        suggested("sea")

    assert len(few) == len(many) <= 3


def test_nothing_is_suggested_for_nothing(named):
    assert suggested("  ") == suggested("!") == []
