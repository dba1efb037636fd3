"""Built things for the cities: towers with lit windows, isometric blocks, canal houses, a street in perspective."""

from dataclasses import dataclass

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Cutout, Picture, Plane, Size, Sketch
from catalog.demo.scenery import Mood

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Town:
    """Colours of walls and roofs, of lamps, of the street; and how many windows are lit."""

    walls: tuple[str, ...]
    roof: str
    street: str
    lamp: str = "#ffd27a"
    lit: float = 0.1


# --- towers, seen from the front -------------------------------------------------------------------------------------


def towers(
    rng: Rng, picture: Picture, *, base: int, tall: float, face: Colour, mood: Mood, lit: float, unit: float
) -> tuple[Picture, Plane]:
    """A row of towers standing on row `base`; also gives the plane of their lit windows."""
    height, width = picture.shape[:2]
    sketch, lights = Sketch((width, height)), np.zeros((height, width), np.float32)
    tones = np.zeros((height, width), np.float32)
    x, hill = -int(rng.uniform(0, 40) * unit), rng.uniform(0.2, 0.8)
    while x < width:
        wide = int(rng.uniform(38, 110) * unit)
        middle = np.exp(-((((x + wide / 2) / width - hill) / 0.3) ** 2))
        top = int(base - tall * (0.25 + 0.45 * rng.random() + 0.5 * middle * rng.random()))
        _tower(rng, sketch, x, wide, top, base, unit)
        left, right = max(0, x), min(width, x + wide)
        if right - left > 8:
            tones[max(0, top - int(60 * unit)) : base, left:right] = rng.uniform(-0.04, 0.05)
            part = np.s_[max(0, top + int(8 * unit)) : base, left + 3 : right - 3]
            lights[part] = _windows(rng, lights[part].shape, unit, lit)
        x += wide + int(rng.choice([0, 0, 2, 14]) * unit)
    mask = sketch.plane()
    mask[base:] = 0
    y = np.clip((base - np.arange(height, dtype=np.float32)) / max(tall, 1), 0, 1)[:, None]
    body = canvas.ramp((canvas.mix(face, mood.haze, 0.45), face), y + 0 * tones) + tones[..., None]
    return canvas.over(picture, np.clip(body, 0, 1).astype(np.float32), mask), lights * mask


def _tower(rng: Rng, sketch: Sketch, x: int, wide: int, top: int, base: int, unit: float) -> None:
    sketch.polygon([(x, base), (x, top), (x + wide, top), (x + wide, base)])
    crown, middle = str(rng.choice(["flat", "flat", "steps", "spire", "slope", "tank", "mast"])), x + wide / 2
    if crown in ("steps", "spire"):
        for i, share in enumerate((0.72, 0.48, 0.26)):
            sketch.polygon(
                [
                    (middle + s * wide * share / 2, top - d * wide * 0.16)
                    for s, d in ((-1, i), (-1, i + 1), (1, i + 1), (1, i))
                ]
            )
    if crown in ("spire", "mast"):
        sketch.taper(
            [(middle, top), (middle, top - wide * rng.uniform(0.8, 1.5))],
            [wide * 0.1 if crown == "spire" else 3 * unit, 1],
        )
    if crown == "slope":
        sketch.polygon(
            [(x, top + 1), (x + wide, top + 1), (x + (wide if rng.random() < 0.5 else 0), top - wide * 0.45)]
        )
    if crown == "tank":
        sketch.polygon(
            [
                (middle + s * wide * 0.2, top + d)
                for s, d in ((-1, 0), (-1, -wide * 0.3), (0, -wide * 0.42), (1, -wide * 0.3), (1, 0))
            ]
        )


def _windows(rng: Rng, shape: tuple[int, ...], unit: float, lit: float) -> Plane:
    """Rows of small panes, some with a light on, floor by floor."""
    pitch_y, pitch_x = max(5, int(rng.uniform(9, 14) * unit)), max(4, int(rng.uniform(7, 13) * unit))
    rows, cols = shape[0] // pitch_y + 1, shape[1] // pitch_x + 1
    on = rng.random((rows, cols)) < lit * rng.uniform(0.4, 1.6, (rows, 1))
    glow = on * rng.uniform(0.45, 1.0, (rows, cols))
    pane = np.zeros((pitch_y, pitch_x), np.float32)
    pane[: max(2, int(pitch_y * 0.55)), : max(2, int(pitch_x * rng.uniform(0.45, 0.8)))] = 1
    return np.kron(glow, pane).astype(np.float32)[: shape[0], : shape[1]]


# --- isometric blocks ------------------------------------------------------------------------------------------------


def isometric(rng: Rng, size: Size, town: Town) -> tuple[Picture, Plane]:
    """A quarter seen from above at an angle: blocks, streets, trees; and the plane of lit windows."""
    width, height = size
    cell = min(size) / rng.uniform(10, 14)
    ground, lights = Sketch(size, ground=town.street), Sketch(size)
    reach, block = int(np.hypot(width, height) / cell / 1.25) + 4, int(rng.integers(3, 5))
    skyline = canvas.noise(rng, (64, 64), cells=5, octaves=3)
    shift = rng.integers(0, block, 2)
    for i, j in sorted(((i, j) for i in range(-reach, reach) for j in range(-reach, reach)), key=sum):
        x, y = width / 2 + (i - j) * cell * 0.866, height * 0.5 + (i + j) * cell * 0.5
        if not (-cell * 2 < x < width + cell * 2 and -cell * 2 < y < height + cell * 7):
            continue
        if (i + shift[0]) % block == 0 or (j + shift[1]) % block == 0:
            if rng.random() < 0.12:
                ground.stroke([(x - 4, y), (x + 4, y + 2)], 4, str(rng.choice(town.walls)))
            continue
        rise = skyline[i % 64, j % 64]
        if rise < 0.3 and rng.random() < 0.75:
            _park(rng, ground, x, y, cell, town)
        else:
            _block(
                rng,
                ground,
                lights,
                (x, y),
                cell,
                cell * (0.3 + 4.2 * max(0.0, rise - 0.25) ** 1.5 * rng.uniform(0.6, 1.5)),
                town,
            )
    return ground.picture(), lights.plane()


def _park(rng: Rng, ground: Sketch, x: float, y: float, cell: float, town: Town) -> None:
    green = canvas.mix("#5f8f58", town.street, 0.35)
    ground.polygon(
        [(x, y - cell * 0.5), (x + cell * 0.866, y), (x, y + cell * 0.5), (x - cell * 0.866, y)],
        canvas.mix(green, town.street, 0.3),
    )
    for _ in range(5):
        at, r = (x + rng.uniform(-0.5, 0.5) * cell, y + rng.uniform(-0.28, 0.28) * cell), cell * rng.uniform(0.1, 0.17)
        ground.disc((at[0] + r * 0.4, at[1] + r * 0.2), r, canvas.mix(town.street, "#000000", 0.4))
        ground.disc((at[0], at[1] - r), r, canvas.vary(rng, green, 0.04))
        ground.disc((at[0] - r * 0.25, at[1] - r * 1.25), r * 0.55, canvas.mix(green, "#f4f0c0", 0.28))


def _block(
    rng: Rng, ground: Sketch, lights: Sketch, place: tuple[float, float], cell: float, rise: float, town: Town
) -> None:
    """One box: two walls with their windows, a roof with something on it."""
    wall, half, deep = canvas.vary(rng, str(rng.choice(town.walls)), 0.03), cell * 0.80, cell * 0.46
    (x, y), top = place, place[1] - rise
    sides = ((-half, canvas.mix(wall, "#0c1428", 0.10)), (half, canvas.mix(wall, "#0c1428", 0.42)))
    ground.polygon(
        [(x, y + deep), (x + half, y), (x + half * 1.5, y + deep * 0.5), (x + half * 0.5, y + deep * 1.5)],
        canvas.mix(town.street, "#000000", 0.3),
    )
    for reach, tone in sides:
        face = [(x, y + deep), (x + reach, y), (x + reach, top), (x, top + deep)]
        ground.polygon(face, tone)
        lights.polygon(face, 0.0)
        _panes(rng, ground, lights, face, cell, tone, town)
    roof = [(x, top - deep), (x + half, top), (x, top + deep), (x - half, top)]
    ground.polygon(roof, canvas.mix(canvas.mix(wall, town.roof, 0.6), "#ffffff", 0.12))
    lights.polygon(roof, 0.0)
    inset = [(x + (a - x) * 0.84, top + (b - top) * 0.84) for a, b in roof]
    ground.polygon(inset, canvas.mix(wall, town.roof, 0.72))
    if rng.random() < 0.4 and rise > cell * 0.5:
        r = cell * 0.14
        ground.polygon(
            [(x - r, top - r), (x + r, top - r), (x + r, top + r), (x, top + r * 1.5), (x - r, top + r)],
            canvas.mix(wall, "#202838", 0.35),
        )
        ground.ellipse((x, top - r), r, r * 0.5, canvas.mix(wall, "#ffffff", 0.3))


def _panes(
    rng: Rng, ground: Sketch, lights: Sketch, face: list[tuple[float, float]], cell: float, tone: Colour, town: Town
) -> None:
    (ax, ay), (bx, by), _, (_, dy) = face
    floors, glass = max(1, int(abs(dy - ay) / (cell * 0.26))), canvas.mix(tone, "#16243a", 0.45)
    right, down, up = (bx - ax) * 0.13, (by - ay) * 0.13, (dy - ay) * 0.5 / floors
    for floor in range(floors):
        for col in range(4):
            x = ax + (bx - ax) * (0.1 + 0.22 * col)
            y = ay + (by - ay) * (0.1 + 0.22 * col) + (dy - ay) * (floor + 0.3) / floors
            pane = [(x, y), (x + right, y + down), (x + right, y + down + up), (x, y + up)]
            on = rng.random() < town.lit
            ground.polygon(pane, town.lamp if on else glass)
            if on:
                lights.polygon(pane, float(rng.uniform(0.5, 1)))


# --- houses on a quay -------------------------------------------------------------------------------------------------


def canal_houses(rng: Rng, size: Size, town: Town, *, base: float) -> tuple[Cutout, Plane]:
    """A row of narrow painted houses with gables, standing on row `base`; and the plane of lit windows."""
    width, height = size
    houses, lights, unit = Cutout(size), Sketch(size), min(size) / 1000
    x, last = -rng.uniform(0, 60) * unit, ""
    while x < width:
        wide = rng.uniform(105, 175) * unit
        wall = str(rng.choice([w for w in town.walls if w != last]))
        top, last = base - height * rng.uniform(0.26, 0.42), wall
        _house(rng, houses, lights, (x, top, x + wide, base), canvas.vary(rng, wall, 0.02), town, unit)
        x += wide
    return houses, lights.plane()


def _house(
    rng: Rng,
    houses: Cutout,
    lights: Sketch,
    box: tuple[float, float, float, float],
    wall: Colour,
    town: Town,
    unit: float,
) -> None:
    left, top, right, base = box
    wide, middle = right - left, (left + right) / 2
    gable, trim = str(rng.choice(["step", "point", "bell", "flat"])), canvas.mix(wall, "#fffaf0", 0.75)
    if gable == "step":
        edge = [(0.5, 0.0), (0.5, 0.14), (0.36, 0.14), (0.36, 0.3), (0.22, 0.3), (0.22, 0.46), (0.1, 0.46), (0.1, 0.56)]
    elif gable == "point":
        edge = [(0.5, 0.0), (0.0, 0.55)]
    elif gable == "bell":
        t = np.linspace(0, 1, 14)
        edge = list(zip(0.5 - 0.36 * t - 0.06 * np.sin(t * 6.3), 0.55 * t**1.6, strict=True))
    else:
        edge = [(0.56, 0.0), (0.56, 0.08), (0.5, 0.08)]
    outline = [(middle - s * wide, top - h * wide) for s, h in edge] + [
        (middle + s * wide, top - h * wide) for s, h in reversed(edge)
    ]
    body = [(left, base), *([(left, top)] if gable != "flat" else []), *outline, (right, base)]
    houses.polygon(
        [(px, py - 7 * unit) for px, py in outline] + [(right, top), (left, top)],
        trim if gable != "point" else town.roof,
    )
    houses.polygon(body, wall)
    houses.polygon(
        [(right - wide * 0.05, base), (right - wide * 0.05, top), (right, top), (right, base)],
        canvas.mix(wall, "#101820", 0.18),
    )
    floors, cols = int(rng.integers(3, 5)), int(rng.integers(2, 4))
    pitch = (base - top) / (floors + 0.35)
    for floor in range(floors):
        for col in range(cols):
            centre = left + wide * (col + 0.5) / cols * 0.9 + wide * 0.05
            _sash(
                rng,
                houses,
                lights,
                (centre, top + pitch * (floor + 0.62)),
                wide * 0.30 / cols * 1.25,
                pitch * 0.31,
                town,
                trim,
                door=floor == floors - 1 and col == 0,
            )
    if gable != "flat":
        _sash(rng, houses, lights, (middle, top - wide * 0.16), wide * 0.085, wide * 0.11, town, trim, door=False)


def _sash(
    rng: Rng,
    houses: Cutout,
    lights: Sketch,
    centre: tuple[float, float],
    half: float,
    tall: float,
    town: Town,
    trim: Colour,
    *,
    door: bool,
) -> None:
    x, y = centre
    low = y + tall * (1.55 if door else 1.0)
    frame = [(x - half, y - tall), (x + half, y - tall), (x + half, low), (x - half, low)]
    houses.polygon([(x + (px - x) * 1.22, y + (py - y) * 1.13) for px, py in frame], trim)
    if door:
        houses.polygon(frame, canvas.vary(rng, str(rng.choice(["#1f4a3c", "#7a1f22", "#20365c", "#2a2320"])), 0.03))
        return
    on = rng.random() < town.lit
    houses.polygon(frame, town.lamp if on else canvas.vary(rng, "#31465a", 0.04))
    if on:
        lights.polygon(frame, float(rng.uniform(0.6, 1)))
    houses.stroke([(x, y - tall), (x, low)], half * 0.16, trim)
    houses.stroke([(x - half, y), (x + half, y)], half * 0.16, trim)


# --- a street in perspective -----------------------------------------------------------------------------------------


def canyon(rng: Rng, size: Size, mood: Mood, town: Town, *, eye: tuple[float, float]) -> tuple[Cutout, Plane]:
    """Two walls of houses running to the vanishing point `eye` (px); and the plane of windows and signs alight."""
    walls, lights = Cutout(size), Sketch(size)
    for side in (-1, 1):
        edges = np.cumprod(np.concatenate([[0.10], rng.uniform(1.35, 1.75, 7)]))
        for near in range(len(edges) - 1):
            depth = near / (len(edges) - 2)
            face = canvas.mix(mood.haze, canvas.mix(mood.near, str(rng.choice(town.walls)), 0.35), 0.15 + 0.85 * depth)
            _frontage(rng, walls, lights, eye, size, side, edges[near : near + 2], rng.uniform(0.75, 1.6), face, town)
    return walls, lights.plane()


def _frontage(
    rng: Rng,
    walls: Cutout,
    lights: Sketch,
    eye: tuple[float, float],
    size: Size,
    side: int,
    span: "np.ndarray",
    rise: float,
    face: Colour,
    town: Town,
) -> None:
    """One house front between two distances; everything shrinks towards the eye."""
    width, height = size

    def at(along: float, up: float) -> tuple[float, float]:
        scale = span[0] + (span[1] - span[0]) * along
        return eye[0] + side * scale * width * 0.5, eye[1] + scale * height * (0.28 - up * rise)

    front = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)]
    walls.polygon(front, face)
    lights.polygon(front, 0.0)
    end, tone = at(0, 1), canvas.mix(face, "#000000", 0.45)
    walls.polygon([at(0, 0), end, (end[0] + side * 4, end[1]), (end[0] + side * 4, at(0, 0)[1])], tone)
    floors, cols = int(6 + 5 * rise), 5
    for floor in range(floors):
        for col in range(cols):
            a, b = (col + 0.25) / cols, (col + 0.75) / cols
            low, high = (floor + 0.35) / floors, (floor + 0.8) / floors
            pane = [at(a, low), at(b, low), at(b, high), at(a, high)]
            on = rng.random() < (0.85 if floor == 0 else town.lit)
            walls.polygon(pane, town.lamp if on else tone)
            if on:
                lights.polygon(pane, float(rng.uniform(0.4, 1)))
    if rng.random() < 0.7 and span[1] > 0.2:
        low, colour = rng.uniform(0.12, 0.4), str(rng.choice(["#ff4f8a", "#46d7ff", "#ffb43a", "#8affc1", "#ff6a3a"]))
        sign = [at(0.08, low), at(0.2, low), at(0.2, low + 0.24), at(0.08, low + 0.24)]
        walls.polygon(sign, colour)
        lights.polygon(sign, 1.0)
