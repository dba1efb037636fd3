"""What the import contracts cannot see."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
HEAVY = ("tensorflow", "keras", "implicit", "faiss", "sklearn", "imagehash", "pi_heif", "matplotlib", "boto3")


def test_a_web_process_imports_nothing_heavy():
    code = (
        "import django, sys; django.setup(); import importlib; importlib.import_module('visrec_site.urls');"
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "visrec_site.settings"}

    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE, env=environment, check=True, capture_output=True, text=True
    )

    assert loaded.stdout.split() == []


def templates() -> list[Path]:
    return sorted((BASE / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", templates(), ids=lambda path: str(path.relative_to(BASE / "templates")))
def test_no_template_needs_an_unsafe_policy(template):
    text = template.read_text()

    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"<style\b|\sstyle=", text), "inline style"
    assert not re.search(r"\son[a-z]+=|hx-on|hx-vals=['\"]?js:|javascript:", text), "inline handler"


def test_partials_never_extend_and_pages_do():
    for template in templates():
        extends = "{% extends" in template.read_text()
        if template.parent.name == "partials":
            assert not extends, template
        # A page of another library, and one that is kept by itself for when nothing answers.
        if template.parent.name == "pages" and template.name not in ("api_docs.html", "offline.html"):
            assert extends, template


def test_every_image_in_a_template_has_an_alternative():
    for template in templates():
        for tag in re.findall(r"<img\b[^>]*>", template.read_text()):
            assert " alt=" in tag, f"{template}: {tag}"


def test_no_module_is_named_for_nothing():
    names = {
        path.name for folder in ("catalog", "recommender", "visrec_site") for path in (BASE / folder).rglob("*.py")
    }

    assert not names & {"utils.py", "helpers.py", "common.py", "misc.py", "base.py"}
