"""The machine of a release: two people to publish, a notice where it was withdrawn."""

from __future__ import annotations

from evenhand.accountability.states import Machine, Move, State

RELEASE = Machine(
    "release",
    "release",
    (
        State("proposed", "Proposed", "One person says so; nothing is public."),
        State("released", "Released", "A second person agreed; a frozen copy is public."),
        State("declined", "Declined", "A second person disagreed, and said why."),
        State("taken_back", "Taken back", "Who proposed it no longer does."),
        State("withdrawn", "Withdrawn", "No longer public; a notice with the reason stands."),
    ),
    (
        Move("approve", "proposed", "released", "another person"),
        Move("decline", "proposed", "declined", "another person and a reason"),
        Move("take_back", "proposed", "taken_back"),
        Move("withdraw", "released", "withdrawn", "a reason for the public"),
    ),
)
