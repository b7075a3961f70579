"""What a new paper begins with, for the secretariat to keep, change or strike out."""

from __future__ import annotations

from evenhand.web.meetings.choices import PaperKind

_PROGRESS = {
    "summary": (
        "How the service stands on what it was told. Reports on the register: {{all.reports}}; "
        "items in them: {{all.items}}; items that raise an exception today: {{all.concerned}}; "
        "questions to owners that are open: {{all.questions.open}}.\n\n"
        "Levels are what the service itself reports. None of them is a verdict."
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
        "exception: {{REPORT.concerned}}."
    ),
    "recommendations": (
        "note what has been done about each recommendation; and\n"
        "ask about those where nothing new has been said ({{REPORT.exception.silent}}) or nothing "
        "recent shows the effect ({{REPORT.exception.unevidenced}})."
    ),
}


def build_openings(kind: PaperKind, *, publication: str = "") -> dict[str, str]:
    """The first text of each standing section that can be begun; the others are the writer's.

    What a paper costs, which law bears on it and whom it touches cannot be read from a register, so
    nothing is suggested there.
    """
    if kind is PaperKind.PROGRESS:
        return dict(_PROGRESS)
    if kind is PaperKind.ITEMS:
        return {key: text.replace("REPORT", publication) for key, text in _ITEMS.items()}
    return {}
