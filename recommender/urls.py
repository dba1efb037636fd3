"""The recommender's pages."""

from django.urls import path, re_path

from catalog.rest import addresses  # noqa: F401 knows how to write an image_id
from recommender.views import (
    atlas,
    discover,
    dreams,
    evidence,
    lab,
    people,
    picker,
    saving,
    search,
    similar,
    taste,
    why,
)

app_name = "recommender"

urlpatterns = [
    path("", discover.discover, name="discover"),
    path("start/", picker.start, name="start"),
    path("start/not-now", picker.not_now, name="not_now"),
    path("start-again", discover.start_again, name="start_again"),
    path("search/", search.page, name="search"),
    path("search/suggest", search.suggest, name="suggest"),
    path("images/<image_id:image_id>/similar/", similar.similar_panel, name="similar"),
    path("images/<image_id:image_id>/dismissal", discover.dismissal, name="dismissal"),
    path("following/", people.following, name="following"),
    path("people/<str:username>/follow", people.follow, name="follow"),
    path("topics/", people.topic_index, name="topics"),
    path("topics/<str:slug>/", people.topic, name="topic"),
    path("map/", atlas.page, name="map"),
    path("map/points.json", atlas.points, name="map_points"),
    path("map/cards.json", atlas.cards, name="map_cards"),
    path("images/<image_id:image_id>/less", discover.less, name="less"),
    path("taste/", taste.page, name="taste"),
    path("taste/preview", taste.preview, name="taste_preview"),
    path("taste/tastes/<image_id:image_id>", taste.weigh, name="taste_weigh"),
    path("taste/choices", taste.choose, name="taste_choose"),
    path("taste/mutes", taste.mute, name="taste_mute"),
    path("taste/mutes/<int:mute_id>/remove", taste.unmute, name="taste_unmute"),
    path("taste/past/<image_id:image_id>/remove", taste.forget, name="taste_forget"),
    path("taste/past/restore", taste.remember, name="taste_remember"),
    path("taste/pause", taste.pause, name="taste_pause"),
    path("taste/private", taste.private, name="taste_private"),
    path("taste/reset", taste.reset, name="taste_reset"),
    path("images/<image_id:image_id>/save", saving.save, name="save"),
    path("images/<image_id:image_id>/boards", saving.choose_board, name="choose_board"),
    path("boards/<image_id:board_id>/ideas/", saving.ideas, name="board_ideas"),
    path("images/<image_id:image_id>/why/", why.why, name="why"),
    path("images/<image_id:image_id>/mask", why.mask, name="mask"),
    path("lab/", lab.lab, name="lab"),
    path("lab/evaluate", lab.evaluate, name="lab_evaluate"),
    path("lab/evaluations/<int:run_id>/", lab.evaluation, name="lab_evaluation"),
    path("lab/evaluations/<int:run_id>/progress", lab.evaluation_progress, name="lab_evaluation_progress"),
    re_path(
        r"^lab/evaluations/(?P<run_id>\d{1,9})\.(?P<form>csv|json)$", lab.evaluation_data, name="lab_evaluation_data"
    ),
    path("lab/models/", lab.models, name="lab_models"),
    path("lab/models/train", lab.train, name="lab_train"),
    path("lab/models/<int:release_id>/", lab.release, name="lab_release"),
    path("lab/models/<int:release_id>/promote", lab.promote, name="lab_promote"),
    path("lab/models/<slug:kind>/roll-back", lab.roll_back, name="lab_roll_back"),
    path("lab/trainings/<int:run_id>/", lab.training, name="lab_training"),
    path("lab/runs/<slug:what>/<int:run_id>/cancel", lab.cancel, name="lab_cancel"),
    path("lab/inspector/", lab.inspector, name="lab_inspector"),
    path("lab/sides/", lab.sides, name="lab_sides"),
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
