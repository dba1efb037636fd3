import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from catalog.demo import people as cast
from catalog.management.commands.seed_demo import SIGN_IN_FILE, _follow_whom_they_like, _sign_ins
from catalog.models import Follow, Image, Like
from tests.factories import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path


def test_a_person_who_has_a_name_of_the_demo_keeps_their_password(make_user):
    person = make_user("Visitor", email="somebody@example.org")

    assert _sign_ins(timezone.now()) == 1

    person.refresh_from_db()
    assert person.check_password("password")
    assert [line.split()[:2] for line in (settings.VAR / SIGN_IN_FILE).read_text().splitlines()] == [
        ["staff", "curator"]
    ]


def test_sign_ins_work_and_are_read_by_nobody_else():
    assert _sign_ins(timezone.now()) == 2
    assert _sign_ins(timezone.now()) == 0

    path = settings.VAR / SIGN_IN_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    for line in path.read_text().splitlines():
        role, name, password = line.split()
        user = get_user_model().objects.get(username=name)
        assert user.check_password(password)
        assert user.is_staff == (role == "staff")


def test_removing_takes_the_demo_and_leaves_the_rest_with_true_counters(make_user):
    demo, person = make_user("li_wei", email="li_wei@demo.invalid"), make_user()
    theirs, own = make_image(owner=demo), make_image(owner=person)
    for user in (demo, person):
        Like.objects.create(user=user, image=own)
    Image.objects.filter(pk=own.pk).update(like_count=2)

    call_command("seed_demo", "--remove")

    assert not Image.objects.filter(pk=theirs.pk).exists()
    assert not get_user_model().objects.filter(username="li_wei").exists()
    assert Image.objects.get(pk=own.pk).like_count == 1


def test_a_person_who_has_a_name_of_the_cast_gets_neither_pictures_nor_likes(make_user):
    names = [person.username for person in cast.people()]
    people = [make_user(name) for name in names[:40]]

    call_command("seed_demo", "--per-family", "1", verbosity=0)

    assert not Image.objects.filter(owner__in=people).exists()
    assert not Like.objects.filter(user__in=people).exists()
    assert Image.objects.count() == 14


def test_people_of_the_demo_follow_whom_they_like_and_nobody_follows_themselves(make_user):
    ada, bea, cleo = (make_user(name, email=f"{name}@demo.invalid") for name in ("ada", "bea", "cleo"))
    for owner, count in ((ada, 2), (bea, 1), (cleo, 3)):
        for _ in range(count):
            Like.objects.create(user=ada, image=make_image(owner=owner))
    people = {user.username: user for user in (ada, bea, cleo)}

    _follow_whom_they_like(people)
    _follow_whom_they_like(people)

    assert set(Follow.objects.values_list("follower__username", "followed__username")) == {
        ("ada", "cleo"),
        ("ada", "bea"),
    }
