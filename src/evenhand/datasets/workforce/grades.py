"""How high each grade stands on its own ladder, and which role types have it."""

from __future__ import annotations

from evenhand.codelists import get_codelist
from evenhand.codelists.codelist import Kind

ORDERS: dict[str, int] = {
    "constable": 1, "sergeant": 2, "inspector": 3, "chief-inspector": 4, "superintendent": 5,
    "chief-superintendent": 6,
    # Chief officers: the Metropolitan and City ranks stand beside those of other forces, as in
    # the Police Regulations 2003 (schedule of pay) and the National Police Chiefs' Council's list.
    "assistant-chief-constable": 7, "commander": 7, "chief-officer": 7,
    "deputy-chief-constable": 8, "deputy-assistant-commissioner": 8,
    "chief-constable": 9, "assistant-commissioner": 9,
    "deputy-commissioner": 10, "commissioner": 11,
    "band-g": 1, "band-f": 2, "band-e": 3, "band-d": 4, "band-c": 5, "band-b": 6, "band-a": 7,
    "special-constable": 1, "special-sergeant": 2, "special-inspector": 3,
    "special-chief-inspector": 4, "special-superintendent": 5,
}  # fmt: skip
"""From 1 at the bottom of each ladder; a grade that stands on no ladder has 1."""

_HAS: dict[str, tuple[str, ...]] = {
    "officer": ("rank", "rank-workforce"),
    "staff": ("staff-band",),
    "pcso": ("grade-other",),
    "special": ("grade-other",),
}


def get_order(grade: str) -> int:
    """The place of a grade on its ladder."""
    return ORDERS.get(grade, 1)


def build_allowed() -> dict[str, frozenset[str]]:
    """For each role type the grades somebody of it can hold.

    Designated officers are staff with a grade of their own kind.
    """
    allowed = {
        role: frozenset(
            code.code
            for codelist in lists
            for code in get_codelist(codelist).codes
            if code.kind is Kind.VALUE
        )
        for role, lists in _HAS.items()
    }
    other = get_codelist("grade-other").codes
    by_broad = {broad: frozenset(c.code for c in other if c.broad == broad) for broad in _BROADS}
    allowed["staff"] |= by_broad["staff"] | by_broad["designated"]
    allowed["pcso"] = by_broad["pcso"]
    # A special constable may be listed under the rank titles of regular officers.
    allowed["special"] = by_broad["special"] | allowed["officer"]
    return allowed


_BROADS = ("staff", "designated", "pcso", "special")
