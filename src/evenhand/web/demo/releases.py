"""What the demo has let out to the public: two releases of a report, one withdrawn page, one
proposal that waits for a second person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from evenhand.web.accounts.models import User
from evenhand.web.demo.moments import moment_of
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.services import prepare_redaction, review_redaction
from evenhand.web.judgement.twins import Twin
from evenhand.web.register.plans import PublicationPlan
from evenhand.web.releases.attached import list_attached
from evenhand.web.releases.gathering import Asked, gather, list_words, view_at
from evenhand.web.releases.queries.proposals import list_proposals
from evenhand.web.releases.services import approve_release, propose_release, withdraw_release
from evenhand.web.work.queries import RELIED_ON, list_evidence

Users = dict[str, User]

FIRST = "The first public account of what was recommended and where it stands."
SECOND = "Half-yearly account: states, dates and levels as they now stand."
WRONG = "The due date shown here was that of another recommendation. It will be put right."
TWIN = b"How sergeants were trained, counted by month. Made up for this demonstration.\n"
LEFT_OUT = "The names of those who attended, and the station of one of them."
DAYS = (200, 30, 29, 3)
"""Before today: the first release, the second, the withdrawal, and the proposal that waits."""


def plan_releases(
    add: Callable[[date, Callable[[], object]], None],
    plans: Sequence[PublicationPlan],
    *,
    today: date,
    users: Users,
) -> None:
    """Put the releases on the calendar: of the first report, and of the last."""
    first, last = plans[0].ref, plans[-1].ref
    on = [today - timedelta(days) for days in DAYS]
    add(on[0], partial(_release, "Lantern: first release", FIRST, first, on[0], users))
    reports = (first, last)
    add(on[1], partial(_prepare_twin, first, on[1], users))
    add(on[1], partial(_release, "Half-yearly release", SECOND, reports, on[1], users))
    add(on[2], partial(_withdraw, f"{first}/2", on[2], users))
    add(on[3], partial(_propose_words, f"{first}/1", on[3], users))


def _prepare_twin(report: str, on: date, users: Users) -> None:
    """A public version of one piece of the report's evidence, passed by a second person."""
    at = moment_of(on, users).at - timedelta(hours=1)
    view = AsOf.now(at)
    of_report = [
        each
        for each in list_evidence(as_of=view)
        if each.state in RELIED_ON and any(item.startswith(f"{report}/") for item, _ in each.uses)
    ]
    for each in of_report[:1]:
        twin = Twin(TWIN, "public-version.txt", "text/plain", LEFT_OUT)
        ref = prepare_redaction(evidence=each.ref, twin=twin, by=users["analyst"], at=at)
        review_redaction(redaction=ref, verb="pass", by=users["secretariat"], at=at)


def _release(
    title: str, statement: str, reports: str | tuple[str, ...], on: date, users: Users
) -> None:
    now = moment_of(on, users)
    asked = Asked(publications=(reports,) if isinstance(reports, str) else reports)
    view = view_at(now.at - timedelta(minutes=1))  # of what was there before the same morning
    rows = [each.row for each in gather(asked, as_of=view)]
    files = [each.id for each in list_attached(rows, as_of=view) if not each.why_not]
    asked = replace(asked, files=frozenset(files))
    ref = propose_release(
        title=title,
        statement=statement,
        reasons="Agreed at the last meeting.",
        asked=asked,
        by=users["secretariat"],
        at=now.at,
    )
    approve_release(release=ref, by=users["member"], at=now.at + timedelta(hours=2))


def _withdraw(ref: str, on: date, users: Users) -> None:
    newest = list_proposals(state="released")[0]
    withdraw_release(
        release=newest.ref,
        reason=WRONG,
        recommendations=[ref],
        by=users["secretariat"],
        at=moment_of(on, users).at,
    )


def _propose_words(ref: str, on: date, users: Users) -> None:
    """One recommendation with the latest progress its owner told, for a member to decide."""
    now = moment_of(on, users)
    asked, view = Asked(recommendations=(ref,)), view_at(now.at)
    words = list_words([each.row for each in gather(asked, as_of=view)], as_of=view)
    told = [each.id for each in words if each.kind == "progress"][:1]
    propose_release(
        title="What has been done about the first recommendation",
        statement="The owner’s own words about progress are published for the first time.",
        reasons="Asked for by a member.",
        asked=Asked(recommendations=(ref,), words=frozenset(told)),
        by=users["secretariat"],
        at=now.at,
    )
