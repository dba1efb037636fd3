from __future__ import annotations

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.reactions import Like
from catalog.models.work import State, Work, WorkQuerySet
from catalog.viewers import Viewer


def random_key() -> int:
    """A random 52-bit key: nobody can count up to an unlisted picture, and JavaScript keeps it exact."""
    return secrets.randbelow(2**52 - 1) + 1


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    UNLISTED = "unlisted", _("unlisted")
    PRIVATE = "private", _("private")


class ImageQuerySet(WorkQuerySet):
    def kept(self) -> Self:
        """All but what its owner has deleted."""
        return self.filter(deleted_at=None)

    def owned_by(self, viewer: Viewer) -> Self:
        return self.kept().filter(owner_id=viewer.user_id) if viewer.user_id else self.none()

    def visible_to(self, viewer: Viewer) -> Self:
        """Images the viewer may open: ready, not private and not hidden, plus their own in any state.

        Staff may open everything, to judge it; a private picture still appears in no list of theirs.
        """
        if viewer.is_staff:
            return self.kept()
        seen = Q(state=State.READY, hidden_at=None) & ~Q(visibility=Visibility.PRIVATE)
        return self.kept().filter(seen | self._own(viewer))

    def listed_for(self, viewer: Viewer) -> Self:
        """Images that may appear in lists, search, similar, feed and counts: public ones, and their own."""
        return self.kept().filter(
            Q(visibility=Visibility.PUBLIC) | self._own(viewer), state=State.READY, hidden_at=None
        )

    def editable_by(self, viewer: Viewer) -> Self:
        """Images whose words and visibility the viewer may change: their own; staff use the desk."""
        return self.owned_by(viewer)

    def with_likes_of(self, viewer: Viewer) -> Self:
        """Each image with `liked`: whether this viewer likes it."""
        if not viewer.is_someone:
            return self.annotate(liked=models.Value(value=False, output_field=models.BooleanField()))
        return self.annotate(liked=Exists(Like.objects.of(viewer).filter(image=OuterRef("pk"))))

    @staticmethod
    def _own(viewer: Viewer) -> Q:
        return Q(owner_id=viewer.user_id) if viewer.user_id else Q(pk__in=[])


class Image(Work):
    """A picture. `findable_at` is set once the recommender can find it, and cleared when its eyes change."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="images", verbose_name=_("owner"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    category = models.ForeignKey(
        "catalog.Category", models.SET_NULL, null=True, blank=True, related_name="images", verbose_name=_("category")
    )
    tags: Any = models.ManyToManyField("catalog.Tag", through="catalog.ImageTag", related_name="images")
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    source = models.CharField(_("source"), max_length=500, blank=True, help_text=_("The address it comes from."))
    licence = models.CharField(_("licence"), max_length=80, blank=True)

    original = models.CharField(_("original file"), max_length=200)
    original_format = models.CharField(_("format"), max_length=8)
    original_size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)

    rendition_token = models.CharField(max_length=16, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    placeholder = models.TextField(_("placeholder"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, blank=True)
    # Perceptual hashes: 64 bits each, kept as signed integers.
    phash = models.BigIntegerField(null=True, blank=True, editable=False)
    dhash = models.BigIntegerField(null=True, blank=True, editable=False)
    exif = models.JSONField(_("camera data"), default=dict, blank=True)

    like_count = models.PositiveIntegerField(_("likes"), default=0)
    created_at = models.DateTimeField(_("added"), default=timezone.now)
    findable_at = models.DateTimeField(_("findable since"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden since"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sha256"], condition=Q(deleted_at=None), name="image_file_once_an_owner"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-created_at", "-id"],
                name="image_listed_newest",
                condition=Q(visibility="public", state="ready", hidden_at=None, deleted_at=None),
            ),
            models.Index(
                fields=["-like_count", "-id"],
                name="image_listed_liked",
                condition=Q(visibility="public", state="ready", hidden_at=None, deleted_at=None),
            ),
            models.Index(fields=["owner", "-created_at"], name="image_by_owner"),
            models.Index(fields=["claimed_until"], name="image_work", condition=Q(state__in=["pending", "processing"])),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    def get_absolute_url(self) -> str:
        return f"/images/{self.pk}/"

    @property
    def status(self) -> str:
        """The word people see: queued, processing, ready, findable or failed."""
        return status_word(state=self.state, findable=self.findable_at is not None)


class FailedImage(Image):
    """The pictures whose processing failed, for the desk."""

    class Meta:
        proxy = True
        verbose_name = _("image that failed")
        verbose_name_plural = _("images that failed")


def status_word(*, state: str, findable: bool) -> str:
    if state == State.PENDING:
        return "queued"
    return "findable" if state == State.READY and findable else str(state)


class PaletteColour(models.Model):
    """One of a picture's main colours, in CIELAB, so that "like this colour" is a distance."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="palette_colours")
    colour = models.CharField(max_length=7)
    lightness = models.FloatField()
    a = models.FloatField()
    b = models.FloatField()
    share = models.FloatField()

    class Meta:
        ordering = ["image", "-share"]

    def __str__(self) -> str:
        return self.colour


class SearchText(models.Model):
    """The words a picture is found by; the database's own full-text index hangs on this table."""

    image = models.OneToOneField(Image, models.CASCADE, primary_key=True, related_name="search_text")
    title = models.TextField(blank=True)
    tags = models.TextField(blank=True)
    category = models.TextField(blank=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
