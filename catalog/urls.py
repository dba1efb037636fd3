"""The catalogue's addresses."""

from django.urls import path

from catalog import views
from catalog.rest import addresses  # noqa: F401 knows how to write an image_id

app_name = "catalog"

urlpatterns = [
    path("images/<image_id:image_id>/", views.image, name="image"),
    path("images/<image_id:image_id>/like", views.like, name="like"),
    path("images/<image_id:image_id>/edit", views.edit, name="edit"),
    path("images/<image_id:image_id>/tags", views.tags, name="tags"),
    path("images/<image_id:image_id>/retry", views.retry, name="retry"),
    path("images/<image_id:image_id>/delete", views.delete, name="delete"),
    path("images/<image_id:image_id>/undelete", views.undelete, name="undelete"),
    path("images/<image_id:image_id>/original", views.original, name="original"),
    path("upload/", views.upload, name="upload"),
    path("upload/<image_id:image_id>/", views.upload_status, name="upload_status"),
    path("boards/", views.boards, name="boards"),
    path("boards/new", views.create_board, name="create_board"),
    path("boards/join/<slug:token>", views.join, name="join"),
    path("boards/<image_id:board_id>/", views.board, name="board"),
    path("boards/<image_id:board_id>/edit", views.edit_board, name="edit_board"),
    path("boards/<image_id:board_id>/delete", views.delete_board, name="delete_board"),
    path("boards/<image_id:board_id>/undelete", views.undelete_board, name="undelete_board"),
    path("boards/<image_id:board_id>/export", views.export_board, name="export_board"),
    path("boards/<image_id:board_id>/invite", views.invite, name="invite"),
    path("boards/<image_id:board_id>/membership", views.membership, name="membership"),
    path("boards/<image_id:board_id>/members/<int:member_id>/remove", views.remove_member, name="remove_member"),
    path("boards/<image_id:board_id>/images/<image_id:image_id>/move", views.move, name="move"),
    path("boards/<image_id:board_id>/images/<image_id:image_id>/remove", views.remove, name="remove"),
    path("boards/<image_id:board_id>/images/<image_id:image_id>/cover", views.cover, name="cover"),
    path("people/<str:username>/", views.person, name="person"),
    path("media/<image_id:image_id>/<slug:token>/<int:size>.webp", views.rendition, name="rendition"),
]
