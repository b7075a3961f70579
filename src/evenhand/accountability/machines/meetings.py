"""Machines of meetings: a commissioned report, a meeting, a paper."""

from __future__ import annotations

from evenhand.accountability.states import Machine, Move, State

COMMISSION = Machine(
    "commission",
    "commissioned report",
    (
        State("asked_for", "Asked for", "Members want it by a meeting; nothing has come."),
        State("delivered", "Delivered", "A paper that answers it was issued."),
        State("accepted", "Accepted", "Members took it as the answer to what they asked."),
        State("withdrawn", "Withdrawn", "Members no longer ask for it, and said why."),
    ),
    (
        Move("postpone", "asked_for", "asked_for", "a later meeting and a reason"),
        Move("deliver", "asked_for", "delivered", "an issued paper"),
        Move("accept", "delivered", "accepted"),
        Move("send_back", "delivered", "asked_for", "what the report left out, and a meeting"),
        Move("withdraw", "asked_for", "withdrawn", "a reason"),
    ),
)

MEETING = Machine(
    "meeting",
    "meeting",
    (
        State("planned", "Planned", "It has a day; its agenda may still change."),
        State("held", "Held", "It took place; minutes are being written."),
        State("minuted", "Minutes agreed", "Members agreed the minutes; corrections stand beside."),
        State("cancelled", "Cancelled", "It did not take place; the reason is kept."),
    ),
    (
        Move("move", "planned", "planned", "another day and a reason"),
        Move("hold", "planned", "held"),
        Move("agree", "held", "minuted"),
        Move("cancel", "planned", "cancelled", "a reason"),
    ),
)

PAPER = Machine(
    "paper",
    "paper",
    (
        State("draft", "Draft", "Being written; nobody may rely on it."),
        State("issued", "Issued", "Decided on and sent to members; its text is kept for good."),
        State("correcting", "Being corrected", "A new version is written; the issued one stands."),
        State("abandoned", "Abandoned", "Never issued; the reason is kept."),
    ),
    (
        Move("edit", "draft", "draft"),
        Move("edit", "correcting", "correcting"),
        Move("issue", "draft", "issued", "every standing section, and a decision"),
        Move("correct", "issued", "correcting", "what is wrong, and why"),
        Move("issue", "correcting", "issued", "every standing section, and a decision"),
        Move("abandon", "draft", "abandoned", "a reason"),
        Move("abandon", "correcting", "issued", "a reason"),
    ),
)
