from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_language(name: str, name_zh: str) -> str:
    """The name of a tag or category as the reader of this page calls it."""
    return name_zh if name_zh and (get_language() or "").startswith("zh") else name


def root(name: str) -> str:
    """What two forms of one word share: `Faces` and `face`, `Cities` and `city`."""
    word = name.casefold()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "shes", "ches")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


class TagQuerySet(models.QuerySet):
    def with_narrower(self) -> models.QuerySet[Tag]:
        """These tags and all below them; one query for each level."""
        found: set[int] = set()
        step = set(self.values_list("pk", flat=True))
        while step:
            found |= step
            step = set(Tag.objects.filter(parent__in=step).values_list("pk", flat=True)) - found
        return Tag.objects.filter(pk__in=found)


class Tag(models.Model):
    """A word for what is in a picture. `parent` is the wider word, where one is known: a spaniel is a dog."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children", verbose_name=_("wider tag")
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return in_language(self.name, self.name_zh)


class ImageTag(models.Model):
    """A tag on a picture, by a person or a machine. `removed` remembers a person's no, so that no machine undoes it."""

    class Source(models.TextChoices):
        PERSON = "person", _("a person")
        MACHINE = "machine", _("a machine")

    image = models.ForeignKey("catalog.Image", models.CASCADE, related_name="image_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="image_tags")
    source = models.CharField(_("source"), max_length=7, choices=Source)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    removed = models.BooleanField(_("removed by a person"), default=False)

    class Meta:
        verbose_name = _("tag on an image")
        verbose_name_plural = _("tags on images")
        constraints = [
            models.UniqueConstraint(fields=["image", "tag"], name="imagetag_once"),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=0, confidence__lte=1),
                name="imagetag_confidence_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} ({self.source})"
