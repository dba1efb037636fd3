"""Where the recommender's part of the API is."""

from django.urls import path

from catalog.rest import addresses  # noqa: F401 knows how to write an image_id
from recommender.api import feed, reactions, similar, taste

urlpatterns = [
    path("feed/", feed.FeedView.as_view(), name="feed"),
    path("images/<image_id:image_id>/similar/", similar.Similar.as_view(), name="similar"),
    path("images/<image_id:image_id>/dismissal/", reactions.Dismissal.as_view(), name="dismissal"),
    path("search/photo/", similar.PhotoSearch.as_view(), name="photo-search"),
    path("taste/", taste.Taste.as_view(), name="taste"),
    path("events/", reactions.EventLog.as_view(), name="events"),
]
