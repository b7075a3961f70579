"""What a new paper begins with, for the secretariat to keep, change or strike out."""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.publication.papers import unknown_names
from evenhand.web.meetings.choices import PaperKind

_PROGRESS = {
    "summary": (
        "How the service stands on what it was told. Reports on the register: {{all.reports}}; "
        "items in them: {{all.items}}; items that raise an exception today: {{all.concerned}}; "
        "questions to owners that are open: {{all.questions.open}}.\n\n"
        "Levels are what the service itself reports. None of them is a verdict.\n\n"
        "Verdicts of independent panels that stand: {{all.verdict.upheld}} uphold the service’s "
        "claim, {{all.verdict.not_upheld}} do not; {{all.verdict.lapsed}} have lapsed. Agreed "
        "measures that are met: {{all.criterion.met}}; not met: {{all.criterion.not_met}}; too "
        "small to tell: {{all.criterion.too_small}}.\n\n"
        "Since the last board: closed by a verdict: {{came.all.state.closed}}; verdicts lapsed: "
        "{{came.all.verdict.lapsed}}; opened again: {{came.all.verdict.reopened}}; newly overdue: "
        "{{came.all.exception.overdue}}."
    ),
    "recommendations": (
        "note how each report stands by its own scale;\n"
        "ask the owners of the items that are overdue ({{all.exception.overdue}}) or silent "
        "({{all.exception.silent}}) to account for them at the next meeting; and\n"
        "say which of the open questions they want answered first."
    ),
}

_ITEMS = {
    "summary": (
        "One report, recommendation by recommendation: what it asked for, what has been done, what "
        "members asked about it, what comes next and who answers for it. Items: {{REPORT.items}}; "
        "reported at a level that the report counts as finished: {{REPORT.finished}}; with an "
        "exception: {{REPORT.concerned}}.\n\n"
        "Since the last paper on it: closed by a verdict: {{came.REPORT.state.closed}}; newly "
        "overdue: {{came.REPORT.exception.overdue}}."
    ),
    "recommendations": (
        "note what has been done about each recommendation; and\n"
        "ask about those where nothing new has been said ({{REPORT.exception.silent}}) or nothing "
        "recent shows the effect ({{REPORT.exception.unevidenced}})."
    ),
}


def build_openings(
    kind: PaperKind, *, publication: str = "", known: Mapping[str, float]
) -> dict[str, str]:
    """The first text of each standing section that can be begun; the others are the writer's.

    A paragraph that names a figure which is not ``known`` is left out: at a first board nothing
    has changed since the last.

    What a paper costs, which law bears on it and whom it touches cannot be read from a register, so
    nothing is suggested there.
    """
    texts: Mapping[str, str] = {}
    if kind is PaperKind.PROGRESS:
        texts = _PROGRESS
    elif kind is PaperKind.ITEMS:
        texts = {key: text.replace("REPORT", publication) for key, text in _ITEMS.items()}
    return {key: _known(text, known) for key, text in texts.items()}


def _known(text: str, known: Mapping[str, float]) -> str:
    parts = text.split("\n\n")
    return "\n\n".join(part for part in parts if not unknown_names([part], known))
