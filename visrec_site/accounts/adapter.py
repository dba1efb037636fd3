"""How signing in behaves here: few tries a name and address, counted in the database; back to where one came from."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog import throttles
from catalog.throttles import LOGIN, RESET, SIGNUP, Throttled
from visrec_site.accounts import choices
from visrec_site.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return choices.signup_is_open()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        _knock(request, LOGIN, _sign_in_key(request, credentials))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Already counted when it was tried."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user is not None:
            throttles.forget(LOGIN, _sign_in_key(request, credentials))
        return user

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        _knock(request, SIGNUP, throttles.address_of(request))
        return super().save_user(request, user, form, commit=commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One address gets few letters an hour, whoever asks for them."""
        _knock(self.request, RESET, email.casefold())
        super().send_mail(template_prefix, email, context)


def _sign_in_key(request: HttpRequest, credentials: dict[str, Any]) -> str:
    name = credentials.get("username") or credentials.get("email") or ""
    return throttles.sign_in_key(str(name), throttles.address_of(request))


def _knock(request: HttpRequest, limit: throttles.Limit, key: str) -> None:
    try:
        throttles.knock(limit, key)
    except Throttled as throttled:
        raise ImmediateHttpResponse(_too_often(request, throttled.retry_after)) from throttled


def _too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"minutes": -(-seconds // 60)}
    response = render(request, "account/too_often.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
