"""What a paper is written from: the frozen counts, and the register as it stood at that moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from evenhand.publication.papers import Figure, Words
from evenhand.web.foundation.as_of import LONDON, AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.changing import set_beside
from evenhand.web.meetings.counting import Register
from evenhand.web.meetings.frozen import Content, Frozen
from evenhand.web.meetings.queries import gather_register
from evenhand.web.register.queries import Filter, ItemRow, list_items
from evenhand.web.work.queries import UpdateRow, list_updates


@dataclass(frozen=True)
class Material:
    """Numbers come from ``frozen``, and from ``before`` where there is an earlier snapshot.

    ``register`` gives the words beside them, as it stood when ``frozen`` was taken.
    """

    frozen: Frozen
    before: Frozen | None = None

    @cached_property
    def content(self) -> Content:
        """Every figure of the snapshot, and what setting the earlier one beside it gives."""
        return set_beside(self.frozen, self.before)

    @cached_property
    def values(self) -> dict[str, float]:
        """Every figure as a number."""
        return self.content.values

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

    def has(self, *key: str) -> bool:
        """Whether there is a figure of this name: an earlier version of ours counted fewer."""
        return ".".join(key) in self.values

    def figure(self, *key: str) -> Figure:
        """A number of the snapshots; refused when they have none of this name."""
        name = ".".join(key)
        if name not in self.values:
            raise NotThere(
                "the snapshot has no such figure.",
                remedy="Take a new snapshot, and begin the paper from it.",
                rule="figure-exists",
            )
        return Figure(name, self.values[name])

    def words_for(self, key: str) -> str:
        """What the figure of this name is, for the annex."""
        count = self.content.counts.get(key)
        return count.words if count else self.content.measured[key].words

    def members(self, *key: str) -> list[ItemRow]:
        """The items that a figure counts, in the register's order."""
        counted = set(self.content.counts[".".join(key)].members)
        return [row for row in self.register.rows if row.subject in counted]

    def cell(self, *key: str) -> Words:
        """The number as a cell of a table."""
        return (self.figure(*key),)


def name_of(row: ItemRow) -> str:
    """The recommendation as a table names it: its report, its number, its name."""
    return f"{row.label}: {row.name}"


def labels_of(rows: Iterable[ItemRow]) -> str:
    """The numbers of items, report by report.

    Two reports have a recommendation 3, so each report is named.
    """
    by_report: dict[str, list[str]] = {}
    for row in rows:
        by_report.setdefault(row.publication_title, []).append(row.full_number)
    said = [f"{title}: {run_together(labels)}" for title, labels in by_report.items()]
    return "; ".join(said) or "None"


def day_words(on: date | None) -> str:
    """``24 May 2007``."""
    return f"{on.day} {on:%B %Y}" if on else "–"


def moment_words(at: datetime) -> str:
    """``24 May 2007, 17:00``, in London."""
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


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
