"""Pictures as one ZIP, written while it is sent: never more of it in memory than one piece of a file."""

from __future__ import annotations

import csv
import io
import logging
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from catalog import storage
from catalog.models import Image
from catalog.queries import SIZES, Card, cards
from catalog.viewers import Viewer

logger = logging.getLogger(__name__)

PIECE = 256 * 1024  # bytes read and sent at once
TOGETHER = 100  # pictures asked for at once
MANIFEST = ("file", "title", "owner", "source", "licence", "page", "note")


def zipped(*, image_ids: Sequence[int], viewer: Viewer, site: str) -> Iterator[bytes]:
    """The pictures that the viewer may see, numbered in this order, and `manifest.csv`.

    One's own come as they were uploaded, others' as the largest rendition. A file that cannot be read is named in the
    manifest and left out.
    """
    sink = _Sink()
    rows: list[tuple[str, ...]] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as bundle:
        for start in range(0, len(image_ids), TOGETHER):
            shown = cards(image_ids[start : start + TOGETHER], viewer)
            originals = _originals([card.id for card in shown if card.may_edit])
            for card in shown:
                if not card.has_pixels:
                    continue
                name = f"{len(rows) + 1:04d} {safe_name(card.title) or 'picture'}"
                try:
                    suffix, file = _opened(card, originals)
                except OSError as error:
                    logger.warning("Picture %d is left out of a bundle: %s", card.id, error)
                    rows.append(_row("", card, site, "could not be read"))
                    continue
                rows.append(_row(f"{name}.{suffix}", card, site, ""))
                with file, bundle.open(f"{name}.{suffix}", "w", force_zip64=True) as entry:
                    while piece := file.read(PIECE):
                        entry.write(piece)
                        yield sink.taken()
                yield sink.taken()
        bundle.writestr("manifest.csv", _manifest(rows))
        yield sink.taken()
    yield sink.taken()


def safe_name(text: str) -> str:
    """What of a title every file system takes: letters and digits of any script, blanks, hyphens; at most 80."""
    return re.sub(r"[^\w\-]+", " ", text).strip(" -_")[:80].strip()


class _Sink(io.RawIOBase):
    """Takes what is written until it is taken away; has no length and no way back."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def _originals(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = Image.objects.filter(pk__in=ids).values_list("pk", "original", "original_format")
    return {pk: (name, form) for pk, name, form in rows}


def _opened(card: Card, originals: dict[int, tuple[str, str]]) -> tuple[str, IO[bytes]]:
    """The ending of the file's name, and the file. Raises OSError."""
    if card.id in originals:
        name, form = originals[card.id]
        return form.lower().replace("jpeg", "jpg"), storage.originals().open(name)
    return "webp", storage.open_rendition(card.id, card.token, max(SIZES))


def _row(file: str, card: Card, site: str, note: str) -> tuple[str, ...]:
    return file, card.title, card.owner, card.source, card.licence, site + card.url, note


def _manifest(rows: Sequence[tuple[str, ...]]) -> bytes:
    """CSV for spreadsheets, with a mark of UTF-8, and nothing in it that one would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(MANIFEST)
    writer.writerows(
        [[f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in row] for row in rows]
    )
    return text.getvalue().encode("utf-8-sig")
