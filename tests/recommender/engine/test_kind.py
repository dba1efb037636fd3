"""Whether a picture is of a collection's kind: each measure against its plain definition, and all on pictures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine.arrays import unit
from recommender.engine.config import DEFAULT
from recommender.engine.kind import CROWD, NEAREST, Around, Kind, Seen, crowding, learn
from recommender.engine.vision import colour
from recommender.engine.vision.aspects import MANNER, manner_of
from recommender.engine.vision.embedder import Embedder, find_model_file
from recommender.engine.vision.model_file import EyesError

from .pictures import ROOT, load

WIDTH = 40


def drawn(seed: int, count: int, centre: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Features of `count` pictures around two directions, and manners around one."""
    rng = np.random.default_rng(seed)
    features = rng.gamma(2.0, 0.1, (count, WIDTH))
    features[:, :2] += 2 * np.eye(2)[rng.integers(0, 2, count)]
    return features, rng.normal(1.0 + centre, 0.1, (count, MANNER))


def around(seen: Seen, features: np.ndarray, manners: np.ndarray) -> Around:
    plain = unit(features)
    cosines = plain @ unit(seen.features[None])[0]
    nearest = np.argsort(-cosines, kind="stable")[:CROWD]
    return Around(cosines[nearest], crowding(plain, plain, np.eye(len(plain), dtype=bool))[nearest], manners[nearest])


def has(kind: Kind, seen: Seen, features: np.ndarray, manners: np.ndarray) -> bool:
    return kind.has(seen, around(seen, features, manners))


def test_new_pictures_of_the_kind_belong_and_those_of_another_look_or_manner_do_not():
    features, manners = drawn(0, 300)
    kind = learn(features, manners)
    new = [Seen(*both) for both in zip(*drawn(1, 200), strict=True)]
    other_look = [Seen(np.roll(each.features, 7), each.manner) for each in new]
    other_manner = [Seen(*both) for both in zip(*drawn(1, 200, centre=2.0), strict=True)]

    def share(pictures: list[Seen]) -> float:
        return float(np.mean([has(kind, picture, features, manners) for picture in pictures]))

    assert share(new) >= 0.93
    assert share(other_look) <= 0.05
    assert share(other_manner) <= 0.05


def test_all_but_a_few_of_the_collections_own_pictures_belong():
    """A picture is asked of the collection without it: what `learn` says of itself must be what others would hear."""
    features, manners = drawn(2, 200)

    refused = 0
    for row in range(len(features)):
        others = np.arange(len(features)) != row
        kind = learn(features[others], manners[others])
        seen = Seen(features[row], manners[row])
        refused += not has(kind, seen, features[others], manners[others])

    assert refused / len(features) == pytest.approx(DEFAULT.match_loss, abs=0.025)


def test_the_fit_leaves_a_picture_out_of_mean_and_covariance():
    """Against the same by the book: mean and covariance of the others, on the same diagonal."""
    features, manners = drawn(3, 60)
    roots, count = np.sqrt(features), len(features)
    centred = roots - roots.mean(axis=0)
    variance = np.diag(centred.T @ centred / count)
    diagonal = DEFAULT.kind_shrinkage * np.diag(variance + 1e-3 * variance.mean())
    by_the_book = []
    for row in range(count):
        others = np.delete(roots, row, axis=0)
        apart = others - others.mean(axis=0)
        covariance = (1 - DEFAULT.kind_shrinkage) * apart.T @ apart / count + diagonal
        difference = roots[row] - others.mean(axis=0)
        by_the_book.append(-difference @ np.linalg.solve(covariance, difference))

    fit = learn(features, manners).measures[1]

    np.testing.assert_allclose(fit, np.sort(by_the_book), rtol=1e-3)


def test_nearness_and_likeness_are_means_of_the_nearest():
    features, manners = drawn(4, 30)
    cosines = unit(features) @ unit(features).T
    np.fill_diagonal(cosines, -np.inf)
    order = np.argsort(-cosines, axis=1)[:, :CROWD]
    near = np.take_along_axis(cosines, order, axis=1)
    nearness = near[:, :NEAREST].mean(axis=1) - DEFAULT.crowding_share * near.mean(axis=1)[order].mean(axis=1)
    colours = manners[:, : colour.WIDTH]
    apart = np.sort(np.linalg.norm(colours[order] - colours[:, None], axis=2), axis=1)[:, :NEAREST].mean(axis=1)

    measures = learn(features, manners).measures

    np.testing.assert_allclose(measures[0], np.sort(nearness), atol=1e-6)
    np.testing.assert_allclose(measures[2], np.sort(-apart), atol=1e-6)


def test_the_sum_of_logarithms_by_hand():
    """Of 19 own pictures 9 measure no better in nearness, all in fit, none in colour; style could not be taken."""
    measures = np.array([np.arange(1, 20), np.arange(-19, 0), np.arange(-19, 0), np.full(19, np.nan)], np.float64)
    flat = {"mean": np.zeros(2), "whitening": np.zeros((2, 2)), "centre": np.zeros(11), "spread": np.ones(11)}
    colours = np.eye(2, MANNER) * 30
    seen = Seen(np.ones(2), colours[0])
    beside = Around(np.array([9.0]), np.array([0.0]), colours[1:])
    total = np.log(10 / 20) + np.log(20 / 20) + np.log(1 / 20)

    assert Kind(measures=measures, bar=total - 1e-9, least=1.0, **flat).has(seen, beside)
    assert not Kind(measures=measures, bar=total + 1e-9, least=1.0, **flat).has(seen, beside)
    assert not Kind(measures=measures, bar=total - 1e-9, least=9.1, **flat).has(seen, beside)


def test_what_is_unread_speaks_for_nothing():
    features, manners = drawn(5, 80)
    unread = np.zeros_like(manners)
    kind, blind = learn(features, manners), learn(features, unread)
    other_manner = Seen(features[0], manners[0] + 5)

    assert not has(kind, other_manner, features, manners)
    assert has(kind, Seen(features[0], unread[0]), features, manners)
    assert has(kind, other_manner, features, unread)
    assert has(blind, other_manner, features, manners)


@pytest.mark.parametrize(("count", "least"), [(20, 0.25), (100, 0.25), (150, 0.125)])
def test_few_pictures_that_are_far_from_each_other_have_a_least_nearness(count, least):
    features, manners = np.eye(160)[:count], drawn(7, count)[1]

    assert learn(features, manners).least == pytest.approx(least)


def test_many_pictures_set_their_least_nearness_themselves():
    features, manners = drawn(8, 200)

    kind = learn(features, manners)

    assert kind.least == kind.measures[0, 0]


def test_a_collection_of_few_pictures_has_no_kind():
    features, manners = drawn(6, DEFAULT.kind_from)

    assert learn(features, manners) is not None
    assert learn(features[1:], manners[1:]) is None
    broken = np.concatenate([features[1:], np.zeros((5, WIDTH)), np.full((5, WIDTH), np.nan)])
    assert learn(broken, np.concatenate([manners[1:], np.zeros((10, MANNER))])) is None


@given(st.integers(0, 2**32 - 1), st.integers(20, 40), st.booleans())
def test_pictures_that_are_all_the_same_break_nothing(seed, count, one_more):
    rng = np.random.default_rng(seed)
    features, manners = np.ones((count, 8)) * rng.random(8), np.ones((count, MANNER)) * rng.random(MANNER)
    if one_more:
        features[0] *= 3
    kind = learn(features, manners)

    assert np.isfinite(kind.bar)
    assert np.isfinite(kind.whitening).all()
    assert has(kind, Seen(features[-1], manners[-1]), features, manners) in (True, False)


def test_crowding_is_the_mean_cosine_to_the_nearest_others():
    pictures = unit(np.array([[1, 0], [1, 0.1], [1, 0.2], [0, 1]]))

    crowded = crowding(pictures[:1], pictures, np.arange(4)[None] == 0)

    assert crowded == pytest.approx([np.mean(pictures[1:] @ pictures[0])], abs=1e-6)
    assert crowding(pictures[:1], pictures[:1], np.array([[True]])) == pytest.approx([0])


def seen_in(collection: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    pictures = load(collection, count)
    try:
        embedder = Embedder(find_model_file(ROOT / "var" / "eyes"))
        features = np.array([embedder.embed(picture).features for picture in pictures])
    except EyesError as error:
        pytest.skip(f"no eyes: {error}")
    return features, np.array([manner_of(picture) for picture in pictures], np.float32)


def test_photographs_are_not_of_the_kind_of_product_photos_nor_clip_art():
    held = seen_in("fashion", 150)
    features, manners = (part[:120] for part in held)
    kind = learn(features, manners)

    def refused(pictures: tuple[np.ndarray, np.ndarray]) -> float:
        return 1 - float(np.mean([has(kind, Seen(*both), features, manners) for both in zip(*pictures, strict=True)]))

    assert refused(seen_in("photos", 30)) >= 0.95
    assert refused(seen_in("illustrations", 30)) >= 0.95
    assert refused(tuple(part[120:] for part in held)) <= 0.1
