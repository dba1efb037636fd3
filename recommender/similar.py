"""What is similar to a picture: by look, by the people who like both, by tags, or by all of these."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.models import Image, State
from catalog.viewers import Viewer
from recommender import entries, queries, store
from recommender.engine.dials import Dials
from recommender.engine.similar import Aspects, Similar, rank_similar
from recommender.entries import Entry, Place
from recommender.models import Embedding

MODES = ("blend", "look", "people", "tags")


@dataclass(frozen=True, slots=True)
class SimilarImages:
    """status "pending": the picture is not in the index yet; ask again.

    dials: as they were asked for; None while the picture's aspects have not been read, so that dials can do nothing.
    z: by picture and aspect, how much more alike than a fixed sample; only where a dial was turned.
    """

    entries: list[Entry] = field(default_factory=list)
    status: str = "ready"
    dials: Dials | None = None
    z: dict[int, dict[str, float]] = field(default_factory=dict)


def similar_images(
    *,
    viewer: Viewer,
    image_id: int,
    k: int = 12,
    mode: str = "blend",
    folding: bool = True,
    dials: Dials | None = None,
    detail: bool = False,
) -> SimilarImages:
    """The k pictures most similar to one that the viewer may open; never one they may not see."""
    index, people = store.index(), store.people()
    row = int(index.ids.rows([image_id])[0]) if index is not None else -1
    if index is None or row < 0:
        return SimilarImages(status="pending" if _is_coming(image_id, index) else "ready")
    aspects = queries.aspects(index)
    ranked = rank_similar(
        catalogue=queries.catalogue(index, viewer),
        rows=[row],
        mode=mode,  # type: ignore[arg-type]
        people=queries.people_model(people, index),
        tags=queries.tags(index) if mode in ("blend", "tags") else None,
        excluded=index.ids.rows(list(queries.dismissed_by(viewer))),
        k=k,
        folding=folding,
        dials=dials,
        aspects=aspects,
    )
    shown = entries.build(_places(ranked, index, beside=image_id), viewer, detail=detail, by=mode)
    z = {int(index.ids.values[card.row]): card.z for card in ranked if card.z is not None}
    turnable = dials or Dials() if _have_been_read(aspects, row) else None
    return SimilarImages(shown, dials=turnable, z=z)


def _places(ranked: list[Similar], index: store.Index, *, beside: int) -> list[Place]:
    return [
        Place(
            image=int(index.ids.values[card.row]),
            score=card.score,
            kind="people" if card.kind == "people" else "look",
            evidence=(beside,),
            people=card.people,
            copies=card.copies,
            aspect=card.aspect,
        )
        for card in ranked
    ]


def _have_been_read(aspects: Aspects | None, row: int) -> bool:
    return aspects is not None and bool(aspects.values.take([row]).any())


def _is_coming(image_id: int, index: store.Index | None) -> bool:
    """Whether the eyes have yet to look at the picture, or the index with it has yet to be published."""
    if Image.objects.filter(pk=image_id, state=State.FAILED).exists():
        return False
    failed = Embedding.objects.filter(image=image_id, state=State.FAILED)
    if index is not None:
        failed = failed.filter(model_key=index.eyes_key)
    return not failed.exists()
