"""Artefacts on disk: what is damaged is noticed, and what was mended is served."""

import numpy as np
import pytest

from recommender import store
from recommender.models import Release


def test_an_array_that_was_written_over_is_damaged_and_written_anew_is_whole():
    array = np.arange(12.0)
    name = store.save(array)
    store.load(name)

    with (store.folder() / name).open("r+b") as file:
        file.seek(-8, 2)
        file.write(b"nonsense")
    with pytest.raises(store.Damaged):
        store.load(name)
    store.save(array)

    assert (store.load(name) == array).all()


def test_an_array_that_has_gone_is_damaged():
    name = store.save(np.arange(5))
    store.load(name)
    (store.folder() / name).unlink()

    with pytest.raises(store.Damaged):
        store.load(name)


def test_a_version_number_used_again_gives_the_new_arrays(db):
    """A damaged release is deleted, and the one rebuilt in its place may get its number."""

    def publish(scores: list[float]) -> Release:
        values = store.save(np.array(scores, np.float32))
        arrays = {"ids": store.save(np.arange(2)), "trending": values, "popular": values}
        return store.publish(kind=Release.Kind.PEOPLE, manifest={"co_likes": None, "factors": None, **arrays})

    first = publish([1, 0])
    assert store.people().trending.tolist() == [1, 0]
    first.delete()
    second = publish([0, 1])

    assert second.version == first.version
    assert store.people().trending.tolist() == [0, 1]


def test_what_is_damaged_while_it_is_open_is_not_served(db):
    arrays = {name: store.save(np.arange(9) + number) for number, name in enumerate(("ids", "trending", "popular"))}
    manifest = {"co_likes": None, "factors": None, **arrays}
    store.publish(kind=Release.Kind.PEOPLE, manifest=manifest)
    store.people()

    (store.folder() / arrays["popular"]).write_bytes(b"")

    assert store.people() is None
    assert store.serving(Release.Kind.PEOPLE) is None, "it has been taken out of service"


def test_a_version_that_is_damaged_is_deleted_and_the_one_that_serves_given_in_its_place(db):
    def publish(first: int) -> dict[str, str]:
        arrays = {name: store.save(np.arange(3) + first + n) for n, name in enumerate(("ids", "trending", "popular"))}
        store.publish(kind=Release.Kind.PEOPLE, manifest={"co_likes": None, "factors": None, **arrays})
        return arrays

    old, _new = publish(0), publish(100)
    first, second = Release.objects.order_by("version").values_list("version", flat=True)
    (store.folder() / old["ids"]).unlink()

    assert store.people(first).version == second
    assert not Release.objects.filter(version=first).exists()
