from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.tags import in_language


class CategoryQuerySet(models.QuerySet):
    def below(self, slug: str) -> Self:
        """The category of that slug and everything under it."""
        return self.filter(Q(slug=slug) | Q(path__startswith=f"{slug}/") | Q(path__contains=f"/{slug}/"))


class Category(models.Model):
    """A place in the owner's tree. `path` holds the slugs from the root down, so that a subtree is one prefix."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    path = models.CharField(_("path"), max_length=400, unique=True, editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["path"]

    def __str__(self) -> str:
        return in_language(self.name, self.name_zh)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = f"{self.parent.path}/{self.slug}" if self.parent else self.slug
        super().save(*args, **kwargs)
        for child in self.children.exclude(path__startswith=f"{self.path}/"):
            child.save()

    @property
    def root(self) -> str:
        """The slug of the top of its branch."""
        return self.path.partition("/")[0]
