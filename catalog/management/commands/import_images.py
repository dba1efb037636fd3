"""`manage.py import_images DIR`: a folder of pictures into the catalogue, through the one door for foreign files."""

import hashlib
import json
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from tqdm import tqdm

from catalog import intake, services
from catalog.forms import title_from
from catalog.models import Category, Image, State, Visibility

PATIENCE = 60  # seconds without any progress, until --wait says that no worker seems to run


@dataclass(slots=True)
class Report:
    """What became of the files. imported: key → path below DIR; refused: (path, reason)."""

    imported: dict[int, str] = field(default_factory=dict)
    duplicates: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    categories: set[str] = field(default_factory=set)


class Command(BaseCommand):
    help = (
        "Import every picture under DIR. Folders become categories. What is here already is counted as a duplicate, "
        "so an import that was interrupted goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--owner", metavar="NAME", help="whose pictures they become (default: the first superuser)")
        parser.add_argument("--visibility", choices=Visibility.values, default=Visibility.PUBLIC.value)
        parser.add_argument("--wait", action="store_true", help="return when all are findable, or have failed")
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, *, folder: Path, owner: str | None, visibility: str, wait: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.", returncode=2)
        report = self._import(folder, _owner(owner), visibility)
        if wait:
            self._wait(report)
        self._print(report, as_json=options["json"])
        if report.refused:
            raise CommandError(f"{len(report.refused)} files were refused.", returncode=1)

    def _import(self, folder: Path, owner: AbstractUser, visibility: str) -> Report:
        report = Report()
        files = _files(folder, report)
        known = set(Image.objects.kept().filter(owner_id=owner.pk).values_list("sha256", flat=True))
        for path in tqdm(files, desc="importing", unit="file", file=sys.stderr):
            name = _text(str(path.relative_to(folder)))
            try:
                with path.open("rb") as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() in known:
                        report.duplicates += 1
                        continue
                    file.seek(0)
                    original = intake.open_upload(file, declared_size=path.stat().st_size, limit=settings.UPLOAD_LIMIT)
                category = _category(path.parent.relative_to(folder).parts, report)
                image = services.add_image(
                    owner=owner,
                    original=original,
                    title=_title(_text(path.name)),
                    category=category,
                    visibility=visibility,
                )
            except services.Duplicate:
                report.duplicates += 1
            except (intake.Refused, services.InvalidValue, OSError) as error:
                report.refused.append((name, str(error)))
            else:
                known.add(image.sha256)
                report.imported[image.pk] = name
        return report

    def _wait(self, report: Report) -> None:
        total, done, since = len(report.imported), -1, time.monotonic()
        with tqdm(total=total, desc="processing", unit="picture", file=sys.stderr) as progress:
            while True:
                failed, findable = _finished(list(report.imported))
                if len(failed) + findable > done:
                    done, since = len(failed) + findable, time.monotonic()
                    progress.n = done
                    progress.refresh()
                if done >= total:
                    break
                if time.monotonic() - since > PATIENCE:
                    raise CommandError(
                        f"{total - done} of {total} pictures still wait and nothing has moved for {PATIENCE} s: "
                        "is a worker running? They go on as soon as one is.",
                        returncode=1,
                    )
                time.sleep(0.5)
        report.refused += [(report.imported.pop(pk), detail) for pk, detail in failed]

    def _print(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(
                json.dumps(
                    {
                        "imported": len(report.imported),
                        "duplicates": report.duplicates,
                        "refused": report.refused,
                        "categories": sorted(report.categories),
                    }
                )
            )
            return
        for name, reason in report.refused:
            self.stdout.write(f"refused {name}: {reason}")
        self.stdout.write(
            f"{len(report.imported)} imported, {report.duplicates} were here already, {len(report.refused)} refused, "
            f"{len(report.categories)} categories"
        )


def _owner(name: str | None) -> AbstractUser:
    people = get_user_model().objects
    if name is None:
        owner = people.filter(is_superuser=True, is_active=True).order_by("pk").first()
        if owner is None:
            raise CommandError("There is no superuser yet: name an --owner.", returncode=2)
        return owner
    owner = people.filter(username__iexact=name).first()
    if owner is None:
        raise CommandError(f"There is nobody called {name}.", returncode=2)
    return owner


def _files(folder: Path, report: Report) -> list[Path]:
    """Every file below the folder that is not hidden, sorted; a folder that cannot be read is refused by name.

    Links to folders are not followed, so that no way goes round in a circle.
    """

    def refuse(error: OSError) -> None:
        report.refused.append((_text(os.path.relpath(error.filename, folder)), str(error.strerror)))

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(found)


def _category(folders: Sequence[str], report: Report) -> Category | None:
    """The category that these folders stand for, made where it is new."""
    category: Category | None = None
    for folder in folders:
        category = _category_below(category, _text(folder))
        report.categories.add(category.slug)
    return category


def _category_below(parent: Category | None, folder: str) -> Category:
    """The folder's category: by its slug, or by both names where that slug is a category of another place.

    A folder on top finds its category wherever staff have moved it.
    """
    slug = _slug(folder)
    taken = Category.objects.filter(slug=slug).first()
    if parent is not None and taken is not None and taken.parent_id != parent.pk:
        slug = f"{parent.slug[:29]}-{slug[:30]}"
    return Category.objects.get_or_create(slug=slug, defaults={"name": folder[:80], "parent": parent})[0]


def _slug(folder: str) -> str:
    """The folder's name in ASCII; where letters are lost on the way, a digest keeps different names apart."""
    plain, whole = slugify(folder), slugify(folder, allow_unicode=True)
    if plain and len(plain) == len(whole) <= 60:
        return plain
    digest = hashlib.sha256(folder.encode()).hexdigest()[:12]
    return f"{plain[:47]}-{digest}" if plain else digest


def _finished(ids: list[int]) -> tuple[list[tuple[int, str]], int]:
    """The failed ones with their reasons, and how many are findable."""
    failed: list[tuple[int, str]] = []
    findable = 0
    for start in range(0, len(ids), 500):
        images = Image.objects.filter(pk__in=ids[start : start + 500])
        failed += images.filter(state=State.FAILED).values_list("pk", "error_detail")
        findable += images.filter(state=State.READY, findable_at__isnull=False).count()
    return failed, findable


def _title(name: str) -> str:
    """A file's name as a title, unless a machine gave it."""
    title = title_from(name)
    machine_made = sum(character.isdigit() for character in title) > len(title) / 4
    return "" if machine_made else title


def _text(name: str) -> str:
    """A name from the disk as text that can be stored: bytes that are no UTF-8 become question marks."""
    return name.encode(errors="replace").decode()
