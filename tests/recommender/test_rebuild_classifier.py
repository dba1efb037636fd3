import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import Image, State
from recommender import rebuild, services
from recommender.models import CategoryProposal, Embedding
from recommender.rebuild.classifier import Unusable, learn_categories
from tests.factories import MODEL, make_category, make_findable, make_image

pytestmark = pytest.mark.django_db

EACH = 10
Decision = CategoryProposal.Decision


def look(label: int, rng: np.random.Generator) -> np.ndarray:
    seen = rng.normal(1, 0.1, 16)
    seen[label] += 2.0
    return seen


@pytest.fixture
def collection(make_user):
    """Two categories of ten, and for each two more pictures in none; `unsorted[label]` are these."""
    owner, rng = make_user(), np.random.default_rng(0)
    categories = [make_category(slug) for slug in ("boats", "birds")]
    images, unsorted = {}, {0: [], 1: []}
    for label, category in enumerate(categories):
        images |= {make_image(owner=owner, category=category): look(label, rng) for _ in range(EACH)}
        unsorted[label] = [make_image(owner=owner) for _ in range(2)]
        images |= {image: look(label, rng) for image in unsorted[label]}
    make_findable(images)
    return categories, unsorted


@pytest.fixture
def proposed(collection):
    learn_categories(key=MODEL, now=timezone.now())
    return collection


def test_pictures_in_no_category_are_proposed_the_one_they_look_like(collection):
    categories, unsorted = collection

    learned = learn_categories(key=MODEL, now=timezone.now())

    assert (learned.pictures, learned.uncategorised, learned.proposed) == (2 * EACH, 4, 4)
    assert learned.measured.accuracy == 1.0
    proposals = dict(CategoryProposal.objects.values_list("image", "category"))
    assert proposals == {image.pk: categories[label].pk for label in unsorted for image in unsorted[label]}
    assert all(0.5 <= one.confidence <= 1 for one in CategoryProposal.objects.all())


def test_the_laboratory_learns_them_as_a_run(collection, eyes):
    Embedding.objects.update(model_key=rebuild.model_key())
    run = services.train(algorithm="categories", by=None, now=timezone.now())

    assert rebuild.train_run(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.error_detail) == (State.READY, "")
    assert run.epochs.get().values == {"accuracy": 1.0, "proposed": 4.0}
    assert CategoryProposal.objects.count() == 4


def test_nothing_is_proposed_for_a_private_picture(collection):
    _, unsorted = collection
    Image.objects.filter(pk=unsorted[0][0].pk).update(visibility="private")

    learned = learn_categories(key=MODEL, now=timezone.now())

    assert learned.uncategorised == 3
    assert not CategoryProposal.objects.filter(image=unsorted[0][0]).exists()


def test_learning_again_replaces_what_is_open(proposed):
    learn_categories(key=MODEL, now=timezone.now(), seed=1)

    assert CategoryProposal.objects.count() == 4


def test_accepting_moves_pictures_and_says_who_decided(proposed, make_user):
    categories, unsorted = proposed
    staff, now = make_user(), timezone.now()

    count = services.accept_proposals(
        proposals=CategoryProposal.objects.filter(category=categories[0]), by=staff, now=now
    )

    assert count == 2
    assert {image.category for image in Image.objects.filter(pk__in=[one.pk for one in unsorted[0]])} == {categories[0]}
    assert set(CategoryProposal.objects.filter(decision=Decision.ACCEPTED).values_list("decided_by", flat=True)) == {
        staff.pk
    }
    assert Image.objects.get(pk=unsorted[1][0].pk).category is None


def test_a_picture_that_got_a_category_meanwhile_keeps_it(proposed, make_user):
    categories, unsorted = proposed
    Image.objects.filter(pk=unsorted[0][0].pk).update(category=categories[1])

    services.accept_proposals(proposals=CategoryProposal.objects.all(), by=make_user(), now=timezone.now())

    assert Image.objects.get(pk=unsorted[0][0].pk).category == categories[1]
    assert not CategoryProposal.objects.filter(image=unsorted[0][0]).exists()


def test_what_was_refused_is_not_proposed_again(proposed, make_user):
    categories, unsorted = proposed
    one = CategoryProposal.objects.filter(image=unsorted[0][0])
    services.refuse_proposals(proposals=one, by=make_user(), now=timezone.now())

    learn_categories(key=MODEL, now=timezone.now())

    assert not CategoryProposal.objects.filter(
        image=unsorted[0][0], category=categories[0], decision=Decision.OPEN
    ).exists()
    assert CategoryProposal.objects.filter(image=unsorted[0][1], decision=Decision.OPEN).exists()


def test_too_few_labels_are_a_sentence_and_no_proposals(make_user):
    category, owner, rng = make_category("boats"), make_user(), np.random.default_rng(0)
    make_findable({make_image(owner=owner, category=category): look(0, rng) for _ in range(EACH)})

    with pytest.raises(Unusable, match="two of them with 10 pictures each; there is 1"):
        learn_categories(key=MODEL, now=timezone.now())
    assert not CategoryProposal.objects.exists()


def test_staff_accept_all_above_a_confidence_on_the_desk(proposed, make_user, client_of):
    categories, unsorted = proposed
    CategoryProposal.objects.filter(category=categories[0]).update(confidence=0.97)
    CategoryProposal.objects.filter(category=categories[1]).update(confidence=0.6)
    desk = client_of(make_user(is_staff=True, is_superuser=True))
    address = reverse("admin:recommender_categoryproposal_changelist") + "?from=95"

    page = desk.get(address)
    chosen = [one.pk for one in page.context["cl"].queryset]
    desk.post(address, {"action": "accept", "_selected_action": chosen, "select_across": "1"})

    assert len(chosen) == 2
    assert Image.objects.get(pk=unsorted[0][0].pk).category == categories[0]
    assert Image.objects.get(pk=unsorted[1][0].pk).category is None


def test_staff_without_the_right_to_change_pictures_cannot_decide(proposed, make_user, client_of):
    from django.contrib.auth.models import Permission

    _, unsorted = proposed
    staff = make_user(is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_categoryproposal"))
    address = reverse("admin:recommender_categoryproposal_changelist")
    chosen = list(CategoryProposal.objects.values_list("pk", flat=True))

    page = client_of(staff).get(address)
    client_of(staff).post(address, {"action": "accept", "_selected_action": chosen})

    assert page.status_code == 200
    assert Image.objects.get(pk=unsorted[0][0].pk).category is None
