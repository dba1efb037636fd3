"""`manage.py evaluate`: which algorithm works on the site's own data, or on files, and how sure that is."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any, cast, get_args

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommender.engine.registry import ALGORITHMS
from recommender.engine.splits import Kind
from recommender.evaluation import Dataset, Plan, Unusable, evaluate, file_dataset, plots, site_dataset
from recommender.evaluation.output import check_writable, written
from recommender.evaluation.table import table
from recommender.management import evaluating


class Command(BaseCommand):
    help = "Measure every algorithm on held-out likes: of this site, or of files."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        data = parser.add_argument_group("data; without any of them the site's own")
        data.add_argument("--interactions", metavar="CSV", type=Path, help="user,item,rating,timestamp")
        data.add_argument("--train", metavar="CSV", type=Path, help="with --split given")
        data.add_argument("--test", metavar="CSV", type=Path, help="with --split given")
        data.add_argument("--negatives", metavar="CSV", type=Path, help="user,item: rank each test part beside these")
        evaluating.add_features(parser)
        protocol = parser.add_argument_group("protocol")
        protocol.add_argument("--split", choices=get_args(Kind), help="[per-user-time; given with --train and --test]")
        protocol.add_argument("--positive-from", type=float, default=4.0, help="the lowest rating that is a like [4]")
        protocol.add_argument("--exclude-rated", action="store_true", help="list nothing that was rated low either")
        protocol.add_argument("--cold-items", metavar="SHARE", type=float, default=0.0, help="pictures without a past")
        protocol.add_argument("--sampled", metavar="N", type=int, default=0, help="rank beside N never rated, too")
        protocol.add_argument("--k", type=whole_numbers, default=[10, 20], metavar="10,20", help="lengths of lists")
        protocol.add_argument("--algorithms", type=names, metavar="a,b|all", help=", ".join(sorted(ALGORITHMS)))
        protocol.add_argument("--tune", action="store_true", help="choose settings on the validation part first")
        protocol.add_argument("--seed", type=int, default=0)
        protocol.add_argument("--seeds", type=int, default=1, help="runs of what draws at random; the median counts")
        protocol.add_argument("--threads", type=int, default=1, help="of each fit [1]")
        parser.add_argument("--json", metavar="OUT", help="write the whole result; - for the terminal")
        parser.add_argument("--plots", metavar="DIR", type=Path, help="draw bars, curves and a scatter as SVG")
        parser.add_argument("--quiet", action="store_true", help="no bar")

    def handle(self, **options: Any) -> None:
        with evaluating.usable():
            plan = plan_from(options)
            check_outputs(options["json"], options["plots"])
            dataset = dataset_from(options, plan)
            with evaluating.bar("algorithm", quiet=options["quiet"]) as progress:
                result = evaluate(dataset, plan=plan, progress=progress)
            self._write(result, json_to=options["json"], plots_to=options["plots"])
        if all(run["unable"] for run in result["algorithms"]):
            raise CommandError("None of the algorithms ran.", returncode=1)

    def _write(self, result: dict[str, Any], *, json_to: str | None, plots_to: Path | None) -> None:
        if plots_to is not None:
            for path in plots.draw(result, plots_to):
                self.stderr.write(str(path))
        if json_to == "-":
            self.stdout.write(json.dumps(result))
            return
        if json_to is not None:
            with written(Path(json_to)) as file:
                json.dump(result, file, indent=1, allow_nan=False)
        self.stdout.write(table(result))


def plan_from(options: dict[str, Any]) -> Plan:
    """Raises Unusable."""
    parts = options["train"] is not None or options["test"] is not None
    split = options["split"] or ("given" if parts else "per-user-time")
    if parts != (split == "given"):
        raise Unusable("--train and --test belong to --split given, and it needs both.")
    if options["negatives"] is not None and not parts:
        raise Unusable("--negatives belongs to --split given; --sampled N draws them for other splits.")
    return Plan(
        split=cast(Kind, split),
        k=options["k"],
        algorithms=options["algorithms"],
        settings=evaluating.settings_from(options["set"]),
        seed=options["seed"],
        seeds=options["seeds"],
        positive_from=options["positive_from"],
        exclude_rated=options["exclude_rated"],
        cold_items=options["cold_items"],
        sampled=options["sampled"],
        tune=options["tune"],
        threads=options["threads"],
        command=["manage.py", *sys.argv[1:]],
    )


def dataset_from(options: dict[str, Any], plan: Plan) -> Dataset:
    """Raises Unusable."""
    files = {name: options[name] for name in ("interactions", "train", "test", "negatives")}
    looks = {"npz": options["features"], "images": options["images"]}
    if plan.split != "given" and files["interactions"] is None:
        if any(looks.values()):
            raise Unusable("--features and --images describe the items of --interactions; the site has its own.")
        return site_dataset(timezone.now())
    if plan.split == "given" and (None in (files["train"], files["test"]) or files["interactions"] is not None):
        raise Unusable("--split given reads --train and --test, both of them, and no --interactions.")
    return file_dataset(**files, features=evaluating.features_from(**looks))


def check_outputs(json_to: str | None, plots_to: Path | None) -> None:
    """Before hours of work. Raises Unusable."""
    if json_to not in (None, "-"):
        check_writable(Path(json_to))
    if plots_to is not None:
        if plots_to.exists() and not plots_to.is_dir():
            raise Unusable(f"{plots_to} is not a folder.")
        if not plots_to.parent.is_dir():
            raise Unusable(f"{plots_to.parent} is not a folder.")


def whole_numbers(text: str) -> list[int]:
    try:
        return list(dict.fromkeys(int(part) for part in text.split(",")))
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no list of whole numbers") from error


def names(text: str) -> list[str] | None:
    """None for all."""
    return None if text == "all" else [part.strip() for part in text.split(",") if part.strip()]
