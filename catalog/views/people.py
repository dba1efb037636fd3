from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalog import queries
from catalog.queries.cursors import BadCursor
from catalog.viewers import ViewerRequest
from catalog.views.parameters import ids_in


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def person(request: ViewerRequest, username: str) -> HttpResponse:
    """What a person shows to others; to themselves also what nobody else sees, and their likes."""
    tab = request.GET.get("tab", "pictures")
    try:
        found = queries.person_page(
            viewer=request.viewer, username=username, tab=tab, cursor=request.GET.get("cursor") or None
        )
    except BadCursor:
        return redirect("catalog:person", username)
    if found is None:
        raise Http404
    following = urlencode({"tab": found.tab, "cursor": found.page.next}) if found.page.next else ""
    context = {
        "person": found,
        "page": found.page,
        "own": found.is_self and found.tab == "pictures",
        "next": f"{request.path}?{following}" if following else "",
        "deleted": next(iter(ids_in(request.GET.get("deleted", ""))), None) if found.is_self else None,
    }
    return render(request, "partials/gallery_page.html" if request.htmx else "pages/person.html", context)
