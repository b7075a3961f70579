"""The machine of a remnant: found when words were erased; at an end when it was no match.

That it was withdrawn, corrected or erased is not a state of its own: the copy itself shows it.
"""

from __future__ import annotations

from evenhand.accountability.states import Machine, Move, State

REMNANT = Machine(
    "remnant",
    "copy to put right",
    (
        State("found", "Found", "A frozen copy held what was erased or withdrawn."),
        State("dismissed", "No match", "A person looked: the words are not those."),
    ),
    (Move("dismiss", "found", "dismissed", "a reason"),),
)
