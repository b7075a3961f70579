"""The made-up people, teams and bodies of the demo, and one account for every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evenhand.accountability.roles import Role, Scope, ScopeKind
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.founding import found_installation
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_account
from evenhand.web.accounts.services import grant_role, join_team, open_account, record_party
from evenhand.web.demo.reports import DEPARTMENT, SERVICE

TEAMS = {
    "operations": "Operations",
    "learning": "Learning and development",
    "people": "People and careers",
    "standards": "Professional standards",
    "investigation": "Investigation and families",
    "community": "Community partnership",
    "performance": "Performance and data",
    "diversity": "Diversity directorate (closed)",
}
BODIES = {
    SERVICE: "Fenmarsh Police (made up)",
    DEPARTMENT: "Department of the Interior (made up)",
    "body:fenmarsh-authority": "Fenmarsh Police Authority (made up)",
    "body:harbour-college": "Harbour College (made up)",
    "body:tidewater-trust": "Tidewater Community Trust (made up)",
}


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Part:
    """An account of the demo: its name, role, limits, and the teams its person speaks for.

    ``also`` are further parts over which the role is held: a unit as the figures name it.
    """

    username: str
    role: Role
    title: str
    scope: Scope = EVERYTHING
    teams: tuple[str, ...] = ()
    also: tuple[Scope, ...] = ()


PARTS = (
    Part("secretariat", Role.SECRETARIAT, "Demo secretary"),
    Part("member", Role.MEMBER, "Demo member"),
    Part(
        "owner",
        Role.OWNER,
        "Demo owner",
        teams=("operations", "learning", "investigation", "community"),
    ),
    Part(
        "owner2",
        Role.OWNER,
        "Demo second owner",
        teams=("people", "standards", "performance", "diversity"),
    ),
    Part("panel", Role.PANEL_MEMBER, "Demo panel member"),
    Part(
        "commander",
        Role.UNIT_COMMANDER,
        "Demo unit commander",
        Scope(ScopeKind.UNIT, "team:operations"),
        also=(Scope(ScopeKind.UNIT, "unit:birch-cross"),),
    ),
    Part("analyst", Role.ANALYST, "Demo analyst"),
    Part("monitor", Role.COMMUNITY_MONITOR, "Demo community monitor"),
    Part(
        "association",
        Role.ASSOCIATION,
        "Demo staff association",
        Scope(ScopeKind.INQUIRY, "faith"),
    ),
)
BENCH = tuple(
    Part(f"panel{number}", Role.PANEL_MEMBER, f"Demo panel member {number}")
    for number in range(2, 7)
)
"""More panel members, so that a quorum is left where some are barred."""

ADMINISTRATOR = "admin"


def assemble(*, password: str, at: datetime) -> dict[str, User]:
    """Found the installation and give every part its person, account and role."""
    admin = found_installation(
        name="Demo administrator", username=ADMINISTRATOR, password=password, at=at
    )
    users = {ADMINISTRATOR: admin}
    secretary = PARTS[0]
    person = record_party(kind=PartyKind.PERSON, name=secretary.title, by=admin, at=at)
    users[secretary.username] = _enrol(secretary, person.subject, admin, password, at)
    keeper = users[secretary.username]
    for ref, title in TEAMS.items():
        record_party(kind=PartyKind.TEAM, name=title, ref=ref, by=keeper, at=at)
    for subject, title in BODIES.items():
        ref = subject.partition(":")[2]
        record_party(kind=PartyKind.BODY, name=title, ref=ref, by=keeper, at=at)
    for part in (*PARTS[1:], *BENCH):
        person = record_party(kind=PartyKind.PERSON, name=part.title, by=keeper, at=at)
        users[part.username] = _enrol(part, person.subject, admin, password, at)
        for team in part.teams:
            _join(person.subject, team, keeper, at)
    return users


def _enrol(part: Part, person: str, admin: User, password: str, at: datetime) -> User:
    open_account(person=person, username=part.username, password=password, by=admin, at=at)
    for scope in (part.scope, *part.also):
        grant_role(person=person, role=part.role, scope=scope, starts=at.date(), by=admin, at=at)
    return get_account(part.username)


def _join(person: str, team: str, keeper: User, at: datetime) -> None:
    join_team(person=person, team=f"team:{team}", starts=at.date(), by=keeper, at=at)
