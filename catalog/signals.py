"""All that catalog says to the outside. Receivers get database keys; they run inside the sender's transaction."""

from django.dispatch import Signal

# image_ids: list[int]. Pictures have been decoded, again or for the first time.
image_ready = Signal()
# viewer: Viewer, image_id: int, is_new: bool. Someone likes a picture, so that whatever said otherwise must go; new
# unless they had liked it already.
image_liked = Signal()
# viewer: Viewer, image_id: int, is_new: bool. Someone has saved a picture to a board; new unless they had before.
image_saved = Signal()
