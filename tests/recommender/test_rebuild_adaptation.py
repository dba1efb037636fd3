import numpy as np
import pytest
from django.utils import timezone

from catalog.models import Image, State
from catalog.viewers import NOBODY
from recommender import queries, rebuild, services, similar, store
from recommender.engine import adaptation as engine
from recommender.engine.arrays import unit
from recommender.engine.index import nearest
from recommender.models import Embedding, Release
from recommender.rebuild import adaptation
from tests.factories import MODEL, make_category, make_findable, make_image

pytestmark = pytest.mark.django_db

CLASSES, EACH = 4, 10


def look(label: int, rng: np.random.Generator) -> np.ndarray:
    """What a class shows in a few numbers, under what all pictures show at random in others."""
    seen = np.zeros(32, np.float32)
    seen[label] = 1.0
    seen[8:] = rng.normal(0, 0.35, 24)
    return seen


@pytest.fixture
def collection(make_user):
    """Four categories of ten pictures each, findable."""
    owner, rng = make_user(), np.random.default_rng(0)
    categories = [make_category(f"class-{label}") for label in range(CLASSES)]
    images = {}
    for label, category in enumerate(categories):
        for _ in range(EACH):
            images[make_image(owner=owner, category=category)] = look(label, rng)
    make_findable(images)
    return images


@pytest.fixture
def candidate(collection, eyes):
    return adaptation.train(key=MODEL, now=timezone.now())


def test_training_changes_nothing_until_it_is_promoted(collection, eyes):
    plain = store.index()

    release = adaptation.train(key=MODEL, now=timezone.now())

    assert not release.serving
    assert store.index().version == plain.version
    assert store.index().model_key == MODEL
    assert (release.kind, release.algorithm) == (Release.Kind.INDEX, "adapted")
    assert {"known", "unseen", "copies", "chosen", "objections"} <= set(release.card)


def test_the_laboratory_trains_it_as_a_run_that_ends_in_the_candidate(collection, eyes):
    Embedding.objects.update(model_key=rebuild.model_key())
    run = services.train(algorithm="adapted", by=None, now=timezone.now())

    assert rebuild.train_run(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.error_detail) == (State.READY, "")
    assert (run.release.kind, run.release.algorithm, run.release.serving) == (Release.Kind.INDEX, "adapted", False)


@pytest.mark.parametrize("lesson", ["adapted", "categories", "dream"])
def test_a_lesson_with_too_little_to_learn_from_fails_with_a_sentence(eyes, lesson):
    run = services.train(algorithm=lesson, by=None, now=timezone.now())

    rebuild.train_run(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.error_code) == (State.FAILED, "unable")
    assert "needed" in run.error_detail or "needs" in run.error_detail


def test_its_key_names_the_eyes_and_the_adaptation(candidate):
    index = store.index(candidate.version)

    assert index.eyes_key == MODEL
    assert index.model_key == f"{MODEL}+{engine.name_of(index.projection)}"


def test_both_indexes_can_be_read_side_by_side_each_in_a_space_of_its_own(candidate):
    adapted, plain = store.index(candidate.version), store.index()

    assert adapted.ids.values.tolist() == plain.ids.values.tolist()
    assert adapted.vectors.width == plain.vectors.width + CLASSES - 1
    with pytest.raises(ValueError, match="different lengths"):
        type(plain.vectors)([*plain.vectors.parts, *adapted.vectors.parts])


def test_vectors_and_queries_go_through_the_same_projection(candidate):
    index = store.index(candidate.version)
    features = queries.features_of(index.ids.values, key=MODEL)

    expected = index.projection.apply(features)

    assert np.allclose(index.vectors.take(np.arange(len(index.ids))), expected, atol=1e-3)
    (rows,), _ = nearest(index.vectors, index.projection.apply(unit(features[:1])), 1)
    assert rows.tolist() == [0]


def test_once_promoted_similar_pictures_come_from_it_and_plain_ones_after_a_roll_back(candidate, collection):
    image = next(iter(collection))

    store.promote(candidate, by=None, now=timezone.now())

    assert store.index().model_key == candidate.model_key
    assert len(similar.similar_images(viewer=NOBODY, image_id=image.pk, k=5, mode="look").entries) == 5
    store.roll_back(Release.Kind.INDEX)
    assert store.index().model_key == MODEL


def test_new_pictures_are_appended_adapted_and_the_card_stays(candidate, make_user):
    store.promote(candidate, by=None, now=timezone.now())
    new = make_image(owner=make_user())

    make_findable({new: look(1, np.random.default_rng(7))})

    release, index = store.serving(Release.Kind.INDEX), store.index()
    assert new.pk in index.ids.values
    assert index.model_key == candidate.model_key
    assert (release.algorithm, release.card) == ("adapted", candidate.card)
    row = index.ids.rows([new.pk])
    expected = index.projection.apply(queries.features_of(np.array([new.pk]), key=MODEL))
    assert np.allclose(index.vectors.take(row), expected, atol=1e-3)


def test_what_came_while_the_candidate_waited_is_caught_up_with(candidate, make_user):
    meanwhile = make_image(owner=make_user())
    make_findable({meanwhile: look(2, np.random.default_rng(8))})
    assert not rebuild.is_behind(key=MODEL)

    store.promote(candidate, by=None, now=timezone.now())

    assert meanwhile.pk not in store.index().ids.values
    assert rebuild.is_behind(key=MODEL)
    rebuild.publish_index(key=MODEL, now=timezone.now())
    assert meanwhile.pk in store.index().ids.values
    assert store.index().model_key == candidate.model_key
    assert not rebuild.is_behind(key=MODEL)


def test_what_is_deleted_leaves_indexes_that_wait_too(candidate, collection):
    gone = next(iter(collection))
    before = store.index(candidate.version)
    Image.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())

    changed = rebuild.leave_out_deleted(key=MODEL)

    after = store.index(candidate.version)
    assert changed == 1
    assert gone.pk not in after.ids.values
    assert (len(after.ids), after.model_key) == (len(before.ids) - 1, before.model_key)
    assert rebuild.leave_out_deleted(key=MODEL) == 0


def test_other_eyes_end_it(candidate, collection):
    store.promote(candidate, by=None, now=timezone.now())
    Embedding.objects.update(model_key="other-eyes")

    rebuild.publish_index(key="other-eyes", now=timezone.now())

    assert store.index().model_key == "other-eyes"
    assert store.index().projection.directions is None


def test_too_few_categories_are_told_in_a_sentence(make_user, eyes):
    owner, rng = make_user(), np.random.default_rng(0)
    category = make_category("only")
    make_findable({make_image(owner=owner, category=category): look(0, rng) for _ in range(3)})

    with pytest.raises(adaptation.TooFew, match="4 categories of 10 pictures or more; there are 0"):
        adaptation.train(key=MODEL, now=timezone.now())


def card(*, known: float = 0.1, low: float = 0.05, unseen: float = 0.0, copies: float = 1.0, count: int = 9) -> dict:
    return {
        "known": {"plain": 0.6, "adapted": 0.6 + known, "difference": known, "low": low, "high": known * 2},
        "unseen": {"plain": 0.6, "adapted": 0.6 + unseen, "difference": unseen, "low": unseen, "high": unseen},
        "copies": {"count": count, "plain": 1.0, "adapted": copies},
    }


def test_one_that_gains_and_costs_nothing_has_nothing_said_against_it():
    assert adaptation.objections(card(unseen=-0.01, copies=0.99)) == []


@pytest.mark.parametrize(
    ("measured", "word"),
    [
        (card(low=-0.001), "not better on known"),
        (card(unseen=-0.02), "has not met"),
        (card(copies=0.98), "fewer near-copies"),
        (card(count=0), "No near-copies"),
    ],
)
def test_one_that_is_not_better_or_costs_something_is_objected_to(measured, word):
    (objection,) = adaptation.objections(measured)

    assert word in objection
