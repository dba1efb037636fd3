"""Measure what decides between rankings from behaviour: interleaving against A/B, alarms of equal arms, replay.

    .venv/bin/python benchmarks/online_evidence.py

People are simulated by `recommender.engine.simulation.clicks`, so that the truth is known. Power is the share of 200
experiments that find the worsened ranker at 5 %; the people needed for 0.8 are read off a ladder of sizes. An
experiment's people are drawn from a pool that is larger than any experiment.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import tables

from recommender.engine.intervals import sign_flip
from recommender.engine.online.comparison import LEVEL, POWER, Totals, compare, people_needed
from recommender.engine.online.equal_arms import equal_arms
from recommender.engine.online.interleaving import drafted
from recommender.engine.online.replay import ENOUGH, replay
from recommender.engine.simulation.clicks import (
    DEFAULT,
    by_person,
    click_probability,
    clicks,
    ranking,
    sessions,
)

EXPERIMENTS = 200
SIZES = np.unique(np.round(4 * 1.15 ** np.arange(60)).astype(int))
BLOCK = 500
FLIPS = 2_000
EXPLORED = 5
LOOKS = 50


def main() -> int:
    options = parse_options()
    rng = np.random.default_rng(options.seed)
    result = {
        "power": against_interleaving(rng, options.pool),
        "alarms": alarms(rng, people=options.people, assignments=options.assignments),
        "replay": replays(rng, runs=options.runs, people=options.people),
    }
    kept = show(result)
    if options.json:
        tables.as_json(result)
    return 0 if kept else 1


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pool", type=int, default=16_000, help="people simulated for each method of comparison")
    parser.add_argument("--people", type=int, default=2_500, help="people of one log")
    parser.add_argument("--assignments", type=int, default=1_000, help="of the one A/A log")
    parser.add_argument("--runs", type=int, default=200, help="logs that are replayed")
    parser.add_argument("--json", action="store_true", help="print the results as JSON on stdout")
    return parser.parse_args()


def against_interleaving(rng: np.random.Generator, pool: int) -> dict:
    """People that an A/B test and team draft need for the same power, and the impressions these see."""
    shown = DEFAULT.sessions * DEFAULT.candidates
    one, other = (clicks_by_person(rng, pool, worsened=worsened) for worsened in (False, True))
    preferences = drafts_by_person(rng, pool // 8)

    def ab(size: int) -> bool:
        control, treatment = (
            Totals(arm[rng.integers(0, pool, size)], np.full(size, float(shown))) for arm in (one, other)
        )
        return compare(control, treatment).differs

    def team_draft(size: int) -> bool:
        return sign_flip(preferences[rng.integers(0, len(preferences), size)], seed=size, flips=FLIPS)[0] < LEVEL

    arm, drafted_people = people_for_power(ab), people_for_power(team_draft)
    return {
        "clicks_a_session": float(one.mean()) / DEFAULT.sessions,
        "cost": 1 - float(other.mean() / one.mean()),
        "planned_arm": people_needed(Totals(one, np.full(pool, float(shown))), relative=1 - other.mean() / one.mean()),
        "ab_people": 2 * arm,
        "team_draft_people": drafted_people,
        "ab_impressions": 2 * arm * shown,
        "team_draft_impressions": drafted_people * shown,
        "ratio": 2 * arm / drafted_people,
    }


def people_for_power(experiment: Callable[[int], bool]) -> int:
    """The first size whose power is enough and stays so one step further."""
    enough_before = None
    for size in SIZES.tolist():
        power = np.mean([experiment(size) for _ in range(EXPERIMENTS)])
        if power >= POWER and enough_before is not None:
            return enough_before
        enough_before = size if power >= POWER else None
    raise SystemExit("no size on the ladder has enough power")


def clicks_by_person(rng: np.random.Generator, people: int, *, worsened: bool) -> np.ndarray:
    found = []
    for _ in range(people // BLOCK):
        seen = sessions(BLOCK, rng=rng)
        shown = ranking(seen.worsened if worsened else seen.serving)
        found.append(by_person(seen, clicks(seen, shown, rng=rng).sum(axis=1)))
    return np.concatenate(found)


def drafts_by_person(rng: np.random.Generator, people: int) -> np.ndarray:
    """Clicks on the serving ranker's picks less those on the worsened one's, of each person."""
    found = []
    for _ in range(people // BLOCK):
        seen = sessions(BLOCK, rng=rng)
        coins = rng.integers(0, 2, (len(seen.person), (DEFAULT.candidates + 1) // 2))
        cards, teams = drafted(ranking(seen.serving), ranking(seen.worsened), coins)
        clicked = clicks(seen, cards, rng=rng)
        found.append(by_person(seen, (clicked & (teams == 0)).sum(axis=1) - (clicked & (teams == 1)).sum(axis=1)))
    return np.concatenate(found)


def alarms(rng: np.random.Generator, *, people: int, assignments: int) -> dict:
    """Alarms of equal arms: one log, assigned again and again, and looked at fifty times while it grows."""
    seen = sessions(people, rng=rng)
    by_session = clicks(seen, ranking(seen.serving), rng=rng).sum(axis=1).reshape(people, DEFAULT.sessions)
    moments = np.sort(rng.random((people, DEFAULT.sessions)), axis=1)
    past = [moments <= moment for moment in np.linspace(0, 1, LOOKS + 1)[1:]]
    found = equal_arms(
        np.stack([(by_session * here).sum(axis=1) for here in past], axis=1).astype(float),
        np.stack([here.sum(axis=1) for here in past], axis=1) * float(DEFAULT.candidates),
        people=[str(person) for person in range(people)],
        assignments=assignments,
        effect=0.2,
    )
    return asdict(found)


def replays(rng: np.random.Generator, *, runs: int, people: int) -> dict:
    """Whether the interval of a replay holds the true value of another ranker, known from the simulator."""
    estimates, truths = [], []
    for _ in range(runs):
        estimate, truth = one_replay(rng, people)
        estimates.append(estimate)
        truths.append(truth)
    truth = float(np.mean(truths))
    return {
        "runs": runs,
        "truth": truth,
        "mean": float(np.mean([estimate.value for estimate in estimates])),
        "effective": float(np.median([estimate.effective for estimate in estimates])),
        "enough": float(np.mean([estimate.effective >= ENOUGH for estimate in estimates])),
        "coverage": float(np.mean([estimate.low <= truth <= estimate.high for estimate in estimates])),
    }


def one_replay(rng: np.random.Generator, people: int):
    """A log of EXPLORED places a session, filled evenly from all candidates, and the worsened ranker as the target."""
    seen = sessions(people, rng=rng)
    every = np.arange(len(seen.person))[:, None]
    places = np.sort(rng.integers(3, DEFAULT.candidates, (len(seen.person), EXPLORED)), axis=1)
    served = ranking(seen.serving)
    drawn = rng.integers(0, DEFAULT.candidates, places.shape)
    wanted = seen.worsened.argmax(axis=1)[:, None]
    logged, targeted = served.copy(), served.copy()
    logged[every, places], targeted[every, places] = drawn, wanted
    rewards = rng.random(places.shape) < click_probability(seen, logged)[every, places]
    estimate = replay(
        rewards=rewards.ravel().astype(float),
        propensities=np.full(places.size, 1 / DEFAULT.candidates),
        targets=(drawn == wanted).ravel().astype(float),
        people=np.repeat(seen.person, EXPLORED),
    )
    return estimate, float(click_probability(seen, targeted)[every, places].mean())


def show(result: dict) -> bool:
    power, alarm, replayed = result["power"], result["alarms"], result["replay"]
    tables.show(
        f"A ranker that costs {power['cost']:.1%} of {power['clicks_a_session']:.2f} clicks a session; to see it needs",
        ("method", "people", "impressions", "× team draft"),
        [
            ("A/B", power["ab_people"], power["ab_impressions"], power["ratio"]),
            ("team draft", power["team_draft_people"], power["team_draft_impressions"], 1.0),
        ],
    )
    print(f"  A/B by formula: {2 * power['planned_arm']} people")
    tables.show(
        f"{alarm['assignments']} assignments of {alarm['people']} people to equal arms: alarms",
        ("test", "share"),
        [
            ("fixed size, once", alarm["fixed"]),
            (f"stop rule, {alarm['looks']} looks", alarm["stop_rule"]),
            ("either", alarm["either"]),
            ("sample ratio", alarm["sample_ratio"]),
        ],
    )
    tables.show(
        f"{replayed['runs']} replays, median effective size {replayed['effective']:.0f}",
        ("true clicks a place", "mean estimate", "interval holds the truth"),
        [(replayed["truth"], replayed["mean"], replayed["coverage"])],
    )
    print()
    kept = [
        tables.verdict("cost of the worsened ranker, share of clicks, at least", power["cost"], at_least=0.15),
        tables.verdict("cost of the worsened ranker, share of clicks, at most", power["cost"], at_most=0.25),
        tables.verdict("clicks a session, at least", power["clicks_a_session"], at_least=0.5),
        tables.verdict("clicks a session, at most", power["clicks_a_session"], at_most=2),
        tables.verdict("A/B impressions over team draft's", power["ratio"], at_least=10),
        tables.verdict("alarms of the fixed-size test, at least", alarm["fixed"], at_least=0.035),
        tables.verdict("alarms of the fixed-size test, at most", alarm["fixed"], at_most=0.065),
        tables.verdict("alarms of the stop rule at any look", alarm["stop_rule"], at_most=0.065),
        tables.verdict("replays whose interval holds the truth", replayed["coverage"], at_least=0.9),
    ]
    return all(kept)


if __name__ == "__main__":
    sys.exit(main())
