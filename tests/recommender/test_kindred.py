import numpy as np
import pytest

from catalog.models import Like
from catalog.viewers import NOBODY, Viewer
from recommender import kindred
from recommender.engine.neighbours import kinship
from tests.factories import make_image

pytestmark = pytest.mark.django_db


def test_kinship_by_hand():
    common, theirs = np.array([6, 6, 0]), np.array([6, 24, 9])

    scores = kinship(common, mine=24, theirs=theirs)

    # 6/√(24·6) · 6/11 = 3/11;  6/√(24·24) · 6/11 = 3/22;  nothing.
    assert scores == pytest.approx([3 / 11, 3 / 22, 0.0], rel=1e-6)


@pytest.fixture
def crowd(make_user):
    """Ada likes ten pictures; twin likes the same, half likes six of them, little four; all but shy take part."""
    owner = make_user("owner")
    images = [make_image(owner=owner) for _ in range(12)]
    likes = {"ada": 10, "twin": 10, "half": 6, "little": 4, "shy": 10}
    people = {}
    for name, count in likes.items():
        people[name] = make_user(name, meets_kindred=name != "shy")
        Like.objects.bulk_create(Like(user=people[name], image=image) for image in images[:count])
    return people


def found(user) -> list[str]:
    return [one.username for one in kindred.kindred(Viewer(user_id=user.pk))]


def test_the_nearest_come_first_and_who_shares_little_does_not_come(crowd):
    assert found(crowd["ada"]) == ["twin", "half"]


def test_only_those_who_take_part_find_and_are_found(crowd):
    assert found(crowd["shy"]) == []
    assert "shy" not in found(crowd["twin"])
    assert kindred.kindred(NOBODY) == []


def test_a_closed_account_is_not_found(crowd):
    crowd["twin"].is_active = False
    crowd["twin"].save()

    assert found(crowd["ada"]) == ["half"]
