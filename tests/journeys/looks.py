"""How large and in which colours the site is looked at.

A journey is made in one of four looks, another one from journey to journey; marked `in_each`, in each size and each
colour once; marked `in_all`, in all four. With EVERY_LOOK=1 in the environment all journeys are made in all four.
"""

import os
import zlib
from typing import Any

import pytest

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
Look = dict[str, Any]
ALL: list[Look] = [
    {"viewport": viewport, "color_scheme": scheme} for viewport in (PHONE, DESK) for scheme in ("light", "dark")
]
EACH = [ALL[1], ALL[2]]  # a phone by night, a desk by day

in_each = pytest.mark.looks(EACH)
in_all = pytest.mark.looks(ALL)


def wanted(journey: pytest.Item | pytest.Function | Any) -> list[Look]:
    """The looks that this journey is made in."""
    if os.environ.get("EVERY_LOOK"):
        return ALL
    marked = journey.get_closest_marker("looks")
    return marked.args[0] if marked else [ALL[zlib.crc32(journey.name.encode()) % len(ALL)]]


def name_of(look: Look) -> str:
    return f"{look['viewport']['width']}-{look['color_scheme']}"
