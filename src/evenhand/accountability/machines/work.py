"""What a recommendation and everything done for it can be: work, response, challenge, link …"""

from __future__ import annotations

from evenhand.accountability.states import Machine, Move, State

WORK = Machine(
    "work",
    "recommendation",
    (
        State("not_started", "Not started", "Nobody has said that work has begun."),
        State("in_progress", "In progress", "Someone has begun. It says nothing about effect."),
        State("paused", "Paused", "Work has been stopped by a decision that gives its reason."),
        State("claimed", "Claimed complete", "The service says it is done. Nobody else has yet."),
        State("closed", "Closed", "An independent verdict found it done and shown to work."),
        State("replaced", "Replaced", "A reviewed link says that another item now covers it."),
        State("not_applicable", "Not applicable", "Ruled out, with the reason on the record."),
    ),
    (
        Move("start", "not_started", "in_progress"),
        Move("pause", "in_progress", "paused", "a reason"),
        Move("resume", "paused", "in_progress"),
        Move("claim", "in_progress", "claimed", "a level of the publication’s own scale"),
        Move("claim", "not_started", "claimed", "a level of the publication’s own scale"),
        Move("return", "claimed", "in_progress", "a reason"),
        Move("close", "claimed", "closed", "a verdict by a quorate panel"),
        Move("reopen", "closed", "in_progress", "a reason"),
        Move("replace", "not_started", "replaced", "a confirmed link that supersedes in full"),
        Move("replace", "in_progress", "replaced", "a confirmed link that supersedes in full"),
        Move("replace", "paused", "replaced", "a confirmed link that supersedes in full"),
        Move("replace", "claimed", "replaced", "a confirmed link that supersedes in full"),
        Move("restore", "replaced", "in_progress", "the link is withdrawn, or a reason"),
        Move("rule_out", "not_started", "not_applicable", "a reason"),
        Move("rule_out", "in_progress", "not_applicable", "a reason"),
        Move("rule_out", "paused", "not_applicable", "a reason"),
        Move("restore", "not_applicable", "in_progress", "a reason"),
    ),
)

RESPONSE = Machine(
    "response",
    "response",
    (
        State("none", "No response", "The body it is addressed to has not said."),
        State("accepted", "Accepted", "The body will do what it says."),
        State("in_part", "Accepted in part", "The body will do some of it; the reason says which."),
        State("rejected", "Rejected", "The body will not do it; the reason says why."),
    ),
    tuple(
        Move(verb, source, target, "a reason")
        for source in ("none", "accepted", "in_part", "rejected")
        for verb, target in (
            ("accept", "accepted"),
            ("accept_in_part", "in_part"),
            ("reject", "rejected"),
        )
        if source != target
    ),
)

CHALLENGE = Machine(
    "challenge",
    "challenge",
    (
        State("open", "Open", "Asked, and not answered."),
        State("answered", "Answered", "An answer stands; who asked has not said it is enough."),
        State("settled", "Settled", "Who asked accepts the answer."),
        State("withdrawn", "Withdrawn", "Who asked no longer asks, and said why."),
    ),
    (
        Move("answer", "open", "answered", "an answer"),
        Move("settle", "answered", "settled"),
        Move("ask_again", "answered", "open", "what the answer left out"),
        Move("withdraw", "open", "withdrawn", "a reason"),
        Move("withdraw", "answered", "withdrawn", "a reason"),
    ),
)

LINK = Machine(
    "link",
    "link",
    (
        State("proposed", "Proposed", "One person says so; nobody has checked."),
        State("confirmed", "Confirmed", "A second person agrees, and what is uncovered is said."),
        State("declined", "Declined", "A second person disagrees, and said why."),
        State("withdrawn", "Withdrawn", "It no longer holds; the reason is kept."),
    ),
    (
        Move("confirm", "proposed", "confirmed", "a reviewer who did not make it"),
        Move("decline", "proposed", "declined", "a reason"),
        Move("withdraw", "proposed", "withdrawn", "a reason"),
        Move("withdraw", "confirmed", "withdrawn", "a reason"),
    ),
)

ACTION = Machine(
    "action",
    "action",
    (
        State("planned", "Planned", "Agreed, not begun."),
        State("under_way", "Under way", "Begun."),
        State("done", "Done", "Carried out. Whether it worked is a question for evidence."),
        State("dropped", "Dropped", "Will not be done; the reason is kept."),
    ),
    (
        Move("start", "planned", "under_way"),
        Move("finish", "under_way", "done", "what was done"),
        Move("drop", "planned", "dropped", "a reason"),
        Move("drop", "under_way", "dropped", "a reason"),
        Move("resume", "done", "under_way", "a reason"),
        Move("resume", "dropped", "under_way", "a reason"),
    ),
)

EVIDENCE = Machine(
    "evidence",
    "evidence",
    (
        State("offered", "Offered", "Attached by the owner; not reviewed."),
        State("accepted", "Accepted", "Reviewed: it is what it says, and speaks for its period."),
        State("returned", "Sent back", "Reviewed and not accepted; the reason is kept."),
        State("withdrawn", "Withdrawn", "Who offered it no longer relies on it."),
    ),
    (
        Move("accept", "offered", "accepted"),
        Move("return", "offered", "returned", "a reason"),
        Move("revise", "offered", "offered", "a new version"),
        Move("revise", "accepted", "offered", "a new version"),
        Move("revise", "returned", "offered", "a new version"),
        Move("withdraw", "offered", "withdrawn", "a reason"),
        Move("withdraw", "accepted", "withdrawn", "a reason"),
        Move("withdraw", "returned", "withdrawn", "a reason"),
    ),
)

DUE_DATE = Machine(
    "due_date",
    "due date",
    (
        State("none", "No date", "Nobody has said by when."),
        State("set", "Set", "The original date stands."),
        State("extended", "Extended", "Moved later by a decision; the original is still shown."),
        State("lifted", "Lifted", "No date applies any more; the reason is kept."),
    ),
    (
        Move("set", "none", "set"),
        Move("extend", "set", "extended", "a reason and a later date"),
        Move("extend", "extended", "extended", "a reason and a later date"),
        Move("lift", "set", "lifted", "a reason"),
        Move("lift", "extended", "lifted", "a reason"),
        Move("extend", "lifted", "extended", "a reason and a date"),
    ),
)

OPEN_WORK = frozenset({"not_started", "in_progress", "paused"})
"""States in which the service itself still says there is something to do."""

AT_REST = frozenset({"closed", "replaced", "not_applicable"})
"""States in which no exception is raised: each needed somebody else's decision to reach."""
