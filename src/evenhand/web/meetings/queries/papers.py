"""Questions about papers: their versions, their texts, and what was issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.accountability.machines import PAPER
from evenhand.accountability.roles import ANYWHERE, Where
from evenhand.core import LedgerBroken
from evenhand.publication.papers import Paper, digest, read_paper
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.models import (
    PaperIssue,
    PaperStanding,
    PaperText,
    PaperVersion,
    WordTemplate,
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper and how it stood; ``where`` is the part of the register it is about."""

    pk: int
    ref: str
    kind: str
    title: str
    meeting: str
    meeting_pk: int
    publication: str
    inquiry: str
    commission: str
    state: str
    reason: str
    begun_by: str

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"paper:{self.ref}"

    @property
    def words(self) -> str:
        """What a page calls its state."""
        return PAPER.state(self.state).words

    @property
    def where(self) -> Where:
        """A paper about one report reaches that inquiry; any other reaches the whole register."""
        return Where(inquiry=self.inquiry) if self.inquiry else ANYWHERE


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A version as issued."""

    decision: str
    content: str
    sha256: str
    by: str
    at: datetime

    @property
    def erased(self) -> bool:
        """Whether the law required its words to go."""
        return self.content == ERASED

    @property
    def paper(self) -> Paper:
        """The paper as it was issued; refused where the text is not what was kept."""
        if self.erased:
            raise NotThere("the text of this version was erased as the law requires.")
        if digest(self.content) != self.sha256:
            raise LedgerBroken("an issued paper is not what was issued.", rule="paper-hash")
        return read_paper(self.content)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version: its snapshot, the earlier one beside it, what it changes and why, its issue."""

    pk: int
    number: int
    snapshot: str
    snapshot_title: str
    before: str
    before_title: str
    changed: str
    why: str
    by: str
    at: datetime
    issue: IssueRow | None


def list_papers(*, as_of: AsOf, meeting: str = "") -> list[PaperRow]:
    """Papers, the latest begun first."""
    found = PaperStanding.objects.as_of(as_of.moment).select_related(
        "paper__meeting", "paper__publication__inquiry", "paper__commission"
    )
    if meeting:
        found = found.filter(paper__meeting__ref=meeting)
    return [_paper(row) for row in found.order_by("-paper__recorded_at", "-pk")]


def get_paper(ref: str, *, as_of: AsOf) -> PaperRow:
    """The paper with this reference."""
    found = PaperStanding.objects.as_of(as_of.moment).select_related(
        "paper__meeting", "paper__publication__inquiry", "paper__commission"
    )
    row = found.filter(paper__ref=ref).first()
    if row is None:
        raise NotThere("there is no such paper at that date.", rule="paper-exists")
    return _paper(row)


def list_versions(paper: str, *, as_of: AsOf) -> list[VersionRow]:
    """The versions of a paper in order, each with its issue where it had been issued."""
    versions = PaperVersion.objects.as_of(as_of.moment).filter(paper__ref=paper)
    issues = {
        issue.version_id: issue
        for issue in PaperIssue.objects.as_of(as_of.moment).filter(version__paper__ref=paper)
    }
    rows = versions.select_related("snapshot", "before").order_by("number")
    rows = rows.defer("snapshot__content", "before__content")  # megabytes each
    return [_version(row, issues.get(row.pk)) for row in rows]


def get_version(paper: str, number: int, *, as_of: AsOf) -> VersionRow:
    """One version of a paper."""
    for version in list_versions(paper, as_of=as_of):
        if version.number == number:
            return version
    raise NotThere("the paper has no such version.", rule="version-exists")


def list_texts(version: int, *, as_of: AsOf) -> dict[str, str]:
    """The free text of each standing section of a version (by key), as it stood."""
    found = PaperText.objects.as_of(as_of.moment).filter(version=version)
    return dict(found.values_list("section", "text"))


def find_template(body: str, *, as_of: AsOf) -> WordTemplate | None:
    """The Word template of a body, where it has one."""
    kind, _, ref = body.partition(":")
    found: WordTemplate | None = (
        WordTemplate.objects.as_of(as_of.moment).filter(body__kind=kind, body__ref=ref).first()
    )
    return found


def _paper(row: PaperStanding) -> PaperRow:
    paper = row.paper
    publication: Any = paper.publication
    return PaperRow(
        paper.pk,
        paper.ref,
        paper.kind,
        paper.title,
        paper.meeting.ref,
        paper.meeting.pk,
        publication.ref if publication else "",
        publication.inquiry.ref if publication else "",
        paper.commission.ref if paper.commission else "",
        row.state,
        row.reason,
        paper.begun_by,
    )


def _version(row: PaperVersion, issue: PaperIssue | None) -> VersionRow:
    issued = (
        IssueRow(issue.decision, issue.content, issue.sha256, issue.by, issue.recorded_at)
        if issue
        else None
    )
    snapshot, before = row.snapshot, row.before
    return VersionRow(
        row.pk,
        row.number,
        snapshot.ref,
        snapshot.title,
        before.ref if before else "",
        before.title if before else "",
        row.changed,
        row.why,
        row.by,
        row.recorded_at,
        issued,
    )
