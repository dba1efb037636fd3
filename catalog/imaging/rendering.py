"""All that is kept of a picture, from one decoding: renditions, placeholder, colours, hashes, size, EXIF."""

from binascii import b2a_base64
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image

from catalog.imaging.colours import palette
from catalog.imaging.decoding import decode
from catalog.imaging.formats import fitted
from catalog.imaging.hashes import dhash, phash
from catalog.imaging.rendered import SIZES, Rendered

WEBP_QUALITY: Final = 80
WEBP_METHOD: Final = 2
PLACEHOLDER_SIDE: Final = 24
PLACEHOLDER_LIMIT: Final = 600


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
        uri = "data:image/webp;base64," + b2a_base64(_webp(tiny, quality, method=4), newline=False).decode("ascii")
        if len(uri) <= PLACEHOLDER_LIMIT:
            break
    return uri


class _NamedBuffer(BytesIO):
    """A buffer whose name says the format. Told the format itself, Pillow would load five others first (15 ms)."""

    name = "rendition.webp"


def _webp(image: Image.Image, quality: int, method: int) -> bytes:
    buffer = _NamedBuffer()
    image.save(buffer, quality=quality, method=method)
    return buffer.getvalue()
