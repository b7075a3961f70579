"""What a paper is written from: the frozen counts, and the register as it stood at that moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from evenhand.publication.papers import Figure, Words
from evenhand.web.foundation.as_of import LONDON, AsOf, day_of
from evenhand.web.meetings.counting import Register
from evenhand.web.meetings.frozen import Frozen
from evenhand.web.meetings.queries import gather_register
from evenhand.web.register.queries import Filter, ItemRow, list_items
from evenhand.web.work.queries import UpdateRow, list_updates


@dataclass(frozen=True)
class Material:
    """Numbers come from ``frozen`` alone; ``register`` gives the words beside them."""

    frozen: Frozen

    @property
    def as_of(self) -> AsOf:
        """The viewpoint of the snapshot."""
        moment = self.frozen.moment
        return AsOf(moment, day_of(moment))

    @cached_property
    def register(self) -> Register:
        """The register as it stood, read when first needed."""
        return gather_register(as_of=self.as_of)

    @cached_property
    def items(self) -> dict[str, ItemRow]:
        """Every item by its subject."""
        return {row.subject: row for row in self.register.rows}

    @cached_property
    def updates(self) -> dict[str, UpdateRow]:
        """The latest update of every item, by its reference."""
        latest: dict[str, UpdateRow] = {}
        for update in list_updates(as_of=self.as_of):
            latest.setdefault(update.item, update)
        return latest

    def tree(self, publication: str) -> list[ItemRow]:
        """A report's recommendations and sub-items in printed order."""
        return list_items(Filter(publication=publication), as_of=self.as_of, only_items=False)

    def figure(self, *key: str) -> Figure:
        """A number of the snapshot; refused when the snapshot has none of this name."""
        count = self.frozen.get(".".join(key))
        return Figure(count.key, count.value)

    def cell(self, *key: str) -> Words:
        """The number as a cell of a table."""
        return (self.figure(*key),)


def day_words(on: date | None) -> str:
    """``24 May 2007``."""
    return f"{on.day} {on:%B %Y}" if on else "–"


def moment_words(at: datetime) -> str:
    """``24 May 2007, 17:00``, in London."""
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


def label_of(row: ItemRow) -> str:
    """The number as people say it: ``12``, or ``3(b)`` of a sub-item."""
    if not row.parent:
        return row.number
    return f"{row.parent.rpartition('/')[2]}({row.number})"


def run_together(labels: Iterable[str]) -> str:
    """Numbers in a row, said as ranges.

    Examples
    --------
    >>> run_together(["1", "2", "3", "7", "9(a)", "9(b)"])
    '1–3, 7, 9(a), 9(b)'
    """
    parts: list[list[str]] = []
    for label in labels:
        last = parts[-1][-1] if parts else ""
        if last.isdecimal() and label.isdecimal() and int(label) == int(last) + 1:
            parts[-1].append(label)
        else:
            parts.append([label])
    said = [f"{part[0]}–{part[-1]}" if len(part) > 2 else ", ".join(part) for part in parts]
    return ", ".join(said)
