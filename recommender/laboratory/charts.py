"""Charts as geometry: numbers in, places on a canvas out. Templates draw them as SVG, style sheets colour them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 96, 12, 40
HUES = 8  # series that have a colour of their own
LETTER, LINE = 7.5, 14  # width of a letter, height of a line; all in units of the canvas


@dataclass(frozen=True)
class Series:
    """Named points (x, y), in order."""

    name: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


@dataclass(frozen=True)
class Tick:
    place: float
    text: str


@dataclass(frozen=True)
class Drawn:
    """A series on the canvas. path: "x,y x,y …". hue: 1 to 8. label_x, label_y: where its name is written."""

    name: str
    path: str
    dots: list[tuple[float, float]]
    hue: int
    dashed: bool
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Chart:
    """A chart with two axes; `table` says the same in numbers, for those who do not see it."""

    title: str
    x_title: str
    y_title: str
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    series: list[Drawn]
    joined: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    table: list[tuple[str, str, str]] = field(default_factory=list)


def chart(
    *, title: str, x_title: str, y_title: str, series: Sequence[Series], joined: bool = True, from_zero: bool = False
) -> Chart | None:
    """Lines through the points of each series, or dots where they are not `joined`; None where there is nothing.

    A point that is not finite is in the table alone. from_zero: the upright axis begins, or ends, at 0.
    """
    drawn = [one for one in series if one.points]
    xs = [x for one in drawn for x, _y in one.points if math.isfinite(x)]
    ys = [y for one in drawn for _x, y in one.points if math.isfinite(y)]
    if not xs or not ys:
        return None
    across = Axis.around(xs, low_end=LEFT, high_end=WIDTH - RIGHT)
    up = Axis.around([*ys, 0.0] if from_zero else ys, low_end=HEIGHT - BOTTOM, high_end=TOP)
    placed = [
        (one, [(across.at(x), up.at(y)) for x, y in one.points if math.isfinite(x) and math.isfinite(y)])
        for one in drawn
    ]
    ends = [dots[-1] if dots else (float(LEFT), float(TOP)) for _one, dots in placed]
    heights = _apart([(x, y, LETTER * len(one.name)) for (x, y), (one, _dots) in zip(ends, placed, strict=True)])
    return Chart(
        title=title,
        x_title=x_title,
        y_title=y_title,
        x_ticks=across.ticks(),
        y_ticks=up.ticks(),
        series=[
            Drawn(
                name=one.name,
                path=" ".join(f"{x:.1f},{y:.1f}" for x, y in dots),
                dots=[(round(x, 1), round(y, 1)) for x, y in dots],
                hue=number % HUES + 1,
                dashed=one.dashed,
                label_x=round(dots[-1][0] + 8, 1) if dots else LEFT,
                label_y=round(height + 4, 1),
            )
            for number, ((one, dots), height) in enumerate(zip(placed, heights, strict=True))
        ],
        joined=joined,
        table=[(one.name, _text(x), _text(y)) for one in drawn for x, y in one.points],
    )


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `high` laid between two places of the canvas."""

    low: float
    high: float
    step: float
    low_end: float
    high_end: float

    @classmethod
    def around(cls, values: Sequence[float], *, low_end: float, high_end: float) -> Axis:
        """An axis with about five round steps that holds all the values."""
        low, high = min(values), max(values)
        span = high - low or abs(high) or 1.0
        magnitude = 10.0 ** math.floor(math.log10(span / 4))
        step = next(magnitude * nice for nice in (1, 2, 5, 10) if span / (magnitude * nice) <= 5)
        first, last = math.floor(low / step) * step, math.ceil(high / step) * step
        return cls(first, last if last > first else first + step, step, low_end, high_end)

    def at(self, value: float) -> float:
        return self.low_end + (value - self.low) / (self.high - self.low) * (self.high_end - self.low_end)

    def ticks(self) -> list[Tick]:
        count = round((self.high - self.low) / self.step)
        values = [self.low + number * self.step for number in range(count + 1)]
        return [Tick(round(self.at(value), 1), _text(value)) for value in values]


def _apart(names: list[tuple[float, float, float]]) -> list[float]:
    """The height of each name (x, y, width), moved as little as it takes not to touch those placed before."""
    taken: list[tuple[float, float, float]] = []
    heights = [0.0] * len(names)
    for place in sorted(range(len(names)), key=lambda place: names[place][1]):
        x, y, width = names[place]
        beside = [(left, height) for left, height, wide in taken if x < left + wide and left < x + width]
        steps = (y + direction * LINE * step / 2 for step in range(4 * len(names)) for direction in (1, -1))
        heights[place] = next(at for at in steps if all(abs(at - height) >= LINE for _left, height in beside))
        taken.append((x, heights[place], width))
    return heights


def _text(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
