"""Boards: what one has gathered, and what others share."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import queries, rest, services
from catalog.models import Board, BoardVisibility
from catalog.queries import BoardCard
from catalog.viewers import Viewer

LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[201], description="The board's address in this API."
)


class Words(serializers.CharField):
    """Text, and nothing that would have to be made into some."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class BoardShape(rest.Shape):
    """A board as you may see it: its count and its cover are of the pictures that you see there."""

    id = serializers.IntegerField(min_value=1, max_value=2**53)
    url = serializers.URLField(help_text="Its page.")
    name = serializers.CharField()
    description = serializers.CharField()
    visibility: Any = serializers.ChoiceField(choices=BoardVisibility.values)
    owner = serializers.CharField(help_text="A username.")
    role = serializers.ChoiceField(
        choices=["owner", "editor", "member", "guest"], help_text="Yours; an editor may save to it."
    )
    images = serializers.IntegerField()
    cover = serializers.IntegerField(allow_null=True, help_text="The picture that stands for it.")
    pictures = serializers.URLField(help_text="Its pictures in this API.")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class BoardEdit(rest.Shape):
    """What is not named stays."""

    name = Words(max_length=80)
    description = Words(required=False, allow_blank=True, max_length=1000)
    visibility: Any = serializers.ChoiceField(choices=BoardVisibility.values, required=False)


class BoardChange(BoardEdit):
    """As BoardEdit; `cover` is a picture of the board, or null for whichever hangs first."""

    name = Words(required=False, max_length=80)
    cover = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**53)


class BoardsQuery(rest.Paging):
    owner = serializers.CharField(
        required=False, allow_blank=True, max_length=150, help_text="A username: what they share, instead of yours."
    )


class OrderShape(rest.Shape):
    images = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**53),
        max_length=10_000,
        help_text="These hang first, in this order; the others follow as they were.",
    )


class HungShape(rest.Shape):
    board = serializers.IntegerField()
    image = serializers.IntegerField()
    saved = serializers.BooleanField()


class Boards(rest.View):
    @extend_schema(
        operation_id="boards_list",
        summary="List boards",
        description="Your own and those you are a member of, the last changed first; without an account, none.",
        parameters=[BoardsQuery],
        responses={200: rest.page_shape("BoardPage", BoardShape(many=True)), **rest.problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> Response:
        asked = rest.read(request, BoardsQuery)
        found = queries.boards_page(viewer=self.viewer, owner=asked.get("owner", ""))
        if found is None:
            raise Http404(_("There is no such person."))
        rows, after, before = rest.part_of(found.boards, cursor=asked.get("cursor"), limit=asked["limit"])
        results = [board_json(board, request) for board in rows]
        return Response(rest.page_of(request, results, after=after, before=before))

    @extend_schema(
        operation_id="boards_create",
        summary="Make a board",
        request=BoardEdit,
        parameters=[LOCATION],
        responses={201: BoardShape, **rest.problems(400, 401, 403, 413, 415)},
    )
    def post(self, request: Request) -> Response:
        said = BoardEdit(data=request.data)
        said.is_valid(raise_exception=True)
        board = services.create_board(viewer=self.viewer, **said.validated_data)
        address = request.build_absolute_uri(reverse("api:board", args=[board.pk]))
        return Response(_board(board.pk, request, self.viewer), status=201, headers={"Location": address})


class OneBoard(rest.View):
    @extend_schema(
        operation_id="boards_retrieve",
        summary="Show a board",
        responses={200: BoardShape, **rest.problems(401, 403, 404)},
    )
    def get(self, request: Request, board_id: int) -> Response:
        return Response(_board(board_id, request, self.viewer))

    @extend_schema(
        operation_id="boards_update",
        summary="Change a board",
        request=BoardChange,
        responses={200: BoardShape, **rest.problems(400, 401, 403, 404, 413, 415)},
    )
    def patch(self, request: Request, board_id: int) -> Response:
        board = _own(board_id, self.viewer)
        said = BoardChange(data=request.data, partial=True)
        said.is_valid(raise_exception=True)
        changes = dict(said.validated_data)
        if "cover" in changes and not services.set_cover(board=board, image_id=changes.pop("cover")):
            raise services.InvalidValue("cover", _("Choose a picture of this board."))
        if changes:
            services.edit_board(board=board, **changes)
        return Response(_board(board_id, request, self.viewer))

    @extend_schema(
        operation_id="boards_delete",
        summary="Delete a board",
        description="Its pictures stay where they are.",
        responses={204: OpenApiResponse(description="Deleted."), **rest.problems(401, 403, 404)},
    )
    def delete(self, request: Request, board_id: int) -> Response:
        services.delete_board(board=_own(board_id, self.viewer))
        return Response(status=204)


class BoardImages(rest.View):
    @extend_schema(
        operation_id="boards_images_list",
        summary="List the pictures of a board",
        description="In its order. What you may not see is not there.",
        parameters=[rest.Paging],
        responses={
            200: rest.page_shape("BoardImagePage", rest.ImageShape(many=True)),
            **rest.problems(400, 401, 403, 404),
        },
    )
    def get(self, request: Request, board_id: int) -> Response:
        asked = rest.read(request, rest.Paging)
        seen_board(board_id, self.viewer)
        page = queries.board_images(
            board_id=board_id, viewer=self.viewer, cursor=asked.get("cursor") or None, limit=asked["limit"]
        )
        results = [rest.image_json(card, request) for card in page.cards]
        return Response(rest.page_of(request, results, after=page.next, before=page.previous))


class BoardOrder(rest.View):
    @extend_schema(
        operation_id="boards_order",
        summary="Put the pictures of a board in order",
        request=OrderShape,
        responses={204: OpenApiResponse(description="Done."), **rest.problems(400, 401, 403, 404, 413, 415)},
    )
    def put(self, request: Request, board_id: int) -> Response:
        board = _editable(board_id, self.viewer)
        said = OrderShape(data=request.data)
        said.is_valid(raise_exception=True)
        services.set_order(board=board, image_ids=said.validated_data["images"])
        return Response(status=204)


class BoardImage(rest.View):
    @extend_schema(
        operation_id="boards_save",
        summary="Save a picture to a board",
        request=None,
        responses={200: HungShape, **rest.problems(401, 403, 404)},
    )
    def put(self, request: Request, board_id: int, image_id: int) -> Response:
        board = _editable(board_id, self.viewer)
        services.save(viewer=self.viewer, board=board, image=rest.seen_image(image_id, self.viewer))
        return Response({"board": board_id, "image": image_id, "saved": True})

    @extend_schema(
        operation_id="boards_unsave",
        summary="Take a picture off a board",
        responses={200: HungShape, **rest.problems(401, 403, 404)},
    )
    def delete(self, request: Request, board_id: int, image_id: int) -> Response:
        services.unsave(board=_editable(board_id, self.viewer), image_id=image_id)
        return Response({"board": board_id, "image": image_id, "saved": False})


def board_json(board: BoardCard, request: Request) -> dict[str, Any]:
    site = request.build_absolute_uri("/")[:-1]
    return {
        "id": board.id,
        "url": site + board.url,
        "name": board.name,
        "description": board.description,
        "visibility": board.visibility,
        "owner": board.owner,
        "role": board.role,
        "images": board.images,
        "cover": board.covers[0].id if board.covers else None,
        "pictures": site + reverse("api:board-images", args=[board.id]),
        "created_at": rest.moment(board.created_at),
        "changed_at": rest.moment(board.changed_at),
    }


def seen_board(board_id: int, viewer: Viewer) -> Board:
    """The board, if the viewer may open it. Raises Http404."""
    board: Board | None = Board.objects.visible_to(viewer).filter(pk=board_id).first()
    if board is None:
        raise Http404(_("There is no such board, or it is not to be seen by you."))
    return board


def _own(board_id: int, viewer: Viewer) -> Board:
    board = seen_board(board_id, viewer)
    if board.owner_id != viewer.user_id:
        raise exceptions.PermissionDenied(_("Only its owner changes a board."))
    return board


def _editable(board_id: int, viewer: Viewer) -> Board:
    board = seen_board(board_id, viewer)
    if not Board.objects.editable_by(viewer).filter(pk=board_id).exists():
        raise exceptions.PermissionDenied(_("Only its members save to a board."))
    return board


def _board(board_id: int, request: Request, viewer: Viewer) -> dict[str, Any]:
    cards = queries.board_cards(Board.objects.visible_to(viewer).filter(pk=board_id), viewer)
    if not cards:
        raise Http404(_("There is no such board, or it is not to be seen by you."))
    return board_json(cards[0], request)
