"""Files that people, broken software and attackers send, each made by code; `GROUPS` holds them all."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import IFDRational

from tests.catalog.heic import HEIC

SECRETS = (
    b"SECRET-SERIAL-0042",
    b"SECRET-COMMENT",
    b"SECRET-XMP",
    b"SECRET-IPTC",
    b"SECRET-ARTIST",
    b"SECRET-TEXT",
    b"<script>",
    b"<?php",
    b"GPS",
    b"Exif",
    b"EXIF",
    b"XMP ",
    b"ICCP",
    b"48.8584",
)
"""What must never be found in anything served."""

ANY = "any"
"""Whether the file is readable depends on the decoder; that the answer is an answer is all that matters."""


@dataclass(frozen=True)
class Hostile:
    """name: for the test's id.  data: the file.  expected: 'ok', a refusal's code, or ANY."""

    name: str
    data: bytes
    expected: str


def picture(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """Draw four fields of different colours, so that every turn and flip of it can be told apart."""
    image = Image.new("RGB", (width, height), (200, 40, 40))
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), fill=(40, 160, 60))
    draw.rectangle((0, height // 2, width // 2 - 1, height), fill=(40, 70, 200))
    draw.rectangle((width // 2, height // 2, width, height), fill=(240, 220, 80))
    return image.convert(mode)


def saved(image: Image.Image, file_format: str, **options: Any) -> bytes:
    """Write an image in a format."""
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return saved(image or picture(), "JPEG", quality=92, **options)


def with_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """Put a segment behind a JPEG's first marker."""
    return data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + data[2:]


def with_jpeg_size(data: bytes, width: int, height: int) -> bytes:
    """Overwrite the size in a JPEG's frame header."""
    for marker in (b"\xff\xc0", b"\xff\xc2"):
        at = data.find(marker)
        if at > 0:
            return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]
    raise ValueError("no frame header")


def chunk(kind: bytes, content: bytes) -> bytes:
    """Make a PNG chunk."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *, depth: int = 8, colour: int = 2, rows: bytes = b"", extra: bytes = b"") -> bytes:
    """Make a PNG from its parts; `rows` are the raw scanlines, filter bytes included."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(rows, 1))
    return b"\x89PNG\r\n\x1a\n" + header + extra + data + chunk(b"IEND", b"")


def zero_rows(width: int, height: int, bytes_per_pixel: int = 3) -> bytes:
    return bytes((width * bytes_per_pixel + 1) * height)


def with_chunk(data: bytes, kind: bytes, content: bytes) -> bytes:
    """Put a chunk behind a PNG's header."""
    return data[:33] + chunk(kind, content) + data[33:]


def gif_of_few_bytes(width: int, height: int) -> bytes:
    """Make a 35-byte GIF of any size: the decoder fills what the data does not give."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0)
    frame = struct.pack("<BHHHHB", 0x2C, 0, 0, width, height, 0)
    return b"GIF89a" + screen + b"\0\0\0\xff\xff\xff" + frame + b"\x02\x02\x44\x01\x00;"


def jpeg_of_many_scans(scans: int, width: int = 2000, height: int = 2000) -> bytes:
    """Repeat the last scan of a progressive JPEG: each repetition is a pass over all pixels."""
    data = saved(Image.new("RGB", (width, height), "teal"), "JPEG", progressive=True)
    last = data.rfind(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def webp_header(width: int, height: int) -> bytes:
    """Announce a canvas in an extended WebP and give no picture."""
    content = bytes([0x10, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    vp8x = b"VP8X" + struct.pack("<I", 10) + content
    return b"RIFF" + struct.pack("<I", 4 + len(vp8x)) + b"WEBP" + vp8x


def exif(**tags: Any) -> Image.Exif:
    """Make an EXIF block with all that must not leave, and some that the owner may see."""
    block = Image.Exif()
    block[0x010F] = "Canon"
    block[0x0110] = "Canon EOS R5"
    block[0x013B] = "SECRET-ARTIST"
    block[0x0112] = tags.get("orientation", 1)
    details = block.get_ifd(0x8769)
    details[0x829A] = IFDRational(1, 250)
    details[0x829D] = IFDRational(28, 10)
    details[0x8827] = 400
    details[0x920A] = IFDRational(50, 1)
    details[0x9003] = "2024:05:06 07:08:09"
    details[0xA434] = "RF 50mm F1.2 L USM"
    details[0xA431] = "SECRET-SERIAL-0042"
    details[0x9286] = b"ASCII\0\0\0SECRET-COMMENT"
    details[0x927C] = b"SECRET-SERIAL-0042 maker's note"
    gps = block.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (48.0, 51.0, 30.24), "E", (2.0, 17.0, 40.2)
    gps[29] = "2024:05:06"
    return block


def talkative_jpeg() -> bytes:
    """Make a JPEG with EXIF, GPS, a thumbnail, XMP, IPTC and a comment, each with a marker to look for."""
    xmp = b"<x:xmpmeta>SECRET-XMP 48.8584</x:xmpmeta>"
    data = jpeg(exif=exif(), comment=b"SECRET-COMMENT <script>alert(1)</script>", xmp=xmp, icc_profile=srgb_profile())
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x05\0\x0bSECRET-IPTC\0\0\0"
    return with_segment(data, 0xED, iptc)


def talkative_png() -> bytes:
    """Make a PNG with text, compressed text, XMP and EXIF."""
    data = saved(picture(), "PNG", exif=exif(), icc_profile=srgb_profile())
    data = with_chunk(data, b"tEXt", b"Comment\0SECRET-TEXT <?php system($_GET[0]); ?>")
    data = with_chunk(data, b"zTXt", b"Author\0\0" + zlib.compress(b"SECRET-ARTIST"))
    return with_chunk(data, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET-XMP")


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def animation(file_format: str, **options: Any) -> bytes:
    """Make three frames of which the first is the one to be shown."""
    later = [Image.new("RGB", (96, 64), colour) for colour in ("black", "white")]
    return saved(picture(), file_format, save_all=True, append_images=later, duration=50, **options)


def strangers() -> Iterator[Hostile]:
    """Not pictures, or not of our formats, whatever they are called."""
    strangers = {
        "nothing": b"",
        "one zero": b"\0",
        "zeros": bytes(5000),
        "text": b"hello, world\n" * 10,
        "html": b"<!doctype html><script>alert(1)</script>",
        "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 50 50\n(/etc/passwd) (r) file\nshowpage\n",
        "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF",
        "tiff": saved(picture(), "TIFF"),
        "bmp": saved(picture(), "BMP"),
        "ico": saved(picture(48, 48), "ICO"),
        "psd": b"8BPS\0\1" + bytes(200),
        "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(100),
        "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200),
        "neutral brands": b"\0\0\0\x14ftypmif1\0\0\0\0miaf" + bytes(200),
        "zip": b"PK\3\4" + bytes(100),
        "elf": b"\x7fELF" + bytes(100),
        "wav": b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
    }
    for name, data in strangers.items():
        yield Hostile(name, data, "unsupported" if data else "empty")


def damaged() -> Iterator[Hostile]:
    """Cut, empty, or wrong inside."""
    noise = Image.effect_noise((96, 64), 80).convert("RGB")
    whole = {
        "jpeg": jpeg(noise),
        "progressive": jpeg(noise, progressive=True),
        "png": saved(noise, "PNG"),
        "webp": saved(noise, "WEBP"),
        "gif": saved(noise, "GIF"),
        "avif": saved(noise, "AVIF"),
        "heic": HEIC,
    }
    for name, data in whole.items():
        for percent in (10, 50, 90):
            yield Hostile(f"{name} cut at {percent} %", data[: max(16, len(data) * percent // 100)], "damaged")
        yield Hostile(f"{name} short of a byte", data[:-1], ANY)
    yield Hostile("jpeg signature alone", b"\xff\xd8\xff\xe0", "damaged")
    yield Hostile("png signature alone", b"\x89PNG\r\n\x1a\n", "damaged")
    yield Hostile("gif signature alone", b"GIF89a", "damaged")
    yield Hostile("webp signature alone", b"RIFF\0\0\0\0WEBP", "damaged")
    yield Hostile("heic without items", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "damaged")
    yield Hostile("avif without items", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "damaged")
    yield Hostile("png with a wrong checksum", whole["png"][:29] + b"\0\0\0\0" + whole["png"][33:], "damaged")
    yield Hostile("png without data", png(64, 64)[:33] + chunk(b"IEND", b""), "damaged")
    yield Hostile("png of depth 3", png(8, 8, depth=3, rows=zero_rows(8, 8)), "damaged")
    yield Hostile("png with too few rows", png(64, 64, rows=zero_rows(64, 3)), ANY)
    yield Hostile("webp that says it is jpeg inside", b"RIFF\x40\0\0\0WEBPVP8 \x30\0\0\0" + jpeg()[:48], "damaged")
    yield Hostile(
        "gif with a code size of 200", gif_of_few_bytes(16, 16).replace(b"\x02\x02\x44", b"\xc8\x02\x44"), "damaged"
    )
    yield Hostile("jpeg with a table of 3 bytes", with_segment(jpeg(), 0xDB, b"\0\1\2"), "damaged")


def bombs() -> Iterator[Hostile]:
    """Small files that ask for much."""
    yield Hostile("35-byte gif of 13,000 × 13,000", gif_of_few_bytes(13_000, 13_000), "too-many-pixels")
    yield Hostile("35-byte gif of 7,000 × 7,000", gif_of_few_bytes(7_000, 7_000), "damaged")
    yield Hostile("gif of 65,535 × 65,535", gif_of_few_bytes(65_535, 65_535), "too-long")
    tiny = jpeg(Image.new("RGB", (16, 16)))
    yield Hostile("jpeg that says 65,500 × 65,500", with_jpeg_size(tiny, 65_500, 65_500), "too-long")
    yield Hostile("jpeg that says 7,000 × 7,000", with_jpeg_size(tiny, 7_000, 7_000), "damaged")
    slow = jpeg(Image.new("RGB", (16, 16)), progressive=True, subsampling=0)
    yield Hostile("progressive that says 7,000 × 7,000", with_jpeg_size(slow, 7_000, 7_000), "damaged")
    yield Hostile("progressive that says 19,000 × 19,000", with_jpeg_size(slow, 19_000, 19_000), "too-many-pixels")
    yield Hostile("jpeg of 6,000 scans", jpeg_of_many_scans(6_000), "too-complex")
    yield Hostile("jpeg of 90 scans", jpeg_of_many_scans(80), "ok")
    comments = b"".join(b"\xff\xfe\0\4ab" for _ in range(200_000))
    yield Hostile("jpeg of 200,000 comments", tiny[:2] + comments + tiny[2:], "too-complex")
    yield Hostile("png that says 15,000 × 15,000", png(15_000, 15_000, rows=bytes(1000)), "too-many-pixels")
    yield Hostile("png that says 2³¹ pixels a side", png(2**31 - 1, 2**31 - 1, rows=bytes(1000)), "too-long")
    yield Hostile("png that says 7,000 × 7,000", png(7_000, 7_000, rows=bytes(1000)), "damaged")
    yield Hostile("png of 49 MP in zeros", png(7_000, 7_000, rows=zero_rows(7_000, 7_000)), "ok")
    yield Hostile("transparent png of 49 MP", png(7_000, 7_000, colour=6, rows=zero_rows(7_000, 7_000, 4)), "ok")
    yield Hostile(
        "transparent webp of 50 MP",
        saved(Image.new("RGBA", (10_000, 5_000), (9, 9, 9, 99)), "WEBP", lossless=True, quality=0, method=0),
        "ok",
    )
    yield Hostile("webp canvas of 16,384 × 16,384", webp_header(16_384, 16_384), "too-many-pixels")
    yield Hostile("png of a million chunks", png(8, 8, extra=chunk(b"abCd", b"") * 1_000_000), "too-complex")
    huge = zlib.compress(bytes(80 * 2**20), 1)
    plain = saved(picture(), "PNG")
    yield Hostile("png with 80 MB of profile", with_chunk(plain, b"iCCP", b"x\0\0" + huge), "damaged")
    yield Hostile("png with 80 MB of text", with_chunk(plain, b"zTXt", b"x\0\0" + huge), "damaged")
    yield Hostile("one pixel", saved(Image.new("RGB", (1, 1)), "PNG"), "too-small")
    yield Hostile("1 × 20,000", saved(Image.new("RGB", (1, 20_000)), "PNG"), "too-small")
    yield Hostile("2 × 81", saved(Image.new("RGB", (2, 81)), "PNG"), "too-thin")
    yield Hostile("600 × 20,001", saved(Image.new("L", (600, 20_001)), "PNG"), "too-long")
    yield Hostile("500 × 20,000", saved(Image.new("L", (500, 20_000)), "PNG"), "ok")
    yield Hostile("png of no width", png(0, 10, rows=bytes(10)), ANY)


def odd_but_fine() -> Iterator[Hostile]:
    """What people really have."""
    cmyk = picture(mode="CMYK")
    swapped = b"\xff\xfeWindows-1252: \x93caf\xe9\x94 \x80\x99"
    odd = {
        "jpeg": jpeg(),
        "grey jpeg": jpeg(picture(mode="L")),
        "progressive jpeg": jpeg(progressive=True),
        "cmyk jpeg": jpeg(cmyk),
        "cmyk jpeg with a profile of another kind": jpeg(cmyk, icc_profile=srgb_profile()),
        "jpeg with a broken profile": jpeg(icc_profile=b"not a profile" * 40),
        "jpeg with exif that is not": jpeg(exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
        "jpeg with Windows-1252 in a comment": with_segment(jpeg(), 0xFE, swapped),
        "jpeg with everything": talkative_jpeg(),
        "jpeg with rubbish behind": jpeg() + b"\xff\xda rubbish" * 400,
        "two pixels a side": saved(picture(2, 2), "PNG"),
        "png": saved(picture(), "PNG"),
        "png with everything": talkative_png(),
        "png of 1 bit": saved(picture(mode="1"), "PNG"),
        "png of 16 bits of grey": saved(Image.linear_gradient("L").convert("I;16"), "PNG"),
        "png of 16 bits of colour": png(8, 8, depth=16, rows=zero_rows(8, 8, 6)),
        "png of 16 bits of grey, black being clear": with_chunk(
            saved(Image.linear_gradient("L").convert("I;16"), "PNG"), b"tRNS", b"\0\0"
        ),
        "png of 1 bit, black being clear": with_chunk(saved(picture(mode="1"), "PNG"), b"tRNS", b"\0\0"),
        "grey png, black being clear": with_chunk(saved(picture(mode="L"), "PNG"), b"tRNS", b"\0\0"),
        "png, a colour being clear": with_chunk(saved(picture(), "PNG"), b"tRNS", b"\0\xc8\0\x28\0\x28"),
        "png of 16 bits with alpha": png(8, 8, depth=16, colour=6, rows=zero_rows(8, 8, 8)),
        "png palette": saved(picture(mode="P"), "PNG"),
        "png palette with a transparent colour": saved(picture(mode="P"), "PNG", transparency=0),
        "png palette with alpha": saved(picture(mode="P"), "PNG", transparency=bytes(range(256))),
        "grey png with alpha": saved(picture(mode="LA"), "PNG"),
        "png with alpha": saved(picture(mode="RGBA"), "PNG"),
        "gif": saved(picture(), "GIF"),
        "transparent gif": saved(picture(mode="P"), "GIF", transparency=0),
        "animated gif": animation("GIF"),
        "animated png": animation("PNG"),
        "animated webp": animation("WEBP", lossless=True),
        "animated avif": animation("AVIF"),
        "lossless webp with alpha": saved(picture(mode="RGBA"), "WEBP", lossless=True),
        "avif": saved(picture(), "AVIF"),
        "avif with alpha": saved(picture(mode="RGBA"), "AVIF"),
        "heic": HEIC,
    }
    for name, data in odd.items():
        yield Hostile(name, data, "ok")


def polyglots() -> Iterator[Hostile]:
    """Pictures that are also something else; what we serve of them must not be."""
    payload = b"<?php system($_GET[0]); ?><script>alert('SECRET-COMMENT')</script>"
    yield Hostile("jpeg with html and php in a comment", with_segment(jpeg(), 0xFE, payload), "ok")
    yield Hostile("jpeg with html behind", jpeg() + payload, "ok")
    yield Hostile("jpeg with a zip behind", jpeg() + b"PK\3\4" + bytes(200), "ok")
    yield Hostile("gif with script behind", saved(picture(), "GIF") + payload, "ok")
    yield Hostile("gif with script in a comment", saved(picture(), "GIF", comment=payload), "ok")
    yield Hostile("png with php in its text", talkative_png(), "ok")
    yield Hostile("png with html behind", saved(picture(), "PNG") + payload, "ok")


GROUPS = (strangers, damaged, bombs, odd_but_fine, polyglots)
