import html
import io
import re

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from catalog.models import Image, Like
from catalog.throttles import PHOTO_SEARCH, knock
from recommender import store
from recommender.models import Dismissal, Event, Feed
from tests.factories import make_category, make_findable, make_image, picture

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def page(answer) -> str:
    return html.unescape(answer.content.decode())


def cards(answer) -> list[int]:
    return [int(found) for found in re.findall(r'<article[^>]+data-image-id="(\d+)"', page(answer))]


def more(answer) -> str:
    return re.search(r'data-more="([^"]+)"', page(answer))[1]


@pytest.fixture
def owner(make_user):
    return make_user("ada")


@pytest.fixture
def two_tastes(owner) -> tuple[list[Image], list[Image]]:
    """Thirty pictures of one kind and thirty of another, all findable."""
    rng = np.random.default_rng(3)
    kinds = []
    for direction in ([1.0, 0.0], [0.0, 1.0]):
        kind = {}
        for number in range(30):
            image = make_image(owner=owner, title=f"Kind {direction[0]:.0f} no {number}")
            kind[image] = np.array([*direction, *rng.normal(0, 0.15, 6)])
        kinds.append(kind)
    make_findable(kinds[0] | kinds[1])
    store.forget()
    return list(kinds[0]), list(kinds[1])


# Discover


def test_an_empty_gallery_invites_to_upload():
    text = page(Client().get("/"))

    assert "The walls are empty" in text
    assert 'href="/upload/"' in text


def test_every_card_says_why_and_can_be_answered(two_tastes):
    answer = Client().get("/")

    text = page(answer)
    assert len(cards(answer)) == 24
    assert 'data-list="feed"' in text
    for hook in ("data-reason=", 'data-action="like"', 'data-action="dismiss"', 'data-action="why"'):
        assert text.count(hook) == 24
    assert re.findall(r'data-position="(\d+)"', text) == [str(position) for position in range(24)]


def test_the_list_goes_on_without_repeating(two_tastes):
    browser = Client()
    first = browser.get("/")
    second = browser.get(more(first), headers=HTMX)
    third = browser.get(more(second), headers=HTMX)

    seen = cards(first) + cards(second) + cards(third)
    assert len(seen) == len(set(seen)) == 60
    assert "<html" not in page(second)
    assert "You have seen everything" in page(third)


def test_more_is_a_link_without_javascript(two_tastes):
    browser = Client()

    following = browser.get(more(browser.get("/")))

    assert "<html" in page(following)
    assert len(cards(following)) == 24


def test_a_like_moves_the_next_page_and_shows_its_evidence(two_tastes):
    browser, (liked_kind, _other) = Client(), two_tastes
    first = browser.get("/")
    liked = next(image for image in cards(first) if image in {i.pk for i in liked_kind})
    browser.post(f"/images/{liked}/like", {"liked": "true"}, headers=HTMX)

    second = browser.get(more(first), headers=HTMX)

    text = page(second)
    assert 'data-reason="look"' in text
    assert f'href="/images/{liked}/"' in text
    assert len({i.pk for i in liked_kind} & set(cards(second)[:8])) >= 5


def test_filters_narrow_the_feed_and_unknown_ones_are_not_found(owner):
    birds = make_category("birds")
    bird = make_image(owner=owner, category=birds)
    make_image(owner=owner)

    assert cards(Client().get("/?category=birds")) == [bird.pk]
    assert Client().get("/?category=dragons").status_code == 404
    assert Client().get("/?tab=worst").status_code == 404


def test_a_filter_without_pictures_says_so(owner):
    make_image(owner=owner)

    assert "No pictures here" in page(Client().get("/?tab=newest&owner=nobody"))


def test_a_choice_is_removed_or_refreshed_without_the_others(owner):
    make_image(owner=owner, category=make_category("birds"))

    shown = page(Client().get("/?tab=for-you&category=birds&tag=sea&tag=sand&owner=ada&refresh=1"))

    for address in (
        "/?tab=for-you&category=birds&tag=sand&owner=ada",
        "/?tab=for-you&category=birds&tag=sea&tag=sand",
        "/?tab=for-you&category=birds&tag=sea&tag=sand&owner=ada&refresh=1",
    ):
        assert f'href="{address}"' in shown


def test_a_cursor_from_elsewhere_begins_the_list_anew(owner):
    answer = Client().get("/?tab=newest&cursor=nonsense")

    assert (answer.status_code, answer["Location"]) == (302, "/?tab=newest")


def test_an_exhausted_feed_offers_newest_and_to_start_again(owner, two_tastes):
    browser = Client()
    browser.get("/")
    visitor = Feed.objects.get().visitor
    Event.objects.bulk_create(Event(kind="open", image=image, visitor=visitor) for kind in two_tastes for image in kind)

    exhausted = page(browser.get("/?refresh=1"))
    again = page(browser.post("/start-again", follow=True))

    assert "You have seen everything" in exhausted
    assert 'href="/?tab=newest"' in exhausted
    assert "/start-again" in exhausted
    assert "You have seen everything" not in again
    assert again.count("<article") == 24


# The recommender rests


@pytest.fixture
def damaged_index(two_tastes) -> None:
    """Every published file is broken behind the site's back."""
    for path in store.folder().rglob("*.npy"):
        path.chmod(0o600)
        path.write_bytes(b"broken")
    store.forget()


def test_a_broken_recommender_shows_what_is_newest_and_says_so(damaged_index):
    answer = Client().get("/")

    assert answer.status_code == 200
    assert "The recommender is resting" in page(answer)
    assert len(cards(answer)) == 24


def test_a_picture_survives_a_broken_recommender(damaged_index, two_tastes):
    image = two_tastes[0][0]

    assert Client().get(f"/images/{image.pk}/").status_code == 200
    panel = page(Client().get(f"/images/{image.pk}/similar/", headers=HTMX))
    assert 'data-status="pending"' in panel


def test_a_photo_meets_a_broken_recommender_kindly(damaged_index, eyes_file, settings):
    settings.EYES_FILE = str(eyes_file)

    answer = Client().post("/search/", {"file": photo()}, headers=HTMX)

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "Try again in" in page(answer)


def test_the_page_costs_the_same_whatever_the_rows(owner, connection_queries, settings):
    settings.SITE_NAME = "Named"  # else it is asked for again after a while
    make_image(owner=owner)
    browser = Client()
    browser.get("/?tab=newest")
    with connection_queries() as few:
        browser.get("/?tab=newest")
    for _ in range(20):
        make_image(owner=owner)

    with connection_queries() as many:
        browser.get("/?tab=newest")

    assert len(few) == len(many)


# Not interested


def test_dismissing_covers_the_card_and_can_be_undone(owner):
    image, browser = make_image(owner=owner), Client()
    browser.get("/")
    browser.post(f"/images/{image.pk}/like", {"liked": "true"})

    dismissed = browser.post(f"/images/{image.pk}/dismissal", {"dismissed": "true"}, headers=HTMX)
    assert 'class="dismissed"' in page(dismissed)
    assert 'data-action="undo"' in page(dismissed)
    assert Dismissal.objects.count() == 1
    assert not Like.objects.exists()

    browser.post(f"/images/{image.pk}/dismissal", {"dismissed": "false"}, headers=HTMX)
    assert not Dismissal.objects.exists()


def test_dismissing_without_javascript_goes_back(owner):
    image = make_image(owner=owner)

    answer = Client().post(f"/images/{image.pk}/dismissal", {"dismissed": "true", "next": "/?tab=trending"})

    assert answer["Location"] == f"/?tab=trending#image-{image.pk}"


# Similar


def test_similar_pictures_carry_the_trail_on(two_tastes):
    one, another = two_tastes[0][:2]

    answer = Client().get(f"/images/{one.pk}/similar/?from={another.pk},{one.pk}", headers=HTMX)

    text = page(answer)
    assert 'data-list="similar"' in text
    assert one.pk not in cards(answer)
    assert f"?from={another.pk},{one.pk}" in text
    assert "<html" not in text


def test_opening_is_noted_once_the_panel_is_fetched(two_tastes):
    browser, image = Client(), two_tastes[0][0]
    browser.get("/search/")

    browser.get(f"/images/{image.pk}/similar/?from={image.pk}&opened=1", headers=HTMX)

    assert Event.objects.get(kind="open").image == image


def test_the_panel_of_a_new_picture_asks_again(owner):
    image = make_image(owner=owner)

    text = page(Client().get(f"/images/{image.pk}/similar/", headers=HTMX))

    assert 'data-status="pending"' in text
    assert 'hx-trigger="every 2s"' in text


def test_the_panel_of_a_hidden_picture_is_not_there(owner):
    image = make_image(owner=owner, visibility="private")

    assert Client().get(f"/images/{image.pk}/similar/").status_code == 404


def test_similar_is_a_page_without_javascript(two_tastes):
    answer = Client().get(f"/images/{two_tastes[0][0].pk}/similar/")

    assert "<html" in page(answer)
    assert len(cards(answer)) == 24


def test_the_way_pictures_are_alike_is_chosen_and_remembered(two_tastes):
    browser, address = Client(), f"/images/{two_tastes[0][0].pk}/similar/"

    first = page(browser.get(address, headers=HTMX))
    by_look = browser.get(f"{address}?mode=look", headers=HTMX)
    later = page(browser.get(address, headers=HTMX))

    assert 'data-mode="blend"' in first
    assert 'data-mode="look"' in page(by_look)
    assert len(cards(by_look)) == 24
    assert 'data-mode="look"' in later
    assert 'data-mode="look"' in page(browser.get(f"{address}?mode=smell", headers=HTMX))


@pytest.mark.parametrize(
    ("mode", "said"), [("people", "liked by enough of the same people yet"), ("tags", "This picture has no tags yet")]
)
def test_a_mode_that_knows_nothing_says_so(two_tastes, mode, said):
    answer = Client().get(f"/images/{two_tastes[0][0].pk}/similar/?mode={mode}", headers=HTMX)

    assert cards(answer) == []
    assert said in page(answer)


# Search


def test_words_find_and_say_when_they_do_not(owner):
    heron = make_image(owner=owner, title="Grey heron")
    make_image(owner=owner, title="Tiled floor")

    assert cards(Client().get("/search/?q=heron")) == [heron.pk]
    answer = page(Client().get("/search/?q=zebra"))
    assert "No good match" in answer
    assert "Did you mean" not in answer


def test_a_slip_of_the_pen_is_offered_what_may_have_been_meant(owner):
    make_image(owner=owner, title="Still water", tags=["harbour"], category=make_category("birds"))

    answer = page(Client().get("/search/?q=quiet+habrour"))

    assert "Did you mean" in answer
    assert 'href="?q=harbour"' in answer
    assert "Nothing found" in page(Client().get("/search/?q=habrour&category=birds"))


def test_an_empty_search_teaches(owner):
    make_image(owner=owner, category=make_category("birds"))

    text = page(Client().get("/search/"))

    assert "/search/?category=birds" in text
    assert "/search/?colour=" in text
    assert '<input class="drop__file" type="file" id="photo-file" name="file"' in text


def test_what_is_chosen_can_be_taken_away(owner):
    image = make_image(owner=owner, tags=["heron", "lake"], colour="#336699")

    answer = Client().get("/search/?tag=heron&tag=lake&colour=336699")

    assert cards(answer) == [image.pk]
    assert 'href="?part=colour:336699&tag=lake"' in page(answer)
    assert 'href="?tag=heron&tag=lake"' in page(answer)


NO_SEARCHES = [
    "colour=red", "category=dragons", "shape=round", "days=soon", "part=colour:zz", "part=image:1", "part=image:x",
    "q=a&category=dragons", "part=words:a*0.5&part=image:7@9,9,9,9",
]  # fmt: skip


@pytest.mark.parametrize("query", NO_SEARCHES)
def test_what_cannot_be_read_is_a_bad_request_with_a_page(owner, query):
    make_image(owner=owner)

    answer = Client().get(f"/search/?{query}")

    assert answer.status_code == 400
    assert "cannot be read" in page(answer)


@pytest.mark.parametrize("query", ["part=nothing:x", "part=", "part=words:*0", "tag=", "cursor=forged&q=a"])
def test_what_is_no_part_at_all_is_left_out(query):
    assert Client().get(f"/search/?{query}", follow=True).status_code == 200


def test_words_are_never_markup():
    assert "<script>alert" not in Client().get("/search/?q=<script>alert(1)</script>").content.decode()


def photo(content: bytes | None = None) -> SimpleUploadedFile:
    if content is None:
        buffer = io.BytesIO()
        Pillow.effect_noise((300, 200), 80).convert("RGB").save(buffer, "JPEG")
        content = buffer.getvalue()
    return SimpleUploadedFile("photo.jpg", content)


@pytest.mark.parametrize(("content", "status"), [(b"hello world", 415), (picture()[:40], 422), (None, 400)])
def test_a_photo_that_cannot_be_used_is_answered_kindly(content, status):
    for headers in (HTMX, {}):
        files = {} if content is None else {"file": photo(content)}

        answer = Client().post("/search/", files, headers=headers)

        assert answer.status_code == status
        assert 'role="alert"' in page(answer)
        assert ("<html" in page(answer)) is (not headers)


def test_too_large_a_photo_is_refused(settings):
    settings.UPLOAD_LIMIT = 100

    assert Client().post("/search/", {"file": photo()}).status_code == 413


def test_too_many_photos_are_asked_to_wait():
    for _ in range(PHOTO_SEARCH.most):
        knock(PHOTO_SEARCH, "address:127.0.0.1")

    answer = Client().post("/search/", {"file": photo()}, headers=HTMX)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_photo_in_an_empty_gallery_has_no_good_match(eyes_file, settings):
    settings.EYES_FILE = str(eyes_file)
    store.forget()

    answer = Client().post("/search/", {"file": photo()}, headers=HTMX)

    assert answer.status_code == 200
    assert 'data-good-match="false"' in page(answer)
    assert "No good match" in page(answer)
    assert not Image.objects.exists()
