"""Home Office open data: the police workforce by rank and sex; arrests by ethnic group."""

from __future__ import annotations

import pyarrow as pa

from evenhand.datasets.workforce.cells import read_characteristic
from evenhand.datasets.workforce.mappings.columns import (
    constant,
    open_csv,
    recode,
    service_code,
)
from evenhand.datasets.workforce.mappings.mapping import Mapping
from evenhand.datasets.workforce.tables import BLANK


def _sex_code(text: str) -> str:
    """The table tells “Prefer not to say” from “Not stated”, so the second is an empty box."""
    if text.strip().casefold() == "not stated":
        return BLANK
    return str(read_characteristic(text.strip(), ("sex",)).value or text)


def _apply_workforce(table: pa.Table) -> pa.Table:
    return pa.table(
        {
            "on": table["date"],
            "area": recode(table["force_name"], service_code),
            "role_type": table["worker_type"],
            "grade": table["rank_description"],
            "characteristic": constant("sex", table.num_rows),
            "grp": recode(table["sex"], _sex_code),
            "heads": table["total_headcount"],
            "fte": table["total_fte"],
        }
    )


WORKFORCE = Mapping(
    id="home-office-workforce",
    title="Police workforce by service, rank and sex, 2007 onwards (Home Office)",
    dataset="strength_published",
    source="Home Office, Police workforce, England and Wales: open data tables, as CSV.",
    columns=("date", "force_name", "sex", "rank_description", "worker_type", "total_headcount",
             "total_fte"),
    accepts=(".csv", ".gz"),
    open=open_csv,
    apply=_apply_workforce,
    caution="Police support volunteers are not employed and have no role type: their rows are set "
    "aside. All ranks above chief superintendent are one.",
)  # fmt: skip


def _apply_arrests(table: pa.Table) -> pa.Table:
    return pa.table(
        {
            "year_ending": table["year_ending"],
            "area": recode(table["force_name"], service_code),
            "offence": table["offence_group"],
            "sex": table["sex"],
            "ethnicity": table["ethnic_group"],
            "age_band": table["age_group"],
            # NA stands where a service gave no figures: not published, which is no zero
            "arrests": recode(table["arrests"], lambda text: "" if text == "NA" else text),
        }
    )


ARRESTS = Mapping(
    id="home-office-arrests",
    title="Arrests by service, offence, ethnic group, age and sex, 2006/07 onwards (Home Office)",
    dataset="arrests_published",
    source="Home Office, Police powers and procedures: arrests open data table, as CSV.",
    columns=("year_ending", "force_name", "offence_group", "ethnic_group", "age_group", "sex",
             "arrests"),
    accepts=(".csv", ".gz"),
    open=open_csv,
    apply=_apply_arrests,
    caution="Arrests, not people: one person arrested twice counts twice. Chinese stands with "
    "other, as in the five groups of the census of 2001.",
)  # fmt: skip
