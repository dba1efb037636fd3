"""The settings of one's own account."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rest_framework.authtoken.models import Token

from catalog import redirects, throttles
from catalog.viewers import ViewerRequest
from visrec_site.accounts import services, unsent
from visrec_site.accounts import welcome as first_visit
from visrec_site.accounts.forms import DeleteForm, NameForm, WelcomeForm

FRESH_TOKEN = "fresh_token"  # noqa: S105 the session key under which a new token waits to be shown once


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: ViewerRequest) -> HttpResponse:
    form = NameForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings")
    return _page(request, form=form)


@login_required
@require_POST
def token(request: ViewerRequest) -> HttpResponse:
    """Make a token, shown once, or revoke the one there is."""
    if request.POST.get("action") == "revoke":
        services.revoke_token(user=request.user)
        messages.success(request, _("The token no longer works."))
    else:
        request.session[FRESH_TOKEN] = services.make_token(user=request.user)
    return redirect("settings")


@login_required
@never_cache
@require_safe
def export(request: ViewerRequest) -> JsonResponse:
    response = JsonResponse(services.export(user=request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{request.user.get_username()}.json"'
    return response


@login_required
@require_http_methods(["POST"])
def delete(request: ViewerRequest) -> HttpResponse:
    form = DeleteForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form=NameForm(instance=request.user), delete_form=form, status=400)
    user = request.user
    logout(request)
    services.delete_account(user=user)
    messages.success(request, _("Your account and everything in it have been deleted."))
    return redirect("/")


@login_required
@require_POST
def forget_unsent(request: ViewerRequest) -> HttpResponse:
    """Discard what was written for the address `unsent` and could not be sent."""
    unsent.forget(request, action=request.POST.get("unsent", ""))
    return redirects.back(request)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: ViewerRequest) -> HttpResponse:
    """The owner's first visit; to everybody without the key, and once there is an owner, there is no such page."""
    key = request.GET.get("key", "")
    throttles.knock(throttles.WELCOME, throttles.address_of(request))
    if not first_visit.opens(key):
        raise Http404
    form = WelcomeForm(request.POST or None)
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "pages/welcome.html", {"form": form, "key": key}, status=status)
    given = form.cleaned_data
    try:
        owner = first_visit.found(
            username=given["username"],
            email=given["email"],
            password=given["password1"],
            site_name=given["site_name"],
            signup_open=given["signup_open"],
            demo=given["demo"],
        )
    except first_visit.TooLate as late:
        raise Http404 from late
    login(request, owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    hung = _("The demo gallery is being drawn; its pictures come in over the next minutes.")
    messages.success(request, hung if given["demo"] else _("The site is yours. Hang the first picture."))
    return redirect("/" if given["demo"] else "catalog:upload")


def _page(
    request: ViewerRequest, *, form: NameForm, delete_form: DeleteForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "delete_form": delete_form or DeleteForm(user=request.user),
        "token": Token.objects.filter(user=request.user).first(),
        "fresh_token": request.session.pop(FRESH_TOKEN, None),
    }
    return render(request, "pages/settings.html", context, status=status)
