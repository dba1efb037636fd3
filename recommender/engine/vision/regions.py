"""Which regions make two pictures look alike: proposed by the last feature map, confirmed by hiding them.

A region matters when the pictures look less alike without it. It is hidden twice, under a blur of the picture and under
its mean colour, because whatever hides something also adds something; what counts is the mean fall of the cosine
(occlusion: Zeiler & Fergus, ECCV 2014). The map alone would be quicker, but each of its places has seen most of the
picture: it proposes, and the search by hiding goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from recommender.engine.vision.embedder import Box, Crop, Embedder, Floats

SHAPES = ((1.0, 1.0), (0.77, 1.29), (1.29, 0.77), (0.61, 1.64), (1.64, 0.61))
"""Width and height of the regions that are tried, in sides of a square of `SHARE`."""
SHARE = 0.195
"""Share of the crop that a region covers: large enough to hide something, small enough to point at it."""
PROPOSED = 6  # boxes taken from the map
ROUNDS = ((2, 0.14), (1, 0.07))
"""In each round: how many of the best boxes to search around, and how far, as a share of the crop's side."""
BLUR = 0.11  # radius, as a share of the crop's side

PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True)
class Region:
    """Left, top, right, bottom in pixels of the crop, and how much the cosine falls without it."""

    box: PixelBox
    fall: float


def matching_regions(embedder: Embedder, first: Crop, second: Crop) -> tuple[Region, Region] | None:
    """For each of two crops, the region without which it looks least like the other.

    None unless the cosine falls without either. Runs the network about 160 times: 1.2 s of one core. Raises EyesError.
    """
    features = [_unit(embedder.features_of(part)) for part in (first, second)]
    maps = [embedder.map_of(part) for part in (first, second)]
    found = [
        _Search(embedder, part, other).best(proposals(places, other, side=len(part)))
        for part, places, other in zip((first, second), maps, reversed(features), strict=True)
    ]
    return (found[0], found[1]) if min(region.fall for region in found) > 0 else None


def features_without(embedder: Embedder, part: Crop, boxes: Iterable[PixelBox]) -> Floats:
    """Unit features (1280,) of a crop with these boxes hidden: the mean under both fills. Raises EyesError."""
    boxes = list(boxes)
    seen = [_unit(embedder.features_of(_hidden(part, boxes, fill))) for fill in _fills(part)]
    return _unit(np.mean(seen, axis=0))


def in_picture(box: PixelBox, part: Box, *, side: int) -> Box:
    """A box of the crop as shares of the picture. part: what the crop shows, by `embedder.seen_part`."""
    left, top, right, bottom = part
    wide, high = (right - left) / side, (bottom - top) / side
    return left + box[0] * wide, top + box[1] * high, left + box[2] * wide, top + box[3] * high


def in_crop(box: Sequence[float], part: Box, *, side: int) -> PixelBox:
    """A box of the picture as whole pixels of the crop: `in_picture` the other way round."""
    left, top, right, bottom = part
    wide, high = side / (right - left), side / (bottom - top)
    return (
        round((box[0] - left) * wide),
        round((box[1] - top) * high),
        round((box[2] - left) * wide),
        round((box[3] - top) * high),
    )


class _Search:
    """Finds where hiding costs one crop most of its likeness to another picture; looks at no box twice."""

    def __init__(self, embedder: Embedder, part: Crop, other: Floats) -> None:
        """other: unit features of the other picture."""
        self._embedder, self._part, self._other = embedder, part, other
        self._fills = _fills(part)
        self._whole = self._likeness(part)
        self._falls: dict[PixelBox, float] = {}

    def best(self, proposals: Iterable[PixelBox]) -> Region:
        side = len(self._part)
        self._try([*_coarse(side), *proposals])
        for width, step in ROUNDS:
            near = [box for best in self._ranked()[:width] for box in _around(best, round(step * side), side=side)]
            self._try(near)
        box = self._ranked()[0]
        return Region(box, self._falls[box])

    def _try(self, boxes: Iterable[PixelBox]) -> None:
        for box in boxes:
            if box not in self._falls:
                without = [self._likeness(_hidden(self._part, [box], fill)) for fill in self._fills]
                self._falls[box] = self._whole - float(np.mean(without))

    def _ranked(self) -> list[PixelBox]:
        return sorted(self._falls, key=lambda box: (-self._falls[box], box))

    def _likeness(self, part: Crop) -> float:
        return float(_unit(self._embedder.features_of(part)) @ self._other)


def _coarse(side: int) -> list[PixelBox]:
    """Nine squares, in the corners, at the edges and in the middle."""
    width, height = _sizes(side)[0]
    return [
        (left, top, left + width, top + height)
        for top in (0, (side - height) // 2, side - height)
        for left in (0, (side - width) // 2, side - width)
    ]


def _around(box: PixelBox, step: int, *, side: int) -> list[PixelBox]:
    """The box moved by a step in four directions, and the other shapes in its place; all within the crop."""
    left, top, right, bottom = box
    across, down = (left + right) / 2, (top + bottom) / 2
    size = right - left, bottom - top
    moved = [_placed(across + x * step, down + y * step, size, side) for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1))]
    return moved + [_placed(across, down, other, side) for other in _sizes(side) if other != size]


def _placed(across: float, down: float, size: tuple[int, int], side: int) -> PixelBox:
    """A box of this size centred there, or as near as it fits."""
    left = min(max(round(across - size[0] / 2), 0), side - size[0])
    top = min(max(round(down - size[1] / 2), 0), side - size[1])
    return left, top, left + size[0], top + size[1]


def _sizes(side: int) -> list[tuple[int, int]]:
    square = side * SHARE**0.5
    return [(int(square * wide), int(square * high)) for wide, high in SHAPES]


def proposals(places: Floats | None, other: Floats, *, side: int) -> list[PixelBox]:
    """The boxes whose places in the map contribute most to the likeness, no two of them mostly the same.

    places: (h, w, f), whose mean is the features.
    """
    if places is None:
        return []
    boxes = [box for size in _sizes(side) for box in _grid(size, side)]
    falls = [_foretold(places, other, box, side) for box in boxes]
    chosen: list[PixelBox] = []
    for number in np.argsort(falls)[::-1].tolist():
        if all(_shared(boxes[number], box) < 0.6 for box in chosen):
            chosen.append(boxes[number])
        if len(chosen) == PROPOSED:
            break
    return chosen


def _grid(size: tuple[int, int], side: int) -> list[PixelBox]:
    steps = [np.linspace(0, side - length, 1 + (side - length) * 14 // side).round().astype(int) for length in size]
    return [(int(x), int(y), int(x) + size[0], int(y) + size[1]) for y in steps[1] for x in steps[0]]


def _foretold(places: Floats, other: Floats, box: PixelBox, side: int) -> float:
    """What hiding the box would cost by the map: less the likeness of what is left, so only good for comparing."""
    rows, columns = (_covered(places.shape[axis], box[1 - axis], box[3 - axis], side) for axis in (0, 1))
    stays = 1 - rows[:, None] * columns[None, :]
    left: Floats = np.tensordot(stays, places, axes=([0, 1], [0, 1]))
    return -float(_unit(left.astype(np.float32)) @ other)


def _covered(places: int, start: int, end: int, side: int) -> Floats:
    """(places,) how much of each place lies between start and end."""
    edges = np.linspace(0, side, places + 1)
    inside = np.minimum(edges[1:], end) - np.maximum(edges[:-1], start)
    covered: Floats = (np.maximum(inside, 0) * places / side).astype(np.float32)
    return covered


def _shared(box: PixelBox, other: PixelBox) -> float:
    """The intersection of two boxes as a share of the smaller."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    areas = [(right - left) * (bottom - top) for left, top, right, bottom in (box, other)]
    return max(across, 0) * max(down, 0) / min(areas)


def _fills(part: Crop) -> list[Crop]:
    """What hides: the picture out of focus, and its mean colour."""
    blurred = Image.fromarray(part).filter(ImageFilter.GaussianBlur(BLUR * len(part)))
    mean = part.reshape(-1, 3).mean(axis=0).round().astype(np.uint8)
    return [np.asarray(blurred), np.broadcast_to(mean, part.shape)]


def _hidden(part: Crop, boxes: Iterable[PixelBox], fill: Crop) -> Crop:
    hidden = part.copy()
    for left, top, right, bottom in boxes:
        hidden[top:bottom, left:right] = fill[top:bottom, left:right]
    return hidden


def _unit(features: Floats) -> Floats:
    """Scaled to length 1; zeros stay."""
    length = float(np.linalg.norm(features))
    scaled: Floats = (features / length if length > 0 else features).astype(np.float32)
    return scaled
