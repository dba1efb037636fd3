"""What a classifier leaves to look at: curves, a confusion matrix, sheets of pictures with what they were taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIDE = 5
"""Pictures in a row and in a column of a sheet."""
RIGHT, WRONG = "#2e7d4f", "#b3402e"


def curves(epochs: Sequence[Mapping[str, float]], best: int) -> Figure:
    """Loss and accuracy by epoch, of what was learned from and of the validation part; the chosen epoch is marked."""
    figure = _figure(9, 3.6)
    numbers = range(1, len(epochs) + 1)
    for place, name in enumerate(("loss", "accuracy")):
        axes = figure.add_subplot(1, 2, place + 1)
        axes.plot(numbers, [one[name] for one in epochs], label="training", color="#5b6770")
        axes.plot(numbers, [one[f"validation_{name}"] for one in epochs], label="validation", color="#b3402e")
        axes.axvline(best, color="#9aa3a9", linewidth=0.8, linestyle=":")
        axes.set_title(name.capitalize(), loc="left")
        axes.set_xlabel(f"epoch ({best} chosen)")
        axes.legend(frameon=False)
    return figure


def confusion(counts: NDArray[np.int64], classes: Sequence[str]) -> Figure:
    """Rows are what pictures are, columns what they were taken for; shaded by the share of the row."""
    side = max(4.0, 0.42 * len(classes) + 2)
    figure = _figure(side + 0.6, side)
    axes = figure.add_subplot()
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=1)
    for row, column in zip(*np.nonzero(counts), strict=True):
        light = shares[row, column] > 0.5
        words = str(counts[row, column])
        axes.text(column, row, words, ha="center", va="center", fontsize=7, color="white" if light else "black")
    axes.set_xticks(range(len(classes)), classes, rotation=90)
    axes.set_yticks(range(len(classes)), classes)
    axes.set_xlabel("taken for")
    axes.set_ylabel("is")
    return figure


def sheet(
    title: str,
    pictures: NDArray[np.float32],
    predicted: Rows,
    wanted: Rows,
    sure: NDArray[np.float32],
    classes: Sequence[str],
) -> Figure:
    """Up to 25 pictures (n, h, w, c) in [0, 1]: ✓ with the class, or ✗ with what it was taken for, and how surely."""
    figure = _figure(7.5, 8.4)
    figure.suptitle(title, fontsize=11)
    for place in range(min(SIDE * SIDE, len(pictures))):
        axes = figure.add_subplot(SIDE, SIDE, place + 1)
        axes.imshow(np.squeeze(pictures[place]), cmap="gray", vmin=0, vmax=1)
        axes.set_axis_off()
        is_right = predicted[place] == wanted[place]
        named = classes[wanted[place]] if is_right else f"{classes[wanted[place]]} → {classes[predicted[place]]}"
        words = f"{'✓' if is_right else '✗'} {named}\n{sure[place]:.0%}"
        axes.set_title(words, fontsize=7, color=RIGHT if is_right else WRONG)
    return figure


def save(figure: Figure, path: Path) -> None:
    """As the ending of its name says, PNG or SVG; the same figure gives the same bytes."""
    dated = {"Date": None} if path.suffix == ".svg" else {}
    figure.savefig(path, dpi=130, metadata=dated)


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure as NewFigure

    return NewFigure(figsize=(width, height), layout="constrained")
