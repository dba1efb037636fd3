"""Results on the terminal: small tables, and whether a figure keeps its target."""

import json
from collections.abc import Sequence


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table with its columns aligned; numbers of any kind to the right."""
    cells = [[text(value) for value in row] for row in rows]
    widths = [max(len(row[at]) for row in [list(columns), *cells]) for at in range(len(columns))]
    numeric = [all(isinstance(row[at], int | float) for row in rows) for at in range(len(columns))]
    print(f"\n{title}")
    for row in [list(columns), ["─" * width for width in widths], *cells]:
        print("  " + "  ".join(_padded(*each) for each in zip(row, widths, numeric, strict=True)).rstrip())


def verdict(name: str, value: float, *, at_most: float | None = None, at_least: float | None = None) -> bool:
    """Print whether the figure keeps its target, and return it."""
    kept = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    wanted = f"≤ {text(at_most)}" if at_most is not None else f"≥ {text(at_least)}"
    print(f"  {'✓' if kept else '✗'} {name}: {text(value)} (wanted {wanted})")
    return kept


def as_json(result: object) -> None:
    print(json.dumps(result))


def text(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) and abs(value) < 1000 else str(value)


def _padded(cell: str, width: int, to_the_right: bool) -> str:
    return cell.rjust(width) if to_the_right else cell.ljust(width)
