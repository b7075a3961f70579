"""Issue a paper by a decision, correct it by a further version, or abandon it."""

from __future__ import annotations

from datetime import datetime

from evenhand.accountability.convening import may_issue, may_write_paper
from evenhand.accountability.machines import PAPER
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.publication.papers import digest, write_paper
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event, sealed_words
from evenhand.web.meetings.drafting import compose, find_faults
from evenhand.web.meetings.models import PaperIssue, Snapshot
from evenhand.web.meetings.queries import get_paper, list_texts, list_versions
from evenhand.web.meetings.writing import add_version, deliver, stand_paper, write_text


@command(rule=may_issue, audit="paper.issued")
def issue_paper(
    *, paper: str, decision: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Issue the latest version: its whole text is kept as it stands, bound by hash to the event.

    Refused while a standing section says nothing, while a figure is named that the snapshot does
    not have, and while the register, asked again, does not give the snapshot's numbers. What
    members had asked for and this paper answers is then delivered.

    Authorisation: `may_issue`. Audit: ``paper.issued``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    row = get_paper(paper, as_of=now)
    require(may_write_paper(actor))
    require_unchanged(row.subject, seen, aspect="paper")
    require(may_follow(PAPER, state=row.state, verb="issue"))
    if not decision.strip():
        raise UsageProblem(
            "a paper is issued by a decision.",
            remedy="Say who decided, and for which meeting.",
            rule="issued-by-decision",
        )
    version = list_versions(paper, as_of=now)[-1]
    require(may_issue(actor, faults=find_faults(version, as_of=now)))
    content = write_paper(compose(row, version, as_of=now, standing="Issued"))
    event = record_event(
        kind="paper.issued",
        subject=row.subject,
        by=actor,
        at=at,
        before={"state": row.state},
        after={
            "state": next_state(PAPER, state=row.state, verb="issue"),
            "version": version.number,
            "snapshot": version.snapshot,
            "sha256": digest(content),
            "decision": sealed_words(decision.strip()),
        },
        touches=[f"meeting:{row.meeting}"],
    )
    PaperIssue.objects.create(
        version_id=version.pk,
        decision=decision.strip(),
        content=content,
        sha256=digest(content),
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    stand_paper(row.pk, "issued", "", event)
    if row.commission:
        deliver(row.commission, paper=row.pk, event=event, as_of=now)


@command(rule=may_write_paper, audit="paper.correction-begun")
def correct_paper(
    *, paper: str, changed: str, why: str, by: User, at: datetime, snapshot: str = ""
) -> None:
    """Begin a corrected version; the issued one stands until the correction is issued, and after.

    Authorisation: `may_write_paper`. Audit: ``paper.correction-begun``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_write_paper(actor))
    row = get_paper(paper, as_of=now)
    require(may_follow(PAPER, state=row.state, verb="correct"))
    if not changed.strip() or not why.strip():
        raise UsageProblem(
            "a correction says what changes, and why.", rule="corrections-are-explained"
        )
    versions = list_versions(paper, as_of=now)
    last = [version for version in versions if version.issue][-1]
    number, ref = versions[-1].number + 1, snapshot or last.snapshot
    found: Snapshot | None = Snapshot.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such snapshot.", rule="snapshot-exists")
    event = record_event(
        kind="paper.correction-begun",
        subject=row.subject,
        by=actor,
        at=at,
        before={"state": row.state, "version": last.number},
        after={
            "state": "correcting",
            "version": number,
            "snapshot": ref,
            "changed": sealed_words(changed.strip()),
            "why": sealed_words(why.strip()),
        },
    )
    before = Snapshot.objects.filter(ref=last.before, recorded_at__lt=found.recorded_at).first()
    version = add_version(
        row.pk,
        number,
        found.pk,
        actor.ref,
        event,
        before=before.pk if before else None,
        changed=changed.strip(),
        why=why.strip(),
    )
    for section, text in list_texts(last.pk, as_of=now).items():
        write_text(version.pk, section, text, actor.ref, event)
    stand_paper(row.pk, "correcting", why.strip(), event)


@command(rule=may_write_paper, audit="paper.abandoned")
def abandon_paper(*, paper: str, reason: str, by: User, at: datetime) -> None:
    """Stop writing a draft or a correction, and say why; an issued version stays issued.

    Authorisation: `may_write_paper`. Audit: ``paper.abandoned``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_write_paper(actor))
    row = get_paper(paper, as_of=now)
    require(may_follow(PAPER, state=row.state, verb="abandon"))
    if not reason.strip():
        raise UsageProblem("giving a paper up needs a reason.", rule="moves-have-reasons")
    state = next_state(PAPER, state=row.state, verb="abandon")
    event = record_event(
        kind="paper.abandoned",
        subject=row.subject,
        by=actor,
        at=at,
        before={"state": row.state},
        after={"state": state, "reason": sealed_words(reason)},
    )
    stand_paper(row.pk, state, reason.strip(), event)
