"""What an owner does with a picture: add it, change its words, delete it, bring it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import intake, processing, storage, tasks, words
from catalog.models import Category, Image, State, Visibility
from catalog.services.tags import InvalidValue, set_person_tags
from catalog.viewers import Viewer

WORDS = ("title", "description", "source", "licence")
LONGEST = {name: Image._meta.get_field(name).max_length or 0 for name in WORDS}  # type: ignore[union-attr]


class Duplicate(ValueError):
    """The very same file is already here, as `image`, which the uploader may see."""

    def __init__(self, image: Image) -> None:
        super().__init__(_("This picture is already here."))
        self.image = image


def add_image(
    *,
    owner: AbstractUser,
    original: intake.Original,
    title: str = "",
    description: str = "",
    category: Category | None = None,
    tags: Sequence[str] = (),
    visibility: str = Visibility.PUBLIC,
    source: str = "",
    licence: str = "",
    created_at: dt.datetime | None = None,
    key: int | None = None,
) -> Image:
    """Take a stored original into the catalogue and queue its processing.

    created_at, key: for collections that come with their own times and keys. Raises Duplicate or InvalidValue; the
    original's file is then discarded.
    """
    try:
        _refuse_duplicates(owner, original)
        with transaction.atomic():
            image = _unsaved(owner, original, created_at=created_at or timezone.now(), key=key)
            _set_words(image, title=title, description=description, source=source, licence=licence)
            _set_visibility(image, visibility)
            image.category = category
            image.save(force_insert=True)
            set_person_tags(image=image, names=tags)
            words.refresh([image.pk])
            tasks.process_image.delay_on_commit(image.pk)
    except IntegrityError as error:
        intake.discard(original.name)
        same = Image.objects.kept().filter(owner_id=owner.pk, sha256=original.sha256).first()
        if same is None:  # the database refused something other than the file
            raise
        raise Duplicate(same) from error
    except BaseException:
        intake.discard(original.name)
        raise
    return image


def _unsaved(owner: AbstractUser, original: intake.Original, *, created_at: dt.datetime, key: int | None) -> Image:
    return Image(
        owner_id=owner.pk,
        original=original.name,
        original_format=original.format,
        original_size=original.size,
        sha256=original.sha256,
        created_at=created_at,
        **({"pk": key} if key is not None else {}),
    )


def edit_image(*, image: Image, tags: Sequence[str] | None = None, **changes: Any) -> Image:
    """Change title, description, category, visibility, source, licence or a person's tags; what is not given stays.

    Raises InvalidValue, and then nothing has changed.
    """
    with transaction.atomic():
        _set_words(image, **{name: changes[name] for name in WORDS if name in changes})
        if "visibility" in changes:
            _set_visibility(image, changes["visibility"])
        if "category" in changes:
            image.category = changes["category"]
        image.save(update_fields=[name for name in (*WORDS, "visibility", "category") if name in changes])
        if tags is not None:
            set_person_tags(image=image, names=tags)
        words.refresh([image.pk])
    return image


def delete_image(*, image: Image) -> None:
    """Take the picture out of sight at once; it is erased a little later, so that its owner can undo it."""
    Image.objects.filter(pk=image.pk).update(deleted_at=timezone.now())


def erase(*, image: Image) -> None:
    """Erase row and files at once, beyond undoing."""
    storage.delete_files(image.pk, image.original)
    image.delete()


def undelete_image(*, image_id: int, viewer: Viewer) -> bool:
    """Bring the viewer's own deleted picture back; False once its time is over and it is being erased.

    Raises Duplicate where the same file has been uploaded again in the meantime.
    """
    own = Image.objects.filter(pk=image_id, owner_id=viewer.user_id, deleted_at__gte=timezone.now() - processing.UNDO)
    try:
        with transaction.atomic():
            return bool(own.update(deleted_at=None))
    except IntegrityError as error:
        again = Image.objects.kept().filter(owner_id=viewer.user_id, sha256__in=own.values("sha256"))
        raise Duplicate(again.get()) from error


def retry_image(*, image: Image) -> bool:
    """Queue a failed picture again with all its tries; False when it has not failed."""
    with transaction.atomic():
        restarted = Image.objects.filter(pk=image.pk, state=State.FAILED).restart()
        if restarted:
            tasks.process_image.delay_on_commit(image.pk)
    return bool(restarted)


def _refuse_duplicates(owner: AbstractUser, original: intake.Original) -> None:
    viewer = Viewer(user_id=owner.pk, is_staff=owner.is_staff)
    same = Image.objects.filter(sha256=original.sha256).visible_to(viewer).order_by("created_at").first()
    if same is not None:
        raise Duplicate(same)


def _set_words(image: Image, **changes: str) -> None:
    for name, value in changes.items():
        most = LONGEST[name]
        text = (value or "").replace("\x00", "").strip()
        if len(text) > most:
            raise InvalidValue(name, _("Use at most %(most)d characters.") % {"most": most})
        if name == "source" and text and not text.startswith(("https://", "http://")):
            raise InvalidValue(name, _("Write a full address, beginning with https://."))
        setattr(image, name, text)


def _set_visibility(image: Image, visibility: str) -> None:
    if visibility not in Visibility.values:
        raise InvalidValue("visibility", _("Choose public, unlisted or private."))
    image.visibility = visibility
