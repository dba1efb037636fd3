"""Whether what people choose about their feed holds, for everybody of the demo gallery, by the code that serves.

    .venv/bin/python benchmarks/steering.py --var DIR [--people 70]

DIR is a site with the demo gallery; its rows are copied. For each person: the four strongest tastes off, on again and
at twice their weight; less of every category among the first 24 cards, and back. What was measured before the choice
is the baseline.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sites, tables

CARDS = 24
TASTES = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path, required=True, metavar="DIR", help="the site with the demo gallery")
    parser.add_argument("--people", type=int, default=70, help="who like most [70]")
    parser.add_argument("--topics", type=int, default=24, help="most categories tried for each person [24]")
    asked = parser.parse_args()
    with sites.temporary_var() as var:
        sites.copy_site(asked.var, var / "copy")
        return 0 if report(measured(asked.people, asked.topics)) else 1


def measured(people: int, topics: int) -> Counter:
    """How many choices were tried, and how many did not hold."""
    from django.contrib.auth import get_user_model
    from django.db.models import Count
    from django.utils import timezone

    from catalog.viewers import Viewer

    found: Counter = Counter()
    persons = get_user_model().objects.annotate(likes_given=Count("likes")).filter(likes_given__gt=4)
    for person in persons.order_by("-likes_given", "pk")[:people]:
        viewer, now = Viewer(user_id=person.pk), timezone.now()
        first_page(viewer, now, keep=True)
        found.update(people=1)
        found.update(tastes_of(viewer, now))
        found.update(topics_of(viewer, now, topics))
    return found


def first_page(viewer, now, *, keep=False):
    """The first cards as they would be served; kept once, so that seed and moment stay the same."""
    from recommender import feed, queries

    if keep:
        feed.build(viewer=viewer, now=now)
    return feed.upcoming(viewer=viewer, now=now, chosen=[queries.choices(viewer)], k=CARDS)[0]


def tastes_of(viewer, now) -> Counter:
    from recommender import queries, services, taste

    found: Counter = Counter()
    before = first_page(viewer, now)
    for one in taste.clusters(viewer=viewer, now=now, chosen=queries.choices(viewer))[:TASTES]:
        shares = {}
        for name, weight, on in (("off", 1.0, False), ("back", 1.0, True), ("twice", 2.0, True), ("again", 1.0, True)):
            services.weigh_taste(viewer=viewer, image_id=one.key, weight=weight, on=on, now=now)
            shares[name] = first_page(viewer, now)
        found["tastes"] += 1
        found["shown though off"] += taste.share_of(one, shares["off"]) > 0
        found["fewer at twice the weight"] += taste.share_of(one, shares["twice"]) < taste.share_of(one, before)
        found["not as before"] += (shares["back"] != before) + (shares["again"] != before)
    return found


def topics_of(viewer, now, most: int) -> Counter:
    from catalog.models import Image
    from recommender import services

    def categories() -> Counter:
        ids = [place.image for place in first_page(viewer, now)]
        return Counter(Image.objects.filter(pk__in=ids).values_list("category__slug", flat=True))

    found: Counter = Counter()
    before, counts = first_page(viewer, now), categories()
    for slug, count in counts.most_common(most):
        said = services.show_less(viewer=viewer, kind="category", name=slug, now=now)
        found["topics"] += 1
        found["more than half"] += categories()[slug] > count / 2
        services.unmute(viewer=viewer, mute_id=said.pk)
        found["not as before"] += first_page(viewer, now) != before
    return found


def report(found: Counter) -> bool:
    rows = [
        (name, tried, found[name])
        for name, tried in (
            ("shown though off", found["tastes"]),
            ("fewer at twice the weight", found["tastes"]),
            ("more than half", found["topics"]),
            ("not as before", 2 * found["tastes"] + found["topics"]),
        )
    ]
    tables.show(f"{found['people']} people", ("what must not be", "tried", "was"), rows)
    return not any(row[2] for row in rows)


if __name__ == "__main__":
    sys.exit(main())
