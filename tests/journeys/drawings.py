"""Pictures drawn for a journey, and what only pretends to be one."""

import io
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageOps

Payload = dict[str, Any]  # a file as Playwright puts it into a field

RNG = np.random.default_rng()


def drawn(*, size: tuple[int, int] = (900, 640)) -> Image.Image:
    """A few discs on a ground; no two calls give the same picture."""
    picture = Image.new("RGB", size, _colour())
    pen = ImageDraw.Draw(picture)
    for _ in range(9):
        x, y, radius = RNG.integers(0, size[0]), RNG.integers(0, size[1]), RNG.integers(40, 180)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour())
    return picture


def barcode(*, side: int = 500) -> Image.Image:
    """Black and white bars, ten pixels wide: like nothing that hangs in the demo."""
    bars = np.repeat(RNG.integers(0, 2, side // 10), 10) * 255
    return Image.fromarray(np.broadcast_to(bars, (side, side)).astype(np.uint8)).convert("RGB")


def mirrored(data: bytes) -> Image.Image:
    """The picture in these bytes, left for right: it looks the same and is no copy."""
    return ImageOps.mirror(Image.open(io.BytesIO(data)).convert("RGB"))


def cropped(data: bytes, *, share: float = 0.9) -> Image.Image:
    """The middle of the picture in these bytes."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    width, height = picture.size
    x, y = int(width * (1 - share) / 2), int(height * (1 - share) / 2)
    return picture.crop((x, y, width - x, height - y))


def jpeg(picture: Image.Image, *, quality: int = 82) -> bytes:
    return _encoded(picture, "JPEG", quality=quality)


def png(picture: Image.Image) -> bytes:
    return _encoded(picture, "PNG")


def file(name: str, data: bytes) -> Payload:
    kind = "image/png" if name.endswith(".png") else "image/jpeg"
    return {"name": name, "mimeType": kind, "buffer": data}


def _encoded(picture: Image.Image, kind: str, **options: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def _colour() -> tuple[int, int, int]:
    red, green, blue = RNG.integers(0, 256, 3).tolist()
    return red, green, blue
