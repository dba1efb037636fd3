"""Where everything is."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from visrec_site import appearance, health, installable, styleguide, views
from visrec_site.accounts import views as account_views
from visrec_site.api.pages import about

urlpatterns = [
    path("admin/login/", views.desk_login),
    path("admin/", admin.site.urls),
    path("accounts/", include("visrec_site.accounts.urls")),
    path("welcome/", account_views.welcome, name="welcome"),
    path("appearance", appearance.choose, name="appearance"),
    path("language", set_language, name="set_language"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("service-worker.js", installable.worker, name="service_worker"),
    path("offline/", installable.offline, name="offline"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("api/", include("visrec_site.api.urls")),
    path("problems/<slug:code>", about, name="problem"),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("", include("recommender.urls")),
    path("", include("catalog.urls")),
]

handler400 = "visrec_site.views.bad_request"
handler403 = "visrec_site.views.forbidden"
handler404 = "visrec_site.views.not_found"
handler500 = "visrec_site.views.server_error"
