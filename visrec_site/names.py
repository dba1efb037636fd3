"""What tables and columns are called at the desk, in the language of who reads it.

Django derives these names from the code; asking for each in its place would be a migration for every word. Here names
and explanations become messages when the apps are ready. Migrations do not see it: they are made without translation.
"""

from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

OURS = ("accounts", "catalog", "recommender")
MESSAGES: set[str] = set()
"""All that `translate` has made messages of."""


def translate() -> None:
    """Make every name and explanation of our models a translated one. Called once, when the apps are ready."""
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            options: Any = model._meta
            if not isinstance(options.verbose_name, Promise):
                # Where no plural was written, Django's is lazy and would add its s to any language.
                options.verbose_name_plural = _message(str(options.verbose_name_plural))
                options.verbose_name = _message(options.verbose_name)
            for field in (*options.local_fields, *options.local_many_to_many):
                field.verbose_name = _message(field.verbose_name)
                field.help_text = _message(field.help_text)


def _message(text: Any) -> Any:
    if not text or isinstance(text, Promise):
        return text
    MESSAGES.add(text)
    return gettext_lazy(text)
