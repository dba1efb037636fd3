"""`train_dream`, as typed: what it reads, writes, prints and refuses."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image as Pillow

from recommender.management.commands import train_dream


def run(*words, **options):
    out, err = StringIO(), StringIO()
    call_command("train_dream", *[str(word) for word in words], stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "digits.npz"
    digits = np.random.default_rng(0).integers(0, 256, (20, 28, 28), np.uint8)
    np.savez(path, x_train=digits, y_train=np.zeros(20, np.uint8))
    return path


def test_a_file_is_dreamed_of_judged_and_written(eyes, file, tmp_path):
    out = tmp_path / "dreams"

    printed, told = run("--data", file, "--epochs", 1, "--samples", 8, "--out", out, "--json")

    report = json.loads(printed)
    assert report["data"] == {"pictures": 20, "size": 32}
    assert report["frechet"]["each"] == 7
    assert [epoch["epoch"] for epoch in report["epochs"]] == [1]
    assert told.startswith("epoch 1: loss ")
    assert {path.name for path in out.iterdir()} == {"samples.png", "epoch-0001.png", "dreams.npz"}
    with np.load(out / "dreams.npz") as made:
        assert made["samples"].shape == (8, 32, 32, 1)


def test_digits_are_put_in_the_middle_of_their_edge(file):
    pictures = train_dream.read_npz(file, size=32)

    assert pictures.shape == (20, 32, 32, 1)
    with np.load(file) as given:
        assert np.array_equal(pictures[:, 2:30, 2:30, 0], given["x_train"])


def test_large_pictures_are_made_small_and_keep_their_channels(tmp_path):
    np.savez(tmp_path / "large.npz", x_train=np.full((2, 80, 40, 3), 7, np.uint8))
    np.savez(tmp_path / "grey.npz", x_train=np.full((2, 80, 40), 7, np.uint8))

    colour, grey = (train_dream.read_npz(tmp_path / name, size=64) for name in ("large.npz", "grey.npz"))

    assert (colour.shape, grey.shape) == ((2, 64, 64, 3), (2, 64, 64, 1))
    assert (colour == 7).all()


def test_a_folder_is_read_and_what_is_no_picture_is_passed_over(tmp_path):
    (tmp_path / "b").mkdir()
    Pillow.new("RGB", (50, 40), (1, 2, 3)).save(tmp_path / "b" / "one.png")
    (tmp_path / "notes.txt").write_text("no picture")

    pictures = train_dream.read_folder(tmp_path, size=32)

    assert pictures.shape == (1, 32, 32, 3)
    assert pictures[0, 0, 0].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--data", "{0}/digits.npz"], "--out names the folder"),
        (["--data", "{0}/nothing.npz", "--out", "{0}/o"], "no .npz file with x_train"),
        (["--data", "{0}/nowhere", "--out", "{0}/o"], "neither catalog, a folder"),
        (["--data", "{0}/empty", "--out", "{0}/o"], "no picture in"),
        (["--data", "{0}/floats.npz", "--out", "{0}/o"], "float64 of shape"),
        (["--data", "{0}/few.npz", "--out", "{0}/o"], "3 pictures are too few"),
        (["--data", "{0}/digits.npz", "--out", "{0}/digits.npz"], "is no folder"),
        (["--epochs", "0"], "--epochs is 1 or more"),
        (["--seed", "-1"], "--seed is 0 or more"),
        (["--samples", "0"], "--samples is 1 or more"),
    ],
)
def test_bad_use_exits_with_two_says_why_and_writes_nothing(eyes, file, tmp_path, words, reason):
    (tmp_path / "empty").mkdir()
    np.savez(tmp_path / "floats.npz", x_train=np.zeros((20, 32, 32)))
    np.savez(tmp_path / "few.npz", x_train=np.zeros((3, 32, 32), np.uint8))

    with pytest.raises(CommandError, match=reason) as refused:
        run(*[word.format(tmp_path) for word in words])

    assert refused.value.returncode == 2
    assert not (tmp_path / "o").exists()


def test_a_catalogue_with_too_few_pictures_is_bad_use(eyes, db):
    with pytest.raises(CommandError, match="There are 0 public pictures") as refused:
        run()

    assert refused.value.returncode == 2
