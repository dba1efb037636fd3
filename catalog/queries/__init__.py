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
from catalog.queries.gallery import GalleryFilter, Page, followed_page, gallery_page, liked_page, owned_page, search_ids
from catalog.queries.images import image_page, listed_ids, tag_weights, upload_rows
from catalog.queries.people import PersonCard, PersonPage, busiest_people, people_cards, person_named, person_page
from catalog.queries.taxonomy import CategoryRow, category_rows, tags_in_use, top_categories
from catalog.queries.topics import Topic, TopicRef, topic, topic_cards, topic_images, topic_page, topics

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
    "PersonCard",
    "PersonPage",
    "TagRef",
    "Topic",
    "TopicRef",
    "board_cards",
    "board_page",
    "boards_page",
    "busiest_people",
    "cards",
    "category_rows",
    "followed_page",
    "gallery_page",
    "holding_ids",
    "image_page",
    "last_save_of",
    "last_saved_to",
    "liked_page",
    "listed_ids",
    "owned_page",
    "people_cards",
    "person_named",
    "person_page",
    "search_ids",
    "shown_ids",
    "tag_weights",
    "tags_in_use",
    "top_categories",
    "topic",
    "topic_cards",
    "topic_images",
    "topic_page",
    "topics",
    "upload_rows",
]
