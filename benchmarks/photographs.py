"""Photographs to upload: JPEGs of so many megapixels, as large in bytes as a camera's, the same each time."""

import io

import numpy as np
from PIL import Image

WIDEST = (4000, 3000)  # 12 megapixels
GRAIN = 9.0  # of 255; gives about 0.3 bytes a pixel, as a camera does


class Darkroom:
    """Makes photographs, no two alike, from one large scene: another cut, another light."""

    def __init__(self) -> None:
        rng = np.random.default_rng(0)
        width, height = WIDEST
        scene = np.zeros((height, width, 3), np.float32)
        for blobs in (3, 8, 24, 80):
            coarse = rng.integers(0, 256, (blobs, blobs * 4 // 3, 3), dtype=np.uint8)
            scene += np.asarray(Image.fromarray(coarse).resize(WIDEST, Image.Resampling.BICUBIC), np.float32) / 4
        scene += GRAIN * rng.standard_normal((height, width, 1), dtype=np.float32)
        self._scene = scene

    def jpeg(self, number: int, *, megapixels: float) -> bytes:
        """The photograph of this number. megapixels: up to 12."""
        rng = np.random.default_rng([1, number])
        scale = min(1.0, (megapixels * 1e6 / (WIDEST[0] * WIDEST[1])) ** 0.5)
        width, height = (round(side * scale) for side in WIDEST)
        left, top = (int(rng.integers(side - part + 1)) for side, part in zip(WIDEST, (width, height), strict=True))
        cut = self._scene[top : top + height, left : left + width]
        light = rng.uniform(0.5, 1.3, 3).astype(np.float32)
        pixels = np.clip(cut[:, :: rng.choice([-1, 1])] * light, 0, 255).astype(np.uint8)
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=90)
        return file.getvalue()
