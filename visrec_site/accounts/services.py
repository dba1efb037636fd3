"""What an account does beyond signing in: adopt what a visitor did, hold API tokens, hand out and delete its data."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from rest_framework.authtoken.models import Token

from catalog import services as catalog_services
from catalog.models import Board, BoardImage, BoardMember, Follow, Image, Like
from recommender import services as recommender_services
from recommender.models import Assignment, Dismissal, Event, Feed, MaskedRegion, Mute, Profile, TasteWeight
from visrec_site.accounts.models import User


def adopt(*, visitor: uuid.UUID, user: User) -> None:
    """Make what an anonymous visitor liked, dismissed and saw this person's own."""
    with transaction.atomic():
        catalog_services.adopt(visitor=visitor, user=user)
        recommender_services.adopt(visitor=visitor, user=user)


def make_token(*, user: User) -> str:
    """A new API token; an older one stops working."""
    with transaction.atomic():
        Token.objects.filter(user=user).delete()
        return str(Token.objects.create(user=user).key)


def revoke_token(*, user: User) -> None:
    Token.objects.filter(user=user).delete()


def export(*, user: User) -> dict[str, Any]:
    """Everything the site keeps of this person, for a machine to read."""
    return {
        "account": _account(user),
        "images": [_image(image) for image in Image.objects.filter(owner=user).order_by("created_at")],
        "follows": list(Follow.objects.filter(follower=user).values_list("followed__username", flat=True)),
        "likes": _reactions(Like.objects.filter(user=user)),
        "boards": [_board(board) for board in Board.objects.filter(owner=user).order_by("created_at")],
        "board_memberships": [_membership(row) for row in _memberships(user)],
        "saves": [_save(row) for row in BoardImage.objects.filter(added_by=user).order_by("added_at")],
        "dismissals": _reactions(Dismissal.objects.filter(user=user)),
        "not_this_part": [_mask(row) for row in MaskedRegion.objects.filter(user=user).defer("features")],
        "events": [_event(event) for event in Event.objects.filter(user=user).order_by("at")],
        "feeds": [_feed(feed) for feed in Feed.objects.filter(user=user).order_by("asked_at")],
        "experiments": [_arm(row) for row in Assignment.objects.filter(user=user).select_related("experiment")],
        "choices": [_profile(profile) for profile in Profile.objects.filter(user=user)],
        "taste_weights": [_weight(row) for row in TasteWeight.objects.filter(user=user)],
        "mutes": [_mute(row) for row in Mute.objects.filter(user=user).select_related("tag", "category", "person")],
    }


def delete_account(*, user: User) -> None:
    """Erase the person with everything that is theirs: pictures and files, likes, dismissals, events, tokens.

    Where the store of pictures is away, they are out of sight all the same, and the person is still there to try again.
    Raises StorageUnavailable.
    """
    catalog_services.delete(images=Image.objects.filter(owner=user))
    for image in Image.objects.filter(owner=user):
        catalog_services.erase(image=image)
    catalog_services.take_back_likes(user=user)
    user.delete()


def _columns(row: Model, *names: str) -> dict[str, Any]:
    """What these columns hold; moments in ISO 8601."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _account(user: User) -> dict[str, Any]:
    said = _columns(user, "username", "first_name", "last_name", "about", "shows_likes", "meets_kindred", "email")
    moments = {"joined": _plain(user.date_joined), "last_signed_in": _plain(user.last_login)}
    return said | moments | {"has_token": Token.objects.filter(user=user).exists()}


def _image(image: Image) -> dict[str, Any]:
    return {
        **_columns(image, "id", "title", "description"),
        "category": image.category.slug if image.category else None,
        "tags": list(image.image_tags.filter(removed=False).values_list("tag__name", flat=True)),
        **_columns(image, "visibility", "source", "licence", "created_at"),
        "likes": image.like_count,
        "camera": image.exif,
        "original": f"/images/{image.pk}/original",
    }


def _board(board: Board) -> dict[str, Any]:
    members = board.members.exclude(accepted_at=None).order_by("accepted_at")
    return {
        **_columns(board, "id", "name", "description", "visibility"),
        "cover": board.cover_id,
        **_columns(board, "created_at", "deleted_at"),
        "images": list(board.board_images.values_list("image_id", flat=True)),
        "members": list(members.values_list("user__username", flat=True)),
    }


def _memberships(user: User) -> QuerySet[BoardMember]:
    return BoardMember.objects.filter(user=user, board__deleted_at=None).select_related("board")


def _membership(row: BoardMember) -> dict[str, Any]:
    return {"board": row.board.name, "may_save": row.may_edit, "accepted": _plain(row.accepted_at)}


def _save(row: BoardImage) -> dict[str, Any]:
    return {"image": row.image_id, "board": row.board_id, "at": _plain(row.added_at)}


def _mask(row: MaskedRegion) -> dict[str, Any]:
    return {"image": row.image_id, "region": row.box, "at": _plain(row.created_at)}


def _arm(row: Assignment) -> dict[str, Any]:
    return {"experiment": row.experiment.name, "arm": row.arm, "since": _plain(row.at)}


def _weight(row: TasteWeight) -> dict[str, Any]:
    return {"image": row.image_id, "weight": row.weight, "on": row.on, "at": _plain(row.created_at)}


def _mute(row: Mute) -> dict[str, Any]:
    return {"of": str(row.target), "at_most": row.most, "said_of": row.image_id, "at": _plain(row.created_at)}


def _profile(profile: Profile) -> dict[str, Any]:
    chosen = ("learns_from_likes", "learns_from_views", "learns_from_saves", "diversity", "before_reset")
    moments = ("seen_since", "paused_at", "private_since", "private_until", "reset_at")
    return _columns(profile, *chosen, *moments)


def _event(event: Event) -> dict[str, Any]:
    said = {"kind": event.kind, "image": event.image_id, "at": _plain(event.at)}
    where = {"list": event.tab, "position": event.position, "because_of": event.source, "arm": event.arm}
    return said | where | {"seconds": event.seconds}


def _feed(feed: Feed) -> dict[str, Any]:
    shown = [place[0] for page in feed.pages for place in page["places"]]
    return {"list": feed.scope, "at": _plain(feed.asked_at), "shown": shown}


def _reactions(rows: Any) -> list[dict[str, Any]]:
    return [
        {"image": image, "at": _plain(at)}
        for image, at in rows.order_by("created_at").values_list("image_id", "created_at")
    ]
