"""`manage.py embed DIR --out F.npz`: the features of every picture under a folder, without the database."""

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recommender.engine.vision.embedder import FEATURES, Embedder, Floats, find_model_file
from recommender.engine.vision.model_file import EyesError
from recommender.management.folders import Refusal, pictures_in


class Command(BaseCommand):
    help = "Embed every picture under DIR and write paths, features and refused files to an .npz file."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--out", metavar="F.npz", type=Path, required=True)
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, *, folder: Path, out: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder", returncode=2)
        if not out.parent.is_dir():
            raise CommandError(f"{out.parent} is not a folder, so {out.name} cannot be written there", returncode=2)
        started = time.monotonic()
        try:
            embedder = Embedder(settings.EYES_FILE or find_model_file(settings.VAR / "eyes"))
            model_key = embedder.model_key
        except EyesError as error:
            raise CommandError(f"{error} (manage.py build_eyes)", returncode=2) from error
        paths, features, refused = embed_folder(embedder, folder, besides=out)
        write_features(out, paths=paths, features=features, refused=refused)
        report = {
            "out": str(out),
            "model_key": model_key,
            "paths": paths,
            "refused": refused,
            "seconds": round(time.monotonic() - started, 2),
        }
        self._print(report, as_json=options["json"])
        if refused:
            raise CommandError(f"refused {len(refused)} of {len(paths) + len(refused)} files", returncode=1)

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report))
            return
        self.stdout.write(f"{report['out']}: {len(report['paths'])} pictures in {report['seconds']} s")
        for path, reason in report["refused"]:
            self.stdout.write(f"refused {_printable(path)}: {reason}")


def embed_folder(
    embedder: Embedder, folder: Path, *, besides: Path | None = None
) -> tuple[list[str], Floats, list[Refusal]]:
    """Embed the files under `folder`, hidden ones left out, in the order of their relative paths.

    besides: one more file to leave out: where the answer goes, should that be in the folder too.
    Returns the embedded paths (n), their features (n, 1280) float32, and the refused paths with reasons.
    """
    paths: list[str] = []
    features: list[Floats] = []
    refused: list[Refusal] = []
    for path, pixels in pictures_in(folder, doing="embedding", refused=refused, besides=besides):
        paths.append(path)
        features.append(embedder.embed(pixels).features)
    return paths, np.stack(features) if features else np.zeros((0, FEATURES), np.float32), refused


def write_features(out: Path, *, paths: list[str], features: Floats, refused: Iterable[Refusal]) -> None:
    """Write the arrays aside and rename: paths (n,), features (n, 1280), refused (m, 2) of path and reason."""
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            np.savez(
                file,
                paths=np.array(paths, dtype=np.str_),
                features=features,
                refused=np.array(list(refused), dtype=np.str_).reshape(-1, 2),
            )
            file.flush()
            os.fsync(file.fileno())
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)


def _printable(path: str) -> str:
    """Show a path that is not valid UTF-8 without failing."""
    return os.fsencode(path).decode(errors="replace")
