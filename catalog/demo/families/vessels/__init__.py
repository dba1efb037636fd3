"""Vessels: vases, jugs, cups and teapots on a studio backdrop.

Each is a surface of revolution seen a little from above: for every pixel the height on the front of the
profile is solved by iteration, which gives true curves to bands, glazes and painted patterns.
"""

import numpy as np

from catalog.demo import canvas, studio
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.vessels.arms import arms_of
from catalog.demo.families.vessels.form import TILT, Form, solved
from catalog.demo.families.vessels.glazes import GLAZES
from catalog.demo.families.vessels.specs import CLOSED, LOW, PROFILES, SPECS, Spec
from catalog.demo.families.vessels.stems import with_stems

SLUG = "vessels"
NAME = "Vessels"


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, *(("1:1", "4:3", "3:2") if len(spec.shapes) > 1 else ("1:1", "4:5", "3:4")))
    kind, wall, floor, accent = spec.room
    horizon = rng.uniform(0.72, 0.76) if spec.stems else rng.uniform(0.66, 0.72)
    picture = studio.backdrop(rng, size, kind=kind, wall=wall, floor=floor, accent=accent, horizon=horizon)
    for place, shape in enumerate(spec.shapes):
        colours = (
            spec.colours if len(spec.shapes) == 1 else (spec.colours[place % len(spec.colours)], *spec.colours[1:])
        )
        picture = _stand(rng, picture, size, shape, place, len(spec.shapes), spec, colours, horizon)
    picture = canvas.vignette(picture, 0.16)
    return Drawing(
        edition(spec.title, number, len(SPECS)),
        _sentence(spec),
        _tags(spec),
        canvas.finish(picture, rng=rng, grain=0.01),
    )


def _sentence(spec: Spec) -> str:
    what = {"moon": "moon jar", "facet": "faceted vase", "ginger": "lidded jar", "trumpet": "trumpet vase"}
    names = [what.get(shape, shape) for shape in dict.fromkeys(spec.shapes)]
    made = {
        "glass": "blown in coloured glass",
        "matt": "left matt",
        "plain": "in one clear glaze",
        "drip": "under a glaze that ran",
        "dipped": "dipped in a second glaze",
        "bands": "with turned bands",
        "stripes": "with painted stripes",
        "check": "in a kitchen check",
        "dots": "with scattered dots",
        "scales": "with a pattern of waves",
        "frieze": "with a key frieze",
        "brush": "with a branch in brushwork",
        "crackle": "under a crackled glaze",
        "reactive": "in a glaze the fire chose",
        "speckle": "in speckled stoneware",
    }
    holding = {"tulip": ", with tulips", "wheat": ", with dry grasses", "leaf": ", with a leafy branch", "": ""}
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"{listed.capitalize()} {made[spec.glaze]}{holding[spec.stems]}, in soft daylight."


def _tags(spec: Spec) -> tuple[str, ...]:
    kind = "glass" if spec.glaze == "glass" else "ceramic"
    return ("still life", kind, spec.shapes[0], *spec.words, *(("flowers",) if spec.stems else ()))


def _stand(
    rng: np.random.Generator,
    picture: Picture,
    size: Size,
    shape: str,
    place: int,
    count: int,
    spec: Spec,
    colours: tuple[str, ...],
    horizon: float,
) -> Picture:
    """Put one vessel on the floor: shadows, stems, handle and spout, body."""
    unit = min(size)
    scale = {1: 1.12, 2: 1.0, 3: 0.92}[count] * rng.uniform(0.94, 1.04)
    spread = {1: (0.5,), 2: (0.32, 0.67), 3: (0.23, 0.52, 0.79)}[count]
    x = size[0] * (spread[place] + (0.07 if count == 1 else 0.015) * rng.uniform(-1, 1))
    base = size[1] * (horizon + 0.09 + 0.035 * (place % 2) + 0.02 * place)
    tall = min(LOW.get(shape, 0.66) * unit * scale, base * (0.53 if spec.stems else 0.8))
    form = solved(size, PROFILES[shape], x, base, tall, closed=shape in CLOSED)
    arms = arms_of(shape, size, x, base, tall)
    outline = np.zeros(size[::-1], np.float32)
    outline[form.box] = np.maximum(form.mask, form.hole)
    for box, mask, _ in arms:
        outline[box] = np.maximum(outline[box], mask)
    picture = _shadows(picture, size, outline, shape, x, base, tall)
    if spec.stems and place == 0:
        picture = with_stems(rng, picture, size, spec.stems, x, base - tall, unit, PROFILES[shape][-1][1] * tall)
    floor = spec.room[2]
    gloss = 0.0 if spec.glaze == "matt" else 0.35 if spec.glaze in ("speckle", "frieze") else 0.85
    for box, mask, normals in arms:
        arm = studio.light_up(canvas.rgb(colours[0]), normals, gloss=gloss * 0.8, bounce=floor)
        picture[box] = canvas.over(picture[box], arm, mask)
    return _body(rng, picture, form, spec.glaze, colours, gloss, floor)


def _shadows(picture: Picture, size: Size, outline: Plane, shape: str, x: float, base: float, tall: float) -> Picture:
    foot = PROFILES[shape][0][1] * tall
    fallen = studio.cast_shadow(outline, base=base + TILT * foot * 0.6, reach=0.2, lean=0.85, radius=20)
    touch = studio.contact_shadow(
        size, centre=(x + foot * 0.1, base + foot * TILT * 0.4), across=foot * 1.12, down=foot * TILT * 1.1, radius=9
    )
    return canvas.shaded(canvas.shaded(picture, 0.34 * fallen), 0.6 * touch)


def _body(
    rng: np.random.Generator,
    picture: Picture,
    form: Form,
    glaze: str,
    colours: tuple[str, ...],
    gloss: float,
    floor: str,
) -> Picture:
    part = picture[form.box]
    inside = 1.15 * np.clip(0.34 + 0.9 * form.turn + 0.1, 0.12, 0.75)
    if glaze == "glass":
        part = _glass(part, form, colours[0])
    else:
        paint = GLAZES[glaze](rng, form, colours)
        well = canvas.mix(colours[0], colours[1 if glaze in ("dipped", "drip") else 0], 0.5) * inside[..., None]
        part = canvas.over(part, well, form.hole)
        part = canvas.over(part, studio.light_up(paint, form.normals, gloss=gloss, bounce=floor), form.mask)
        part = canvas.over(part, np.clip(canvas.rgb(colours[0]) * 1.02 + 0.06, 0, 1), form.lip)
    picture[form.box] = part
    return picture


def _glass(part: Picture, form: Form, colour: str) -> Picture:
    """The backdrop seen through, tinted more where the wall is thick, and sharp reflections."""
    tint = canvas.rgb(colour)
    thick = np.clip(0.3 + 0.7 * (1 - form.normals.z) ** 1.5, 0, 1)[..., None]
    through = part * (1 - thick + thick * tint) * 0.96 + 0.1 * tint * thick
    through = through + (0.8 * studio.reflections(form.normals))[..., None]
    part = canvas.over(part, part * (0.6 + 0.4 * tint), form.hole)
    part = canvas.over(part, np.clip(through, 0, 1), form.mask)
    return canvas.over(part, np.clip(tint * 0.7 + 0.35, 0, 1), form.lip * 0.85)
