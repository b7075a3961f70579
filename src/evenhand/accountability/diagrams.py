"""Draw a state machine as a Mermaid diagram and as a table that reads without the picture."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.accountability.states import Machine

_OPENING = """# States

Drawn from `evenhand.accountability.machines` by `tools/draw_states.py`; a test fails when this
page is not what the code says. Who may make a move is in `evenhand.accountability.permissions`.
"""


def render_mermaid(machine: Machine) -> str:
    """The machine as a Mermaid ``stateDiagram-v2``, without fences."""
    lines = ["stateDiagram-v2", f"    [*] --> {machine.start}"]
    lines += [f"    {state.code} : {state.words}" for state in machine.states]
    lines += [
        f"    {move.source} --> {move.target} : {move.verb.replace('_', ' ')}"
        for move in machine.moves
    ]
    return "\n".join(lines)


def render_states(machines: Iterable[Machine]) -> str:
    """The documentation page over all machines, as Markdown."""
    return "\n".join([_OPENING, *(_section(machine) for machine in machines)])


def _section(machine: Machine) -> str:
    states = "\n".join(f"| {state.words} | {state.meaning} |" for state in machine.states)
    moves = "\n".join(
        f"| {move.verb.replace('_', ' ')} | {machine.state(move.source).words} | "
        f"{machine.state(move.target).words} | {move.needs or '–'} |"
        for move in machine.moves
    )
    return (
        f"## {machine.title[0].upper()}{machine.title[1:]}\n\n"
        f"```mermaid\n{render_mermaid(machine)}\n```\n\n"
        f"| State | What it means |\n|---|---|\n{states}\n\n"
        f"| Move | From | To | Needs |\n|---|---|---|---|\n{moves}\n"
    )
