"""`manage.py build_eyes`: make the model files, to look at pictures and to read words, or find them made."""

import hashlib
import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recommender.engine.networks import efficientnet, minilm
from recommender.engine.vision.embedder import Embedder
from recommender.engine.vision.model_file import EyesError
from recommender.engine.vision.text import TextEncoder


class Command(BaseCommand):
    help = "Build the model files of eyes and words from their published weights, or find them already built."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--variant", choices=sorted(efficientnet.VARIANTS), default="lite0")
        parser.add_argument("--force", action="store_true", help="build again even if the file is there and whole")
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, *, variant: str, force: bool, **options: Any) -> None:
        if settings.EYES_FILE:
            report = self._given(Path(settings.EYES_FILE))
        else:
            report = self._built(efficientnet.VARIANTS[variant], force=force)
        report["words"] = self._words(force=force)
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(f"{report['path']}\n{report['sha256']}")

    def _given(self, path: Path) -> dict[str, object]:
        self.stderr.write(f"EYES_FILE is set: checking {path}, building nothing")
        try:
            model_key = Embedder(path).model_key
        except EyesError as error:
            raise CommandError(str(error)) from error
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return {"path": str(path), "sha256": sha256, "model_key": model_key, "cached": True}

    def _built(self, variant: efficientnet.Variant, *, force: bool) -> dict[str, object]:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        try:
            eyes = efficientnet.build_eyes(
                variant=variant, folder=settings.VAR / "eyes", force=force, report=self.stderr.write
            )
        except efficientnet.EyesBuildError as error:
            raise CommandError(str(error)) from error
        if eyes.cached:
            self.stderr.write("The eyes are already built")
        return {"path": str(eyes.path), "sha256": eyes.sha256, "model_key": eyes.model_key, "cached": eyes.cached}

    def _words(self, *, force: bool) -> dict[str, object] | None:
        """None on a host that brought its eyes along and no words: its search reads letters alone."""
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        try:
            if settings.WORDS_FILE:
                path = Path(settings.WORDS_FILE)
                key = TextEncoder(path).model_key
                return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "model_key": key}
            if settings.EYES_FILE:
                return None
            words = minilm.build_words(folder=settings.VAR / "eyes", force=force, report=self.stderr.write)
        except (EyesError, minilm.WordsBuildError) as error:
            raise CommandError(str(error)) from error
        return {"path": str(words.path), "sha256": words.sha256, "model_key": words.model_key}
