"""What the recommender remembers (Event, Dismissal, Feed) and what it concludes (Embedding, Release).

Conclusions can be deleted and rebuilt; facts cannot.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Image, Reaction, Work, WorkQuerySet
from catalog.models.reactions import ReactionQuerySet


class Dismissal(Reaction):
    """Not interested: this picture leaves this person's lists, and pictures like it sink."""

    class Meta(Reaction.Meta):
        verbose_name = _("dismissal")
        verbose_name_plural = _("dismissals")

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} ✕ {self.image_id}"


class Event(models.Model):
    """Something that happened to a picture in front of someone. `at` is the server's clock."""

    class Kind(models.TextChoices):
        IMPRESSION = "impression", _("impression")
        OPEN = "open", _("open")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    image = models.ForeignKey(Image, models.CASCADE, related_name="events")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="events")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    feed = models.ForeignKey("recommender.Feed", models.SET_NULL, null=True, blank=True, related_name="events")
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="event_of_exactly_one"
            ),
            models.UniqueConstraint(
                fields=["feed", "image"], condition=Q(kind="impression"), name="event_one_impression_a_list"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "at"], name="event_by_user"),
            models.Index(fields=["visitor", "at"], name="event_by_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.image_id}"


class Feed(models.Model):
    """One walk through somebody's feed: what it is a pure function of, and the ids it has served, page by page."""

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="feeds")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    scope = models.CharField(_("scope"), max_length=300, blank=True)
    seed = models.BigIntegerField(_("seed"))
    as_of = models.DateTimeField(_("as of"))
    release = models.JSONField(_("release"), default=dict)
    pages = models.JSONField(_("pages served"), default=list)
    asked_at = models.DateTimeField(_("last asked for"), default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        indexes = [
            models.Index(fields=["user", "-asked_at"], name="feed_by_user"),
            models.Index(fields=["visitor", "-asked_at"], name="feed_by_visitor"),
            models.Index(fields=["asked_at"], name="feed_by_time"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Profile(models.Model):
    """What one person or visitor has chosen about their feed. `seen_since`: what was seen before does not count."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="taste_profile"
    )
    visitor = models.UUIDField(_("visitor"), null=True, blank=True, unique=True)
    seen_since = models.DateTimeField(_("seen since"), null=True, blank=True)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="profile_of_exactly_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id or self.visitor)


class Embedding(Work):
    """What the eyes saw in one picture. Two models' vectors never meet: every row carries its model key."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="embeddings")
    model_key = models.CharField(_("model"), max_length=80)
    features = models.BinaryField(_("features"), null=True, help_text="1,280 float16, little-endian")
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
    """A published artefact: the index of embeddings, or what people's likes say together. One of each kind serves."""

    class Kind(models.TextChoices):
        INDEX = "index", _("index of embeddings")
        PEOPLE = "people", _("co-likes, factors and popularity")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    version = models.PositiveIntegerField(_("version"))
    model_key = models.CharField(_("model"), max_length=80, blank=True)
    manifest = models.JSONField(_("manifest"), default=dict)
    serving = models.BooleanField(_("serving"), default=False)
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


class Lease(models.Model):
    """One rebuild of a kind at a time: who holds it, until when."""

    name = models.CharField(primary_key=True, max_length=40)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
