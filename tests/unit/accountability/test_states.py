"""State machines: what they permit, and that the page which shows them is what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.diagrams import render_states
from evenhand.accountability.machines import MACHINES, WORK
from evenhand.accountability.states import Machine, Move, State, may_follow, next_state
from evenhand.core import UsageProblem

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "states.md"


def test_the_documentation_shows_the_machines_as_they_are():
    assert PAGE.read_text(encoding="utf-8") == render_states(MACHINES), (
        "docs/reference/states.md is stale: run python tools/draw_states.py"
    )


def test_only_one_move_closes_and_it_needs_a_verdict():
    closing = [move for move in WORK.moves if move.target == "closed"]
    assert [(move.source, move.verb) for move in closing] == [("claimed", "close")]
    assert "quorate panel" in closing[0].needs


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_move_that_is_permitted_can_be_made_and_no_other(machine):
    verbs = {move.verb for move in machine.moves}
    for state in machine.codes:
        for verb in verbs:
            if may_follow(machine, state=state, verb=verb):
                assert next_state(machine, state=state, verb=verb) in machine.codes
            else:
                with pytest.raises(UsageProblem):
                    next_state(machine, state=state, verb=verb)


@given(st.sampled_from(MACHINES), st.lists(st.integers(0, 99), max_size=30))
def test_no_walk_leaves_the_named_states(machine, choices):
    state = machine.start
    for choice in choices:
        verbs = machine.verbs_from(state)
        if not verbs:
            break
        state = next_state(machine, state=state, verb=verbs[choice % len(verbs)])
        assert machine.state(state).meaning


def test_a_refusal_says_what_is_possible_instead():
    decision = may_follow(WORK, state="closed", verb="pause")
    assert not decision
    assert "reopen" in decision.reason


A, B = State("a", "A", "."), State("b", "B", ".")


@pytest.mark.parametrize(
    ("states", "moves", "said"),
    [
        ((A, A), (), "twice"),
        ((A, B), (), "nothing leads to b"),
        ((A, B), (Move("go", "a", "c"),), "not named"),
        ((A, B), (Move("go", "a", "b"), Move("go", "a", "a")), "two ways"),
    ],
)
def test_a_machine_that_is_not_whole_cannot_be_made(states, moves, said):
    with pytest.raises(UsageProblem, match=said):
        Machine("m", "thing", states, moves)
