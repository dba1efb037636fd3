import datetime as dt
import uuid
from collections import Counter

import pytest
from django.utils import timezone

from catalog import services as catalog_services
from catalog.viewers import NOBODY, Viewer
from recommender import experiments, rebuild, services, store
from recommender.entries import Place
from recommender.experiments import BadExperiment
from recommender.feed import walks
from recommender.models import Assignment, Event, Experiment, Feed, Release
from tests.factories import make_findable, make_image
from tests.recommender.walking import ids, page, walk

pytestmark = pytest.mark.django_db

CONTROL, NEWER = {"name": "control"}, {"name": "newer", "config": {"newest_weight": 5.0, "mmr_lambda": 1.0}}
LIKER = {"name": "liker", "config": {"popular_weight": 9.0, "newest_weight": 0.0}}


@pytest.fixture
def gallery(make_user):
    """Two dozen pictures that look different; the later ones are newer, and the first ones more liked."""
    owner, rng = make_user("owner"), range(24)
    images = [make_image(owner=owner) for _ in rng]
    now = timezone.now()
    for number, image in enumerate(images):
        image.created_at = now - dt.timedelta(days=24 - number)
        image.save(update_fields=["created_at"])
    fans = [make_user(date_joined=now - dt.timedelta(days=9)) for _ in range(6)]
    for number, image in enumerate(images[:6]):
        for fan in fans[number:]:
            catalog_services.like(viewer=Viewer(user_id=fan.pk), image=image)
    make_findable({image: [float(number == place) for place in rng] for number, image in enumerate(images)})
    rebuild.publish_people(now=timezone.now())
    return images


@pytest.fixture
def made():
    """Make an experiment: `made(kind, arm, arm, …)`; it is started unless `start=False`."""

    def make(kind: str, *arms: dict, start: bool = True, name: str = "trial", **more) -> Experiment:
        asked = {"metric": "click_rate", "effect": 0.1, "planned_people": 100} | more
        found = services.create_experiment(name=name, kind=kind, arms=list(arms), now=timezone.now(), **asked)
        if start:
            services.start_experiment(experiment=found, now=timezone.now())
        return found

    return make


def visitors(count: int) -> list[Viewer]:
    return [Viewer(visitor=uuid.uuid4()) for _ in range(count)]


def places(viewer: Viewer) -> list[Place]:
    row = Feed.objects.of(viewer).latest("asked_at")
    return [Place.from_json(place) for kept in row.pages for place in kept["places"]]


# Who takes part


def test_everybody_gets_an_arm_and_stays_in_it(gallery, made):
    experiment = made("ab", CONTROL, NEWER)
    people = visitors(30)

    first = [experiments.seat(viewer, now=timezone.now())[1] for viewer in people]
    again = [experiments.seat(viewer, now=timezone.now())[1] for viewer in people]

    assert first == again
    assert set(Counter(first)) == {"control", "newer"}
    assert Assignment.objects.filter(experiment=experiment).count() == 30


@pytest.mark.parametrize("out", [NOBODY, Viewer(user_id=1, is_staff=True), Viewer(user_id=1, counts=False)])
def test_staff_robots_and_private_browsing_take_no_part(made, out):
    made("ab", CONTROL, NEWER)

    assert experiments.seat(out, now=timezone.now()) == (None, "")
    assert not Assignment.objects.exists()


def test_without_a_running_experiment_nobody_has_an_arm(made, visitor):
    made("ab", CONTROL, NEWER, start=False)

    assert experiments.seat(visitor, now=timezone.now()) == (None, "")


def test_a_visitor_who_signs_up_stays_in_their_arm(made, visitor, make_user):
    made("ab", CONTROL, NEWER)
    _experiment, arm = experiments.seat(visitor, now=timezone.now())
    person = make_user()

    services.adopt(visitor=visitor.visitor, user=person)

    assert experiments.seat(Viewer(user_id=person.pk), now=timezone.now())[1] == arm
    assert Assignment.objects.count() == 1


def test_who_had_an_arm_already_keeps_that_when_they_sign_in(made, make_user):
    experiment = made("ab", CONTROL, NEWER)
    person, now = make_user(), timezone.now()
    Assignment.objects.create(experiment=experiment, user=person, arm="control")
    visitor = visitors(1)[0]
    Assignment.objects.create(experiment=experiment, visitor=visitor.visitor, arm="newer")

    services.adopt(visitor=visitor.visitor, user=person)

    assert experiments.seat(Viewer(user_id=person.pk), now=now)[1] == "control"
    assert Assignment.objects.count() == 1


# What they are shown


def test_each_arm_is_ranked_with_its_own_settings(gallery, made):
    made("ab", LIKER, NEWER)
    shown = {}
    while len(shown) < 2:
        viewer = visitors(1)[0]
        found = page(viewer, limit=8)
        shown[Feed.objects.of(viewer).get().arm] = ids(found)

    newest = [image.pk for image in reversed(gallery)]
    assert shown["newer"][:3] == newest[:3]
    assert set(shown["liker"][:3]) < {image.pk for image in gallery[:6]}


def test_an_arm_may_be_ranked_with_another_release(gallery, made):
    old = store.serving(Release.Kind.PEOPLE).version
    rebuild.publish_people(now=timezone.now())
    made("ab", CONTROL, {"name": "old", "releases": {"people": old}})
    arms = {}
    while len(arms) < 2:
        viewer = visitors(1)[0]
        page(viewer)
        row = Feed.objects.of(viewer).get()
        arms[row.arm] = row.release["people"]

    assert arms == {"control": store.serving(Release.Kind.PEOPLE).version, "old": old}
    assert ("people", old) in walks.in_use(now=timezone.now() + dt.timedelta(days=9))


def test_a_walk_never_changes_its_arm(gallery, made, visitor):
    before = page(visitor, limit=8)
    made("ab", NEWER, NEWER | {"name": "newer-too", "config": {"newest_weight": 6.0}})

    assert ids(page(visitor, limit=8)) == ids(before)
    assert Feed.objects.of(visitor).latest("asked_at").arm == ""
    refreshed = page(visitor, limit=8, refresh=True)
    assert Feed.objects.get(pk=refreshed.feed_id).arm.startswith("newer")
    services.stop_experiment(experiment=Experiment.objects.get(), now=timezone.now())
    assert ids(page(visitor, limit=8)) == ids(refreshed)


@pytest.mark.parametrize("arms", [("ab", NEWER, LIKER), ("interleaving", NEWER, LIKER)])
def test_like_then_unlike_gives_the_identical_list_in_an_experiment(gallery, made, visitor, arms):
    made(*arms)
    before = walk(visitor, limit=7)
    catalog_services.like(viewer=visitor, image=gallery[9])
    assert gallery[9].pk not in walk(visitor, limit=7)

    catalog_services.unlike(viewer=visitor, image=gallery[9])

    assert walk(visitor, limit=7) == before


def test_the_other_tabs_are_no_part_of_it(gallery, made, visitor):
    made("ab", CONTROL, NEWER)

    page(visitor, tab="trending")

    assert not Assignment.objects.exists()


# Interleaving


def test_each_card_of_an_interleaved_list_remembers_who_placed_it(gallery, made, visitor):
    made("interleaving", NEWER, LIKER)

    page(visitor, limit=12)

    teams = [place.team for place in places(visitor)]
    assert Counter(teams) == {"newer": 6, "liker": 6}
    newest = [image.pk for image in reversed(gallery)]
    assert [place.image for place in places(visitor) if place.team == "newer"][:3] == newest[:3]


def test_interleaved_pages_joined_equal_one_long_list_and_are_everything_once(gallery, made, visitor):
    made("interleaving", NEWER, LIKER)

    found = walk(visitor, limit=5)

    assert ids(page(visitor, limit=24)) == found
    assert sorted(found) == sorted(image.pk for image in gallery)


def test_an_interleaved_list_is_the_same_when_it_is_asked_for_again(gallery, made, visitor):
    made("interleaving", NEWER, LIKER)

    assert ids(page(visitor, limit=24)) == ids(page(visitor, limit=24))


def test_rankings_that_agree_place_everything_together(gallery, made, visitor):
    made("interleaving", CONTROL, {"name": "as-good-as", "config": {"reason_floor": 0.02}})

    page(visitor, limit=24)

    assert {place.team for place in places(visitor)} == {""}


# Events


def test_an_impression_knows_from_the_site_what_the_browser_may_not_say(gallery, made, visitor):
    experiment = made("interleaving", NEWER, LIKER)
    shown = page(visitor, limit=5)
    third = places(visitor)[2]
    lie = {"position": 900, "source": "look", "propensity": 1, "team": "liker", "experiment": 99, "tab": "lies"}

    services.record_events(
        viewer=visitor,
        events=[{"kind": "impression", "image": third.image, "feed": shown.feed_id} | lie],
        now=timezone.now(),
    )

    event = Event.objects.get(kind="impression")
    assert (event.position, event.source, event.propensity) == (2, third.kind, third.propensity)
    assert (event.team, event.experiment, event.tab) == (third.team, experiment, "for-you")
    assert str(event.walk) == shown.feed_id
    assert event.release == f"index:{store.serving('index').version} people:{store.serving('people').version}"


def test_evidence_outlives_the_walk_it_is_from(gallery, visitor):
    shown = page(visitor, limit=5)
    event = {"kind": "impression", "image": ids(shown)[0], "feed": shown.feed_id}
    services.record_events(viewer=visitor, events=[event], now=timezone.now())

    rebuild.forget(now=timezone.now() + dt.timedelta(days=2))

    assert not Feed.objects.exists()
    assert str(Event.objects.get(kind="impression").walk) == shown.feed_id


# What an experiment may be


@pytest.mark.parametrize(
    ("arms", "says"),
    [
        ("control", "two arms"),
        ([CONTROL], "two arms"),
        ([CONTROL, "newer"], "an object"),
        ([CONTROL, NEWER | {"name": "control"}], "names of their own"),
        ([CONTROL, NEWER | {"name": "No good"}], "short word"),
        ([CONTROL, NEWER | {"name": "interleaved"}], "short word"),
        ([CONTROL, {"name": "same"}], "the same"),
        ([CONTROL, {"name": "odd", "config": {"colour": 1}}], "no setting “colour”"),
        ([CONTROL, {"name": "odd", "config": {"seen_days": 1}}], "no setting “seen_days”"),
        ([CONTROL, {"name": "odd", "config": {"mmr_lambda": "much"}}], "must be a number"),
        ([CONTROL, {"name": "odd", "config": {"mmr_lambda": -1}}], "must be a number"),
        ([CONTROL, {"name": "odd", "config": {"mmr_lambda": 3}}], "at most 1"),
        ([CONTROL, {"name": "odd", "config": {"page": 1.5}}], "must be a number"),
        ([CONTROL, {"name": "odd", "config": {"page": 0}}], "above 0"),
        ([CONTROL, {"name": "odd", "config": {"mmr_lambda": float("nan")}}], "must be a number"),
        ([CONTROL, {"name": "odd", "config": [1]}], "objects"),
        ([CONTROL, {"name": "odd", "releases": {"people": 77}}], "no version 77"),
        ([CONTROL, {"name": "odd", "releases": {"people": True}}], "no version True"),
        ([CONTROL, {"name": "odd", "releases": {"elephants": 1}}], "no release of “elephants”"),
        ([CONTROL, NEWER | {"share": 0}], "share"),
    ],
)
def test_arms_that_cannot_be_run_are_refused_in_words(made, arms, says):
    with pytest.raises(BadExperiment, match=says):
        experiments.checked("ab", arms)


def test_an_a_a_check_has_equal_arms_and_only_that():
    experiments.checked("aa", [CONTROL, {"name": "control-too"}])
    with pytest.raises(BadExperiment, match="both arms are the same"):
        experiments.checked("aa", [CONTROL, NEWER])


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"name": "No good"}, "small letters"),
        ({"metric": "joy"}, "primary metric"),
        ({"effect": 0}, "smallest change"),
        ({"effect": float("nan")}, "smallest change"),
        ({"planned_people": 9}, "100 people or more"),
        ({"planned_people": None}, "say how many people"),
    ],
)
def test_plans_that_cannot_be_carried_out_are_refused_in_words(made, more, says):
    with pytest.raises(BadExperiment, match=says):
        made("ab", CONTROL, NEWER, start=False, **more)

    assert not Experiment.objects.exists()


def test_a_kind_that_is_unknown_is_refused(made):
    with pytest.raises(BadExperiment, match="one of"):
        made("magic", CONTROL, NEWER)


def test_two_of_one_name_are_refused(made):
    made("ab", CONTROL, NEWER, start=False)

    with pytest.raises(BadExperiment, match="already"):
        made("ab", CONTROL, NEWER, start=False)


def test_two_at_once_are_refused(made):
    made("ab", CONTROL, NEWER)

    with pytest.raises(BadExperiment, match="Another experiment is running"):
        made("ab", CONTROL, NEWER, name="second")

    assert Experiment.objects.get(name="second").state == "draft"


def test_one_that_has_run_cannot_be_run_again_nor_deleted(made):
    experiment = made("ab", CONTROL, NEWER)
    services.stop_experiment(experiment=experiment, now=timezone.now())

    with pytest.raises(BadExperiment, match="Only a draft can be started"):
        services.start_experiment(experiment=experiment, now=timezone.now())
    with pytest.raises(BadExperiment, match="not running"):
        services.stop_experiment(experiment=experiment, now=timezone.now())
    with pytest.raises(BadExperiment, match="Only a draft"):
        services.delete_experiment(experiment=experiment)
    assert experiment.verdict["verdict"] == "nobody"


def test_a_release_that_has_gone_keeps_an_experiment_from_starting(gallery, made):
    version = store.serving(Release.Kind.PEOPLE).version
    experiment = made("ab", CONTROL, {"name": "old", "releases": {"people": version}}, start=False)
    Release.objects.filter(kind="people", version=version).delete()

    with pytest.raises(BadExperiment, match="no version"):
        services.start_experiment(experiment=experiment, now=timezone.now())


def test_the_laboratory_shows_what_was_found_online_beside_what_was_foretold(made, client_of, make_user):
    made("ab", {"name": "now"}, {"name": "new", "config": {"mmr_lambda": 0.7}}, name="diversity")

    text = client_of(make_user("curator", is_staff=True)).get("/lab/").content.decode()

    assert "experiment diversity since" in text
    assert "Nobody has been counted yet." in text
