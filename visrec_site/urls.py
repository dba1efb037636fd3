"""Where everything is."""

from django.contrib import admin
from django.urls import include, path

from visrec_site import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("visrec_site.api.urls")),
    path("health/live", health.live),
    path("health/ready", health.ready),
]
