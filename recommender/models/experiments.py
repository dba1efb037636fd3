"""Experiments on the people of the site: what is compared, and who sees which arm."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.reactions import ReactionQuerySet


class Experiment(models.Model):
    """Two ways to rank, compared. An arm is {"name", "config": {setting: value}, "releases": {kind: version}}.

    The first arm is the control. Metric, size and effect are fixed before it starts; `plan` keeps what they were
    planned from.
    """

    class Kind(models.TextChoices):
        AB = "ab", _("A/B")
        INTERLEAVING = "interleaving", _("team-draft interleaving")
        AA = "aa", _("A/A")

    class Metric(models.TextChoices):
        CLICK_RATE = "click_rate", _("clicks an impression")
        LIKE_RATE = "like_rate", _("likes an impression")
        CONVERSION = "conversion", _("likes and saves an impression")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")

    name = models.SlugField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    arms = models.JSONField(_("arms"), default=list)
    metric = models.CharField(_("primary metric"), max_length=20, choices=Metric, default=Metric.CLICK_RATE)
    effect = models.FloatField(_("smallest change worth seeing"), default=0.1, help_text="as a share of the control")
    planned_people = models.PositiveIntegerField(
        _("planned people"), default=0, help_text="of each arm; of all in interleaving"
    )
    plan = models.JSONField(_("plan"), default=dict, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    verdict = models.JSONField(_("verdict"), default=dict, blank=True)

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="experiment_one_running")
        ]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """The arm one person or visitor is in; it stays with them, also when a visitor signs up."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    arm = models.CharField(_("arm"), max_length=40)
    at = models.DateTimeField(_("since"), default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="assignment_of_exactly_one"
            ),
            models.UniqueConstraint(fields=["experiment", "user"], name="assignment_once_a_person"),
            models.UniqueConstraint(fields=["experiment", "visitor"], name="assignment_once_a_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.experiment_id}: {self.arm}"
