from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.viewers import Viewer


class ReactionQuerySet(models.QuerySet):
    def of(self, viewer: Viewer) -> Self:
        return self.filter(**viewer.columns) if viewer.is_someone else self.none()


class Reaction(models.Model):
    """What one person or one anonymous visitor says of one picture, at most once."""

    image = models.ForeignKey("catalog.Image", models.CASCADE, related_name="%(class)ss")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["user", "image"], name="%(class)s_once_a_person"),
            models.UniqueConstraint(fields=["visitor", "image"], name="%(class)s_once_a_visitor"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="%(class)s_of_exactly_one"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="%(class)s_by_time")]


class Like(Reaction):
    class Meta(Reaction.Meta):
        verbose_name = _("like")
        verbose_name_plural = _("likes")

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} ♥ {self.image_id}"
