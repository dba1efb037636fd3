"""What belongs to no app: the site's context for templates, health, errors."""

from django.conf import settings
from django.http import HttpRequest


def site_context(request: HttpRequest) -> dict[str, object]:
    return {"site_name": settings.SITE_NAME}
