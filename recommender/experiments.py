"""Who sees which arm of the running experiment, and what an arm may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.viewers import Viewer
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.online import assignment
from recommender.models import Assignment, Experiment, Release

INTERLEAVED = "interleaved"
"""The arm of everybody in an interleaving experiment: they see both rankings in one list."""
NOT_TRIED = frozenset({"seen_impressions", "seen_days"})
"""Settings that are applied before ranking, to everybody alike."""


class BadExperiment(ValueError):
    """Something about an experiment that keeps it from being made or started, in a sentence for people."""


@dataclass(frozen=True)
class Arm:
    """One way to rank."""

    name: str
    config: RankingConfig = DEFAULT
    releases: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, arm: Mapping[str, Any]) -> Arm:
        """The arm as an experiment keeps it."""
        return cls(arm["name"], replace(DEFAULT, **arm.get("config", {})), arm.get("releases") or {})


def arms_of(experiment: Experiment | None) -> list[Arm]:
    return [Arm.of(arm) for arm in experiment.arms] if experiment is not None else []


def running() -> Experiment | None:
    return Experiment.objects.filter(state=Experiment.State.RUNNING).first()


def seat(viewer: Viewer, *, now: dt.datetime) -> tuple[Experiment | None, str]:
    """The running experiment and the viewer's arm in it; they keep it. None and "" for who does not take part."""
    if not viewer.is_someone or viewer.is_staff or not viewer.counts:
        return None, ""
    experiment = running()
    if experiment is None:
        return None, ""
    kept = Assignment.objects.of(viewer).filter(experiment=experiment).first()
    return experiment, (kept or _seated(experiment, viewer, now)).arm


def _seated(experiment: Experiment, viewer: Viewer, now: dt.datetime) -> Assignment:
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                experiment=experiment, arm=_drawn(experiment, viewer), at=now, **viewer.columns
            )
    except IntegrityError:  # another request of theirs was quicker
        return Assignment.objects.of(viewer).get(experiment=experiment)


def _drawn(experiment: Experiment, viewer: Viewer) -> str:
    if experiment.kind == Experiment.Kind.INTERLEAVING:
        return INTERLEAVED
    person = f"user:{viewer.user_id}" if viewer.user_id is not None else f"visitor:{viewer.visitor}"
    number = assignment.arm(experiment.name, person, shares(experiment))
    return str(experiment.arms[number]["name"])


def shares(experiment: Experiment) -> list[float]:
    """How much of everybody each arm gets."""
    return [float(arm.get("share", 1)) for arm in experiment.arms]


def pinned() -> set[tuple[str, int]]:
    """The (kind, version) of every release that the running experiment serves."""
    experiment = running()
    arms = experiment.arms if experiment is not None else []
    return {(kind, version) for arm in arms for kind, version in (arm.get("releases") or {}).items()}


def checked(kind: str, arms: Any) -> list[dict[str, Any]]:
    """The arms, if an experiment of this kind can be run with them. Raises BadExperiment."""
    if not isinstance(arms, list) or len(arms) != 2:
        raise BadExperiment(_("An experiment compares two arms."))
    found = [_checked_arm(arm) for arm in arms]
    if found[0]["name"] == found[1]["name"]:
        raise BadExperiment(_("The two arms need names of their own."))
    alike = all(found[0][part] == found[1][part] for part in ("config", "releases"))
    if alike and kind != Experiment.Kind.AA:
        raise BadExperiment(_("The two arms are the same; to compare a ranking with itself choose A/A."))
    if not alike and kind == Experiment.Kind.AA:
        raise BadExperiment(_("In an A/A check both arms are the same."))
    index = Release.Kind.INDEX
    if kind == Experiment.Kind.INTERLEAVING and found[0]["releases"].get(index) != found[1]["releases"].get(index):
        raise BadExperiment(_("Rankings of two indexes cannot be interleaved; compare them with an A/B test."))
    return found


def _checked_arm(arm: Any) -> dict[str, Any]:
    if not isinstance(arm, Mapping):
        raise BadExperiment(_("An arm is an object with a name."))
    name = arm.get("name")
    if not isinstance(name, str) or not name or name != slugify(name) or len(name) > 40 or name == INTERLEAVED:
        raise BadExperiment(_("An arm's name is a short word of small letters, digits and hyphens."))
    config, releases = arm.get("config") or {}, arm.get("releases") or {}
    if not isinstance(config, Mapping) or not isinstance(releases, Mapping):
        raise BadExperiment(_("Arm %(arm)s: settings and releases are objects.") % {"arm": name})
    _check_config(name, config)
    _check_releases(name, releases)
    share = arm.get("share", 1)
    if not _is_number(share) or not 0 < share <= 1000:
        raise BadExperiment(_("Arm %(arm)s: its share must be a positive number.") % {"arm": name})
    return {"name": name, "config": dict(config), "releases": dict(releases), "share": share}


def _check_config(arm: str, config: Mapping[str, Any]) -> None:
    known = {one.name: getattr(DEFAULT, one.name) for one in fields(DEFAULT) if one.name not in NOT_TRIED}
    for name, value in config.items():
        if name not in known:
            raise BadExperiment(_("Arm %(arm)s: there is no setting “%(name)s”.") % {"arm": arm, "name": name})
        if not _is_number(value) or value < 0 or (isinstance(known[name], int) and value != int(value)):
            text = _("Arm %(arm)s: “%(name)s” must be a number of its kind, such as %(default)s.")
            raise BadExperiment(text % {"arm": arm, "name": name, "default": known[name]})
    for name in ("mmr_lambda", "explore_rate", "cold_category_share", "warm_category_share"):
        if config.get(name, 0) > 1:
            raise BadExperiment(_("Arm %(arm)s: “%(name)s” is at most 1.") % {"arm": arm, "name": name})
    for name in ("page", "explore_pool", "pool_size", "trending_half_life", "newest_half_life", "like_half_life"):
        if not config.get(name, 1):
            raise BadExperiment(_("Arm %(arm)s: “%(name)s” must be above 0.") % {"arm": arm, "name": name})


def _check_releases(arm: str, releases: Mapping[str, Any]) -> None:
    for kind, version in releases.items():
        if kind not in Release.Kind.values:
            raise BadExperiment(_("Arm %(arm)s: there is no release of “%(kind)s”.") % {"arm": arm, "kind": kind})
        is_whole = isinstance(version, int) and not isinstance(version, bool)
        if not is_whole or not Release.objects.filter(kind=kind, version=version).exists():
            text = _("Arm %(arm)s: there is no version %(version)s of “%(kind)s”.")
            raise BadExperiment(text % {"arm": arm, "kind": kind, "version": version})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def names(arms: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(arm["name"]) for arm in arms]
