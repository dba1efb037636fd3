"""Facts (what people did and chose), conclusions (what can be made again), runs and experiments of the laboratory."""

from recommender.models.choices import Mute, TasteWeight
from recommender.models.conclusions import Embedding, FailedEmbedding, Lease, Release
from recommender.models.experiments import Assignment, Experiment
from recommender.models.facts import Dismissal, Event, Feed, Profile, QueryPhoto
from recommender.models.proposals import CategoryProposal
from recommender.models.regions import MaskedRegion, MatchedRegions
from recommender.models.runs import CANCELLED, UNDER_WAY, Epoch, EvaluationRun, Run, TrainingRun

__all__ = [
    "CANCELLED",
    "UNDER_WAY",
    "Assignment",
    "CategoryProposal",
    "Dismissal",
    "Embedding",
    "Epoch",
    "EvaluationRun",
    "Event",
    "Experiment",
    "FailedEmbedding",
    "Feed",
    "Lease",
    "MaskedRegion",
    "MatchedRegions",
    "Mute",
    "Profile",
    "QueryPhoto",
    "Release",
    "Run",
    "TasteWeight",
    "TrainingRun",
]
