"""Papers while they are written: begun from a snapshot, their standing sections edited."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from evenhand.accountability.convening import may_keep_meetings, may_write_paper
from evenhand.accountability.machines import PAPER
from evenhand.accountability.states import may_follow
from evenhand.core import UsageProblem, require
from evenhand.publication.papers import STANDING
from evenhand.publication.papers.word import MAX_TEMPLATE_BYTES, open_template
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event, sealed
from evenhand.web.meetings.changing import set_beside
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.drafting import build_openings
from evenhand.web.meetings.models import Paper, Snapshot, WordTemplate
from evenhand.web.meetings.plans import NOTHING, PaperPlan
from evenhand.web.meetings.queries import (
    find_earlier,
    get_commission,
    get_earlier,
    get_meeting,
    get_paper,
    get_snapshot,
    list_versions,
)
from evenhand.web.meetings.writing import add_version, stand_paper, write_text
from evenhand.web.register.queries import get_publication
from evenhand.web.work.files import save_file

TEXT_LENGTH = 20_000  # letters of one section: some six printed pages


@command(rule=may_write_paper, audit="paper.begun")
def begin_paper(*, plan: PaperPlan, by: User, at: datetime) -> Paper:
    """Begin a paper for a meeting from a snapshot; its standing sections get an opening text.

    It is compared with an earlier snapshot: the one named, else that of the last paper of its kind.

    Authorisation: `may_write_paper`. Audit: ``paper.begun``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_write_paper(actor))
    _check(plan)
    meeting = get_meeting(plan.meeting, as_of=now)
    snapshot = _snapshot(plan.snapshot)
    before = _before(plan, snapshot, now)
    if plan.publication:
        get_publication(plan.publication, as_of=now)
    asked = get_commission(plan.commission, as_of=now) if plan.commission else None
    ref = secrets.token_hex(6)
    event = record_event(
        kind="paper.begun",
        subject=f"paper:{ref}",
        by=actor,
        at=at,
        after={
            "title": plan.title.strip(),
            "kind": str(plan.kind),
            "meeting": plan.meeting,
            "snapshot": plan.snapshot,
            "before": before.ref if before else "",
            "publication": plan.publication,
            "commission": plan.commission,
        },
        touches=[meeting.subject, *([asked.subject] if asked else [])],
    )
    paper = Paper.objects.create(
        ref=ref,
        kind=plan.kind,
        title=plan.title.strip(),
        meeting_id=meeting.pk,
        publication_id=plan.publication or None,
        commission_id=asked.pk if asked else None,
        begun_by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    stand_paper(paper.pk, PAPER.start, "", event)
    earlier = before.pk if before else None
    version = add_version(paper, 1, snapshot.pk, actor.ref, event, before=earlier)
    known = set_beside(get_snapshot(snapshot.ref), get_snapshot(before.ref) if before else None)
    openings = build_openings(plan.kind, publication=plan.publication, known=known.values)
    for section, text in openings.items():
        write_text(version.pk, section, text, actor.ref, event)
    return paper


@command(rule=may_write_paper, audit="paper.edited")
def edit_section(
    *, paper: str, section: str, text: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Write the free text of a standing section; earlier texts stay on the record.

    Authorisation: `may_write_paper`. Audit: ``paper.edited``; the words are sealed.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_write_paper(actor))
    row = get_paper(paper, as_of=now)
    require_unchanged(row.subject, seen, aspect="paper")
    require(may_follow(PAPER, state=row.state, verb="edit"))
    if section not in {each.key for each in STANDING}:
        raise UsageProblem("a paper has no such section.", rule="sections-are-standing")
    if len(text) > TEXT_LENGTH:
        raise UsageProblem(
            f"a section holds at most {TEXT_LENGTH:,} letters.",
            remedy="Put the rest into a background paper.",
            rule="section-length",
        )
    version = list_versions(paper, as_of=now)[-1]
    event = record_event(
        kind="paper.edited",
        subject=row.subject,
        by=actor,
        at=at,
        after={"version": version.number, "section": section, "text": sealed(text)},
    )
    write_text(version.pk, section, text.strip(), actor.ref, event)


@command(rule=may_keep_meetings, audit="template.set")
def set_template(*, body: str, filename: str, content: bytes, by: User, at: datetime) -> None:
    """Take a Word file of a body as the template of its papers, once it has been opened.

    Authorisation: `may_keep_meetings`. Audit: ``template.set``.
    """
    actor = get_actor(by, at=at)
    require(may_keep_meetings(actor))
    party = get_party(body)
    if len(content) > MAX_TEMPLATE_BYTES:
        raise UsageProblem(
            f"the template is larger than {MAX_TEMPLATE_BYTES >> 20} MiB.",
            remedy="Take out pictures that are not part of the letterhead.",
            rule="template-size",
        )
    open_template(content)
    sha256 = hashlib.sha256(content).hexdigest()
    save_file(content, sha256=sha256)
    event = record_event(
        kind="template.set", subject=body, by=actor, at=at, after={"sha256": sha256}
    )
    supersede(WordTemplate.objects.filter(body=party), event=event)
    WordTemplate.objects.create(
        body=party,
        filename=filename[:255],
        sha256=sha256,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )


def _check(plan: PaperPlan) -> None:
    if not plan.title.strip():
        raise UsageProblem("a paper needs a title.", rule="papers-have-titles")
    if (plan.kind is PaperKind.ITEMS) != bool(plan.publication):
        raise UsageProblem(
            "a paper on one report names the report, and no other paper does.",
            rule="papers-about-one-report",
        )


def _before(plan: PaperPlan, snapshot: Snapshot, now: AsOf) -> Snapshot | None:
    if plan.before == NOTHING:
        return None
    if plan.before:
        return get_earlier(plan.before, snapshot)
    return find_earlier(plan, snapshot, as_of=now)


def _snapshot(ref: str) -> Snapshot:
    found: Snapshot | None = Snapshot.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such snapshot.", rule="snapshot-exists")
    return found
