"""From a candidate to what serves and back: compared with what it replaces, noted, renewed, and forgotten in time."""

import subprocess
import sys
import textwrap

import numpy as np
import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import Like, State
from catalog.viewers import Viewer
from recommender import feed, learning, queries, rebuild, services, store
from recommender.engine.ranker import Scale
from recommender.evaluation import Plan, site_dataset
from recommender.models import Feed, Release, TrainingRun
from recommender.rebuild import comparison, training
from tests.environment import BASE
from tests.factories import make_findable, make_image

pytestmark = pytest.mark.django_db

NOW = timezone.now
RANKER = Release.Kind.RANKER


@pytest.fixture
def staff(make_user):
    return make_user("curator", is_staff=True, is_superuser=True)


def trained(algorithm: str) -> Release:
    run = services.train(algorithm=algorithm, by=None, now=NOW())
    assert rebuild.train_run(run.pk, now=NOW())
    run.refresh_from_db()
    assert run.state == State.READY, run.error_detail
    return run.release


def candidate(algorithm: str = "item_cosine", *, low: float = -0.1, high: float = 0.1) -> Release:
    """A model that measured about as well as what serves, without measuring it."""
    dataset, serving = site_dataset(NOW()), store.serving(RANKER)
    model = learning.fit(algorithm, training.whole_of(dataset, Plan()), alone=False).model
    name = serving.name if serving else rebuild.PLAIN
    compared = {"with": rebuild.version_of(serving), "name": name, "metric": "ndcg@10", "difference": (low + high) / 2}
    card = {"comparison": {**compared, "low": low, "high": high}, "seconds": 0.1}
    return training.publish(TrainingRun(algorithm=algorithm), dataset, model, Scale(2.0, -1.0), card)


def promoted(release: Release, *, by=None, reason: str = "") -> Release:
    services.promote(release=release, by=by, reason=reason, now=NOW())
    release.refresh_from_db()
    return release


def comparison_of(release: Release) -> dict:
    release.refresh_from_db()
    return release.card["comparison"]


def test_the_first_model_is_compared_with_the_co_likes_and_factors_that_it_would_replace(liked):
    found = comparison_of(trained("item_cosine"))

    assert (found["with"], found["name"]) == (0, rebuild.PLAIN)
    assert found["low"] <= found["difference"] <= found["high"]
    assert found["people"] == 12


def test_a_model_that_is_worse_for_everybody_is_refused_although_no_model_serves_yet(liked, make_user):
    newcomer = make_user("newcomer")
    make_findable({make_image(owner=newcomer): [1.0, 1.0, float(number)] for number in range(10)})

    with pytest.raises(services.Refused, match=f"worse than {rebuild.PLAIN}"):
        promoted(trained("newest"))  # the ten that nobody likes


def test_what_was_measured_at_the_training_decides_without_measuring_again(liked):
    first = promoted(candidate())
    second = trained("item_cosine")
    found = comparison_of(second)
    Like.objects.all().delete()  # now nothing could be measured

    promoted(second)

    assert (found["with"], found["name"]) == (first.version, first.name)
    assert store.serving(RANKER) == second


def test_two_that_learn_for_long_are_compared_by_a_worker_and_not_in_the_request(liked):
    waiting, first = candidate(), promoted(candidate("item_euclidean"))
    waiting.card["seconds"] = 3600.0
    waiting.save()

    with pytest.raises(services.Refused, match=f"{first.name} serves now. The two are being compared"):
        promoted(waiting)
    rebuild.compare(waiting.pk, now=NOW())

    assert comparison_of(waiting)["with"] == first.version
    promoted(waiting)
    assert store.serving(RANKER) == waiting


def test_what_cannot_be_compared_is_refused_with_the_reason_why(liked):
    release = candidate()
    release.card["comparison"] = {"with": 0, "name": rebuild.PLAIN, "unable": "Nobody has anything to be tested with."}
    release.save()

    with pytest.raises(services.Refused, match="Nobody has anything"):
        promoted(release)


def test_a_model_whose_arrays_are_damaged_cannot_be_promoted_with_any_reason(liked):
    release = candidate()
    (store.folder() / next(iter(release.manifest["model"].values()))).write_bytes(b"")

    with pytest.raises(services.Refused, match="damaged"):
        promoted(release, reason="I insist.")

    assert store.serving(RANKER) is None


def test_who_promoted_and_who_rolled_back_is_written_down_on_the_desk(liked, staff):
    release = promoted(candidate("random", high=-0.05), by=staff, reason="For an A/A check.")
    services.roll_back(kind=RANKER, by=staff)

    notes = list(LogEntry.objects.filter(user=staff).order_by("pk").values_list("object_id", "change_message"))
    assert notes == [
        (str(release.pk), "promoted: For an A/A check."),
        (str(release.pk), f"rolled back to {rebuild.PLAIN}"),
    ]
    assert (release.promoted_by, release.reason) == (staff, "For an A/A check.")


def test_the_plain_term_scores_only_what_people_say(liked):
    asked = comparison.trial_of(site_dataset(NOW()), Plan())
    model = comparison.FromPeople(learning.fit("feed", asked.training, alone=False).model)

    scores = model.score(asked.training.likes)

    assert scores.shape == (12, 16)
    assert (scores[:, ~model.knows] == 0).all(), "looks and newness are left out"
    assert scores.any()


# In the feed


def walk_of(viewer: Viewer) -> Feed:
    return Feed.objects.of(viewer).order_by("-asked_at").first()


def test_a_walk_keeps_the_model_it_began_with_while_others_are_promoted(liked, make_user):
    viewer = Viewer(user_id=make_user("reader").pk)
    rebuild.publish_people(now=NOW())
    first = promoted(candidate())
    page = feed.build(viewer=viewer, now=NOW(), limit=4)
    before = feed.build(viewer=viewer, now=NOW(), cursor=page.next, limit=4)
    Feed.objects.update(pages=Feed.objects.get().pages[:1])  # the second page has not been asked for yet

    promoted(candidate("random"))
    after = feed.build(viewer=viewer, now=NOW(), cursor=page.next, limit=4)

    assert walk_of(viewer).release["ranker"] == first.version
    assert [(entry.card.id, entry.score) for entry in after.entries] == [
        (entry.card.id, entry.score) for entry in before.entries
    ]


def test_a_walk_that_began_without_a_model_goes_on_without(liked, make_user):
    viewer = Viewer(user_id=make_user("reader").pk)
    rebuild.publish_people(now=NOW())
    page = feed.build(viewer=viewer, now=NOW(), limit=4)
    promoted(candidate("random"))

    rest = feed.build(viewer=viewer, now=NOW(), cursor=page.next, limit=4)
    fresh = feed.build(viewer=viewer, now=NOW(), limit=8, refresh=True)

    joined = [entry.score for entry in (*page.entries, *rest.entries)]
    assert walk_of(viewer).release["ranker"] is not None, "the next walk has it"
    assert joined != [entry.score for entry in fresh.entries]


def test_a_promoted_model_changes_scores_and_a_roll_back_restores_them_to_the_last_bit(liked):
    viewer = Viewer(user_id=Like.objects.values_list("user_id", flat=True)[0])
    rebuild.publish_people(now=NOW())
    moment = NOW()

    def scores() -> list[tuple[int, float]]:
        page = feed.build(viewer=viewer, now=moment, limit=10, refresh=True)
        return sorted((entry.card.id, entry.score) for entry in page.entries)

    before = scores()
    promoted(candidate())
    during = scores()
    services.roll_back(kind=RANKER)

    assert during != before
    assert scores() == before


def test_serving_any_kind_of_model_imports_no_heavy_library():
    script = textwrap.dedent("""
        import os, sys
        os.environ["DJANGO_SETTINGS_MODULE"] = "visrec_site.settings"
        import django
        django.setup()
        from recommender import feed, laboratory, similar, store
        from recommender.engine.registry import ALGORITHMS
        models = [algorithm.model() for algorithm in ALGORITHMS.values()]
        heavy = {"tensorflow", "keras", "sklearn", "implicit", "matplotlib", "faiss"}
        print(len(models), sorted(heavy & set(sys.modules)))
    """)

    told = subprocess.run([sys.executable, "-c", script], cwd=BASE, capture_output=True, text=True, check=True).stdout

    count, _, heavy = told.strip().partition(" ")
    assert int(count) >= 20
    assert heavy == "[]"


# Renewed, and forgotten


def test_what_serves_is_learned_again_every_night_and_keeps_its_promotion(liked, staff):
    plain = promoted(candidate(), by=staff)

    assert rebuild.train_run(rebuild.renew(now=NOW()), now=NOW())

    renewed = store.serving(RANKER)
    assert renewed.version > plain.version
    assert (renewed.algorithm, renewed.promoted_by) == (plain.algorithm, staff)
    assert comparison_of(renewed)["difference"] == 0
    assert services.roll_back(kind=RANKER) is None, "what served before the promotion, not yesterday's model"


def test_without_a_promoted_model_there_is_nothing_to_renew(liked):
    candidate()

    assert rebuild.renew(now=NOW()) is None


def test_a_renewed_model_does_not_take_the_place_of_one_promoted_meanwhile(liked):
    promoted(candidate())
    run_id = rebuild.renew(now=NOW())
    other = promoted(candidate("item_euclidean"))
    Release.objects.filter(pk=other.pk).update(algorithm="gone")  # it cannot be measured beside it either

    rebuild.train_run(run_id, now=NOW())

    assert store.serving(RANKER) == other
    assert TrainingRun.objects.get(pk=run_id).release.serving is False


def test_whoever_leaves_is_in_no_model_after_the_next_night(liked, make_user, django_user_model):
    leaving = django_user_model.objects.get(username="person3")
    key = queries.person_key(leaving.pk)
    models = [candidate("item_euclidean"), promoted(candidate("user_cosine"))]
    assert all(key in store.load(release.manifest["keys"]) for release in models)

    leaving.delete()
    rebuild.forget_departed()
    rebuild.train_run(rebuild.renew(now=NOW()), now=NOW())

    left = Release.objects.filter(kind=RANKER)
    assert set(left) == {store.serving(RANKER)}
    assert key not in np.asarray(store.load(left.get().manifest["keys"]))
    assert left.get().card["data"]["people"] == 11


def test_no_stored_array_of_a_model_holds_the_key_of_an_account(liked, make_user):
    person = make_user("far", id=987_654_321)
    for image in list(liked[0])[:5]:
        catalog_services.like(viewer=Viewer(user_id=person.pk), image=image)

    arrays = [np.asarray(store.load(name)) for name in store.arrays_of(candidate("user_cosine").manifest)]

    assert len(arrays) > 3
    assert not any((array == person.pk).any() for array in arrays if array.dtype.kind in "iuf")


# On the desk


def test_the_desk_shows_models_and_runs_and_stops_them(liked, staff, client_of):
    release = promoted(candidate(), by=staff)
    run = services.train(algorithm="popularity", by=staff, now=NOW())
    desk = client_of(staff)

    for page in ("release", "trainingrun", "evaluationrun"):
        assert desk.get(f"/admin/recommender/{page}/").status_code == 200
    assert desk.get(f"/admin/recommender/release/{release.pk}/history/").content.count(b"promoted") == 1
    chosen = {"action": "cancel", "_selected_action": [run.pk]}
    answer = desk.post("/admin/recommender/trainingrun/", chosen, follow=True)

    assert "1 run is asked to stop." in answer.content.decode()
    run.refresh_from_db()
    assert run.is_cancelled
