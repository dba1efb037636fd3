"""Tiles laid in courses: arcs, scales, cubes, bricks."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Size, Sketch
from catalog.demo.families.tilings.wall import Glaze, Rng, Wall, turned


def truchet(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Square tiles with quarter rings, each laid at random one of two ways."""
    u, v = turned(rng, size, rng.uniform(5, 9))
    col, row = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    flip = rng.random((64, 64)) < 0.5
    x, y = u - col, v - row
    x = np.where(flip[row % 64, col % 64], 1 - x, x)
    ring = np.minimum(np.hypot(x, y), np.hypot(1 - x, 1 - y))
    bands = np.clip(ring * rng.choice([3, 5, 7]), 0, 20)
    inks = np.array([canvas.rgb(c) for c in rng.permutation(glaze)], np.float32)
    colours = inks[bands.astype(np.int32) % len(inks)]
    line = np.abs(bands - np.round(bands)) * (bands > 0.5)
    seam = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    joints = np.maximum(
        canvas.smoothstep(0.022, 0.01, seam), canvas.smoothstep(0.06, 0.02, line) * (bands > 0.5) * 0.35
    )
    return colours, joints.astype(np.float32)


def scales(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Overlapping scallops in rows."""
    width, height = size
    radius = min(size) / rng.uniform(9, 15)
    colours, joints = Sketch(size, ground=glaze[0]), Sketch(size)
    drift = canvas.noise(rng, (64, 64), cells=3, octaves=3)
    for row in range(int(height / radius * 2) + 3, -2, -1):
        for col in range(-1, int(width / radius / 2) + 2):
            x, y = (col * 2 + row % 2) * radius, row * radius * 0.5
            hue = drift[int(np.clip(y / height * 63, 0, 63)), int(np.clip(x / width * 63, 0, 63))] * 1.6 + rng.normal(
                0, 0.12
            )
            ink = canvas.vary(rng, glaze[1:][int(np.clip(hue * (len(glaze) - 1), 0, len(glaze) - 2))], 0.03)
            joints.disc((x, y), radius + 1.5)
            joints.disc((x, y), radius - 1.5, 0.0)
            colours.disc((x, y), radius, ink)
            for share in (0.72, 0.46):
                colours.ring((x, y), radius * share, radius * 0.07, canvas.mix(ink, glaze[0], 0.45))
    return colours.picture(), joints.plane()


def cubes(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Rhombs in three tones: cubes that step in and out."""
    width, height = size
    edge = min(size) / rng.uniform(9, 14)
    colours, joints = Sketch(size, ground=glaze[-1]), Sketch(size)
    drift = canvas.noise(rng, (64, 64), cells=4, octaves=3)
    corner = [np.array([np.cos(a), np.sin(a)]) * edge for a in np.pi / 6 + np.arange(6) * np.pi / 3]
    for row in range(-1, int(height / edge / 1.5) + 2):
        for col in range(-1, int(width / edge / 1.7) + 2):
            centre = np.array([(col + row % 2 / 2) * edge * np.sqrt(3), row * edge * 1.5])
            hue = drift[int(np.clip(centre[1] / height * 63, 0, 63)), int(np.clip(centre[0] / width * 63, 0, 63))]
            ink = canvas.ramp(glaze, np.array([hue], np.float32))[0]
            for face, shade in ((0, 0.62), (2, 0.82), (4, 1.12)):
                tile = np.array([centre, *(centre + corner[(face + i) % 6] for i in range(3))])
                colours.polygon(tile, canvas.vary(rng, np.clip(ink * shade, 0, 1), 0.02))
                joints.stroke(np.concatenate([tile, tile[:1]]), 2.0)
    return colours.picture(), joints.plane()


def herringbone(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Long glazed bricks laid in a herringbone."""
    brick, ratio = min(size) / rng.uniform(15, 22), int(rng.integers(3, 5))
    turn = np.pi / 4
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    colours, joints = Sketch(size, ground=glaze[-1]), Sketch(size)
    reach, middle = int(np.hypot(*size) / brick / 2) + ratio, np.array(size) / 2
    for i in range(-reach, reach):
        for j in range(-reach // ratio - 1, reach // ratio + 2):
            for shape in ((i, i + 2 * j * ratio, ratio, 1), (i, i + 2 * j * ratio + 1, 1, ratio)):
                x, y, w, h = shape
                box = np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)]) * brick @ spin + middle
                if (box.max(axis=0) > 0).all() and (box.min(axis=0) < size).all():
                    colours.polygon(box, canvas.vary(rng, glaze[int(rng.integers(len(glaze)))], 0.03))
                    joints.stroke(np.concatenate([box, box[:1]]), 2.6)
    return colours.picture(), joints.plane()
