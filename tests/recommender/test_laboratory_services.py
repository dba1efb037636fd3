import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import State
from recommender import rebuild, services, store
from recommender.models import EvaluationRun, Release, TrainingRun
from tests.factories import make_findable, make_image

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def staff(make_user):
    return make_user("curator", is_staff=True, is_superuser=True)


def trained(algorithm: str, staff) -> Release:
    run = services.train(algorithm=algorithm, by=staff, now=NOW())
    assert rebuild.train_run(run.pk, now=NOW())
    run.refresh_from_db()
    assert run.state == State.READY, run.error_detail
    return run.release


def test_an_evaluation_ends_with_all_its_figures_and_how_to_repeat_them(liked, staff):
    run = services.evaluate(plan={"algorithms": ["popularity", "item_cosine"], "alone": False}, by=staff, now=NOW())
    assert rebuild.evaluate_run(run.pk, now=NOW())

    run.refresh_from_db()
    assert run.state == State.READY, run.error_detail
    assert {one["name"] for one in run.result["algorithms"]} == {"popularity", "item_cosine"}
    assert run.data_hash == run.result["data"]["sha256"]
    assert run.result["command"][-2:] == ["--algorithms", "popularity,item_cosine"]


def test_only_one_evaluation_at_a_time(liked, staff):
    services.evaluate(plan={}, by=staff, now=NOW())

    with pytest.raises(services.Refused, match="under way"):
        services.evaluate(plan={}, by=staff, now=NOW())


@pytest.mark.parametrize("plan", [{"algorithms": ["magic"]}, {"seed": "many"}, {"split": "by-moon"}, {"seed": -1}])
def test_a_plan_that_makes_no_sense_is_refused_and_queues_nothing(liked, staff, plan):
    with pytest.raises(services.Refused):
        services.evaluate(plan=plan, by=staff, now=NOW())

    assert not EvaluationRun.objects.exists()


def test_a_training_leaves_a_candidate_with_its_card(liked, staff):
    release = trained("item_cosine", staff)

    assert not release.serving
    assert release.card["metrics"]["ndcg@10"]["mean"] > 0
    assert release.card["data"]["people"] == 12
    assert store.ranker() is None
    assert store.ranker(release.version).algorithm == "item_cosine"


def test_a_waiting_run_is_cancelled_at_once_and_one_that_is_over_not_at_all(liked, staff):
    run = services.train(algorithm="popularity", by=staff, now=NOW())
    services.cancel(run=run, now=NOW())

    run.refresh_from_db()
    assert run.is_cancelled
    assert not rebuild.train_run(run.pk, now=NOW())
    with pytest.raises(services.Refused):
        services.cancel(run=run, now=NOW())


def test_a_run_that_is_asked_to_stop_stops(liked, staff):
    run = services.train(algorithm="popularity", by=staff, now=NOW())
    TrainingRun.objects.filter(pk=run.pk).update(cancel_asked=True)

    rebuild.train_run(run.pk, now=NOW())

    run.refresh_from_db()
    assert run.is_cancelled
    assert run.release is None


def test_unknown_algorithms_are_refused(staff):
    with pytest.raises(services.Refused, match="no algorithm"):
        services.train(algorithm="magic", by=staff, now=NOW())


def test_promoted_it_serves_and_rolled_back_it_does_not(liked, staff, client_of):
    release = trained("item_cosine", staff)
    before = client_of(staff).get("/api/v1/feed/?limit=5").json()["results"]

    services.promote(release=release, by=staff, now=NOW())
    assert store.ranker().version == release.version
    assert client_of(staff).get("/api/v1/feed/?limit=5&refresh=1").status_code == 200

    services.roll_back(kind=Release.Kind.RANKER)
    assert store.ranker() is None
    assert len(before) == 5


def test_a_worse_model_is_refused_unless_there_is_a_reason(liked, staff):
    make_findable({make_image(owner=staff): [1.0, 1.0, float(number)] for number in range(10)})  # which nobody likes
    good, bad = trained("item_cosine", staff), trained("newest", staff)
    assert bad.card["metrics"]["ndcg@10"]["mean"] == 0
    services.promote(release=good, by=staff, now=NOW())

    with pytest.raises(services.Refused, match="worse"):
        services.promote(release=bad, by=staff, now=NOW())
    services.promote(release=bad, by=staff, reason="To see what is new.", now=NOW())

    bad.refresh_from_db()
    assert bad.serving
    assert bad.reason == "To see what is new."


def test_objections_of_an_index_are_heard(liked, staff):
    release = store.publish(kind=Release.Kind.INDEX, manifest={}, serves=False, algorithm="adapted",
                            card={"objections": ["Unseen classes are worse."]})  # fmt: skip

    with pytest.raises(services.Refused, match="Unseen classes"):
        services.promote(release=release, by=staff, now=NOW())


def test_the_worker_of_a_run_may_die_and_another_takes_it_up(liked, staff):
    run = services.train(algorithm="popularity", by=staff, now=NOW())
    TrainingRun.objects.filter(pk=run.pk).update(state=State.PROCESSING, attempt=1, claimed_until=NOW())

    assert rebuild.due_runs(now=NOW()) == ([], [run.pk])
    assert rebuild.train_run(run.pk, now=NOW())


ROOMS = ["/lab/", "/lab/models/", "/lab/inspector/?person=person0", "/lab/sides/?person=person0"]


@pytest.mark.parametrize("address", ROOMS)
def test_the_rooms_are_for_staff(liked, staff, client_of, make_user, address):
    assert client_of(staff).get(address).status_code == 200
    assert client_of(make_user("member")).get(address).status_code == 404
    assert Client().get(address).status_code in (302, 404)


def test_two_models_stand_side_by_side(liked, staff, client_of):
    release = trained("item_cosine", staff)

    page = client_of(staff).get(f"/lab/sides/?person=person0&a=feed&b={release.version}").content.decode()

    assert f"item_cosine {release.version}" in page
    assert page.count('class="placed__card') > 4


def test_the_pages_of_runs_and_models_open(liked, staff, client_of):
    release = trained("popularity", staff)
    run = services.evaluate(plan={"algorithms": ["popularity"], "alone": False}, by=staff, now=NOW())
    assert client_of(staff).get(f"/lab/evaluations/{run.pk}/progress").status_code == 200
    rebuild.evaluate_run(run.pk, now=NOW())

    for address in (
        f"/lab/models/{release.pk}/", f"/lab/trainings/{release.runs.get().pk}/", f"/lab/evaluations/{run.pk}/",
        f"/lab/evaluations/{run.pk}.csv", f"/lab/evaluations/{run.pk}.json", "/lab/", "/lab/models/",
    ):  # fmt: skip
        assert client_of(staff).get(address).status_code == 200, address
    shown = client_of(staff).get("/lab/models/").content.decode()
    assert f"{release.card['metrics']['ndcg@10']['mean']:.3f}<small>" in shown


def test_a_refusal_is_said_on_the_page(staff, client_of):
    answer = client_of(staff).post("/lab/models/train", {"algorithm": "magic"}, follow=True)

    assert "There is no algorithm" in answer.content.decode()
