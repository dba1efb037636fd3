"""Categories proposed for pictures that have none; staff decide."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Image


class CategoryProposal(models.Model):
    """A category that a head over the embeddings proposes for one picture. What was refused is not proposed again."""

    class Decision(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    image = models.ForeignKey(Image, models.CASCADE, related_name="category_proposals", verbose_name=_("picture"))
    category = models.ForeignKey(Category, models.CASCADE, related_name="proposals", verbose_name=_("category"))
    confidence = models.FloatField(_("confidence"), help_text="0 to 1: the share of such proposals that are right")
    model_key = models.CharField(_("model"), max_length=80)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, default=Decision.OPEN)
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("proposed category")
        verbose_name_plural = _("proposed categories")
        constraints = [
            models.UniqueConstraint(fields=["image", "category"], name="proposal_once_a_category"),
            models.UniqueConstraint(fields=["image"], condition=Q(decision="open"), name="proposal_one_open_a_picture"),
        ]
        indexes = [models.Index(fields=["decision", "-confidence"], name="proposal_surest_first")]

    def __str__(self) -> str:
        return f"{self.image_id} → {self.category}"
