"""Verbs of the recommender. Pages, API, desk and commands all call these; none of them renders."""

from recommender.services.events import FROM_BROWSERS, MOST_EVENTS, BadEvent, record_events, record_like, record_open
from recommender.services.experiments import create_experiment, delete_experiment, start_experiment, stop_experiment
from recommender.services.eyes import look_again
from recommender.services.laboratory import (
    Refused,
    cancel,
    estimated_minutes,
    evaluate,
    promote,
    roll_back,
    train,
)
from recommender.services.proposals import accept_proposals, refuse_proposals
from recommender.services.reactions import adopt, dismiss, start_again, undismiss

__all__ = [
    "FROM_BROWSERS",
    "MOST_EVENTS",
    "BadEvent",
    "Refused",
    "accept_proposals",
    "adopt",
    "cancel",
    "create_experiment",
    "delete_experiment",
    "dismiss",
    "estimated_minutes",
    "evaluate",
    "look_again",
    "promote",
    "record_events",
    "record_like",
    "record_open",
    "refuse_proposals",
    "roll_back",
    "start_again",
    "start_experiment",
    "stop_experiment",
    "train",
    "undismiss",
]
