"""The recommender's pages."""

from django.urls import path

from catalog.rest import addresses  # noqa: F401 knows how to write an image_id
from recommender import views

app_name = "recommender"

urlpatterns = [
    path("", views.discover, name="discover"),
    path("start-again", views.start_again, name="start_again"),
    path("search/", views.search_page, name="search"),
    path("images/<image_id:image_id>/similar/", views.similar_panel, name="similar"),
    path("images/<image_id:image_id>/dismissal", views.dismissal, name="dismissal"),
]
