"""Where the API is: version 1, its schema, its documentation; everything else under /api/ is a 404 in JSON."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from visrec_site.api import documentation, tokens
from visrec_site.api.nowhere import Nowhere

v1: tuple[list[URLPattern | URLResolver], str] = (
    [
        path("token/", tokens.Tokens.as_view(), name="token"),
        path("", include("catalog.api.urls")),
        path("", include("recommender.api.urls")),
    ],
    "api",
)

urlpatterns = [
    path("v1/", include(v1)),
    path("schema/", documentation.schema, name="api-schema"),
    path("docs/", documentation.docs, name="api-docs"),
    re_path("", Nowhere.as_view()),
]
