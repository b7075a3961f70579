"""A year of quarterly meetings: reports asked for, papers from snapshots, decisions, a correction.

Played through the ordinary commands between the days of the other history: four meetings that were
held, the next one with a paper that is still being written, and one after it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from evenhand.web.accounts.models import User
from evenhand.web.demo import minutes as words
from evenhand.web.demo.moments import LONDON
from evenhand.web.meetings import services
from evenhand.web.meetings.choices import MinuteKind, PaperKind
from evenhand.web.meetings.frozen import Frozen
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.meetings.queries import get_snapshot

AUTHORITY = "body:fenmarsh-authority"
QUARTER = 91
COUNTED, SENT, AFTER = (
    16,
    10,
    6,
)  # days before a meeting to count, to send papers; after, to correct
Calendar = Callable[[date, Callable[[], object]], None]


@dataclass
class Year:
    """What the steps of the year have made so far, by the number of the meeting."""

    users: dict[str, User]
    today: date
    report: str
    meetings: list[str] = field(default_factory=list)
    snapshots: dict[int, Frozen] = field(default_factory=dict)
    papers: dict[int, str] = field(default_factory=dict)
    items: dict[int, str] = field(default_factory=dict)
    commissions: dict[int, str] = field(default_factory=dict)

    def day(self, number: int) -> date:
        """The day of a meeting: 0 to 3 were held, 4 is the next, 5 the one after."""
        return self.today + timedelta(round(QUARTER * (number - 3.7)))

    def at(self, on: date) -> datetime:
        """Five in the afternoon: after all else that happens on a day of the demo."""
        return datetime.combine(on, time(17), tzinfo=LONDON)


def plan_year(year: Year, put: Calendar) -> None:
    """Put every step of the year on the calendar of the demo."""
    first = year.day(0) - timedelta(70)
    put(first, lambda: _open(year, first))
    for number in range(5):
        _plan_meeting(year, number, put)
    put(year.day(0) - timedelta(60), lambda: _commission(year, 0, 0, 60))
    put(year.day(1) - timedelta(60), lambda: _commission(year, 1, 1, 60))
    put(year.day(1) - timedelta(20), lambda: _postpone(year))
    put(year.day(3) - timedelta(60), lambda: _commission(year, 2, 3, 60))
    late = year.today - timedelta(12)
    put(late, lambda: _commission_on(year, 3, 4, late))


def _plan_meeting(year: Year, number: int, put: Calendar) -> None:
    on = year.day(number)
    counted = min(on - timedelta(COUNTED), year.today - timedelta(3))
    put(counted, lambda: _begin(year, number, counted))
    if number == 4:
        return
    put(on - timedelta(SENT), lambda: _issue(year, number, on - timedelta(SENT)))
    put(on, lambda: _hold(year, number, on))
    if number == 2:
        put(on + timedelta(AFTER), lambda: _correct(year, on + timedelta(AFTER)))


def _open(year: Year, on: date) -> None:
    keeper, at = year.users["secretariat"], year.at(on)
    services.set_template(
        body=AUTHORITY, filename="letterhead.docx", content=letterhead(), by=keeper, at=at
    )
    for number in range(6):
        planned = services.plan_meeting(
            title="Equality and diversity board",
            body=AUTHORITY,
            on=year.day(number),
            place="Council chamber, Fenmarsh (made up)",
            by=keeper,
            at=at,
        )
        year.meetings.append(planned.ref)


def _commission(year: Year, which: int, number: int, before: int) -> None:
    _commission_on(year, which, number, year.day(number) - timedelta(before))


def _commission_on(year: Year, which: int, number: int, on: date) -> None:
    title, question, asked_of = words.COMMISSIONS[which]
    made = services.commission_report(
        title=title,
        question=question,
        asked_of=asked_of,
        meeting=year.meetings[number],
        by=year.users["member"],
        at=year.at(on),
    )
    year.commissions[which] = made.ref


def _postpone(year: Year) -> None:
    services.postpone_commission(
        commission=year.commissions[1],
        meeting=year.meetings[2],
        reason=words.POSTPONED,
        by=year.users["member"],
        at=year.at(year.day(1) - timedelta(20)),
    )


def _begin(year: Year, number: int, on: date) -> None:
    """Count the register and begin the papers of a meeting."""
    keeper, at = year.users["secretariat"], year.at(on)
    taken = services.take_snapshot(title=f"{year.day(number):%B %Y} board", by=keeper, at=at)
    year.snapshots[number] = get_snapshot(taken.ref)
    kind = PaperKind.ITEMS if number == 1 else PaperKind.PROGRESS
    title = (
        "The race and faith report, recommendation by recommendation"
        if kind is PaperKind.ITEMS
        else "Progress on what the service was told"
    )
    report = year.report if kind is PaperKind.ITEMS else ""
    year.papers[number] = _paper(year, number, PaperPlan(kind, title, "", taken.ref, report), at)
    if number in (0, 2):
        which = {0: 0, 2: 1}[number]
        plan = PaperPlan(
            PaperKind.PLAIN,
            words.COMMISSIONS[which][0],
            "",
            taken.ref,
            commission=year.commissions[which],
        )
        answer = _paper(year, number, plan, at)
        _write(year, answer, words.SECTIONS | words.ANSWER, at)
        services.issue_paper(paper=answer, decision="Sent out as members asked.", by=keeper, at=at)
    if number < 4:
        wrong = words.WRONG_RISK if number == 2 else ""
        texts = words.SECTIONS | {"risk": words.SECTIONS["risk"] + wrong}
        _write(year, year.papers[number], texts, at)
    else:
        _write(year, year.papers[number], {"financial": words.SECTIONS["financial"]}, at)


def _paper(year: Year, number: int, plan: PaperPlan, at: datetime) -> str:
    keeper, meeting = year.users["secretariat"], year.meetings[number]
    paper = services.begin_paper(plan=replace(plan, meeting=meeting), by=keeper, at=at)
    item = services.add_agenda_item(
        meeting=meeting, title=plan.title, paper=paper.ref, by=keeper, at=at
    )
    year.items.setdefault(number, item.ref)
    return paper.ref


def _write(year: Year, paper: str, texts: dict[str, str], at: datetime) -> None:
    for section, text in texts.items():
        services.edit_section(
            paper=paper, section=section, text=text, by=year.users["secretariat"], at=at
        )


def _issue(year: Year, number: int, on: date) -> None:
    services.issue_paper(
        paper=year.papers[number],
        decision=f"Sent to members for the meeting of {year.day(number):%d %B %Y}.",
        by=year.users["secretariat"],
        at=year.at(on),
    )


def _hold(year: Year, number: int, on: date) -> None:
    """The meeting itself: what was said, decided and asked; the minutes before are agreed."""
    keeper, at, item = year.users["secretariat"], year.at(on), year.items[number]
    services.hold_meeting(meeting=year.meetings[number], by=keeper, at=at)
    overdue = [
        _ref(member) for member in year.snapshots[number].get("all.exception.overdue").members
    ]
    silent = [_ref(member) for member in year.snapshots[number].get("all.items").members]
    about = (overdue or silent)[:2]
    say = _Minutes(year, item, at)
    say.record(MinuteKind.DISCUSSED, words.DISCUSSED)
    say.record(MinuteKind.DECIDED, words.DECIDED, about=about)
    services.ask_at_meeting(
        item=item,
        recommendation=about[0],
        question=words.QUESTION,
        answer_by=on + timedelta(28),
        by=year.users["member"],
        at=at,
    )
    if number == 0:
        services.accept_report(commission=year.commissions[0], by=year.users["member"], at=at)
    if number == 1:
        wrong = say.record(MinuteKind.DISCUSSED, words.MISHEARD, about=about[:1])
        say.record(MinuteKind.CORRECTED, words.CORRECTED, about=about[:1], corrects=wrong)
    if number:
        services.agree_minutes(meeting=year.meetings[number - 1], by=keeper, at=at)


@dataclass(frozen=True)
class _Minutes:
    """Minutes of one item."""

    year: Year
    item: str
    at: datetime

    def record(
        self, kind: MinuteKind, said: str, *, about: list[str] | None = None, corrects: str = ""
    ) -> str:
        return services.record_minute(
            item=self.item,
            kind=kind,
            words=said,
            about=about or [],
            corrects=corrects,
            by=self.year.users["secretariat"],
            at=self.at,
        ).ref


def _correct(year: Year, on: date) -> None:
    keeper, at, paper = year.users["secretariat"], year.at(on), year.papers[2]
    services.correct_paper(paper=paper, changed=words.CHANGED, why=words.WHY, by=keeper, at=at)
    risk = words.SECTIONS["risk"] + words.RIGHT_RISK
    services.edit_section(paper=paper, section="risk", text=risk, by=keeper, at=at)
    services.issue_paper(
        paper=paper, decision="Sent to members in place of version 1.", by=keeper, at=at
    )


def letterhead() -> bytes:
    """A Word template of the made-up authority: its header, footer and colour of headings."""
    from docx import Document
    from docx.shared import Mm, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header.paragraphs[0].text = "FENMARSH POLICE AUTHORITY (made up)"
    section.footer.paragraphs[0].text = "Council chamber, Fenmarsh (made up)"
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.color.rgb = RGBColor(0x0B, 0x55, 0x63)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _ref(subject: str) -> str:
    return subject.partition(":")[2]
