"""The laboratory's tables, charts and runs."""

from dataclasses import replace
from typing import Any

from recommender.laboratory.charts import Series, chart
from visrec_site.styleguide.piece import WHEN, Piece, a, card, said

FIGURE = a(value=0.412, low=0.38, high=0.44)
CURVES = chart(
    title="Loss",
    x_title="Epoch",
    y_title="Loss",
    series=[
        Series("train", [(1, 0.9), (2, 0.6), (3, 0.5)]),
        Series("validation", [(1, 0.95), (2, 0.7), (3, 0.66)], dashed=True),
    ],
)
DOTS = chart(
    title="Accuracy",
    x_title="Coverage",
    y_title="nDCG",
    series=[Series("ease", [(0.4, 0.5)]), Series("random", [(0.9, 0.1)])],
    joined=False,
)
LINE = a(
    name="ease",
    summary="Weights from picture to picture.",
    figures=[FIGURE],
    slices=[FIGURE],
    fit_seconds=1.2,
    score_seconds=0.1,
    peak_mb=120.0,
    unable="",
    best=True,
    indistinct=False,
    bar=80.0,
    whisker=(70.0, 90.0),
)
UNABLE = a(name="pmf", summary="Stars.", unable="Too few likes.", best=False, indistinct=False)
REPORT = a(
    run=a(result={"split": {"people_tested": 70}}),
    columns=[a(title="nDCG@10", help="")],
    slices=[a(title="nDCG@10", help="")],
    lines=[LINE, UNABLE],
)
ARMS = [
    {
        "name": name,
        "changes": changes,
        "people": 120,
        "impressions": 900,
        "click_rate": "12 %",
        "like_rate": "4 %",
        "conversion": "5 %",
    }
    for name, changes in (("control", ""), ("bold", "mmr_lambda=0.7"))
]
FOUND = a(
    verdict="better", sentence="“bold” is better than “control”, by 8.1 %.", reached=120, crossed=1, look=a(stop=True)
)
ROW = a(
    row=a(name="for-you", impressions=900, people=60, clicks=110, likes=40, saves=5),
    figures=a(click_rate="12 %", like_rate="4 %", conversion="5 %", dwell="6 s", coverage="80 %"),
)


def _experiment(state: str) -> Any:
    return a(
        name=f"bold-{state}",
        state=state,
        kind="ab",
        started_at=WHEN,
        ended_at=None,
        planned_people=240,
        get_kind_display=said("A/B"),
        get_state_display=said(state),
        get_metric_display=said("click rate"),
    )


def _run(state: str, **changes: Any) -> Any:
    under_way = state in ("pending", "running")
    fields = {
        "pk": 1,
        "state": state,
        "is_under_way": under_way,
        "doing": "epoch 3",
        "progress": 0.4,
        "minutes": 2.0,
        "is_cancelled": False,
        "cancel_asked": False,
        "error_detail": "It gives scores that are not finite numbers.",
        "release": a(version=4),
        "release_id": 4,
    }
    return a(**{**fields, **changes})


def _release(**changes: Any) -> Any:
    fields = {
        "pk": 1,
        "serving": False,
        "kind": "people",
        "algorithm": "ease",
        "version": 4,
        "reason": "",
        "promoted_at": None,
        "created_at": WHEN,
        "get_kind_display": said("people"),
    }
    return a(**{**fields, **changes})


ONE = {
    "arms": ARMS,
    "effect": "10 %",
    "interval": "+8.1 % (2.0 to 14.2)",
    "sample_ratio": "0.41",
    "guards": [("dwell", False)],
}

PIECES = tuple(
    replace(piece, within=("lab",))
    for piece in (
        Piece("lab_nav", {"models": {"lab_page": "models"}}),
        Piece("chart", {"curves": {"chart": CURVES}, "dots": {"chart": DOTS}}),
        Piece("evaluation_table", {"two algorithms": {"report": REPORT}}),
        Piece(
            "release_row",
            {
                "candidate": {"card": a(primary=FIGURE), "release": _release()},
                "serves": {
                    "card": a(primary=FIGURE),
                    "release": _release(serving=True, promoted_at=WHEN, reason="It is faster."),
                },
            },
        ),
        Piece("run_progress", {state: {"run": _run(state)} for state in ("pending", "running", "done")}),
        Piece(
            "training",
            {
                "waiting": {"run": _run("pending"), "training": a(charts=[])},
                "learning": {"run": _run("running"), "training": a(charts=[CURVES])},
                "over": {"run": _run("done"), "training": a(charts=[CURVES])},
                "failed": {"run": _run("failed"), "training": a(charts=[])},
                "stopped": {"run": _run("failed", is_cancelled=True), "training": a(charts=[])},
            },
        ),
        Piece(
            "lab_people",
            {"some": {"busiest": [a(username="ada", given=41)], "address": "#"}, "nobody": {"busiest": []}},
        ),
        Piece(
            "placed",
            {
                "with its terms": {
                    "compared": True,
                    "place": a(
                        position=1,
                        card=card(1),
                        score=0.82,
                        terms=[a(name="look", value=0.6, share=60.0), a(name="seen", value=-0.1, share=-10.0)],
                        reason="Looks alike",
                        evidence=[card(2)],
                        explored=True,
                        propensity=0.02,
                        elsewhere=4,
                    ),
                }
            },
        ),
        Piece(
            "dream",
            {"with its neighbours": {"dream": a(number=1, near=[card(1), card(2)]), "release": a(pk=1), "size": 64}},
        ),
        Piece("evidence_table", {"one list": {"title": "By list", "name": "List", "rows": [ROW]}}),
        Piece(
            "evidence_checks",
            {
                "before": {"replay": a(enough=False, effective=12, needed=100, places=40), "days": 28},
                "after": {
                    "replay": a(
                        enough=True, value="9 %", low="7 %", high="11 %", explored="6 %", places=400, effective=180
                    ),
                    "days": 28,
                    "alarms": a(assignments=1000, people=300, looks=5),
                    "alarm_words": {"fixed": "5.1 %", "stop_rule": "4.0 %", "sample_ratio": "0 %"},
                },
            },
        ),
        Piece(
            "experiment",
            {
                state: {"experiment": _experiment(state), "one": ONE, "found": None if state == "draft" else FOUND}
                for state in ("draft", "running", "ended")
            },
        ),
        Piece(
            "experiment_form",
            {
                "closed": {
                    "kinds": [("ab", "A/B")],
                    "metrics": [("clicks", "click rate")],
                    "releases": [],
                    "typed": {},
                },
                "a problem": {
                    "kinds": [("ab", "A/B")],
                    "metrics": [("clicks", "click rate")],
                    "problem": "The two arms need names of their own.",
                    "typed": {},
                },
            },
        ),
    )
)
