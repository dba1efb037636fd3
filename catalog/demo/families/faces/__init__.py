"""Portraits made of shapes: frontal busts, profiles, cubist heads, masks, one-line faces, facets and slices.

Coordinates are shares of the bust's scale, x from its axis to the right, y down from the bridge of the nose.
"""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.faces.board import Board
from catalog.demo.families.faces.broken import broken_into_facets, cut_into_slices
from catalog.demo.families.faces.cubist import cubist_head
from catalog.demo.families.faces.front import bust
from catalog.demo.families.faces.lines import line_face
from catalog.demo.families.faces.masks import mask_face
from catalog.demo.families.faces.side import profile
from catalog.demo.families.faces.specs import PALETTES, SPECS, Spec

SLUG = "faces"
NAME = "Faces"
_SENTENCES = {
    "front": "A face looking straight back, built from discs, wedges and two halves that disagree.",
    "side": "A profile of clean curves, cut like paper and laid in layers.",
    "cubist": "A head turned several ways at once, every plane with a light of its own.",
    "mask": "A symmetrical mask of bands, teeth and watching eyes.",
    "line": "A face in one brush line over loose islands of colour.",
    "facets": "A portrait broken into small triangles, each with one colour to say.",
    "slices": "A portrait cut into strips that no longer quite agree.",
}


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, "3:4", "4:5", "1:1", "3:4", "2:3")
    colours, words = PALETTES[spec.palette]
    board = Board(rng, size, colours)
    if spec.style in ("facets", "slices"):
        bust(rng, board, spec)
        broken = broken_into_facets if spec.style == "facets" else cut_into_slices
        picture = broken(rng, board.picture())
    else:
        _STYLES[spec.style](rng, board, spec)
        picture = board.picture()
    tags = ("portrait", "face", {"side": "profile", "front": "geometric"}.get(spec.style, spec.style), *words)
    return Drawing(
        edition(spec.title, number, len(SPECS)),
        _SENTENCES[spec.style],
        tags,
        canvas.finish(picture, rng=rng, grain=0.014),
    )


_STYLES: dict[str, Callable[[np.random.Generator, Board, Spec], None]] = {
    "front": bust,
    "side": profile,
    "cubist": cubist_head,
    "mask": mask_face,
    "line": line_face,
}
