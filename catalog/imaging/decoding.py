"""From a file to a small, upright RGB image in sRGB, laid on white: the one place where foreign bytes meet a decoder.

Everything large happens first and at most once: checks on the header, the first frame (a JPEG already scaled down by
its decoder), one reduction; orientation, colour profile and transparency are then applied to few pixels.
"""

import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from io import SEEK_END, BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from PIL import Image

from catalog.imaging import exif as exif_block
from catalog.imaging import formats
from catalog.imaging.refusals import Undecodable

if TYPE_CHECKING:
    from PIL import ImageCms

READERS = {
    "JPEG": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "PNG": ("PIL.PngImagePlugin", "PngImageFile"),
    "WEBP": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "GIF": ("PIL.GifImagePlugin", "GifImageFile"),
    "AVIF": ("PIL.AvifImagePlugin", "AvifImageFile"),
    "HEIC": ("pi_heif", "HeifImageFile"),
}
"""Where the reader of each format is. `Image.open` would load five others first, and might ask them too."""

PART_CHECKS = {"JPEG": formats.check_jpeg_parts, "PNG": formats.check_png_parts}

LARGEST_PROFILE = 4 * 2**20

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

SIDEWAYS = {5, 6, 7, 8}
"""The orientations that exchange width and height."""

# What Pillow, its plugins and the libraries below raise on bad files, each one seen.
DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)


class Decoded(NamedTuple):
    """pixels: RGB, upright, sRGB, opaque, without metadata.  width, height: the original's, upright."""

    pixels: Image.Image
    width: int
    height: int
    exif: dict[str, str]


def decode(file: BinaryIO, *, file_format: str, size: int, by_short_side: bool = False) -> Decoded:
    """Decode the first frame, shrunk so that its longest (or shortest) side is at most `size`; never enlarged.

    file: seekable.  file_format: as `formats.sniff` says.  Raises Undecodable and nothing else.
    """
    with _refusals():
        image = _checked(file, file_format)
        width, height = image.size
        target = formats.fitted(width, height, _longest(width, height, size) if by_short_side else size)
        if file_format == "JPEG":
            image.draft(None, target)
        image.load()
        exif = exif_block.read(image)
        turn = exif_block.orientation(exif)
        small = _upright(_shrink(_resizable(_without_decoder(image)), target), turn)
        pixels = _bare(_to_srgb(_on_white(small), image.info.get("icc_profile")))
        width, height = (height, width) if turn in SIDEWAYS else (width, height)
        return Decoded(pixels, width, height, exif_block.shown_to_owner(exif))


def _checked(file: BinaryIO, file_format: str) -> Image.Image:
    """Open a file without decoding it, and hold its parts and its header against the limits."""
    if file_format in PART_CHECKS:
        PART_CHECKS[file_format](file)
    file.seek(0)
    image = _reader(file_format)(file)
    formats.check_size(*image.size)
    formats.check_substance(file_format, *image.size, file_bytes=file.seek(0, SEEK_END))
    return image


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn everything that decoders raise into Undecodable; the bomb warning is an error here."""
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, formats.MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Undecodable("too-many-pixels", limit=formats.MAX_PIXELS // 1_000_000) from error
    except MemoryError as error:
        raise Undecodable("too-much-memory") from error
    except DAMAGE as error:
        raise Undecodable("damaged") from error
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _reader(file_format: str) -> Callable[[BinaryIO], Image.Image]:
    """Load the one reader that this format needs, with a single thread: threads cost address space."""
    module_name, class_name = READERS[file_format]
    module = import_module(module_name)
    if file_format == "AVIF":
        module.DEFAULT_MAX_THREADS = 1  # type: ignore[attr-defined]
    elif file_format == "HEIC":
        module.options.DECODE_THREADS = 1
        module.options.THUMBNAILS = module.options.DEPTH_IMAGES = module.options.AUX_IMAGES = False
    reader: Callable[[BinaryIO], Image.Image] = getattr(module, class_name)
    return reader


def _longest(width: int, height: int, shortest: int) -> int:
    """Give the longest side of the picture once its shortest is `shortest`."""
    return max(width, height) * shortest // min(width, height)


def _without_decoder(image: Image.Image) -> Image.Image:
    """Let go of the decoder and its own copies of the canvas (WebP: three), before ours are made."""
    for attribute in ("_decoder", "_heif_file", "fp"):
        if hasattr(image, attribute):
            setattr(image, attribute, None)
    return image


def _resizable(image: Image.Image) -> Image.Image:
    """Bring any mode to L, RGB, RGBA or CMYK, in which pixels can be averaged."""
    if image.mode.startswith("I;16"):
        little_endian = image.tobytes("raw", "I;16")
        return Image.frombytes("L", image.size, little_endian[1::2])
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _shrink(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Resize, averaging whole blocks first where at least two pixels a side of each remain for the filter."""
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _upright(image: Image.Image, turn: int) -> Image.Image:
    """Undo an EXIF orientation."""
    return image.transpose(TURNS[turn]) if turn in TURNS else image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert L, RGB or CMYK to RGB in sRGB by the file's own profile; without a usable one, by Pillow's formulas."""
    if profile and len(profile) <= LARGEST_PROFILE:
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if not _is_srgb(source):
                converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                return converted or image.convert("RGB")
        except (ImageCms.PyCMSError, *DAMAGE):
            pass  # the picture is worth more than its profile
    return image.convert("RGB")


def _is_srgb(profile: "ImageCms.ImageCmsProfile") -> bool:
    """Most profiles in the wild are sRGB under its own name; converting it to itself would only cost time."""
    return (profile.profile.profile_description or "").startswith("sRGB")


def _bare(image: Image.Image) -> Image.Image:
    """Rebuild the image from its pixels alone: nothing that Pillow carries along can be written out again."""
    return Image.frombytes("RGB", image.size, image.tobytes())
