"""All algorithms by name. The one list that the commands, the laboratory, the feed and the tests read."""

from recommender.engine.algorithms import baselines
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
    )
}
