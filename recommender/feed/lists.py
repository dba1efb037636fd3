"""The lists one can walk through: for you, newest, trending; and the newest when the recommender is resting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Q

from catalog.models import Image
from catalog.queries.gallery import filtered
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.arrays import NO_ROWS, Rows
from recommender.engine.config import RankingConfig
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.ranking import Limit, Ranked, rank
from recommender.entries import Place
from recommender.feed.interleaving import interleaved
from recommender.feed.walks import Kept, Walk
from recommender.models import Dismissal, Release
from recommender.queries import Choices

TABS = ("for-you", "newest", "trending")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a list is made of: one release, as one viewer may be shown it."""

    index: store.Index
    catalogue: Catalogue
    people: PeopleModel | None
    releases: Mapping[str, int | None]
    chosen: Choices
    limits: Sequence[Limit] = ()

    def ids(self, rows: Rows) -> list[int]:
        return self.index.ids.ids(rows).tolist()

    def known_rows(self, ids: list[int]) -> Rows:
        rows = self.index.ids.rows(ids)
        return rows[rows >= 0]

    def of(self, releases: Mapping[str, int]) -> Ground:
        """The same pictures with what another release knows from people."""
        if not {Release.Kind.PEOPLE, Release.Kind.RANKER} & set(releases):
            return self
        return replace(self, people=_people(self.index, {**self.releases, **releases}))


def listed(walk: Walk, *, viewer: Viewer, chosen: Choices, limit: int, ahead: int = 1) -> Kept:
    """The next page of the walk. ahead: how many cards to rank beyond it, in "for you" alone."""
    if walk.tab == "newest":
        return _newest(walk, viewer, chosen, limit)
    ground = _ground(walk, viewer, chosen)
    if ground is None:
        is_resting = Image.objects.listed_for(viewer).filter(~Q(findable_at=None)).exists()
        return _newest(walk, viewer, chosen, limit, fallback=is_resting)
    if walk.tab == "trending":
        return _trending(walk, viewer, limit, ground)
    return _for_you(walk, viewer, limit, ahead, ground)


def _ground(walk: Walk, viewer: Viewer, chosen: Choices) -> Ground | None:
    """None without an index. A list narrowed to a topic or a person was asked for: nothing is muted there."""
    index = store.index(walk.row.release.get("index"))
    if index is None:
        return None
    catalogue = queries.catalogue(index, viewer)
    if walk.where:
        passed = filtered(Image.objects.listed_for(viewer), walk.where).values_list("pk", flat=True)
        catalogue = queries.narrowed(catalogue, index.ids.rows(list(passed)))
    elif chosen.gone:
        catalogue = queries.without(catalogue, queries.muted_rows(index, chosen.gone))
    releases: dict[str, int | None] = {
        kind: walk.row.release.get(kind) for kind in (Release.Kind.PEOPLE, Release.Kind.RANKER)
    }
    limits = [] if walk.where else queries.limits(index, chosen.mutes)
    return Ground(index, catalogue, _people(index, releases), releases, chosen, limits)


def _people(index: store.Index, releases: Mapping[str, int | None]) -> PeopleModel | None:
    """What these releases know from people. A walk that began without a promoted model goes on without one."""
    ranker = releases.get(Release.Kind.RANKER)
    return queries.people_model(
        store.people(releases.get(Release.Kind.PEOPLE)), index, store.ranker(ranker) if ranker is not None else None
    )


def _for_you(walk: Walk, viewer: Viewer, limit: int, ahead: int, ground: Ground) -> Kept:
    """Ranked by `engine.ranking`; once less than a page is left, what was seen follows, the longest ago first."""
    chosen = ground.chosen
    never = queries.reacted_and_own_ids(viewer, chosen=chosen)
    seen = [image for image in queries.seen_ids(viewer, as_of=walk.row.as_of, chosen=chosen) if image not in never]
    history = queries.history(ground.index, viewer, chosen=chosen)
    fresh = _fresh(walk, ground, history, ground.known_rows([*never, *seen]), limit + ahead)
    again = _seen_again(walk, ground, history, ground.known_rows(seen), limit + ahead - len(fresh))
    whole = [*fresh, *again]
    return Kept(
        whole[:limit],
        ahead=[place.image for place in whole[limit:]],
        more=len(whole) > limit,
        seen_before=len(fresh) if again and len(fresh) < limit and not walk.has_come_round else None,
    )


def _fresh(walk: Walk, ground: Ground, history: History, excluded: Rows, k: int) -> list[Place]:
    """The next k pictures not seen yet, by the walk's arm, or drafted from both where two are interleaved.

    A draft cannot keep a limit, so whoever has set one is shown the first ranking alone.
    """
    if len(walk.arms) == 1 or ground.limits:
        served = ground.index.ids.rows(walk.served)  # -1 keeps the place of what this release does not know
        return _places(_ranked(walk, ground, history, walk.arms[0].config, excluded, served, k), ground)
    whole = walk.start + k
    rankings = [
        _places(_ranked(walk, ground.of(arm.releases), history, arm.config, excluded, NO_ROWS, whole), ground)
        for arm in walk.arms
    ]
    return interleaved(walk, rankings, index=ground.index, k=k)


def _seen_again(walk: Walk, ground: Ground, history: History, seen: Rows, k: int) -> list[Place]:
    """Cards of the first k pictures in `seen` that this walk has not served, in that order."""
    if k <= 0:
        return []
    waiting = ground.catalogue.shown.copy()
    waiting[ground.known_rows(walk.served)] = False
    first = seen[waiting[seen]][:k]
    only_first = replace(ground, catalogue=queries.narrowed(ground.catalogue, first))
    ranked = _ranked(walk, only_first, history, walk.arms[0].config, NO_ROWS, NO_ROWS, len(first))
    place = {int(row): position for position, row in enumerate(first)}
    return _places(sorted(ranked, key=lambda card: place[card.row]), ground)


def _ranked(
    walk: Walk, ground: Ground, history: History, config: RankingConfig, excluded: Rows, served: Rows, k: int
) -> list[Ranked]:
    return rank(
        catalogue=ground.catalogue,
        people=ground.people,
        history=history,
        excluded=excluded,
        served=served,
        k=k,
        seed=walk.row.seed,
        as_of=walk.row.as_of.timestamp(),
        config=replace(config, **ground.chosen.config),
        limits=ground.limits,
    )


def _places(ranked: list[Ranked], ground: Ground) -> list[Place]:
    return [
        Place(
            image=int(ground.index.ids.values[card.row]),
            score=card.score,
            kind=card.reason.kind,
            evidence=tuple(ground.ids(np.array(card.reason.evidence, np.int64))),
            people=card.reason.people,
            propensity=card.propensity,
            explored=card.explored,
        )
        for card in ranked
    ]


def _trending(walk: Walk, viewer: Viewer, limit: int, ground: Ground) -> Kept:
    """What most people like right now, then what many like, then what is newest."""
    catalogue, people = ground.catalogue, ground.people
    nothing = np.zeros(len(catalogue))
    trending = nothing if people is None or people.trending is None else people.trending
    popular = nothing if people is None or people.popular is None else people.popular
    open_rows = catalogue.shown.copy()
    dismissed = list(Dismissal.objects.of(viewer).values_list("image_id", flat=True))
    open_rows[ground.known_rows([*walk.served, *dismissed])] = False
    order = np.lexsort((-catalogue.created, -popular, -trending))
    order = order[open_rows[order]][: limit + 1]
    places = [
        Place(
            image=int(ground.index.ids.values[row]),
            score=float(trending[row]),
            kind="trending" if trending[row] > 0 else "popular" if popular[row] > 0 else "newest",
        )
        for row in order
    ]
    return Kept(places[:limit], more=len(places) > limit)


def _newest(walk: Walk, viewer: Viewer, chosen: Choices, limit: int, *, fallback: bool = False) -> Kept:
    images = filtered(Image.objects.listed_for(viewer), walk.where).filter(created_at__lte=walk.row.as_of)
    images = images.exclude(pk__in=Dismissal.objects.of(viewer).values("image"))
    for mute in [] if walk.where else chosen.gone:
        images = images.exclude(pk__in=queries.pictures_of(mute).values("pk"))
    served = set(walk.served)
    ids = images.order_by("-created_at", "-pk").values_list("pk", flat=True)[: len(served) + limit + 1]
    places = [Place(image=image, score=0.0, kind="newest") for image in ids if image not in served]
    return Kept(places[:limit], more=len(places) > limit, fallback=fallback)
