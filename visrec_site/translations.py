"""What the site says, gathered for its translators. Babel does what gettext's programs do, on any machine with pip."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from recommender.engine.registry import ALGORITHMS
from visrec_site import names

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGES = [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FOLDERS = ("catalog", "recommender", "visrec_site")
# What Django's desk says and its own catalogue has not translated.
OF_DJANGO = (
    "Model name",
    "Add link",
    "Change or view list link",
    "After you’ve created a user, you’ll be able to edit more user options.",
)
# Function → where its message, plural and context stand, beyond those that Babel knows.
KEYWORDS = {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = "# Translations of VisRec, in step by `manage.py translations`; the words to use are in docs/languages.md."


def in_step(language: str) -> Catalog:
    """The catalogue of a language with exactly the messages of today: new ones empty, old ones gone, none guessed."""
    from babel.messages.pofile import read_po

    with path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(gathered(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment, catalogue.fuzzy, catalogue.project, catalogue.version = HEADER, False, "VisRec", ""
    return catalogue


def gathered() -> Catalog:
    """Every message of templates, code and models."""
    from babel.messages.catalog import Catalog

    catalogue = Catalog(project="VisRec")
    for message, comments, context in _messages():
        catalogue.add(message, context=context, auto_comments=comments)
    return catalogue


def write(catalogue: Catalog, language: str) -> None:
    """Write the .po, sorted so that changes are easy to read, and the .mo, which is kept with it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import write_po

    text = io.BytesIO()
    write_po(text, catalogue, width=120, no_location=True, sort_output=True)
    lines = text.getvalue().decode().splitlines(keepends=True)
    kept = [
        line
        for line in lines
        if not re.match(r'"(POT-Creation|PO-Revision)-Date|"(Last-Translator|Language-Team|Report)', line)
    ]
    path(language).write_text("".join(kept))
    with path(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def unfinished(catalogue: Catalog) -> list[str]:
    """Messages without a translation, with a doubtful one, or with one that lost or invented a placeholder."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and (message.fuzzy or not _is_translated(message.string) or message.check(catalogue))
    ]


def path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def _is_translated(string: Any) -> bool:
    """Whether a translation, or each of its plural forms, says something."""
    return bool(string) and all([string] if isinstance(string, str) else string)


def _messages() -> Iterator[tuple[Any, list[str], str | None]]:
    """(message, or singular and plural; translators' comments; context)"""
    for folder in FOLDERS:
        for file in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield from _in_python(file.read_text())
    for file in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        # Blanked out text stays behind as X; without its indentation it can be taken for Python.
        yield from _in_python(re.sub(r"(?m)^[ \t]+", "", templatize(file.read_text())))
    for sentence in (*sorted(names.MESSAGES), *(algorithm.summary for algorithm in ALGORITHMS.values()), *OF_DJANGO):
        yield sentence, [], None


def _in_python(code: str) -> Iterator[tuple[Any, list[str], str | None]]:
    from babel.messages.extract import DEFAULT_KEYWORDS, extract

    source = io.BytesIO(code.encode())
    for _line, message, comments, context in extract(
        "python", source, {**DEFAULT_KEYWORDS, **KEYWORDS}, ["Translators"]
    ):
        yield message, comments, context
