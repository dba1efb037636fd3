"""A picture's few colours, as a person would name them: median cut, then merging by distance in Oklab.

Oklab: Björn Ottosson, "A perceptual color space for image processing" (2020). Distances of about 0.02 are just seen.
Plain Python on sixteen colours: importing numpy would cost the decoding child more than everything here.
"""

from itertools import combinations
from typing import NamedTuple

from PIL import Image

from catalog.imaging.formats import fitted
from catalog.imaging.rendered import Swatch

SAMPLE_SIDE = 64
FIRST_COLOURS = 16
MAX_COLOURS = 6
SAME_COLOUR = 0.07
"""Oklab distance below which two colours are shown as one."""
SMALLEST_SHARE = 0.005

Triple = tuple[float, float, float]


class _Blob(NamedTuple):
    lab: Triple
    weight: float


def palette(image: Image.Image) -> tuple[Swatch, ...]:
    """Give at most six colours of an RGB image, the largest share first; shares sum to 1 (to rounding)."""
    small = image.resize(fitted(*image.size, SAMPLE_SIDE), Image.Resampling.BOX)
    cut = small.quantize(FIRST_COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=1)
    table = cut.getpalette() or []
    counts = enumerate(cut.histogram()[:FIRST_COLOURS])
    blobs = [_Blob(_oklab(*table[3 * index : 3 * index + 3]), count) for index, count in counts if count]
    merged = sorted(_merge(blobs), key=lambda blob: (-blob.weight, blob.lab))
    total = sum(blob.weight for blob in merged)
    shown = [blob for blob in merged if blob.weight >= SMALLEST_SHARE * total]
    total = sum(blob.weight for blob in shown)
    return tuple(Swatch(_hexadecimal(blob.lab), round(blob.weight / total, 4)) for blob in shown)


def _merge(blobs: list[_Blob]) -> list[_Blob]:
    """Merge what looks the same; then, while there are too many, the pair whose merging moves the pixels least."""
    blobs = list(blobs)
    while len(blobs) > 1:
        closest = min(combinations(blobs, 2), key=lambda pair: _squared(pair[0].lab, pair[1].lab))
        if _squared(closest[0].lab, closest[1].lab) > SAME_COLOUR**2:
            if len(blobs) <= MAX_COLOURS:
                break
            closest = min(combinations(blobs, 2), key=_loss)
        blobs = [blob for blob in blobs if blob is not closest[0] and blob is not closest[1]]
        blobs.append(_mixed(*closest))
    return blobs


def _loss(pair: tuple[_Blob, _Blob]) -> float:
    """Ward's criterion: by how much the squared error grows when the two are merged."""
    (one, one_weight), (two, two_weight) = pair
    return one_weight * two_weight / (one_weight + two_weight) * _squared(one, two)


def _mixed(one: _Blob, two: _Blob) -> _Blob:
    weight = one.weight + two.weight
    light, green_red, blue_yellow = (
        (a * one.weight + b * two.weight) / weight for a, b in zip(one.lab, two.lab, strict=True)
    )
    return _Blob((light, green_red, blue_yellow), weight)


def _squared(one: Triple, two: Triple) -> float:
    return (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2 + (one[2] - two[2]) ** 2


def _oklab(red: int, green: int, blue: int) -> Triple:
    """Convert sRGB bytes to Oklab."""
    r, g, b = (_linear(value / 255) for value in (red, green, blue))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hexadecimal(lab: Triple) -> str:
    """Convert Oklab to '#rrggbb', clipped to sRGB."""
    light, green_red, blue_yellow = lab
    long = (light + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    middle = (light - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (light - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(max(value, 0.0), 1.0))):02x}" for value in linear)


def _linear(value: float) -> float:
    """Undo the sRGB transfer curve (IEC 61966-2-1); both in [0, 1]."""
    return float(((value + 0.055) / 1.055) ** 2.4) if value > 0.04045 else value / 12.92


def _gamma(value: float) -> float:
    """Apply the sRGB transfer curve (IEC 61966-2-1); both in [0, 1]."""
    return float(1.055 * value ** (1 / 2.4) - 0.055) if value > 0.0031308 else value * 12.92
