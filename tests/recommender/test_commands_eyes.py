"""`build_eyes` and `embed`, as typed: what they print, write and exit with."""

import hashlib
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from recommender.engine.vision.embedder import Embedder
from tests.recommender.engine.drawings import draw

BASE = Path(__file__).resolve().parents[2]


def manage(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, BASE / "manage.py", *words]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, check=False)


@pytest.fixture
def pictures(tmp_path) -> Path:
    """Three good pictures in two folders, and what a real folder has besides."""
    folder = tmp_path / "pictures"
    for name in ("b/orange.png", "a/target.jpg", "ä ö.webp"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(draw("orange" if "orange" in name else "target", height=120, width=160)).save(path)
    (folder / "notes.txt").write_text("not a picture")
    (folder / "b" / "cut.jpg").write_bytes((folder / "a" / "target.jpg").read_bytes()[:700])
    (folder / "b" / "nothing.png").touch()
    (folder / ".DS_Store").write_text("hidden")
    (folder / ".thumbnails").mkdir()
    (folder / ".thumbnails" / "orange.png").write_bytes((folder / "b" / "orange.png").read_bytes())
    return folder


def test_building_prints_where_the_eyes_are_and_what_they_hash_to(eyes_file):
    done = manage("build_eyes", "--json", VAR=str(BASE / "var"), EYES_FILE="")

    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["path"] == str(eyes_file)
    assert report["sha256"] == hashlib.sha256(eyes_file.read_bytes()).hexdigest()
    assert "already built" in done.stderr


def test_without_json_the_two_lines_are_path_and_hash(eyes_file, settings):
    settings.VAR, settings.EYES_FILE, out = eyes_file.parents[1], None, StringIO()

    call_command("build_eyes", stdout=out, stderr=StringIO())

    assert out.getvalue().splitlines() == [str(eyes_file), hashlib.sha256(eyes_file.read_bytes()).hexdigest()]


def test_a_model_file_that_was_brought_along_is_checked_and_nothing_is_built(eyes_file, settings, tmp_path):
    settings.VAR, settings.EYES_FILE, out = tmp_path, str(tmp_path / "brought.tflite"), StringIO()
    Path(settings.EYES_FILE).write_bytes(eyes_file.read_bytes())

    call_command("build_eyes", "--json", stdout=out, stderr=StringIO())

    assert json.loads(out.getvalue())["path"] == settings.EYES_FILE
    assert not (tmp_path / "eyes").exists()
    Path(settings.EYES_FILE).write_bytes(b"something else")
    with pytest.raises(CommandError, match=r"brought\.tflite is not a model file"):
        call_command("build_eyes", stdout=out, stderr=StringIO())


def test_an_unknown_variant_is_bad_use():
    assert manage("build_eyes", "--variant", "lite9").returncode == 2


def test_embedding_a_folder_writes_features_and_names_what_it_refused(eyes_file, pictures, tmp_path):
    out = tmp_path / "features.npz"

    done = manage("embed", pictures, "--out", out, "--json", EYES_FILE=str(eyes_file))

    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["paths"] == ["a/target.jpg", "b/orange.png", "ä ö.webp"]
    assert [path for path, _ in report["refused"]] == ["b/cut.jpg", "b/nothing.png", "notes.txt"]
    assert all(reason for _, reason in report["refused"])
    assert "refused 3 of 6 files" in done.stderr
    with np.load(out) as written:
        assert list(written["paths"]) == report["paths"]
        assert written["refused"].tolist() == report["refused"]
        assert (written["features"].shape, written["features"].dtype) == ((3, 1280), np.float32)
        expected = Embedder(eyes_file).embed(draw("orange", height=120, width=160)).features
        np.testing.assert_allclose(written["features"][1], expected, atol=1e-5)


def test_a_folder_without_trouble_is_success(eyes_file, pictures, settings):
    """Also the second time, when the answer of the first lies among the pictures."""
    settings.EYES_FILE, out, answer = str(eyes_file), StringIO(), pictures / "a" / "features.npz"

    for _ in range(2):
        call_command("embed", str(pictures / "a"), "--out", str(answer), stdout=out, stderr=StringIO())

    assert [line.rpartition(" in ")[0] for line in out.getvalue().splitlines()] == [f"{answer}: 1 pictures"] * 2


def test_an_empty_folder_gives_no_rows(eyes_file, tmp_path, settings):
    settings.EYES_FILE = str(eyes_file)
    (tmp_path / "empty").mkdir()

    call_command("embed", str(tmp_path / "empty"), "--out", str(tmp_path / "e.npz"), stdout=StringIO())

    with np.load(tmp_path / "e.npz") as written:
        assert written["paths"].shape == (0,)
        assert written["features"].shape == (0, 1280)
        assert written["refused"].shape == (0, 2)


def test_a_file_name_that_is_no_text_does_not_stop_it(eyes_file, pictures, tmp_path, settings):
    settings.EYES_FILE, out = str(eyes_file), StringIO()
    odd = os.fsencode(pictures) + b"/b/\xff.txt"
    Path(os.fsdecode(odd)).write_text("no picture")

    with pytest.raises(CommandError) as failure:
        call_command("embed", str(pictures / "b"), "--out", str(tmp_path / "b.npz"), stdout=out)

    assert failure.value.returncode == 1
    assert "refused �.txt" in out.getvalue()
    with np.load(tmp_path / "b.npz") as written:
        assert os.fsencode(str(written["refused"][-1][0])) == b"\xff.txt"


@pytest.mark.parametrize(
    ("folder", "out", "eyes"),
    [("nowhere", "f.npz", "eyes"), (".", "nowhere/f.npz", "eyes"), (".", "f.npz", "no eyes"), (".", None, "eyes")],
)
def test_bad_use_exits_with_two_and_writes_nothing(eyes_file, tmp_path, folder, out, eyes):
    file = eyes_file if eyes == "eyes" else tmp_path / "missing.tflite"
    words = ["--out", tmp_path / out] if out else []

    done = manage("embed", tmp_path / folder, *words, EYES_FILE=str(file))

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_benchmark_finds_two_families_apart_bare_and_on_a_site_of_its_own(eyes_file, tmp_path):
    for family in ("orange", "chessboard"):
        (tmp_path / family).mkdir()
        for width in range(100, 111):
            Image.fromarray(draw(family, height=100, width=width)).save(tmp_path / family / f"{width}.png")

    program = BASE / "benchmarks" / "similar_by_class.py"
    command = [sys.executable, program, "--images", tmp_path, "--eyes", eyes_file, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    (result,) = json.loads(done.stdout)
    expected = {"pictures": 22, "precision_at_10": 1.0, "classes": {"chessboard": 1.0, "orange": 1.0}}
    assert result["bare"] == result["site"] == expected
