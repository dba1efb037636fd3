"""Static files as a running site serves them: hashed, compressed, and sheets that import others in one piece."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("css/site.css", "css/lab.css")
"""Sheets that only import: of every page, and of the laboratory's."""
# Django's own way of finding imports, in our modules alone: others' import what is not there.
MODULES = ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1])
IMPORT = re.compile(r'^@import url\("(?P<path>[\w./-]+)"\);$', re.MULTILINE)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Puts the imports of SHEETS in their place: many requests one after another become one.

    Only sheets in css/ itself may name a file (a font), for they keep their place in the tree.
    Modules import each other by their hashed names, so that none is there twice or out of date.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, MODULES)

    def post_process(self, paths: dict[str, tuple[Storage, str]], **options: Any) -> Iterator[Any]:
        for sheet in paths.keys() & SHEETS:
            storage, path = paths[sheet]
            paths[sheet] = (Joined(storage), path)  # type: ignore[assignment]
        yield from super().post_process(paths, **options)


class Joined:
    """A storage whose sheets come with their imports in place."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def __getattr__(self, name: str) -> Any:
        return getattr(self.storage, name)

    def open(self, path: str) -> File:
        folder = path.rpartition("/")[0]
        with self.storage.open(path) as sheet:
            text = sheet.read().decode()
        return ContentFile(IMPORT.sub(lambda found: self._text(f"{folder}/{found['path']}"), text).encode(), name=path)

    def _text(self, path: str) -> str:
        with self.storage.open(path) as sheet:
            return str(sheet.read().decode())
