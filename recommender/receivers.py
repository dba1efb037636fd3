"""What the recommender does when catalog speaks."""

from typing import Any

from django.utils import timezone

from catalog import signals
from catalog.viewers import Viewer
from recommender import rebuild, services, tasks
from recommender.models import Dismissal


def connect() -> None:
    """Connect the receivers, once, when the app is ready."""
    signals.image_ready.connect(look_at, dispatch_uid="recommender.look_at")
    signals.image_liked.connect(keep_nothing, dispatch_uid="recommender.keep_nothing")
    signals.image_liked.connect(forgive, dispatch_uid="recommender.forgive")
    signals.image_liked.connect(note_like, dispatch_uid="recommender.note_like")
    signals.image_saved.connect(keep_nothing, dispatch_uid="recommender.keep_nothing_saved")
    signals.image_saved.connect(forgive, dispatch_uid="recommender.forgive_saved")
    signals.image_saved.connect(note_save, dispatch_uid="recommender.note_save")


def look_at(*, image_ids: list[int], **_kwargs: Any) -> None:
    """A picture has been decoded: have the eyes look at it."""
    rebuild.look_again(image_ids)
    tasks.embed_images.delay_on_commit(image_ids)


def forgive(*, viewer: Viewer, image_id: int, **_kwargs: Any) -> None:
    """A like, or a save, takes back that one was not interested."""
    Dismissal.objects.of(viewer).filter(image=image_id).delete()


def keep_nothing(*, viewer: Viewer, **_kwargs: Any) -> None:
    """Who browses privately is told so, and neither a like nor a save is kept."""
    services.refuse_if_private(viewer=viewer, now=timezone.now())


def note_like(*, viewer: Viewer, image_id: int, is_new: bool, **_kwargs: Any) -> None:
    """A like is evidence for the list it came from."""
    if is_new:
        services.record_like(viewer=viewer, image_id=image_id, now=timezone.now())


def note_save(*, viewer: Viewer, image_id: int, is_new: bool, **_kwargs: Any) -> None:
    """A save is evidence for the list it came from."""
    if is_new:
        services.record_save(viewer=viewer, image_id=image_id, now=timezone.now())
