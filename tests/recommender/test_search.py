import io

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageOps

from catalog import intake, processing, services, storage
from catalog.models import Image
from catalog.viewers import NOBODY, Viewer
from recommender import rebuild, search
from recommender.search import photos
from tests.recommender.engine.drawings import NAMES, draw

pytestmark = pytest.mark.django_db


def jpeg(picture: Pillow.Image, quality: int = 90) -> bytes:
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


@pytest.fixture
def gallery(eyes, make_user) -> dict[int, Pillow.Image]:
    """The drawings as findable pictures: id → drawing."""
    owner, drawings = make_user("owner"), {}
    for name in NAMES:
        drawing = Pillow.fromarray(draw(name, height=360, width=480))
        file = jpeg(drawing)
        original = intake.open_upload(io.BytesIO(file), declared_size=len(file), limit=10**7)
        image = services.add_image(owner=owner, original=original)
        processing.process_image(image.pk, now=timezone.now())
        drawings[image.pk] = drawing
    rebuild.embed_images(drawings, now=timezone.now())
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())
    return drawings


def test_a_photo_of_a_picture_finds_the_picture(gallery):
    for image_id, drawing in gallery.items():
        found = search.by_photo(viewer=NOBODY, stream=io.BytesIO(jpeg(drawing, quality=40)))

        assert found.entries[0].card.id == image_id
        assert found.good_match


def test_a_mirrored_picture_is_still_a_good_match(gallery):
    image_id, drawing = next(iter(gallery.items()))

    found = search.by_photo(viewer=NOBODY, stream=io.BytesIO(jpeg(ImageOps.mirror(drawing))))

    assert (found.entries[0].card.id, found.good_match) == (image_id, True)


def test_noise_is_no_good_match(gallery):
    noise = Pillow.fromarray(np.random.default_rng(0).integers(0, 255, (300, 300, 3), np.uint8))

    assert not search.by_photo(viewer=NOBODY, stream=io.BytesIO(jpeg(noise))).good_match


def test_private_pictures_are_found_by_their_owner_alone(gallery):
    image_id, drawing = next(iter(gallery.items()))
    Image.objects.filter(pk=image_id).update(visibility="private")
    owner = Viewer(user_id=Image.objects.get(pk=image_id).owner_id)

    def found_by(viewer: Viewer) -> set[int]:
        found = search.by_photo(viewer=viewer, stream=io.BytesIO(jpeg(drawing)))
        return {entry.card.id for entry in found.entries}

    assert image_id not in found_by(NOBODY)
    assert image_id in found_by(owner)


def test_the_photo_is_not_kept(gallery):
    before = sorted(storage.walk(storage.originals()))

    search.by_photo(viewer=NOBODY, stream=io.BytesIO(jpeg(next(iter(gallery.values())))))

    assert sorted(storage.walk(storage.originals())) == before
    assert Image.objects.count() == len(gallery)


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (b"", intake.Empty),
        (b"not a picture at all", intake.Unsupported),
        (b"\xff\xd8\xff\xe0" + b"0" * 99, intake.Undecodable),
    ],
)
def test_what_is_no_photo_is_refused(eyes, db, file, refusal):
    with pytest.raises(refusal):
        search.by_photo(viewer=NOBODY, stream=io.BytesIO(file))


def test_an_empty_site_has_no_match(eyes, db):
    photo = jpeg(Pillow.new("RGB", (64, 64), "red"))

    assert search.by_photo(viewer=NOBODY, stream=io.BytesIO(photo)) == search.Match()


def test_more_photos_than_places_are_told_to_come_back(gallery):
    photo = jpeg(next(iter(gallery.values())))
    for _ in range(search.AT_ONCE):
        photos._places.acquire()
    try:
        with pytest.raises(search.Busy) as busy:
            search.by_photo(viewer=NOBODY, stream=io.BytesIO(photo))
    finally:
        for _ in range(search.AT_ONCE):
            photos._places.release()

    assert busy.value.retry_after > 0
