"""All algorithms by name. The one list that the commands, the laboratory, the feed and the tests read."""

from recommender.engine.algorithms import baselines, items, people
from recommender.engine.model import Algorithm

ALGORITHMS: dict[str, Algorithm] = {
    algorithm.name: algorithm
    for algorithm in (
        Algorithm(
            name="popularity",
            family="baseline",
            summary="What most people like.",
            fit=baselines.fit_popularity,
            model=lambda: baselines.Everybody,
            personal=False,
        ),
        Algorithm(
            name="user_cosine",
            family="neighbours",
            summary="What the people like whose likes are most like yours.",
            fit=people.fit_cosine,
            model=lambda: people.PeopleLikeYou,
            defaults={"k": 30, "shrink": 10.0, "power": 2.0},
            grid=tuple(
                {"k": k, "shrink": shrink, "power": power}
                for k in (30, 60, 120, 240)
                for shrink in (0.0, 10.0, 30.0)
                for power in (1.0, 2.0, 3.0)
            ),
        ),
        Algorithm(
            name="item_cosine",
            family="neighbours",
            summary="Pictures liked by those who like what you like.",
            fit=items.fit_cosine,
            model=lambda: items.ItemNeighbours,
            defaults={"k": 100, "shrink": 10.0, "truncate": "target"},
            grid=tuple(
                {"k": k, "shrink": shrink, "truncate": truncate}
                for k in (25, 50, 100, 200, 0)
                for shrink in (0.0, 10.0, 50.0)
                for truncate in ("source", "target")
            ),
        ),
    )
}
