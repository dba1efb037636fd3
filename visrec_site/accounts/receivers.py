"""What happens when somebody signs in: the visitor they were until now becomes them."""

import uuid
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from catalog.viewers import VISITOR_KEY
from visrec_site.accounts import services
from visrec_site.accounts.models import User


def connect() -> None:
    user_logged_in.connect(adopt_visitor, dispatch_uid="accounts.adopt_visitor")


def adopt_visitor(*, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    visitor = request.session.pop(VISITOR_KEY, None) if request is not None and hasattr(request, "session") else None
    if visitor:
        services.adopt(visitor=uuid.UUID(visitor), user=user)
