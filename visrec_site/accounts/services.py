"""What an account does beyond signing in: adopt what a visitor did, hold API tokens, hand out and delete its data."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
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


def _account(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "about": user.about,
        "shows_likes": user.shows_likes,
        "meets_kindred": user.meets_kindred,
        "email": user.email,
        "joined": user.date_joined.isoformat(),
        "last_signed_in": user.last_login.isoformat() if user.last_login else None,
        "has_token": Token.objects.filter(user=user).exists(),
    }


def _image(image: Image) -> dict[str, Any]:
    return {
        "id": image.pk,
        "title": image.title,
        "description": image.description,
        "category": image.category.slug if image.category else None,
        "tags": list(image.image_tags.filter(removed=False).values_list("tag__name", flat=True)),
        "visibility": image.visibility,
        "source": image.source,
        "licence": image.licence,
        "created_at": image.created_at.isoformat(),
        "likes": image.like_count,
        "camera": image.exif,
        "original": f"/images/{image.pk}/original",
    }


def _board(board: Board) -> dict[str, Any]:
    return {
        "id": board.pk,
        "name": board.name,
        "description": board.description,
        "visibility": board.visibility,
        "cover": board.cover_id,
        "created_at": board.created_at.isoformat(),
        "deleted_at": board.deleted_at.isoformat() if board.deleted_at else None,
        "images": list(board.board_images.values_list("image_id", flat=True)),
        "members": list(
            board.members.exclude(accepted_at=None).order_by("accepted_at").values_list("user__username", flat=True)
        ),
    }


def _memberships(user: User) -> QuerySet[BoardMember]:
    return BoardMember.objects.filter(user=user, board__deleted_at=None).select_related("board")


def _membership(row: BoardMember) -> dict[str, Any]:
    accepted = row.accepted_at.isoformat() if row.accepted_at else None
    return {"board": row.board.name, "may_save": row.may_edit, "accepted": accepted}


def _save(row: BoardImage) -> dict[str, Any]:
    return {"image": row.image_id, "board": row.board_id, "at": row.added_at.isoformat()}


def _mask(row: MaskedRegion) -> dict[str, Any]:
    return {"image": row.image_id, "region": row.box, "at": row.created_at.isoformat()}


def _arm(row: Assignment) -> dict[str, Any]:
    return {"experiment": row.experiment.name, "arm": row.arm, "since": row.at.isoformat()}


def _weight(row: TasteWeight) -> dict[str, Any]:
    return {"image": row.image_id, "weight": row.weight, "on": row.on, "at": row.created_at.isoformat()}


def _mute(row: Mute) -> dict[str, Any]:
    return {"of": str(row.target), "at_most": row.most, "said_of": row.image_id, "at": row.created_at.isoformat()}


def _profile(profile: Profile) -> dict[str, Any]:
    moments = ("seen_since", "paused_at", "private_since", "private_until", "reset_at")
    chosen = ("learns_from_likes", "learns_from_views", "learns_from_saves", "diversity", "before_reset")
    return {name: getattr(profile, name) for name in chosen} | {
        name: moment.isoformat() if (moment := getattr(profile, name)) else None for name in moments
    }


def _event(event: Event) -> dict[str, Any]:
    said = {"kind": event.kind, "image": event.image_id, "at": event.at.isoformat()}
    where = {"list": event.tab, "position": event.position, "because_of": event.source, "arm": event.arm}
    return said | where | {"seconds": event.seconds}


def _feed(feed: Feed) -> dict[str, Any]:
    shown = [place[0] for page in feed.pages for place in page["places"]]
    return {"list": feed.scope, "at": feed.asked_at.isoformat(), "shown": shown}


def _reactions(rows: Any) -> list[dict[str, Any]]:
    return [
        {"image": image, "at": at.isoformat()}
        for image, at in rows.order_by("created_at").values_list("image_id", "created_at")
    ]
