"""Verbs of the recommender. Pages, API, desk and commands all call these; none of them renders."""

from recommender.services.events import (
    FROM_BROWSERS,
    MOST_EVENTS,
    BadEvent,
    record_events,
    record_like,
    record_open,
    record_save,
)
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
from recommender.services.mutes import NoSuchTarget, mute, show_less, unmute, unmute_named
from recommender.services.past import NoSuchPast, forget, remember
from recommender.services.privacy import is_private, private_until, refuse_if_private
from recommender.services.proposals import accept_proposals, refuse_proposals
from recommender.services.reactions import adopt, dismiss, start_again, undismiss
from recommender.services.regions import NoSuchRegion, find_regions, mask_region, unmask_region
from recommender.services.resets import can_undo_reset, reset, undo_reset
from recommender.services.saving import TO_SAVE, Saved, save
from recommender.services.steering import (
    LONGEST_PRIVATE,
    WEIGHTS,
    browse_privately,
    choose,
    end_private,
    pause,
    resume,
    weigh_taste,
)

__all__ = [
    "FROM_BROWSERS",
    "LONGEST_PRIVATE",
    "MOST_EVENTS",
    "TO_SAVE",
    "WEIGHTS",
    "BadEvent",
    "NoSuchPast",
    "NoSuchRegion",
    "NoSuchTarget",
    "Refused",
    "Saved",
    "accept_proposals",
    "adopt",
    "browse_privately",
    "can_undo_reset",
    "cancel",
    "choose",
    "create_experiment",
    "delete_experiment",
    "dismiss",
    "end_private",
    "estimated_minutes",
    "evaluate",
    "find_regions",
    "forget",
    "is_private",
    "look_again",
    "mask_region",
    "mute",
    "pause",
    "private_until",
    "promote",
    "record_events",
    "record_like",
    "record_open",
    "record_save",
    "refuse_if_private",
    "refuse_proposals",
    "remember",
    "reset",
    "resume",
    "roll_back",
    "save",
    "show_less",
    "start_again",
    "start_experiment",
    "stop_experiment",
    "train",
    "undismiss",
    "undo_reset",
    "unmask_region",
    "unmute",
    "unmute_named",
    "weigh_taste",
]
