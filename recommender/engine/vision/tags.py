"""Name: class probabilities → a few words, as exact as the network is sure.

The words form trees (golden retriever → retriever → dog → mammal → animal) after the hypernyms of WordNet 3.0, pruned
to everyday words and one parent each; they lie in tree.tsv, a parent before its children. Its columns: slug, name,
the parent's slug (empty for a root), and the ImageNet classes that the word itself stands for.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from recommender.engine.vision.embedder import CLASSES

TREE = Path(__file__).with_name("tree.tsv")
LEAST_CONFIDENCE = 0.25
# A quarter of all classes lie above the level that the network gives to what it does not see.
SHRUG_QUANTILE = 0.75
# A word is right with a probability whose log odds are those of its confidence, weighted, less the unrest, plus a base:
# fitted on one half of product photos, photographs and clip art with known subjects (docs/search.md).
TRUST = 0.65
ODDS_WEIGHT, UNREST_WEIGHT, BASE = 0.668, 4.226, 9.639
LOW_QUANTILE, NOTHING = 0.1, 1e-9


class Word(NamedTuple):
    slug: str
    name: str


class Tag(NamedTuple):
    """A word for a picture. confidence: the probability, in [0, 1], of the word and all below it."""

    slug: str
    name: str
    confidence: float


@dataclass(frozen=True)
class _Tree:
    """The words in file order, parents first.

    parents: the row of each word's parent, -1 for a root.  class_rows: (1000,) the row of each class's own word.
    sizes: (words,) how many classes lie at or below a word.  gathers: (words,) whether a word has words below it.
    """

    words: tuple[Word, ...]
    rows: dict[str, int]
    parents: tuple[int, ...]
    class_rows: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.float64]
    gathers: npt.NDArray[np.bool_]


def name(probabilities: npt.NDArray[np.float32], *, least: float = LEAST_CONFIDENCE, trust: float = TRUST) -> list[Tag]:
    """Give the most exact words whose probability is at least `least`, the surest first, equal ones in tree order.

    probabilities: (1000,) in ImageNet's order, sum 1. More than `least` is asked where the network sees what it does
    not know, such as drawings (see `enough`). A word is left out when a word below it is given. A word that
    gathers others counts only what its classes have above the network's shrug, so that a picture of nothing known is
    not an animal because two classes in five are animals. At most 1 / least tags, none for an unknown picture.
    """
    tree, least = _tree(), max(least, enough(probabilities, trust))
    confidences = _sums_up(tree.class_rows, tree.parents, weights=probabilities)
    shrug = np.quantile(probabilities, SHRUG_QUANTILE)
    passing = np.flatnonzero(confidences - shrug * tree.sizes * tree.gathers >= least).tolist()
    covered = {above for row in passing for above in _rows_above(tree, row)}
    exact = sorted(set(passing) - covered, key=lambda row: (-confidences[row], row))
    return [Tag(*tree.words[row], confidence=min(float(confidences[row]), 1.0)) for row in exact]


def enough(probabilities: npt.NDArray[np.floating[Any]], trust: float = TRUST) -> float:
    """The confidence from which a word is right with the probability `trust`; both in (0, 1).

    A network that is sure of what it sees is unsure of nothing else: what is out of the question lies close together.
    Shown what it has not learned, such as a drawing, it grows restless there, and its confidence means less. unrest:
    ln of the 75 % over the 10 % quantile.
    """
    low, high = np.quantile(probabilities, (LOW_QUANTILE, SHRUG_QUANTILE)) + NOTHING
    unrest = float(np.log(high / low))
    odds = (math.log(trust / (1 - trust)) + UNREST_WEIGHT * unrest - BASE) / ODDS_WEIGHT
    return 1 / (1 + math.exp(-min(odds, 30.0)))


def _sums_up(
    class_rows: npt.NDArray[np.int64], parents: tuple[int, ...], *, weights: npt.NDArray[np.floating[Any]]
) -> npt.NDArray[np.float64]:
    """Sum the weights of the classes at and below each word."""
    sums: npt.NDArray[np.float64] = np.bincount(class_rows, weights=weights, minlength=len(parents)).astype(np.float64)
    for row in range(len(parents) - 1, -1, -1):
        if parents[row] >= 0:
            sums[parents[row]] += sums[row]
    return sums


def wider(slug: str) -> tuple[Word, ...]:
    """Give the words above a word, nearest first: retriever, dog, mammal, animal. None for a root or a foreign word."""
    tree = _tree()
    if slug not in tree.rows:
        return ()
    return tuple(tree.words[row] for row in _rows_above(tree, tree.rows[slug]))


def words() -> tuple[Word, ...]:
    """All of them, in the order of the file."""
    return _tree().words


def class_words() -> tuple[Word, ...]:
    """The words of the thousand classes themselves, in ImageNet's order."""
    tree = _tree()
    return tuple(tree.words[row] for row in tree.class_rows.tolist())


def _rows_above(tree: _Tree, row: int) -> Iterator[int]:
    while (row := tree.parents[row]) >= 0:
        yield row


@cache
def _tree() -> _Tree:
    with TREE.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    rows = {line["slug"]: row for row, line in enumerate(lines)}
    parents = tuple(rows[line["parent"]] if line["parent"] else -1 for line in lines)
    row_of = {int(number): row for row, line in enumerate(lines) for number in line["classes"].split(",") if number}
    class_rows = np.array([row_of[number] for number in range(CLASSES)])
    return _Tree(
        words=tuple(Word(line["slug"], line["name"]) for line in lines),
        rows=rows,
        parents=parents,
        class_rows=class_rows,
        sizes=_sums_up(class_rows, parents, weights=np.ones(CLASSES)),
        gathers=np.isin(np.arange(len(lines)), parents),
    )
