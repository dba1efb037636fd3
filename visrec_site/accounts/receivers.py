"""What happens when somebody signs in: the visitor they were until now becomes them."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalog.models import Image
from catalog.services import NotKept
from catalog.viewers import VISITOR_KEY, Viewer
from recommender import services as recommender_services
from visrec_site.accounts import services, unsent
from visrec_site.accounts.models import User


def connect() -> None:
    user_logged_in.connect(adopt_visitor, dispatch_uid="accounts.adopt_visitor")
    user_logged_in.connect(save_what_waited, dispatch_uid="accounts.save_what_waited")
    user_logged_in.connect(keep_what_they_wrote, dispatch_uid="accounts.keep_what_they_wrote")


def adopt_visitor(*, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    visitor = request.session.pop(VISITOR_KEY, None) if request is not None and hasattr(request, "session") else None
    if visitor:
        services.adopt(visitor=uuid.UUID(visitor), user=user)


def save_what_waited(*, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """What a visitor wanted to save, and was asked to sign in for."""
    session = getattr(request, "session", {})
    image_id = session.pop(recommender_services.TO_SAVE, None)
    viewer = Viewer(user_id=user.pk)
    image = Image.objects.visible_to(viewer).filter(pk=image_id).first() if image_id else None
    if request is None or image is None:
        return
    try:
        board = recommender_services.save(viewer=viewer, image=image).board
    except NotKept as told:
        messages.info(request, str(told))
    else:
        messages.success(request, _("Saved to “%(board)s”.") % {"board": board.name})


def keep_what_they_wrote(*, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """What somebody else wrote on this device is not for them."""
    if request is not None and hasattr(request, "session"):
        unsent.forget_of_others(request, member=user.pk)
