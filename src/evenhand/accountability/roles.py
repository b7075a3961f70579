"""Roles, what each is limited to, and who is acting: the values every permission rule reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.core import UsageProblem


class Role(StrEnum):
    """What somebody is to the register; one person may hold several, each with its own limits."""

    MEMBER = "member"
    SECRETARIAT = "secretariat"
    OWNER = "owner"
    PANEL_MEMBER = "panel_member"
    UNIT_COMMANDER = "unit_commander"
    ANALYST = "analyst"
    COMMUNITY_MONITOR = "community_monitor"
    ASSOCIATION = "association"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return self.value.replace("_", " ").capitalize()


class ScopeKind(StrEnum):
    """What a role can be limited to."""

    EVERYTHING = "everything"
    BODY = "body"
    UNIT = "unit"
    INQUIRY = "inquiry"


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the register a role reaches: all of it, one body, one unit or one inquiry."""

    kind: ScopeKind = ScopeKind.EVERYTHING
    ref: str = ""

    def __post_init__(self) -> None:
        if (self.kind is ScopeKind.EVERYTHING) == bool(self.ref):
            raise UsageProblem(
                "a scope names one body, unit or inquiry, or is everything.", rule="scope-shape"
            )

    def covers(self, where: Where) -> bool:
        """Whether something that sits ``where`` lies within this scope."""
        match self.kind:
            case ScopeKind.EVERYTHING:
                return True
            case ScopeKind.INQUIRY:
                return where.inquiry == self.ref
            case ScopeKind.BODY:
                return self.ref in where.bodies
            case ScopeKind.UNIT:
                return self.ref in where.units


@dataclass(frozen=True, slots=True)
class Where:
    """Where something sits: its inquiry, the bodies it is addressed to, the units that hold it."""

    inquiry: str = ""
    bodies: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


ANYWHERE = Where()
"""What belongs to no part: only a role over everything reaches it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role with its scope and its dates, both ends included; no end means until further notice.

    Examples
    --------
    >>> term = Grant(Role.MEMBER, starts=date(2004, 1, 1), ends=date(2008, 6, 30))
    >>> term.holds_on(date(2008, 6, 30)), term.holds_on(date(2008, 7, 1))
    (True, False)

    A term ends with its last day, not before it.
    """

    role: Role
    scope: Scope = Scope()
    starts: date = date.min
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the role was held on this day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting, today: their reference, their roles, and the owners they speak for.

    ``speaks_for`` holds their own reference and those of the teams they belong to on this day.
    A visitor who has not signed in is :data:`VISITOR`.
    """

    ref: str
    on: date
    grants: tuple[Grant, ...] = ()
    speaks_for: frozenset[str] = frozenset()

    def roles(self) -> frozenset[Role]:
        """The roles held today, over anything at all."""
        held = {grant.role for grant in self.grants if grant.holds_on(self.on)}
        return frozenset(held | {Role.PUBLIC})

    def has(self, *roles: Role, where: Where | None = None) -> bool:
        """Whether one of these roles is held today, and reaches ``where`` (None: anything)."""
        return any(
            grant.role in roles
            and grant.holds_on(self.on)
            and (where is None or grant.scope.covers(where))
            for grant in self.grants
        )


VISITOR = Actor("person:visitor", date.min)
"""Nobody in particular: the public."""
