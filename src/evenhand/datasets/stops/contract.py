"""The contract for stop and search records, as data."""

from __future__ import annotations

from datetime import date

from evenhand.datasets.contract import Contract, Field, Kind
from evenhand.datasets.faults import Rule, Severity

EDITIONS = ("ethnicity-2011", "ethnicity-2001", "ethnicity-2021")
"""Editions of self-defined ethnicity. A file is read in the one that knows most of its cells; the
first of them where several know as many."""

FLOOR = date(1986, 1, 1)
"""The earliest date of a record: sections 1 to 3 of the Police and Criminal Evidence Act 1984,
which give the power and order the record, came into force that day (SI 1985/1934)."""

LATITUDES, LONGITUDES = (49.8, 60.9), (-8.7, 1.8)
"""The United Kingdom from Scilly to Shetland and from Fermanagh to Lowestoft, in degrees rounded
outwards: a point beyond is no place where a service of this country searched anybody."""

_ROW, _FILE, _WARNING = Severity.ROW, Severity.FILE, Severity.WARNING
_RULES = (
    Rule("field-count", _ROW, "the row has as many cells as the header", "Mend the line."),
    Rule("line-length", _ROW, "a line is no longer than 128 KiB", "Mend the line."),
    Rule("code-known", _ROW, "the value is a word of its category",
         "Correct it, or add the spelling to the codelist."),
    Rule("flag-known", _ROW, "the value is true, false or blank", "Correct it."),
    Rule("date-readable", _ROW, "the date is written year first, as 2020-07-31T23:10:00+00:00",
         "Write dates in ISO 8601."),
    Rule("date-present", _ROW, "the row has a date", "A stop without a date cannot be counted."),
    Rule("date-not-future", _ROW, "the date is not in the future", "Correct it."),
    Rule("date-not-before-power", _ROW,
         f"the date is not before the power to search ({FLOOR:%-d %B %Y})", "Correct it."),
    Rule("number-readable", _ROW, "the value is a number or blank", "Correct it."),
    Rule("already-loaded", _FILE, "the same rows have not been loaded before",
         "Nothing to do: the rows are counted once."),
    Rule("encoding", _WARNING, "the text is in UTF-8", "It was read as Windows cp1252."),
    Rule("quotes-closed", _WARNING, "every quotation mark is closed",
         "Quotation marks were read as ordinary characters; remove or double them."),
    Rule("column-known", _WARNING, "every column is one of the contract", "It was not read."),
    Rule("column-named", _WARNING, "every column has a name",
         "It was not read; spreadsheets and pandas add one when they save their row numbers."),
    Rule("service-named", _WARNING, "the file's name or a column says which service it is of",
         "Name the file as 2020-07-kent-stop-and-search.csv, or add a column “force”."),
    Rule("word-known", _WARNING, "the value is a word of its category",
         "It was counted under “other”; add the spelling to the codelist."),
    Rule("place-in-uk", _WARNING, "the place is in the United Kingdom",
         "The row is kept; its place should not be used."),
)  # fmt: skip


def _coded(name: str, title: str, *spellings: str, codelists: tuple[str, ...]) -> Field:
    return Field(name, title, Kind.CODED, True, spellings, codelists)


def _open(name: str, title: str, *, codelists: tuple[str, ...]) -> Field:
    # New Acts bring new powers and objects: unknown ones are kept, as "other", and reported.
    return Field(name, title, Kind.CODED, True, (title,), codelists, other="other")


def _optional(name: str, title: str, kind: Kind, *spellings: str) -> Field:
    return Field(name, title, kind, False, spellings or (title,))


STOPS = Contract(
    id="stops",
    version=1,
    title="Stop and search records",
    fields=(
        _optional("service", "Force", Kind.TEXT, "Force", "Service", "Police force", "force_name"),
        _optional("unit", "Borough", Kind.TEXT,
                  "Borough", "la_name", "LA name", "Local authority", "Unit", "BCU"),
        _coded("subject", "Type", "Search type", codelists=("subject",)),
        Field("stamp", "Date", Kind.STAMP, True, ("Date", "Datetime", "Date and time")),
        _optional("time", "Time", Kind.TEXT),
        _optional("operation", "Part of a policing operation", Kind.FLAG,
                  "Part of a policing operation", "operation", "part_of_operation"),
        _optional("latitude", "Latitude", Kind.NUMBER, "Latitude", "location.latitude", "lat"),
        _optional("longitude", "Longitude", Kind.NUMBER,
                  "Longitude", "location.longitude", "long", "lng", "lon"),
        _coded("sex", "Gender", "Sex", codelists=("sex",)),
        _coded("age", "Age range", "Age", codelists=("age-stops",)),
        _coded("self_defined", "Self-defined ethnicity", "Self defined ethnicity",
               codelists=EDITIONS),
        _coded("officer", "Officer-defined ethnicity", "Officer-perceived ethnicity",
               codelists=("ethnicity-officer",)),
        _open("legislation", "Legislation", codelists=("legislation",)),
        _open("object", "Object of search", codelists=("object",)),
        _coded("outcome", "Outcome", "Outcome", codelists=("outcome",)),
        _optional("linked", "Outcome linked to object of search", Kind.FLAG),
        _optional("stripped", "Removal of more than just outer clothing", Kind.FLAG,
                  "Removal of more than outer clothing"),
    ),
    rules={rule.id: rule for rule in _RULES},
    unused=("Policing operation",),  # always blank in what is published; a name is not needed
)  # fmt: skip
"""What a file of stops must be. The published columns are those of data.police.uk."""
