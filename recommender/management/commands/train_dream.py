"""`manage.py train_dream`: draw small pictures that do not exist, like those of the catalogue, a folder or a file."""

import json
import zipfile
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from PIL import Image as Pillow

from recommender import learning, store
from recommender.engine.networks.dream import SIZES, Dreams, Pixels
from recommender.engine.vision.model_file import EyesError
from recommender.laboratory.dreams import sheet
from recommender.management.folders import pictures_in
from recommender.models import Release
from recommender.rebuild import dreams

BROKEN = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)


class Command(BaseCommand):
    help = "Train a GAN of pixels on small pictures and judge what it draws."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", default="catalog", help="catalog, a folder of pictures, or an .npz with x_train")
        parser.add_argument("--size", type=int, choices=SIZES, default=SIZES[0], help="pixels of a side")
        parser.add_argument("--epochs", type=int, help="rounds of learning")
        parser.add_argument("--samples", type=int, help="pictures that are drawn in the end (1,000)")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--out", metavar="DIR", type=Path, help="where samples and sheets are written")
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, *, data: str, out: Path | None, size: int, seed: int, **options: Any) -> None:
        for name in ("epochs", "samples"):
            if options[name] is not None and options[name] < 1:
                raise CommandError(f"--{name} is 1 or more", returncode=2)
        if seed < 0:
            raise CommandError("--seed is 0 or more", returncode=2)
        if data != "catalog" and out is None:
            raise CommandError("--out names the folder for dreams that are not of the catalogue", returncode=2)
        if out is not None and out.exists() and not out.is_dir():
            raise CommandError(f"{out} is no folder", returncode=2)
        how = {"epochs": options["epochs"], "samples": options["samples"], "seed": seed, "watch": self._tell}
        try:
            made, card = _of_catalogue(how, size) if data == "catalog" else _of_files(Path(data), how, size)
        except dreams.TooFew as error:
            raise CommandError(str(error), returncode=2) from error
        except EyesError as error:
            raise CommandError(f"{error}. Run build_eyes first.", returncode=2) from error
        except (store.Busy, learning.Failed) as error:
            raise CommandError(str(error), returncode=1) from error
        if out is not None:
            write(out, made)
        card |= {"out": str(out) if out else None}
        self.stdout.write(json.dumps(card) if options["json"] else _in_words(card))

    def _tell(self, epoch: int, values: Mapping[str, float]) -> None:
        self.stderr.write(f"epoch {epoch}: " + ", ".join(f"{name} {value:.3f}" for name, value in values.items()))


def _of_catalogue(how: Mapping[str, Any], size: int) -> tuple[Dreams, dict[str, Any]]:
    release = dreams.train(size=size, **how)
    return published(release), {**release.card, "version": release.version}


def published(release: Release) -> Dreams:
    parts = {"samples": "samples", "sheets": "sheets", "epochs": "sheet_epochs"}
    return Dreams(**{name: np.asarray(store.load(release.manifest[part])) for name, part in parts.items()})


def _of_files(path: Path, how: Mapping[str, Any], size: int) -> tuple[Dreams, dict[str, Any]]:
    pictures = read_npz(path, size=size) if path.suffix == ".npz" else read_folder(path, size=size)
    store.eyes()  # before anything is learned for nothing
    made, taught = dreams.dream(pictures, **how)
    judgement = dreams.judge(dreams.looks(made.samples), dreams.looks(pictures), side=size, seed=how["seed"])
    return made, {
        "data": {"pictures": len(pictures), "size": size},
        "seed": how["seed"],
        "seconds": round(taught.seconds, 1),
        "peak_mb": round(taught.peak_mb),
        "frechet": judgement.as_card(),
        "epochs": taught.epochs,
    }


def read_npz(path: Path, *, size: int) -> Pixels:
    """`x_train` of the file, (n, h, w) or (n, h, w, c) uint8, as small squares of grey or colour.

    Smaller pictures are put in the middle of their own edge colour, larger ones are made smaller. CommandError for
    anything else.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            given = stored["x_train"]
    except BROKEN as error:
        raise CommandError(f"{path} is no .npz file with x_train: {error}", returncode=2) from error
    given = given[..., None] if given.ndim == 3 else given
    if given.ndim != 4 or given.dtype != np.uint8 or given.shape[3] not in (1, 3) or not given.size:
        raise CommandError(
            f"x_train is {given.dtype} of shape {given.shape}, not (n, h, w) or (n, h, w, 3) uint8", returncode=2
        )
    if max(given.shape[1:3]) <= size:
        rows, columns = (((size - side) // 2, size - side - (size - side) // 2) for side in given.shape[1:3])
        return np.pad(given, ((0, 0), rows, columns, (0, 0)), mode="edge")
    squares = [dreams.small_square(Pillow.fromarray(one.squeeze()), size=size) for one in given]
    return np.stack(squares)[..., : given.shape[3]]


def read_folder(folder: Path, *, size: int) -> Pixels:
    """Every picture under a folder as a small square; files that are none are passed over. CommandError without any."""
    if not folder.is_dir():
        raise CommandError(f"{folder} is neither catalog, a folder nor an .npz file", returncode=2)
    found = pictures_in(folder, doing="reading", refused=[])
    pictures = [dreams.small_square(Pillow.fromarray(pixels), size=size) for _path, pixels in found]
    if not pictures:
        raise CommandError(f"there is no picture in {folder}", returncode=2)
    return np.stack(pictures)


def write(out: Path, made: Dreams) -> None:
    """samples.png, a sheet for each epoch kept, and all of it as dreams.npz."""
    out.mkdir(parents=True, exist_ok=True)
    _save(out / "samples.png", sheet(made.samples[:100], across=min(10, len(made.samples))))
    for epoch, samples in zip(made.epochs.tolist(), made.sheets, strict=True):
        _save(out / f"epoch-{epoch:04d}.png", sheet(samples))
    np.savez_compressed(out / "dreams.npz", samples=made.samples, sheets=made.sheets, epochs=made.epochs)


def _save(path: Path, pixels: Pixels) -> None:
    Pillow.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(path)


def _in_words(card: Mapping[str, Any]) -> str:
    judged = card["frechet"]
    words = f"dreamed of {card['data']['pictures']} pictures in {card['seconds']} s"
    if "distance" in judged:
        words += "; Fréchet distance {distance:.3f} (real pictures {floor:.3f}, noise {ceiling:.3f})".format(**judged)
    return f"{words}; {judged['memorised']:.1%} are nearly a picture they learned from"
