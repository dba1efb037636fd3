import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine import index
from recommender.engine.arrays import Segments, unit
from recommender.engine.index import background_moments, codes_for, fit_projection, nearest


def oracle(vectors, queries, k, allowed=None):
    """Every cosine in float32, every row sorted."""
    cosines = queries @ vectors.astype(np.float32).T
    open_rows = range(len(vectors)) if allowed is None else np.flatnonzero(allowed).tolist()
    return [sorted(open_rows, key=lambda row: (-line[row], row))[:k] for line in cosines]


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, 60), st.integers(1, 12), st.integers(0, 2**32 - 1), st.sampled_from([0.1, 0.6, 1.0]), st.booleans()
)
def test_the_scan_finds_what_sorting_everything_finds(n, k, seed, share, halves):
    rng = np.random.default_rng(seed)
    vectors = unit(rng.standard_normal((n, 5))).astype(np.float16 if halves else np.float32)
    vectors[n // 2 :] = vectors[: n - n // 2]  # ties
    queries, allowed = unit(rng.standard_normal((3, 5))), rng.random(n) < share

    rows, scores = nearest(Segments(np.array_split(vectors, 3)), queries, k, allowed)

    for found, wanted, line, query in zip(rows, oracle(vectors, queries, k, allowed), scores, queries, strict=True):
        cosines = vectors.astype(np.float32) @ query
        assert len(wanted) == np.count_nonzero(found >= 0)
        assert np.allclose(line[: len(wanted)], cosines[wanted], atol=1e-6)
        assert (found[len(wanted) :] == -1).all()
        assert (line[len(wanted) :] == -np.inf).all()
        assert allowed[found[found >= 0]].all()


def test_equal_scores_come_by_row():
    vectors = np.tile(unit(np.ones((1, 4))), (6, 1))

    rows, _ = nearest(vectors, vectors[:1], 4, np.array([0, 1, 1, 1, 1, 1], bool))

    assert rows.tolist() == [[1, 2, 3, 4]]


def test_an_empty_index_finds_nothing():
    rows, scores = nearest(Segments([], width=4), np.ones((1, 4), np.float32), 2)

    assert rows.tolist() == [[-1, -1]]
    assert (scores == -np.inf).all()


def test_a_mask_or_codes_of_another_size_are_refused():
    vectors = unit(np.ones((3, 4)))
    with pytest.raises(ValueError, match="fit"):
        nearest(vectors, vectors[:1], 1, np.ones(2, bool))
    with pytest.raises(ValueError, match="fit"):
        nearest(vectors, vectors[:1], 1, codes=index.Codes(np.zeros((2, 1), np.uint64), np.eye(4, dtype=np.float32)))


def test_codes_keep_what_the_exact_scan_finds_also_under_a_filter():
    rng = np.random.default_rng(0)
    centres = unit(rng.standard_normal((300, 64)))
    vectors = unit(centres[rng.integers(300, size=25_000)] + 0.8 * unit(rng.standard_normal((25_000, 64)))).astype(
        np.float16
    )
    queries = vectors[rng.integers(25_000, size=40)].astype(np.float32)
    codes = codes_for(Segments([vectors[:21_000], vectors[21_000:]]))
    for allowed in (None, rng.random(25_000) < 0.02):
        exact, _ = nearest(vectors, queries, 10, allowed)
        rows, _ = nearest(vectors, queries, 10, allowed, codes=codes)
        recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(exact.tolist(), rows.tolist(), strict=True)])

        assert recall >= 0.99


def test_small_collections_need_no_codes():
    assert codes_for(unit(np.ones((10, 4)))) is None


def test_moments_are_those_of_all_pairs_of_a_small_collection():
    vectors = unit(np.random.default_rng(0).random((40, 6)))
    pairs = (vectors @ vectors.T)[np.triu_indices(40, k=1)]

    moments = background_moments(vectors)

    assert moments.mean == pytest.approx(pairs.mean(), abs=1e-5)
    assert moments.std == pytest.approx(pairs.std(), abs=1e-5)


@pytest.mark.parametrize("vectors", [np.zeros((0, 4)), np.zeros((5, 4)), np.ones((1, 4)) / 2, np.ones((5, 4)) / 2])
def test_moments_without_two_different_pictures_stay_finite(vectors):
    assert background_moments(vectors.astype(np.float32)) == index.Moments(0.0, 1.0)


def test_few_features_are_centred_but_keep_their_length():
    features = np.random.default_rng(0).random((300, 1280)).astype(np.float32)

    projection = fit_projection(features)
    vectors = projection.apply(features)

    assert projection.components is None
    assert vectors.shape == (300, 1280)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert abs(background_moments(vectors).mean) < 0.1 < background_moments(unit(features)).mean


def test_no_features_and_one_picture_are_projected_too():
    nothing, one = np.zeros((0, 1280)), np.ones((1, 1280))

    assert fit_projection(nothing).apply(one) == pytest.approx(unit(one))
    assert np.linalg.norm(fit_projection(one).apply(one)) == pytest.approx(1)


def test_many_features_are_centred_and_projected_and_keep_their_neighbours():
    rng = np.random.default_rng(0)
    families = rng.integers(20, size=2100)
    features = rng.gamma(1, 1, 1280) * np.exp(0.5 * rng.standard_normal((20, 1280)))[families]
    features = features * rng.gamma(3, 1, (2100, 1280))

    projection = fit_projection(features)
    vectors = projection.apply(features)
    rows, _ = nearest(vectors, vectors[:50], 6)

    assert vectors.shape == (2100, 256)
    assert np.allclose(projection.components @ projection.components.T, np.eye(256), atol=1e-4)
    assert abs(background_moments(vectors).mean) < 0.02
    assert (families[rows[:, 1:]] == families[:50, None]).mean() > 0.95
    assert np.array_equal(fit_projection(features).components, projection.components)
    assert not projection.apply(np.zeros((1, 1280))).any()
