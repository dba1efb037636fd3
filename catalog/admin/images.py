"""Pictures on the desk."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog import services
from catalog.admin.forms import CategoryChoice, ImageDeskForm, TagLine
from catalog.admin.questions import ask
from catalog.models import FailedImage, Image, State


class Sight(admin.SimpleListFilter):
    """Who can see it, apart from its owner."""

    title = gettext_lazy("sight")
    parameter_name = "sight"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("hidden", _("Hidden by staff")), ("shown", _("Not hidden"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        if self.value() == "hidden":
            return queryset.exclude(hidden_at=None)
        return queryset.filter(hidden_at=None) if self.value() == "shown" else queryset


class Findable(admin.SimpleListFilter):
    title = gettext_lazy("findable")
    parameter_name = "findable"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("Not yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        return queryset.filter(findable_at__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageDeskForm
    list_display = [
        "thumbnail",
        "words",
        "owner_link",
        "category",
        "visibility",
        "status_word",
        "like_count",
        "created_at",
    ]
    list_display_links = ["thumbnail", "words"]
    list_filter = ["state", Findable, Sight, "visibility", ("category", admin.RelatedOnlyFieldListFilter), "created_at"]
    list_select_related = ["owner", "category"]
    list_per_page = 40
    search_fields = ["title", "description", "owner__username", "tags__name", "=id"]
    autocomplete_fields = ["category"]
    date_hierarchy = "created_at"
    actions = ["hide", "restore", "recategorise", "add_tags", "reprocess", "retry"]
    readonly_fields = [
        "preview", "owner_link", "state", "attempt", "error_code", "error_detail", "width", "height", "original_format",
        "original_size", "like_count", "created_at", "findable_at", "hidden_at",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["preview", "title", "description", "category", "tag_line", "visibility"]}),
        (gettext_lazy("Where it comes from"), {"fields": ["owner_link", "source", "licence", "created_at"]}),
        (
            gettext_lazy("Work"),
            {"fields": ["state", "attempt", "error_code", "error_detail", "findable_at", "hidden_at"]},
        ),
        (
            gettext_lazy("File"),
            {"fields": ["width", "height", "original_format", "original_size", "like_count"], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).kept()  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Pictures come in by the one door for foreign files."""
        return False

    def save_model(self, request: HttpRequest, obj: Image, form: forms.ModelForm, change: bool) -> None:
        fields = {name: form.cleaned_data[name] for name in ImageDeskForm.Meta.fields}
        tags = form.cleaned_data["tag_line"] if "tag_line" in form.changed_data else None
        try:
            services.edit_image(image=obj, tags=tags, **fields)
        except services.InvalidValue as error:
            self.message_user(request, str(error), messages.ERROR)

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        services.delete_image(image=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> None:
        services.delete(images=queryset)

    # Columns

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, image: Image) -> SafeString | str:
        return _picture(image, size=320, name="desk-thumbnail")

    @admin.display(description=gettext_lazy("picture"))
    def preview(self, image: Image) -> SafeString | str:
        return _picture(image, size=640, name="desk-preview")

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def words(self, image: Image) -> str:
        return image.title or _("Untitled")

    @admin.display(description=gettext_lazy("owner"), ordering="owner__username")
    def owner_link(self, image: Image) -> SafeString:
        address = reverse("admin:accounts_user_change", args=[image.owner_id])
        return format_html('<a href="{}">{}</a>', address, image.owner)

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def status_word(self, image: Image) -> str:
        return _("hidden") if image.hidden_at else _(image.status)

    # Actions

    @admin.action(description=gettext_lazy("Hide from everybody"))
    def hide(self, request: HttpRequest, images: QuerySet[Image]) -> None:
        self.message_user(request, _pictures(services.hide(images=images), _("hidden")), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Show again"))
    def restore(self, request: HttpRequest, images: QuerySet[Image]) -> None:
        self.message_user(request, _pictures(services.restore(images=images), _("shown again")), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Process again"))
    def reprocess(self, request: HttpRequest, images: QuerySet[Image]) -> HttpResponse | None:
        return ask(
            request=request,
            model_admin=self,
            rows=images,
            action="reprocess",
            title=_("Decode these pictures again? They leave the lists until they are ready."),
            form_class=forms.Form,
            do=lambda _form: _pictures(services.reprocess(images=images), _("queued")),
        )

    @admin.action(description=gettext_lazy("Try failed ones again"))
    def retry(self, request: HttpRequest, images: QuerySet[Image]) -> None:
        self.message_user(request, _pictures(services.retry_failed(images=images), _("queued")), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Move to a category …"))
    def recategorise(self, request: HttpRequest, images: QuerySet[Image]) -> HttpResponse | None:
        return ask(
            request=request,
            model_admin=self,
            rows=images,
            action="recategorise",
            title=_("Move these pictures to a category"),
            form_class=CategoryChoice,
            do=lambda form: _pictures(
                services.recategorise(images=images, category=form.cleaned_data["category"]), _("moved")
            ),
        )

    @admin.action(description=gettext_lazy("Add tags …"))
    def add_tags(self, request: HttpRequest, images: QuerySet[Image]) -> HttpResponse | None:
        return ask(
            request=request,
            model_admin=self,
            rows=images,
            action="add_tags",
            title=_("Add tags to these pictures"),
            form_class=TagLine,
            do=lambda form: _pictures(services.add_tags(images=images, names=form.cleaned_data["tags"]), _("tagged")),
        )


@admin.register(FailedImage)
class FailedImageAdmin(ImageAdmin):
    """What could not be processed, why, and a way to try it again."""

    list_display = ["words", "owner_link", "error_code", "error_detail", "attempt", "original_format", "created_at"]
    list_display_links = ["words"]
    list_filter = ["error_code", "original_format"]
    actions = ["retry"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).filter(state=State.FAILED)


def _picture(image: Image, *, size: int, name: str) -> SafeString | str:
    if not image.rendition_token:
        return "—"
    return format_html(
        '<img class="{}" src="/media/{}/{}/{}.webp" alt="{}" loading="lazy">',
        name,
        image.pk,
        image.rendition_token,
        size,
        image.title,
    )


def _pictures(count: int, done: str) -> str:
    return ngettext("%(count)d picture %(done)s.", "%(count)d pictures %(done)s.", count) % {
        "count": count,
        "done": done,
    }
