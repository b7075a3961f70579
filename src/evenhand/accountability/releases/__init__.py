"""Releases: what two people let out to the public, and how its public history is kept."""

from evenhand.accountability.releases.log import (
    WITHDRAWN,
    Change,
    Entry,
    add_entry,
    fold_log,
    list_changes,
)
from evenhand.accountability.releases.rules import (
    may_decide_release,
    may_propose_release,
    may_see_releases,
    may_take_back_release,
    may_withdraw_release,
)
from evenhand.accountability.releases.story import day_words, tell_story

__all__ = [
    "WITHDRAWN",
    "Change",
    "Entry",
    "add_entry",
    "day_words",
    "fold_log",
    "list_changes",
    "may_decide_release",
    "may_propose_release",
    "may_see_releases",
    "may_take_back_release",
    "may_withdraw_release",
    "tell_story",
]
