"""A folder of classes, read through the door that all foreign files come in by."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from recommender.engine.networks.labelled import Labelled, Unusable, divided
from recommender.management.folders import Refusal, pictures_in


def read_classes(folder: Path, *, side: int, seed: int) -> tuple[Labelled, list[Refusal]]:
    """One class a folder in `folder`, however deep its files lie; a fifth of each class is for testing.

    side: pixels; the middle square of every picture is made so large. Returns what can be learned from, and the files
    that were refused, with reasons. Raises Unusable.
    """
    pixels: list[NDArray[np.uint8]] = []
    classes: list[str] = []
    refused: list[Refusal] = []
    for path, picture in pictures_in(folder, doing="reading", refused=refused):
        name, deeper, _file = path.partition("/")
        if deeper:
            classes.append(name)
            pixels.append(_square(picture, side))
        else:
            refused.append((path, "It is in no folder, and the folder names the class."))
    if not pixels:
        raise Unusable(f"{folder} holds no picture in a folder of a class.")
    return divided(np.stack(pixels), classes, seed=seed), refused


def _square(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    fitted = ImageOps.fit(Image.fromarray(pixels).convert("RGB"), (side, side), Image.Resampling.BICUBIC)
    return np.asarray(fitted)
