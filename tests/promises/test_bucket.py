"""The whole way of a picture on a site whose pictures lie in a bucket: taken, seen, served, found and deleted."""

import io
from typing import Any

import pytest
from django.utils import timezone

from catalog import processing, services
from catalog.models import Image
from catalog.viewers import NOBODY
from recommender import rebuild, similar

pytestmark = pytest.mark.django_db


def names(bucket: Any) -> list[str]:
    return sorted(entry.key for entry in bucket.objects.all())


def test_a_picture_lives_in_the_bucket_from_upload_to_deletion(s3_media, eyes, make_user, client_of, real_image):
    owner = make_user()
    image, neighbour = real_image(owner=owner), real_image(owner=owner)
    rebuild.embed_images([image.pk, neighbour.pk], now=timezone.now())
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())
    assert len([name for name in names(s3_media) if name.startswith("originals/")]) == 2
    assert len([name for name in names(s3_media) if name.startswith("renditions/")]) == 6

    media = client_of(None).get(f"/media/{image.pk}/{image.rendition_token}/320.webp")
    assert (media.status_code, media.headers["Content-Type"]) == (200, "image/webp")
    assert io.BytesIO(b"".join(media.streaming_content)).read(4) == b"RIFF"
    found = similar.similar_images(viewer=NOBODY, image_id=neighbour.pk, folding=False)
    assert [entry.card.id for entry in found.entries] == [image.pk]

    for gone in (image, neighbour):
        services.delete_image(image=gone)
    processing.purge(now=timezone.now() + 2 * processing.UNDO)
    assert names(s3_media) == []
    assert not Image.objects.exists()


def test_private_pictures_in_the_bucket_pass_the_same_door(s3_media, make_user, client_of, real_image):
    owner = make_user()
    image = real_image(owner=owner)
    services.edit_image(image=image, visibility="private")
    address = f"/media/{image.pk}/{image.rendition_token}/320.webp"

    assert client_of(None).get(address).status_code == 404
    assert client_of(owner).get(address).status_code == 200


def test_a_bucket_that_is_away_costs_pictures_and_no_page(s3_media, settings, make_user, client_of, real_image):
    image = real_image(owner=make_user())
    settings.MEDIA = "s3://pictures?endpoint=http://127.0.0.1:1&region=us-east-1"

    assert client_of(None).get("/").status_code == 200
    assert client_of(None).get(f"/images/{image.pk}/").status_code == 200
    client = client_of(None)
    client.raise_request_exception = False
    media = client.get(f"/media/{image.pk}/{image.rendition_token}/320.webp")
    assert media.status_code == 503
    assert media.headers["Retry-After"]
