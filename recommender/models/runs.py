"""Runs of the laboratory: an evaluation, a training with its epochs. What they found can be traced to a row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import State, Work, WorkQuerySet
from recommender.models.conclusions import Release

CANCELLED = "cancelled"
UNDER_WAY = [State.PENDING, State.PROCESSING]


class Run(Work):
    """Long work that somebody asked for. Cancelled is failed with the code "cancelled"."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    progress = models.FloatField(_("progress"), default=0.0, help_text="0 to 1")
    doing = models.CharField(_("doing"), max_length=120, blank=True)
    cancel_asked = models.BooleanField(_("cancellation asked for"), default=False)
    seed = models.PositiveIntegerField(_("seed"), default=0)

    objects = WorkQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        """Waits, or is being made."""
        return self.state in UNDER_WAY

    @property
    def is_cancelled(self) -> bool:
        return self.error_code == CANCELLED


class EvaluationRun(Run):
    """One measurement of algorithms on the site's own data: how it was made, and all it found.

    plan: the fields of `evaluation.Plan`.  result: what `evaluation.evaluate` gives, the same as the command prints.
    data_hash: sha256 of what was measured on; two runs with the same one can be compared.
    """

    plan = models.JSONField(_("plan"), default=dict)
    result = models.JSONField(_("result"), default=dict, blank=True)
    data_hash = models.CharField(_("data"), max_length=64, blank=True)
    minutes = models.FloatField(_("estimated minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        indexes = [models.Index(fields=["state", "-created_at"], name="evaluation_newest")]

    def __str__(self) -> str:
        return f"evaluation {self.pk}"


class TrainingRun(Run):
    """One training of an algorithm on the site's own data; its model becomes a release that waits to be promoted."""

    algorithm = models.CharField(_("algorithm"), max_length=40)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    release = models.ForeignKey(Release, models.SET_NULL, null=True, blank=True, related_name="runs")
    promotes = models.BooleanField(
        _("promotes"), default=False, help_text="whether the model serves at once, if it is not worse"
    )

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        indexes = [models.Index(fields=["state", "-created_at"], name="training_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"], condition=Q(state__in=UNDER_WAY), name="training_one_under_way_an_algorithm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.algorithm} {self.pk}"


class Epoch(models.Model):
    """What was measured after one round of a training: loss, validation loss, metric…"""

    run = models.ForeignKey(TrainingRun, models.CASCADE, related_name="epochs")
    number = models.PositiveIntegerField(_("epoch"))
    values = models.JSONField(_("values"), default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("epoch")
        verbose_name_plural = _("epochs")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="epoch_once_a_run")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.number}"
