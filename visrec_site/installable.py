"""The site as something to keep on a home screen: a manifest, and a worker that has one page for when nothing answers.

The worker keeps that page and what it is drawn with, nothing else: no stale picture, list or count is ever shown.
"""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from visrec_site import appearance
from visrec_site.accounts import choices

DRAWN_WITH = ("css/site.css", "vendor/instrument-sans-5.3.0-latin.woff2", "icon.svg")
ICONS = (("icons/192.png", 192, "any"), ("icons/512.png", 512, "any"), ("icons/maskable-512.png", 512, "maskable"))


@login_not_required
@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    name = choices.site_name()
    paper = appearance.PAPER["light"]
    content = {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": _("Pictures to look at, like and find again."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "categories": ["photo", "lifestyle"],
        "icons": [
            {"src": static(path), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
            for path, side, purpose in ICONS
        ],
        "shortcuts": [
            {"name": _("Search"), "url": reverse("recommender:search")},
            {"name": _("Upload"), "url": reverse("catalog:upload")},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@login_not_required
@cache_control(no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker, at the root so that it answers for the whole site.

    Its text names what it keeps: another language, another release of a file, and browsers see that it has changed.
    """
    kept = [reverse("offline"), *map(static, DRAWN_WITH)]
    script = render_to_string("worker.js", {"kept": json.dumps(kept), "language": get_language()})
    return HttpResponse(script, content_type="text/javascript")


@login_not_required
@cache_control(no_cache=True)
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown when the network does not answer: no person's state, so that it may be kept."""
    return render(request, "pages/offline.html")
