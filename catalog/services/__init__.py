"""Verbs: everything that changes the catalogue. Pages, API, desk and commands all call these; none of them renders."""

from catalog.services.desk import (
    add_tags,
    delete,
    hide,
    merge_tags,
    recategorise,
    reprocess,
    restore,
    retry_failed,
    words_changed,
)
from catalog.services.images import (
    Duplicate,
    InvalidValue,
    add_image,
    delete_image,
    edit_image,
    erase,
    retry_image,
    undelete_image,
)
from catalog.services.reactions import adopt, like, take_back_likes, unlike
from catalog.services.tags import MachineTag, clear_findable, mark_findable, set_machine_tags, set_person_tags

__all__ = [
    "Duplicate",
    "InvalidValue",
    "MachineTag",
    "add_image",
    "add_tags",
    "adopt",
    "clear_findable",
    "delete",
    "delete_image",
    "edit_image",
    "erase",
    "hide",
    "like",
    "mark_findable",
    "merge_tags",
    "recategorise",
    "reprocess",
    "restore",
    "retry_failed",
    "retry_image",
    "set_machine_tags",
    "set_person_tags",
    "take_back_likes",
    "undelete_image",
    "unlike",
    "words_changed",
]
