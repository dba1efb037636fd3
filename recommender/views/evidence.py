"""Evidence: what people did with the lists they were shown, and experiments on how these are made. For staff."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recommender import evidence, services
from recommender.engine.online.equal_arms import Alarms
from recommender.engine.online.replay import ENOUGH
from recommender.evidence import Figures, Row
from recommender.experiments import BadExperiment
from recommender.laboratory.charts import Chart, Series, chart
from recommender.models import Experiment, Release
from recommender.views import experiment_form
from recommender.views.lab import staff_only

SPANS = (7, 30, 90)
STOPPED_SHOWN = 10
COLUMNS = (
    "impressions", "people", "clicks", "likes", "saves", "conversions", "click_rate", "like_rate", "conversion",
    "dwell", "coverage",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of a table in words. `figures`: click rate, like rate, conversion, dwell and coverage by name."""

    row: Row
    figures: dict[str, str]


@staff_only
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Figures of the last days, experiments, and with `check=aa` the alarms that equal arms would raise."""
    return _page(request)


@staff_only
@require_safe
def data(request: HttpRequest, form: str) -> HttpResponse:
    """All figures of the page, as CSV or JSON."""
    found = evidence.figures(now=timezone.now(), days=_days(request))
    name = f"evidence-{found.until:%Y-%m-%d}.{form}"
    if form == "csv":
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        _write_csv(response, found)
    else:
        response = JsonResponse(_as_json(found), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_only
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Plan an experiment. What cannot be run comes back with what was typed and why."""
    try:
        experiment = services.create_experiment(now=timezone.now(), **experiment_form.asked(request.POST))
    except BadExperiment as problem:
        return _page(request, problem=str(problem), typed=request.POST.dict(), status=400)
    messages.success(request, _("“%(name)s” is planned with %(people)d people.") % _named(experiment))
    return redirect("recommender:evidence")


@staff_only
@require_POST
def act(request: HttpRequest, name: str, action: str) -> HttpResponse:
    """Start, stop or delete an experiment."""
    experiment = get_object_or_404(Experiment, name=name)
    try:
        _ACTIONS[action](experiment)
    except BadExperiment as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _DONE[action]() % _named(experiment))
    return redirect("recommender:evidence")


_ACTIONS: dict[str, Callable[[Experiment], None]] = {
    "start": lambda experiment: services.start_experiment(experiment=experiment, now=timezone.now()),
    "stop": lambda experiment: services.stop_experiment(experiment=experiment, now=timezone.now()),
    "delete": lambda experiment: services.delete_experiment(experiment=experiment),
}
_DONE: dict[str, Callable[[], str]] = {
    "start": lambda: _("“%(name)s” is running. Lists that are being walked through keep as they are."),
    "stop": lambda: _("“%(name)s” has been stopped; its verdict is kept."),
    "delete": lambda: _("“%(name)s” has been deleted."),
}


def _named(experiment: Experiment) -> dict[str, Any]:
    return {"name": experiment.name, "people": experiment.planned_people}


def _page(
    request: HttpRequest, *, problem: str = "", typed: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    now, days = timezone.now(), _days(request)
    found = evidence.figures(now=now, days=days)
    checking = request.GET.get("check") == "aa"
    alarms = evidence.equal_arms_check(now=now, days=days) if checking else None
    context = {
        "figures": found,
        "headline": _in_words(found.total) | {"margin": _percent(found.margin)},
        "replay": _replay(found),
        "tables": _tables(found),
        "charts": _charts(found),
        "days": days,
        "spans": SPANS,
        "experiments": _experiments(),
        "kinds": Experiment.Kind.choices,
        "metrics": Experiment.Metric.choices,
        "releases": Release.objects.filter(serving=True),
        "checking": checking,
        "alarms": alarms,
        "alarm_words": _alarms(alarms),
        "problem": problem,
        "typed": typed or {},
        "lab_page": "evidence",
    }
    return render(request, "pages/evidence.html", context, status=status)


def _days(request: HttpRequest) -> int:
    """How many days are asked for: one of the spans. Raises Http404."""
    asked = request.GET.get("days", "30")
    if asked not in {str(span) for span in SPANS}:
        raise Http404("There is no such span.")
    return int(asked)


def _experiments() -> list[dict[str, Any]]:
    """Those that run, then drafts, then what was stopped last, with their verdicts."""
    states = Experiment.State
    open_ones = list(Experiment.objects.exclude(state=states.STOPPED).order_by("-state", "-created_at"))
    stopped = list(Experiment.objects.filter(state=states.STOPPED).order_by("-ended_at")[:STOPPED_SHOWN])
    return [_shown(each) for each in [*open_ones, *stopped]]


def _shown(experiment: Experiment) -> dict[str, Any]:
    """An experiment as its partial reads it."""
    found = evidence.verdict(experiment, now=timezone.now())
    arms = found.get("arms") or [{"name": arm["name"]} for arm in experiment.arms]
    return {
        "experiment": experiment,
        "found": found,
        "effect": _percent(experiment.effect),
        "arms": [_arm_shown(arm, settings) for arm, settings in zip(arms, experiment.arms, strict=True)],
        "interval": _interval(found),
        "guards": [(Experiment.Metric(one["metric"]).label, one["harmed"]) for one in found.get("guards", [])],
        "sample_ratio": f"{found['sample_ratio']:.2g}" if found else "",
    }


def _arm_shown(arm: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    changes = [f"{name} = {value}" for part in ("config", "releases") for name, value in settings[part].items()]
    shares = {metric: _percent(arm.get(metric)) for metric in Experiment.Metric.values}
    return dict(arm) | shares | {"changes": ", ".join(changes)}


def _interval(found: Mapping[str, Any]) -> str:
    """How large the difference is, as far as that is known: of rates in percentage points, of preference as a share."""
    if found.get("preference"):
        preference = found["preference"]
        said = {name: _percent(preference[name]) for name in ("share", "low", "high")}
        said |= {"p": f"{preference['p']:.2g}"}
        return _("%(share)s of the credit (%(low)s to %(high)s), p = %(p)s by flipping signs over people") % said
    comparison = found.get("comparison") or {}
    if comparison.get("error") is None:
        return ""
    said = {
        name: formats.number_format(100 * comparison[name], decimal_pos=2) for name in ("difference", "low", "high")
    }
    said |= {"p": f"{comparison['p']:.2g}"}
    return _("%(difference)s points (%(low)s to %(high)s), p = %(p)s by the delta method over people") % said


def _tables(found: Figures) -> list[tuple[str, str, list[Line]]]:
    """Each table with its title, and what its lines are."""
    tables = [
        (_("By day"), _("Day"), found.by_day[::-1]),
        (_("By what spoke for the card"), _("Source"), found.by_source),
        (_("By list"), _("List"), found.by_list),
        (_("By release"), _("Release"), found.by_release[::-1]),
    ]
    return [(title, name, [Line(row, _in_words(row)) for row in rows]) for title, name, rows in tables]


def _in_words(row: Row) -> dict[str, str]:
    shares = {name: _percent(getattr(row, name)) for name in ("click_rate", "like_rate", "conversion", "coverage")}
    return shares | {"dwell": "–" if row.dwell is None else _("%(seconds)d s") % {"seconds": round(row.dwell)}}


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{formats.number_format(100 * share, decimal_pos=1)} %"


def _alarms(alarms: Alarms | None) -> dict[str, str]:
    shares = asdict(alarms) if alarms is not None else {}
    return {name: _percent(share) for name, share in shares.items() if isinstance(share, float)}


def _replay(found: Figures) -> dict[str, Any]:
    replayed = found.replay
    shares = {name: _percent(getattr(replayed, name)) for name in ("value", "low", "high")}
    sizes = {"places": replayed.places, "effective": round(replayed.effective), "enough": replayed.is_enough}
    return shares | sizes | {"needed": round(ENOUGH), "explored": _percent(found.explored.click_rate)}


def _charts(found: Figures) -> list[Chart]:
    """Rates and coverage over the days."""
    last = found.until.date()
    rates = {_("clicks"): "click_rate", _("likes"): "like_rate", _("converted"): "conversion"}
    drawn = (
        _by_day(_("Rates by day"), _("share of impressions"), found, last, rates),
        _by_day(_("Coverage by day"), _("share of pictures"), found, last, {_("shown"): "coverage"}),
    )
    return [one for one in drawn if one is not None and len(found.by_day) > 1]


def _by_day(title: str, y_title: str, found: Figures, last: Any, names: Mapping[str, str]) -> Chart | None:
    series = [
        Series(name, [(_days_before(row.name, last), getattr(row, column) or 0.0) for row in found.by_day])
        for name, column in names.items()
    ]
    return chart(title=title, x_title=_("days before today"), y_title=y_title, series=series, from_zero=True)


def _days_before(day: str, last: Any) -> float:
    return float((type(last).fromisoformat(day) - last).days)


def _write_csv(response: HttpResponse, found: Figures) -> None:
    writer = csv.writer(response)
    writer.writerow(["table", "name", *COLUMNS])
    for table, rows in found.tables().items():
        for row in rows:
            writer.writerow([table, row.name, *(_cell(getattr(row, column)) for column in COLUMNS)])


def _cell(value: float | None) -> object:
    return "" if value is None else round(value, 6) if isinstance(value, float) else value


def _as_json(found: Figures) -> dict[str, Any]:
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "click_rate_margin": found.margin,
        "tables": {name: [row.as_json() for row in rows] for name, rows in found.tables().items()},
        "replay": evidence.finite(asdict(found.replay)) | {"enough": found.replay.is_enough},
        "experiments": [
            {"name": one["experiment"].name, "state": one["experiment"].state, **one["found"]} for one in _experiments()
        ],
    }
