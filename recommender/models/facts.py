"""What the recommender remembers and cannot make again: what people did, and what they chose."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Image, Reaction
from catalog.models.reactions import ReactionQuerySet


class Dismissal(Reaction):
    """Not interested: this picture leaves this person's lists, and pictures like it sink."""

    class Meta(Reaction.Meta):
        verbose_name = _("dismissal")
        verbose_name_plural = _("dismissals")

    def __str__(self) -> str:
        return f"{self.user_id or self.visitor} ✕ {self.image_id}"


class Event(models.Model):
    """Something that happened to a picture in front of someone. `at` is by the server's clock.

    Everything about the list (from `walk` to `arm`) is copied from the walk when the event comes in, because walks are
    forgotten after a day and evidence is not; none of it comes from the browser.
    """

    class Kind(models.TextChoices):
        IMPRESSION = "impression", _("impression")
        OPEN = "open", _("open")
        LIKE = "like", _("like")
        SAVE = "save", _("save")
        DWELL = "dwell", _("dwell")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    image = models.ForeignKey(Image, models.CASCADE, related_name="events")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="events")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    feed = models.ForeignKey("recommender.Feed", models.SET_NULL, null=True, blank=True, related_name="events")
    walk = models.UUIDField(_("list"), null=True, blank=True)
    tab = models.CharField(_("kind of list"), max_length=12, blank=True)
    release = models.CharField(_("release"), max_length=80, blank=True, help_text="what the list was ranked with")
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, blank=True, help_text="what spoke for the card")
    propensity = models.FloatField(_("propensity"), null=True, blank=True)
    explored = models.BooleanField(_("placed by exploration"), default=False)
    experiment = models.ForeignKey(
        "recommender.Experiment", models.SET_NULL, null=True, blank=True, related_name="events"
    )
    arm = models.CharField(_("arm"), max_length=40, blank=True)
    team = models.CharField(_("team"), max_length=40, blank=True, help_text="the arm that placed the card")
    seconds = models.FloatField(_("seconds"), null=True, blank=True, help_text="of dwell")
    counted = models.BooleanField(
        _("counted"), default=True, help_text="no figure counts robots, or who asks not to be followed"
    )
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
            models.Index(fields=["kind", "at"], name="event_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.image_id}"


class Feed(models.Model):
    """One walk through somebody's feed: what it is a pure function of, and what it has served, page by page.

    scope: the list in one line; a walk begun without a cursor takes seed and moment over from the last of its scope.
    release: {"tab", "where": {"category", "tags", "owner"}, kind of release: version or null}.  pages: each as
    `feed.walks.Kept.as_json` writes it, a place as `entries.Place.as_json`, a list that begins with the id; written
    whole with each page (docs/decisions/0005-walks.md).  ahead: ids that would follow the newest page if nobody
    reacted.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="feeds")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    scope = models.CharField(_("scope"), max_length=300, blank=True)
    seed = models.BigIntegerField(_("seed"))
    as_of = models.DateTimeField(_("as of"))
    release = models.JSONField(_("release"), default=dict)
    pages = models.JSONField(_("pages served"), default=list)
    ahead = models.JSONField(_("what would come next"), default=list)
    experiment = models.ForeignKey(
        "recommender.Experiment", models.SET_NULL, null=True, blank=True, related_name="feeds"
    )
    arm = models.CharField(_("arm"), max_length=40, blank=True)
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
    """What one person or visitor has chosen about their feed; an empty field is the default.

    seen_since: what was seen before does not count.  diversity: 0 all alike, 1 as varied as possible.  paused_at:
    reactions since then are kept, and count once the pause ends.  private_since, private_until: nothing is kept in
    between.  reset_at: earlier likes no longer count.  before_reset: choices and dismissals up to then, to undo it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="taste_profile"
    )
    visitor = models.UUIDField(_("visitor"), null=True, blank=True, unique=True)
    seen_since = models.DateTimeField(_("seen since"), null=True, blank=True)
    learns_from_likes = models.BooleanField(_("learns from likes"), default=True)
    learns_from_views = models.BooleanField(_("learns from what was seen"), default=True)
    learns_from_saves = models.BooleanField(_("learns from saves"), default=True)
    diversity = models.FloatField(_("diversity"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    private_since = models.DateTimeField(_("private since"), null=True, blank=True)
    private_until = models.DateTimeField(_("private until"), null=True, blank=True)
    reset_at = models.DateTimeField(_("reset"), null=True, blank=True)
    before_reset = models.JSONField(_("before the reset"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="profile_of_exactly_one"
            ),
            models.CheckConstraint(
                condition=Q(diversity__isnull=True) | Q(diversity__gte=0, diversity__lte=1),
                name="profile_diversity_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id or self.visitor)


class QueryPhoto(models.Model):
    """What the eyes saw in a photo that somebody searched with, kept for an hour; the photo itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    model_key = models.CharField(_("model"), max_length=80)
    features = models.BinaryField(_("features"), help_text="1,280 float16, little-endian")
    manner = models.BinaryField(_("manner"), default=bytes, help_text="colours and style: float16, little-endian")
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo that was searched with")
        verbose_name_plural = _("photos that were searched with")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(visitor__isnull=True), name="queryphoto_of_exactly_one"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="queryphoto_by_time")]

    def __str__(self) -> str:
        return str(self.pk)
