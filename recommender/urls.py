"""The recommender's pages."""

from django.urls import path

from catalog.rest import addresses  # noqa: F401 knows how to write an image_id
from recommender.views import discover

app_name = "recommender"

urlpatterns = [
    path("", discover.discover, name="discover"),
    path("start-again", discover.start_again, name="start_again"),
    path("search/", discover.search_page, name="search"),
    path("images/<image_id:image_id>/similar/", discover.similar_panel, name="similar"),
    path("images/<image_id:image_id>/dismissal", discover.dismissal, name="dismissal"),
]
