"""`manage.py seed_demo`: the demo gallery, drawn by the project itself, and the people who like it.

What is there already is left alone, so an interrupted run goes on where it stopped and a second run adds nothing.
"""

import datetime as dt
import hashlib
import io
import json
import secrets
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from tqdm import tqdm

from catalog import intake, services
from catalog.demo import people as cast
from catalog.demo import prints
from catalog.demo.gallery import FAMILIES, PER_FAMILY
from catalog.demo.people import Picture
from catalog.models import Category, Follow, Image, ImageTag, Like

DOMAIN = "demo.invalid"  # the addresses of everybody in the demo end with it, and nothing can be sent there
JOINED = dt.timedelta(days=120)
SIGN_IN_FILE = "demo-sign-in.txt"
MEMBER, STAFF = "visitor", "curator"
FOLLOWED = 4  # people whom each follows


class Command(BaseCommand):
    help = "Fill the site with a gallery drawn by the project itself, and with people whose likes follow their tastes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="delete all that belongs to the demo")
        parser.add_argument("--per-family", type=int, default=PER_FAMILY, metavar="N", help="pictures of each family")
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, *, remove: bool, per_family: int, **options: Any) -> None:
        report = _remove() if remove else _seed(max(1, min(per_family, PER_FAMILY)))
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        verb = "Removed" if remove else "Added"
        self.stdout.write(f"{verb} {report['images']} pictures, {report['people']} people, {report['likes']} likes.")


def _seed(per_family: int) -> dict[str, int]:
    now = timezone.now()
    slugs = [family.slug for family in FAMILIES]
    people, new_people = _people(now)
    images = _pictures(people, per_family, now)
    likes = _likes(people, slugs, now)
    _follow_whom_they_like(people)
    return {"images": images, "people": new_people + _sign_ins(now), "likes": likes}


def _remove() -> dict[str, int]:
    """Erase the demo's people with all that is theirs, files too."""
    people = get_user_model().objects.filter(email__endswith=f"@{DOMAIN}")
    images = Image.objects.filter(owner__in=people)
    report = {
        "images": images.count(),
        "people": people.count(),
        "likes": Like.objects.filter(user__in=people).count(),
    }
    liked = list(Like.objects.filter(user__in=people).exclude(image__in=images).values_list("image_id", flat=True))
    for image in images:
        services.erase(image=image)
    people.delete()
    _count_likes(liked)
    Category.objects.filter(slug__in=[family.slug for family in FAMILIES], images=None, children=None).delete()
    (settings.VAR / SIGN_IN_FILE).unlink(missing_ok=True)
    return report


def _people(now: dt.datetime) -> tuple[dict[str, AbstractUser], int]:
    """The cast by its names in the demo, and how many are new. Known by address: a name may be somebody else's."""
    model = get_user_model()
    there = set(model.objects.filter(email__endswith=f"@{DOMAIN}").values_list("email", flat=True))
    taken = {name.casefold() for name in model.objects.values_list("username", flat=True)}
    fresh = []
    for person in cast.people():
        address = f"{person.username}@{DOMAIN}"
        if address in there:
            continue
        first, _space, last = person.name.partition(" ")
        user = model(
            username=f"{person.username}_demo" if person.username in taken else person.username,
            email=address,
            first_name=first,
            last_name=last,
            date_joined=now - JOINED,
        )
        user.meets_kindred = True  # they like to be found
        user.set_unusable_password()
        fresh.append(user)
    model.objects.bulk_create(fresh)
    demo = model.objects.filter(email__endswith=f"@{DOMAIN}")
    return {user.email.partition("@")[0]: user for user in demo}, len(fresh)


def _pictures(people: Mapping[str, AbstractUser], per_family: int, now: dt.datetime) -> int:
    slugs = [family.slug for family in FAMILIES]
    owners, created = cast.owners(cast.people(), slugs, PER_FAMILY), cast.created_hours_ago(slugs, PER_FAMILY)
    there = set(Image.objects.values_list("pk", flat=True))
    wanted = [(slug, number) for number in range(per_family) for slug in slugs if _key((slug, number)) not in there]
    categories = {
        family.slug: Category.objects.get_or_create(slug=family.slug, defaults={"name": family.name})[0]
        for family in FAMILIES
    }
    for made in tqdm(_made(wanted), total=len(wanted), desc="drawing the gallery", unit="picture", file=sys.stderr):
        picture = (made.family, made.number)
        services.add_image(
            key=_key(picture),
            owner=people[owners[picture]],
            original=intake.open_upload(
                io.BytesIO(made.jpeg), declared_size=len(made.jpeg), limit=settings.UPLOAD_LIMIT
            ),
            title=made.title,
            description=made.description,
            category=categories[made.family],
            tags=made.tags,
            licence="CC0",
            created_at=now - dt.timedelta(hours=created[picture]),
        )
    return len(wanted)


def _made(wanted: list[Picture]) -> Iterator[prints.Print]:
    """Draw in another process, so that drawing and storing overlap."""
    if wanted:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=prints.end_with_parent) as pool:
            yield from pool.map(prints.made, wanted, chunksize=4)


def _likes(people: Mapping[str, AbstractUser], slugs: list[str], now: dt.datetime) -> int:
    """Give the planned likes to the pictures that are there; those of people who are not strangers any more stay."""
    keys = {(slug, number): _key((slug, number)) for slug in slugs for number in range(PER_FAMILY)}
    tags: dict[int, tuple[str, ...]] = {}
    named = ImageTag.objects.filter(image__in=keys.values(), source=ImageTag.Source.PERSON)
    for image_id, slug in named.order_by("tag__slug").values_list("image_id", "tag__slug"):
        tags[image_id] = (*tags.get(image_id, ()), slug)
    planned = cast.planned_likes(
        cast.people(), slugs, PER_FAMILY, {key: tags.get(image, ()) for key, image in keys.items()}
    )
    there = set(Image.objects.filter(pk__in=keys.values()).values_list("pk", flat=True))
    before = Like.objects.count()
    with transaction.atomic():
        Like.objects.bulk_create(
            [
                Like(
                    user_id=people[like.username].pk,
                    image_id=keys[like.picture],
                    created_at=now - dt.timedelta(hours=like.hours_ago),
                )
                for like in planned
                if keys[like.picture] in there
            ],
            ignore_conflicts=True,
        )
        _count_likes(list(there))
    return Like.objects.count() - before


def _follow_whom_they_like(people: Mapping[str, AbstractUser]) -> None:
    """Everybody in the demo follows the few others in it whose pictures they like most."""
    ids = [person.pk for person in people.values()]
    liked = Like.objects.filter(user__in=ids, image__owner__in=ids).exclude(image__owner=F("user")).order_by()
    counted = liked.values_list("user", "image__owner").annotate(n=Count("pk")).order_by("user", "-n", "image__owner")
    follows, taken = [], Counter[int]()
    for follower, followed, _n in counted:
        taken[follower] += 1
        if taken[follower] <= FOLLOWED:
            follows.append(Follow(follower_id=follower, followed_id=followed))
    Follow.objects.bulk_create(follows, ignore_conflicts=True)


def _count_likes(image_ids: list[int]) -> None:
    """Set the counters of these pictures to the rows there are."""
    rows = Like.objects.filter(image=OuterRef("pk"), user__isnull=False).order_by().values("image")
    counted = rows.annotate(n=Count("pk")).values("n")
    Image.objects.filter(pk__in=image_ids).update(like_count=Coalesce(Subquery(counted), 0))


def _sign_ins(now: dt.datetime) -> int:
    """A member and a member of staff with random passwords, kept where only the owner of the machine can read them.

    A person of the site who has one of these names keeps it, and their password.
    """
    path = settings.VAR / SIGN_IN_FILE
    model = get_user_model()
    if path.exists() and model.objects.filter(username__in=[MEMBER, STAFF]).count() == 2:
        return 0
    lines, made = [], 0
    for role, name, rights in (
        ("member", MEMBER, {}),
        ("staff", STAFF, {"is_staff": True, "is_superuser": True}),
    ):
        user = model.objects.filter(username__iexact=name).first()
        if user is None:
            user = model(username=name, email=f"{name}@{DOMAIN}", date_joined=now - JOINED, **rights)
            made += 1
        elif not user.email.endswith(f"@{DOMAIN}"):
            continue
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save()
        lines.append(f"{role} {name} {password}\n")
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("".join(lines))
    return made


def _key(picture: Picture) -> int:
    """The same 52-bit key for the same drawing everywhere; the demo is public, so nobody gains by counting."""
    digest = hashlib.sha256(f"{picture[0]}/{picture[1]}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 12
