"""A codelist: the answers one question allows in one edition, and every spelling of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evenhand.core import CodelistRefused

# "Black or Black British - African (B2)", "Not Stated (NS)": older extracts print the code last.
_CODE_AT_END = re.compile(r"^(?P<text>.*\S)\s*\((?P<code>[A-Za-z]{1,2}\d?)\)$", re.DOTALL)
_NOT_A_LETTER = re.compile(r"[\W_]+")


class Kind(StrEnum):
    """Whether a code is an answer, a refusal to answer, or an empty box."""

    VALUE = "value"
    NOT_STATED = "not stated"
    NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Code:
    """One answer: its code, the words a reader sees, its broad group and its kind.

    ``parts`` are the smallest pieces any edition of the same question tells apart; two editions
    can be compared exactly because each says which pieces its codes hold.
    """

    code: str
    label: str
    broad: str
    kind: Kind = Kind.VALUE
    parts: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether somebody gave an answer: false for not stated and for not recorded."""
        return self.kind is Kind.VALUE


@dataclass(frozen=True, slots=True)
class Codelist:
    """All codes of one edition, in order, with where they were published.

    ``question`` says what was asked and of whom: lists with different questions never map to one
    another. ``left_out`` are labels seen in real files that are deliberately no code (a total, a
    row that does not apply), each with the reason.
    """

    id: str
    title: str
    edition: str
    source: str
    codes: tuple[Code, ...]
    question: str = ""
    spellings: Mapping[str, str] = field(default_factory=dict, repr=False)
    left_out: Mapping[str, str] = field(default_factory=dict, repr=False)
    _by_code: Mapping[str, Code] = field(init=False, repr=False, compare=False)
    _by_text: Mapping[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code = {code.code: code for code in self.codes}
        by_text = {simplify(code.code): code for code in self.codes}
        by_text |= {simplify(code.label): code for code in self.codes}
        by_text |= {simplify(text): by_code[code] for text, code in self.spellings.items()}
        for text, code in self.spellings.items():
            if ending := _CODE_AT_END.match(text):
                by_text.setdefault(simplify(ending["text"]), by_code[code])
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_by_text", by_text)

    def __len__(self) -> int:
        return len(self.codes)

    def get(self, code: str) -> Code:
        """The code exactly as written; refused by name when this edition has no such code."""
        try:
            return self._by_code[code]
        except KeyError:
            raise CodelistRefused(
                f"{code!r} is not a code of {self.id} ({self.title}).",
                rule="code-in-edition",
                remedy=f"Its codes are: {', '.join(self._by_code)}.",
            ) from None

    def find(self, label_or_code: str | None) -> Code | None:
        """The code a raw cell means, or None when this edition does not know the spelling.

        Case, spaces and punctuation do not matter. A label that ends in its code, such as
        ``(B2)``, is taken by that code unless the words before it belong to another one.
        """
        text = label_or_code or ""
        found = self._by_text.get(simplify(text))
        ending = _CODE_AT_END.match(text.strip()) if found is None else None
        if ending is None:
            return found
        by_code = self._by_code.get(ending["code"].upper())
        by_words = self._by_text.get(simplify(ending["text"]))
        return None if by_words not in (None, by_code) else by_code

    def labels(self) -> dict[str, str]:
        """Every known raw spelling and the code it means, for mapping a whole column at once."""
        spellings = {code.code: code.code for code in self.codes}
        return spellings | {code.label: code.code for code in self.codes} | dict(self.spellings)

    def list_unknown(self, labels: Iterable[str | None]) -> tuple[str, ...]:
        """Which of these raw cells this edition does not know, in order, each once."""
        cells = dict.fromkeys(label or "" for label in labels)
        return tuple(cell for cell in cells if self.find(cell) is None)

    def find_reason_left_out(self, label: str) -> str | None:
        """Why a label seen in real files is deliberately no code here, or None."""
        return self.left_out.get(simplify(label))

    @property
    def values(self) -> tuple[Code, ...]:
        """The codes that are answers, without not stated and not recorded."""
        return tuple(code for code in self.codes if code.is_known)


def simplify(text: str) -> str:
    """Spelling reduced to what matters: no case, no punctuation, single spaces."""
    return _NOT_A_LETTER.sub(" ", text.replace("&", " and ").casefold()).strip()
