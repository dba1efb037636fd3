"""Sign up, sign in, settings."""

from django.urls import include, path

from visrec_site.accounts import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/token/", views.token, name="settings_token"),
    path("settings/export/", views.export, name="settings_export"),
    path("settings/delete/", views.delete, name="settings_delete"),
    path("unsent/", views.forget_unsent, name="forget_unsent"),
    path("", include("allauth.account.urls")),
]
