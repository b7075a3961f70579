"""What is counted of stops and searches, and by what."""

from __future__ import annotations

from evenhand.codelists import Kind, get_codelist
from evenhand.datasets.cube import CubeSpec, Dimension, Measure

_PERSON = "subject <> 'vehicle'"  # vehicle-only searches stay out of everything about people


def _known(column: str, *codelists: str) -> str:
    """SQL that holds when the answer is one, not a refusal to answer or an empty box."""
    unknown = {
        code.code
        for codelist in codelists
        for code in get_codelist(codelist).codes
        if code.kind is not Kind.VALUE
    }
    return f"{column} NOT IN ({', '.join(repr(code) for code in sorted(unknown))})"


def _of_people(name: str, when: str) -> Measure:
    return Measure(name, when=f"{_PERSON} AND {when}")


_PLACE = ("service", "unit")
_MONTHLY = (*_PLACE, "month", "repeat")
_OVERALL = (*_PLACE, "repeat", "frame", "self_defined")

STOPS_CUBE = CubeSpec(
    id="stops",
    dimensions=(
        Dimension("service"),
        Dimension("unit"),
        Dimension("month"),
        # 0: the row is met for the first time; 1: it repeats one already met.
        Dimension("repeat", "CASE WHEN repeat > 0 THEN 1 ELSE 0 END"),
        Dimension("frame"),
        Dimension("self_defined"),
        Dimension("officer"),
        Dimension("sex"),
        Dimension("age"),
        Dimension("legislation"),
        Dimension("object"),
    ),
    measures=(
        Measure("searches", when=_PERSON),
        _of_people("arrests", "outcome = 'arrest'"),
        _of_people("outcome_known", _known("outcome", "outcome")),
        _of_people("linked_known", "linked IS NOT NULL"),
        _of_people("linked", "linked"),
        _of_people("strip_known", "stripped IS NOT NULL"),
        _of_people("stripped", "stripped"),
        _of_people("timed", "time_known"),
        _of_people("stated", _known("self_defined", "ethnicity-2001", "ethnicity-2011")),
        _of_people("officer_known", _known("officer", "ethnicity-officer")),
        Measure("vehicle_only", when="subject = 'vehicle'"),
    ),
    sets=(
        (*_MONTHLY, "frame", "self_defined"),
        (*_MONTHLY, "officer"),
        (*_MONTHLY, "sex"),
        (*_MONTHLY, "age"),
        _MONTHLY,
        (*_OVERALL, "officer"),
        (*_OVERALL, "sex"),
        (*_OVERALL, "age"),
        (*_OVERALL, "legislation"),
        (*_OVERALL, "object"),
    ),
    grains=(
        (*_MONTHLY, "frame", "self_defined", "officer"),
        (*_MONTHLY, "sex", "age"),
        (*_OVERALL, "sex", "age"),
        (*_OVERALL, "legislation", "object"),
    ),
)
"""Sufficient statistics of every stop and search indicator. Four grains: with fewer, the
rows are grouped so finely that rolling up costs more than reading them again."""
