from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from rest_framework.authtoken import admin as token_admin
from rest_framework.authtoken.models import TokenProxy

from visrec_site.accounts import choices, services
from visrec_site.accounts.models import SiteChoices, User


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ["username", "email", "first_name", "last_name", "pictures", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active", "date_joined"]
    date_hierarchy = "date_joined"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).annotate(picture_count=Count("images"))

    @admin.display(description=gettext_lazy("pictures"), ordering="picture_count")
    def pictures(self, user: User) -> int:
        return int(user.picture_count)  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        services.delete_account(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            services.delete_account(user=user)


@admin.register(SiteChoices)
class SiteChoicesAdmin(admin.ModelAdmin):
    """One row, made by the welcome page or here; it cannot be deleted."""

    list_display = ["__str__", "name", "signup_open"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not SiteChoices.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: SiteChoices | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SiteChoices, form: object, change: bool) -> None:
        choices.choose(name=obj.name, signup_open=obj.signup_open)
        obj.pk = 1


# Groups are not used, and a token is its owner's secret. (Importing the token's desk has put it there.)
assert token_admin
admin.site.unregister([Group, TokenProxy])
