"""What tables and columns are called at the desk, in the language of who reads it.

Django derives these names from the code; asking for each in its place would be a migration for every word. Here the
derived name becomes a message of its own. Migrations do not see it: they compare what the code wrote down.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.text import camel_case_to_spaces
from django.utils.translation import gettext_lazy

OURS = ("accounts", "catalog", "recommender")


def translate() -> None:
    """Make every derived name of our models a translated one. Called once, when the apps are ready."""
    for model in _models():
        options: Any = model._meta
        one, many = _of_model(model)
        options.verbose_name = one if isinstance(one, Promise) else gettext_lazy(one)
        options.verbose_name_plural = many if isinstance(many, Promise) else gettext_lazy(many)
        for field in _fields(model):
            field.verbose_name = gettext_lazy(_of_field(field))


def spoken() -> Iterator[str]:
    """The messages that `translate` makes."""
    for model in _models():
        yield from (name for name in _of_model(model) if not isinstance(name, Promise))
        yield from map(_of_field, _fields(model))


def _models() -> list[type[Model]]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def _of_model(model: type[Model]) -> tuple[str | Promise, str | Promise]:
    """One and many, as written in its Meta or derived from its name as Django does."""
    written = model._meta.original_attrs
    one = written.get("verbose_name") or camel_case_to_spaces(model._meta.object_name or "")
    return one, written.get("verbose_name_plural") or (f"{one}s" if isinstance(one, str) else one)


def _fields(model: type[Model]) -> list[Field]:
    """The columns whose names were derived: those that are written down say for themselves what they are called."""
    fields: tuple[Any, ...] = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return [field for field in fields if field._verbose_name is None and field.name]


def _of_field(field: Field) -> str:
    return field.name.replace("_", " ")
