"""What was measured: a finding and a measurement."""

from __future__ import annotations

from evenhand.accountability.states import Machine, Move, State

FINDING = Machine(
    "finding",
    "finding",
    (
        State("new", "Not reviewed", "Computed; no analyst has looked at it yet."),
        State("accepted", "Accepted", "An analyst has looked and stands by it."),
        State("dismissed", "Dismissed", "An analyst says why it should not be acted on."),
    ),
    (
        Move("accept", "new", "accepted"),
        Move("dismiss", "new", "dismissed", "a reason"),
        Move("accept", "dismissed", "accepted", "a reason"),
        Move("dismiss", "accepted", "dismissed", "a reason"),
    ),
)

RUN = Machine(
    "run",
    "measurement",
    (
        State("standing", "Standing", "Its figures are shown and criteria are judged by them."),
        State("withdrawn", "Withdrawn", "Its figures are shown no more; the reason is kept."),
    ),
    (
        Move("withdraw", "standing", "withdrawn", "a reason"),
        Move("restore", "withdrawn", "standing", "a reason"),
    ),
)
