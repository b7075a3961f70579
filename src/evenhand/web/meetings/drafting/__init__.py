"""Write a paper from a snapshot: our words, the register's words, and the snapshot's numbers."""

from evenhand.web.meetings.drafting.compose import compose, find_faults, material_of
from evenhand.web.meetings.drafting.openings import build_openings

__all__ = ["build_openings", "compose", "find_faults", "material_of"]
