import datetime as dt
import io

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog import intake, processing, queries, services, storage
from catalog.models import Category, Image, ImageTag, Like, State, Tag
from catalog.viewers import Viewer
from tests.factories import make_category, make_image, picture

pytestmark = pytest.mark.django_db


def viewer_of(user) -> Viewer:
    return Viewer(user_id=user.pk, is_staff=user.is_staff)


def stored(file: bytes) -> intake.Original:
    return intake.open_upload(io.BytesIO(file), declared_size=len(file), limit=settings.UPLOAD_LIMIT)


def test_liking_twice_counts_once(make_user):
    viewer, image = viewer_of(make_user()), make_image(owner=make_user())

    services.like(viewer=viewer, image=image)

    assert services.like(viewer=viewer, image=image) == 1
    assert image.likes.count() == 1


def test_unliking_twice_counts_once(make_user):
    one, two, image = viewer_of(make_user()), viewer_of(make_user()), make_image(owner=make_user())
    services.like(viewer=one, image=image)
    services.like(viewer=two, image=image)

    services.unlike(viewer=one, image=image)

    assert services.unlike(viewer=one, image=image) == 1


def test_visitors_like_without_being_counted(make_user, visitor):
    image = make_image(owner=make_user())

    assert services.like(viewer=visitor, image=image) == 0
    assert Like.objects.of(visitor).count() == 1


def test_the_database_refuses_a_like_of_nobody_and_of_two(make_user, visitor):
    image, user = make_image(owner=make_user()), make_user()

    for columns in ({}, {"user": user, "visitor": visitor.visitor}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Like.objects.create(image=image, **columns)


def test_adopting_moves_likes_counts_them_and_keeps_what_was_there(make_user, visitor):
    user, owner = make_user(), make_user()
    both, fresh = make_image(owner=owner), make_image(owner=owner)
    services.like(viewer=viewer_of(user), image=both)
    services.like(viewer=visitor, image=both)
    services.like(viewer=visitor, image=fresh)

    adopted = services.adopt(visitor=visitor.visitor, user=user)

    assert adopted == 1
    assert set(Like.objects.filter(user=user).values_list("image", flat=True)) == {both.pk, fresh.pk}
    assert list(Image.objects.filter(pk__in=[both.pk, fresh.pk]).values_list("like_count", flat=True)) == [1, 1]
    assert not Like.objects.filter(visitor=visitor.visitor).exists()


def test_the_same_file_is_refused_where_the_uploader_may_see_it(make_user):
    owner, other = make_user(), make_user()
    file = picture()
    first = services.add_image(owner=owner, original=stored(file))
    Image.objects.filter(pk=first.pk).update(state=State.READY)

    with pytest.raises(services.Duplicate) as refusal:
        services.add_image(owner=other, original=stored(file))

    assert refusal.value.image == first


def test_the_same_file_is_taken_where_the_other_is_private(make_user):
    file = picture()
    services.add_image(owner=make_user(), original=stored(file), visibility="private")

    assert services.add_image(owner=make_user(), original=stored(file)).pk


def test_a_refused_picture_leaves_no_file(make_user):
    original = stored(picture())

    with pytest.raises(services.InvalidValue):
        services.add_image(owner=make_user(), original=original, title="x" * 201)

    assert not storage.originals().exists(original.name)


def test_a_deleted_picture_is_gone_for_everybody_and_comes_back(make_user):
    owner = make_user()
    image, viewer = make_image(owner=owner), viewer_of(owner)

    services.delete_image(image=image)
    assert queries.cards([image.pk], viewer) == []

    assert services.undelete_image(image_id=image.pk, viewer=viewer)
    assert [card.id for card in queries.cards([image.pk], viewer)] == [image.pk]


def test_only_the_owner_brings_a_picture_back(make_user):
    image = make_image(owner=make_user())
    services.delete_image(image=image)

    assert not services.undelete_image(image_id=image.pk, viewer=viewer_of(make_user()))


def test_a_machine_never_touches_a_persons_tags_nor_a_persons_no(make_user):
    image = make_image(owner=make_user(), tags=["sea"])
    dog = services.MachineTag("dog", "dog", 0.8)
    services.set_machine_tags(image_id=image.pk, tags=[dog])
    services.set_person_tags(image=image, names=["sea"])

    services.set_machine_tags(image_id=image.pk, tags=[dog, services.MachineTag("sea", "sea", 0.4)])

    shown = ImageTag.objects.filter(image=image, removed=False).values_list("tag__slug", "source", "confidence")
    assert list(shown) == [("sea", "person", None)]


def test_machine_tags_bring_their_wider_words(make_user):
    image = make_image(owner=make_user())
    wider = (("dog", "dog"), ("animal", "animal"))

    services.set_machine_tags(image_id=image.pk, tags=[services.MachineTag("beagle", "beagle", 0.7, wider)])

    assert Tag.objects.get(slug="beagle").parent.parent.slug == "animal"
    assert queries.search_ids("animal", Viewer()) == [image.pk]


def test_merging_tags_moves_pictures_once(make_user):
    owner = make_user()
    both, one = make_image(owner=owner, tags=["sea", "ocean"]), make_image(owner=owner, tags=["ocean"])
    sea = Tag.objects.get(slug="sea")

    services.merge_tags(into=sea, others=Tag.objects.filter(slug="ocean"))

    assert set(ImageTag.objects.filter(tag=sea).values_list("image", flat=True)) == {both.pk, one.pk}
    assert not Tag.objects.filter(slug="ocean").exists()
    assert set(queries.search_ids("sea", Viewer())) == {both.pk, one.pk}


def test_merging_into_a_tag_below_the_merged_one_makes_no_circle(make_user):
    make_image(owner=make_user(), tags=["animal", "mammal", "dog"])
    animal, mammal, dog = (Tag.objects.get(slug=slug) for slug in ("animal", "mammal", "dog"))
    Tag.objects.filter(pk=mammal.pk).update(parent=animal)
    Tag.objects.filter(pk=dog.pk).update(parent=mammal)

    services.merge_tags(into=Tag.objects.get(pk=dog.pk), others=Tag.objects.filter(pk=animal.pk))

    assert set(Tag.objects.values_list("slug", "parent__slug")) == {("dog", None), ("mammal", "dog")}


def test_merging_keeps_a_persons_word_over_a_machines_and_over_a_no(make_user):
    image = make_image(owner=make_user())
    services.set_machine_tags(image_id=image.pk, tags=[services.MachineTag("sea", "sea", 0.4)])
    services.set_person_tags(image=image, names=["ocean"])
    sea = Tag.objects.get(slug="sea")
    assert ImageTag.objects.get(tag=sea).removed

    services.merge_tags(into=sea, others=Tag.objects.filter(slug="ocean"))

    row = ImageTag.objects.get(image=image)
    assert (row.tag, row.source, row.confidence, row.removed) == (sea, "person", None, False)


def test_a_renamed_or_deleted_wider_tag_changes_the_words_of_all_pictures_below_it(make_user):
    image = make_image(owner=make_user())
    wider = (("dog", "dog"), ("animal", "animal"))
    services.set_machine_tags(image_id=image.pk, tags=[services.MachineTag("beagle", "beagle", 0.7, wider)])
    top = Tag.objects.filter(slug="animal")

    top.update(name="creature")
    services.words_changed(tags=top)
    assert queries.search_ids("creature", Viewer()) == [image.pk]

    services.delete_tags(tags=top)
    assert queries.search_ids("creature", Viewer()) == []
    assert queries.search_ids("dog", Viewer()) == [image.pk]


def test_a_machines_chain_never_closes_a_circle_that_staff_began(make_user):
    image = make_image(owner=make_user())
    dog = Tag.objects.create(slug="dog", name="dog")
    Tag.objects.create(slug="animal", name="animal", parent=dog)

    services.set_machine_tags(image_id=image.pk, tags=[services.MachineTag("dog", "dog", 0.9, (("animal", "animal"),))])

    assert Tag.objects.get(slug="dog").parent is None


def test_a_deleted_category_leaves_its_pictures_words(make_user):
    boats = make_category("boats")
    image = make_image(owner=make_user(), category=boats)

    assert services.delete_categories(categories=Category.objects.filter(pk=boats.pk)) == 1

    assert queries.search_ids("boats", Viewer()) == []
    assert Image.objects.get(pk=image.pk).category is None


def test_two_edits_at_once_keep_each_others_words(make_user):
    image = make_image(owner=make_user(), title="Old")
    one, other = Image.objects.get(pk=image.pk), Image.objects.get(pk=image.pk)

    services.edit_image(image=one, title="New")
    services.edit_image(image=other, description="Told")

    image.refresh_from_db()
    assert (image.title, image.description) == ("New", "Told")


def test_a_picture_is_not_brought_back_once_it_may_be_being_erased(make_user):
    owner = make_user()
    image = make_image(owner=owner)
    Image.objects.filter(pk=image.pk).update(deleted_at=timezone.now() - processing.UNDO - dt.timedelta(seconds=1))

    assert not services.undelete_image(image_id=image.pk, viewer=viewer_of(owner))


def test_bringing_back_a_picture_that_was_uploaded_again_names_the_new_one(make_user):
    owner, file = make_user(), picture()
    first = services.add_image(owner=owner, original=stored(file))
    services.delete_image(image=first)
    again = services.add_image(owner=owner, original=stored(file))

    with pytest.raises(services.Duplicate) as refusal:
        services.undelete_image(image_id=first.pk, viewer=viewer_of(owner))

    assert refusal.value.image == again


def test_a_key_that_is_taken_is_not_mistaken_for_the_same_file(make_user):
    owner = make_user()
    first = make_image(owner=owner)
    original = stored(picture())

    with pytest.raises(IntegrityError):
        services.add_image(owner=owner, original=original, key=first.pk)

    assert not storage.originals().exists(original.name)


def test_hidden_pictures_are_seen_by_owner_and_staff_alone(make_user):
    owner = make_user()
    image = make_image(owner=owner)

    services.hide(images=Image.objects.filter(pk=image.pk))

    assert queries.cards([image.pk], viewer_of(owner))
    assert queries.cards([image.pk], viewer_of(make_user(is_staff=True)))
    assert not queries.cards([image.pk], viewer_of(make_user()))
    assert not Image.objects.listed_for(viewer_of(owner)).filter(pk=image.pk).exists()


def test_recategorising_changes_the_words_a_picture_is_found_by(make_user):
    image = make_image(owner=make_user())
    boats = make_category("boats")

    services.recategorise(images=Image.objects.filter(pk=image.pk), category=boats)

    assert queries.search_ids("boats", Viewer()) == [image.pk]


def test_retrying_takes_failed_pictures_only(make_user):
    owner = make_user()
    failed, ready = make_image(owner=owner, state=State.FAILED), make_image(owner=owner)

    assert services.retry_image(image=failed)
    assert not services.retry_image(image=ready)
    assert Image.objects.get(pk=failed.pk).state == State.PENDING


def test_findable_is_set_once_and_cleared_together(make_user):
    image = make_image(owner=make_user())
    now = timezone.now()

    services.mark_findable(image_ids=[image.pk], now=now)
    assert Image.objects.get(pk=image.pk).status == "findable"

    services.clear_findable()
    assert Image.objects.get(pk=image.pk).status == "ready"
