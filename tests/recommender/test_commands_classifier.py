"""`train_classifier`, as typed: what it writes, prints, and exits with."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from recommender import rebuild
from recommender.models import Embedding
from tests.factories import MODEL, make_category, make_findable, make_image


def train(*words: object) -> dict:
    out = StringIO()
    call_command("train_classifier", *map(str, words), "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def bars(count: int, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng, labels = np.random.default_rng(seed), np.arange(count) % 2
    pictures = rng.integers(0, 90, (count, 12, 12), np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        place = rng.integers(2, 10)
        picture[(place, slice(None)) if label else (slice(None), place)] += 150
    return pictures, labels


@pytest.fixture
def npz(tmp_path):
    path = tmp_path / "bars.npz"
    (x_train, y_train), (x_test, y_test) = bars(60, seed=0), bars(30, seed=1)
    np.savez(path, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    return path


def test_it_leaves_curves_a_confusion_matrix_sheets_and_a_report(npz, tmp_path):
    out = tmp_path / "out"

    report = train("--data", npz, "--epochs", 1, "--out", out)

    assert {path.name for path in out.iterdir()} == {
        *(
            f"{name}.{ending}"
            for name in ("curves", "confusion", "predictions", "mistakes")
            for ending in ("png", "svg")
        ),
        "classifier.keras",
        "report.json",
    }
    assert json.loads((out / "report.json").read_text()) == report
    assert {"command", "sha256", "seed", "versions", "seconds", "epochs", "accuracy", "confusion"} <= set(report)
    assert np.sum(report["confusion"]) == 30
    assert report["flips"] is False


def test_a_folder_of_classes_is_read_and_what_is_no_picture_is_listed(tmp_path):
    rng = np.random.default_rng(0)
    for name, tint in (("red", (200, 0, 0)), ("blue", (0, 0, 200))):
        (tmp_path / "data" / name).mkdir(parents=True)
        for number in range(13):
            pixels = np.clip(rng.normal(tint, 20, (20, 24, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(tmp_path / "data" / name / f"{number}.png")
    (tmp_path / "data" / "red" / "notes.txt").write_text("not a picture")
    (tmp_path / "data" / "stray.png").write_bytes((tmp_path / "data" / "red" / "1.png").read_bytes())

    report = train("--data", tmp_path / "data", "--epochs", 1, "--side", 16, "--out", tmp_path / "out")

    assert report["pictures"] == {"training": 20, "test": 6}
    assert [one["name"] for one in report["classes"]] == ["blue", "red"]
    assert [path for path, _why in report["refused"]] == ["red/notes.txt", "stray.png"]
    assert report["flips"] is True


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no file or folder"),
        (b"nothing of the kind", "no .npz file"),
        ({"x_train": np.zeros((20, 8, 8), np.uint8)}, "lacks y_train"),
    ],
)
def test_bad_data_end_with_code_2_and_a_sentence(tmp_path, content, words):
    path = tmp_path / "data.npz"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        np.savez(path, **content)

    with pytest.raises(CommandError, match=words) as failed:
        train("--data", path, "--out", tmp_path / "out")
    assert failed.value.returncode == 2


def test_a_folder_of_one_class_or_of_none_ends_with_code_2(tmp_path):
    (tmp_path / "data" / "only").mkdir(parents=True)

    with pytest.raises(CommandError, match="holds no picture") as failed:
        train("--data", tmp_path / "data", "--out", tmp_path / "out")
    assert failed.value.returncode == 2


def test_a_place_that_cannot_be_written_to_ends_with_code_2(npz, tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(CommandError, match="cannot be written to") as failed:
        train("--data", npz, "--out", tmp_path / "file")
    assert failed.value.returncode == 2


@pytest.mark.parametrize("words", [("--epochs", "0"), ("--epochs", "many"), ("--seed", "-1"), ("--side", "4")])
def test_numbers_out_of_range_are_refused(npz, words):
    with pytest.raises(CommandError, match="no whole number from"):
        train("--data", npz, f"{words[0]}={words[1]}")


@pytest.mark.django_db
def test_the_sites_own_categories_are_learned_and_proposed(make_user, tmp_path, eyes):
    rng, owner, images = np.random.default_rng(0), make_user(), {}
    for label, slug in enumerate(("boats", "birds")):
        category = make_category(slug)
        for number in range(11):
            image = make_image(owner=owner, **({"category": category} if number < 10 else {}))
            images[image] = rng.normal(1, 0.1, 8) + 2 * np.eye(8)[label]
    make_findable(images)
    Embedding.objects.filter(model_key=MODEL).update(model_key=rebuild.model_key())

    report = train("--data", "catalog", "--out", tmp_path / "out")

    assert (report["proposed"], report["uncategorised"]) == (2, 2)
    assert report["accuracy"] == 1.0
    assert (tmp_path / "out" / "confusion.png").exists()


@pytest.mark.django_db
def test_a_site_without_categories_ends_with_code_2_and_a_sentence(tmp_path, eyes):
    with pytest.raises(CommandError, match="Learning categories needs two") as failed:
        train("--data", "catalog", "--out", tmp_path / "out")
    assert failed.value.returncode == 2
