"""Evaluations as the laboratory shows them: a sentence, a table, charts, and how the run was made."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import State
from recommender import evidence
from recommender.engine.registry import ALGORITHMS
from recommender.laboratory.charts import Chart, Series, chart
from recommender.models import EvaluationRun, Experiment

BESIDE_ACCURACY = [
    ("coverage", gettext_lazy("Coverage"), gettext_lazy("share of the pictures that are in anybody's list")),
    ("distance", gettext_lazy("Diversity"), gettext_lazy("how unlike the pictures of one list are: 1 − cosine")),
    ("novelty", gettext_lazy("Novelty"), gettext_lazy("how rarely liked the pictures are, in bits")),
    ("gini", gettext_lazy("Gini"), gettext_lazy("0: all pictures are shown alike; 1: one is shown to everybody")),
]
ACCURACY = [
    ("ndcg", gettext_lazy("nDCG"), gettext_lazy("hits count more the higher they stand; 1 is a perfect list")),
    ("recall", gettext_lazy("Recall"), gettext_lazy("share of what people went on to like that is in the list")),
    ("hit_rate", gettext_lazy("Hit rate"), gettext_lazy("share of people with at least one hit")),
]
SLICES = {
    "cold_pictures": gettext_lazy("pictures nobody had liked"),
    "rare_pictures": gettext_lazy("pictures with 1–5 likes"),
    "cold_people": gettext_lazy("people with 1–5 likes"),
    "new_people": gettext_lazy("people without likes"),
}
MOST_LINES = 6  # in a chart with a line an algorithm


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    help: str


@dataclass(frozen=True)
class Figure:
    """A number with its 95 % interval, if it has one."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """An algorithm in the table. `indistinct`: that it differs from the best cannot be seen with so many people.

    figures, slices: in the order of the report's columns and slices. bar, whisker: the first figure and its interval in
    percent of the longest interval. The times are in seconds, the peak in MB.
    """

    name: str
    summary: str
    family: str
    figures: list[Figure]
    slices: list[Figure]
    fit_seconds: float | None
    score_seconds: float | None
    peak_mb: float | None
    settings: Mapping[str, Any]
    unable: str
    best: bool
    indistinct: bool
    bar: float
    whisker: tuple[float, float]


@dataclass(frozen=True)
class Report:
    """One finished evaluation."""

    run: EvaluationRun
    sentence: str
    columns: list[Column]
    slices: list[Column]
    lines: list[Line]
    pairs: list[dict[str, Any]]
    charts: list[Chart]

    @property
    def command(self) -> str:
        return " ".join(self.run.result.get("command") or [])


@dataclass(frozen=True)
class Online:
    """What people themselves said about two rankings, beside what was foretold from their past."""

    experiment: Experiment
    sentence: str


def latest() -> Report | None:
    """The newest evaluation that came to its end."""
    run = finished().first()
    return report(run) if run is not None else None


def finished() -> Any:
    return EvaluationRun.objects.filter(state=State.READY).order_by("-created_at")


def under_way() -> EvaluationRun | None:
    """The evaluation that is being made, or waits to be."""
    states = [State.PENDING, State.PROCESSING]
    return EvaluationRun.objects.filter(state__in=states).order_by("created_at").first()


def online(*, now: dt.datetime) -> Online | None:
    """The newest experiment that has begun."""
    begun = Experiment.objects.exclude(started_at=None).order_by("-started_at").first()
    return Online(begun, evidence.verdict(begun, now=now).get("sentence", "")) if begun is not None else None


def report(run: EvaluationRun) -> Report:
    result = run.result
    k = (result.get("k") or [10])[0]
    columns = [Column(f"{key}@{k}", f"{title}@{k}", str(words)) for key, title, words in ACCURACY]
    columns += [Column(f"{key}@{k}", str(title), str(words)) for key, title, words in BESIDE_ACCURACY]
    slices = [Column(key, str(words), "") for key, words in SLICES.items()]
    return Report(
        run=run,
        sentence=(result.get("recommended") or {}).get("sentence", ""),
        columns=columns,
        slices=slices,
        lines=_lines(result, columns, f"ndcg@{k}"),
        pairs=result.get("pairs") or [],
        charts=[found for found in _charts(result, k) if found is not None],
    )


def _lines(result: Mapping[str, Any], columns: list[Column], primary: str) -> list[Line]:
    """The best first, those that could not run last."""
    found = sorted(result.get("algorithms") or [], key=lambda one: -(_figure(one, primary).value or -1))
    best = next((one["name"] for one in found if not one.get("unable")), "")
    longest = max((_figure(one, primary).high or _figure(one, primary).value or 0 for one in found), default=0) or 1
    close = _close_to(best, result.get("pairs") or [])
    return [_line(one, columns, primary, best=best, longest=longest, close=close) for one in found]


def _line(
    one: Mapping[str, Any], columns: list[Column], primary: str, *, best: str, longest: float, close: set[str]
) -> Line:
    first = _figure(one, primary)
    seconds = one.get("seconds") or {}
    low, high = first.low or first.value or 0, first.high or first.value or 0
    return Line(
        name=one["name"],
        summary=ALGORITHMS[one["name"]].summary if one["name"] in ALGORITHMS else "",
        family=one.get("family", ""),
        figures=[_figure(one, column.key) for column in columns],
        slices=[_figure((one.get("slices") or {}).get(key) or {}, primary) for key in SLICES],
        fit_seconds=seconds.get("fit"),
        score_seconds=seconds.get("score"),
        peak_mb=one.get("peak_mb"),
        settings=one.get("settings") or {},
        unable=one.get("unable") or "",
        best=one["name"] == best,
        indistinct=one["name"] in close,
        bar=round(100 * (first.value or 0) / longest, 1),
        whisker=(round(100 * low / longest, 1), round(100 * high / longest, 1)),
    )


def _figure(one: Mapping[str, Any], key: str) -> Figure:
    return figure((one.get("metrics") or {}).get(key)) or Figure(None)


def figure(stored: Any) -> Figure | None:
    """A figure as results and model cards keep it; None where there is none."""
    return Figure(stored["mean"], stored.get("low"), stored.get("high")) if isinstance(stored, Mapping) else None


def _close_to(best: str, pairs: Iterable[Mapping[str, Any]]) -> set[str]:
    """Algorithms whose paired interval with the best holds 0."""
    return {
        pair["b"] if pair["a"] == best else pair["a"]
        for pair in pairs
        if best in (pair["a"], pair["b"]) and pair["low"] <= 0 <= pair["high"]
    }


def _charts(result: Mapping[str, Any], k: int) -> list[Chart | None]:
    able = [one for one in result.get("algorithms") or [] if not one.get("unable")]
    able.sort(key=lambda one: -(_figure(one, f"ndcg@{k}").value or 0))
    curves = [
        Series(one["name"], [(point["recall"], point["precision"]) for point in one.get("precision_recall") or []])
        for one in able[:MOST_LINES]
    ]
    spread = [
        Series(one["name"], [(_figure(one, f"coverage@{k}").value or 0, _figure(one, f"ndcg@{k}").value or 0)])
        for one in able
    ]
    return [
        chart(
            title=_("Precision and recall, by length of list"),
            x_title=_("Recall"),
            y_title=_("Precision"),
            series=curves,
        ),
        chart(
            title=_("Accuracy against coverage"),
            x_title=_("Coverage"),
            y_title=f"nDCG@{k}",
            series=spread,
            joined=False,
        ),
    ]


def as_csv(run: EvaluationRun) -> str:
    """The figures as a table: algorithm, metric, mean, low, high; one line a figure."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["algorithm", "metric", "mean", "low", "high"])
    for one in run.result.get("algorithms") or []:
        for name, figure in sorted((one.get("metrics") or {}).items()):
            writer.writerow([one["name"], name, figure.get("mean"), figure.get("low"), figure.get("high")])
    return text.getvalue()
