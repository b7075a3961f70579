"""The measured figures of a snapshot: every number of each agreed criterion, under its own key.

Pure. A key says of which item, for the period that ended when, and which part: the figure
(``value``), the ends of its interval (``low``, ``high``), what was counted (``count``) out of what
(``of``). ``measured.lamp-2020/1.2026-02-10.value`` is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.accountability.judgement import Reading
from evenhand.publication.papers import Figure
from evenhand.web.judgement.queries import Measured
from evenhand.web.register.queries import ItemRow

if TYPE_CHECKING:
    from evenhand.web.meetings.counting import Register

PREFIX = "measured"
PARTS: Mapping[str, str] = {
    "value": "the figure",
    "low": "the low end of its interval",
    "high": "the high end of its interval",
    "count": "how many were counted",
    "of": "out of how many",
}


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured number: its key, what it is in words, its item, and where it can be found."""

    key: str
    words: str
    value: float
    item: str
    source: str
    reference: str

    @property
    def printed(self) -> str:
        """The number as a paper prints it."""
        return Figure(self.key, self.value).printed


def measure_register(register: Register) -> tuple[Measurement, ...]:
    """Every number of every agreed criterion on these items, as known at that moment."""
    found: list[Measurement] = []
    for row in register.rows:
        measured = register.measured.get(row.ref)
        if measured:
            found += _of_item(row, measured)
    return tuple(found)


def key_of(item: str, reading: Reading, part: str) -> str:
    """The key of one number of a reading; ``item`` is the item's reference."""
    return f"{PREFIX}.{item}.{reading.end.isoformat()}.{part}"


def months_key(item: str) -> str:
    """The key of the months for which the target has been met without a break."""
    return f"{PREFIX}.{item}.met_months"


def known_readings(measured: Mapping[str, Measured], item: str) -> list[Reading]:
    """The readings of an item that have a figure, by the end of their periods, one for each.

    Of two that end on one day the one that counts for the criterion is taken: the later begun, and
    of two for one period the later recorded.
    """
    found = measured.get(item)
    by_end = {each.end: each for each in (found.readings if found else ())}
    return [by_end[end] for end in sorted(by_end) if by_end[end].value is not None]


def _of_item(row: ItemRow, measured: Measured) -> Iterator[Measurement]:
    about = f"“{measured.view.title}” ({row.label})"
    for reading in known_readings({row.ref: measured}, row.ref):
        period = f"{_day(reading.start)} to {_day(reading.end)}"
        for part, said in PARTS.items():
            value = getattr(reading, part)
            if value is not None:
                yield Measurement(
                    key_of(row.ref, reading, part),
                    f"{about}, {period}: {said}",
                    _whole(value),
                    row.subject,
                    reading.source,
                    reading.reference,
                )
    yield Measurement(
        months_key(row.ref),
        f"{about}: months for which the target has been met without a break",
        measured.judged.met_months,
        row.subject,
        measured.view.criterion.words,
        measured.view.subject,
    )


def _whole(value: float) -> float:
    """A number without a fraction as an int, so that it is printed as a count."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
