"""The Civil Service People Survey by demographic group, as one long table of all years."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from evenhand.datasets.arrow import compute
from evenhand.datasets.workforce.mappings.columns import constant, open_parquet, recode
from evenhand.datasets.workforce.mappings.mapping import Mapping

_BASE = re.compile(r"\s*\(n\s*=\s*([\d,]+)\)\s*$")
_MONTH = 10
"""The survey is run in October of its year."""
_COUNTS = ("Count", "Number of responses")
"""Measures that are numbers of people and not shares."""


def _apply(table: pa.Table) -> pa.Table:
    waves = recode(table["obj_year"], lambda year: f"{year}-{_MONTH}-01")
    return pa.table(
        {
            "wave": waves,
            "item": recode(table["question_measure"], _squeeze),
            "characteristic": recode(table["demographic"], _squeeze),
            "grp": recode(table["category"], lambda text: _squeeze(_BASE.sub("", text))),
            "favourable_share": _shares(table),
            "base": recode(table["category"], _find_base),
            "population": constant("UK Civil Service", table.num_rows),
        }
    )


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _find_base(text: str) -> str:
    found = _BASE.search(text)
    return found[1].replace(",", "") if found else ""


def _shares(table: pa.Table) -> Any:
    """Percentages as shares; a number of people keeps its words, so that it is set aside."""
    percent = compute.round(table["value"], ndigits=9)
    shares = compute.binary_join_element_wise(percent.cast(pa.string()), "%", "")
    counted = compute.is_in(
        compute.utf8_trim_whitespace(table["question_measure"]), value_set=pa.array(_COUNTS)
    )
    return compute.fill_null(compute.if_else(counted, "a number of people", shares), "")


PEOPLE_SURVEY = Mapping(
    id="people-survey",
    title="Civil Service People Survey by demographic group, 2013 onwards",
    dataset="survey_published",
    source="Cabinet Office, Civil Service People Survey: results by demographic group, all years "
    "in one long table (obj_year, demographic, category, question_measure, value).",
    columns=("obj_year", "demographic", "category", "question_measure", "value"),
    accepts=(".parquet",),
    open=open_parquet,
    apply=_apply,
    first_line=1,
    caution="Percentages as published; the engagement index is a mean of scores and no share of "
    "people. Groups and questions are spelled as in their year. Bases are given for 2013 to 2019 "
    "only, where the heading carries them.",
)
