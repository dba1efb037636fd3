"""`manage.py train_classifier --data …`: teach a small network to tell pictures apart, or learn the site's categories.

A process of its own: TensorFlow's memory ends with it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from recommender import rebuild, store
from recommender.engine.model import Fit, Watch
from recommender.engine.networks.classifier import Recipe, Trained, confusion, of_each_class, train_classifier
from recommender.engine.networks.labelled import LARGEST, SMALLEST, Labelled, Unusable, read_npz
from recommender.engine.networks.training import fingerprint_of
from recommender.engine.vision.model_file import EyesError
from recommender.management import sheets
from recommender.management.classes import read_classes
from recommender.rebuild import adaptation
from recommender.rebuild.classifier import Learned, learn_categories

CATALOGUE = "catalog"
LIBRARIES = ("tensorflow", "keras", "numpy", "scikit-learn", "matplotlib")
MOST_EPOCHS = 500


class Command(BaseCommand):
    help = "Teach a small network to tell pictures apart; or, with --data catalog, learn the site's own categories."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data",
            required=True,
            metavar="NPZ|DIR|catalog",
            help="x_train y_train x_test y_test; a folder with a folder a class; or the site's categorised pictures",
        )
        parser.add_argument("--epochs", type=_between(1, MOST_EPOCHS), default=Recipe().epochs, help="at most [32]")
        parser.add_argument("--seed", type=_between(0, 2**32 - 1), default=0)
        parser.add_argument("--out", metavar="DIR", type=Path, help="where to write [var/classifier/NAME]")
        parser.add_argument(
            "--side", type=_between(SMALLEST, LARGEST), default=32, help="pixels, of a folder's pictures"
        )
        parser.add_argument(
            "--flips", choices=("auto", "yes", "no"), default="auto", help="mirror: yes for colour [auto]"
        )
        parser.add_argument("--adapt", action="store_true", help="with catalog: an adapted index, too, as a candidate")
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, *, data: str, out: Path | None, **options: Any) -> None:
        started = time.monotonic()
        try:
            folder = _folder(out or settings.VAR / "classifier" / Path(data).stem)
            made = _catalogue(folder, options) if data == CATALOGUE else _network(Path(data), folder, options)
        except (Unusable, adaptation.TooFew, EyesError) as error:
            raise CommandError(str(error), returncode=2) from error
        except store.Busy as busy:
            raise CommandError(f"{busy}; try again later.", returncode=1) from busy
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped; the same command goes on from here.", returncode=130) from stop
        report = {"command": sys.argv, "data": data, "seed": options["seed"], "versions": _versions(), **made}
        report |= {"seconds": round(time.monotonic() - started, 1), "out": str(folder)}
        (folder / "report.json").write_text(json.dumps(report, indent=1, allow_nan=False))
        self.stdout.write(json.dumps(report) if options["json"] else _words(report))


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    def number(word: str) -> int:
        if not word.isdecimal() or not lowest <= int(word) <= highest:
            raise ArgumentTypeError(f"{word} is no whole number from {lowest} to {highest}")
        return int(word)

    return number


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"{path} cannot be written to: {error.strerror}.") from error
    if not os.access(path, os.W_OK):
        raise Unusable(f"Nothing may be written in {path}.")
    return path


def _network(path: Path, folder: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    data, refused = _read(path, options)
    flips = data.in_colour if options["flips"] == "auto" else options["flips"] == "yes"
    recipe = Recipe(epochs=options["epochs"], flips=flips)
    with tqdm(total=recipe.epochs, unit="epoch", file=sys.stderr) as progress:
        fit = Fit(options["seed"], _told(progress), folder / "checkpoint", len(os.sched_getaffinity(0)))
        trained = train_classifier(data, recipe, fit)
    shutil.rmtree(folder / "checkpoint", ignore_errors=True)
    _draw(data, trained, folder, seed=options["seed"])
    trained.network.save(folder / "classifier.keras")
    predicted = trained.probabilities.argmax(axis=1)
    return {
        "sha256": fingerprint_of(data.x_train, data.y_train, data.x_test, data.y_test),
        "pictures": {"training": len(data.x_train), "test": len(data.x_test)},
        "flips": flips,
        "epochs": trained.epochs,
        "chosen_epoch": trained.best_epoch,
        "refused": refused,
        **_figures(confusion(predicted, data.y_test, len(data.classes)), data.classes),
    }


def _read(path: Path, options: Mapping[str, Any]) -> tuple[Labelled, list[tuple[str, str]]]:
    if path.is_dir():
        return read_classes(path, side=options["side"], seed=options["seed"])
    if path.is_file():
        return read_npz(path), []
    raise Unusable(f"There is no file or folder {path}.")


def _told(progress: Any) -> Watch:
    def tell(epoch: int, values: Mapping[str, float]) -> None:
        progress.update(epoch - progress.n)
        progress.set_postfix_str(
            f"validation: loss {values['validation_loss']:.3f}, {values['validation_accuracy']:.1%}"
        )

    return tell


def _draw(data: Labelled, trained: Trained, folder: Path, *, seed: int) -> None:
    predicted, sure = trained.probabilities.argmax(axis=1), trained.probabilities.max(axis=1)
    any_rows = np.random.default_rng(seed).permutation(len(data.y_test))[: sheets.SIDE**2]
    wrong = np.flatnonzero(predicted != data.y_test)
    wrong = wrong[np.argsort(-sure[wrong], kind="stable")][: sheets.SIDE**2]
    figures = {
        "curves": sheets.curves(trained.epochs, trained.best_epoch),
        "confusion": sheets.confusion(confusion(predicted, data.y_test, len(data.classes)), data.classes),
    }
    for name, title, rows in (
        ("predictions", "Test pictures, drawn at random", any_rows),
        ("mistakes", "Mistakes, the surest first", wrong),
    ):
        figures[name] = sheets.sheet(
            title, data.x_test[rows], predicted[rows], data.y_test[rows], sure[rows], data.classes
        )
    for name, figure in figures.items():
        sheets.save(figure, folder / f"{name}.png")
        sheets.save(figure, folder / f"{name}.svg")


def _catalogue(folder: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    key, now, seed = rebuild.model_key(), timezone.now(), options["seed"]
    learned = learn_categories(key=key, now=now, seed=seed)
    for ending in ("png", "svg"):
        figure = sheets.confusion(learned.measured.confusion, learned.categories)
        sheets.save(figure, folder / f"confusion.{ending}")
    made = _of_categories(learned) | {"model_key": key}
    if options["adapt"]:
        release = adaptation.train(key=key, now=now, seed=seed)
        made["adapted"] = {"version": release.version, "model_key": release.model_key, **release.card}
    return made


def _of_categories(learned: Learned) -> dict[str, Any]:
    return {
        "sha256": learned.digest,
        "pictures": {"categorised": learned.pictures, "test": learned.measured.pictures},
        "uncategorised": learned.uncategorised,
        "proposed": learned.proposed,
        "calibration_error": learned.measured.calibration_error,
        **_figures(learned.measured.confusion, learned.categories),
    }


def _figures(counts: Any, classes: tuple[str, ...]) -> dict[str, Any]:
    precision, recall = of_each_class(counts)
    return {
        "accuracy": float(np.trace(counts) / counts.sum()),
        "majority": float(counts.sum(axis=1).max() / counts.sum()),
        "classes": [
            {"name": name, "pictures": int(row.sum()), "precision": float(right), "recall": float(found)}
            for name, row, right, found in zip(classes, counts, precision, recall, strict=True)
        ],
        "confusion": counts.tolist(),
    }


def _versions() -> dict[str, str]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return {"python": python, **{name: version(name) for name in LIBRARIES}}


def _words(report: Mapping[str, Any]) -> str:
    lines = [
        f"{report['accuracy']:.1%} of {report['pictures']['test']} test pictures told rightly "
        f"(always the largest class: {report['majority']:.1%}); {report['seconds']} s, seed {report['seed']}"
    ]
    if "proposed" in report:
        lines.append(f"{report['proposed']} of {report['uncategorised']} pictures without a category were proposed one")
    if adapted := report.get("adapted"):
        lines.append(f"adapted index, version {adapted['version']}: " + (" ".join(adapted["objections"]) or "better."))
    lines += [f"refused {os.fsencode(path).decode(errors='replace')}: {why}" for path, why in report.get("refused", [])]
    return "\n".join([*lines, f"see {report['out']}"])
