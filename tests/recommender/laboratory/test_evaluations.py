import csv
import io

import pytest
from django.utils import timezone

from catalog.models import State
from recommender.laboratory import evaluations
from recommender.models import EvaluationRun

pytestmark = pytest.mark.django_db


def algorithm(name: str, ndcg: float, **more):
    figure = {"mean": ndcg, "low": ndcg - 0.01, "high": ndcg + 0.01}
    return {"name": name, "family": "neighbours", "metrics": {"ndcg@10": figure, "coverage@10": {"mean": 0.5}}, **more}


def run(*algorithms, pairs=(), **more) -> EvaluationRun:
    result = {"k": [10], "algorithms": list(algorithms), "pairs": list(pairs), **more}
    return EvaluationRun.objects.create(state=State.READY, result=result, ended_at=timezone.now())


def test_the_best_comes_first_and_what_could_not_run_last():
    stored = run(
        algorithm("popularity", 0.08),
        algorithm("content", 0, metrics={}, unable="It needs features."),
        algorithm("ease", 0.15),
    )

    lines = evaluations.report(stored).lines

    assert [line.name for line in lines] == ["ease", "popularity", "content"]
    assert [line.best for line in lines] == [True, False, False]
    assert lines[2].unable == "It needs features."


def test_an_algorithm_that_cannot_be_told_from_the_best_is_marked():
    pairs = [
        {"a": "ease", "b": "ials", "low": -0.002, "high": 0.004, "difference": 0.001},
        {"a": "popularity", "b": "ease", "low": -0.09, "high": -0.05, "difference": -0.07},
    ]
    stored = run(algorithm("ease", 0.15), algorithm("ials", 0.149), algorithm("popularity", 0.08), pairs=pairs)

    lines = evaluations.report(stored).lines

    assert [(line.name, line.indistinct) for line in lines] == [("ease", False), ("ials", True), ("popularity", False)]


def test_bars_and_intervals_share_one_scale():
    lines = evaluations.report(run(algorithm("ease", 0.19), algorithm("popularity", 0.09))).lines

    assert lines[0].whisker == (90.0, 100.0)
    assert lines[0].bar == 95.0
    assert lines[1].bar == 45.0


def test_a_figure_that_was_not_measured_is_none():
    line = evaluations.report(run(algorithm("ease", 0.19))).lines[0]

    assert [figure.value for figure in line.figures] == [0.19, None, None, 0.5, None, None, None]


def test_the_latest_is_the_newest_that_came_to_its_end():
    first, second = run(algorithm("ease", 0.1)), run(algorithm("ease", 0.2))
    waiting = EvaluationRun.objects.create()
    EvaluationRun.objects.create(state=State.FAILED, error_code="cancelled")

    assert evaluations.latest().run == second
    assert list(evaluations.finished()) == [second, first]
    assert evaluations.under_way() == waiting


def test_every_stored_figure_is_in_the_csv():
    text = evaluations.as_csv(run(algorithm("ease", 0.19)))

    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows == [
        {"algorithm": "ease", "metric": "coverage@10", "mean": "0.5", "low": "", "high": ""},
        {"algorithm": "ease", "metric": "ndcg@10", "mean": "0.19", "low": "0.18", "high": "0.2"},
    ]


def test_a_run_without_a_result_has_nothing_to_show():
    report = evaluations.report(EvaluationRun.objects.create())

    assert report.lines == []
    assert report.charts == []
    assert report.sentence == ""
