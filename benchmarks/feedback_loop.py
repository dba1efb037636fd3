"""Measure what serving, clicking and learning again do to a collection in twenty rounds.

    .venv/bin/python benchmarks/feedback_loop.py --plots var/loop

Simulated people with planted tastes (`recommender.engine.simulation.taste`) are given a page a day by the code that
serves the site; each looks down it and clicks as in `simulation.clicks`, likes what they click, and everything that
is learned from people is learned again from the likes so far. Every day new pictures come. The baseline in the same
run serves everybody what most people like and leaves out what they have seen, by the same rules. Printed and drawn
for every round: Gini of exposure, coverage, and the share of the cards that are new, at most three days old.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import tables

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from recommender.engine import popularity
from recommender.engine.arrays import Segments
from recommender.engine.config import DAY, DEFAULT
from recommender.engine.factors import train_ials
from recommender.engine.index import background_moments
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.metrics import coverage, gini
from recommender.engine.neighbours import co_likes
from recommender.engine.popularity import Likes
from recommender.engine.ranking import rank
from recommender.engine.reactions import Reactions
from recommender.engine.simulation.clicks import examination
from recommender.engine.simulation.taste import World, clustered, planted

PAGE = 24
GROUPS, WIDTH = 24, 64
NEW = 3 * DAY
EAGER = 2.0
"""Clicks a person makes for each like the planted world would have drawn, before the rank is taken into account."""


def main() -> int:
    options = parse_options()
    features, groups = clustered(pictures=options.pictures, groups=GROUPS, width=WIDTH, seed=options.seed)
    world = planted(features=features, groups=groups, people=options.people, seed=options.seed)
    began = {"the site": Loop(world, options.rounds), "what most like": Loop(world, options.rounds)}
    pages: dict[str, Callable[[Loop, int], list[np.ndarray]]] = {"the site": served, "what most like": most_liked}
    result = {
        name: [loop.round(number, pages[name]) for number in range(options.rounds)] for name, loop in began.items()
    }
    kept = show(result)
    if options.plots:
        plot(result, options.plots)
    if options.json:
        tables.as_json(result)
    return 0 if kept else 1


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=1_000, help="half of them there at first")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plots", metavar="DIR", type=Path, help="draw the rounds into this folder")
    parser.add_argument("--json", action="store_true", help="print the results as JSON on stdout")
    return parser.parse_args()


@dataclass
class Loop:
    """A site and its people, round after round; time begins at 0 and a round lasts a day."""

    world: World
    rounds: int
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(1))

    def __post_init__(self) -> None:
        people, pictures = self.world.chances.shape
        late = np.sort(self.rng.integers(0, self.rounds, pictures - pictures // 2)) * DAY
        self.created = np.concatenate([self.rng.uniform(-30 * DAY, -DAY, pictures // 2), late])
        self.created = self.rng.permutation(self.created)
        self.shown = np.zeros((people, pictures), np.int64)
        self.clicked = np.zeros((people, pictures), np.bool_)
        self.liked_at = np.full((people, pictures), np.inf)
        self.vectors = self.world.features.astype(np.float16)
        self.moments = background_moments(self.vectors)

    def round(self, number: int, pages: Callable[["Loop", int], list[np.ndarray]]) -> dict:
        now = number * DAY
        there = self.created <= now
        lists = pages(self, number)
        shown = np.zeros(len(there), np.int64)
        clicks, cards = 0, 0
        for person, page in enumerate(lists):
            chance = np.minimum(1, EAGER * self.world.chances[person, page]) * examination(len(page))
            clicked = page[self.rng.random(len(page)) < chance]
            self.shown[person, page] += 1
            self.clicked[person, clicked] = True
            self.liked_at[person, clicked] = now + DAY / 2
            shown[page] += 1
            clicks, cards = clicks + len(clicked), cards + len(page)
        new = self.created > now - NEW
        return {
            "round": number + 1,
            "gini": gini(shown, there),
            "coverage": coverage(shown, there),
            "new": float(shown[new].sum() / max(cards, 1)),
            "available_new": float((new & there).sum() / there.sum()),
            "click_rate": clicks / max(cards, 1),
        }

    def gone(self, person: int, now: float) -> np.ndarray:
        """What does not come again: liked, opened, or shown three times without a click; and what is not there yet."""
        seen = self.clicked[person] | (self.shown[person] >= DEFAULT.seen_impressions)
        return seen | (self.created > now)

    def likes(self) -> Likes:
        people, rows = np.nonzero(np.isfinite(self.liked_at))
        return Likes(
            rows=rows,
            people=people,
            owners=np.full(len(rows), -1) - rows,
            times=self.liked_at[people, rows],
            joined=np.full(len(rows), -9 * DAY),
        )


def served(loop: Loop, number: int) -> list[np.ndarray]:
    """A page for everybody by the pipeline that serves, with all that is learned from people learned anew."""
    now = number * DAY
    people = len(loop.shown)
    model = learned(loop, now)
    there = loop.created <= now
    catalogue = Catalogue(
        vectors=Segments([loop.vectors]),
        created=loop.created,
        categories=loop.world.groups,
        moments=loop.moments,
        allowed=there,
    )
    lists = []
    for person in range(people):
        liked = np.flatnonzero(np.isfinite(loop.liked_at[person]))
        history = History.of(liked=liked, liked_at=loop.liked_at[person, liked])
        excluded = loop.gone(person, now)
        seed = number * people + person
        cards = rank(
            catalogue=catalogue, people=model, history=history, excluded=excluded, k=PAGE, seed=seed, as_of=now
        )
        lists.append(np.array([card.row for card in cards], np.int64))
    return lists


def learned(loop: Loop, now: float) -> PeopleModel | None:
    likes, (people, pictures) = loop.likes(), loop.shown.shape
    if not len(likes.rows):
        return None
    reactions = Reactions.of(likes.people, likes.rows, times=likes.times, shape=(people, pictures))
    trending, popular = popularity.crowd(likes, pictures=pictures, as_of=now)
    return PeopleModel(
        co_likes=co_likes(reactions.matrix()),
        factors=train_ials(reactions.matrix()),
        trending=trending,
        popular=popular,
    )


def most_liked(loop: Loop, number: int) -> list[np.ndarray]:
    """The same page of the most liked for everybody, less what each has seen; equal ones in an order of chance."""
    now = number * DAY
    popular = np.isfinite(loop.liked_at).sum(axis=0) + loop.rng.random(loop.shown.shape[1]) / 2
    order = np.argsort(-popular)
    return [order[~loop.gone(person, now)[order]][:PAGE] for person in range(len(loop.shown))]


def show(result: dict) -> bool:
    rows = [
        (name, one["round"], one["gini"], one["coverage"], one["new"], one["available_new"], one["click_rate"])
        for name, rounds in result.items()
        for one in rounds
        if one["round"] in {1, 2, 5, 10, 15, len(rounds)}
    ]
    columns = ("served by", "round", "Gini", "coverage", "new cards", "new pictures", "clicks a card")
    tables.show("Serve, click, learn again", columns, rows)
    site, most = (rounds[-1] for rounds in result.values())
    print(f"\n  last round, site over most liked: clicks × {site['click_rate'] / max(most['click_rate'], 1e-9):.2f}")
    return all(
        [
            tables.verdict("Gini of the last round over that of most liked", site["gini"] / most["gini"], at_most=1),
            tables.verdict("coverage over that of most liked", site["coverage"] / most["coverage"], at_least=1),
            tables.verdict(
                "share of new cards over share of new pictures", site["new"] / site["available_new"], at_least=1
            ),
        ]
    )


def plot(result: dict, folder: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    figure, axes = pyplot.subplots(1, 3, figsize=(13, 4), constrained_layout=True)
    titles = {"gini": "Gini of exposure", "coverage": "Coverage", "new": "Share of cards at most 3 days old"}
    for axis, (name, title) in zip(axes, titles.items(), strict=True):
        for label, rounds in result.items():
            axis.plot([one["round"] for one in rounds], [one[name] for one in rounds], label=label)
        if name == "new":
            rounds = next(iter(result.values()))
            numbers = [one["round"] for one in rounds]
            axis.plot(numbers, [one["available_new"] for one in rounds], "--", label="of all pictures")
        axis.set(title=title, xlabel="round", ylim=(0, 1))
        axis.legend()
    figure.savefig(folder / "feedback_loop.png", dpi=120)
    print(f"  drawn: {folder / 'feedback_loop.png'}")


if __name__ == "__main__":
    sys.exit(main())
