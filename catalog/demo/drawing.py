"""What a family gives: one picture with its words."""

from dataclasses import dataclass

import PIL.Image


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture of the gallery; `image` is RGB, its long side 1,280 px, the tags lowercase."""

    title: str
    description: str
    tags: tuple[str, ...]
    image: PIL.Image.Image


def edition(title: str, number: int, plans: int) -> str:
    """The title of picture `number` in a family with `plans` titles: a later round is a new state of the print."""
    state = number // plans
    return title if state == 0 else f"{title}, state {state + 1}"
