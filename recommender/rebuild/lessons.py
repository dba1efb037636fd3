"""Trainings that end in no ranking model: pictures that do not exist, an adapted index, proposals of categories."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from recommender import evaluation, store
from recommender.engine.vision.model_file import EyesError
from recommender.models import Release, TrainingRun
from recommender.rebuild import adaptation, classifier, dreams
from recommender.rebuild.embeddings import model_key
from recommender.rebuild.runs import Watched, place_of

TOO_LITTLE = (dreams.TooFew, adaptation.TooFew, classifier.Unusable, EyesError)


def teach(run: TrainingRun, watched: Watched) -> None:
    """Give the lesson of this row. Raises evaluation.Unusable when there is too little to learn from."""
    try:
        run.release = LESSONS[run.algorithm](run, watched)
    except TOO_LITTLE as error:
        raise evaluation.Unusable(str(error)) from error
    except store.Busy as busy:
        raise evaluation.Unusable(_("Another process is at it: %(what)s") % {"what": busy}) from busy
    run.save(update_fields=["release"])


def _dream(run: TrainingRun, watched: Watched) -> Release:
    def note(epoch: int, values: Mapping[str, float]) -> None:
        watched.epoch(epoch, {name: float(value) for name, value in values.items()})

    watched.stage(_("dreaming"), progress=0.05)
    where = place_of(run) / "dream"
    return dreams.train(**run.settings, seed=run.seed, watch=note, pulse=watched.pulse, checkpoint=where)


def _adapt(run: TrainingRun, watched: Watched) -> Release:
    watched.stage(_("learning and measuring"), progress=0.1)
    return adaptation.train(key=model_key(), now=timezone.now(), seed=run.seed)


def _categorise(run: TrainingRun, watched: Watched) -> None:
    watched.stage(_("learning the categories"), progress=0.1)
    learned = classifier.learn_categories(key=model_key(), now=timezone.now(), seed=run.seed)
    watched.epoch(1, {"accuracy": learned.measured.accuracy, "proposed": float(learned.proposed)})


LESSONS: Mapping[str, Callable[[TrainingRun, Watched], Release | None]] = {
    "dream": _dream,
    "adapted": _adapt,
    "categories": _categorise,
}
"""By name; each ends in the release it has published, if it publishes one."""
