"""A candidate beside what serves: learned from the same likes, asked for the same likes of the same people.

What serves has learned from the likes that a test would ask it for, so its algorithm is fitted again on the part that
the candidate is measured on. Where no model has been promoted, what serves are co-likes and factors: the term of the
feed that a promoted model takes the place of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommender import evaluation, learning, store
from recommender.engine.algorithms.served import FeedModel
from recommender.engine.arrays import Mask, Scores
from recommender.engine.model import Model
from recommender.engine.reactions import Reactions
from recommender.evaluation import Dataset, Outcome, Plan, trial
from recommender.evaluation.trial import Trial
from recommender.models import Release

PLAIN = "co-likes and factors"
"""What serves without a promoted model."""
IMPOSSIBLE = (evaluation.Unusable, learning.Failed, ValueError, KeyError)
"""What keeps an algorithm from being measured on this site's likes."""


@dataclass(frozen=True, eq=False)
class FromPeople:
    """The feed's term from co-likes and factors alone."""

    feed: FeedModel

    def score(self, people: Reactions) -> Scores:
        return self.feed.from_people(people)

    @property
    def knows(self) -> Mask:
        known: Mask = self.feed.popular > 0
        return known


def trial_of(dataset: Dataset, plan: Plan) -> Trial:
    """What models are learned from and asked for. Raises Unusable."""
    return trial.final(dataset, plan, trial.split_of(dataset, plan))


def beside_serving(
    release: Release | None, outcome: Outcome, asked: Trial, plan: Plan, *, data: str, pulse: learning.Pulse
) -> dict[str, Any]:
    """How much better an outcome is than what serves would be: the difference of the compared metric with its paired
    95 % interval, for a model card.

    release: what serves, None where no model has been promoted. Raises Cancelled.
    """
    name = release.name if release else PLAIN
    about: dict[str, Any] = {"with": version_of(release), "name": name, "metric": plan.primary}
    try:
        model = _fitted_again(release, asked, pulse)
        other = evaluation.measured(name, model, asked, plan, scored=lambda _people: pulse())
        pair = evaluation.compared({"candidate": outcome, "serving": other}, metric=plan.primary)[0].shown()
    except IMPOSSIBLE as error:
        return about | {"data": data, "unable": words_of(error)}
    figures = {name: pair[name] for name in ("difference", "low", "high")}
    return about | figures | {"people": len(outcome.people), "data": data}


def compare(release_id: int, *, now: dt.datetime, pulse: learning.Pulse = learning.unheeded) -> Mapping[str, Any]:
    """Measure a candidate and what serves now on the likes of now, and keep what came out in the candidate's card."""
    release, serving = Release.objects.get(pk=release_id), store.serving(Release.Kind.RANKER)
    plan = Plan(seed=int(release.card.get("seed", 0)))
    try:
        dataset = evaluation.site_dataset(now)
        asked = trial_of(dataset, plan)
        outcome = evaluation.measured(release.name, _fitted_again(release, asked, pulse), asked, plan)
    except IMPOSSIBLE as error:
        found = {"with": version_of(serving), "name": serving.name if serving else PLAIN, "unable": words_of(error)}
    else:
        found = beside_serving(serving, outcome, asked, plan, data=dataset.sha256, pulse=pulse)
    release.card = {**release.card, "comparison": found}
    release.save(update_fields=["card"])
    return found


def version_of(release: Release | None) -> int:
    """0 for what serves without a promoted model."""
    return release.version if release is not None else 0


def words_of(error: Exception) -> str:
    """What went wrong, in its last line."""
    said = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return (said.strip() or type(error).__name__).splitlines()[-1]


def _fitted_again(release: Release | None, asked: Trial, pulse: learning.Pulse) -> Model:
    if release is None:
        feed: Any = learning.fit("feed", asked.training, alone=True, pulse=pulse).model
        return FromPeople(feed)
    settings, seed = release.card.get("settings"), int(release.card.get("seed", 0))
    return learning.fit(release.algorithm, asked.training, settings=settings, seed=seed, alone=True, pulse=pulse).model
