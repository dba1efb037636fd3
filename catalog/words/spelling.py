"""One spelling for words that a reader takes to be the same."""

import re
import unicodedata

CHINESE = re.compile(r"[\u3400-\u9fff]+")
"""A run of Chinese, which has no spaces between its words."""


def plain(text: str) -> str:
    """The text as it is compared: folded, in lower case, with single spaces."""
    return " ".join(folded(text).lower().split())


def folded(text: str) -> str:
    """The text without accents, its letters and digits of one width."""
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))
