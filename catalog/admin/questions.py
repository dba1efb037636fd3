"""Actions that ask something first: a page between the list and the deed, which is also its confirmation."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

ANSWER = "answer"


def ask(
    *,
    request: HttpRequest,
    model_admin: admin.ModelAdmin,
    rows: QuerySet[Any],
    action: str,
    title: Any,
    form_class: Callable[..., forms.Form],
    do: Callable[[forms.Form], str],
    danger: bool = False,
) -> TemplateResponse | None:
    """Show the form; once it is answered well, do it, say what was done, and go back to the list."""
    answered = ANSWER in request.POST
    form = form_class(request.POST if answered else None)
    if answered and form.is_valid():
        model_admin.message_user(request, do(form), messages.SUCCESS)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "form": form,
        "rows": rows[:20],
        "count": rows.count(),
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
        "action": action,
        "danger": danger,
        "opts": model_admin.opts,
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/question.html", context)
