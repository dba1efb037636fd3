"""What people type about their pictures and boards."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import BoardVisibility, Category, Image, Visibility
from catalog.queries import Card

VISIBILITIES = [
    (Visibility.PUBLIC, _("Public: everyone")),
    (Visibility.UNLISTED, _("Unlisted: whoever has the link")),
    (Visibility.PRIVATE, _("Private: only you")),
]


def title_from(name: str) -> str:
    """A title for a file nobody has named: `summer_at-the-sea.JPG` → `Summer at the sea`."""
    words = re.sub(r"[\s_\-]+", " ", PurePath(name.replace("\\", "/")).stem).strip()
    return (words[:1].upper() + words[1:])[:200]


def tag_names(text: str) -> list[str]:
    """Names between commas, each once, in order."""
    return list(dict.fromkeys(name for part in text.split(",") if (name := " ".join(part.split()))))


class CategoryField(forms.ModelChoiceField):  # no subscript at run time
    def label_from_instance(self, category: Category) -> str:
        return "\u2003" * category.path.count("/") + str(category)


class RowForm(forms.Form):
    """The words that can be changed while an upload is under way."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    category = CategoryField(
        Category.objects.order_by("path"),
        label=_("Category"),
        required=False,
        to_field_name="slug",
        empty_label=_("None"),
    )
    tags = forms.CharField(label=_("Tags"), required=False, max_length=2000, help_text=_("Separate them by commas."))
    visibility = forms.ChoiceField(label=_("Visibility"), choices=VISIBILITIES)
    # The tags as the form first showed them: what a machine adds meanwhile is not taken for something removed.
    tags_before = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, card: Card, data: Any = None) -> RowForm:
        tags = ", ".join(tag.name for tag in card.tags)
        initial = {
            "title": card.title,
            "description": card.description,
            "category": card.category.slug if card.category else None,
            "tags": tags,
            "tags_before": tags,
            "visibility": card.visibility,
            "source": card.source,
            "licence": card.licence,
        }
        return cls(data, initial=initial, auto_id=f"id-{card.id}-%s")

    def changes(self, card: Card) -> dict[str, Any]:
        """What `services.edit_image` is to change; the tags only if the person changed them."""
        changes = {name: value for name, value in self.cleaned_data.items() if name not in ("tags", "tags_before")}
        before, after = tag_names(self.cleaned_data["tags_before"]), tag_names(self.cleaned_data["tags"])
        if before != after:
            kept = [tag.name for tag in card.tags if tag.name not in before or tag.name in after]
            changes["tags"] = [*kept, *(name for name in after if name not in kept)]
        return changes


class EditForm(RowForm):
    """All words of a picture."""

    field_order = ["title", "description", "category", "tags", "visibility", "source", "licence"]

    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
    source = forms.URLField(
        label=_("Source"), max_length=500, required=False, assume_scheme="https", help_text=_("Where it comes from.")
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=Image._meta.get_field("licence").max_length, required=False
    )


class AllForm(forms.Form):
    """What can be said of all uploads at once; what is left empty changes nothing."""

    category = CategoryField(
        Category.objects.order_by("path"), label=_("Category"), required=False, to_field_name="slug", empty_label="—"
    )
    tags = forms.CharField(label=_("Tags"), required=False)
    visibility = forms.ChoiceField(label=_("Visibility"), choices=[("", "—"), *VISIBILITIES], required=False)


class BoardForm(forms.Form):
    """The words of a board, and who may see it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        choices=[
            (BoardVisibility.PRIVATE, _("Private: you, and whom you invite")),
            (BoardVisibility.SHARED, _("Shared: everyone")),
        ],
        initial=BoardVisibility.PRIVATE,
    )
