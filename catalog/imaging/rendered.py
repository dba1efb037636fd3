"""What is known of a picture once it has been rendered.

Named tuples, not dataclasses: importing those would delay the start of each decoding child by 7 ms.
"""

from typing import Final, NamedTuple

SIZES: Final = (320, 640, 1280)
"""Longest side of each rendition. A smaller picture keeps its size, and its renditions are equal."""


class Swatch(NamedTuple):
    """One colour of a picture: '#rrggbb', and the share of the pixels it stands for, in (0, 1]."""

    colour: str
    share: float


class Rendered(NamedTuple):
    """A picture made safe.

    width, height: the original's, upright.  renditions: size → WebP.  placeholder: a data URI of at most 600
    characters.  colour: the largest of `palette`, which has 1 to 6.  phash, dhash: unsigned, 64 bits.
    exif: for the owner only.
    """

    width: int
    height: int
    renditions: dict[int, bytes]
    placeholder: str
    colour: str
    palette: tuple[Swatch, ...]
    phash: int
    dhash: int
    exif: dict[str, str]
