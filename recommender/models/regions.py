"""Regions of pictures: those that two pictures share, and those that somebody wants left out of their taste."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Image, Work, WorkQuerySet
from catalog.models.reactions import ReactionQuerySet


class MatchedRegions(Work):
    """The regions without which two pictures look least alike, found once for each pair and model.

    A pair has no order: `first` is the picture with the smaller key. `found` is {} until it is ready, and where no
    region matters; else {"first": box, "second": box, "falls": [of the first, of the second]}. A box is
    [left, top, right, bottom] as shares of the picture, a fall a difference of cosines.
    """

    first = models.ForeignKey(Image, models.CASCADE, related_name="+")
    second = models.ForeignKey(Image, models.CASCADE, related_name="+")
    model_key = models.CharField(_("model"), max_length=80)
    found = models.JSONField(_("found"), default=dict)
    created_at = models.DateTimeField(_("queued"), default=timezone.now)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("matching regions")
        verbose_name_plural = _("matching regions")
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "model_key"], name="regions_once_a_pair_and_model"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="regions_in_order"),
        ]
        indexes = [models.Index(fields=["model_key", "state"], name="regions_work")]

    def __str__(self) -> str:
        return f"{self.first_id} ≈ {self.second_id}"

    def box_of(self, image_id: int) -> list[float] | None:
        """The region of this one of the two pictures; None where there is none."""
        box: list[float] | None = self.found.get("first" if image_id == self.first_id else "second")
        return box


class MaskedRegion(models.Model):
    """Not this part: a region of a liked picture that somebody does not mean.

    `features` are the picture's with this region, and all masked before it, hidden; so a picture's newest mask is the
    one that counts. They stand in for the picture's own as long as the model is the same.
    """

    image = models.ForeignKey(Image, models.CASCADE, related_name="masks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="masks")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    box = models.JSONField(_("region"), help_text="left, top, right, bottom as shares of the picture")
    model_key = models.CharField(_("model"), max_length=80)
    features = models.BinaryField(_("features"), help_text="1,280 float16, little-endian")
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    objects: Any = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("masked region")
        verbose_name_plural = _("masked regions")
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="mask_of_exactly_one")
        ]
        indexes = [
            models.Index(fields=["user", "image"], name="mask_by_user"),
            models.Index(fields=["visitor", "image"], name="mask_by_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} ▢ {self.image_id}"

    @property
    def earlier(self) -> models.QuerySet[MaskedRegion]:
        """The same person's earlier masks of the same picture."""
        same = MaskedRegion.objects.filter(image=self.image_id, user=self.user_id, visitor=self.visitor)
        earlier: models.QuerySet[MaskedRegion] = same.filter(pk__lt=self.pk).order_by("pk")
        return earlier
