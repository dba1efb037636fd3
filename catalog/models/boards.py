from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.images import Image, random_key
from catalog.viewers import Viewer


class BoardVisibility(models.TextChoices):
    PRIVATE = "private", _("private")
    SHARED = "shared", _("shared")


class BoardQuerySet(models.QuerySet):
    def kept(self) -> Self:
        """All but what its owner has deleted."""
        return self.filter(deleted_at=None)

    def owned_by(self, viewer: Viewer) -> Self:
        """Boards whose name, visibility and members the viewer may change."""
        return self.kept().filter(owner=viewer.user_id) if viewer.user_id else self.none()

    def editable_by(self, viewer: Viewer) -> Self:
        """Boards the viewer may save to: their own, and those they were invited to and accepted."""
        if not viewer.user_id:
            return self.none()
        return self.kept().filter(Q(owner=viewer.user_id) | Exists(_membership(viewer, may_edit=True)))

    def of(self, viewer: Viewer) -> Self:
        """The viewer's own boards, and those they are a member of."""
        if not viewer.user_id:
            return self.none()
        return self.kept().filter(Q(owner=viewer.user_id) | Exists(_membership(viewer)))

    def visible_to(self, viewer: Viewer) -> Self:
        """Boards the viewer may open: shared ones, and theirs. Staff are no exception: they read at the desk."""
        shared = Q(visibility=BoardVisibility.SHARED)
        if not viewer.user_id:
            return self.kept().filter(shared)
        return self.kept().filter(shared | Q(owner=viewer.user_id) | Exists(_membership(viewer)))


class Board(models.Model):
    """Pictures somebody has gathered under a name. It opens none of them to anybody."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="boards", verbose_name=_("owner"))
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=8, choices=BoardVisibility, default=BoardVisibility.PRIVATE
    )
    cover = models.ForeignKey(Image, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="board_by_owner")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/boards/{self.pk}/"


class BoardImageQuerySet(models.QuerySet):
    def shown_to(self, viewer: Viewer) -> Self:
        """What this viewer sees on boards: what may be in their lists, and what they put there and may still open.

        So a board hands an unlisted picture's address on to nobody, and a private picture stays its owner's.
        """
        listed = Exists(Image.objects.filter(pk=OuterRef("image")).listed_for(viewer))
        if not viewer.user_id:
            return self.filter(listed)
        person = Viewer(user_id=viewer.user_id)  # what staff may open in order to judge it is not theirs to gather
        opened = Exists(Image.objects.filter(pk=OuterRef("image")).visible_to(person))
        return self.filter(listed | (Q(added_by=viewer.user_id) & opened))


class BoardImage(models.Model):
    """A picture on a board. `position` only orders: it has gaps, so that moving one picture changes one row."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="board_images")
    image = models.ForeignKey(Image, models.CASCADE, related_name="board_images")
    position = models.BigIntegerField(_("position"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="saves", verbose_name=_("saved by")
    )
    added_at = models.DateTimeField(_("saved"), default=timezone.now)

    objects = BoardImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture on a board")
        verbose_name_plural = _("pictures on boards")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "image"], name="boardimage_once_a_board")]
        indexes = [
            models.Index(fields=["board", "position"], name="boardimage_in_order"),
            models.Index(fields=["added_by", "-added_at"], name="boardimage_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} ∋ {self.image_id}"


class BoardMember(models.Model):
    """Somebody invited to a board, by name, or by a link that anybody may use; a member once they have accepted."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="board_memberships"
    )
    token = models.CharField(max_length=32, null=True, blank=True, unique=True, editable=False)
    may_edit = models.BooleanField(_("may save to it"), default=True)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a board")
        verbose_name_plural = _("members of boards")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "user"], name="boardmember_once_a_board"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(token__isnull=True), name="boardmember_by_name_or_by_link"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(user__isnull=False), name="boardmember_accepted_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id}: {self.user_id or 'by link'}"


def _membership(viewer: Viewer, **more: bool) -> models.QuerySet[BoardMember]:
    mine = BoardMember.objects.filter(board=OuterRef("pk"), user=viewer.user_id, accepted_at__isnull=False)
    return mine.filter(**more)
