"""The recommender on the desk: what failed, what serves, what was said. Nothing here is typed by hand."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import State
from recommender import services
from recommender.models import Dismissal, Embedding, Event, FailedEmbedding, Release


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Embedding)
class EmbeddingAdmin(ReadOnly):
    list_display = ["image", "model_key", "state", "attempt", "error_code", "created_at"]
    list_filter = ["state", "model_key"]
    list_select_related = ["image"]
    search_fields = ["image__title", "=image__id"]
    exclude = ["features"]
    actions = ["look_again"]
    show_full_result_count = False

    @admin.action(description=gettext_lazy("Look at these pictures again"))
    def look_again(self, request: HttpRequest, embeddings: QuerySet[Embedding]) -> None:
        count = services.look_again(image_ids=list(embeddings.values_list("image_id", flat=True)))
        text = ngettext("%(count)d picture queued.", "%(count)d pictures queued.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)


@admin.register(FailedEmbedding)
class FailedEmbeddingAdmin(EmbeddingAdmin):
    list_display = ["image", "error_code", "error_detail", "attempt", "created_at"]
    list_filter = ["error_code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Embedding]:
        return super().get_queryset(request).filter(state=State.FAILED)


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    list_display = ["kind", "version", "model_key", "serving", "created_at"]
    list_filter = ["kind", "serving"]


@admin.register(Dismissal)
class DismissalAdmin(ReadOnly):
    list_display = ["image", "user", "created_at"]
    list_select_related = ["image", "user"]
    search_fields = ["image__title", "user__username"]


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ["kind", "image", "user", "position", "at"]
    list_filter = ["kind", "at"]
    list_select_related = ["image", "user"]
    show_full_result_count = False
