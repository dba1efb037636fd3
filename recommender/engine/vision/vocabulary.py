"""Words in two languages: the tree's in tree_zh.tsv, other everyday ones in lexicon_zh.tsv, written for this site."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from recommender.engine.vision.tags import words

TREE_ZH = Path(__file__).with_name("tree_zh.tsv")
LEXICON_ZH = Path(__file__).with_name("lexicon_zh.tsv")
"""Columns: an English word, and its Chinese words, the usual one first."""


@cache
def chinese_names() -> Mapping[str, str]:
    """Slug of a word → its name in Chinese."""
    lexicon = {_slug(name): chinese[0] for name, chinese in _lexicon()}
    return lexicon | {line["slug"]: line["name"] for line in _lines(TREE_ZH)}


@cache
def english_names() -> Mapping[str, str]:
    """A Chinese word → its English name; of several, the first."""
    names = {word.slug: word.name for word in words()}
    lexicon = {word: name for name, chinese in reversed(_lexicon()) for word in chinese}
    return lexicon | {line["name"]: names[line["slug"]] for line in _lines(TREE_ZH)}


def _lexicon() -> list[tuple[str, list[str]]]:
    return [(line["name"], line["chinese"].split(",")) for line in _lines(LEXICON_ZH)]


def _slug(name: str) -> str:
    return name.replace(" ", "-")


def _lines(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))
