"""Reading logs of reactions: CSV with a header, a line at a time; what is wrong is said with its line."""

from __future__ import annotations

import csv
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from recommender.engine.arrays import Rows, Times, Weights
from recommender.evaluation.plan import Unusable

LONGEST_LINE = 100_000
"""Bytes; whatever has longer lines is no log of reactions."""
COLUMNS = ("user", "item", "rating", "timestamp")


@dataclass
class Names:
    """Texts in the order they were first met, each with its number."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def ordered(self) -> tuple[tuple[str, ...], Rows]:
        """The texts in ascending order, as numbers if all are whole numbers; and the place of each number in it."""
        texts = sorted(self.numbers, key=_by_number if all(map(_is_whole, self.numbers)) else None)
        places = np.empty(len(texts), np.int64)
        places[[self.numbers[text] for text in texts]] = np.arange(len(texts))
        return tuple(texts), places


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    # int() of thousands of digits is slow, and refused from 4,300 on; those are names.
    return digits.isascii() and digits.isdecimal() and len(digits) <= 30


def _by_number(text: str) -> tuple[int, str]:
    return int(text), text


@dataclass(frozen=True, eq=False)
class Log:
    """The columns of a file; users and items as numbers of their `Names`."""

    users: Rows
    items: Rows
    ratings: Weights
    times: Times


def read_log(path: Path, *, users: Names, items: Names, needed: Sequence[str] = COLUMNS) -> Log:
    """Read a log; of `COLUMNS` those not needed may be missing: the rating is then 1 and the time the line.

    Raises Unusable, in one sentence with the line, for a file that cannot be read, is not UTF-8, lacks a column, has
    no rows, an empty name, or a rating or time that is not a finite number.
    """
    who, what, ratings, times = array("q"), array("q"), array("d"), array("d")
    rows = _rows(path)
    at = _columns(path, next(rows, (0, []))[1], needed)
    for line, row in rows:
        try:
            who.append(users.number(_name(row, at["user"])))
            what.append(items.number(_name(row, at["item"])))
            ratings.append(_number(row, at["rating"], 1.0))
            times.append(_number(row, at["timestamp"], float(line)))
        except ValueError as error:
            raise Unusable(f"{path.name}, line {line}: {error}.") from error
    if not who:
        raise Unusable(f"{path.name} has no rows.")
    return Log(np.frombuffer(who, np.int64), np.frombuffer(what, np.int64), np.array(ratings), np.array(times))


def _columns(path: Path, header: list[str], needed: Sequence[str]) -> dict[str, int | None]:
    names = [name.strip().lower() for name in header]
    if missing := [name for name in needed if name not in names]:
        raise Unusable(
            f"{path.name} lacks the column {', '.join(missing)}; its first line has to name {','.join(needed)}."
        )
    if twice := [name for name in COLUMNS if names.count(name) > 1]:
        raise Unusable(f"{path.name} has the column {', '.join(twice)} twice.")
    return {name: names.index(name) if name in names else None for name in COLUMNS}


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it ends on; empty lines are passed over."""
    try:
        with path.open("rb") as file:
            reader = csv.reader(_lines(path, file), strict=True)
            try:
                for row in reader:
                    if row:
                        yield reader.line_num, row
            except csv.Error as error:
                raise Unusable(f"{path.name}, line {reader.line_num}: {error}.") from error
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from error


def _lines(path: Path, file: object) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST_LINE):  # type: ignore[attr-defined]
        number += 1
        if len(line) == LONGEST_LINE:
            raise Unusable(f"{path.name}, line {number}: this is no line of a table, it is too long.")
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise Unusable(f"{path.name}, line {number}: this is not UTF-8.") from error
        if "\0" in text:
            raise Unusable(f"{path.name}, line {number}: this is not text.")
        yield text


def _name(row: list[str], at: int | None) -> str:
    text = _cell(row, at).strip()
    if not text:
        raise ValueError("the name of a user or item is empty")
    return text


def _number(row: list[str], at: int | None, missing: float) -> float:
    if at is None:
        return missing
    text = _cell(row, at)
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in text:
        raise ValueError(f"{text[:40]!r} is not a finite number")
    return value


def _cell(row: list[str], at: int | None) -> str:
    if at is None or at >= len(row):
        raise ValueError("there are fewer columns than in the first line")
    return row[at]
