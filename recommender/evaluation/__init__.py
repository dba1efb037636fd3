"""Every algorithm, measured with the code that serves: which works on these people and pictures, and how sure is it."""

from recommender.evaluation.dataset import Dataset, Parts
from recommender.evaluation.outcome import Outcome, measured
from recommender.evaluation.plan import Plan, Progress, Step, Unusable
from recommender.evaluation.run import Run, evaluate, run_all
from recommender.evaluation.site import site_dataset
from recommender.evaluation.summary import Pair, compared

__all__ = [
    "Dataset",
    "Outcome",
    "Pair",
    "Parts",
    "Plan",
    "Progress",
    "Run",
    "Step",
    "Unusable",
    "compared",
    "evaluate",
    "measured",
    "run_all",
    "site_dataset",
]
