"""What the recommender concludes: it can be deleted and rebuilt."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Image, Work, WorkQuerySet


class Embedding(Work):
    """What the eyes saw in one picture. Two models' vectors never meet: every row carries its model key."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="embeddings")
    model_key = models.CharField(_("model"), max_length=80)
    features = models.BinaryField(_("features"), null=True, help_text="1,280 float16, little-endian")
    aspects = models.BinaryField(_("aspects"), null=True, help_text="what dials turn: float16, little-endian")
    aspects_version = models.PositiveSmallIntegerField(_("version of the aspects"), default=0)
    created_at = models.DateTimeField(_("queued"), default=timezone.now)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("embedding")
        verbose_name_plural = _("embeddings")
        constraints = [models.UniqueConstraint(fields=["image", "model_key"], name="embedding_once_a_model")]
        indexes = [models.Index(fields=["model_key", "state"], name="embedding_work")]

    def __str__(self) -> str:
        return f"{self.model_key} {self.image_id}"


class FailedEmbedding(Embedding):
    """The pictures that the eyes could not look at, for the desk."""

    class Meta:
        proxy = True
        verbose_name = _("embedding that failed")
        verbose_name_plural = _("embeddings that failed")


class Release(models.Model):
    """Arrays made from facts: an index, what likes say together, a trained model. At most one of each kind serves.

    Index and people are published as they are made; a model is a candidate until somebody promotes it.  manifest:
    {"format": number, role: name of an array in the store, or a number, or more of these}; which roles a kind has is
    said by its opener in `store.opening`.  card: what a model was made from, how, and how well it does.
    """

    class Kind(models.TextChoices):
        INDEX = "index", _("index of embeddings")
        PEOPLE = "people", _("co-likes, factors and popularity")
        RANKER = "ranker", _("ranking model")
        DREAM = "dream", _("pictures that do not exist")
        ATLAS = "atlas", _("map of the collection")
        TOLD = "told", _("what people wrote, in meaning")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    version = models.PositiveIntegerField(_("version"))
    model_key = models.CharField(_("model"), max_length=80, blank=True)
    manifest = models.JSONField(_("manifest"), default=dict)
    algorithm = models.CharField(_("algorithm"), max_length=40, blank=True)
    card = models.JSONField(_("model card"), default=dict, blank=True)
    serving = models.BooleanField(_("serving"), default=False)
    promoted_at = models.DateTimeField(_("promoted"), null=True, blank=True)
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="promotions"
    )
    reason = models.TextField(_("reason"), blank=True, help_text="why it serves although it measured worse")
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", help_text="what served before it was promoted"
    )
    created_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="release_version_once"),
            models.UniqueConstraint(fields=["kind"], condition=Q(serving=True), name="release_one_serving_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def name(self) -> str:
        """As people call it: what it is, and which of these."""
        return f"{self.algorithm or self.get_kind_display()} {self.version}"


class Lease(models.Model):
    """One rebuild of a kind at a time: who holds it, until when."""

    name = models.CharField(primary_key=True, max_length=40)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
