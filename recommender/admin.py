"""The recommender on the desk: what failed, what serves, what was said. Nothing here is typed by hand."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import State
from recommender import services
from recommender.models import (
    CategoryProposal,
    Dismissal,
    Embedding,
    EvaluationRun,
    Event,
    FailedEmbedding,
    Release,
    TrainingRun,
)


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
    """Promoted and rolled back in the laboratory; the history of each says by whom."""

    list_display = ["kind", "version", "algorithm", "model_key", "serving", "promoted_at", "promoted_by", "created_at"]
    list_filter = ["kind", "serving", "algorithm"]
    list_select_related = ["promoted_by"]
    search_fields = ["algorithm", "=version"]


class RunAdmin(ReadOnly):
    list_filter = ["state", "error_code"]
    list_select_related = ["asked_by"]
    actions = ["cancel"]

    @admin.action(description=gettext_lazy("Stop these runs"))
    def cancel(self, request: HttpRequest, runs: QuerySet[Any]) -> None:
        asked = 0
        for run in runs:
            try:
                services.cancel(run=run, now=timezone.now())
                asked += 1
            except services.Refused as refused:
                self.message_user(request, f"{run}: {refused}", messages.WARNING)
        text = ngettext("%(count)d run is asked to stop.", "%(count)d runs are asked to stop.", asked)
        self.message_user(request, text % {"count": asked}, messages.SUCCESS)


@admin.register(EvaluationRun)
class EvaluationRunAdmin(RunAdmin):
    list_display = ["pk", "state", "progress", "asked_by", "created_at", "ended_at", "error_detail"]
    exclude = ["result"]


@admin.register(TrainingRun)
class TrainingRunAdmin(RunAdmin):
    list_display = ["pk", "algorithm", "state", "progress", "release", "asked_by", "created_at", "error_detail"]
    list_filter = ["state", "algorithm", "error_code"]
    list_select_related = ["asked_by", "release"]


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


class Surest(admin.SimpleListFilter):
    """Only what is at least so sure, so that all of it can be accepted at once."""

    title = gettext_lazy("confidence")
    parameter_name = "from"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(str(percent), f"≥ {percent} %") for percent in (99, 95, 90, 80, 70)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CategoryProposal]) -> QuerySet[CategoryProposal]:
        chosen = self.value()
        return queryset.filter(confidence__gte=int(chosen) / 100) if chosen and chosen.isdecimal() else queryset


@admin.register(CategoryProposal)
class CategoryProposalAdmin(ReadOnly):
    """Proposed categories, the surest first: accept or refuse the chosen ones, or all that a filter leaves."""

    list_display = ["thumbnail", "image", "category", "percent", "decision", "proposed_at"]
    list_display_links = None
    list_filter = ["decision", Surest, ("category", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["image", "category"]
    search_fields = ["image__title", "=image__id"]
    ordering = ["-confidence", "pk"]
    actions = ["accept", "refuse"]
    list_per_page = 40

    def get_queryset(self, request: HttpRequest) -> QuerySet[CategoryProposal]:
        return super().get_queryset(request).filter(image__deleted_at=None)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Deciding changes pictures, so it takes the right to."""
        return request.user.has_perm("catalog.change_image")

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, proposal: CategoryProposal) -> SafeString | str:
        image = proposal.image
        if not image.rendition_token:
            return "—"
        address = f"/media/{image.pk}/{image.rendition_token}/320.webp"
        return format_html('<img class="desk-thumbnail" src="{}" alt="{}" loading="lazy">', address, image.title)

    @admin.display(description=gettext_lazy("confidence"), ordering="confidence")
    def percent(self, proposal: CategoryProposal) -> str:
        return f"{proposal.confidence:.0%}"

    @admin.action(description=gettext_lazy("Accept these categories"), permissions=["decide"])
    def accept(self, request: HttpRequest, proposals: QuerySet[CategoryProposal]) -> None:
        count = services.accept_proposals(proposals=proposals, by=_staff(request), now=timezone.now())
        text = ngettext("%(count)d picture moved.", "%(count)d pictures moved.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Refuse these categories"), permissions=["decide"])
    def refuse(self, request: HttpRequest, proposals: QuerySet[CategoryProposal]) -> None:
        count = services.refuse_proposals(proposals=proposals, by=_staff(request), now=timezone.now())
        text = ngettext("%(count)d proposal refused.", "%(count)d proposals refused.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)


def _staff(request: HttpRequest) -> AbstractUser:
    assert isinstance(request.user, AbstractUser)
    return request.user
