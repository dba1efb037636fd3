"""PMF."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import check_grad

from recommender.engine.algorithms import pmf
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.reactions import Reactions

DEFAULTS = pmf.ENTRIES[0].defaults
SHAPE = (40, 25)


def ratings(share: float = 0.6, seed: int = 0) -> Reactions:
    """Two kinds of people and of pictures: 5 or 4 for one's own kind, 2 or 1 for the other."""
    rng = np.random.default_rng(seed)
    who, what = np.nonzero(rng.random(SHAPE) < share)
    stars = np.where(who % 2 == what % 2, 4, 1) + rng.integers(0, 2, who.size)
    return Reactions.of(who, what, weights=stars, shape=SHAPE)


def fitted(rated: Reactions, **chosen) -> pmf.Ratings:
    training = TrainingSet(likes=rated.where(rated.weights >= 4), ratings=rated)
    return pmf.fit_pmf(training, {**DEFAULTS, "factors": 3, "regularisation": 0.5, **chosen}, Fit())


def slow_row(rated, others, centre, strength, *, bias: bool) -> np.ndarray:
    """One person or picture as one least-squares problem in what they differ from the centre."""
    who, target = rated
    design = np.column_stack([others[who, :-1], np.full(len(who), float(bias))])
    left = np.concatenate([design, np.diag(np.sqrt(strength))])
    away = target - others[who, -1] - design @ centre
    found = centre + np.linalg.lstsq(left, np.concatenate([away, np.zeros(len(strength))]), rcond=None)[0]
    return found if bias else np.append(found[:-1], 0)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("share", [0.1, 0.7])
def test_a_half_sweep_solves_every_rows_least_squares_problem(bias, share):
    """Rows of fewer and of more ratings than factors."""
    rng = np.random.default_rng(2)
    table = sparse.csr_matrix(ratings(share).matrix())
    others = rng.standard_normal((SHAPE[1], 5)).astype(np.float32)
    centre, strength = np.append(rng.standard_normal(4), 0), np.array([2.0, 2.0, 2.0, 2.0, 0.7])

    found = pmf.ridges(table, others, centre, strength, bias=bias)

    for row in range(SHAPE[0]):
        own = table[row]
        slow = slow_row((own.indices, own.data), others.astype(float), centre, strength, bias=bias)
        assert found[row] == pytest.approx(slow if own.nnz else np.zeros(5), abs=1e-3)


@pytest.mark.parametrize("centred", [True, False])
@pytest.mark.parametrize("bias", [True, False])
def test_the_slope_of_the_bounded_loss_is_its_slope(centred, bias):
    table = ratings(0.3).matrix()
    table.data = (table.data - 1) / 4
    rows = np.repeat(np.arange(SHAPE[0]), np.diff(table.indptr))
    chosen = {**DEFAULTS, "centred": centred, "bias": bias}
    strength = np.array([0.3, 0.3, 0.2])
    start = 0.3 * np.random.default_rng(0).standard_normal((sum(SHAPE), 3))
    start[:, -1] *= bias
    free = np.broadcast_to([True, True, bias], start.shape)

    def parts(flat):
        both = start.copy()
        both[free] = flat
        return pmf.bounded_loss(table, rows, both[: SHAPE[0]], both[SHAPE[0] :], 0.2, strength, chosen)

    assert check_grad(lambda flat: parts(flat)[0], lambda flat: parts(flat)[1][free], start[free]) < 1e-4


@pytest.mark.parametrize("chosen", [{}, {"bias": False}, {"centred": False}, {"bounded": True, "regularisation": 0.02}])
def test_ratings_that_were_not_seen_are_foretold(chosen):
    rated = ratings()
    model = fitted(rated, **chosen)
    seen = rated.matrix().toarray() > 0
    who, what = np.nonzero(~seen)

    guess = model.predict(who, what)

    assert guess.dtype == np.float32
    # 4.5 and 1.5 are the best guesses; their error is the half star of chance.
    assert np.sqrt(np.mean(np.square(guess - np.where(who % 2 == what % 2, 4.5, 1.5)))) < 0.4
    assert 1 <= guess.min() <= guess.max() <= 5


def test_biases_alone_by_hand():
    # μ = 3; with λ_b = 1, b_u = (±1 · 2) / (2 + 1) at first, and the pictures' biases stay 0 by symmetry.
    rated = Reactions.of([0, 0, 1, 1], [0, 1, 0, 1], weights=[4, 4, 2, 2], shape=(2, 2))

    model = fitted(rated, factors=0, bias_regularisation=1.0)

    assert model.mean == 3
    assert model.predict(np.array([0, 1]), np.array([0, 0])) == pytest.approx([3 + 2 / 3, 3 - 2 / 3], abs=1e-5)


def test_of_somebody_or_something_unknown_the_terms_are_nothing():
    model = fitted(ratings())

    assert model.predict(np.array([-1]), np.array([-1])) == pytest.approx([model.mean])
    assert model.predict(np.array([3]), np.array([-1])) == pytest.approx([model.mean + model.people[3, -1]], abs=1e-5)
    assert model.predict(np.array([-1]), np.array([4])) == pytest.approx([model.mean + model.pictures[4, -1]], abs=1e-5)


def test_predictions_end_where_the_scale_does():
    model = fitted(ratings())

    wild = replace(model, mean=90.0)

    assert wild.predict(np.array([0, 1]), np.array([0, 0])).tolist() == [5, 5]


def test_a_stranger_who_likes_a_kind_is_shown_that_kind():
    model = fitted(ratings())
    stranger = Reactions.of([0, 0, 0], [0, 2, 4], shape=(1, SHAPE[1])).strangers()

    scores = model.score(stranger)[0]

    assert scores[6::2].min() > scores[1::2].max()


def test_errors_are_told_after_every_sweep_and_do_not_grow():
    told: list[float] = []
    rated = ratings()
    training = TrainingSet(likes=rated, ratings=rated)

    settings = {**DEFAULTS, "factors": 3, "iterations": 5}
    pmf.fit_pmf(training, settings, Fit(watch=lambda _epoch, values: told.append(values["rmse"])))

    assert len(told) == 5
    assert told[-1] < told[0]


def test_without_ratings_there_is_nothing_to_learn():
    nobody = Reactions.of([], [], shape=(2, 3))

    model = fitted(nobody)

    assert not model.knows.any()
    assert model.predict(np.array([0]), np.array([0])).tolist() == [0]
    with pytest.raises(ValueError, match="needs ratings"):
        pmf.fit_pmf(TrainingSet(likes=nobody), DEFAULTS, Fit())
