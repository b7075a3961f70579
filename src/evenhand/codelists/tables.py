"""Reads the shipped tables once, when first asked for."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from evenhand.codelists.codelist import Code, Codelist, Kind, simplify
from evenhand.core import CodelistRefused

_TABLES = files("evenhand.codelists") / "tables"


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one shipped CSV, every cell as text."""
    text = (_TABLES / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def list_codelists() -> tuple[Codelist, ...]:
    """Every codelist shipped, in the order of the catalogue."""
    return tuple(get_codelist(row["id"]) for row in read_table("catalogue.csv"))


@cache
def get_codelist(list_id: str) -> Codelist:
    """Which answers does this classification allow, and what did people write for each of them?

    Parameters
    ----------
    list_id
        The id of a shipped list, such as ``ethnicity-2011``; see :func:`list_codelists`.

    Raises
    ------
    CodelistRefused
        When there is no such list; the message names those there are.

    Notes
    -----
    Read from the package once and kept. Do not use a list of self-defined ethnicity to read what
    an officer perceived, even where the words are the same.

    Examples
    --------
    >>> get_codelist("ethnicity-2011").find("Black or Black British - African (B2)").label
    'African'

    The cell of an old extract is read as African, by its words and by the code in brackets.
    """
    catalogue = {row["id"]: row for row in read_table("catalogue.csv")}
    if list_id not in catalogue:
        raise CodelistRefused(
            f"there is no codelist {list_id!r}.",
            rule="codelist-exists",
            remedy=f"The codelists are: {', '.join(catalogue)}.",
        )
    return _build(catalogue[list_id])


def _build(row: Mapping[str, str]) -> Codelist:
    spellings, left_out = _all_spellings()
    return Codelist(
        id=row["id"],
        title=row["title"],
        edition=row["edition"],
        source=row["source"],
        question=row["question"],
        codes=tuple(_code(line) for line in read_table(f"{row['id']}.csv")),
        spellings=spellings[row["id"]],
        left_out=left_out[row["id"]],
    )


def _code(line: Mapping[str, str]) -> Code:
    return Code(
        code=line["code"],
        label=line["label"],
        broad=line["broad"],
        kind=Kind(line["kind"]),
        parts=frozenset(line["parts"].split()),
    )


@cache
def _all_spellings() -> tuple[defaultdict[str, dict[str, str]], defaultdict[str, dict[str, str]]]:
    spellings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table("spellings.csv"):
        spellings[row["list"]][row["spelling"]] = row["code"]
    left_out: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table("left-out.csv"):
        left_out[row["list"]][simplify(row["spelling"])] = row["why"]
    return spellings, left_out
