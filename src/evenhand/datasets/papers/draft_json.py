"""The draft as one JSON-ready object: what ``evenhand register import --preview --json`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenhand.datasets.papers.draft import (
    Doubt,
    Entry,
    Fault,
    Item,
    PaperDraft,
    PaperTable,
    Passage,
    Recommendation,
    Section,
)
from evenhand.datasets.papers.places import Place

Json = dict[str, Any]


def build_json(draft: PaperDraft) -> Json:
    """The whole draft; dates as ``2011-05-26``, absent dates as null, absent words as ""."""
    return {
        "file": {
            "name": draft.filename,
            "kind": draft.kind,
            "bytes": draft.size,
            "sha256": draft.sha256,
        },
        "title": draft.title,
        "report_number": draft.report_number,
        "committee": draft.committee,
        "meeting_date": _iso(draft.meeting_date),
        "date": _iso(draft.date),
        "author": draft.author,
        "summary": draft.summary,
        "counts": _counts(draft),
        "recommendations": [_recommendation(r) for r in draft.recommendations],
        "members_recommendations": [
            {"number": ask.number, "lead": ask.lead, "text": ask.text, **_place(ask.place)}
            for ask in draft.for_members
        ],
        "sections": [_section(section) for section in draft.sections],
        "tables": [_table(table) for table in draft.tables],
        "front": _passages(draft.front),
        "summary_passages": _passages(draft.summary_passages),
        "unplaced": _passages(draft.unplaced),
        "doubts": [_doubt(doubt) for doubt in draft.doubts],
    }


def _counts(draft: PaperDraft) -> Json:
    items = [item for r in draft.recommendations for item in r.items]
    return {
        "recommendations": len(draft.recommendations),
        "items": len(items),
        "completed": sum(e.completed for e in (*items, *draft.recommendations)),
        "tables": len(draft.tables),
        "table_faults": sum(len(table.faults) for table in draft.tables),
        "unplaced": len(draft.unplaced),
        "doubts": len(draft.doubts),
    }


def _iso(day: object) -> str | None:
    return str(day) if day is not None else None


def _place(place: Place) -> Json:
    return {"block": place.block, "page": place.page, "line": place.line}


def _entry(entry: Entry) -> Json:
    return {
        "text": entry.text,
        "completed": entry.completed,
        "progress": entry.progress,
        "challenges": entry.challenges,
        "next_steps": entry.next_steps,
        "other": entry.other,
        "responsible": entry.responsible,
        "due": _iso(entry.due),
        "due_text": entry.due_text,
        "status": entry.status,
        "notes": dict(entry.notes),
        "passages": _passages(entry.passages),
        **_place(entry.place),
    }


def _item(item: Item) -> Json:
    return {"label": item.label, **_entry(item)}


def _recommendation(recommendation: Recommendation) -> Json:
    return {
        "number": recommendation.number,
        "heading": recommendation.heading,
        "group": list(recommendation.group),
        "section": recommendation.section,
        **_entry(recommendation),
        "items": [_item(item) for item in recommendation.items],
    }


def _passages(passages: Sequence[Passage]) -> list[Json]:
    return [
        {
            "role": passage.role.value,
            "strand": passage.strand.value,
            "marker": passage.marker,
            "text": passage.text,
            "level": passage.level,
            "table": passage.table,
            **_place(passage.place),
        }
        for passage in passages
    ]


def _section(section: Section) -> Json:
    return {
        "letter": section.letter,
        "title": section.title,
        "kind": section.kind,
        "text": section.text,
        "passages": _passages(section.passages),
        **_place(section.place),
    }


def _table(table: PaperTable) -> Json:
    return {
        "number": table.number,
        "title": table.title,
        "belongs_to": table.belongs_to,
        "header": list(table.header),
        "types": list(table.types),
        "rows": [
            [{"text": c.text, "type": c.type, "value": c.value} for c in row] for row in table.rows
        ],
        "faults": [_fault(fault) for fault in table.faults],
        **_place(table.place),
    }


def _fault(fault: Fault) -> Json:
    return {"rule": fault.rule, "row": fault.row, "column": fault.column, "problem": fault.problem}


def _doubt(doubt: Doubt) -> Json:
    return {
        "rule": doubt.rule,
        "where": doubt.where,
        "understood": doubt.understood,
        "why": doubt.why,
        "check": doubt.check,
        "row": doubt.row,
        "column": doubt.column or None,
    }
