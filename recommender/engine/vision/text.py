"""Read: a few words → a vector of their meaning, with LiteRT alone; and pictures in the same space.

A picture's meaning is the mean of its classes' texts, weighted by their probabilities (ConSE, Norouzi et al., ICLR
2014). The text of a class is its name, its synonyms, and up to three wider words.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.engine.vision import tags
from recommender.engine.vision.embedder import CLASSES, Floats
from recommender.engine.vision.model_file import EyesError, OpenedOnce, check_model_file

WIDTH = 384
LENGTH = 32
"""Tokens that are read; what follows is left out."""
SUFFIX = ".words"
TOKENIZER, LABELS = "tokenizer.json", "labels.npy"
SYNONYMS = Path(__file__).with_name("synonyms.tsv")
WIDER = 3
"""Wider words in the text of a class."""
SUREST = 10
"""Classes that make up the meaning of a picture."""


class TextEncoder:
    """One model file, one interpreter, one thread. Opened when first asked, anew after a fork; threads take turns.

    Raises EyesError when the file cannot be used.
    """

    def __init__(self, path: Path | str) -> None:
        self._model = OpenedOnce(lambda: _Model(Path(path)))

    @property
    def model_key(self) -> str:
        """Names what the vectors depend on; vectors of two keys must never meet."""
        with self._model.held() as model:
            return model.key

    @property
    def labels_key(self) -> str:
        """The same, and what the classes are called: what the pictures' vectors in this space depend on."""
        with self._model.held() as model:
            return model.labels_key

    def encode(self, text: str) -> Floats:
        """(384,) float32 of length 1: what the text means, in English. Its first 30 tokens count."""
        with self._model.held() as model:
            return model.read(text)

    def unknown(self, text: str) -> bool:
        """Whether the network knows no word of the text, as with random letters and other scripts."""
        with self._model.held() as model:
            return model.unknown(text)

    def labels(self) -> Floats:
        """(1000, 384) float32: what the names of the classes mean, in ImageNet's order."""
        with self._model.held() as model:
            return model.labels


class _Model:
    """An open file: the network, and behind it an archive with the tokenizer and the labels."""

    def __init__(self, path: Path) -> None:
        # Here and not above: a process that reads nothing need not load the runtime.
        from ai_edge_litert.interpreter import Interpreter
        from tokenizers import Tokenizer

        check_model_file(path)
        try:
            with zipfile.ZipFile(path) as archive:
                files = {name: archive.read(name) for name in archive.namelist()}
            self._tokenizer = Tokenizer.from_str(files[TOKENIZER].decode())
            interpreter = Interpreter(model_path=str(path), num_threads=1)
            signatures: dict[str, Any] = interpreter.get_signature_list()
            (self.key,) = signatures
            self._run = interpreter.get_signature_runner(self.key)
        except (ValueError, RuntimeError, TypeError, KeyError, zipfile.BadZipFile) as error:
            raise EyesError(f"{path} is not a model file of ours: {error}") from error
        self._tokenizer.enable_truncation(LENGTH)
        self._tokenizer.enable_padding(length=LENGTH)
        self.labels = _labels(files.get(LABELS))
        self.labels_key = f"{self.key}-{hashlib.sha256(files.get(LABELS, b'')).hexdigest()[:8]}"

    def read(self, text: str) -> Floats:
        tokens = self._tokenizer.encode(text)
        ids = np.array([tokens.ids], np.int32)
        mask = np.array([tokens.attention_mask], np.float32)
        vector: Floats = self._run(ids=ids, mask=mask)["vector"][0]
        return vector

    def unknown(self, text: str) -> bool:
        tokens = [token for token in self._tokenizer.encode(text).tokens if token not in ("[CLS]", "[SEP]", "[PAD]")]
        words = [token for token in tokens if not token.startswith("##")]
        whole = {word for word, after in pairwise([*tokens, ""]) if not after.startswith("##")}
        return not any(word.isascii() and word.isalpha() and len(word) > 1 and word in whole for word in words)


def _labels(stored: bytes | None) -> Floats:
    if stored is None:
        return np.zeros((CLASSES, WIDTH), np.float32)
    labels: Floats = np.load(io.BytesIO(stored), allow_pickle=False).astype(np.float32)
    return labels


def find_words_file(folder: Path) -> Path:
    """The newest model file of words in `folder`. Raises EyesError when there is none."""
    files = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime)
    if not files:
        raise EyesError(f"there is no model file of words in {folder}: build the eyes first")
    return files[-1]


@cache
def label_texts() -> tuple[str, ...]:
    """What each of the thousand classes is called, in ImageNet's order: name, synonyms, wider words."""
    with SYNONYMS.open(newline="", encoding="utf-8") as file:
        synonyms = {int(line["class"]): line["synonyms"] for line in csv.DictReader(file, delimiter="\t")}
    texts = []
    for number, word in enumerate(tags.class_words()):
        wider = (above.name for above in tags.wider(word.slug)[:WIDER])
        texts.append(", ".join(part for part in (word.name, synonyms.get(number, ""), *wider) if part))
    return tuple(texts)


def meanings(probabilities: npt.NDArray[np.floating[Any]], labels: Floats) -> Floats:
    """(n, 384) float32: pictures in the space of words, of length 1; zero for a row without probabilities.

    probabilities: (n, 1000).  labels: (1000, 384).  The ten surest classes count, each by its probability.
    """
    surest = np.sort(probabilities, axis=1)[:, -SUREST][:, None]
    kept = np.where(probabilities >= surest, probabilities, 0).astype(np.float32)
    mixed = kept @ labels
    norms = np.linalg.norm(mixed, axis=1, keepdims=True)
    found: Floats = np.divide(mixed, norms, out=np.zeros_like(mixed), where=norms > 0)
    return found
