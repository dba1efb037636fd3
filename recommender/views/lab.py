"""The laboratory: which algorithm works here, shown to staff in numbers that lead back to a stored run."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from catalog.viewers import ViewerRequest
from recommender import services, store
from recommender.laboratory import evaluations, people, trainings
from recommender.laboratory import sides as side_by_side
from recommender.models import EvaluationRun, Release, TrainingRun


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For staff; to everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@staff_only
@require_safe
def lab(request: ViewerRequest) -> HttpResponse:
    """The last evaluation, and the way to the next."""
    context = {
        "report": evaluations.latest(),
        "online": evaluations.online(now=timezone.now()),
        "run": evaluations.under_way(),
        "algorithms": trainings.trainable(),
        "runs": evaluations.finished()[:10],
        "minutes": services.estimated_minutes(),
    }
    return render(request, "pages/lab.html", context | {"lab_page": "evaluations"})


@staff_only
@require_safe
def evaluation(request: ViewerRequest, run_id: int) -> HttpResponse:
    """One evaluation: how it was made, and all it found."""
    run = get_object_or_404(EvaluationRun, pk=run_id)
    context = {"run": run, "report": evaluations.report(run) if run.result else None, "lab_page": "evaluations"}
    return render(request, "pages/lab_evaluation.html", context)


@staff_only
@require_safe
def evaluation_data(request: ViewerRequest, run_id: int, form: str) -> HttpResponse:
    """All figures of an evaluation for machines: `json` as stored, `csv` one line a figure."""
    run = get_object_or_404(EvaluationRun, pk=run_id)
    if form == "json":
        response: HttpResponse = JsonResponse(run.result, json_dumps_params={"indent": 1})
    else:
        response = HttpResponse(evaluations.as_csv(run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="evaluation-{run.pk}.{form}"'
    return response


@staff_only
@require_safe
def evaluation_progress(request: ViewerRequest, run_id: int) -> HttpResponse:
    """How far an evaluation has come; once it is over the page is loaded anew."""
    run = get_object_or_404(EvaluationRun, pk=run_id)
    response = render(request, "partials/run_progress.html", {"run": run})
    if not run.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@staff_only
@require_POST
def evaluate(request: ViewerRequest) -> HttpResponse:
    """Ask for an evaluation of all algorithms, or of those chosen, on the site's own data."""
    plan = {
        "split": request.POST.get("split", "per-user-time"),
        "algorithms": request.POST.getlist("algorithm") or None,
        "seed": request.POST.get("seed", "0"),
        "tune": "tune" in request.POST,
    }
    _told(
        request,
        lambda: services.evaluate(plan=plan, by=request.user, now=timezone.now()),
        _("The evaluation has been queued."),
    )
    return redirect("recommender:lab")


@staff_only
@require_safe
def models(request: ViewerRequest) -> HttpResponse:
    """Trainings, and the models they ended in."""
    context = {
        "algorithms": trainings.trainable(),
        "lessons": trainings.LESSONS,
        "trainings": trainings.recent(),
        "cards": trainings.cards(),
        "lab_page": "models",
    }
    return render(request, "pages/lab_models.html", context)


@staff_only
@require_POST
def train(request: ViewerRequest) -> HttpResponse:
    """Ask for a training with the default settings."""
    run = _told(
        request,
        lambda: services.train(
            algorithm=request.POST.get("algorithm", ""),
            seed=request.POST.get("seed", "0"),
            by=request.user,
            now=timezone.now(),
        ),
        _("The training has been queued."),
    )
    return redirect("recommender:lab_training", run.pk) if run else redirect("recommender:lab_models")


@staff_only
@vary_on_headers("HX-Request")
@require_safe
def training(request: ViewerRequest, run_id: int) -> HttpResponse:
    """One training with its curves, live while it goes on."""
    run = get_object_or_404(TrainingRun.objects.select_related("release"), pk=run_id)
    context = {"training": trainings.training(run), "run": run, "lab_page": "models"}
    return render(request, "partials/training.html" if request.htmx else "pages/lab_training.html", context)


@staff_only
@require_safe
def release(request: ViewerRequest, release_id: int) -> HttpResponse:
    """The card of one model: from what it was made, how, and how well it does."""
    found = get_object_or_404(Release, pk=release_id)
    serving = store.serving(Release.Kind(found.kind))
    context = {"release": found, "card": trainings.card(found), "serving": serving, "lab_page": "models"}
    return render(request, "pages/lab_release.html", context)


@staff_only
@require_POST
def promote(request: ViewerRequest, release_id: int) -> HttpResponse:
    """Make a model the one that serves; a worse one only with a reason."""
    found = get_object_or_404(Release, pk=release_id)
    reason = request.POST.get("reason", "").strip()
    _told(
        request,
        lambda: services.promote(release=found, by=request.user, reason=reason, now=timezone.now()),
        _("Version %(version)d serves from now on.") % {"version": found.version},
    )
    return redirect("recommender:lab_release", found.pk)


@staff_only
@require_POST
def roll_back(request: ViewerRequest, kind: str) -> HttpResponse:
    """Let serve again what served before."""
    if kind not in Release.Kind.values:
        raise Http404
    _told(request, lambda: services.roll_back(kind=Release.Kind(kind), by=request.user), _("Rolled back."))
    return redirect("recommender:lab_models")


@staff_only
@require_POST
def cancel(request: ViewerRequest, what: str, run_id: int) -> HttpResponse:
    """Ask a run to stop."""
    kinds: dict[str, type[EvaluationRun | TrainingRun]] = {"evaluation": EvaluationRun, "training": TrainingRun}
    if what not in kinds:
        raise Http404
    run: Any = get_object_or_404(kinds[what], pk=run_id)
    _told(request, lambda: services.cancel(run=run, now=timezone.now()), _("It is asked to stop."))
    return redirect("recommender:lab" if what == "evaluation" else "recommender:lab_models")


@staff_only
@require_safe
def inspector(request: ViewerRequest) -> HttpResponse:
    """The feed of any person, taken apart."""
    username = request.GET.get("person", "").strip()
    person = people.named(username)
    found = None if person is None else people.inspect(person, staff=request.viewer, now=timezone.now())
    context = {
        "username": username,
        "person": person,
        "inspection": found,
        "busiest": people.busiest(),
        "lab_page": "inspector",
    }
    return render(request, "pages/lab_inspector.html", context, status=404 if username and person is None else 200)


@staff_only
@require_safe
def sides(request: ViewerRequest) -> HttpResponse:
    """Any two models for any person."""
    username = request.GET.get("person", "").strip()
    person = people.named(username)
    choices = side_by_side.choices()
    by_key = {choice.key: choice for choice in choices}
    chosen = [by_key.get(request.GET.get(name, ""), choices[place % len(choices)]) for place, name in enumerate("ab")]
    found = None if person is None else people.ground(person, now=timezone.now())
    shown = [] if found is None else side_by_side.compared(chosen, found, staff=request.viewer, now=timezone.now())
    context = {
        "username": username,
        "person": person,
        "choices": choices,
        "chosen": chosen,
        "sides": shown,
        "busiest": people.busiest(),
        "rest": f"&a={chosen[0].key}&b={chosen[1].key}",
        "lab_page": "sides",
    }
    return render(request, "pages/lab_sides.html", context, status=404 if username and person is None else 200)


def _told(request: ViewerRequest, work: Callable[[], Any], done: str) -> Any:
    """Do it and say so, or say why it was refused; None when it was."""
    try:
        found = work()
    except services.Refused as refused:
        messages.error(request, str(refused))
        return None
    messages.success(request, done)
    return found
