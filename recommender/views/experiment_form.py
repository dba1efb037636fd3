"""The form that plans an experiment: settings typed as `mmr_lambda=0.7 page=24`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from recommender.experiments import BadExperiment


def asked(form: Mapping[str, str]) -> dict[str, Any]:
    """A form as the arguments of `services.create_experiment`. Raises BadExperiment."""
    people = form.get("planned_people", "").strip()
    if people and not people.isdecimal():
        raise BadExperiment(_("The number of people is a whole number."))
    return {
        "name": form.get("name", "").strip(),
        "kind": form.get("kind", ""),
        "metric": form.get("metric", ""),
        "effect": _number(form.get("effect", ""), _("smallest change")) / 100,
        "planned_people": int(people) if people else None,
        "arms": [_arm(form, "first"), _arm(form, "second")],
    }


def _arm(form: Mapping[str, str], which: str) -> dict[str, Any]:
    return {
        "name": form.get(f"{which}_name", "").strip(),
        "config": _pairs(form.get(f"{which}_config", "")),
        "releases": _pairs(form.get(f"{which}_releases", "")),
    }


def _pairs(text: str) -> dict[str, float]:
    """`mmr_lambda=0.7 page=24` as numbers by name. Raises BadExperiment."""
    pairs = {}
    for word in text.replace(",", " ").split():
        name, equals, value = word.partition("=")
        if not equals or not name:
            text = _("Write settings as name=number, separated by spaces; “%(word)s” is not.")
            raise BadExperiment(text % {"word": word})
        pairs[name] = _number(value, name)
    return pairs


def _number(text: str, name: str) -> float:
    """A whole number as an int, others as a float. Raises BadExperiment."""
    try:
        value = json.loads(text.strip())
    except ValueError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadExperiment(_("“%(text)s” is no number for “%(name)s”.") % {"text": text, "name": name})
    return value
