"""Back to where a form was pressed, for browsers without JavaScript."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

CARRIED = {"csrfmiddlewaretoken", "next", "made_for", "written_by"}
"""What a form carries beside what is asked or written in it."""


def back(request: HttpRequest, *, otherwise: str = "/", anchor: str = "") -> HttpResponseRedirect:
    """Redirect to the form's `next` if it is an address of this site, else to `otherwise`."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect((wanted if ours else otherwise) + (f"#{anchor}" if anchor else ""))


def asked(request: HttpRequest, address: str) -> HttpResponseRedirect:
    """Redirect to a question that a form's button asks: the token of the form stays out of the address."""
    question = request.POST.copy()
    for name in CARRIED:
        question.pop(name, None)
    return HttpResponseRedirect(f"{address}?{question.urlencode()}")
