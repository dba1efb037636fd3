"""Trainings with their curves, and the releases they end in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommender.engine.model import Algorithm
from recommender.engine.registry import ALGORITHMS
from recommender.laboratory.charts import Chart, Series, chart
from recommender.laboratory.evaluations import Figure, figure
from recommender.models import Release, TrainingRun

LESSONS = [
    ("dream", gettext_lazy("Pictures that do not exist")),
    ("adapted", gettext_lazy("Looks adapted to the categories")),
    ("categories", gettext_lazy("Proposals of categories")),
]
RECENT = 12  # trainings shown
MOST_CARDS = 40
DASHED = ("validation",)  # how the names of curves on a validation part begin


@dataclass(frozen=True)
class Training:
    """One training: its row, and its curves as far as it has come."""

    run: TrainingRun
    charts: list[Chart]


@dataclass(frozen=True)
class Card:
    """A release with what is known of it. primary: nDCG@10, if it was measured. rows: the rest of its model card."""

    release: Release
    primary: Figure | None
    rows: list[tuple[str, str]]
    charts: list[Chart]


def trainable() -> list[Algorithm]:
    return sorted(ALGORITHMS.values(), key=lambda one: (one.family, one.name))


def recent() -> list[TrainingRun]:
    return list(TrainingRun.objects.select_related("release", "asked_by").order_by("-created_at")[:RECENT])


def training(run: TrainingRun) -> Training:
    return Training(run=run, charts=curves([(epoch.number, epoch.values) for epoch in run.epochs.all()]))


def curves(epochs: Iterable[tuple[int, dict[str, float]]]) -> list[Chart]:
    """Losses in one chart, everything else in another."""
    points: dict[str, list[tuple[float, float]]] = {}
    for number, values in epochs:
        for name, value in values.items():
            points.setdefault(name, []).append((number, value))
    losses = {name: line for name, line in points.items() if "loss" in name}
    others = {name: line for name, line in points.items() if "loss" not in name}
    drawn = [_curves(_("Loss"), losses), _curves(_("Measured on the validation part"), others)]
    return [one for one in drawn if one is not None]


def cards() -> list[Card]:
    """Models that serve or may be promoted: what serves first, then the newest.

    Of the indexes that the site publishes by itself only the one that serves.
    """
    kinds = [Release.Kind.RANKER, Release.Kind.INDEX, Release.Kind.DREAM]
    found = Release.objects.filter(kind__in=kinds).exclude(kind=Release.Kind.INDEX, algorithm="", serving=False)
    found = found.select_related("promoted_by").order_by("-serving", "-created_at")
    return [card(release) for release in found[:MOST_CARDS]]


def card(release: Release) -> Card:
    epochs = release.card.get("epochs") or []
    metrics = release.card.get("metrics") or {}
    return Card(
        release=release,
        primary=figure(metrics.get("ndcg@10")),
        rows=list(_rows({name: value for name, value in release.card.items() if name != "epochs"})),
        charts=curves((int(epoch["epoch"]), {k: v for k, v in epoch.items() if k != "epoch"}) for epoch in epochs),
    )


def _rows(values: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """A model card as lines: names joined by dots, numbers rounded."""
    for name, value in values.items():
        whole = f"{within}{name}".replace("_", " ")
        if isinstance(value, Mapping) and {"mean", "low", "high"} <= set(value):
            yield whole, _interval(value["mean"], value["low"], value["high"])
        elif isinstance(value, Mapping):
            yield from _rows(value, f"{whole} · ")
        elif isinstance(value, float):
            yield whole, f"{value:.4g}"
        elif isinstance(value, list):
            yield whole, ", ".join(str(part) for part in value)
        else:
            yield whole, str(value)


def _interval(mean: float | None, low: float | None, high: float | None) -> str:
    if mean is None:
        return "–"
    return f"{mean:.4f}" if low is None or high is None else f"{mean:.4f} ({low:.4f} – {high:.4f})"


def _curves(title: str, lines: dict[str, list[tuple[float, float]]]) -> Chart | None:
    series = [Series(name.replace("_", " "), points, name.startswith(DASHED)) for name, points in lines.items()]
    return chart(title=title, x_title=_("Epoch"), y_title="", series=series)
