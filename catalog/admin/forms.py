from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from catalog import services
from catalog.forms import tag_names
from catalog.models import Category, Image, Tag


class ImageDeskForm(forms.ModelForm):
    """A picture's words with its tags as one line."""

    tag_line = forms.CharField(
        label=_("Tags"), required=False, max_length=2000, help_text=_("Separate them by commas."),
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )  # fmt: skip

    class Meta:
        model = Image
        fields = ["title", "description", "category", "visibility", "source", "licence"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            tags = self.instance.image_tags.filter(removed=False).order_by("tag__name")
            self.fields["tag_line"].initial = ", ".join(tags.values_list("tag__name", flat=True))

    def clean_tag_line(self) -> list[str]:
        return tag_names(self.cleaned_data["tag_line"])


class CategoryForm(forms.ModelForm):
    class Meta:
        model = Category
        fields = ["name", "name_zh", "slug", "parent"]

    def clean_parent(self) -> Category | None:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and f"/{self.instance.slug}/" in f"/{parent.path}/":
            raise forms.ValidationError(_("A category cannot lie below itself."))
        return parent


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name", "name_zh", "slug", "parent"]

    def clean_parent(self) -> Tag | None:
        parent = self.cleaned_data["parent"]
        if parent and services.lies_below(parent, {self.instance.pk}):
            raise forms.ValidationError(_("A tag cannot be wider than itself."))
        return parent


class CategoryChoice(forms.Form):
    """Where pictures go."""

    category = forms.ModelChoiceField(
        Category.objects.order_by("path"), label=_("Category"), required=False, empty_label=_("No category")
    )


class TagLine(forms.Form):
    """What pictures are tagged with."""

    tags = forms.CharField(label=_("Tags"), max_length=2000, help_text=_("Separate them by commas."))

    def clean_tags(self) -> list[str]:
        names = tag_names(self.cleaned_data["tags"])
        if not names:
            raise forms.ValidationError(_("Write at least one tag."))
        return names


class TagChoice(forms.Form):
    """Which tag stays."""

    into = forms.ModelChoiceField(Tag.objects.all(), label=_("Merge into"))

    def __init__(self, *args: Any, admin_site: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = Tag._meta.get_field("parent")
        self.fields["into"].widget = AutocompleteSelect(field, admin_site, attrs={"data-width": "20rem"})
        self.fields["into"].widget.choices = self.fields["into"].choices  # type: ignore[attr-defined]
