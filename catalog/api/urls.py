"""Where the catalogue's part of the API is. An id that is no number leads nowhere."""

from django.urls import path

from catalog.api import boards, images, people, reactions, taxonomy
from catalog.rest import addresses  # noqa: F401 knows how to write an image_id

urlpatterns = [
    path("images/", images.Images.as_view(), name="images"),
    path("images/<image_id:image_id>/", images.OneImage.as_view(), name="image"),
    path("images/<image_id:image_id>/retry/", images.Retry.as_view(), name="retry"),
    path("images/<image_id:image_id>/like/", reactions.Like.as_view(), name="like"),
    path("categories/", taxonomy.Categories.as_view(), name="categories"),
    path("tags/", taxonomy.Tags.as_view(), name="tags"),
    path("boards/", boards.Boards.as_view(), name="boards"),
    path("boards/<image_id:board_id>/", boards.OneBoard.as_view(), name="board"),
    path("boards/<image_id:board_id>/images/", boards.BoardImages.as_view(), name="board-images"),
    path("boards/<image_id:board_id>/order/", boards.BoardOrder.as_view(), name="board-order"),
    path("boards/<image_id:board_id>/images/<image_id:image_id>/", boards.BoardImage.as_view(), name="board-image"),
    path("people/<str:username>/", people.Person.as_view(), name="person"),
    path("people/<str:username>/follow/", people.Follow.as_view(), name="follow"),
]
