"""Boards as the recommender sees them: where a picture fits, and more ideas for a board."""

from __future__ import annotations

import numpy as np
from django.db.models import QuerySet

from catalog import queries as catalog_queries
from catalog.models import Board, BoardImage
from catalog.viewers import Viewer
from recommender import entries, queries, store
from recommender.engine import boards as engine
from recommender.engine.arrays import as_rows
from recommender.entries import Entry, Place

MOST_COMPARED = 5000
"""Newest saves that a picture is compared with, so that one press stays quick."""


def fitting_board(*, viewer: Viewer, image_id: int) -> Board | None:
    """The board to save this picture to: the one whose pictures look like it, else the one last saved to.

    A board that holds it already only where there is no other; None where the viewer has no board yet. Without an
    index the second rule decides alone.
    """
    boards = Board.objects.editable_by(viewer)
    others = boards.exclude(pk__in=catalog_queries.holding_ids(image_id, viewer))
    fitting = _by_look(viewer, image_id, others) or catalog_queries.last_saved_to(viewer)
    newest = others.order_by("-changed_at", "-pk")
    return others.filter(pk=fitting or 0).first() or newest.first() or boards.order_by("-changed_at", "-pk").first()


def more_ideas(*, viewer: Viewer, board_id: int, k: int = 12) -> list[Entry]:
    """Pictures that look like those on a board, which the viewer may open; best first, none without an index."""
    index = store.index()
    if index is None:
        return []
    found = engine.ideas(
        catalogue=queries.catalogue(index, viewer),
        rows=index.ids.rows(catalog_queries.shown_ids(board_id, viewer)),
        excluded=index.ids.rows(list(queries.dismissed_by(viewer))),
        k=k,
    )
    places = [
        Place(
            image=int(index.ids.values[idea.row]),
            score=idea.score,
            kind="look",
            evidence=(int(index.ids.values[idea.like]),),
        )
        for idea in found
    ]
    return entries.build(places, viewer, by="board")


def _by_look(viewer: Viewer, image_id: int, boards: QuerySet[Board]) -> int | None:
    index = store.index()
    if index is None:
        return None
    hung = BoardImage.objects.filter(board__in=boards).shown_to(viewer)
    pairs = list(hung.order_by("-added_at", "-pk").values_list("board_id", "image_id")[:MOST_COMPARED])
    of, images = zip(*pairs, strict=True) if pairs else ((), ())
    (row,) = index.ids.rows([image_id])
    return engine.fitting_board(
        catalogue=queries.catalogue(index, viewer),
        row=int(row),
        rows=index.ids.rows(np.array(images, np.int64)),
        boards=as_rows(np.array(of, np.int64)),
    )
