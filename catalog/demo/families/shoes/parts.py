"""What a shoe is made of; coordinates are shares of its length, x from heel to toe, y up from the ground."""

from typing import NamedTuple

Path = tuple[tuple[float, float], ...]


class Piece(NamedTuple):
    """An outline of curves joined at corners, the number of its colour, its material and how far it is puffed."""

    curves: tuple[Path, ...]
    colour: int
    material: str
    puff: float = 0.05


class Seam(NamedTuple):
    """A line on the shoe: a stitch when dashed."""

    curve: Path
    colour: int
    width: float = 0.004
    dashed: bool = True


class Lace(NamedTuple):
    curve: Path
    colour: int
    width: float = 0.011


class Dot(NamedTuple):
    """An eyelet, a perforation or a badge."""

    place: tuple[float, float]
    radius: float
    colour: int


Part = Piece | Seam | Lace | Dot
