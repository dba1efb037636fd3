import re
import struct
from base64 import b64decode
from io import BytesIO

import imagehash
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter, ImageOps
from PIL.TiffImagePlugin import IFDRational

from catalog.imaging import FORMAT_NAMES, Undecodable, fitted, sniff
from catalog.imaging.colours import palette
from catalog.imaging.decoding import decode
from catalog.imaging.hashes import dhash, phash
from catalog.imaging.rendered import SIZES, Rendered
from catalog.imaging.rendering import render
from tests.catalog import hostile
from tests.catalog.heic import HEIC
from tests.catalog.hostile import animation, exif, jpeg, picture, saved


def decoded(data: bytes, size: int = 1280, **options: bool) -> Image.Image:
    return decode(BytesIO(data), file_format=sniff(data), size=size, **options).pixels


def rendered(data: bytes) -> Rendered:
    return render(BytesIO(data), file_format=sniff(data))


def distance(one: Image.Image, two: Image.Image) -> float:
    """The mean difference of two pictures of one size, in grey levels."""
    assert one.size == two.size
    return float(np.abs(np.asarray(one, float) - np.asarray(two, float)).mean())


def drawn(seed: int, width: int = 300, height: int = 200) -> Image.Image:
    """A blurred random picture with structure on every scale."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 256, (6, 9, 3), dtype=np.uint8)).resize((width, height))
    noise = Image.fromarray(rng.integers(0, 256, (height, width, 3), dtype=np.uint8))
    return Image.blend(coarse, noise, 0.2).filter(ImageFilter.GaussianBlur(1))


def test_signatures_name_the_format_and_nothing_else_does():
    assert sniff(jpeg()) == "JPEG"
    assert sniff(saved(picture(), "PNG")) == "PNG"
    assert sniff(saved(picture(), "WEBP")) == "WEBP"
    assert sniff(saved(picture(), "GIF")) == "GIF"
    assert sniff(saved(picture(), "AVIF")) == "AVIF"
    assert sniff(HEIC) == "HEIC"
    assert [sniff(file.data) for file in hostile.strangers()] == [None] * len(list(hostile.strangers()))


def test_a_neutral_brand_leaves_the_format_to_the_compatible_ones():
    def file_type(major: bytes, *compatible: bytes) -> bytes:
        return struct.pack(">I", 16 + 4 * len(compatible)) + b"ftyp" + major + bytes(4) + b"".join(compatible)

    assert sniff(file_type(b"mif1", b"miaf", b"heic")) == "HEIC"
    assert sniff(file_type(b"mif1", b"miaf", b"avif")) == "AVIF"
    assert sniff(file_type(b"mif1", b"miaf") + b"avif") is None


@pytest.mark.parametrize(
    ("size", "expected"),
    [((4000, 3000), (1280, 960)), ((3000, 4000), (960, 1280)), ((500, 400), (500, 400)), ((20_000, 500), (1280, 32))],
)
def test_pictures_are_shrunk_by_their_longest_side_and_never_enlarged(size, expected):
    assert fitted(*size, 1280) == expected


def test_a_rendering_has_every_size_each_no_larger_than_it_says():
    result = rendered(jpeg(drawn(1, 2000, 1500)))

    sizes = {size: Image.open(BytesIO(data)).size for size, data in result.renditions.items()}
    assert sizes == {320: (320, 240), 640: (640, 480), 1280: (1280, 960)}
    assert (result.width, result.height) == (2000, 1500)
    assert {Image.open(BytesIO(data)).format for data in result.renditions.values()} == {"WEBP"}


def test_a_small_picture_keeps_its_size_in_every_rendition():
    result = rendered(saved(picture(96, 64), "PNG"))

    assert {Image.open(BytesIO(data)).size for data in result.renditions.values()} == {(96, 64)}
    assert tuple(result.renditions) == SIZES


def test_every_rendition_looks_like_the_picture():
    original = drawn(2, 1500, 1000)

    result = rendered(jpeg(original))

    for data in result.renditions.values():
        rendition = Image.open(BytesIO(data))
        assert distance(rendition, original.resize(rendition.size, Image.Resampling.LANCZOS)) < 5


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "JPEG"])
def test_orientation_is_applied_pixel_by_pixel(orientation, file_format):
    options = {"lossless": True} if file_format == "WEBP" else {}
    data = saved(picture(), file_format, exif=exif(orientation=orientation), **options)

    result = decode(BytesIO(data), file_format=file_format, size=1280)

    upright = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")
    assert (result.width, result.height) == upright.size
    assert result.pixels.tobytes() == upright.tobytes()


def test_orientation_is_applied_to_what_was_shrunk_too():
    data = jpeg(drawn(3, 2400, 1600), exif=exif(orientation=6))

    result = rendered(data)

    assert (result.width, result.height) == (1600, 2400)
    assert Image.open(BytesIO(result.renditions[320])).size == (213, 320)


def test_nothing_but_pixels_is_served():
    for data in (hostile.talkative_jpeg(), hostile.talkative_png()):
        assert all(secret in data for secret in (b"SECRET-SERIAL-0042", b"SECRET-XMP"))

        for rendition in rendered(data).renditions.values():
            assert [secret for secret in hostile.SECRETS if secret in rendition] == []
            assert {"exif", "xmp", "icc_profile"}.isdisjoint(Image.open(BytesIO(rendition)).info)


def test_the_owner_sees_the_camera_but_neither_place_nor_serial_number():
    assert rendered(hostile.talkative_jpeg()).exif == {
        "camera": "Canon EOS R5",
        "lens": "RF 50mm F1.2 L USM",
        "exposure": "1/250 s",
        "aperture": "f/2.8",
        "iso": "400",
        "focal_length": "50 mm",
        "taken": "2024-05-06T07:08:09",
    }


def test_nonsense_in_exif_is_left_out():
    block = Image.Exif()
    block[0x0110] = "x\x07\x1b[31m" + "y" * 500
    details = block.get_ifd(0x8769)
    details[0x829A], details[0x829D], details[0x9003] = IFDRational(1, 0), IFDRational(0, 0), "2024:99:99 99:99:99"

    shown = rendered(jpeg(exif=block)).exif

    assert set(shown) == {"camera"}
    assert len(shown["camera"]) == 80
    assert shown["camera"].isprintable()


def test_transparency_is_laid_on_white():
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    half = Image.new("RGBA", (40, 40), (0, 0, 0, 128))

    assert decoded(saved(clear, "PNG")).getpixel((20, 20)) == (255, 255, 255)
    assert decoded(saved(half, "PNG")).getpixel((20, 20)) == (127, 127, 127)
    assert decoded(saved(clear, "WEBP", lossless=True)).getpixel((20, 20)) == (255, 255, 255)
    assert decoded(saved(picture(mode="P"), "GIF", transparency=0)).mode == "RGB"


def test_one_colour_may_be_the_clear_one():
    data = hostile.with_chunk(saved(picture(), "PNG"), b"tRNS", b"\0\xc8\0\x28\0\x28")

    assert decoded(data).getpixel((5, 5)) == (255, 255, 255)
    assert decoded(data).getpixel((90, 5)) == (40, 160, 60)


def test_the_colour_of_what_is_clear_does_not_bleed_when_shrunk():
    stripes = Image.new("RGBA", (2600, 100), (255, 0, 0, 0))
    stripes.paste((255, 255, 255, 255), (0, 0, 1300, 100))

    assert decoded(saved(stripes, "PNG"), 100).getextrema() == ((255, 255), (255, 255), (255, 255))


def test_sixteen_bits_are_scaled_to_eight():
    values = np.linspace(0, 65_535, 1024).astype(np.uint16).reshape(8, 128)
    grey = saved(Image.fromarray(values), "PNG")

    assert np.array_equal(np.asarray(decoded(grey))[..., 0], values >> 8)


def test_cmyk_becomes_the_colour_that_was_meant():
    assert distance(decoded(jpeg(picture(mode="CMYK"))), picture()) < 6


def test_a_colour_profile_is_applied():
    pixels = decoded(saved(picture(), "PNG", icc_profile=swapped_profile()))

    assert pixels.getpixel((5, 5)) == pytest.approx((40, 200, 40), abs=6)


def swapped_profile() -> bytes:
    """An RGB profile that takes red for green: sRGB's own with two of its primaries exchanged."""
    data = bytearray(hostile.srgb_profile())
    count = struct.unpack(">I", data[128:132])[0]
    for entry in range(132, 132 + 12 * count, 12):
        data[entry : entry + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(
            bytes(data[entry : entry + 4]), data[entry : entry + 4]
        )
    return bytes(data).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be")).replace(b"sRGB", b"swap")


@pytest.mark.parametrize(
    "data", [animation("GIF"), animation("PNG"), animation("WEBP", lossless=True), animation("AVIF", quality=95)]
)
def test_the_first_frame_of_an_animation_is_shown(data):
    assert distance(decoded(data), picture()) < 5


def test_a_heic_is_read():
    pixels = decoded(HEIC)

    assert pixels.size == (64, 48)
    assert pixels.getpixel((10, 10)) == pytest.approx((200, 30, 30), abs=25)
    assert pixels.getpixel((50, 10)) == pytest.approx((30, 160, 60), abs=25)
    assert pixels.getpixel((10, 40)) == pytest.approx((30, 60, 200), abs=25)


def test_a_query_is_shrunk_by_its_short_side():
    data = jpeg(drawn(4, 2000, 1000))

    assert decoded(data, 256, by_short_side=True).size == (512, 256)
    assert decoded(saved(picture(96, 64), "PNG"), 256, by_short_side=True).size == (96, 64)


def test_the_hashes_are_those_of_imagehash():
    for seed in range(40):
        image = drawn(seed, 120 + seed, 90)
        assert f"{phash(image):016x}" == str(imagehash.phash(image))
        assert f"{dhash(image):016x}" == str(imagehash.dhash(image))


def test_the_hashes_of_a_flat_picture_hold_no_noise():
    flat = Image.new("RGB", (50, 50), (90, 120, 60))

    assert phash(flat) == 1 << 63
    assert dhash(flat) == 0


def test_near_copies_hash_alike_and_others_do_not():
    hashes = [phash(drawn(seed)) for seed in range(6)]
    copies = [phash(Image.open(BytesIO(saved(drawn(seed), "JPEG", quality=30)))) for seed in range(6)]

    for row, one in enumerate(hashes):
        distances = [(one ^ other).bit_count() for other in copies]
        assert distances[row] <= 4
        assert min(distances[:row] + distances[row + 1 :]) >= 12


def test_the_palette_names_the_colours_and_their_shares():
    found = {swatch.colour: swatch.share for swatch in palette(picture(100, 100))}

    assert found == pytest.approx({"#c82828": 0.25, "#28a03c": 0.25, "#2846c8": 0.25, "#f0dc50": 0.25}, abs=0.02)


def test_colours_that_look_the_same_are_one():
    image = Image.new("RGB", (100, 100), (100, 140, 90))
    image.paste((104, 143, 92), (0, 0, 50, 100))

    assert [swatch.share for swatch in palette(image)] == [1.0]


@pytest.mark.parametrize("seed", range(5))
def test_a_palette_has_at_most_six_colours_largest_first_adding_up_to_one(seed):
    found = palette(Image.effect_noise((64, 64), 90).convert("RGB") if seed == 0 else drawn(seed))

    shares = [swatch.share for swatch in found]
    assert 1 <= len(found) <= 6
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, abs=0.001)
    assert all(re.fullmatch("#[0-9a-f]{6}", swatch.colour) for swatch in found)


def test_the_placeholder_is_small_and_looks_like_the_picture():
    for image in (drawn(7), Image.effect_noise((400, 400), 120).convert("RGB")):
        result = rendered(jpeg(image))

        assert len(result.placeholder) <= 600
        tiny = Image.open(BytesIO(b64decode(result.placeholder.removeprefix("data:image/webp;base64,"))))
        assert max(tiny.size) == 24
        assert distance(tiny.convert("RGB"), image.resize(tiny.size, Image.Resampling.BOX)) < 25


def test_the_colour_is_the_largest_of_the_palette():
    result = rendered(saved(picture(), "PNG"))

    assert result.colour == result.palette[0].colour


def test_every_refusal_has_a_sentence_for_people():
    for code in Undecodable.sentences:
        assert str(Undecodable(code, limit=40)).endswith(".")
    assert "JPEG" in FORMAT_NAMES


def test_pillow_is_left_as_it_was_found():
    limit = Image.MAX_IMAGE_PIXELS

    with pytest.raises(Undecodable):
        decoded(jpeg()[:300])

    assert limit == Image.MAX_IMAGE_PIXELS


BASES = {
    "jpeg": hostile.talkative_jpeg(),
    "progressive": jpeg(progressive=True),
    "png": hostile.talkative_png(),
    "palette": saved(picture(mode="P"), "PNG", transparency=bytes(range(256))),
    "webp": saved(picture(), "WEBP", exif=exif()),
    "gif": animation("GIF"),
    "avif": saved(picture(), "AVIF", exif=exif()),
    "heic": HEIC,
}


@pytest.mark.parametrize("base", BASES)
@settings(max_examples=60, deadline=None)
@given(choice=st.data())
def test_a_file_with_random_bytes_in_it_is_rendered_or_refused(base, choice):
    data = bytearray(BASES[base])
    positions = st.integers(12, len(data) - 1)
    for position, value in choice.draw(st.lists(st.tuples(positions, st.integers(0, 255)), min_size=1, max_size=12)):
        data[position] = value
    if choice.draw(st.booleans()):
        del data[choice.draw(positions) :]

    try:
        result = render(BytesIO(bytes(data)), file_format=sniff(BASES[base]))
    except Undecodable:
        return

    assert set(result.renditions) == set(SIZES)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_as_exif_are_survived(block):
    assert rendered(jpeg(exif=b"Exif\0\0" + block)).width in {96, 64}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_an_exif_block_with_random_bytes_in_it_is_survived(choice):
    block = bytearray(exif().tobytes())
    for _ in range(choice.draw(st.integers(1, 8))):
        block[choice.draw(st.integers(6, len(block) - 1))] = choice.draw(st.integers(0, 255))

    shown = rendered(jpeg(exif=bytes(block))).exif

    assert all(value.isprintable() and len(value) <= 80 for value in shown.values())
