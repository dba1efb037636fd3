import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Category, Image
from tests.factories import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, make_user):
    """Import the folder: `run()` → (the JSON report, the exit status)."""
    make_user("owner", is_superuser=True)

    def command() -> tuple[dict, int]:
        out, status = StringIO(), 0
        try:
            call_command("import_images", str(tmp_path), "--json", stdout=out)
        except CommandError as error:
            status = error.returncode
        return json.loads(out.getvalue()), status

    return command


def put(path, data: bytes | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture() if data is None else data)


def category_of(title: str) -> str:
    return Image.objects.get(title=title).category.path


def test_folders_become_categories_and_a_second_run_adds_nothing(run, tmp_path):
    put(tmp_path / "nature" / "grey_heron at-dawn.png")
    put(tmp_path / "top of New York.png")
    put(tmp_path / "nature" / "IMG_20240102.png")
    put(tmp_path / ".hidden" / "secret.png")

    assert run() == ({"imported": 3, "duplicates": 0, "refused": [], "categories": ["nature"]}, 0)
    assert run() == ({"imported": 0, "duplicates": 3, "refused": [], "categories": []}, 0)
    assert set(Image.objects.values_list("title", "category__slug")) == {
        ("Grey heron at dawn", "nature"),
        ("Top of New York", None),
        ("", "nature"),
    }


def test_refused_files_are_named_and_stop_nothing(run, tmp_path):
    put(tmp_path / "a" / "notes.txt", b"not a picture")
    put(tmp_path / "a" / "empty.png", b"")
    put(tmp_path / "b" / "good.png")
    (tmp_path / "b" / "broken link.png").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b" / "circle").symlink_to(tmp_path)

    report, status = run()

    assert (report["imported"], status) == (1, 1)
    assert sorted(path for path, _reason in report["refused"]) == ["a/empty.png", "a/notes.txt", "b/broken link.png"]
    assert all(reason for _path, reason in report["refused"])


def test_folders_of_one_name_in_two_places_are_two_categories(run, tmp_path):
    put(tmp_path / "pets" / "young" / "Puppy.png")
    put(tmp_path / "plants" / "young" / "Seedling.png")

    run()

    assert category_of("Puppy") == "pets/young"
    assert category_of("Seedling") == "plants/plants-young"


def test_folders_whose_letters_are_lost_in_a_slug_stay_apart(run, tmp_path):
    put(tmp_path / "2024 风景" / "Hills.png")
    put(tmp_path / "2024 人物" / "Face.png")

    run()

    assert category_of("Hills") != category_of("Face")
    assert set(Category.objects.values_list("name", flat=True)) == {"2024 风景", "2024 人物"}


def test_names_that_are_no_text_are_imported(run, tmp_path):
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)  # noqa: PTH102 a name in bytes
    with open(folder + b"/th\xe9.png", "wb") as file:  # noqa: PTH123
        file.write(picture())

    report, status = run()

    assert (report["imported"], report["refused"], status) == (1, [], 0)
    assert Category.objects.get().name == "caf?"
