"""Pictures drawn with whole numbers only, so that every machine draws the same bytes."""

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


def draw(name: str, *, height: int = 224, width: int = 224) -> Pixels:
    """Draw one of NAMES as (height, width, 3) uint8."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    # The same scene whatever the size: a thousand units across and down.
    channels = _SCENES[name](y * 1000 // height, x * 1000 // width)
    return np.stack(np.broadcast_arrays(*channels), axis=-1).clip(0, 255).astype(np.uint8)


def _disc(y, x, cy, cx, radius):
    return (y - cy) ** 2 + (x - cx) ** 2 < radius**2


def _orange(y, x):
    fruit = _disc(y, x, 520, 500, 330)
    shade = 255 - ((y - 420) ** 2 + (x - 400) ** 2) // 2200
    leaf = _disc(y, x, 150, 560, 110) & _disc(y, x, 230, 640, 130)
    red = np.where(leaf, 50, np.where(fruit, shade, 225))
    green = np.where(leaf, 130, np.where(fruit, shade * 6 // 10, 222))
    return red, green, np.where(leaf, 40, np.where(fruit, shade // 8, 215))


def _chessboard(y, x):
    dark = (y // 125 + x // 125) % 2
    return 240 - dark * 180, 220 - dark * 180, 190 - dark * 170


def _tabby(y, x):
    stripes = (y * 3 + (x - 500) ** 2 // 400) // 90 % 2
    return 150 + stripes * 70, 110 + stripes * 60, 70 + stripes * 40


def _target(y, x):
    ring = ((y - 500) ** 2 + (x - 500) ** 2) // 24_000 % 3
    return np.where(ring == 0, 200, 245), np.where(ring == 0, 30, 245), np.where(ring == 1, 245, 40)


def _seashore(y, x):
    swell = (x * x // 900 + y * 7) // 60 % 8 * 6
    sky, sand = y < 400, y > 750 + x // 12
    red = np.where(sky, 120 + y // 5, np.where(sand, 220 - swell, 20 + swell))
    green = np.where(sky, 170 + y // 6, np.where(sand, 195 - swell, 90 + swell))
    return red, green, np.where(sky, 235, np.where(sand, 140 - swell, 150 + swell))


def _noise(y, x):
    seed = (y // 8 * 131 + x // 8) * 2_654_435_761 % 2**32
    return seed // 2**8 % 256, seed // 2**14 % 256, seed // 2**20 % 256


_SCENES = {
    "chessboard": _chessboard,
    "noise": _noise,
    "orange": _orange,
    "seashore": _seashore,
    "tabby": _tabby,
    "target": _target,
}
NAMES = sorted(_SCENES)
# Wide, tall, smaller than the network's input, larger than it: (height, width).
SIZES = {
    "chessboard": (300, 400),
    "noise": (640, 480),
    "orange": (256, 256),
    "seashore": (360, 640),
    "tabby": (150, 100),
    "target": (801, 999),
}
