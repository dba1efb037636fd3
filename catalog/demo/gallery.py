"""What the demo gallery holds: the families, and their drawings one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from catalog.demo.drawing import Drawing
from catalog.demo.families import (
    botanical,
    cities,
    faces,
    fractals,
    galaxies,
    landscapes,
    posters,
    reefs,
    shoes,
    stained_glass,
    textures,
    tilings,
    vessels,
    waves,
)

__all__ = ["FAMILIES", "PER_FAMILY", "Drawing", "Family", "drawings", "generator"]


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of picture; `draw(rng, number)` gives its picture of that number."""

    slug: str
    name: str
    draw: Callable[[np.random.Generator, int], Drawing]


PER_FAMILY = 40
FAMILIES: tuple[Family, ...] = tuple(
    Family(slug=module.SLUG, name=module.NAME, draw=module.draw)
    for module in (
        landscapes,
        waves,
        tilings,
        stained_glass,
        botanical,
        galaxies,
        cities,
        faces,
        vessels,
        shoes,
        textures,
        posters,
        fractals,
        reefs,
    )
)


def drawings(family: Family, *, per_family: int = PER_FAMILY) -> Iterator[Drawing]:
    """The family's pictures 0 … per_family − 1; each is seeded by itself, so none depends on the others."""
    for number in range(per_family):
        yield family.draw(generator(family.slug, number), number)


def generator(slug: str, number: int) -> np.random.Generator:
    """The randomness of one picture."""
    return np.random.default_rng([int.from_bytes(slug.encode(), "big"), number])
