"""People, as far as others see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Count, Q, Sum

from catalog.models import Board, BoardVisibility, Follow, Image
from catalog.queries.boards import BoardCard, board_cards
from catalog.queries.cards import Card, of_rows
from catalog.queries.gallery import GalleryFilter, Page, gallery_page, liked_page, owned_page
from catalog.viewers import Viewer

TABS = ("pictures", "boards", "likes")
SHOWN = 3
"""Pictures shown for a person in a list."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """images: how many of their pictures the viewer may list.  followed: by the viewer.  tabs: what there is to see."""

    username: str
    name: str
    about: str
    is_self: bool
    tab: str
    tabs: tuple[str, ...]
    images: int
    followers: int
    followed: bool
    page: Page
    boards: list[BoardCard]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a list, with some of their pictures."""

    id: int
    username: str
    name: str
    followed: bool
    cards: tuple[Card, ...]


def person_named(username: str) -> AbstractUser | None:
    """The person of this name, in upper or lower case, if their account is active."""
    if "\x00" in username:  # PostgreSQL does not take it even as a question
        return None
    found: AbstractUser | None = get_user_model().objects.filter(username__iexact=username, is_active=True).first()
    return found


def person_page(
    *, viewer: Viewer, username: str, tab: str = "pictures", cursor: str | None = None
) -> PersonPage | None:
    """What a person shows this viewer; to themselves, their pictures in every state and their likes."""
    person = person_named(username)
    if person is None:
        return None
    is_self = person.pk == viewer.user_id
    shared = Board.objects.visible_to(viewer).filter(owner=person.pk, visibility=BoardVisibility.SHARED)
    has_boards = shared.exists()
    there = {"pictures": True, "boards": has_boards, "likes": is_self or _shows_likes(person)}
    tabs = tuple(name for name in TABS if there[name])
    tab = tab if tab in tabs else "pictures"
    images = Image.objects.owned_by(viewer) if is_self else Image.objects.listed_for(viewer).filter(owner=person.pk)
    return PersonPage(
        username=person.get_username(),
        name=person.get_full_name() or person.get_username(),
        about=getattr(person, "about", ""),
        is_self=is_self,
        tab=tab,
        tabs=tabs,
        images=images.count(),
        followers=Follow.objects.filter(followed=person.pk, follower__is_active=True).count(),
        followed=Follow.objects.filter(followed=person.pk, follower=viewer.user_id).exists(),
        page=_page(person, viewer, tab, cursor),
        boards=board_cards(shared, viewer) if tab == "boards" else [],
    )


def people_cards(ids: Iterable[int], viewer: Viewer) -> list[PersonCard]:
    """These people, in the given order, each with their best-liked pictures; without those who have left."""
    wanted = list(ids)
    people = {person.pk: person for person in get_user_model().objects.filter(pk__in=wanted, is_active=True)}
    followed = set(
        Follow.objects.filter(follower=viewer.user_id, followed__in=wanted).values_list("followed", flat=True)
    )
    return [_person_card(people[pk], viewer, followed=pk in followed) for pk in wanted if pk in people]


def busiest_people(viewer: Viewer, *, most: int) -> list[int]:
    """The people whose pictures are liked most, without the viewer and those they follow."""
    known = Follow.objects.filter(follower=viewer.user_id).values("followed")
    listed = Image.objects.listed_for(viewer).filter(owner__is_active=True).exclude(owner__in=known)
    if viewer.user_id is not None:
        listed = listed.exclude(owner=viewer.user_id)
    owners = listed.order_by().values("owner").annotate(liked=Sum("like_count"), hung=Count("pk"))
    return [row["owner"] for row in owners.order_by("-liked", "-hung", "owner")[:most]]


def _shows_likes(person: AbstractUser) -> bool:
    return bool(getattr(person, "shows_likes", False))


def _page(person: AbstractUser, viewer: Viewer, tab: str, cursor: str | None) -> Page:
    is_self = person.pk == viewer.user_id
    if tab == "likes":
        return liked_page(viewer=viewer, whose=None if is_self else person.pk, cursor=cursor)
    if tab == "boards":
        return Page()
    if is_self:
        return owned_page(viewer=viewer, cursor=cursor)
    return gallery_page(viewer=viewer, where=GalleryFilter(owner=person.get_username()), cursor=cursor)


def _person_card(person: AbstractUser, viewer: Viewer, *, followed: bool) -> PersonCard:
    listed = Image.objects.listed_for(viewer).filter(Q(owner=person.pk) & ~Q(rendition_token=""))
    return PersonCard(
        id=person.pk,
        username=person.get_username(),
        name=person.get_full_name() or person.get_username(),
        followed=followed,
        cards=tuple(of_rows(listed.order_by("-like_count", "-pk")[:SHOWN], viewer)),
    )
