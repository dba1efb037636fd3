"""Portraits broken into triangles or strips."""

from itertools import pairwise

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture


def broken_into_facets(rng: np.random.Generator, picture: Picture) -> Picture:
    """Triangles over a shaken grid, each of the colour at its middle, finer towards the face."""
    height, width = picture.shape[:2]
    columns = int(rng.integers(30, 37))
    rows = round(columns * height / width)
    grid = np.stack(np.meshgrid(np.linspace(0, width, columns + 1), np.linspace(0, height, rows + 1)), axis=-1)
    pull = np.array([width / 2, height * 0.44])
    inner = grid[1:-1, 1:-1]
    grid[1:-1, 1:-1] = inner + rng.uniform(-0.36, 0.36, inner.shape) * (width / columns)
    near = np.exp(-(np.linalg.norm((grid - pull) / (width, height), axis=-1, keepdims=True) ** 2) / 0.06)
    grid[1:-1, 1:-1] = (grid + (pull - grid) * 0.4 * near)[1:-1, 1:-1]
    soft = canvas.blur(picture, 3)
    sketch = canvas.Sketch((width, height), ground="#000000")
    for row in range(rows):
        for column in range(columns):
            a, b, c, d = grid[row, column], grid[row, column + 1], grid[row + 1, column + 1], grid[row + 1, column]
            for corners in ((a, b, c), (a, c, d)) if (row + column) % 2 else ((a, b, d), (b, c, d)):
                x, y = np.clip(np.mean(corners, axis=0), 0, (width - 1, height - 1)).astype(int)
                light = 1 + 0.09 * np.sin(corners[0][0] * 0.7 + corners[1][1] * 1.3) + rng.normal(0, 0.02)
                sketch.polygon(corners, np.clip(soft[y, x] * light, 0, 1))
    return sketch.picture()


def cut_into_slices(rng: np.random.Generator, picture: Picture) -> Picture:
    """Strips moved up and down by turns, some in another light."""
    width = picture.shape[1]
    edges = np.concatenate([[0], np.sort(rng.uniform(0.05, 0.95, 11) * width).astype(int), [width]])
    result = picture.copy()
    for index, (left, right) in enumerate(pairwise(edges)):
        shift = int(rng.uniform(25, 95)) * (1 if index % 2 else -1)
        strip = np.roll(picture[:, left:right], shift, axis=0)
        result[:, left:right] = strip[:, :, [2, 1, 0]] if index % 5 == 2 else strip
        result[:, left : left + 3] *= 0.55
    return result
