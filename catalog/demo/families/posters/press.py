"""The press: a sheet of paper, flat inks, lines of type."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.posters.specs import Spec


class Print:
    """A sheet of paper that takes flat inks one after another; coordinates in shares of the width (x, y down)."""

    def __init__(self, rng: np.random.Generator, size: Size, inks: tuple[str, ...]) -> None:
        self.size, self.inks = size, inks
        self.tall = size[1] / size[0]
        self.dark = float(canvas.rgb(inks[0]).mean()) < 0.4
        self._picture = canvas.paper(rng, size, inks[0], tooth=0.025)
        self._wear = 1 - 0.1 * canvas.smoothstep(0.62, 0.8, canvas.noise(rng, size, cells=60, octaves=3))

    def sketch(self) -> canvas.Sketch:
        return canvas.Sketch(self.size)

    def scaled(self, points: list[tuple[float, float]] | np.ndarray) -> np.ndarray:
        return np.asarray(points, np.float64) * self.size[0]

    def press(self, mask: Plane, ink: int, *, through: bool = False) -> None:
        """Print the mask in an ink; `through` lets what lies below show, as transparent ink does."""
        colour = canvas.rgb(self.inks[ink])
        mask = mask * self._wear
        if through and not self.dark:
            self._picture = canvas.over(self._picture, self._picture * (0.06 + 0.94 * colour), mask)
        elif through:
            self._picture = canvas.lit(self._picture, colour * 0.85, mask)
        else:
            self._picture = canvas.over(self._picture, colour, mask)

    def polygon(self, points: list[tuple[float, float]] | np.ndarray, ink: int, *, through: bool = False) -> None:
        sketch = self.sketch()
        sketch.polygon(self.scaled(points))
        self.press(sketch.plane(), ink, through=through)

    def disc(self, x: float, y: float, radius: float, ink: int, *, through: bool = False) -> None:
        sketch = self.sketch()
        sketch.disc((x * self.size[0], y * self.size[0]), radius * self.size[0])
        self.press(sketch.plane(), ink, through=through)

    def words(
        self, text: str, x: float, y: float, height: float, *, ink: int = -1, bold: float = 0.05, anchor: str = "ls"
    ) -> float:
        """Set a line of type of the given height (share of the width); returns its width."""
        font = ImageFont.load_default(height * self.size[0])
        sheet = Image.new("L", self.size, 0)
        stroke = round(bold * height * self.size[0])
        place = (x * self.size[0], y * self.size[0])
        pen = ImageDraw.Draw(sheet)
        pen.text(place, text, fill=255, font=font, anchor=anchor, stroke_width=stroke)
        self.press(np.asarray(sheet, np.float32) / 255, ink % len(self.inks))
        return float(pen.textlength(text, font=font)) / self.size[0]

    def fit(self, text: str, width: float, most: float) -> float:
        """The height at which the text is as wide as `width`, at most `most`."""
        length = ImageFont.load_default(100).getlength(text) / 100
        return min(width / length, most)

    def lines(self, texts: tuple[str, ...], x: float, y: float, *, height: float = 0.036, anchor: str = "ls") -> None:
        for row, text in enumerate(texts):
            self.words(text, x, y + row * height * 1.35, height, bold=0.02, anchor=anchor)

    def picture(self) -> Picture:
        return np.clip(self._picture, 0, 1)


def set_title(print_: Print, spec: Spec, *, most: float = 0.3) -> None:
    """The word across the foot of the sheet, with its lines below."""
    height = print_.fit(spec.word, 0.84, most)
    below = 0.07 + (0.24 * height if set(spec.word) & set("gjpqy") else 0.015)
    base = print_.tall - 0.06 - 0.049 * (len(spec.lines) - 1) - below
    print_.words(spec.word, 0.075, base, height, bold=0.035)
    print_.lines(spec.lines, 0.08, base + below)
