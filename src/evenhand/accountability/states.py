"""State machines as values: which states there are, and which move leads from which to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.core import Decision, UsageProblem


@dataclass(frozen=True, slots=True)
class State:
    """One state: its code, what a page calls it, and what a reader may conclude from it."""

    code: str
    words: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted step. ``verb`` is how a person would say it; ``needs`` what must be there."""

    verb: str
    source: str
    target: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """The states one kind of thing can be in, and the moves between them.

    A machine is checked when it is made: every move joins known states, no verb is ambiguous
    from one state, and every state can be reached from the first.
    """

    name: str
    title: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        problem = _check_shape(self)
        if problem:
            raise UsageProblem(f"machine {self.name}: {problem}.", rule="machines-are-whole")

    @property
    def start(self) -> str:
        """The state in which everything of this kind begins."""
        return self.states[0].code

    @property
    def codes(self) -> tuple[str, ...]:
        """The states' codes in order."""
        return tuple(state.code for state in self.states)

    def state(self, code: str) -> State:
        """The state with this code; refused when there is none."""
        for state in self.states:
            if state.code == code:
                return state
        raise UsageProblem(
            f"{self.name} has no state {code!r}.",
            remedy=f"Use one of: {', '.join(self.codes)}.",
            rule="states-are-named",
        )

    def verbs_from(self, code: str) -> tuple[str, ...]:
        """What may be done next to a thing in this state."""
        return tuple(move.verb for move in self.moves if move.source == code)


def may_follow(machine: Machine, *, state: str, verb: str) -> Decision:
    """May this be done to a thing in this state? Who may do it is another question."""
    if any(move.source == state and move.verb == verb for move in machine.moves):
        return Decision(True)
    words = machine.state(state).words.lower()
    possible = ", ".join(machine.verbs_from(state)) or "nothing"
    return Decision(
        False, f"This {machine.title} is {words}: “{verb}” cannot follow. Possible: {possible}."
    )


def next_state(machine: Machine, *, state: str, verb: str) -> str:
    """Which state does this move lead to?

    Raises
    ------
    UsageProblem
        When the move does not exist: ask :func:`may_follow` first and show its reason.

    Examples
    --------
    >>> from evenhand.accountability.machines import CHALLENGE
    >>> next_state(CHALLENGE, state="open", verb="answer")
    'answered'

    An answered challenge is not yet a closed one: who asked says whether the answer is enough.
    """
    for move in machine.moves:
        if move.source == state and move.verb == verb:
            return move.target
    raise UsageProblem(
        f"{machine.name}: there is no move {verb!r} from {state!r}.", rule="moves-are-named"
    )


def _check_shape(machine: Machine) -> str:
    codes = {state.code for state in machine.states}
    if len(codes) != len(machine.states):
        return "a state is named twice"
    steps: Mapping[tuple[str, str], int] = {
        (move.source, move.verb): number for number, move in enumerate(machine.moves)
    }
    if len(steps) != len(machine.moves):
        return "one verb leads two ways from one state"
    for move in machine.moves:
        if not {move.source, move.target} <= codes:
            return f"the move {move.verb!r} joins a state that is not named"
    lost = codes - _reached(machine)
    return f"nothing leads to {', '.join(sorted(lost))}" if lost else ""


def _reached(machine: Machine) -> set[str]:
    found = {machine.states[0].code}
    for _ in machine.states:
        found |= {move.target for move in machine.moves if move.source in found}
    return found
