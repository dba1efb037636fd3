"""Reads. They never write, never render, and ask the database a fixed number of times whatever the rows."""

from catalog.queries.boards import (
    BoardCard,
    BoardPage,
    BoardsPage,
    Invitation,
    board_cards,
    board_page,
    boards_page,
    holding_ids,
    last_save_of,
    last_saved_to,
    shown_ids,
)
from catalog.queries.cards import SIZES, Card, CategoryRef, TagRef, cards
from catalog.queries.gallery import GalleryFilter, Page, gallery_page, liked_page, owned_page, search_ids
from catalog.queries.images import image_page, listed_ids, person_page, tag_weights, upload_rows
from catalog.queries.taxonomy import CategoryRow, category_rows, tags_in_use, top_categories

__all__ = [
    "SIZES",
    "BoardCard",
    "BoardPage",
    "BoardsPage",
    "Card",
    "CategoryRef",
    "CategoryRow",
    "GalleryFilter",
    "Invitation",
    "Page",
    "TagRef",
    "board_cards",
    "board_page",
    "boards_page",
    "cards",
    "category_rows",
    "gallery_page",
    "holding_ids",
    "image_page",
    "last_save_of",
    "last_saved_to",
    "liked_page",
    "listed_ids",
    "owned_page",
    "person_page",
    "search_ids",
    "shown_ids",
    "tag_weights",
    "tags_in_use",
    "top_categories",
    "upload_rows",
]
