"""Deciding on proposed categories. What is accepted becomes the picture's category, as if staff had chosen it."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet

from catalog import services as catalog_services
from catalog.models import Category, Image
from recommender.models import CategoryProposal

Decision = CategoryProposal.Decision


def accept_proposals(*, proposals: QuerySet[CategoryProposal], by: AbstractUser, now: dt.datetime) -> int:
    """Put the pictures into the categories proposed; returns how many.

    A picture that has been given a category in the meantime keeps it, and its proposal is dropped.
    """
    with transaction.atomic():
        rows = list(proposals.filter(decision=Decision.OPEN).select_for_update().values_list("pk", "image", "category"))
        opened = CategoryProposal.objects.filter(pk__in=[pk for pk, _image, _category in rows])
        opened.exclude(image__category=None).delete()
        count = 0
        for category in Category.objects.filter(pk__in={category for _pk, _image, category in rows}):
            images = [image for _pk, image, proposed in rows if proposed == category.pk]
            unsorted = Image.objects.filter(pk__in=images, category=None)
            count += catalog_services.recategorise(images=unsorted, category=category)
        opened.update(decision=Decision.ACCEPTED, decided_at=now, decided_by=by)
    return count


def refuse_proposals(*, proposals: QuerySet[CategoryProposal], by: AbstractUser, now: dt.datetime) -> int:
    """Never propose these categories for these pictures again; returns how many."""
    opened = proposals.filter(decision=Decision.OPEN)
    return CategoryProposal.objects.filter(pk__in=list(opened.values_list("pk", flat=True))).update(
        decision=Decision.REFUSED, decided_at=now, decided_by=by
    )
