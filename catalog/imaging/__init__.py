"""Foreign bytes in, safe pixels out: pure functions on Pillow and the standard library, without Django.

Only what is cheap to import is named here. `rendering` and `decoding` meet foreign files in the child process alone
(`child.py`, started by `catalog.intake`); nothing else imports them outside the tests.
"""

from catalog.imaging.formats import HEAD_BYTES, fitted, sniff
from catalog.imaging.refusals import FORMAT_NAMES, Empty, Refused, TooLarge, Undecodable, Unsupported

__all__ = [
    "FORMAT_NAMES",
    "HEAD_BYTES",
    "Empty",
    "Refused",
    "TooLarge",
    "Undecodable",
    "Unsupported",
    "fitted",
    "sniff",
]
