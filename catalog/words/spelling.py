"""One spelling of what a reader takes for the same."""

import unicodedata


def plain(text: str) -> str:
    """The text as it is compared: in small letters, of one spelling, with single spaces."""
    return " ".join(folded(text).lower().split())


def folded(text: str) -> str:
    """One spelling of what a reader takes for the same: no accents, and letters and digits of one width."""
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))
