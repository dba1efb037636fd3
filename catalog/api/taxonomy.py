"""Categories and tags."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import queries, rest
from catalog.models.tags import in_language


class CategoryShape(rest.Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    path = serializers.ListField(child=serializers.CharField(), help_text="Slugs from the root down to this one.")
    parent: Any = serializers.CharField(allow_null=True, help_text="The slug of the category it lies in.")
    images = serializers.IntegerField(help_text="How many pictures you may list in it and below it.")


class TagShape(rest.Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    parent: Any = serializers.CharField(
        allow_null=True, help_text="The slug of the next wider tag, where one is known."
    )
    images = serializers.IntegerField(help_text="How many pictures you may list carry it.")


class CategoryQuery(rest.Paging):
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=100, help_text="How many a page; without it the whole tree is one page."
    )


class TagQuery(rest.Paging):
    q = serializers.CharField(
        required=False, allow_blank=True, max_length=80, help_text="Part of the tag's name, in any case."
    )


class Categories(rest.View):
    @extend_schema(
        operation_id="categories_list",
        summary="List categories",
        description="The tree as a list, parents before their children.",
        parameters=[CategoryQuery],
        responses={200: rest.page_shape("CategoryPage", CategoryShape(many=True)), **rest.problems(400, 401, 403)},
    )
    def get(self, request: Request) -> Response:
        asked = rest.read(request, CategoryQuery)
        tree = queries.category_rows(self.viewer)
        limit = asked.get("limit") or max(1, len(tree))
        rows, after, before = rest.part_of(tree, cursor=asked.get("cursor"), limit=limit)
        results = [
            {"slug": row.slug, "name": row.name, "path": row.path, "parent": row.parent, "images": row.images}
            for row in rows
        ]
        return Response(rest.page_of(request, results, after=after, before=before))


class Tags(rest.View):
    @extend_schema(
        operation_id="tags_list",
        summary="List tags",
        description="Tags on pictures that you may list, the most used first.",
        parameters=[TagQuery],
        responses={200: rest.page_shape("TagPage", TagShape(many=True)), **rest.problems(400, 401, 403)},
    )
    def get(self, request: Request) -> Response:
        asked = rest.read(request, TagQuery)
        tags = queries.tags_in_use(self.viewer, asked.get("q", ""))
        rows, after, before = rest.part_of(tags, cursor=asked.get("cursor"), limit=asked["limit"])
        results = [
            {
                "slug": row["slug"],
                "name": in_language(row["name"], row["name_zh"]),
                "parent": row["wider"],
                "images": row["pictures"],
            }
            for row in rows
        ]
        return Response(rest.page_of(request, results, after=after, before=before))
