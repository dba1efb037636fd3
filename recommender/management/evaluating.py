"""What `evaluate` and `recommend` share: options, data, and a bar while they work."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from tqdm import tqdm

from recommender.engine.vision.embedder import Embedder, find_model_file
from recommender.engine.vision.model_file import EyesError
from recommender.evaluation import Features, Progress, Step, Unusable, read_features
from recommender.management.commands.embed import embed_folder


def add_features(parser: ArgumentParser) -> None:
    """How pictures of a file look."""
    looks = parser.add_mutually_exclusive_group()
    looks.add_argument(
        "--features", metavar="NPZ", type=Path, help="arrays features and ids, or features and paths as by `embed`"
    )
    looks.add_argument("--images", metavar="DIR", type=Path, help="pictures to look at; an item's id is a file's stem")
    parser.add_argument(
        "--set",
        metavar="NAME.SETTING=VALUE",
        action="append",
        default=[],
        help="a setting other than the default, as `ials.factors=64`; may be repeated",
    )


def features_from(*, npz: Path | None, images: Path | None) -> Features | None:
    """Raises Unusable."""
    if npz is not None:
        return read_features(npz)
    return _looked_at(images) if images is not None else None


def _looked_at(folder: Path) -> Features:
    if not folder.is_dir():
        raise Unusable(f"{folder} is not a folder.")
    try:
        embedder = Embedder(settings.EYES_FILE or find_model_file(settings.VAR / "eyes"))
    except EyesError as error:
        raise Unusable(f"{error} (manage.py build_eyes)") from error
    paths, features, refused = embed_folder(embedder, folder)
    for path, reason in refused:
        sys.stderr.write(f"left out {path!r}: {reason}\n")
    if not paths:
        raise Unusable(f"{folder} holds no picture.")
    return Features([PurePosixPath(path).stem for path in paths], features, paths=False)


def settings_from(words: list[str]) -> dict[str, dict[str, Any]]:
    """`NAME.SETTING=VALUE` as settings by algorithm; a value is JSON, or else a text. Raises Unusable."""
    found: dict[str, dict[str, Any]] = {}
    for word in words:
        name, dot, rest = word.partition(".")
        setting, equals, text = rest.partition("=")
        if not (name and dot and setting and equals):
            raise Unusable(f"A setting is written NAME.SETTING=VALUE, not {word!r}.")
        try:
            value = json.loads(text)
        except json.JSONDecodeError:
            value = text
        found.setdefault(name, {})[setting] = value
    return found


BAR = "{desc} |{bar}| {n_fmt}/{total_fmt} {elapsed}"


@contextmanager
def bar(unit: str, *, quiet: bool) -> Iterator[Progress]:
    """A bar on the terminal's error stream that says what happens."""
    with tqdm(unit=unit, file=sys.stderr, disable=quiet, bar_format=BAR) as shown:

        def tell(step: Step) -> None:
            shown.total = step.total
            epoch = f", epoch {step.epoch}" if step.epoch else ""
            shown.set_description_str(f"{step.algorithm}: {step.words}{epoch}" if step.algorithm else step.words)
            shown.update(step.done - shown.n)

        yield tell


@contextmanager
def usable() -> Iterator[None]:
    """What cannot be done with these data or words is bad use: exit code 2 and a sentence."""
    try:
        yield
    except Unusable as error:
        raise CommandError(str(error), returncode=2) from error
