"""A contract: the columns a dataset must and may have, how they may be spelled, what they hold."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from evenhand.core import ContractBroken
from evenhand.datasets.faults import Rule

_NOT_WORD = re.compile(r"[\W_]+")


class Kind(StrEnum):
    """What the cells of a column are."""

    CODED = "coded"  # one of a codelist's spellings
    FLAG = "flag"  # true or false
    NUMBER = "number"
    STAMP = "stamp"  # a date and time
    DAY = "day"  # a date
    TEXT = "text"  # taken as it is, spaces trimmed


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the contract.

    ``spellings`` are the headers it is known by, compared without case and punctuation.
    ``codelists`` are tried in order. With ``other``, a spelling that no codelist knows is taken as
    that code and reported; without, its row is quarantined.
    """

    name: str
    title: str
    kind: Kind
    required: bool
    spellings: tuple[str, ...]
    codelists: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """What a file must satisfy; ``version`` changes when the same file would load differently.

    ``unused`` are headers that belong to the dataset but are not read.
    """

    id: str
    version: int
    title: str
    fields: tuple[Field, ...]
    rules: Mapping[str, Rule]
    unused: tuple[str, ...] = ()
    _by_spelling: dict[str, Field] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spelled = {simplify(s): f for f in self.fields for s in (f.title, *f.spellings)}
        object.__setattr__(self, "_by_spelling", spelled)

    def field(self, name: str) -> Field:
        """The field of this name."""
        return next(field for field in self.fields if field.name == name)

    def knows(self, header: str) -> bool:
        """Whether the header is a spelling of any field."""
        return simplify(header) in self._by_spelling

    def match(self, header: Sequence[str], file: str) -> dict[str, int]:
        """Where each field stands in the header; a required one that is missing is named."""
        places: dict[str, int] = {}
        for place, text in enumerate(header):
            field = self._by_spelling.get(simplify(text))
            if field is None:
                continue
            if field.name in places:
                raise ContractBroken(
                    "two columns are spellings of the same one.",
                    file=file,
                    column=field.title,
                    rule="column-once",
                    remedy="Delete one of them.",
                )
            places[field.name] = place
        for field in self.fields:
            if field.required and field.name not in places:
                raise ContractBroken(
                    "the file has no such column.",
                    file=file,
                    column=field.title,
                    rule="column-required",
                    remedy=f"It may be spelled {_one_of(field.spellings)}.",
                )
        return places

    def list_strange(self, header: Sequence[str]) -> list[str]:
        """Headers that are no field's, as they are spelled."""
        unused = {simplify(text) for text in self.unused}
        return [text for text in header if not self.knows(text) and simplify(text) not in unused]


@lru_cache(maxsize=4096)
def simplify(header: str) -> str:
    """A header without case, punctuation or line ends, for comparing spellings."""
    return _NOT_WORD.sub(" ", header.casefold()).strip()


def _one_of(spellings: Sequence[str]) -> str:
    quoted = [f"“{text}”" for text in spellings]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
