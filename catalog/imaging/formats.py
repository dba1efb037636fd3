"""What can be known about a file before anything is decoded: its format, and whether its header is within limits."""

import re
from typing import BinaryIO, Final

from catalog.imaging.refusals import Undecodable

MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 20_000
MAX_RATIO: Final = 40
MIN_SIDE: Final = 2

# A camera writes 1 scan, a progressive encoder about 10, a depth-first script 30. A file of 6,000 takes 70 s of CPU.
MAX_JPEG_SCANS: Final = 100
MAX_JPEG_SEGMENTS: Final = 2_000

# Chunks of 1 kB would fill the largest upload with 20,000; a million of none take 6 s of CPU.
MAX_PNG_CHUNKS: Final = 25_000
PNG_SIGNATURE_BYTES: Final = 8
PNG_CHUNK_FRAME_BYTES: Final = 12

PIXELS_PER_BYTE: Final = {"JPEG": 512, "PNG": 8 * 1032, "GIF": 2731}
"""The most pixels that a byte can stand for: JPEG spends a bit on each block of 8×8, deflate packs 1032 bytes of
1-bit pixels into one, LZW 4,096 pixels into 12 bits. WebP and AVIF have no such bound."""

HEAD_BYTES: Final = 256
"""How many first bytes `sniff` wants to see."""

AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
NEUTRAL_BRANDS: Final = frozenset({b"mif1", b"msf1"})

# In coded data 0xFF is followed by 0x00 (a stuffed byte) or a restart marker D0-D7; anything else is a marker.
JPEG_MARKER: Final = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
START_OF_SCAN: Final = 0xDA
END_OF_IMAGE: Final = 0xD9
WITHOUT_LENGTH: Final = frozenset({0x01, 0xD8})


def sniff(head: bytes) -> str | None:
    """Name the format by its signature: JPEG, PNG, WEBP, GIF, AVIF, HEIC, or None for everything else.

    head: the first `HEAD_BYTES` of the file (fewer if it is shorter). Names and declared types are never believed.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[4:8] == b"ftyp":
        return _sniff_brands(head)
    return None


def _sniff_brands(head: bytes) -> str | None:
    """Read an ISO file's brands: the major one decides, a neutral one (`mif1`) leaves it to the compatible ones."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    major, compatible = head[8:12], {head[at : at + 4] for at in range(16, end, 4)}
    brands = compatible if major in NEUTRAL_BRANDS else {major}
    if brands & AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & HEIC_BRANDS else None


def check_size(width: int, height: int) -> None:
    """Refuse what a header announces when decoding it would be costly or pointless."""
    if min(width, height) < MIN_SIDE:
        raise Undecodable("too-small", limit=MIN_SIDE)
    if max(width, height) > MAX_SIDE:
        raise Undecodable("too-long", limit=MAX_SIDE)
    if width * height > MAX_PIXELS:
        raise Undecodable("too-many-pixels", limit=MAX_PIXELS // 1_000_000)
    if max(width, height) > MAX_RATIO * min(width, height):
        raise Undecodable("too-thin", limit=MAX_RATIO)


def check_substance(file_format: str, width: int, height: int, file_bytes: int) -> None:
    """Refuse a file that is too short to hold the pixels it announces, however well they compress."""
    if width * height > file_bytes * PIXELS_PER_BYTE.get(file_format, MAX_PIXELS):
        raise Undecodable("damaged")


def check_jpeg_parts(file: BinaryIO) -> None:
    """Refuse a JPEG with more segments or scans than any encoder writes: each scan costs a pass over all pixels.

    Walking through the coded data takes 10 ms a megabyte, so it stops at the first scan unless the two bytes that
    start a scan occur more often than is allowed (they may, in what a phone appends to its pictures).
    """
    file.seek(0)
    data = file.read()
    few_scans = data.count(bytes([0xFF, START_OF_SCAN])) <= MAX_JPEG_SCANS
    scans = segments = 0
    at = 2
    while found := JPEG_MARKER.search(data, at):
        marker, at = found[1][0], found.end()
        if marker == END_OF_IMAGE or (few_scans and marker == START_OF_SCAN):
            return
        if marker in WITHOUT_LENGTH:
            continue
        at += max(2, int.from_bytes(data[at : at + 2], "big"))
        segments += 1
        scans += marker == START_OF_SCAN
        if scans > MAX_JPEG_SCANS or segments > MAX_JPEG_SEGMENTS:
            raise Undecodable("too-complex")


def check_png_parts(file: BinaryIO) -> None:
    """Refuse a PNG with more chunks than any encoder writes: each costs the reader a little time and memory."""
    at = PNG_SIGNATURE_BYTES
    for _ in range(MAX_PNG_CHUNKS):
        file.seek(at)
        length = file.read(4)
        if len(length) < 4:
            return
        at += PNG_CHUNK_FRAME_BYTES + int.from_bytes(length, "big")
    raise Undecodable("too-complex")


def fitted(width: int, height: int, size: int) -> tuple[int, int]:
    """Shrink (width, height) so that the longest side is at most `size`; never enlarge; no side below 1."""
    longest = max(width, height)
    if longest <= size:
        return width, height
    return max(1, round(width * size / longest)), max(1, round(height * size / longest))
