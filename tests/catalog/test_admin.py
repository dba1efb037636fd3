import pytest

from catalog.models import Category, Image, ImageTag, State, Tag
from tests.factories import make_category, make_image

pytestmark = pytest.mark.django_db

IMAGES = "/admin/catalog/image/"


@pytest.fixture
def desk(client_of, make_user):
    return client_of(make_user("curator", is_staff=True, is_superuser=True))


def act(desk, action: str, rows, *, address: str = IMAGES, **answer):
    data = {"action": action, "_selected_action": [row.pk for row in rows], **answer}
    return desk.post(address, data, follow=True)


def test_hiding_and_restoring_many(desk, make_user, client_of):
    owner = make_user()
    images = [make_image(owner=owner, title="Seen") for _ in range(3)]

    act(desk, "hide", images)
    assert "Seen" not in client_of(None).get("/?tab=newest").content.decode()

    act(desk, "restore", images)
    assert "Seen" in client_of(None).get("/?tab=newest").content.decode()


def test_moving_to_a_category_asks_where_first(desk, make_user):
    image, boats = make_image(owner=make_user()), make_category("boats")

    asked = act(desk, "recategorise", [image])
    assert "1 row is selected" in asked.content.decode()
    assert Image.objects.get(pk=image.pk).category is None

    act(desk, "recategorise", [image], category=boats.pk, answer="Go on")
    assert Image.objects.get(pk=image.pk).category == boats


def test_tagging_many(desk, make_user):
    owner = make_user()
    images = [make_image(owner=owner) for _ in range(2)]

    act(desk, "add_tags", images, tags="sea, calm water", answer="Go on")

    assert ImageTag.objects.filter(tag__slug__in=["sea", "calm-water"], source="person").count() == 4


def test_an_empty_answer_is_asked_again(desk, make_user):
    image = make_image(owner=make_user())

    answer = act(desk, "add_tags", [image], tags=" , ", answer="Go on")

    assert "Write at least one tag" in answer.content.decode()


def test_merging_tags(desk, make_user):
    image = make_image(owner=make_user(), tags=["sea", "ocean"])
    sea, ocean = Tag.objects.get(slug="sea"), Tag.objects.get(slug="ocean")

    act(desk, "merge", [ocean], address="/admin/catalog/tag/", into=sea.pk, answer="Go on")

    assert list(image.image_tags.values_list("tag__slug", flat=True)) == ["sea"]


def test_failed_work_shows_its_reason_and_can_be_tried_again(desk, make_user):
    image = make_image(owner=make_user(), state=State.FAILED)
    assert "The file is damaged." in desk.get("/admin/catalog/failedimage/").content.decode()

    act(desk, "retry", [image], address="/admin/catalog/failedimage/")

    assert Image.objects.get(pk=image.pk).state == State.PENDING


def test_deleting_takes_out_of_sight_and_leaves_erasing_to_the_sweep(desk, make_user):
    image = make_image(owner=make_user())

    act(desk, "delete_selected", [image], post="yes")

    assert Image.objects.get(pk=image.pk).deleted_at is not None


def test_editing_a_picture_changes_words_and_tags(desk, make_user):
    image = make_image(owner=make_user(), tags=["sea"])
    data = {"title": "Renamed", "description": "", "category": "", "tag_line": "boat", "visibility": "public"}

    answer = desk.post(f"{IMAGES}{image.pk}/change/", data | {"source": "", "licence": ""})

    assert answer.status_code == 302
    image.refresh_from_db()
    assert image.title == "Renamed"
    assert list(image.image_tags.values_list("tag__slug", flat=True)) == ["boat"]


def test_a_category_cannot_lie_below_itself(desk):
    nature = make_category("nature")
    birds = Category.objects.create(slug="birds", name="Birds", parent=nature)

    address = f"/admin/catalog/category/{nature.pk}/change/"
    answer = desk.post(address, {"name": "Nature", "slug": "nature", "parent": birds.pk})

    assert "cannot lie below itself" in answer.content.decode()


def test_moving_a_category_moves_its_subtree(desk, make_user):
    nature, art = make_category("nature"), make_category("art")
    birds = Category.objects.create(slug="birds", name="Birds", parent=nature)
    owls = Category.objects.create(slug="owls", name="Owls", parent=birds)

    desk.post(f"/admin/catalog/category/{birds.pk}/change/", {"name": "Birds", "slug": "birds", "parent": art.pk})

    owls.refresh_from_db()
    assert owls.path == "art/birds/owls"


def test_the_list_costs_the_same_however_long_it_is(desk, make_user, connection_queries, settings):
    settings.SITE_NAME = "Named"  # else it is asked for again after a while
    owner = make_user()

    def cost() -> int:
        with connection_queries() as captured:
            desk.get(IMAGES)
        return len(captured)

    for _ in range(3):
        make_image(owner=owner, tags=["sea"])
    few = cost()
    for _ in range(9):
        make_image(owner=owner, tags=["sea"])

    assert cost() == few


@pytest.mark.parametrize(
    "address",
    [
        "/admin/", "/admin/catalog/image/", "/admin/catalog/failedimage/", "/admin/catalog/category/",
        "/admin/catalog/tag/", "/admin/accounts/user/", "/admin/recommender/embedding/",
        "/admin/recommender/failedembedding/", "/admin/recommender/release/", "/admin/recommender/event/",
        "/admin/recommender/dismissal/", "/admin/catalog/image/?q=sea", "/admin/catalog/image/?findable=no",
        "/admin/catalog/image/?sight=hidden",
    ],
)  # fmt: skip
def test_every_page_of_the_desk_opens(desk, make_user, address):
    make_image(owner=make_user())

    assert desk.get(address).status_code == 200
