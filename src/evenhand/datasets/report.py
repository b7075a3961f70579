"""What was read, what was wrong with it and what is missing from it, in one value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from evenhand.core import EvenhandError
from evenhand.datasets.faults import Rule, Severity
from evenhand.datasets.sources import Ignored


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: ``rows_read`` is always ``rows_loaded`` plus ``rows_quarantined``.

    ``content`` is the fingerprint of the rows loaded, or, where ``twin_of`` names the file that
    has the same rows, of those set aside.
    """

    name: str
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    rows_repeated: int = 0
    content: str = ""
    service: str = ""
    month: str = ""
    twin_of: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which rows of a file break one rule; ``lines`` are the first of them."""

    file: str
    column: str
    rule: str
    severity: Severity
    title: str
    remedy: str
    found: str
    count: int
    lines: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The fault in words, without its place."""
        column = f"column “{self.column}”: " if self.column else ""
        return f"{column}found {self.found}; the rule is that {self.title}."


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing or odd as a whole, that no row can be blamed for.

    ``months`` are those concerned, ``count`` of ``total`` the rows.
    """

    rule: str
    service: str
    column: str
    months: tuple[str, ...]
    count: int
    total: int
    sentence: str


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Everything found in the files, whether or not they were then loaded."""

    contract: str
    files: tuple[FileReport, ...]
    faults: tuple[Fault, ...]
    gaps: tuple[Gap, ...]
    ignored: tuple[Ignored, ...]
    errors: tuple[EvenhandError, ...]
    rules: tuple[Rule, ...]

    @property
    def rows_read(self) -> int:
        """Rows in the files, empty lines left out."""
        return sum(file.rows_read for file in self.files)

    @property
    def rows_loaded(self) -> int:
        """Rows that obey every rule of the contract."""
        return sum(file.rows_loaded for file in self.files)

    @property
    def rows_quarantined(self) -> int:
        """Rows set aside, each named in the quarantine."""
        return sum(file.rows_quarantined for file in self.files)

    @property
    def rows_repeated(self) -> int:
        """Rows loaded that are exactly like one before them in the same service and month."""
        return sum(file.rows_repeated for file in self.files)

    @property
    def is_clean(self) -> bool:
        """Whether every file was read and no row was set aside."""
        return not self.errors and not self.rows_quarantined

    def as_dict(self) -> dict[str, Any]:
        """The same facts for ``--json``."""
        return {
            "contract": self.contract,
            "clean": self.is_clean,
            "rows_read": self.rows_read,
            "rows_loaded": self.rows_loaded,
            "rows_quarantined": self.rows_quarantined,
            "rows_repeated": self.rows_repeated,
            "files": [asdict(file) for file in self.files],
            "faults": [asdict(fault) | {"sentence": fault.sentence} for fault in self.faults],
            "gaps": [asdict(gap) for gap in self.gaps],
            "ignored": [asdict(ignored) for ignored in self.ignored],
            "errors": [error.as_dict() for error in self.errors],
        }
