"""Boards on the desk: to be read, by name and size. What hangs on a private one stays with its members."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from catalog.models import Board


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin):
    list_display = ["name", "owner", "visibility", "pictures", "created_at", "changed_at"]
    list_filter = ["visibility", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__username", "=id"]
    fields = ["name", "description", "owner", "visibility", "pictures", "created_at", "changed_at"]
    readonly_fields = ["name", "description", "owner", "visibility", "pictures", "created_at", "changed_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Board]:
        boards: Any = super().get_queryset(request)
        return boards.kept().annotate(hung=Count("board_images"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Board | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Board | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("pictures"), ordering="hung")
    def pictures(self, board: Any) -> int:
        return int(board.hung)
