"""What a camera wrote, for the owner only: an allow-list, so that no place or serial number slips in."""

import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image

LONGEST_VALUE = 80
DATE = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")

# What Pillow's reader raises on a broken block, seen with mutated files.
BROKEN_EXIF = (ValueError, TypeError, KeyError, IndexError, AttributeError, SyntaxError, OSError, ArithmeticError)


def read(image: Image.Image) -> Image.Exif:
    """Read the EXIF block of a loaded image; one that cannot be read counts as absent."""
    try:
        return image.getexif()
    except BROKEN_EXIF:
        return Image.Exif()


def orientation(exif: Image.Exif) -> int:
    """Give the EXIF orientation, 1 to 8; 1 (upright) for anything else."""
    value = exif.get(ExifTags.Base.Orientation)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def shown_to_owner(exif: Image.Exif) -> dict[str, str]:
    """Give the readable ones of camera, lens, exposure, aperture, iso, focal_length, taken (ISO 8601 without a zone).

    Never the place, serial numbers, names, comments or the maker's notes.
    """
    try:
        details: Mapping[int, Any] = exif.get_ifd(ExifTags.IFD.Exif)
    except BROKEN_EXIF:
        details = {}
    tag = ExifTags.Base
    readers: dict[str, Callable[[], str]] = {
        "camera": lambda: _camera(_words(exif.get(tag.Make)), _words(exif.get(tag.Model))),
        "lens": lambda: _words(details.get(tag.LensModel)),
        "exposure": lambda: _seconds(_positive(details.get(tag.ExposureTime))),
        "aperture": lambda: f"f/{_positive(details.get(tag.FNumber)):.2g}",
        "iso": lambda: f"{_positive(_first(details.get(tag.ISOSpeedRatings))):.0f}",
        "focal_length": lambda: f"{_positive(details.get(tag.FocalLength)):.3g} mm",
        "taken": lambda: _taken(details.get(tag.DateTimeOriginal)),
    }
    fields: dict[str, str] = {}
    for name, reader in readers.items():
        with suppress(*BROKEN_EXIF):
            fields[name] = reader()
    return {name: value for name, value in fields.items() if value}


def _words(value: Any) -> str:
    """Keep the printable characters of a text, single-spaced, at most 80; '' for anything but a text."""
    if not isinstance(value, str):
        return ""
    printable = "".join(letter if letter.isprintable() else " " for letter in value.split("\0")[0])
    return " ".join(printable.split())[:LONGEST_VALUE]


def _camera(make: str, model: str) -> str:
    """Join maker and model without saying the maker twice ("Canon", "Canon EOS R5")."""
    maker = make.partition(" ")[0]
    return model if model.lower().startswith(maker.lower()) else f"{maker} {model}".strip()


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) else value


def _positive(value: Any) -> float:
    number = float(value)
    if not (math.isfinite(number) and 0 < number < 1e6):
        raise ValueError(value)
    return number


def _seconds(time: float) -> str:
    return f"{time:.3g} s" if time >= 0.3 else f"1/{1 / time:.0f} s"


def _taken(value: Any) -> str:
    parts = DATE.match(_words(value))
    if not parts:
        return ""
    year, month, day, hour, minute, second = map(int, parts.groups())
    return datetime(year, month, day, hour, minute, second).isoformat()  # noqa: DTZ001 cameras write no zone
