"""Small pictures with all that belongs to them, made through the same doors as real ones but without waiting."""

import io
import itertools
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone
from PIL import Image as Pillow

from catalog import intake, services, storage
from catalog.models import Category, Image, ImageTag, PaletteColour, State, Tag
from catalog.queries import SIZES
from catalog.queries.gallery import lab_of
from recommender import rebuild
from recommender.models import Embedding

MODEL = "drawn-for-tests"
_numbers = itertools.count(1)


def picture(*, colour: tuple[int, int, int] | None = None, size: tuple[int, int] = (8, 6), kind: str = "PNG") -> bytes:
    """A file of one colour; each call gives another one."""
    number = next(_numbers)
    buffer = io.BytesIO()
    Pillow.new("RGB", size, colour or (number % 256, number // 256 % 256, 99)).save(buffer, kind)
    return buffer.getvalue()


def make_category(slug: str, *, parent: Category | None = None) -> Category:
    return Category.objects.create(slug=slug, name=slug.capitalize(), parent=parent)


def make_image(*, owner: Any, state: str = State.READY, colour: str = "#336699", **words: Any) -> Image:
    """A picture of this owner, ready unless another state is asked for; words as `services.add_image` takes them."""
    file = picture()
    original = intake.open_upload(io.BytesIO(file), declared_size=len(file), limit=settings.UPLOAD_LIMIT)
    image = services.add_image(owner=owner, original=original, **words)
    if state == State.READY:
        _finish(image, colour)
    elif state == State.FAILED:
        Image.objects.filter(pk=image.pk).fail(code="damaged", detail="The file is damaged.")
    image.refresh_from_db()
    return image


def make_topics(owner) -> tuple[list[Image], Image]:
    """Three spaniels indoors, and a dog by hand among the pets: a tag below a tag, a category below a category."""
    dog = Tag.objects.create(slug="dog", name="dog", name_zh="狗")
    spaniel = Tag.objects.create(slug="spaniel", name="spaniel", parent=dog)
    pets = make_category("pets")
    indoors = make_category("indoors", parent=pets)
    spaniels = [make_image(owner=owner, category=indoors) for _ in range(3)]
    other = make_image(owner=owner, category=pets)
    for image in spaniels:
        ImageTag.objects.create(image=image, tag=spaniel, source="machine", confidence=0.9)
    ImageTag.objects.create(image=other, tag=dog, source="person")
    return spaniels, other


def make_findable(images: dict[Image, Any], *, key: str = MODEL) -> None:
    """Publish an index in which each picture looks like its vector (any length; padded to the width of the eyes)."""
    for image, vector in images.items():
        features = np.zeros(1280, np.float16)
        features[: len(vector)] = vector
        Embedding.objects.create(image=image, model_key=key, state=State.READY, features=features.tobytes())
    rebuild.publish_index(key=key, now=timezone.now())


def machine_tag(image: Image, slug: str, confidence: float) -> ImageTag:
    services.set_machine_tags(image_id=image.pk, tags=[services.MachineTag(slug, slug.capitalize(), confidence)])
    return ImageTag.objects.get(image=image, tag__slug=slug)


def _finish(image: Image, colour: str) -> None:
    token = storage.write_renditions(image.pk, dict.fromkeys(SIZES, picture(kind="WEBP")))
    Image.objects.filter(pk=image.pk).update(
        state=State.READY,
        rendition_token=token,
        width=8,
        height=6,
        colour=colour,
        placeholder="data:image/webp;base64,UklGRg==",
        phash=hash(token) >> 1,
        dhash=hash(token) >> 1,
    )
    lightness, a, b = lab_of(colour)
    PaletteColour.objects.create(image=image, colour=colour, lightness=lightness, a=a, b=b, share=1.0)
