"""The catalogue's pages: read the request, call one query or service, choose the template."""

from catalog.views.images import delete, edit, image, retry, undelete
from catalog.views.media import original, rendition
from catalog.views.people import person
from catalog.views.reactions import like
from catalog.views.tags import tags
from catalog.views.uploads import upload, upload_status

__all__ = [
    "delete",
    "edit",
    "image",
    "like",
    "original",
    "person",
    "rendition",
    "retry",
    "tags",
    "undelete",
    "upload",
    "upload_status",
]
