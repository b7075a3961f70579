"""The rules of every workforce contract: what each is, and what to do when it is broken."""

from __future__ import annotations

from datetime import date

from evenhand.datasets.faults import Rule, Severity

FLOOR = date(1945, 1, 1)
"""The earliest date of a record of somebody who could be in any file: a person who joined at 18
in 1945 was 75 in 2002, the year the Police Reform Act made today's kinds of police employee."""

LATEST = date(2100, 1, 1)
"""No plan, target or end of a post lies beyond; a year written with five digits does."""

_ROW, _WARNING = Severity.ROW, Severity.WARNING

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("field-count", _ROW, "the row has as many cells as the header", "Mend the line."),
        Rule("line-length", _ROW, "a line is no longer than 128 KiB", "Mend the line."),
        Rule("value-present", _ROW, "the cell is filled", "Fill it, or leave the row out."),
        Rule("code-known", _ROW, "the value is a word of its codelist",
             "Correct it; a spelling that is right can be added to the codelist."),
        Rule("flag-known", _ROW, "the value is yes, no or blank", "Correct it."),
        Rule("number-readable", _ROW, "the value is a number or blank", "Correct it."),
        Rule("number-whole", _ROW, "the number is whole", "Correct it."),
        Rule("number-in-range", _ROW, "the number is one that can be", "Correct it."),
        Rule("share-in-range", _ROW, "a share lies between 0 and 1 (or 0% and 100%)",
             "Correct it; write 12% as 0.12 or as 12%."),
        Rule("date-readable", _ROW, "the date is written 2020-07-31 or 31/07/2020",
             "Put remarks in a column of their own; leave a date that is not known blank."),
        Rule("date-exists", _ROW, "the date is one in the calendar", "Correct it."),
        Rule("date-not-future", _ROW, "what has happened lies in the past", "Correct it."),
        Rule("date-plausible", _ROW,
             f"the date lies between {FLOOR:%-d %B %Y} and {LATEST:%-d %B %Y}", "Correct it."),
        Rule("ends-after-start", _ROW, "the end is not before the start", "Correct either."),
        Rule("attended-consistent", _ROW, "nobody attended on a date who did not attend",
             "Correct either."),
        Rule("second-look-sampled", _ROW, "a second decision belongs to a sampled case",
             "Mark the case as sampled, or take the second decision out."),
        Rule("share-or-number", _ROW, "a target has a share or a number, and not both",
             "Fill one of the two."),
        Rule("group-known", _ROW, "the group is a code of the characteristic it is a group of",
             "Use the codes that evenhand codelist shows."),
        Rule("grade-of-role", _ROW, "the grade is one that the role type has",
             "Correct either: officers have ranks, staff have bands."),
        Rule("key-once", _ROW, "no two rows with different content share the key of the table",
             "Nobody can tell which is right: delete the wrong one."),
        Rule("one-key-a-payroll-number", _ROW,
             "a payroll number belongs to one person in a month",
             "Two pseudonyms were made for one person: make the file again with one."),
        Rule("row-repeated", _ROW, "the same row stands in the files once",
             "Nothing to do: it is counted once."),
        Rule("already-loaded", _ROW, "the row has not been loaded before",
             "Nothing to do: it is counted once."),
        Rule("known-otherwise", _ROW, "the row agrees with what was loaded before",
             "If this file is the right one, withdraw the earlier load and load this again."),
        Rule("encoding", _WARNING, "the text is in UTF-8", "It was read as Windows cp1252."),
        Rule("quotes-closed", _WARNING, "every quotation mark is closed",
             "Quotation marks were read as ordinary characters; remove or double them."),
        Rule("column-known", _WARNING, "every column is one of the contract", "It was not read."),
        Rule("column-absent", _WARNING, "every characteristic has a column",
             "It was taken as not asked; add the column if it was."),
    )
}  # fmt: skip

NO_NEWS = frozenset({"row-repeated", "already-loaded"})
"""Rules that set rows aside although nothing is wrong with them."""
