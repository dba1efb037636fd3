"""The catalogue's pages: read the request, call one query or service, choose the template."""

from catalog.views.board_images import cover, move, remove
from catalog.views.boards import board, boards
from catalog.views.boards import create as create_board
from catalog.views.boards import delete as delete_board
from catalog.views.boards import edit as edit_board
from catalog.views.boards import export as export_board
from catalog.views.boards import undelete as undelete_board
from catalog.views.images import delete, edit, image, retry, undelete
from catalog.views.media import original, rendition
from catalog.views.members import invite, join, membership
from catalog.views.members import remove as remove_member
from catalog.views.people import person
from catalog.views.reactions import like
from catalog.views.tags import tags
from catalog.views.uploads import upload, upload_status

__all__ = [
    "board",
    "boards",
    "cover",
    "create_board",
    "delete",
    "delete_board",
    "edit",
    "edit_board",
    "export_board",
    "image",
    "invite",
    "join",
    "like",
    "membership",
    "move",
    "original",
    "person",
    "remove",
    "remove_member",
    "rendition",
    "retry",
    "tags",
    "undelete",
    "undelete_board",
    "upload",
    "upload_status",
]
