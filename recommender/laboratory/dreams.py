"""The board of dreams: pictures that do not exist, those that a person may like first, each with real ones near it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from PIL import Image as Pillow

from catalog import queries as catalog_queries
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.arrays import Ids, Rows, Vectors, Weights, best_first, unit
from recommender.engine.config import DEFAULT
from recommender.engine.content import Looks, attraction, aversion, similarity, taste_similarity
from recommender.engine.inputs import History
from recommender.engine.taste import distances, recency, tastes
from recommender.laboratory.charts import Chart, Series, chart
from recommender.models import Release

SHOWN = 24
NEAREST = 3  # real pictures that a dream leads to
ALIKE = 0.9  # cosine from which two dreams are one on the board
ACROSS = 6  # samples in a row of a sheet


@dataclass(frozen=True)
class Dream:
    """One picture that does not exist. number: its place among the samples. near: real pictures, the nearest first."""

    number: int
    near: list[Card]


@dataclass(frozen=True)
class Sheet:
    """The same z after an epoch."""

    number: int
    epoch: int


@dataclass(frozen=True)
class Board:
    """What a release of dreams shows. chosen: whether they were chosen for a person, who has likes."""

    release: Release
    size: int
    dreams: list[Dream]
    chosen: bool
    sheets: list[Sheet]
    charts: list[Chart]
    frechet: dict[str, Any]

    @property
    def copies(self) -> float:
        """Percent of the dreams that are nearly a picture they were learned from."""
        return 100 * float(self.frechet.get("memorised", 0.0))

    @property
    def sheet_side(self) -> int:
        return ACROSS * self.size


def board(release: Release, *, viewer: Viewer, person: AbstractUser | None = None) -> Board:
    """The board as `viewer` may see it, for `person` or for nobody in particular. Raises store.Damaged."""
    near = np.asarray(store.load(release.manifest["near"]))
    chosen = _chosen(near, person) if person is not None else None
    shown = (np.arange(len(near)) if chosen is None else chosen)[:SHOWN]
    real = _cards(near[shown], viewer)
    epochs = np.asarray(store.load(release.manifest["sheet_epochs"])).tolist()
    return Board(
        release=release,
        size=release.manifest["size"],
        dreams=[Dream(int(number), cards) for number, cards in zip(shown, real, strict=True)],
        chosen=chosen is not None,
        sheets=[Sheet(place, epoch) for place, epoch in enumerate(epochs)],
        charts=_charts(release.card.get("epochs", [])),
        frechet=release.card.get("frechet", {}),
    )


def sample_file(release: Release, number: int) -> bytes | None:
    """One dream as PNG; None when there is none of that number. Raises store.Damaged."""
    samples = store.load(release.manifest["samples"])
    return _png(np.asarray(samples[number])) if number < len(samples) else None


def sheet_file(release: Release, number: int) -> bytes | None:
    """One sheet of samples as PNG, six in a row; None when there is none of that number. Raises store.Damaged."""
    sheets = store.load(release.manifest["sheets"])
    return _png(sheet(np.asarray(sheets[number]))) if number < len(sheets) else None


def sheet(samples: NDArray[np.uint8], *, across: int = ACROSS) -> NDArray[np.uint8]:
    """(n, side, side, c) uint8 as one picture (rows · side, across · side, c); what does not fill a row is left out."""
    count, side, _, channels = samples.shape
    rows = count // across
    grid = samples[: rows * across].reshape(rows, across, side, side, channels)
    return grid.transpose(0, 2, 1, 3, 4).reshape(rows * side, across * side, channels)


def _png(pixels: NDArray[np.uint8]) -> bytes:
    file = io.BytesIO()
    Pillow.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(file, "PNG")
    return file.getvalue()


def _chosen(near: Ids, person: AbstractUser) -> Rows | None:
    """The dreams a person may like, best first and no two alike, by their tastes; None without an index or likes.

    near: (dreams, k) ids of the pictures nearest to each. Returns places in it, 24 at most.
    """
    index = store.index()
    history = queries.history(index, Viewer(user_id=person.pk)) if index is not None else History()
    if index is None or not len(history.liked):
        return None
    vectors = _vectors(index, near)
    return _unlike(vectors, best_first(_scores(index, _looks(vectors), history), len(vectors)))


def _vectors(index: store.Index, near: Ids) -> Vectors:
    """(dreams, d) unit rows: a dream stands in the index in the middle of the pictures near it.

    Its own features would not do, for small pictures and large ones look unlike. Zero where all near it have gone.
    """
    rows = index.ids.rows(near).reshape(near.shape)
    found = index.vectors.take(np.maximum(rows, 0).reshape(-1)).reshape(*rows.shape, -1)
    return unit((found * (rows >= 0)[..., None]).sum(axis=1))


def _scores(index: store.Index, made: Looks, history: History) -> Weights:
    """(dreams,) how much each is to somebody's taste: attraction less aversion, with their last reaction as now."""
    now = max([*history.liked_at, *history.dismissed_at])
    liked, dismissed = (_looks(index.vectors.take(rows)) for rows in (history.liked, history.dismissed))
    lately = recency(history.liked_at, as_of=now, half_life=DEFAULT.like_half_life, floor=DEFAULT.like_floor)
    theirs = tastes(distances(liked.vectors), lately, index.moments)
    scores = attraction(taste_similarity(made, liked, theirs, index.moments), theirs)
    regret = recency(history.dismissed_at, as_of=now, half_life=DEFAULT.dismissal_half_life)
    return scores - aversion(similarity(made, dismissed, index.moments), regret)


def _looks(vectors: Vectors) -> Looks:
    return Looks(vectors, np.full(len(vectors), -1, np.int64))


def _unlike(vectors: Vectors, order: Rows) -> Rows:
    """The first 24 of these rows; what is too like one before it comes after all that are not."""
    kept: list[int] = []
    for row in order.tolist():
        if not kept or (vectors[kept] @ vectors[row]).max() < ALIKE:
            kept.append(row)
        if len(kept) == SHOWN:
            break
    others = order[~np.isin(order, kept)]
    return np.concatenate([np.array(kept, np.int64), others])[:SHOWN]


def _cards(near: Ids, viewer: Viewer) -> list[list[Card]]:
    """The nearest pictures of each dream that may appear in the viewer's lists, today."""
    listed = catalog_queries.listed_ids(near.reshape(-1).tolist(), viewer)
    kept = [[image for image in line if image in listed][:NEAREST] for line in near.tolist()]
    cards = {card.id: card for card in catalog_queries.cards({image for line in kept for image in line}, viewer)}
    return [[cards[image] for image in line if image in cards] for line in kept]


def _charts(epochs: list[dict[str, float]]) -> list[Chart]:
    """Both losses, and how often the discriminator told real and made pictures apart."""

    def series(name: str, label: str) -> Series:
        return Series(label, [(told["epoch"], told[name]) for told in epochs if name in told])

    losses = [series("loss", _("discriminator")), series("generator_loss", _("generator"))]
    drawn = [
        chart(title=_("Loss"), x_title=_("Epoch"), y_title="", series=losses),
        chart(
            title=_("Share of pictures that the discriminator judged rightly"),
            x_title=_("Epoch"),
            y_title="",
            series=[series("discriminator_accuracy", _("right"))],
        ),
    ]
    return [one for one in drawn if one is not None]
