"""Write the diagrams of the register's state machines into the documentation."""

from __future__ import annotations

from pathlib import Path

from evenhand.accountability.diagrams import render_states
from evenhand.accountability.machines import MACHINES

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "states.md"


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(render_states(MACHINES), encoding="utf-8")


if __name__ == "__main__":
    main()
