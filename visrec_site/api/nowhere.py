"""What is said where there is nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from catalog import rest


@extend_schema(exclude=True)
class Nowhere(rest.PublicView):
    """Any address under /api/ that is none of its own."""

    authentication_classes: Any = []
    http_method_names = ["get", "head", "post", "put", "patch", "delete", "options", "trace"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.path.endswith("/"):
            raise Http404(_("There is nothing at this address."))
        raise Http404(_("There is nothing at this address. Those of the API end with a slash."))
