"""What the logs of the site say: figures by day and source, the verdict of an experiment, checks of both."""

from recommender.evidence.figures import Figures, Row, equal_arms_check, figures
from recommender.evidence.log import Log, read
from recommender.evidence.verdicts import Judgement, finite, judge, plan
from recommender.evidence.words import in_words, verdict

__all__ = [
    "Figures",
    "Judgement",
    "Log",
    "Row",
    "equal_arms_check",
    "figures",
    "finite",
    "in_words",
    "judge",
    "plan",
    "read",
    "verdict",
]
