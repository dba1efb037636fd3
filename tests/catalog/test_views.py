import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog import services
from catalog.models import Image, ImageTag, Like, State
from catalog.throttles import UPLOAD, knock
from catalog.viewers import Viewer
from tests.factories import machine_tag, make_category, make_image, picture

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def page(answer) -> str:
    return html.unescape(answer.content.decode())


def file(name: str = "summer_at-the sea.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


@pytest.fixture
def owner(make_user):
    return make_user("ada")


@pytest.fixture
def image(owner) -> Image:
    return make_image(owner=owner, title="Grey heron", description="At dawn", licence="CC BY 4.0")


# One picture


def test_a_picture_is_shown_with_its_words_and_colours(owner):
    image = make_image(
        owner=owner,
        title="Grey heron",
        category=make_category("birds", parent=make_category("animals")),
        tags=["heron"],
        source="https://example.org/heron",
        licence="CC BY 4.0",
    )
    machine_tag(image, "wading-bird", 0.7)

    text = page(Client().get(f"/images/{image.pk}/"))

    for word in ("Grey heron", "ada", "Animals", "Birds", "tag--person", "tag--machine", "/search/?colour=336699"):
        assert word in text
    assert "https://example.org/heron" in text
    assert "CC BY 4.0" in text
    assert f'/images/{image.pk}/similar/?from={image.pk}&opened=1"' in text


@pytest.mark.parametrize(
    ("visibility", "stranger", "named"), [("public", 200, True), ("unlisted", 200, False), ("private", 404, False)]
)
def test_who_opens_a_picture_and_who_may_be_told_of_it(owner, client_of, visibility, stranger, named):
    image = make_image(owner=owner, visibility=visibility)

    answer = Client().get(f"/images/{image.pk}/")

    assert answer.status_code == stranger
    assert ("og:image" in page(answer)) is named
    assert client_of(owner).get(f"/images/{image.pk}/").status_code == 200


def test_only_the_owner_sees_the_camera_the_original_and_the_form(image, owner, make_user, client_of):
    Image.objects.filter(pk=image.pk).update(exif={"camera": "Leica M6"})

    seen_by_owner = page(client_of(owner).get(f"/images/{image.pk}/"))
    seen_by_staff = page(client_of(make_user(is_staff=True)).get(f"/images/{image.pk}/"))

    assert "Leica M6" in seen_by_owner
    assert f"/images/{image.pk}/original" in seen_by_owner
    assert "Leica M6" not in seen_by_staff
    assert "owner-desk" not in seen_by_staff


def test_the_trail_leads_back_through_the_last_eight_and_never_shows_what_is_private(owner, make_user):
    steps = [make_image(owner=owner, title=f"Step {number}") for number in range(10)]
    private = make_image(owner=make_user(), visibility="private", title="Secret")
    here = make_image(owner=owner)
    came_by = ",".join(str(step.pk) for step in [*steps, private])

    text = page(Client().get(f"/images/{here.pk}/?from={came_by}"))
    trail = re.search(r"data-trail.*?</nav>", text, re.DOTALL)[0]

    assert re.findall(r'data-image-id="(\d+)"', trail) == [str(step.pk) for step in steps[3:]]
    assert f'href="/images/{steps[4].pk}/?from={steps[3].pk}"' in trail
    assert "Secret" not in text
    assert "," + str(here.pk) + "&" in text


def test_a_trail_of_nonsense_is_no_trail(image):
    assert Client().get(f"/images/{image.pk}/?from=1,x,-2,99999999999999999999,١").status_code == 200


def test_over_a_list_a_picture_comes_without_the_page_around_it(image):
    address = f"/images/{image.pk}/"

    whole, words = Client().get(address), Client().get(address, headers=HTMX)
    closeup = Client().get(address, headers=HTMX | {"HX-Target": "closeup"})

    assert "<html" in page(whole)
    assert page(closeup).count('class="closeup"') == 1
    assert "<html" not in page(closeup)
    assert f"/images/{image.pk}/similar/?from={image.pk}&opened=1" in page(closeup)
    assert "image__figure" not in page(words)
    assert {"HX-Request", "HX-Target"} <= set(closeup["Vary"].split(", "))


def test_a_picture_that_waits_shows_its_state_to_its_owner_alone(owner, client_of):
    image = make_image(owner=owner, state=State.PENDING)

    assert 'data-upload-status="queued"' in page(client_of(owner).get(f"/images/{image.pk}/"))
    assert Client().get(f"/images/{image.pk}/").status_code == 404


# Likes


def test_a_visitor_likes_and_unlikes_without_an_account(image):
    browser = Client()
    browser.get("/search/")

    liked = browser.post(f"/images/{image.pk}/like", {"liked": "true"}, headers=HTMX)
    again = browser.post(f"/images/{image.pk}/like", {"liked": "true"}, headers=HTMX)

    assert 'aria-pressed="true"' in page(liked)
    assert 'data-action="undo"' in page(liked)
    assert "reacted" in liked["HX-Trigger"]
    assert page(liked) == page(again)
    assert Like.objects.count() == 1
    assert 'aria-pressed="false"' in page(browser.post(f"/images/{image.pk}/like", {"liked": "false"}, headers=HTMX))
    assert not Like.objects.exists()


def test_without_javascript_a_like_goes_back_to_where_it_was_pressed(image):
    answer = Client().post(f"/images/{image.pk}/like", {"liked": "true", "next": "/?tab=newest"})

    assert (answer.status_code, answer["Location"]) == (302, f"/?tab=newest#image-{image.pk}")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"])
def test_a_form_never_leads_to_another_site(image, away):
    answer = Client().post(f"/images/{image.pk}/like", {"liked": "true", "next": away})

    assert answer["Location"].startswith(f"/images/{image.pk}/")


def test_what_one_may_not_see_one_cannot_like(owner):
    private = make_image(owner=owner, visibility="private")

    assert Client().post(f"/images/{private.pk}/like").status_code == 404


def test_likes_need_the_form_of_this_site(image):
    assert Client(enforce_csrf_checks=True).post(f"/images/{image.pk}/like").status_code == 403


# The owner's verbs


@pytest.mark.parametrize("verb", ["edit", "tags", "delete", "retry", "undelete"])
def test_only_the_owner_changes_a_picture(image, make_user, client_of, verb):
    for somebody in (None, make_user(), make_user(is_staff=True)):
        answer = client_of(somebody).post(f"/images/{image.pk}/{verb}", {"title": "Mine"})

        assert answer.status_code in (302, 404)
    image.refresh_from_db()
    assert (image.title, image.deleted_at) == ("Grey heron", None)


def test_editing_in_place_gives_the_words_back(image, owner, client_of):
    browser, category = client_of(owner), make_category("birds")
    form = page(browser.get(f"/images/{image.pk}/edit", headers=HTMX))

    answer = browser.post(
        f"/images/{image.pk}/edit",
        {
            "title": "White heron",
            "description": "",
            "category": "birds",
            "tags": "heron, lake",
            "visibility": "private",
        },
        headers=HTMX,
        follow=True,
    )

    image.refresh_from_db()
    assert 'id="image-words"' in form
    assert "White heron" in page(answer)
    assert (image.title, image.category, image.visibility) == ("White heron", category, "private")
    assert set(image.tags.values_list("name", flat=True)) == {"heron", "lake"}


def test_a_wrong_value_is_said_beside_its_field_and_changes_nothing(image, owner, client_of):
    answer = client_of(owner).post(
        f"/images/{image.pk}/edit",
        {"title": "New", "description": "", "tags": "x" * 60, "visibility": "public"},
        headers=HTMX,
    )

    image.refresh_from_db()
    assert answer.status_code == 422
    assert "at most 50 characters" in page(answer)
    assert image.title == "Grey heron"


def test_a_tag_the_machine_found_meanwhile_is_not_taken_for_removed(image, owner, client_of):
    machine_tag(image, "wading-bird", 0.7)

    client_of(owner).post(
        f"/images/{image.pk}/edit?row=1",
        {"title": "Heron", "tags_before": "", "tags": "lake", "visibility": "public"},
        headers=HTMX,
    )

    shown = ImageTag.objects.filter(image=image, removed=False).values_list("tag__slug", flat=True)
    assert set(shown) == {"wading-bird", "lake"}


def test_a_machine_tag_taken_out_of_the_form_is_removed(image, owner, client_of):
    machine_tag(image, "crane", 0.7)

    client_of(owner).post(
        f"/images/{image.pk}/edit",
        {"title": "Heron", "description": "", "tags_before": "Crane", "tags": "", "visibility": "public"},
    )

    assert ImageTag.objects.get(image=image).removed


def test_a_machine_tag_is_taken_off_in_place_and_put_back_as_it_was(image, owner, client_of):
    machine_tag(image, "crane", 0.7)
    browser, address = client_of(owner), f"/images/{image.pk}/tags"

    gone = page(browser.post(address, {"remove": "crane"}, headers=HTMX))
    back = page(browser.post(address, {"put_back": "crane"}, headers=HTMX))

    assert "“Crane” is taken off." in gone
    assert 'name="put_back" value="crane"' in gone
    assert "tag--machine" not in gone
    assert "tag--machine" in back
    assert ImageTag.objects.get(image=image).confidence == 0.7


def test_a_tag_is_added_in_place_and_the_undo_takes_it_off(image, owner, client_of):
    browser, address = client_of(owner), f"/images/{image.pk}/tags"

    added = page(browser.post(address, {"add": " Grey  heron "}, headers=HTMX))
    found = page(browser.get("/search/?q=grey"))
    undone = page(browser.post(address, {"remove": "grey-heron"}, headers=HTMX))

    assert 'class="tag tag--person"' in added
    assert 'name="remove" value="grey-heron" data-action="undo"' in added
    assert f'data-image-id="{image.pk}"' in found
    assert 'class="tag tag--person"' not in undone


@pytest.mark.parametrize(("typed", "said"), [("x" * 60, "at most 50 characters"), (" ", "Write a word")])
def test_a_tag_that_cannot_be_is_refused_beside_its_field(image, owner, client_of, typed, said):
    answer = client_of(owner).post(f"/images/{image.pk}/tags", {"add": typed}, headers=HTMX)

    assert answer.status_code == 422
    assert said in page(answer)
    assert not ImageTag.objects.exists()


def test_without_javascript_a_corrected_tag_leads_back_to_the_picture(image, owner, client_of):
    answer = client_of(owner).post(f"/images/{image.pk}/tags", {"add": "heron"}, follow=True)

    assert "“heron” is added." in page(answer)
    assert 'class="tag tag--person"' in page(answer)


def test_a_deleted_picture_is_gone_at_once_and_can_be_brought_back(image, owner, client_of):
    browser = client_of(owner)

    after = browser.post(f"/images/{image.pk}/delete", follow=True)

    assert f'formaction="/images/{image.pk}/undelete"' in page(after)
    assert browser.get(f"/images/{image.pk}/").status_code == 404
    assert browser.post(f"/images/{image.pk}/undelete")["Location"] == f"/images/{image.pk}/"
    assert browser.get(f"/images/{image.pk}/").status_code == 200


def test_too_late_an_undo_says_so(image, owner, client_of):
    browser, gone = client_of(owner), image.pk
    image.delete()

    answer = browser.post(f"/images/{gone}/undelete", follow=True)

    assert "too late" in page(answer)


def test_a_failed_picture_says_why_and_is_tried_again(owner, client_of):
    image = make_image(owner=owner, state=State.FAILED)
    browser = client_of(owner)

    said = page(browser.get(f"/upload/{image.pk}/", headers=HTMX))
    answer = page(browser.post(f"/images/{image.pk}/retry", headers=HTMX))

    assert "The file is damaged." in said
    assert "every 1500ms" not in said
    assert 'data-upload-status="queued"' in answer
    assert "every 1500ms" in answer


def test_a_picture_that_waits_too_long_is_said_to_be_safe(owner, client_of):
    image = make_image(owner=owner, state=State.PENDING)
    browser = client_of(owner)
    assert "takes longer" not in page(browser.get(f"/upload/{image.pk}/", headers=HTMX))

    Image.objects.filter(pk=image.pk).update(created_at=timezone.now() - timedelta(minutes=1))

    assert "takes longer" in page(browser.get(f"/upload/{image.pk}/", headers=HTMX))


def test_a_found_picture_is_asked_for_no_more(owner, client_of):
    image = make_image(owner=owner)
    services.mark_findable(image_ids=[image.pk], now=timezone.now())

    text = page(client_of(owner).get(f"/upload/{image.pk}/", headers=HTMX))

    assert 'data-upload-status="findable"' in text
    assert "hx-trigger" not in text


# Uploads


def test_uploading_needs_an_account_and_returns_there():
    answer = Client().get("/upload/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/upload/")


def test_a_file_becomes_a_row_named_after_it(owner, client_of):
    answer = client_of(owner).post("/upload/", {"file": file()}, headers=HTMX)

    image = Image.objects.get()
    assert answer.status_code == 201
    assert image.title == "Summer at the sea"
    assert f'data-image-id="{image.pk}"' in page(answer)
    assert 'data-upload-status="queued"' in page(answer)


def test_without_javascript_good_files_go_on_beside_bad_ones(owner, client_of):
    answer = client_of(owner).post(
        "/upload/", {"file": [file("good.png"), file("notes.png", b"hello"), file("no.png", b"")]}
    )

    text = page(answer)
    assert answer.status_code == 415
    assert Image.objects.get().title == "Good"
    assert "notes.png" in text
    assert "not a picture in a format" in text
    assert text.count("data-refused") == 2
    assert 'data-upload-status="queued"' in text


def test_without_javascript_an_upload_leads_to_its_row(owner, client_of):
    answer = client_of(owner).post("/upload/", {"file": file()}, follow=True)

    assert f'data-image-id="{Image.objects.get().pk}"' in page(answer)


@pytest.mark.parametrize(("content", "status"), [(b"hello world", 415), (b"", 400)])
def test_a_file_that_is_not_taken_is_answered_with_its_status(owner, client_of, content, status):
    answer = client_of(owner).post("/upload/", {"file": file("x.png", content)}, headers=HTMX)

    assert answer.status_code == status
    assert "data-refused" in page(answer)


def test_too_large_a_file_is_refused(owner, client_of, settings):
    settings.UPLOAD_LIMIT = 100

    answer = client_of(owner).post("/upload/", {"file": file(content=picture() + b"\x00" * 100)}, headers=HTMX)

    assert answer.status_code == 413
    assert not Image.objects.exists()


def test_the_same_file_twice_is_named_with_a_link(owner, client_of):
    browser, content = client_of(owner), picture()
    browser.post("/upload/", {"file": file("first.png", content)}, headers=HTMX)

    answer = browser.post("/upload/", {"file": file("second.png", content)}, headers=HTMX)

    assert answer.status_code == 409
    assert f'href="/images/{Image.objects.get().pk}/"' in page(answer)


def test_too_many_uploads_are_asked_to_wait(owner, client_of):
    now = timezone.now()
    for _ in range(UPLOAD.most):
        knock(UPLOAD, f"user:{owner.pk}", now=now)

    answer = client_of(owner).post("/upload/", {"file": file()}, headers=HTMX)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_the_upload_page_shows_only_ones_own_rows(image, owner, make_user, client_of):
    assert f'id="upload-{image.pk}"' in page(client_of(owner).get(f"/upload/?images={image.pk}"))
    assert f'id="upload-{image.pk}"' not in page(client_of(make_user()).get(f"/upload/?images={image.pk}"))


def test_removing_a_row_offers_the_way_back(image, owner, client_of):
    browser = client_of(owner)

    removed = page(browser.post(f"/images/{image.pk}/delete", headers=HTMX))
    back = page(browser.post(f"/images/{image.pk}/undelete?row=1", headers=HTMX))

    assert 'data-action="undo"' in removed
    assert f'id="upload-{image.pk}"' in removed
    assert "upload-row__form" in back


# People


def test_a_person_shows_strangers_only_what_is_public(owner, client_of):
    shown = make_image(owner=owner)
    others = [make_image(owner=owner, visibility="private"), make_image(owner=owner, state=State.FAILED)]

    by_stranger, by_self = page(Client().get("/people/ADA/")), page(client_of(owner).get("/people/ada/"))

    assert f'data-image-id="{shown.pk}"' in by_stranger
    for image in others:
        assert f'data-image-id="{image.pk}"' not in by_stranger
        assert f'data-image-id="{image.pk}"' in by_self


def test_ones_likes_are_shown_to_oneself_alone(owner, image, make_user, client_of):
    fan = make_user("fan")
    services.like(viewer=Viewer(user_id=fan.pk), image=image)

    assert f'data-image-id="{image.pk}"' in page(client_of(fan).get("/people/fan/?tab=likes"))
    assert f'data-image-id="{image.pk}"' not in page(client_of(owner).get("/people/fan/?tab=likes"))


def test_nobody_is_not_found_and_a_strange_cursor_begins_anew(owner):
    assert Client().get("/people/nobody/").status_code == 404
    assert Client().get("/people/ada/?cursor=nonsense")["Location"] == "/people/ada/"


def test_a_long_list_goes_on_where_the_page_ended(owner):
    images = [make_image(owner=owner) for _ in range(30)]

    first = page(Client().get("/people/ada/"))
    following = html.unescape(re.search(r'data-more="([^"]+)"', first)[1])
    second = page(Client().get(following, headers=HTMX))

    shown = re.findall(r'<article[^>]+data-image-id="(\d+)"', first + second)
    assert sorted(shown) == sorted(str(image.pk) for image in images)
    assert "<html" not in second


# Files


def rendition(image: Image, size: int = 320) -> str:
    return reverse("catalog:rendition", args=[image.pk, image.rendition_token, size])


def test_a_rendition_is_served_true_sandboxed_and_for_a_minute(image):
    answer = Client().get(rendition(image))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, max-age=60"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert not answer.cookies


def test_a_rendition_that_is_known_is_not_sent_again(image):
    etag = Client().get(rendition(image))["ETag"]

    assert Client().get(rendition(image), headers={"If-None-Match": etag}).status_code == 304


def test_a_picture_made_private_is_private_at_once_even_where_it_was_known(image, owner, client_of):
    address, etag = rendition(image), Client().get(rendition(image))["ETag"]
    services.edit_image(image=image, visibility="private")

    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 404
    assert client_of(owner).get(address).status_code == 200


def test_files_that_are_not_there_are_not_found(image):
    for address in (
        rendition(image, 333),
        reverse("catalog:rendition", args=[image.pk, "0000000000000000", 320]),
        "/media/999999999999999999999/0/320.webp",
    ):
        assert Client().get(address).status_code == 404


def test_a_rendition_costs_one_query(image, connection_queries):
    address = rendition(image)

    with connection_queries() as queries:
        Client().get(address)

    assert len(queries) == 1


def test_the_original_is_the_owners_alone(image, owner, make_user, client_of):
    address = f"/images/{image.pk}/original"

    answer = client_of(owner).get(address)

    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Disposition"] == 'attachment; filename="Grey_heron.png"'
    for somebody in (None, make_user(), make_user(is_staff=True)):
        assert client_of(somebody).get(address).status_code in (302, 404)


@pytest.mark.parametrize("title", ["🎉", "..", "", "Sea / sun"])
def test_the_original_can_be_taken_home_whatever_the_title(image, owner, client_of, title):
    Image.objects.filter(pk=image.pk).update(title=title)

    answer = client_of(owner).get(f"/images/{image.pk}/original")

    assert answer.status_code == 200
    assert "/" not in answer["Content-Disposition"]


def test_visitors_behind_a_password_of_the_web_server_may_like(image, client_of):
    answer = client_of(None).post(f"/images/{image.pk}/like", headers={"Authorization": "Basic eDp5"})

    assert answer.status_code == 302
    assert image.likes.filter(visitor__isnull=False).count() == 1


@pytest.mark.parametrize("address", ["/people/%00/", "/?owner=%00", "/?tag=%00", "/?tab=newest&category=%00"])
def test_a_null_character_finds_nothing_and_breaks_nothing(image, client_of, address):
    assert client_of(None).get(address).status_code in (200, 404)
