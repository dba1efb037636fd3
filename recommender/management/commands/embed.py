"""`manage.py embed DIR --out F.npz`: the features of every picture under a folder, without the database."""

import json
import os
import time
from argparse import ArgumentParser
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog import intake
from recommender.engine.vision.embedder import FEATURES, Embedder, Floats, find_model_file
from recommender.engine.vision.model_file import EyesError

SHORT_SIDE = 512
Refusal = tuple[str, str]
Decoding = Future[npt.NDArray[np.uint8]]


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
    files = [path for path in files_under(folder) if besides is None or (folder / path).resolve() != besides.resolve()]
    for path, decoding in tqdm(decoded_ahead(folder, files), total=len(files), desc="embedding", unit="picture"):
        try:
            picture = decoding.result()
        except intake.Refused as error:
            refused.append((path, str(error)))
        except OSError as error:
            refused.append((path, f"The file cannot be read: {error.strerror}."))
        else:
            paths.append(path)
            features.append(embedder.embed(picture).features)
    return paths, np.stack(features) if features else np.zeros((0, FEATURES), np.float32), refused


def files_under(folder: Path) -> list[str]:
    relative = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in relative if not any(part.startswith(".") for part in path.parts))


def decoded_ahead(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, Decoding]]:
    """Decode on every core, in the order asked for, a few files ahead of whoever embeds them."""
    cores = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(cores) as pool:
        ahead: deque[tuple[str, Decoding]] = deque()
        for path in paths:
            ahead.append((path, pool.submit(decode, folder / path)))
            if len(ahead) > 2 * cores:
                yield ahead.popleft()
        yield from ahead


def decode(path: Path) -> npt.NDArray[np.uint8]:
    with path.open("rb") as file:
        size = path.stat().st_size
        return intake.decode_query(file, size=SHORT_SIDE, declared_size=size, limit=settings.UPLOAD_LIMIT)


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
