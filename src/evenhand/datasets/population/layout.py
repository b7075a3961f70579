"""Which columns of a table say where, who and how many: told from the header alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evenhand.codelists import Codelist, list_codelists
from evenhand.codelists.codelist import simplify
from evenhand.core import ContractBroken
from evenhand.datasets.population.sheet import Raw, Row, Sheet

# Nomis puts a title and a table number above the header; nothing published has more than this.
_HEADER_WITHIN = 15

_AREA = r"(lower tier local authorit(y|ies)|local authorit(y|ies)|area|geography|ltla|lad?|borough)"
_AREA_CODE = re.compile(rf"(\d{{4}} )?{_AREA}( districts?)? (code|cd)|lad\d\dcd|mnemonic")
_AREA_NAME = re.compile(rf"(\d{{4}} )?{_AREA}( districts?)?( name| nm)?|lad\d\dnm")
_FORCE_NAME = re.compile(r"police (force|service)( area)?( name)?|pfa(\d\d)?nm")
_FORCE_CODE = re.compile(r"police (force|service)( area)? code|pfa(\d\d)?cd")
_GROUP = re.compile(
    r"ethnic( group| ?ity)?( detailed)?( \d+ (categories|categories detailed))?|group"
)
_GROUP_CODE = re.compile(r"ethnic.* code|group code")
_COUNT = re.compile(r"observations?|residents|usual residents|population|count|value|number|people")


@dataclass(frozen=True, slots=True)
class Layout:
    """Column positions. Long tables have ``group`` and ``count``; wide ones have ``wide``."""

    header: tuple[str, ...]
    area_code: int | None
    area_name: int | None
    by_force: bool
    sex: int | None
    group: int | None = None
    group_code: int | None = None
    count: int | None = None
    wide: tuple[tuple[int, str], ...] = ()


def find_layout(sheet: Sheet) -> tuple[Layout, tuple[Row, ...]]:
    """The layout and the rows below the header; refused with what was looked for."""
    for position, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        layout = _layout([_text(cell) for cell in row.cells], sheet)
        if layout is not None:
            return layout, sheet.rows[position + 1 :]
    seen = ", ".join(repr(_text(cell)) for cell in sheet.rows[0].cells[:6]) if sheet.rows else ""
    raise ContractBroken(
        f"no header was found that names an area, ethnic groups and numbers of residents; the"
        f" first line reads {seen}.",
        file=sheet.name,
        rule="population-columns",
        remedy="Give columns such as area code, area name, ethnic group, residents;"
        " or one column for each ethnic group.",
    )


def clean_label(header: str) -> str:
    """A column heading or cell without what publishers wrap around the group's name."""
    text = re.sub(r"\s*\((number|numbers|count)\)\s*$", "", header, flags=re.IGNORECASE)
    text = re.sub(r";\s*measures:.*$", "", text)
    return re.sub(r"^Ethnic Group:\s*", "", text).strip()


def _text(cell: Raw) -> str:
    return "" if cell is None else str(cell).strip()


def _layout(header: Sequence[str], sheet: Sheet) -> Layout | None:
    simple = [simplify(text) for text in header]
    by_force = not any(_AREA_CODE.fullmatch(s) or _AREA_NAME.fullmatch(s) for s in simple)
    code = _position(_FORCE_CODE if by_force else _AREA_CODE, simple)
    name = _position(_FORCE_NAME if by_force else _AREA_NAME, simple)
    if code is None and name is None:
        return None
    where = {"area_code": code, "area_name": name, "by_force": by_force}
    sex = simple.index("sex") if "sex" in simple else None
    wide = _wide(header, sheet)
    if len(wide) > 1:
        return Layout(tuple(header), sex=sex, wide=wide, **where)  # type: ignore[arg-type]
    group, count = _position(_GROUP, simple), _position(_COUNT, simple)
    if group is None or count is None:
        return None
    group_code = _position(_GROUP_CODE, simple)
    return Layout(
        tuple(header),
        sex=sex,
        group=group,
        group_code=group_code,
        count=count,
        **where,  # type: ignore[arg-type]
    )


def _position(pattern: re.Pattern[str], simple: Sequence[str]) -> int | None:
    return next((i for i, text in enumerate(simple) if pattern.fullmatch(text)), None)


def _wide(header: Sequence[str], sheet: Sheet) -> tuple[tuple[int, str], ...]:
    """The columns that hold numbers of a known group; percentages are not numbers of people."""
    known = [(i, text) for i, text in enumerate(header) if _is_group(clean_label(text))]
    marked = [(i, text) for i, text in known if clean_label(text) != text and "(" in text]
    columns = [(i, clean_label(text)) for i, text in (marked or known)]
    labels = [simplify(label) for _, label in columns]
    for (i, label), simple in zip(columns, labels, strict=True):
        if labels.count(simple) > 1:
            raise ContractBroken(
                f"more than one column is headed “{label}”, and nothing says which of them counts"
                " people.",
                file=sheet.name,
                column=header[i],
                rule="one-column-for-each-group",
            )
    return tuple(columns)


@cache
def list_ethnicity_editions() -> tuple[Codelist, ...]:
    """The editions of self-defined ethnicity: a census asks nobody what an officer perceives."""
    return tuple(each for each in list_codelists() if each.question == "self-defined ethnicity")


def _is_group(label: str) -> bool:
    return bool(label) and any(
        each.find(label) or each.find_reason_left_out(label) for each in list_ethnicity_editions()
    )
