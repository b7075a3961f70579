"""The filter form of lists, read from an address, and the choices it offers."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.http import QueryDict

from evenhand.accountability.exceptions import ExceptionKind
from evenhand.accountability.judgement import Outcome
from evenhand.accountability.machines import WORK
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.queries import list_parties
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.narrowing import Choice as Choice  # pages take it from here too
from evenhand.web.judgement.queries import Measured
from evenhand.web.register.queries import Filter, list_inquiries, list_themes

NO_CRITERION = "none"
MEASURED = [(each.value, each.words) for each in Outcome] + [(NO_CRITERION, "No criterion agreed")]


def read_filter(query: QueryDict) -> Filter:
    """The filter in an address; unknown values narrow to nothing rather than fail."""
    return Filter(**{part.name: query.get(part.name, "").strip() for part in fields(Filter)})


def read_kind(query: QueryDict) -> str:
    """The kind of exception asked for, or an empty text."""
    kind = query.get("exception", "")
    return kind if kind in set(ExceptionKind) else ""


def read_measured(query: QueryDict) -> str:
    """The outcome of the agreed measure asked for, ``none`` where none is agreed, or nothing."""
    wanted = query.get("measured", "")
    return wanted if wanted in {*Outcome, NO_CRITERION} else ""


def outcome_of(measured: Measured | None) -> str:
    """The outcome of an item's measure as the filter names it."""
    return measured.judged.outcome.value if measured else NO_CRITERION


def list_choices(query: QueryDict, *, as_of: AsOf) -> list[Choice]:
    """Every select of the form."""
    inquiries = [(each.ref, each.title) for each in list_inquiries(as_of=as_of)]
    themes = list_themes(as_of=as_of)
    owners = list_parties(PartyKind.TEAM, PartyKind.BODY, as_of=as_of.moment)
    bodies = [party for party in owners if party.kind == PartyKind.BODY]
    named: list[tuple[str, str, Any]] = [
        ("inquiry", "Inquiry", inquiries),
        ("theme", "Theme", [(t.ref, t.title) for t in themes if t.kind != "strand"]),
        ("strand", "Strand", [(t.ref, t.title) for t in themes if t.kind == "strand"]),
        ("owner", "Owner", [(party.subject, party.name) for party in owners]),
        ("body", "Addressed to", [(party.subject, party.name) for party in bodies]),
        ("state", "State of the work", [(state.code, state.words) for state in WORK.states]),
        ("exception", "Exception", [(kind.value, kind.words) for kind in ExceptionKind]),
        ("measured", "Agreed measure", MEASURED),
    ]
    return [
        Choice(name, label, tuple(options), query.get(name, "")) for name, label, options in named
    ]
