"""Co-likes: counts, weights, and noise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.algorithms import co_likes
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.privacy import Budget
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS


def reactions(table) -> Reactions:
    dense = np.asarray(table, float)
    who, what = np.nonzero(dense)
    return Reactions.of(who, what, shape=dense.shape)


def fitted(table, **chosen):
    algorithm = ALGORITHMS["co_like"]
    return algorithm.fit(TrainingSet(likes=reactions(table)), algorithm.settings({"k": 0, **chosen}), Fit())


def slow_weights(table: np.ndarray, weighting: str) -> np.ndarray:
    """The definition, cell by cell."""
    together = table.T @ table
    np.fill_diagonal(together, 0)
    lengths = together.sum(axis=1)
    weights = np.zeros_like(together)
    for one, other in zip(*np.nonzero(together), strict=True):
        count, rare = together[one, other], np.log(1 + lengths.sum() / (1 + lengths[other]))
        often = {
            "none": count,
            "tfidf": np.sqrt(count) * rare,
            "bm25": count * 101 / (count + 100 * (0.2 + 0.8 * lengths[one] / lengths.mean())) * rare,
        }
        weights[one, other] = often[weighting]
    return weights


tables = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 1), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


@settings(deadline=None)
@given(tables, st.sampled_from(["none", "tfidf", "bm25"]))
def test_weights_equal_the_definition(rows, weighting):
    table = np.array(rows, float)

    similar = fitted(table, weighting=weighting).similar.toarray()

    assert similar == pytest.approx(slow_weights(table, weighting), rel=1e-5)


CROWD = np.kron(np.eye(2), np.ones((400, 3)))
"""800 people who each like three pictures of one of two kinds; a count of 400 stands out of any noise below."""


@pytest.mark.parametrize("mechanism", ["laplace", "gaussian", "threshold"])
def test_what_very_many_people_like_together_is_found_in_spite_of_the_noise(mechanism):
    similar = fitted(CROWD, privacy=mechanism, weighting="none", most_likes=3, delta=1e-3).similar.toarray()

    kind = np.kron(np.eye(2), 1 - np.eye(3)) > 0
    assert similar[kind] == pytest.approx(400, abs=40)
    assert (similar[~kind] < 100).all()
    assert np.array_equal(similar, similar.T), "one noise for both directions"


def test_one_person_alone_is_not_seen_above_the_threshold():
    seen = [fitted([(1, 1, 1)], privacy="threshold", most_likes=3).similar.nnz for _ in range(50)]

    # Each passes with probability 1e-6.
    assert sum(seen) == 0


def test_noise_is_on_every_cell_not_only_on_those_with_a_count():
    empty = co_likes.counted(reactions(np.zeros((1, 40))))

    noised = co_likes.every_cell(empty, most=10, budget=Budget(3.0), mechanism="laplace", kept=40)

    # Half of 780 cells are above 0 by chance, and rounding leaves nearly all of these.
    assert 300 < noised.nnz < 480
    assert not np.tril(noised.toarray()).any()


def test_every_cell_gets_noise_of_the_scale_its_budget_asks_for():
    full = np.triu(np.full((60, 60), 1000.0), 1)

    for mechanism, deviation in (("laplace", 15 * np.sqrt(2)), ("gaussian", None)):
        noised = co_likes.every_cell(
            co_likes.sparse.csr_matrix(full), most=10, budget=Budget(3.0, 1e-6), mechanism=mechanism, kept=60
        ).toarray()[full > 0]
        expected = deviation or co_likes.privacy.gaussian_deviation(sensitivity=np.sqrt(45), budget=Budget(3.0, 1e-6))
        # 1,770 cells.
        assert noised.std() == pytest.approx(expected, rel=0.2)


def test_words_that_mean_nothing_are_refused():
    with pytest.raises(ValueError, match="loud is none of none, laplace"):
        fitted(CROWD, privacy="loud")
    with pytest.raises(ValueError, match="heavy is none of bm25"):
        fitted(CROWD, weighting="heavy")
