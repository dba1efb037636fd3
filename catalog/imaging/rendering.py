"""All that is kept of a picture, from one decoding: renditions, placeholder, colours, hashes, size, EXIF."""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image

from catalog.imaging.colours import Swatch, palette
from catalog.imaging.decoding import decode
from catalog.imaging.formats import fitted
from catalog.imaging.hashes import dhash, phash

SIZES: Final = (320, 640, 1280)
"""Longest side of each rendition. A smaller picture keeps its size, and its renditions are equal."""

WEBP_QUALITY: Final = 80
WEBP_METHOD: Final = 2
PLACEHOLDER_SIDE: Final = 24
PLACEHOLDER_LIMIT: Final = 600


@dataclass(frozen=True, slots=True)
class Rendered:
    """width, height: the original's, upright.  renditions: size → WebP.  placeholder: data URI of at most 600
    characters.  colour: the largest of `palette`, '#rrggbb'.  phash, dhash: unsigned 64-bit.  exif: owner only."""

    width: int
    height: int
    renditions: dict[int, bytes]
    placeholder: str
    colour: str
    palette: tuple[Swatch, ...]
    phash: int
    dhash: int
    exif: dict[str, str]


def render(file: BinaryIO, *, file_format: str) -> Rendered:
    """Decode once and derive everything, each rendition from the next larger one. Raises Undecodable."""
    decoded = decode(file, file_format=file_format, size=max(SIZES))
    scaled = _cascade(decoded.pixels)
    colours = palette(scaled[min(SIZES)])
    return Rendered(
        width=decoded.width,
        height=decoded.height,
        renditions={size: _webp(scaled[size], WEBP_QUALITY, WEBP_METHOD) for size in SIZES},
        placeholder=_placeholder(scaled[min(SIZES)]),
        colour=colours[0].colour,
        palette=colours,
        phash=phash(scaled[640]),
        dhash=dhash(scaled[640]),
        exif=decoded.exif,
    )


def small_pixels(file: BinaryIO, *, file_format: str, size: int) -> Image.Image:
    """Decode to RGB with a short side of at most `size`, for a search that keeps nothing. Raises Undecodable."""
    return decode(file, file_format=file_format, size=size, by_short_side=True).pixels


def _cascade(largest: Image.Image) -> dict[int, Image.Image]:
    scaled: dict[int, Image.Image] = {}
    image = largest
    for size in sorted(SIZES, reverse=True):
        target = fitted(*largest.size, size)
        if target != image.size:
            image = image.resize(target, Image.Resampling.BICUBIC)
        scaled[size] = image
    return scaled


def _placeholder(image: Image.Image) -> str:
    """Write a 24-pixel preview as a data URI, with whatever quality fits the limit."""
    tiny = image.resize(fitted(*image.size, PLACEHOLDER_SIDE), Image.Resampling.BOX)
    for quality in (50, 30, 10, 0):
        uri = "data:image/webp;base64," + b64encode(_webp(tiny, quality, method=4)).decode("ascii")
        if len(uri) <= PLACEHOLDER_LIMIT:
            break
    return uri


def _webp(image: Image.Image, quality: int, method: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=quality, method=method)
    return buffer.getvalue()
