"""A result drawn: accuracy with intervals, precision against recall, coverage against accuracy, learning curves.

Every drawing is made of the result's own numbers. SVG, without the moment it was drawn at: the same result gives the
same file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.evaluation.output import written

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Result = Mapping[str, Any]

INK, QUIET, HAIRLINE, PAPER = "#22211f", "#8b8780", "#e4e1db", "#fdfcfa"
ACCENT = "#b4552d"
COLOURS = ("#b4552d", "#2f6f8f", "#5d7f3a", "#8a5a9b", "#c29a2e", "#3f8f80")
"""Of the best algorithms; all others are drawn in grey."""
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "visrec",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": HAIRLINE,
    "axes.facecolor": PAPER,
    "figure.facecolor": PAPER,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": HAIRLINE,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
}


def draw(result: Result, folder: Path) -> list[Path]:
    """Write the drawings that this result has numbers for into the folder, which is made if need be."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, drawing in drawings(result).items():
        paths.append(folder / f"{name}.svg")
        with written(paths[-1]) as file:
            file.write(drawing)
    return paths


def drawings(result: Result) -> dict[str, str]:
    """The drawings as SVG by name: accuracy, precision_recall, coverage, training."""
    import matplotlib as mpl

    ran = sorted(
        (run for run in result["algorithms"] if run["unable"] is None),
        key=lambda run: -run["metrics"][_primary(result)]["mean"],
    )
    found = {}
    with mpl.rc_context(STYLE):
        for name, drawer in DRAWERS.items():
            figure = drawer(result, ran) if ran else None
            if figure is not None:
                found[name] = _svg(figure)
    return found


def _primary(result: Result) -> str:
    return f"ndcg@{result['k'][0]}"


def _axes(title: str, *, height: float = 4.2) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure as NewFigure

    figure = NewFigure(figsize=(7.2, height), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=11, pad=12)
    axes.tick_params(length=0)
    return figure, axes


def _svg(figure: Figure) -> str:
    import io

    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _colour(place: int) -> str:
    return COLOURS[place] if place < len(COLOURS) else QUIET


def _accuracy(result: Result, ran: list[Any]) -> Figure:
    k, metric = result["k"][0], _primary(result)
    figure, axes = _axes(
        f"nDCG@{k}, with 95 % intervals over {result['split']['people_tested']} people", height=1.2 + 0.3 * len(ran)
    )
    recommended = (result["recommended"] or {}).get("name")
    for place, run in enumerate(reversed(ran)):
        numbers = run["metrics"][metric]
        colour = ACCENT if run["name"] == recommended else QUIET
        axes.barh(place, numbers["mean"], height=0.62, color=colour, alpha=0.85)
        axes.plot([numbers["low"], numbers["high"]], [place, place], color=INK, linewidth=1.1, solid_capstyle="butt")
        axes.text(numbers["high"], place, f"  {numbers['mean']:.3f}", va="center", fontsize=8)
    axes.set_yticks(range(len(ran)), [run["name"] for run in reversed(ran)], color=INK)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.12)
    axes.set_xlim(left=0)
    return figure


def _precision_recall(_result: Result, ran: list[Any]) -> Figure:
    longest = max(len(run["precision_recall"]) for run in ran)
    figure, axes = _axes(f"Precision and recall of lists of 1 to {longest}")
    for place, run in reversed(list(enumerate(ran))):
        curve = run["precision_recall"]
        axes.plot(
            [point["recall"] for point in curve],
            [point["precision"] for point in curve],
            color=_colour(place),
            linewidth=1.8 if place < len(COLOURS) else 0.8,
            marker="o",
            markersize=2.4,
            label=run["name"],
        )
    axes.set(xlabel="recall", ylabel="precision")
    axes.set_ylim(bottom=0)
    axes.set_xlim(left=0)
    _legend(axes)
    return figure


def _coverage(result: Result, ran: list[Any]) -> Figure:
    k = result["k"][0]
    figure, axes = _axes("Coverage of the catalogue against accuracy")
    for place, run in enumerate(ran):
        coverage, accuracy = (run["metrics"][f"{name}@{k}"]["mean"] for name in ("coverage", "ndcg"))
        axes.scatter(coverage, accuracy, s=42, color=_colour(place), edgecolor=PAPER, linewidth=0.8, zorder=3)
        axes.annotate(
            run["name"],
            (coverage, accuracy),
            xytext=(6, 4),
            textcoords="offset points",
            fontsize=8,
            color=_colour(place),
        )
    axes.set(xlabel=f"share of the pictures in anybody's first {k}", ylabel=f"nDCG@{k}")
    axes.margins(0.12)
    axes.set_ylim(bottom=0)
    axes.set_xlim(left=0)
    return figure


def _training(_result: Result, ran: list[Any]) -> Figure | None:
    from matplotlib.ticker import MaxNLocator

    learned = [(place, run) for place, run in enumerate(ran) if len(run["epochs"]) > 1]
    if not learned:
        return None
    figure, axes = _axes("Loss while learning, as a share of the first epoch's")
    for place, run in learned:
        _curve(axes, run, "loss", colour=_colour(place), style="-")
        _curve(axes, run, "validation_loss", colour=_colour(place), style=":")
    axes.set(xlabel="epoch", ylabel="loss / first loss (dotted: validation)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    _legend(axes)
    return figure


def _curve(axes: Axes, run: Mapping[str, Any], name: str, *, colour: str, style: str) -> None:
    points = [(epoch["epoch"], epoch[name]) for epoch in run["epochs"] if epoch.get(name) is not None]
    if not points:
        return
    # Losses of different algorithms have different units; what can be compared is how they fall.
    first = abs(points[0][1]) or 1.0
    label = run["name"] if name == "loss" else None
    axes.plot([at for at, _ in points], [value / first for _, value in points], style, color=colour, label=label)


def _legend(axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    if labels:
        axes.legend(handles[::-1], labels[::-1], loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8)


DRAWERS: dict[str, Callable[[Result, list[Any]], Figure | None]] = {
    "accuracy": _accuracy,
    "precision_recall": _precision_recall,
    "coverage": _coverage,
    "training": _training,
}
