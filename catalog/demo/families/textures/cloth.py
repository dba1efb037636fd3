"""Woven cloth: linen, herringbone, tartan, denim, ikat."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.textures.surface import turned


def cloth(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    """Threads crossing by a draft: `over` says where the warp lies on top."""
    threads = {"plain": 46, "herringbone": 84, "tartan": 96, "denim": 74, "ikat": 100}[make] * rng.uniform(0.9, 1.15)
    u, v = turned(rng, size, most=0.7 if make == "tartan" else 0.25, bend=0.03)
    warp, weft = u * threads, v * threads
    i, j = np.floor(warp), np.floor(weft)
    over = _draft(make, i, j)
    across = np.where(over, warp - i, weft - j) - 0.5
    along = np.where(over, weft - j, warp - i) - 0.5
    body = np.sqrt(np.clip(1 - (2 * across) ** 2, 0, 1)) * (0.72 + 0.28 * np.cos(along * np.pi))
    slub = canvas.noise(rng, size, cells=30, octaves=3)
    warp_colour, weft_colour = _yarns(rng, size, make, colours, u, v)
    yarn = np.where(over[..., None], warp_colour, weft_colour)
    twist = 0.06 * np.sin((across * 2 + along) * 14)
    return np.clip(yarn * (0.35 + 0.65 * body + twist + 0.25 * (slub - 0.5))[..., None], 0, 1)


def _draft(make: str, i: Plane, j: Plane) -> np.ndarray:
    """Where the warp lies on top."""
    if make in ("plain", "ikat"):
        return (i + j) % 2 == 0
    if make == "herringbone":
        side = np.where((i // 8) % 2 == 0, i, -i)
        return (side + j) % 4 < 2
    return (i + j) % 4 < (3 if make == "denim" else 2)


def _yarns(
    rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...], u: Plane, v: Plane
) -> tuple[Picture, Picture]:
    """Warp and weft colour at each pixel."""
    if make == "tartan":
        sett = rng.permutation(np.repeat(np.arange(len(colours)), [6, 5, 1, 3][: len(colours)]))
        sett = np.concatenate([np.sort(sett)[:9], sett[:7], np.sort(sett)[::-1][:9]])
        table = np.stack([canvas.rgb(colours[k]) for k in sett])
        return (table[np.floor(c * 64).astype(int) % len(table)] for c in (u, v))  # type: ignore[return-value]
    if make == "ikat":
        smear = canvas.noise(rng, size, cells=60, octaves=2, stretch=0.12) - 0.5
        lozenge = (np.abs((u * 3) % 1 - 0.5) + np.abs((v * 2.2 + smear * 0.16) % 1 - 0.5)) * 2
        level = np.floor(lozenge * 5.0).astype(int) % len(colours)
        table = np.stack([canvas.rgb(colour) for colour in colours])
        return table[level], table[level] * 0.85
    wear = canvas.noise(rng, size, cells=3, octaves=5)[..., None]
    first, second = canvas.rgb(colours[0]), canvas.rgb(colours[1])
    if make == "denim":
        return first + (second - first) * np.clip(wear * 1.6 - 0.5, 0, 1), canvas.filled(size, colours[2])
    return canvas.filled(size, first) * (0.92 + 0.16 * wear), canvas.filled(size, second) * (0.92 + 0.16 * wear)
