"""From public pictures to a published board of dreams, and what it shows to whom."""

import io

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image as Pillow

from catalog import services, storage
from catalog.models import Image, State
from catalog.queries import SIZES
from catalog.viewers import Viewer
from recommender import rebuild, store
from recommender.engine.model import Cancelled
from recommender.laboratory import dreams as boards
from recommender.models import Release, TrainingRun
from recommender.rebuild import dreams
from tests.factories import make_findable, make_image

pytestmark = pytest.mark.django_db


def hang(owner, *, colour, **words):
    """A picture of one colour whose renditions are of that colour, too."""
    image = make_image(owner=owner, **words)
    buffer = io.BytesIO()
    Pillow.new("RGB", (60, 40), colour).save(buffer, "WEBP", lossless=True)
    token = storage.write_renditions(image.pk, dict.fromkeys(SIZES, buffer.getvalue()))
    Image.objects.filter(pk=image.pk).update(rendition_token=token)
    image.refresh_from_db()
    return image


def publish(near, *, samples=None):
    """A release of dreams that nothing was learned for."""
    count = len(near)
    pixels = np.arange(count, dtype=np.uint8)[:, None, None, None] * np.ones((1, 32, 32, 3), np.uint8)
    return store.publish(
        kind=Release.Kind.DREAM,
        model_key="none",
        manifest={
            "size": 32,
            "samples": store.save(pixels if samples is None else samples),
            "near": store.save(np.array(near, np.int64)),
            "sheets": store.save(np.zeros((2, 36, 32, 32, 3), np.uint8)),
            "sheet_epochs": store.save(np.array([1, 9])),
        },
        card={"data": {"pictures": 20}, "epochs": [{"epoch": 1, "loss": 1.5}], "frechet": {"memorised": 0.25}},
    )


def test_only_public_pictures_are_learned_from(make_user):
    owner = make_user()
    public = {hang(owner, colour=(number, 0, 0)).pk for number in range(16)}
    hang(owner, colour=(0, 255, 0), visibility="private")
    hang(owner, colour=(0, 0, 255), visibility="unlisted")

    ids, pictures = dreams.catalogue_pictures(size=32)

    assert set(ids) == public
    assert ids == sorted(ids)
    assert (pictures.shape, pictures.dtype) == ((16, 32, 32, 3), np.uint8)
    assert not pictures[..., 1:].any()


def test_too_few_pictures_are_said_and_nothing_is_published(make_user):
    hang(make_user(), colour=(1, 2, 3))

    with pytest.raises(dreams.TooFew, match="There are 1 public pictures; 16"):
        dreams.train()

    assert not Release.objects.exists()
    with store.lease("dreams"):
        pass


def test_a_picture_without_its_rendition_is_left_out(make_user, caplog):
    owner = make_user()
    images = [hang(owner, colour=(number, 0, 0)) for number in range(17)]
    storage.delete_files(images[3].pk, "none")

    ids, _ = dreams.catalogue_pictures(size=32)

    assert len(ids) == 16
    assert images[3].pk not in ids
    assert str(images[3].pk) in caplog.text


def test_training_publishes_dreams_with_their_judgement(eyes, make_user):
    owner = make_user()
    ids = {hang(owner, colour=(9 * number, 255 - 9 * number, 99)).pk for number in range(16)}
    told = []

    release = dreams.train(epochs=1, samples=12, watch=lambda epoch, values: told.append(epoch))

    assert store.serving(Release.Kind.DREAM) == release
    assert store.load(release.manifest["samples"]).shape == (12, 32, 32, 3)
    assert set(np.unique(store.load(release.manifest["near"])).tolist()) <= ids
    assert store.load(release.manifest["sheet_epochs"]).tolist() == [1]
    judged = release.card["frechet"]
    assert judged["each"] == 6
    assert judged["floor"] < judged["ceiling"]
    assert 0 <= judged["memorised"] <= 1
    assert release.card["data"] == {"pictures": 16, "size": 32}
    assert told == [1]


def test_the_laboratory_dreams_as_a_run_with_its_epochs(eyes, make_user):
    owner = make_user()
    for number in range(16):
        hang(owner, colour=(9 * number, 255 - 9 * number, 99))
    settings = {"epochs": 1, "samples": 12}
    run = TrainingRun.objects.create(algorithm="dream", settings=settings, created_at=timezone.now())

    assert rebuild.train_run(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.error_detail) == (State.READY, "")
    assert run.release == store.serving(Release.Kind.DREAM)
    assert [epoch.number for epoch in run.epochs.all()] == [1]


def test_a_pulse_that_cancels_ends_the_training(eyes, make_user):
    owner = make_user()
    for number in range(16):
        hang(owner, colour=(number, 0, 0))

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        dreams.train(epochs=1, pulse=stop)

    assert not Release.objects.filter(kind=Release.Kind.DREAM).exists()


def test_a_small_square_is_the_middle_on_white():
    picture = Pillow.new("RGBA", (90, 30), (255, 0, 0, 255))
    picture.paste((0, 0, 255, 0), (30, 0, 60, 30))

    square = dreams.small_square(picture, size=32)

    assert square.shape == (32, 32, 3)
    assert (square == 255).all()


def test_each_dream_leads_to_the_nearest_pictures_that_the_viewer_may_see(make_user):
    owner, other = make_user(), make_user()
    images = [make_image(owner=owner) for _ in range(5)]
    services.delete_image(image=images[0])
    release = publish([[image.pk for image in images]])

    board = boards.board(release, viewer=Viewer(user_id=other.pk))

    assert [card.id for card in board.dreams[0].near] == [image.pk for image in images[1:4]]
    assert not board.chosen
    assert [sheet.epoch for sheet in board.sheets] == [1, 9]
    assert board.copies == 25
    assert board.charts


def test_a_persons_dreams_come_by_their_taste_and_what_is_alike_comes_last(make_user):
    owner, person = make_user(), make_user()
    seas, woods = ([make_image(owner=owner) for _ in range(3)] for _ in range(2))
    looks = {image: [1, 0.1 * number] for number, image in enumerate(seas)}
    looks |= {image: [0.1 * number, 0, 1] for number, image in enumerate(woods)}
    make_findable(looks)
    services.like(viewer=Viewer(user_id=person.pk), image=woods[0])
    sea, wood = ([image.pk for image in family] for family in (seas, woods))
    release = publish([sea, wood, sea, wood])

    board = boards.board(release, viewer=Viewer(user_id=owner.pk), person=person)

    assert board.chosen
    assert [dream.number for dream in board.dreams] == [1, 0, 3, 2]


def test_without_likes_or_without_an_index_nothing_is_chosen(make_user):
    person = make_user()
    image = make_image(owner=make_user())
    release = publish([[image.pk]] * 3)

    before = boards.board(release, viewer=Viewer(user_id=person.pk), person=person)
    make_findable({image: [1.0]})
    after = boards.board(release, viewer=Viewer(user_id=person.pk), person=person)

    assert not before.chosen
    assert not after.chosen
    assert [dream.number for dream in after.dreams] == [0, 1, 2]


def test_a_sheet_has_six_in_a_row():
    samples = np.arange(36, dtype=np.uint8)[:, None, None, None] * np.ones((1, 2, 2, 1), np.uint8)

    pixels = boards.sheet(samples)

    assert pixels.shape == (12, 12, 1)
    assert pixels[::2, ::2, 0].tolist() == np.arange(36).reshape(6, 6).tolist()


def test_the_board_is_for_staff_alone_and_shows_how_to_train_without_any_dream(make_user, client_of):
    staff = client_of(make_user(is_staff=True))

    assert client_of(make_user()).get("/lab/dreams/").status_code == 404
    assert client_of(None).get("/lab/dreams/").status_code in (302, 404)
    assert 'href="/lab/models/"' in staff.get("/lab/dreams/").content.decode()


def test_the_page_marks_what_is_generated_and_serves_its_pictures(make_user, client_of):
    image = make_image(owner=make_user(), title="Open sea")
    release = publish([[image.pk]] * 3)
    staff = client_of(make_user(is_staff=True))

    page = staff.get("/lab/dreams/").content.decode()
    sample = staff.get(f"/lab/dreams/{release.pk}/2.png")
    sheet = staff.get(f"/lab/dreams/{release.pk}/sheets/1.png")

    assert page.count("Generated</figcaption>") == 3
    assert "Open sea" in page
    assert f"/lab/dreams/{release.pk}/2.png" in page
    assert (sample.status_code, sample["Content-Type"]) == (200, "image/png")
    assert np.asarray(Pillow.open(io.BytesIO(sample.content)))[0, 0].tolist() == [2, 2, 2]
    assert Pillow.open(io.BytesIO(sheet.content)).size == (192, 192)
    assert staff.get(f"/lab/dreams/{release.pk}/3.png").status_code == 404
    assert staff.get(f"/lab/dreams/{release.pk}/sheets/2.png").status_code == 404
    assert client_of(make_user()).get(f"/lab/dreams/{release.pk}/2.png").status_code == 404


def test_a_name_that_nobody_has_is_said(make_user, client_of):
    publish([[1]])

    answer = client_of(make_user(is_staff=True)).get("/lab/dreams/?person=nobody<b>")

    assert answer.status_code == 404
    assert "nobody&lt;b&gt;" in answer.content.decode()
