"""`manage.py recommend --interactions CSV --algorithm NAME --k N --out CSV`: a list for every user of a file."""

from __future__ import annotations

import csv
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from django.core.management.base import BaseCommand

from recommender.engine.registry import ALGORITHMS
from recommender.evaluation import Plan, file_dataset, recommendations
from recommender.evaluation.output import check_writable, written
from recommender.evaluation.reading import COLUMNS as LOG
from recommender.evaluation.recommending import Line
from recommender.management import evaluating

COLUMNS = ("user", "item", "rank", "score")


class Writable(Protocol):
    def write(self, text: str, /) -> Any: ...


class Command(BaseCommand):
    help = "Learn from a file of interactions and write the best items for every user of it, without what they rated."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interactions", metavar="CSV", type=Path, required=True, help=",".join(LOG))
        parser.add_argument("--algorithm", metavar="NAME", required=True, help=", ".join(sorted(ALGORITHMS)))
        parser.add_argument("--k", type=int, default=20, help="items for each user [20]")
        parser.add_argument("--out", metavar="CSV", required=True, help="user,item,rank,score; - for the terminal")
        parser.add_argument("--positive-from", type=float, default=4.0, help="the lowest rating that is a like [4]")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--quiet", action="store_true", help="no bar")
        evaluating.add_features(parser)

    def handle(self, *, interactions: Path, algorithm: str, k: int, out: str, **options: Any) -> None:
        with evaluating.usable(), evaluating.bar("user", quiet=options["quiet"]) as progress:
            plan = Plan(
                algorithms=[algorithm],
                settings=evaluating.settings_from(options["set"]),
                k=[k],
                seed=options["seed"],
                positive_from=options["positive_from"],
            )
            if out != "-":
                check_writable(Path(out))
            features = evaluating.features_from(npz=options["features"], images=options["images"])
            data = file_dataset(interactions=interactions, features=features)
            self._write(out, recommendations(data, algorithm=algorithm, plan=plan, progress=progress))

    def _write(self, out: str, lines: Iterable[Line]) -> None:
        if out != "-":
            with written(Path(out)) as file:
                write(file, lines)
            return
        try:
            write(self.stdout, lines)
        except BrokenPipeError:
            # Whoever read has read enough; nothing more can be said there, not even at the end of the process.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(file: Writable, lines: Iterable[Line]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((user, item, rank, f"{score:.9g}") for user, item, rank, score in lines)
