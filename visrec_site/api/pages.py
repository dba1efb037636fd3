"""The pages that the types of problems point to."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.rest.problems import PROBLEMS, STATUS_WORDS


@login_not_required
@require_safe
def about(request: HttpRequest, code: str) -> HttpResponse:
    """One sentence on a problem, as plain text."""
    if code not in PROBLEMS:
        raise Http404
    status, title = PROBLEMS[code]
    words = "\n\n".join(filter(None, [f"{status} {title}", STATUS_WORDS.get(status, "")]))
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8")
