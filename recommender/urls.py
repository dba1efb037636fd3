"""The recommender's pages."""

from django.urls import path, re_path

from catalog.rest import addresses  # noqa: F401 knows how to write an image_id
from recommender.views import discover, dreams, evidence

app_name = "recommender"

urlpatterns = [
    path("", discover.discover, name="discover"),
    path("start-again", discover.start_again, name="start_again"),
    path("search/", discover.search_page, name="search"),
    path("images/<image_id:image_id>/similar/", discover.similar_panel, name="similar"),
    path("images/<image_id:image_id>/dismissal", discover.dismissal, name="dismissal"),
    path("lab/dreams/", dreams.board, name="dreams"),
    path("lab/dreams/<int:release_id>/<int:number>.png", dreams.sample, name="dream"),
    path("lab/dreams/<int:release_id>/sheets/<int:number>.png", dreams.sheet, name="dream_sheet"),
    path("lab/evidence/", evidence.dashboard, name="evidence"),
    re_path(r"^lab/evidence\.(?P<form>csv|json)$", evidence.data, name="evidence_data"),
    path("lab/evidence/experiments/", evidence.create, name="evidence_create"),
    re_path(
        r"^lab/evidence/experiments/(?P<name>[-\w]+)/(?P<action>start|stop|delete)$", evidence.act, name="evidence_act"
    ),
]
