"""Whether the feed follows a fresh visitor's likes, family by family of the demo gallery, by the code that serves.

    .venv/bin/python benchmarks/feed_follows_likes.py [--var DIR] [--seeds 5]

One trial: a new visitor asks for the feed (cold), likes one picture of a family, then four more, drawn at random, and
takes all of it back. What counts is how many of the first 24 cards are of that family. The cold feed and a random
list are the baselines. Without --var the gallery is drawn for this run (10 minutes); with it, the database of that
site is copied, or the gallery is drawn there and stays for the next run.
"""

import argparse
import subprocess
import sys
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sites, tables

CARDS = 24
LIKES = 5


@dataclass(frozen=True)
class Trial:
    """How many of the first cards are of the family: in a random list, cold, after one like, after five."""

    family: str
    random: int
    cold: int
    one: int
    five: int
    most_cold: int  # of any one family
    undone: bool  # the list after taking all back is the cold one, to the score


def main() -> int:
    asked = parse()
    with sites.temporary_var() as var:
        prepare(asked.var or var / "gallery", var / "copy", per_family=asked.per_family)
        families = pictures_of_families()
        trials = [trial(families, slug, seed) for slug in families for seed in range(asked.seeds)]
        if asked.json:
            tables.as_json([vars(each) for each in trials])
    return 0 if report(trials) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path, metavar="DIR", help="the site with the demo gallery")
    parser.add_argument("--seeds", type=int, default=5, help="trials of each family [5]")
    parser.add_argument("--per-family", type=int, default=40, help="pictures drawn of each family [40]")
    parser.add_argument("--json", action="store_true", help="print every trial as JSON, too")
    return parser.parse_args()


def prepare(gallery: Path, copy: Path, *, per_family: int) -> None:
    """Open a copy of the gallery's database in this process; draw the gallery first where it is not there."""
    if not (gallery / "visrec.sqlite3").exists():
        program = Path(__file__).with_name("demo_gallery.py")
        subprocess.run([sys.executable, program, gallery, "--per-family", str(per_family)], check=True)
    sites.copy_site(gallery, copy)


def pictures_of_families() -> dict[str, list[int]]:
    """Top category → the pictures in it that everybody may be shown, in a fixed order."""
    from catalog.models import Image
    from catalog.viewers import NOBODY

    found: dict[str, list[int]] = {}
    images = Image.objects.listed_for(NOBODY).filter(findable_at__isnull=False).order_by("pk")
    for pk, path in images.values_list("pk", "category__path"):
        found.setdefault(path.partition("/")[0] if path else "", []).append(pk)
    return dict(sorted(found.items()))


def trial(families: dict[str, list[int]], slug: str, seed: int) -> Trial:
    from catalog import services
    from catalog.models import Image
    from catalog.viewers import Viewer

    rng = np.random.default_rng([int.from_bytes(slug.encode(), "big"), seed])
    viewer = Viewer(visitor=uuid.UUID(bytes=rng.bytes(16)))
    family_of = {pk: family for family, pictures in families.items() for pk in pictures}

    cold = begin(viewer, seed=int(rng.integers(2**31)))
    chosen = list(Image.objects.filter(pk__in=rng.choice(families[slug], LIKES, replace=False).tolist()))
    services.like(viewer=viewer, image=chosen[0])
    one = first_cards(viewer)
    for image in chosen[1:]:
        services.like(viewer=viewer, image=image)
    five = first_cards(viewer)
    for image in chosen:
        services.unlike(viewer=viewer, image=image)
    undone = first_cards(viewer)

    def share(ids: list[int]) -> int:
        return sum(family_of[pk] == slug for pk in ids)

    return Trial(
        family=slug,
        random=share(rng.choice(list(family_of), CARDS, replace=False).tolist()),
        cold=share(ids_of(cold)),
        one=share(ids_of(one)),
        five=share(ids_of(five)),
        most_cold=max(Counter(family_of[pk] for pk in ids_of(cold)).values()),
        undone=facts_of(undone) == facts_of(cold),
    )


def begin(viewer, *, seed: int) -> list:
    """The cold feed of this seed: a walk is begun, given the seed, and begun again, which keeps it."""
    from recommender.models import Feed

    first_cards(viewer)
    Feed.objects.of(viewer).update(seed=seed)
    return first_cards(viewer)


def first_cards(viewer) -> list:
    from django.utils import timezone

    from recommender import feed

    page = feed.build(viewer=viewer, now=timezone.now(), limit=CARDS)
    assert not page.fallback, "The recommender rests: is the index published?"
    return page.entries


def ids_of(entries: list) -> list[int]:
    return [entry.card.id for entry in entries]


def facts_of(entries: list) -> list[tuple]:
    return [(entry.card.id, entry.score, entry.reason.kind, entry.reason.text) for entry in entries]


def report(trials: list[Trial]) -> bool:
    """Print the table and the targets; returns whether all are kept."""
    groups = {family: [each for each in trials if each.family == family] for each in trials for family in [each.family]}
    columns = ["family", "trials", "random", "cold", "one like", "five likes", "fewest", "ratio", "rose", "undone"]
    rows = [row(family, group) for family, group in groups.items()]
    tables.show(f"Cards of the liked family in the first {CARDS}", columns, [*rows, row("all", trials)])
    cold, five = mean(trials, "cold"), mean(trials, "five")
    print()
    return all(
        [
            tables.verdict("share after five likes / share before", five / max(cold, 1e-9), at_least=3.0),
            tables.verdict("fewest cards after five likes", min(each.five for each in trials), at_least=6),
            tables.verdict("share of trials that rose after one like", rose(trials), at_least=0.9),
            tables.verdict("most cards of one family, cold", max(each.most_cold for each in trials), at_most=4),
            tables.verdict("undone to the identical list", undone(trials), at_least=1.0),
        ]
    )


def row(family: str, trials: list[Trial]) -> list[object]:
    random, cold, one, five = (mean(trials, name) for name in ("random", "cold", "one", "five"))
    fewest = min(each.five for each in trials)
    ratio = five / cold if cold else float("inf")
    return [family, len(trials), random, cold, one, five, fewest, ratio, rose(trials), undone(trials)]


def mean(trials: list[Trial], name: str) -> float:
    return float(np.mean([getattr(each, name) for each in trials]))


def rose(trials: list[Trial]) -> float:
    return float(np.mean([each.one > each.cold for each in trials]))


def undone(trials: list[Trial]) -> float:
    return float(np.mean([each.undone for each in trials]))


if __name__ == "__main__":
    sys.exit(main())
