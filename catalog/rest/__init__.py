"""What the JSON interfaces of catalog and recommender are made of: views, parameters, pages, shapes and problems.

It lies below both `api` packages, because the recommender shows pictures in the very same shape as the catalogue.
"""

from catalog.rest import examples
from catalog.rest.pages import page_of, page_shape, part_of
from catalog.rest.parameters import Filters, Paging, gallery_filter, read
from catalog.rest.problems import MEDIA_TYPE, PROBLEMS, Conflict, ProblemShape, Unavailable, problems
from catalog.rest.shape import Shape
from catalog.rest.shapes import ImageShape, image_json, moment, person_url
from catalog.rest.views import FileView, JSONParser, PublicView, View, own_image, seen_image

__all__ = [
    "MEDIA_TYPE",
    "PROBLEMS",
    "Conflict",
    "FileView",
    "Filters",
    "ImageShape",
    "JSONParser",
    "Paging",
    "ProblemShape",
    "PublicView",
    "Shape",
    "Unavailable",
    "View",
    "examples",
    "gallery_filter",
    "image_json",
    "moment",
    "own_image",
    "page_of",
    "page_shape",
    "part_of",
    "person_url",
    "problems",
    "read",
    "seen_image",
]
