"""What addresses carry, and what is said where they lead no longer."""

from django.http import Http404


class NoLonger(Http404):
    """What was here and is not any more; the page of the error says the text, which is for whoever asked."""


def ids_in(text: str, *, most: int = 100) -> list[int]:
    """Picture ids from `3,1,2`, each once; whatever is not a number is passed over."""
    parts = (part for part in text[: 20 * most].split(",") if part.isascii() and part.isdecimal() and len(part) < 17)
    return list(dict.fromkeys(map(int, parts)))[:most]
