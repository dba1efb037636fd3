"""Why a file is refused: a stable code for programs, one sentence for people, a status for HTTP.

The sentences are English message ids. Whoever shows one translates it and fills it in:
``gettext(refusal.sentence) % refusal.params``.
"""

from typing import ClassVar

FORMAT_NAMES = "JPEG, PNG, WebP, GIF, AVIF, HEIC"


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators' catalogue; this package knows no Django to translate it."""
    return sentence


class Refused(Exception):
    """A file we do not take. `str()` of it is the English sentence, filled in."""

    status: ClassVar[int]
    sentences: ClassVar[dict[str, str]]

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        self.sentence = self.sentences[code]
        super().__init__(self.sentence % params)


class Empty(Refused):
    """There is nothing in the file."""

    status = 400
    sentences: ClassVar[dict[str, str]] = {"empty": gettext_noop("The file is empty.")}

    def __init__(self) -> None:
        super().__init__("empty")


class TooLarge(Refused):
    """The file has more bytes than the site takes; `megabytes` is the limit it passed."""

    status = 413
    sentences: ClassVar[dict[str, str]] = {
        "too-large": gettext_noop("The file is larger than %(megabytes)s MB, the most that is taken.")
    }

    def __init__(self, *, limit: int) -> None:
        super().__init__("too-large", megabytes=f"{limit / 2**20:.3g}")


class Unsupported(Refused):
    """The first bytes belong to none of the formats we read."""

    status = 415
    sentences: ClassVar[dict[str, str]] = {
        "unsupported": gettext_noop("This is not a picture in a format that is taken here: %(formats)s.")
    }

    def __init__(self) -> None:
        super().__init__("unsupported", formats=FORMAT_NAMES)


class Undecodable(Refused):
    """The format is right, but the picture cannot, or may not, be decoded."""

    status = 422
    sentences: ClassVar[dict[str, str]] = {
        "damaged": gettext_noop("The file is damaged or incomplete and cannot be read."),
        "too-many-pixels": gettext_noop("The picture has more than %(limit)s million pixels, the most that is taken."),
        "too-long": gettext_noop("A side of the picture is longer than %(limit)s pixels, the most that is taken."),
        "too-thin": gettext_noop("One side of the picture is more than %(limit)s times as long as the other."),
        "too-small": gettext_noop("The picture is smaller than %(limit)s × %(limit)s pixels."),
        "too-complex": gettext_noop("The file is made of so many parts that reading it would take too long."),
        "too-slow": gettext_noop("Reading the picture took too long, so it was stopped."),
        "too-much-memory": gettext_noop("Reading the picture needs more memory than a picture is given."),
        "crashed": gettext_noop("The file is damaged in a way that stopped the program that reads it."),
    }
