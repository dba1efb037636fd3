import pytest
from django.db import IntegrityError, transaction

from catalog import queries, services
from catalog.models import Follow, Image, ImageTag, Like, Tag
from catalog.viewers import NOBODY, Viewer
from tests.factories import make_image, make_topics

pytestmark = pytest.mark.django_db


def seen_by(user) -> Viewer:
    return Viewer(user_id=user.pk)


@pytest.fixture
def two(make_user):
    return make_user("ada"), make_user("bea")


def test_following_twice_is_following_once(two):
    ada, bea = two
    services.follow(viewer=seen_by(ada), person=bea)
    services.follow(viewer=seen_by(ada), person=bea)

    assert Follow.objects.count() == 1
    services.unfollow(viewer=seen_by(ada), person=bea)
    services.unfollow(viewer=seen_by(ada), person=bea)
    assert not Follow.objects.exists()


def test_nobody_follows_themselves(two):
    with pytest.raises(services.NotYourself):
        services.follow(viewer=seen_by(two[0]), person=two[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(follower=two[0], followed=two[0])


def test_following_shows_what_they_hang_newest_first_and_nothing_they_keep(two, make_user):
    ada, bea = two
    first, second = make_image(owner=bea), make_image(owner=bea)
    make_image(owner=bea, visibility="private")
    make_image(owner=make_user("cleo"))
    services.follow(viewer=seen_by(ada), person=bea)

    shown = queries.followed_page(viewer=seen_by(ada), cursor=None).cards

    assert {card.id for card in shown} == {first.pk, second.pk}
    assert [card.created_at for card in shown] == sorted((card.created_at for card in shown), reverse=True)
    assert queries.followed_page(viewer=NOBODY, cursor=None).cards == []


def test_somebody_whose_account_is_closed_is_followed_no_more(two):
    ada, bea = two
    make_image(owner=bea)
    services.follow(viewer=seen_by(ada), person=bea)
    services.follow(viewer=seen_by(bea), person=ada)
    bea.is_active = False
    bea.save()

    assert queries.followed_page(viewer=seen_by(ada), cursor=None).cards == []
    assert queries.person_page(viewer=NOBODY, username="ada").followers == 0


def test_a_profile_shows_likes_only_where_the_person_wants_that(two):
    ada, bea = two
    image, secret = make_image(owner=ada), make_image(owner=ada, visibility="unlisted")
    for liked in (image, secret):
        Like.objects.create(user=bea, image=liked)

    assert queries.person_page(viewer=seen_by(ada), username="bea", tab="likes").tab == "pictures"

    bea.shows_likes = True
    bea.save()
    page = queries.person_page(viewer=NOBODY, username="bea", tab="likes")
    assert page.tab == "likes"
    assert [card.id for card in page.page.cards] == [image.pk]


def test_a_profile_shows_shared_boards_and_no_private_one(two):
    ada, bea = two
    assert queries.person_page(viewer=NOBODY, username="bea").tabs == ("pictures",)
    services.create_board(viewer=seen_by(bea), name="Mine")
    assert queries.person_page(viewer=seen_by(ada), username="bea").tabs == ("pictures",)
    services.create_board(viewer=seen_by(bea), name="Ours", visibility="shared")

    page = queries.person_page(viewer=seen_by(ada), username="bea", tab="boards")

    assert [board.name for board in page.boards] == ["Ours"]


def test_people_to_follow_are_those_one_does_not_follow(two, make_user):
    ada, bea = two
    cleo = make_user("cleo")
    for owner in (ada, bea, cleo):
        make_image(owner=owner)
    services.follow(viewer=seen_by(ada), person=bea)

    assert queries.busiest_people(seen_by(ada), most=5) == [cleo.pk]
    assert set(queries.busiest_people(NOBODY, most=5)) == {ada.pk, bea.pk, cleo.pk}


def test_the_pages_and_the_way_back_without_scripts(two, client_of):
    ada, bea = two
    image = make_image(owner=bea)
    client = client_of(ada)
    assert "People to follow" in client.get("/following/").content.decode()

    client.post("/people/bea/follow", {"next": "/following/"})
    page = client.get("/following/").content.decode()
    assert image.get_absolute_url() in page
    client.post("/people/bea/follow", {"followed": "false"})

    assert not Follow.objects.exists()
    assert client.post("/people/nobody/follow").status_code == 404
    assert client.post("/people/ada/follow").status_code == 302
    assert client.get("/people/bea/follow").status_code == 405


def test_a_stranger_is_asked_to_sign_in(client, two):
    assert "/accounts/login/" in client.post("/people/bea/follow").url
    assert client.get("/following/").status_code == 200


@pytest.fixture
def gathered(make_user):
    return make_topics(make_user("owner"))


def test_a_topic_gathers_what_is_under_it(gathered):
    spaniels, other = gathered

    dogs, pets = queries.topic("dog", NOBODY), queries.topic("pets", NOBODY)

    assert (dogs.images, dogs.narrower, dogs.wider) == (4, (("spaniel", "spaniel"),), ())
    assert queries.topic("spaniel", NOBODY).wider == (("dog", "dog"),)
    assert (pets.images, pets.narrower) == (4, (("indoors", "Indoors"),))
    page = queries.topic_page("dog", viewer=NOBODY, cursor=None)
    assert {card.id for card in page.cards} == {image.pk for image in (*spaniels, other)}


def test_a_topic_knows_nothing_of_what_is_not_listed(gathered):
    spaniels, _other = gathered
    Image.objects.filter(pk__in=[image.pk for image in spaniels]).update(visibility="private")

    assert queries.topic("spaniel", NOBODY) is None
    assert queries.topic("dog", NOBODY).images == 1
    assert queries.topic("nothing", NOBODY) is None


def test_a_topic_asks_a_fixed_number_of_questions_and_leaves_out_neighbours_without_pictures(
    gathered, connection_queries
):
    _spaniels, other = gathered
    dog = Tag.objects.get(slug="dog")
    Tag.objects.create(slug="spaniel-puppy", name="spaniel puppy", parent=Tag.objects.get(slug="spaniel"))
    with connection_queries() as few:
        queries.topic("dog", NOBODY)
    for name in ("beagle", "pug", "poodle"):
        tag = Tag.objects.create(slug=name, name=name, parent=dog)
        puppy = Tag.objects.create(slug=f"{name}-puppy", name=f"{name} puppy", parent=tag)
        if name != "pug":
            ImageTag.objects.create(image=other, tag=puppy, source="person")

    with connection_queries() as many:
        dogs = queries.topic("dog", NOBODY)

    assert [slug for slug, _name in dogs.narrower] == ["beagle", "poodle", "spaniel"]
    assert len(many) == len(few)


def test_topic_pages_answer_every_order_and_no_foreign_name(gathered, client):
    assert client.get("/topics/").status_code == 200
    assert client.get("/topics/dog/").status_code == 200
    assert client.get("/topics/dog/?ordering=newest").status_code == 200
    assert client.get("/topics/dog/?cursor=forged").status_code == 302
    assert client.get("/topics/no-such-word/").status_code == 404
