"""What people chose to see more or less of: how loudly their tastes speak, and which topics and people are muted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Image, Reaction, Tag
from catalog.models.reactions import ReactionQuerySet


class TasteWeight(Reaction):
    """How loudly a taste is to speak, kept with each liked picture that was in it when the choice was made.

    Tastes are found anew with every like, so a choice stays with pictures. All rows of a person are written together,
    so that one moment tells which likes came later (see `engine.taste.Wishes`).
    """

    weight = models.FloatField(_("weight"), default=1.0)
    on = models.BooleanField(_("on"), default=True)

    class Meta(Reaction.Meta):
        verbose_name = _("weight of a taste")
        verbose_name_plural = _("weights of tastes")

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} {self.weight if self.on else 0}× {self.image_id}"


class Mute(models.Model):
    """A topic (a tag or a category) or a person that somebody wants to see less of, or nothing of.

    most: how many cards there may be in any page in a row; empty: none at all, in any tab.  before: what `most` was
    before this was said again.  image: the card it was said on; undoing that card's dismissal undoes this too.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mutes")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    before = models.PositiveSmallIntegerField(_("at most, before"), null=True, blank=True)
    image = models.ForeignKey(Image, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="mute_of_one"),
            models.CheckConstraint(
                condition=Q(tag__isnull=False, category__isnull=True, person__isnull=True)
                | Q(tag__isnull=True, category__isnull=False, person__isnull=True)
                | Q(tag__isnull=True, category__isnull=True, person__isnull=False),
                name="mute_of_one_thing",
            ),
            *[
                models.UniqueConstraint(
                    fields=[whose, what],
                    condition=Q(**{f"{whose}__isnull": False, f"{what}__isnull": False}),
                    name=f"mute_{what}_once_a_{whose}",
                )
                for whose in ("user", "visitor")
                for what in ("tag", "category", "person")
            ],
        ]

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} ✕ {self.target}"

    @property
    def target(self) -> models.Model | None:
        return self.tag or self.category or self.person
