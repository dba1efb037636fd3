"""A result as a small table on the terminal."""

from __future__ import annotations

from typing import Any

SHOWN = ("ndcg", "recall", "hit_rate", "coverage", "distance", "novelty")


def table(result: dict[str, Any]) -> str:
    """One line an algorithm, the best first; then what could not run, and the recommendation in words."""
    k = result["k"][0]
    ran = [run for run in result["algorithms"] if run["unable"] is None]
    ran.sort(key=lambda run: -run["metrics"][f"ndcg@{k}"]["mean"])
    columns = [f"{name}@{k}" for name in SHOWN if any(f"{name}@{k}" in run["metrics"] for run in ran)]
    if any("rmse" in run["metrics"] for run in ran):
        columns.append("rmse")
    rows = [["algorithm", *columns, "interval", "fit s", "MB"], *(_row(run, columns, k) for run in ran)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ["  ".join(_padded(row, widths)).rstrip() for row in rows]
    lines += [f"{run['name']}: {run['unable']}" for run in result["algorithms"] if run["unable"] is not None]
    tested, data = result["split"]["people_tested"], result["data"]
    sizes = ", ".join(f"{data[name]} {name}" for name in ("people", "pictures", "reactions"))
    sentence = result["recommended"]["sentence"] if result["recommended"] else "Nothing could be measured."
    return "\n".join([f"{sizes}; {tested} people tested", *lines, sentence])


def _row(run: dict[str, Any], columns: list[str], k: int) -> list[str]:
    figures = run["metrics"]
    first = figures[f"ndcg@{k}"]
    numbers = [_number(figures.get(column, {}).get("mean")) for column in columns]
    interval = f"{_number(first['low'])}–{_number(first['high'])}"
    return [run["name"], *numbers, interval, f"{run['seconds']['fit']:.1f}", f"{run['peak_mb']:.0f}"]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _padded(row: list[str], widths: list[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
