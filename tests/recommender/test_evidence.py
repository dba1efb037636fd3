import csv
import datetime as dt
import io
import json
import uuid

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone

from catalog import services as catalog_services
from catalog.viewers import Viewer
from recommender import evidence, services
from recommender.models import Event, Experiment
from tests.factories import make_image

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def image(make_user):
    return make_image(owner=make_user("owner"))


@pytest.fixture
def saw(now):
    """Note an impression of long ago: `saw(viewer, image, ago=minutes)`; gives its list."""

    def see(viewer: Viewer, image, *, ago: float = 60, **placed) -> uuid.UUID:
        walk = placed.pop("walk", uuid.uuid4())
        said = {"tab": "for-you", "source": "look", "position": 0, "propensity": 1.0, "counted": viewer.counts} | placed
        Event.objects.create(kind="impression", image=image, walk=walk, at=now - ago * MINUTE, **said, **viewer.columns)
        return walk

    return see


@pytest.fixture
def did(now):
    """Note what came of it: `did("open", viewer, image, ago=minutes)`."""

    def do(kind: str, viewer: Viewer, image, *, ago: float = 0, seconds: float | None = None) -> None:
        at = now - ago * MINUTE
        Event.objects.create(kind=kind, image=image, at=at, seconds=seconds, counted=viewer.counts, **viewer.columns)

    return do


def log(now) -> evidence.Log:
    return evidence.read(since=now - dt.timedelta(days=2), until=now)


# What counts, and for which list


@pytest.mark.parametrize(("minutes", "clicked"), [(1, True), (29, True), (31, False), (-1, False)])
def test_a_click_is_an_opening_within_half_an_hour(now, visitor, image, saw, did, minutes, clicked):
    saw(visitor, image, ago=60)
    did("open", visitor, image, ago=60 - minutes)

    assert log(now).clicked.tolist() == [clicked]


@pytest.mark.parametrize("kind", ["like", "save"])
@pytest.mark.parametrize(("hours", "converted"), [(1, True), (23, True), (25, False)])
def test_a_conversion_is_a_like_or_a_save_within_a_day(now, visitor, image, saw, did, kind, hours, converted):
    saw(visitor, image, ago=26 * 60)
    did(kind, visitor, image, ago=(26 - hours) * 60)

    assert log(now).converted.tolist() == [converted]


def test_the_last_list_is_credited(now, visitor, image, saw, did):
    saw(visitor, image, ago=50)
    saw(visitor, image, ago=40)
    saw(visitor, image, ago=20)
    did("like", visitor, image, ago=30)

    assert log(now).liked.tolist() == [False, True, False]


def test_what_others_do_and_what_is_done_to_other_pictures_is_not_credited(now, visitor, image, saw, did, make_user):
    saw(visitor, image)
    did("open", Viewer(visitor=uuid.uuid4()), image, ago=55)
    did("open", visitor, make_image(owner=make_user()), ago=55)

    assert log(now).clicked.tolist() == [False]


def test_an_impression_may_be_told_a_moment_after_what_followed_it(now, visitor, image, saw, did):
    saw(visitor, image, ago=60)
    did("open", visitor, image, ago=60 + 5 / 60)

    assert log(now).clicked.tolist() == [True]


def test_dwell_adds_up_to_five_minutes(now, visitor, image, saw, did, make_user):
    other = make_image(owner=make_user())
    saw(visitor, image)
    saw(visitor, other)
    for _ in range(2):
        did("dwell", visitor, image, ago=50, seconds=200)
    did("dwell", visitor, other, ago=50, seconds=7)

    assert sorted(log(now).dwell.tolist()) == [7, 300]


def test_own_pictures_staff_robots_and_private_browsing_are_left_out(now, image, saw, make_user):
    staff = make_user(is_staff=True)
    saw(Viewer(user_id=image.owner_id), image)
    saw(Viewer(user_id=staff.pk), image)
    saw(Viewer(visitor=uuid.uuid4(), counts=False), image)
    counted = make_user()
    saw(Viewer(user_id=counted.pk), image)

    assert log(now).people == [f"user:{counted.pk}"]


def test_the_joined_columns_are_what_looking_through_all_events_gives(now, image, saw, did, make_user):
    rng = np.random.default_rng(0)
    people = [Viewer(visitor=uuid.uuid4()) for _ in range(3)]
    images = [image, make_image(owner=make_user())]
    for _ in range(120):
        viewer, seen = people[rng.integers(3)], images[rng.integers(2)]
        kind = ["impression", "open", "like"][rng.integers(3)]
        (saw if kind == "impression" else lambda *a, kind=kind, **k: did(kind, *a, **k))(
            viewer, seen, ago=float(rng.integers(1, 2_800))
        )

    found = log(now)

    events = list(Event.objects.filter(at__gte=now - dt.timedelta(days=2)).order_by("at", "pk"))
    for kind, column, within in (("open", found.clicked, 30), ("like", found.liked, 24 * 60)):
        impressions = [event for event in events if event.kind == "impression"]
        slow = [False] * len(impressions)
        for event in events:
            before = [
                number
                for number, shown in enumerate(impressions)
                if event.kind == kind
                and (shown.visitor, shown.image_id) == (event.visitor, event.image_id)
                and shown.at <= event.at
            ]
            if before and event.at - impressions[before[-1]].at <= within * MINUTE:
                slow[before[-1]] = True
        assert column.tolist() == slow


def test_an_empty_log_is_read(now):
    found = evidence.figures(now=now, days=7)

    assert (found.total.impressions, found.total.click_rate, found.by_day) == (0, None, [])
    assert not found.replay.is_enough


# Figures


def test_figures_are_shares_of_impressions_by_day_source_and_list(now, image, saw, did, make_user):
    other, people = make_image(owner=make_user()), [Viewer(visitor=uuid.uuid4()) for _ in range(4)]
    for viewer in people:
        saw(viewer, image, source="look")
        saw(viewer, other, source="trending", tab="trending")
    did("open", people[0], image, ago=50)
    did("like", people[0], image, ago=50)
    did("save", people[1], image, ago=50)
    make_image(owner=make_user())
    make_image(owner=make_user())

    found = evidence.figures(now=now, days=7)

    look, trending = sorted(found.by_source, key=lambda row: row.name)
    assert (look.impressions, look.clicks, look.likes, look.saves, look.conversions) == (4, 1, 1, 1, 2)
    assert (look.click_rate, look.like_rate, look.conversion) == (0.25, 0.25, 0.5)
    assert (trending.clicks, trending.click_rate) == (0, 0.0)
    assert found.total.coverage == 0.5
    assert look.coverage == 0.25
    assert {row.name for row in found.by_list} == {"for-you", "trending"}
    assert found.total.people == 4


def test_days_are_kept_apart(now, visitor, image, saw):
    saw(visitor, image, ago=30 * 60)
    saw(visitor, image, ago=6 * 60)

    days = [row.name for row in evidence.figures(now=now, days=7).by_day]

    assert days == sorted({(now - dt.timedelta(hours=hours)).date().isoformat() for hours in (30, 6)})


# Events come from the site


def test_a_like_is_noted_where_it_happens_and_once(now, visitor, image, saw):
    saw(visitor, image, ago=5)

    for _ in range(2):
        catalog_services.like(viewer=visitor, image=image)

    assert Event.objects.filter(kind="like").count() == 1
    assert evidence.read(since=now - dt.timedelta(days=1), until=timezone.now()).liked.tolist() == [True]


def test_a_like_cannot_be_told_by_a_browser(visitor, image):
    accepted, refused = services.record_events(
        viewer=visitor, events=[{"kind": "like", "image": image.pk}], now=timezone.now()
    )

    assert (accepted, len(refused)) == (0, 1)


@pytest.mark.parametrize(("said", "kept"), [(12.5, 12.5), (900, 300.0)])
def test_dwell_is_kept_in_seconds_up_to_five_minutes(visitor, image, said, kept):
    event = {"kind": "dwell", "image": image.pk, "seconds": said}

    services.record_events(viewer=visitor, events=[event], now=timezone.now())

    assert Event.objects.get().seconds == kept


@pytest.mark.parametrize("seconds", [None, 0, -3, "long", True, float("nan"), float("inf")])
def test_dwell_that_is_no_time_is_refused(visitor, image, seconds):
    event = {"kind": "dwell", "image": image.pk, "seconds": seconds}

    assert services.record_events(viewer=visitor, events=[event], now=timezone.now())[0] == 0


@pytest.mark.parametrize(
    ("headers", "counted"),
    [
        ({"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}, True),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({"User-Agent": "Mozilla/5.0 Firefox/140.0", "Sec-GPC": "1"}, False),
        ({"DNT": "1"}, False),
    ],
)
def test_robots_and_who_browses_privately_are_not_counted(client_of, image, headers, counted):
    client_of(None).post(reverse("catalog:like", args=[image.pk]), headers=headers)

    assert Event.objects.get(kind="like").counted == counted


# Verdicts


@pytest.fixture
def experiment(now):
    """A running experiment and what people did in it: `experiment(kind, {"control": rate, "newer": rate}, …)`."""

    def make(kind: str, rates: dict[str, float], *, people: int, image, planned: int = 100, shares=(1, 1)):
        found = Experiment.objects.create(
            name="trial",
            kind=kind,
            state="running",
            arms=[
                {"name": name, "config": {"page": 20 + place}, "releases": {}, "share": shares[place]}
                for place, name in enumerate(rates)
            ],
            planned_people=planned,
            started_at=now - dt.timedelta(days=1),
        )
        rng = np.random.default_rng(0)
        names, events = list(rates), []
        for number in range(people):
            viewer, arm = {"visitor": uuid.uuid4()}, names[number % 2]
            for place in range(4):
                team = names[place % 2] if kind == "interleaving" else ""
                here = team or arm
                shown = {"image": image[place], "walk": uuid.uuid4(), "experiment": found, "tab": "for-you"}
                at = now - dt.timedelta(hours=2)
                arms = {"arm": "interleaved" if team else arm, "team": team}
                events.append(Event(kind="impression", at=at, **shown, **arms, **viewer))
                if rng.random() < rates[here]:
                    events.append(Event(kind="open", image=image[place], at=at + MINUTE, **viewer))
        Event.objects.bulk_create(events)
        return found

    return make


@pytest.fixture
def four(make_user):
    owner = make_user()
    return [make_image(owner=owner) for _ in range(4)]


def test_a_better_arm_is_found_at_the_planned_size(now, experiment, four):
    found = evidence.judge(experiment("ab", {"control": 0.1, "newer": 0.3}, people=240, image=four), now=now)

    assert (found.verdict, found.reached, found.planned) == ("better", 120, 100)
    assert found.comparison.people == (100, 100)
    assert found.comparison.low > 0
    assert [arm.people for arm in found.arms] == [120, 120]


def test_before_the_planned_size_there_is_no_verdict(now, experiment, four):
    trial = experiment("ab", {"control": 0.2, "newer": 0.2}, people=60, image=four)

    found = evidence.judge(trial, now=now)

    assert found.verdict == "collecting"
    assert evidence.in_words(trial, found) == "Too early: 30 of 100 people have been counted."


def test_the_stop_rule_ends_early_what_is_plain(now, experiment, four):
    trial = experiment("ab", {"control": 0.1, "newer": 0.6}, people=240, image=four, planned=5_000)

    found = evidence.judge(trial, now=now)

    assert (found.verdict, found.early, found.look.stop) == ("better", True, True)
    assert "ended it early" in evidence.in_words(trial, found)


def test_equal_arms_do_not_differ(now, experiment, four):
    found = evidence.judge(experiment("aa", {"control": 0.2, "same": 0.2}, people=240, image=four), now=now)

    assert found.verdict == "same"


def test_arms_of_suspicious_sizes_block_the_verdict(now, experiment, four):
    trial = experiment("ab", {"control": 0.1, "newer": 0.5}, people=400, image=four, shares=(1, 3))

    found = evidence.judge(trial, now=now)

    assert found.verdict == "blocked"
    assert evidence.in_words(trial, found).startswith("No verdict")


def test_who_was_in_both_arms_is_left_out(now, experiment, four):
    trial = experiment("ab", {"control": 0.2, "newer": 0.2}, people=20, image=four)
    crossing = Event.objects.filter(kind="impression", arm="newer").first()
    Event.objects.filter(pk=crossing.pk).update(arm="control")

    found = evidence.judge(trial, now=now)

    assert (found.crossed, sum(arm.people for arm in found.arms)) == (1, 19)


def test_interleaving_finds_who_placed_what_people_picked(now, experiment, four):
    trial = experiment("interleaving", {"control": 0.1, "newer": 0.3}, people=150, image=four, planned=50)

    found = evidence.judge(trial, now=now)

    assert found.verdict == "better"
    assert found.preference.share == pytest.approx(0.75, abs=0.1)
    assert "“newer” is preferred" in evidence.in_words(trial, found)


def test_a_picture_that_is_picked_twice_earns_once(now, four, experiment, did):
    trial = experiment("interleaving", {"control": 0.0, "newer": 0.0}, people=1, image=four)
    viewer = Viewer(visitor=Event.objects.first().visitor)
    for kind in ("open", "open", "like"):
        did(kind, viewer, four[1], ago=110)

    assert evidence.judge(trial, now=now).preference.earned == (0, 1)


def test_what_has_not_begun_has_no_verdict(now):
    assert evidence.judge(Experiment.objects.create(name="draft", kind="ab", arms=[]), now=now) is None


def test_a_stopped_experiment_keeps_its_verdict(now, experiment, four):
    trial = experiment("ab", {"control": 0.1, "newer": 0.3}, people=240, image=four)

    services.stop_experiment(experiment=trial, now=now)
    Event.objects.all().delete()

    assert trial.verdict["verdict"] == "better"
    assert json.loads(json.dumps(trial.verdict)) == trial.verdict


def test_a_size_is_planned_from_the_log(now, experiment, four):
    experiment("ab", {"control": 0.2, "newer": 0.2}, people=200, image=four)

    plan = evidence.plan(metric="click_rate", effect=0.1, now=now)

    # Binomial: 0.2 · 0.8 / 4 impressions a person; z = 2.8016; 2 · z² · 0.04 / 0.02² = 1,570
    assert plan["people"] == pytest.approx(1_570, rel=0.25)
    assert evidence.plan(metric="like_rate", effect=0.1, now=now) is None


def test_equal_arms_can_be_checked_on_the_log(now, experiment, four):
    experiment("ab", {"control": 0.2, "newer": 0.2}, people=240, image=four)

    found = evidence.equal_arms_check(now=now, days=7)

    assert found.people == 240
    assert found.fixed < 0.1
    assert evidence.equal_arms_check(now=now - dt.timedelta(days=30), days=7) is None


# The page


@pytest.fixture
def staff(client_of, make_user):
    return client_of(make_user(is_staff=True))


def planned(**more) -> dict:
    arms = {"first_name": "control", "second_name": "newer", "second_config": "newest_weight=0.4 page=30"}
    return (
        {"name": "trial", "kind": "ab", "metric": "click_rate", "effect": "10", "planned_people": "500"} | arms | more
    )


@pytest.mark.parametrize("name", ["evidence", "evidence_csv", "evidence_json"])
def test_the_page_is_for_staff(client_of, make_user, name):
    address = reverse("recommender:evidence") if name == "evidence" else f"/lab/evidence.{name[9:]}"

    assert client_of(None).get(address).status_code in (302, 404)
    assert client_of(make_user()).get(address).status_code == 404


def test_an_empty_site_says_so(staff):
    page = staff.get(reverse("recommender:evidence"))

    assert page.status_code == 200
    assert "Nobody has been counted in these days." in page.content.decode()


def test_the_page_shows_figures_and_experiments(staff, experiment, four):
    experiment("ab", {"control": 0.1, "newer": 0.4}, people=240, image=four)

    page = staff.get(reverse("recommender:evidence"), {"days": 7, "check": "aa"}).content.decode()

    assert 'data-experiment="trial" data-state="running"' in page
    assert 'data-verdict="better"' in page
    assert "240 people" in page
    assert "Fixed size, once" in page
    assert 'style="' not in page.partition("<main")[2]


def test_the_same_numbers_can_be_taken_away(staff, experiment, four):
    experiment("ab", {"control": 0.1, "newer": 0.4}, people=20, image=four)

    rows = list(csv.DictReader(io.StringIO(staff.get("/lab/evidence.csv").content.decode())))
    data = staff.get("/lab/evidence.json").json()

    total = next(row for row in rows if row["table"] == "total")
    assert int(total["impressions"]) == data["tables"]["total"][0]["impressions"] == 80
    assert float(total["click_rate"]) == pytest.approx(data["tables"]["total"][0]["click_rate"], abs=1e-6)
    assert data["experiments"][0]["verdict"] == "collecting"
    assert data["replay"]["enough"] is False


@pytest.mark.parametrize("days", ["8", "x", ""])
def test_a_span_that_is_not_offered_is_not_found(staff, days):
    assert staff.get(reverse("recommender:evidence"), {"days": days}).status_code == 404


def test_an_experiment_is_planned_started_and_stopped_on_the_page(staff):
    staff.post(reverse("recommender:evidence_create"), planned())
    trial = Experiment.objects.get()
    assert trial.arms[1]["config"] == {"newest_weight": 0.4, "page": 30}
    assert (trial.planned_people, trial.effect, trial.state) == (500, 0.1, "draft")

    for action, state in (("start", "running"), ("stop", "stopped")):
        answer = staff.post(reverse("recommender:evidence_act", args=["trial", action]), follow=True)
        trial.refresh_from_db()
        assert (answer.status_code, trial.state) == (200, state)


def test_a_draft_can_be_deleted(staff):
    staff.post(reverse("recommender:evidence_create"), planned())

    staff.post(reverse("recommender:evidence_act", args=["trial", "delete"]))

    assert not Experiment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"second_config": "colour=1"}, "no setting “colour”"),
        ({"second_config": "page"}, "name=number"),
        ({"second_config": "page=many"}, "no number"),
        ({"second_releases": "people=77"}, "no version 77"),
        ({"effect": "little"}, "no number"),
        ({"planned_people": "many"}, "whole number"),
        ({"planned_people": ""}, "say how many people"),
        ({"kind": "magic"}, "one of"),
    ],
)
def test_what_cannot_be_run_comes_back_with_what_was_typed(staff, wrong, says):
    answer = staff.post(reverse("recommender:evidence_create"), planned(**wrong))

    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert 'value="trial"' in answer.content.decode()
    assert not Experiment.objects.exists()


def test_an_action_that_is_refused_says_why(staff):
    staff.post(reverse("recommender:evidence_create"), planned())

    answer = staff.post(reverse("recommender:evidence_act", args=["trial", "stop"]), follow=True)

    assert "It is not running." in answer.content.decode()


def test_actions_are_for_staff(client_of, make_user, staff):
    staff.post(reverse("recommender:evidence_create"), planned())
    other = client_of(make_user())

    assert other.post(reverse("recommender:evidence_act", args=["trial", "start"])).status_code == 404
    assert other.post(reverse("recommender:evidence_create"), planned(name="mine")).status_code == 404
    assert Experiment.objects.get().state == "draft"
