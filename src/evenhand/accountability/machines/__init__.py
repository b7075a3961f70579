"""The machines of the register: one for each kind of thing that can be in one state or another.

Their diagrams are drawn from here into ``docs/reference/states.md`` by ``tools/draw_states.py``.
"""

from evenhand.accountability.machines.judgement import CLAIM, CRITERION, REDACTION, SITTING, VERDICT
from evenhand.accountability.machines.measures import FINDING, RUN
from evenhand.accountability.machines.meetings import COMMISSION, MEETING, PAPER
from evenhand.accountability.machines.release import RELEASE
from evenhand.accountability.machines.remnant import REMNANT
from evenhand.accountability.machines.work import (
    ACTION,
    AT_REST,
    CHALLENGE,
    DUE_DATE,
    EVIDENCE,
    LINK,
    OPEN_WORK,
    RESPONSE,
    WORK,
)

MACHINES = (
    WORK,
    RESPONSE,
    CHALLENGE,
    LINK,
    ACTION,
    EVIDENCE,
    DUE_DATE,
    CRITERION,
    CLAIM,
    SITTING,
    VERDICT,
    REDACTION,
    FINDING,
    RUN,
    COMMISSION,
    MEETING,
    PAPER,
    RELEASE,
    REMNANT,
)

__all__ = [
    "ACTION",
    "AT_REST",
    "CHALLENGE",
    "CLAIM",
    "COMMISSION",
    "CRITERION",
    "DUE_DATE",
    "EVIDENCE",
    "FINDING",
    "LINK",
    "MACHINES",
    "MEETING",
    "OPEN_WORK",
    "PAPER",
    "REDACTION",
    "RELEASE",
    "REMNANT",
    "RESPONSE",
    "RUN",
    "SITTING",
    "VERDICT",
    "WORK",
]
