"""What is judged, and by whom: criterion, claim, sitting, verdict, redaction."""

from __future__ import annotations

from evenhand.accountability.states import Machine, Move, State

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
