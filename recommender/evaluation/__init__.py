"""Every algorithm, measured with the code that serves: which works on these people and pictures, and how sure is it."""

from recommender.evaluation.dataset import Dataset, Parts
from recommender.evaluation.estimate import Size, estimated_minutes, site_size
from recommender.evaluation.files import Features, file_dataset, read_features
from recommender.evaluation.outcome import Outcome, measured
from recommender.evaluation.plan import Plan, Progress, Step, Unusable
from recommender.evaluation.recommending import recommendations
from recommender.evaluation.run import Run, evaluate, run_all
from recommender.evaluation.site import site_dataset
from recommender.evaluation.summary import Pair, compared

__all__ = [
    "Dataset",
    "Features",
    "Outcome",
    "Pair",
    "Parts",
    "Plan",
    "Progress",
    "Run",
    "Size",
    "Step",
    "Unusable",
    "compared",
    "estimated_minutes",
    "evaluate",
    "file_dataset",
    "measured",
    "read_features",
    "recommendations",
    "run_all",
    "site_dataset",
    "site_size",
]
