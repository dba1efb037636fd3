"""The verdict of an experiment as one sentence for the owner of the site."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommender import experiments
from recommender.evidence.verdicts import Judgement, judge
from recommender.models import Experiment

_UNDECIDED = {
    "blocked": gettext_lazy(
        "No verdict: the arms have sizes that chance does not explain, so something keeps people out of one of them."
    ),
    "harm": gettext_lazy("Stop it: “%(treatment)s” loses more of a guarded figure than may be lost."),
    "nobody": gettext_lazy("Nobody has been counted yet."),
    "collecting": gettext_lazy("Too early: %(reached)d of %(planned)d people have been counted."),
    "same": gettext_lazy("No difference was found between “%(treatment)s” and “%(control)s”."),
}


def verdict(experiment: Experiment, *, now: dt.datetime) -> dict[str, Any]:
    """The one that was kept when it was stopped, or that of the moment, with its sentence; empty before it began."""
    if experiment.state == Experiment.State.STOPPED:
        return dict(experiment.verdict)
    found = judge(experiment, now=now)
    return found.as_json() | {"sentence": in_words(experiment, found)} if found is not None else {}


def in_words(experiment: Experiment, found: Judgement) -> str:
    """What it has found so far."""
    control, treatment = experiments.names(experiment.arms)
    named = {"control": control, "treatment": treatment, "reached": found.reached, "planned": found.planned}
    if found.verdict in _UNDECIDED:
        return str(_UNDECIDED[found.verdict]) % named
    return _by_preference(found, named) if found.preference is not None else _by_difference(found, named)


def _by_preference(found: Judgement, named: dict[str, Any]) -> str:
    assert found.preference is not None
    share = found.preference.share if found.verdict == "better" else 1 - found.preference.share
    winner = named["treatment"] if found.verdict == "better" else named["control"]
    text = _("“%(winner)s” is preferred: %(share).0f %% of what people picked had been placed by it.")
    return text % {"winner": winner, "share": 100 * share}


def _by_difference(found: Judgement, named: dict[str, Any]) -> str:
    assert found.comparison is not None
    change = found.comparison.relative
    said = named | {"change": abs(100 * change) if change is not None else 100.0}
    if found.verdict == "better":
        text = _("“%(treatment)s” is better than “%(control)s”, by %(change).1f %%.") % said
    else:
        text = _("“%(treatment)s” is worse than “%(control)s”, by %(change).1f %%.") % said
    return text + " " + _("The stop rule has ended it early.") if found.early else text
