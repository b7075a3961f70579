"""A digest as plain text: short, in order, with an address for each matter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from evenhand.accountability.owed import Level, Owed, Week

HEADS = {
    Level.OWNER: "For you to do",
    Level.SUPERIOR: "Late for two weeks or more, in your part of the register",
    Level.MEMBER: "Late for six weeks or more",
}
MOST = 15  # of one kind: a digest is read, a list is on the page


def render_digest(owed: Sequence[Owed], *, week: Week, base: str, page: str) -> str:
    """The words of a digest. ``base`` is the address of the register, ``page`` the page of all."""
    lines = [f"What needs you on the register, week {week}", ""]
    for level, of_level in groupby(owed, key=lambda each: each.level):
        lines += [HEADS[level].upper(), ""]
        for kind, of_kind in groupby(of_level, key=lambda each: each.matter.kind):
            matters = [each.matter for each in of_kind]
            lines.append(f"{kind.words} ({len(matters)})")
            for matter in matters[:MOST]:
                late = f" Late since {matter.late_since:%d %B %Y}." if matter.late_since else ""
                lines += [f"- {matter.title}", f"  {matter.why}{late}", f"  {base}{matter.place}"]
            if len(matters) > MOST:
                lines.append(f"- and {len(matters) - MOST} more")
            lines.append("")
    lines += [f"All of it: {base}{page}", "You get one such digest a week, and none when there is"]
    return "\n".join([*lines[:-1], f"{lines[-1]} nothing to say.", ""])


def title_of(week: Week, count: int) -> str:
    """The subject line. It names no matter: subject lines are shown on locked screens."""
    return f"Register, week {week}: {count} matter{'' if count == 1 else 's'} for you"
