"""Categories and tags on the desk."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog import services
from catalog.admin.forms import CategoryForm, TagChoice, TagForm
from catalog.admin.questions import ask
from catalog.models import Category, Tag


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    form = CategoryForm
    list_display = ["indented", "slug", "pictures"]
    search_fields = ["name", "name_zh", "slug", "path"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        return super().get_queryset(request).annotate(images_here=Count("images", filter=Q(images__deleted_at=None)))

    def save_model(self, request: HttpRequest, obj: Category, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            services.words_changed(categories=Category.objects.below(obj.slug))

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        services.delete_categories(categories=Category.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Category]) -> None:
        services.delete_categories(categories=Category.objects.filter(pk__in=queryset.values("pk")))

    @admin.display(description=gettext_lazy("name"), ordering="path")
    def indented(self, category: Category) -> str:
        return "\u2003" * category.path.count("/") + str(category)

    @admin.display(description=gettext_lazy("pictures"), ordering="images_here")
    def pictures(self, category: Any) -> int:
        return int(category.images_here)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    form = TagForm
    list_display = ["name", "slug", "parent", "pictures"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_zh", "slug"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        used = Count("image_tags", filter=Q(image_tags__removed=False))
        return super().get_queryset(request).annotate(used=used)

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            services.words_changed(tags=Tag.objects.filter(pk=obj.pk))

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        services.delete_tags(tags=Tag.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        services.delete_tags(tags=Tag.objects.filter(pk__in=queryset.values("pk")))

    @admin.display(description=gettext_lazy("pictures"), ordering="used")
    def pictures(self, tag: Any) -> int:
        return int(tag.used)

    @admin.action(description=gettext_lazy("Merge into one …"))
    def merge(self, request: HttpRequest, tags: QuerySet[Tag]) -> HttpResponse | None:
        return ask(
            request=request,
            model_admin=self,
            rows=tags,
            action="merge",
            title=_("Merge these tags into one"),
            form_class=partial(TagChoice, admin_site=self.admin_site),
            do=lambda form: _merged(services.merge_tags(into=form.cleaned_data["into"], others=tags)),
            danger=True,
        )


def _merged(count: int) -> str:
    return ngettext("%(count)d tag merged.", "%(count)d tags merged.", count) % {"count": count}
