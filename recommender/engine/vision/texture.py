"""Texture: what the surface is like close by, whatever its colour and wherever it lies.

One channel, along the direction in which the colours of the surface differ most and without its sign, so that red
stripes on white are as blue on black. The energy of a Gabor bank (Jain & Farrokhnia 1991) by scale and orientation,
its unevenness, and local binary patterns without rotation or sign (after Ojala et al. 2002).
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from recommender.engine.vision.canvas import Canvas, Floats

WAVES = (3.2, 5.0, 8.0, 12.5, 20.0)
"""Wavelengths in pixels of the canvas."""
ORIENTATIONS = 8
RADII = (1, 2, 4)
PATTERNS = 6
FIELD = 160
"""Side of the field that is transformed, that of a canvas at most."""
QUIET = 0.025
"""Deviation of a surface, in OKLab, at which it is half plain."""
WIDTH = len(WAVES) * ORIENTATIONS + len(WAVES) * 3 + len(RADII) * PATTERNS + 2 + 4
PARTS = {"bank": 1.0, "waves": 0.5, "uneven": 0.35, "lean": 0.35, "patterns": 0.5, "plain": 0.9, "tail": 0.4}
"""What each part counts; lengths."""


def texture_of(canvas: Canvas) -> Floats:
    """(WIDTH,) of length 1."""
    surface = _surface(canvas)
    channel, deviation = _channel(canvas.pixels, surface)
    busy = deviation**2 / (deviation**2 + QUIET**2)
    energies = _energies(channel)
    inside = surface / max(surface.sum(), 1e-6)
    energy = np.einsum("sohw,hw->so", energies, inside)
    by_wave = energies.sum(axis=1)
    means = np.einsum("shw,hw->s", by_wave, inside)
    spread = np.sqrt(np.maximum(np.einsum("shw,hw->s", by_wave**2, inside) - means**2, 0)) / (means + 1e-6)
    total = energy.sum() + 1e-9
    shares = energy / total
    lean = np.abs(np.fft.fft(energy, axis=1)[:, (1, 2)]) / (energy.sum(axis=1, keepdims=True) + 1e-9)
    wave = means / (means.sum() + 1e-9)
    parts = {
        "bank": np.sqrt(_blurred(shares)).ravel(),
        "waves": np.sqrt(wave),
        "uneven": np.sqrt(wave) * np.clip(spread, 0, 3) / 2,
        "lean": np.sqrt(wave) * lean[:, 0],
        "patterns": np.sqrt(_patterns(channel, surface)).ravel() / np.sqrt(len(RADII)),
        "tail": _tail(channel, inside),
    }
    vector = [busy * PARTS[name] * part for name, part in parts.items()]
    vector += [np.array([PARTS["plain"] * (1 - busy), 0.0]) * 2]
    joined = np.concatenate(vector)
    scaled: Floats = (joined / max(float(np.linalg.norm(joined)), 1e-6)).astype(np.float32)
    return scaled


def _surface(canvas: Canvas) -> Floats:
    """(h, w): what each pixel counts; the inside of a clear figure, else everything."""
    from scipy import ndimage

    inside = ndimage.binary_erosion(canvas.figure, iterations=2, border_value=1)
    if inside.sum() < 0.25 * canvas.figure.sum():
        inside = canvas.figure
    weight: Floats = (1 - canvas.clearness * (1 - inside)).astype(np.float32)
    return weight


def _channel(pixels: Floats, surface: Floats) -> tuple[Floats, float]:
    """(h, w) of deviation about 1 within the surface and 0 outside, and the deviation it had."""
    weight = surface.ravel() / surface.sum()
    flat = pixels.reshape(-1, 3)
    flat = flat - weight @ flat
    spread = (flat * weight[:, None]).T @ flat
    values, directions = np.linalg.eigh(spread.astype(np.float64))
    deviation = float(np.sqrt(max(values[-1], 0)))
    channel = (flat @ directions[:, -1]).reshape(surface.shape)
    return (channel * surface / (deviation + 1e-3)).astype(np.float32), deviation


def _energies(channel: Floats) -> Floats:
    """(waves, orientations, h, w): squared magnitudes."""
    from scipy import fft

    height, width = channel.shape
    spectrum = fft.fft2(np.pad(channel, ((0, FIELD - height), (0, FIELD - width))).astype(np.complex64))
    answers = fft.ifft2(spectrum * _bank())[..., :height, :width]
    squared: Floats = (answers.real**2 + answers.imag**2).astype(np.float32)
    return squared


@lru_cache(maxsize=1)
def _bank() -> npt.NDArray[np.float32]:
    """(waves, orientations, FIELD, FIELD): half-plane log-Gabor filters, so that answers are magnitudes."""
    v, u = np.meshgrid(np.fft.fftfreq(FIELD), np.fft.fftfreq(FIELD), indexing="ij")
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    radius[0, 0] = 1
    filters = np.zeros((len(WAVES), ORIENTATIONS, FIELD, FIELD), np.float32)
    for place, wave in enumerate(WAVES):
        ring = np.exp(-(np.log(radius * wave) ** 2) / (2 * np.log(0.72) ** 2))
        ring[0, 0] = 0
        for number in range(ORIENTATIONS):
            off = (angle - number * np.pi / ORIENTATIONS + np.pi) % (2 * np.pi) - np.pi
            filters[place, number] = ring * np.exp(-(off**2) / (2 * (np.pi / ORIENTATIONS * 0.8) ** 2))
    return filters


def _blurred(shares: Floats) -> Floats:
    """Orientations lend to their neighbours around the half turn, scales to theirs."""
    turned = 0.7 * shares + 0.15 * (np.roll(shares, 1, 1) + np.roll(shares, -1, 1))
    padded = np.concatenate([turned[:1], turned, turned[-1:]])
    blurred: Floats = 0.7 * turned + 0.15 * (padded[:-2] + padded[2:])
    return blurred


def _patterns(channel: Floats, surface: Floats) -> Floats:
    """(radii, PATTERNS) shares: uniform binary patterns by how many of 8 neighbours are higher, k as 8 - k."""
    height, width = channel.shape
    found = np.zeros((len(RADII), PATTERNS), np.float64)
    for place, radius in enumerate(RADII):
        inner = channel[radius : height - radius, radius : width - radius]
        bits = np.stack(
            [
                channel[radius + dy : height - radius + dy, radius + dx : width - radius + dx] > inner + 0.15
                for dy, dx in _ring(radius)
            ]
        )
        changes = (bits != np.roll(bits, 1, axis=0)).sum(axis=0)
        ones = bits.sum(axis=0)
        code = np.where(changes <= 2, np.minimum(ones, 8 - ones), PATTERNS - 1)
        weight = surface[radius : height - radius, radius : width - radius]
        found[place] = np.bincount(code.ravel(), weights=weight.ravel(), minlength=PATTERNS)[:PATTERNS]
    shares: Floats = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-9)
    return shares


def _ring(radius: int) -> list[tuple[int, int]]:
    slant = round(radius * 0.7071) or 1
    return [
        (0, radius), (slant, slant), (radius, 0), (slant, -slant),
        (0, -radius), (-slant, -slant), (-radius, 0), (-slant, slant),
    ]  # fmt: skip


def _tail(channel: Floats, inside: Floats) -> Floats:
    """How unequal the two tones are in share, and how two-toned it is: softly in bins."""
    skew = abs(float((channel**3 * inside).sum()))
    flat = float((channel**4 * inside).sum())
    return np.array([np.exp(-skew), 1 - np.exp(-skew), 1 / (1 + flat / 3), flat / 3 / (1 + flat / 3)])
