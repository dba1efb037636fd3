"""PMF: factors of people and pictures that explain explicit ratings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit, logit

from recommender.engine.arrays import Mask, Rows, Scores, Vectors, Weights
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions

CHUNK = 200_000
"""Ratings whose factors are gathered at once."""
SPREAD = 0.1
"""Standard deviation of the factors before they are learned."""


@dataclass(frozen=True, eq=False)
class Ratings:
    """R̂_ui = μ + b_u + b_i + u_u·v_i, clipped to the scale; bounded: low + (high − low) · g of that sum, g the sigmoid.

    `people` (p, d + 1), `pictures` (n, d + 1) float32: factors, and the bias in the last column.  `strength` (d + 1,):
    λ of each column, by which a stranger is folded in.  `centre` (d + 1,): what a person is drawn to.
    """

    people: Vectors
    pictures: Vectors
    known: Mask
    mean: float
    low: float
    high: float
    bounded: bool
    strength: Weights
    centre: Weights

    def predict(self, people_rows: Rows, item_rows: Rows) -> Scores:
        """(m,) float32 ratings in [low, high] for pairs; -1 is somebody or something unknown, whose terms are 0."""
        u, v = _row(self.people, people_rows), _row(self.pictures, item_rows)
        values = self.mean + np.einsum("md,md->m", u[:, :-1], v[:, :-1]) + u[:, -1] + v[:, -1]
        return self._on_scale(values)

    def score(self, people: Reactions) -> Scores:
        """(b, n) ratings before they are clipped; a like of a stranger counts as a rating of `high`."""
        met = people.known >= 0
        vectors = np.zeros((len(people), self.people.shape[1]), np.float32)
        vectors[met] = self.people[people.known[met]]
        for person in np.flatnonzero(~met & (people.counts > 0)).tolist():
            vectors[person] = self._folded(self.pictures[people.of_person(person)])
        scores = vectors[:, :-1] @ self.pictures[:, :-1].T + vectors[:, -1:] + self.pictures[:, -1] + self.mean
        return scores.astype(np.float32, copy=False)

    def _folded(self, liked: Vectors) -> Vectors:
        design = np.column_stack([liked[:, :-1], np.ones(len(liked))])
        target = (logit(0.99) if self.bounded else self.high) - self.mean - liked[:, -1] - design @ self.centre
        system = design.T @ design + np.diag(self.strength)
        vector: Vectors = (self.centre + np.linalg.solve(system, design.T @ target)).astype(np.float32)
        return vector

    def _on_scale(self, values: Vectors) -> Scores:
        ratings = self.low + (self.high - self.low) * expit(values) if self.bounded else values
        clipped: Scores = np.clip(ratings, self.low, self.high).astype(np.float32)
        return clipped

    @property
    def knows(self) -> Mask:
        return self.known


def _row(vectors: Vectors, rows: Rows) -> Vectors:
    found: Vectors = np.where((rows >= 0)[:, None], vectors[np.maximum(rows, 0)], np.float32(0))
    return found


def fit_pmf(training: TrainingSet, settings: Settings, fit: Fit) -> Ratings:
    """Squared error + λ_U Σ‖u_u − ū‖² + λ_V Σ‖v_i − v̄‖² + λ_b (Σ b_u² + Σ b_i²).

    Without `bias` the b stay 0, and it is the model of Salakhutdinov & Mnih (NIPS 2007), whose section 3 learns the
    means ū and v̄ of the priors, too; `centred` off keeps them at 0 (equation 4).  `bounded` fits the sigmoid
    (R − r_min) / (r_max − r_min) = g(…) by L-BFGS (their equation 5); else ridge regressions alternate.
    """
    ratings = training.ratings
    if ratings is None:
        raise ValueError("pmf needs ratings")
    table = ratings.matrix()
    low, high = (float(edge) for edge in (table.data.min(), table.data.max())) if table.nnz else (0.0, 1.0)
    bounded = bool(settings["bounded"]) and high > low
    if bounded:
        table.data = (table.data - low) / (high - low)
    mean = float(table.data.mean(dtype=np.float64)) if table.nnz else 0.0
    strength = np.full(settings["factors"] + 1, float(settings["regularisation"]))
    strength[-1] = settings["bias_regularisation"]
    first = _start(table, settings, fit.seed)
    if bounded:
        mean = float(logit(np.clip(mean, 0.01, 0.99)))
        people, pictures = _descended(table, mean, first, strength, settings, fit)
    else:
        people, pictures = _alternated(table, mean, first, strength, settings, fit)
    seen = table.getnnz(axis=0) > 0
    centre = _centre(people, table.getnnz(axis=1) > 0, settings)
    return Ratings(people, pictures, seen, mean, low, high, bounded, strength, centre)


Sides = tuple[Vectors, Vectors]
"""Factors of people and of pictures, (p, d + 1) and (n, d + 1), with biases in the last column."""


def _start(table: sparse.csr_matrix, settings: Settings, seed: int) -> Sides:
    rng, width = np.random.default_rng(seed), settings["factors"]
    sides = [rng.normal(0, SPREAD, (size, width + 1)).astype(np.float32) for size in table.shape]
    for side, axis in zip(sides, (1, 0), strict=True):
        side[:, -1] = 0
        side[table.getnnz(axis=axis) == 0] = 0
    return sides[0], sides[1]


def _centre(side: NDArray[np.floating], there: Mask, settings: Settings) -> Weights:
    centre = np.zeros(side.shape[1])
    if settings["centred"] and there.any():
        centre[:-1] = side[there, :-1].mean(axis=0, dtype=np.float64)
    return centre


def _alternated(
    table: sparse.csr_matrix, mean: float, first: Sides, strength: Weights, settings: Settings, fit: Fit
) -> Sides:
    apart = table.copy()
    apart.data = apart.data - np.float32(mean)
    sides, tables = list(first), (apart, sparse.csr_matrix(apart.T))
    for sweep in range(settings["iterations"]):
        for this in (0, 1):
            there = tables[this].getnnz(axis=1) > 0
            centre = _centre(sides[this], there, settings)
            sides[this] = ridges(tables[this], sides[1 - this], centre, strength, bias=settings["bias"])
        fit.watch(sweep + 1, {"rmse": _error(apart, sides[0], sides[1])})
    return sides[0], sides[1]


def ridges(rows: sparse.csr_matrix, others: Vectors, centre: Weights, strength: Weights, *, bias: bool) -> Vectors:
    """(p, d + 1): for each row the w that minimises Σ_rated (r − b_i − b − w·v_i)² + Σ λ (w − centre)² + λ_b b².

    rows: (p, n) ratings less their mean.  others: (n, d + 1).  Zeros for a row without ratings.  Short rows are solved
    in as many unknowns as they have ratings.
    """
    width = others.shape[1] - (not bias)
    design = others.copy()
    design[:, -1] = 1
    design, weights, middle = design[:, :width], strength[:width].astype(np.float32), centre.astype(np.float32)
    base = others[:, -1] + design @ middle[:width]
    solved = np.zeros((rows.shape[0], others.shape[1]), np.float32)
    for row in np.flatnonzero(np.diff(rows.indptr)):
        here = slice(rows.indptr[row], rows.indptr[row + 1])
        rated, left = design[rows.indices[here]], rows.data[here] - base[rows.indices[here]]
        if len(left) < width:
            scaled = rated / weights
            found = scaled.T @ np.linalg.solve(scaled @ rated.T + np.eye(len(left), dtype=np.float32), left)
        else:
            found = np.linalg.solve(rated.T @ rated + np.diag(weights), rated.T @ left)
        solved[row, :width] = middle[:width] + found
    return solved


def _error(apart: sparse.csr_matrix, people: Vectors, pictures: Vectors) -> float:
    """Root of the mean squared error on what was learned from."""
    rows = np.repeat(np.arange(apart.shape[0]), np.diff(apart.indptr))
    total = 0.0
    for start in range(0, apart.nnz, CHUNK):
        here = slice(start, start + CHUNK)
        u, v = people[rows[here]], pictures[apart.indices[here]]
        guess = np.einsum("md,md->m", u[:, :-1], v[:, :-1]) + u[:, -1] + v[:, -1]
        total += float(np.square(apart.data[here] - guess, dtype=np.float64).sum())
    return float(np.sqrt(total / apart.nnz)) if apart.nnz else 0.0


def _descended(
    table: sparse.csr_matrix, mean: float, first: Sides, strength: Weights, settings: Settings, fit: Fit
) -> Sides:
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    people, width = table.shape[0], strength.size
    sweeps = 0

    def told(_values: Weights) -> None:
        nonlocal sweeps
        sweeps += 1
        fit.watch(sweeps, {"rmse": float(np.sqrt(last["squares"] / table.nnz))})

    last = {"squares": 0.0}

    def loss(flat: Weights) -> tuple[float, Weights]:
        both = flat.reshape(-1, width)
        value, slope, last["squares"] = bounded_loss(
            table, rows, both[:people], both[people:], mean, strength, settings
        )
        return value, slope.reshape(-1)

    begin = np.concatenate(first).astype(np.float64)
    found = minimize(
        loss,
        begin.reshape(-1),
        jac=True,
        method="L-BFGS-B",
        callback=told,
        options={"maxiter": 4 * settings["iterations"], "maxcor": 5},
    )
    both = found.x.reshape(-1, width).astype(np.float32)
    return both[:people], both[people:]


def bounded_loss(
    table: sparse.csr_matrix,
    rows: Rows,
    people: Weights,
    pictures: Weights,
    mean: float,
    strength: Weights,
    settings: Settings,
) -> tuple[float, Weights, float]:
    """Half the regularised squared error of the sigmoid model, its slope (p + n, d + 1), and the bare squared error.

    table: ratings in [0, 1].  rows: the person of each.
    """
    slopes = [np.zeros_like(people), np.zeros_like(pictures)]
    squares = 0.0
    for start in range(0, table.nnz, CHUNK):
        here = slice(start, start + CHUNK)
        u, v = people[rows[here]], pictures[table.indices[here]]
        guess = expit(mean + np.einsum("md,md->m", u[:, :-1], v[:, :-1]) + u[:, -1] + v[:, -1])
        missed = guess - table.data[here]
        squares += float(missed @ missed)
        steep = sparse.csr_matrix((missed * guess * (1 - guess), (rows[here], table.indices[here])), shape=table.shape)
        slopes[0][:, :-1] += steep @ pictures[:, :-1]
        slopes[1][:, :-1] += steep.T @ people[:, :-1]
        slopes[0][:, -1] += steep.sum(axis=1).A1
        slopes[1][:, -1] += steep.sum(axis=0).A1
    value = squares / 2
    for place, side in enumerate((people, pictures)):
        there = table.getnnz(axis=1 - place) > 0
        centre = _centre(side, there, settings)
        away = np.where(there[:, None], side - centre, side)
        # The mean moves with the side: its part of the slope is 0, as deviations from a mean sum to 0.
        slopes[place] += strength * away
        value += float((strength * np.square(away)).sum()) / 2
        if not settings["bias"]:
            slopes[place][:, -1] = 0
    return value, np.concatenate(slopes), squares


ENTRIES = (
    Algorithm(
        name="pmf",
        family="factors",
        summary="The stars you would give, from factors of people and pictures that explain everybody's stars.",
        fit=fit_pmf,
        model=lambda: Ratings,
        needs=frozenset({"ratings"}),
        defaults={
            "factors": 64,
            "regularisation": 14.0,
            "bias_regularisation": 3.0,
            "iterations": 12,
            "bias": True,
            "bounded": False,
            "centred": True,
        },
        grid=tuple({"regularisation": regularisation} for regularisation in (10.0, 12.0, 14.0, 17.0)),
        random=True,
    ),
)
