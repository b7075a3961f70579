"""The machines of the register: work and what belongs to it, then criterion, claim and verdict.

Their diagrams are drawn from here into ``docs/reference/states.md`` by ``tools/draw_states.py``.
"""

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

CRITERION = Machine(
    "criterion",
    "criterion",
    (
        State("proposed", "Proposed", "One side says by which measure it shall be judged."),
        State(
            "half_agreed", "Agreed by one side", "Owner or secretariat agrees; the other not yet."
        ),
        State("agreed", "Agreed", "A named person of each side agrees."),
        State("frozen", "Frozen", "A panel has been asked to judge by it; it cannot change."),
        State("replaced", "Replaced", "A later version takes its place; this one stays readable."),
    ),
    (
        Move("agree", "proposed", "half_agreed", "a person of one side"),
        Move("agree", "half_agreed", "agreed", "another person, of the other side"),
        Move("freeze", "agreed", "frozen", "a sitting that is convened"),
        Move("replace", "proposed", "replaced", "a new version"),
        Move("replace", "half_agreed", "replaced", "a new version"),
        Move("replace", "agreed", "replaced", "a new version"),
        Move("replace", "frozen", "replaced", "a new version, while no sitting is open"),
    ),
)

CLAIM = Machine(
    "claim",
    "claim",
    (
        State("made", "Made", "The owner says that a level is reached, and on which evidence."),
        State("before_panel", "Before the panel", "A sitting has been convened on it."),
        State("upheld", "Upheld", "A quorate panel agrees."),
        State("not_upheld", "Not upheld", "A quorate panel does not agree; its reasons are kept."),
        State("withdrawn", "Withdrawn", "The owner no longer claims it, and said why."),
        State("replaced", "Replaced", "The owner claimed again before it was judged."),
    ),
    (
        Move("convene", "made", "before_panel", "an agreed criterion and accepted evidence"),
        Move("abandon", "before_panel", "made", "a sitting that could not decide"),
        Move("uphold", "before_panel", "upheld", "the verdict of a quorate panel"),
        Move("reject", "before_panel", "not_upheld", "the verdict of a quorate panel"),
        Move("withdraw", "made", "withdrawn", "a reason"),
        Move("replace", "made", "replaced", "a new claim"),
    ),
)

SITTING = Machine(
    "sitting",
    "sitting",
    (
        State("open", "Open", "Members see the bundle, declare interests and vote."),
        State("decided", "Decided", "A quorum voted; the verdict is on the record."),
        State("abandoned", "Abandoned", "It ended without a verdict, and the reason is kept."),
    ),
    (
        Move("conclude", "open", "decided", "a quorum of votes, and everything as it was shown"),
        Move("abandon", "open", "abandoned", "a reason"),
    ),
)

VERDICT = Machine(
    "verdict",
    "verdict",
    (
        State("stands", "Stands", "What the panel found holds."),
        State("lapsed", "Lapsed", "By rule: the measure worsened, or the evidence went stale."),
        State("reopened", "Reopened", "Somebody opened the item again, and said why."),
        State("replaced", "Replaced", "A later verdict takes its place; this one stays readable."),
    ),
    (
        Move("recheck", "stands", "stands", "what was looked at, and what was seen"),
        Move("lapse", "stands", "lapsed", "a rule: nobody decides it"),
        Move("reopen", "stands", "reopened", "a reason"),
        Move("reopen", "lapsed", "reopened", "a reason"),
        Move("replace", "stands", "replaced", "a later verdict"),
        Move("replace", "lapsed", "replaced", "a later verdict"),
        Move("replace", "reopened", "replaced", "a later verdict"),
    ),
)

REDACTION = Machine(
    "redaction",
    "public twin",
    (
        State("prepared", "Prepared", "One person made a version without private matter."),
        State("passed", "Passed", "A second person found nothing private left in it."),
        State("sent_back", "Sent back", "A second person found something; the reason is kept."),
        State("withdrawn", "Withdrawn", "It may no longer be shown; the reason is kept."),
    ),
    (
        Move("pass", "prepared", "passed", "a person who did not make it"),
        Move("send_back", "prepared", "sent_back", "a reason"),
        Move("withdraw", "passed", "withdrawn", "a reason"),
    ),
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
)

OPEN_WORK = frozenset({"not_started", "in_progress", "paused"})
"""States in which the service itself still says there is something to do."""

AT_REST = frozenset({"closed", "replaced", "not_applicable"})
"""States in which no exception is raised: each needed somebody else's decision to reach."""
