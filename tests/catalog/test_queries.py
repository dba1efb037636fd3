import pytest
from django.utils import translation

from catalog import queries, services
from catalog.models import Image, Tag
from catalog.queries import GalleryFilter
from catalog.queries.cursors import BadCursor
from catalog.queries.gallery import BadFilter, lab_of
from catalog.viewers import NOBODY, Viewer
from tests.factories import machine_tag, make_category, make_image

pytestmark = pytest.mark.django_db


def walk(**asked) -> list[int]:
    """All ids of a gallery, page by page."""
    found, cursor = [], None
    while True:
        page = queries.gallery_page(viewer=NOBODY, cursor=cursor, limit=3, **asked)
        found += [card.id for card in page.cards]
        if page.next is None:
            return found
        cursor = page.next


@pytest.mark.parametrize("ordering", ["newest", "oldest", "likes"])
def test_pages_joined_are_the_whole_list(make_user, ordering):
    owner, fan = make_user(), make_user()
    images = [make_image(owner=owner) for _ in range(8)]
    services.like(viewer=Viewer(user_id=fan.pk), image=images[3])

    found = walk(ordering=ordering)

    assert sorted(found) == sorted(image.pk for image in images)
    if ordering == "likes":
        assert found[0] == images[3].pk
    else:
        times = dict(Image.objects.values_list("pk", "created_at"))
        assert [times[pk] for pk in found] == sorted(times.values(), reverse=ordering == "newest")


def test_previous_leads_back_to_the_page_before(make_user):
    owner = make_user()
    for _ in range(7):
        make_image(owner=owner)
    first = queries.gallery_page(viewer=NOBODY, limit=3)
    second = queries.gallery_page(viewer=NOBODY, limit=3, cursor=first.next)

    back = queries.gallery_page(viewer=NOBODY, limit=3, cursor=second.previous)

    assert [card.id for card in back.cards] == [card.id for card in first.cards]
    assert first.previous is None


def test_a_cursor_of_another_list_is_refused(make_user):
    owner = make_user()
    for _ in range(4):
        make_image(owner=owner)
    newest = queries.gallery_page(viewer=NOBODY, limit=3).next

    for cursor in (newest, "nonsense", "eyJ9"):
        with pytest.raises(BadCursor):
            queries.gallery_page(viewer=NOBODY, ordering="likes", cursor=cursor)


def test_a_category_includes_what_lies_below_it(make_user):
    nature = make_category("nature")
    birds = make_category("birds", parent=nature)
    owner = make_user()
    below, elsewhere = make_image(owner=owner, category=birds), make_image(owner=owner)

    assert walk(where=GalleryFilter(category="nature")) == [below.pk]
    assert elsewhere.pk not in walk(where=GalleryFilter(category="birds"))
    with pytest.raises(BadFilter):
        walk(where=GalleryFilter(category="cars"))


def test_tags_must_all_be_there(make_user):
    owner = make_user()
    both = make_image(owner=owner, tags=["red", "boat"])
    make_image(owner=owner, tags=["red"])

    assert walk(where=GalleryFilter(tags=("red", "boat"))) == [both.pk]


def test_a_colour_finds_pictures_of_about_that_colour(make_user):
    owner = make_user()
    blue = make_image(owner=owner, colour="#2255cc")
    make_image(owner=owner, colour="#cc5522")

    assert walk(where=GalleryFilter(colour="2a5ac8"), ordering="relevance") == [blue.pk]
    with pytest.raises(BadFilter):
        walk(where=GalleryFilter(colour="blue"))


def test_lab_of_white_black_and_red():
    # CIE 15:2004 with D65; red as in Lindbloom's calculator.
    assert lab_of("ffffff") == pytest.approx((100, 0, 0), abs=0.02)
    assert lab_of("000000") == pytest.approx((0, 0, 0), abs=0.02)
    assert lab_of("#ff0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)


def test_lists_never_show_what_is_private_unlisted_or_unfinished(make_user):
    owner, other = make_user(), make_user()
    public = make_image(owner=owner)
    unlisted = make_image(owner=owner, visibility="unlisted")
    private = make_image(owner=owner, visibility="private")
    waiting = make_image(owner=owner, state="pending")

    stranger, self_ = Viewer(user_id=other.pk), Viewer(user_id=owner.pk)

    assert [card.id for card in queries.gallery_page(viewer=stranger).cards] == [public.pk]
    assert {card.id for card in queries.gallery_page(viewer=self_).cards} == {public.pk, unlisted.pk, private.pk}
    shown = queries.cards([private.pk, unlisted.pk, waiting.pk, public.pk], stranger)
    assert [card.id for card in shown] == [unlisted.pk, public.pk]


def test_cards_keep_the_order_they_are_asked_in(make_user):
    owner = make_user()
    ids = [make_image(owner=owner).pk for _ in range(4)]

    assert [card.id for card in queries.cards(ids[::-1], NOBODY)] == ids[::-1]


@pytest.mark.parametrize(
    ("title", "tags", "alt"),
    [
        ("Evening harbour", ["boat", "harbour", "sea"], "Evening harbour: boat, sea"),
        ("", ["boat", "sea"], "boat, sea"),
        ("Seaside", list("abcdef"), "Seaside: a, b, c, d, e"),
        ("A gull", [], "A gull"),
        ("Evening", [], "Evening (perhaps gull)"),
        ("", [], "Perhaps gull"),
    ],
)
def test_the_alternative_text_says_what_title_and_tags_say_once(make_user, title, tags, alt):
    image = make_image(owner=make_user(), title=title, tags=tags)
    machine_tag(image, "gull", 0.99)
    Tag.objects.filter(slug="gull").update(name="gull")

    (card,) = queries.cards([image.pk], NOBODY)

    assert card.alt == alt


def test_the_alternative_text_leaves_out_what_a_machine_is_not_sure_of(make_user):
    image = make_image(owner=make_user(), title="Evening")
    machine_tag(image, "gull", 0.4)

    (card,) = queries.cards([image.pk], NOBODY)

    assert card.alt == "Evening"


def test_the_alternative_text_is_in_the_language_of_the_page(make_user):
    image = make_image(owner=make_user(), title="傍晚的大海", tags=["sea", "boat"])
    Tag.objects.filter(slug="sea").update(name_zh="大海")
    Tag.objects.filter(slug="boat").update(name_zh="船")

    with translation.override("zh-hans"):
        (card,) = queries.cards([image.pk], NOBODY)

        assert card.alt == "傍晚的大海：船"


def test_a_picture_without_title_and_tags_is_called_untitled(make_user):
    (card,) = queries.cards([make_image(owner=make_user()).pk], NOBODY)

    assert card.alt == "Untitled"


def test_the_cost_of_a_page_does_not_grow_with_its_rows(make_user, connection_queries):
    owner = make_user()

    def cost() -> int:
        with connection_queries() as captured:
            queries.gallery_page(viewer=Viewer(user_id=owner.pk), detail=True, limit=50)
        return len(captured)

    for _ in range(3):
        make_image(owner=owner, tags=["a", "b"])
    few = cost()
    for _ in range(9):
        make_image(owner=owner, tags=["a", "b", "c"])

    assert cost() == few <= 3


def test_a_person_sees_all_their_states_and_others_see_what_is_listed(make_user):
    owner = make_user("ada")
    make_image(owner=owner)
    make_image(owner=owner, state="failed")

    own = queries.person_page(viewer=Viewer(user_id=owner.pk), username="ADA")
    foreign = queries.person_page(viewer=NOBODY, username="ada")

    assert (own.images, foreign.images) == (2, 1)
    assert queries.person_page(viewer=NOBODY, username="nobody") is None
