"""What is sent as it is: foreign files pinned, the letter small, sheets in one piece."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from visrec_site.static_files import IMPORT, SHEETS, Joined

STATIC = Path(settings.BASE_DIR) / "static"
VENDOR = STATIC / "vendor"


def test_foreign_files_are_the_ones_that_were_pinned():
    pinned = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "README.md").read_text(), re.MULTILINE))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "README.md"
    }

    assert found == pinned


def test_the_letter_is_small_and_its_fallbacks_have_its_measures():
    fonts = (STATIC / "css" / "fonts.css").read_text()

    assert sum(path.stat().st_size for path in VENDOR.glob("*.woff2")) <= 45_000
    assert fonts.count("font-display: swap") == fonts.count('woff2") format')
    assert (
        fonts.count("size-adjust") == fonts.count("ascent-override") == fonts.count('local("') - fonts.count(", local(")
    )


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_that_imports_comes_in_one_piece(name):
    sheet = Joined(FileSystemStorage(STATIC)).open(name).read().decode()
    parts = [found["path"] for found in IMPORT.finditer((STATIC / name).read_text())]

    assert "@import" not in sheet
    assert len(parts) > 3
    assert all((STATIC / "css" / part).read_text() in sheet for part in parts)


def test_only_sheets_that_keep_their_place_name_files():
    """A joined sheet is read as if it lay in css/: an address relative to another folder would lead nowhere."""
    assert [path.name for path in (STATIC / "css" / "components").glob("*.css") if "url(" in path.read_text()] == []


def test_no_sheet_asks_the_whole_page_what_is_somewhere_in_it():
    """With `html:has(…)` the browser styles every element again for each card that comes or goes."""
    asking = re.compile(r"^.*\b(?:html|body|main)(?![\w-])[^\s,{]*:has\((?!>).*$", re.MULTILINE)

    assert {path.name: asking.findall(path.read_text()) for path in (STATIC / "css").rglob("*.css")} == {
        path.name: [] for path in (STATIC / "css").rglob("*.css")
    }
    assert asking.search("html:has(.overlay[open]) {")
    assert not asking.search("main:has(> .closeup) {")
