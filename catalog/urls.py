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
    path("people/<str:username>/", views.person, name="person"),
    path("media/<image_id:image_id>/<slug:token>/<int:size>.webp", views.rendition, name="rendition"),
]
