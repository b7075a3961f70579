"""What is measured here, as the choices of a criterion: which indicator, where, who with whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evenhand.accountability.audiences import Audience
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.measures.names import indicator_title, name_of
from evenhand.web.measures.queries import FigureRow, Filter, list_figures

Pairs = list[tuple[str, str]]
Grouped = list[tuple[str, Pairs]]

EVERYWHERE = "The service as a whole"


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """One comparison that is measured: its indicator, its place, and who is compared with whom."""

    dataset: str
    indicator: str
    unit: str
    characteristic: str
    group: str
    comparator: str

    @property
    def pair(self) -> str:
        """Who is compared with whom, as the value of a choice."""
        return spell_pair(self.characteristic, self.group, self.comparator)

    @property
    def pair_words(self) -> str:
        """Who is compared with whom, as a page says it."""
        return f"{self.group} compared with {self.comparator}"

    @property
    def place_words(self) -> str:
        """Where, as a page says it."""
        return self.unit or EVERYWHERE


def list_scopes(*, as_of: AsOf) -> list[Scope]:
    """Every comparison of the latest measurement of each dataset that the public may see named.

    What is hidden from the public can be chosen too: it has no figure until it can be shown.
    """
    rows = list_figures(Filter(), as_of=as_of, audience=Audience.PUBLIC)
    return sorted({_scope(row) for row in rows})


def offer_indicators(scopes: Iterable[Scope]) -> Grouped:
    """Indicators with their steps, by what they are measured of."""
    found: dict[str, dict[str, str]] = {}
    for scope in scopes:
        found.setdefault(name_of(scope.dataset), {})[scope.indicator] = say_indicator(
            scope.indicator
        )
    return [(name, sorted(each.items(), key=lambda pair: pair[1])) for name, each in found.items()]


def offer_units(scopes: Iterable[Scope]) -> Pairs:
    """Places, the whole first; its value is empty."""
    units = sorted({scope.unit for scope in scopes} - {""})
    return [("", EVERYWHERE), *((unit, unit) for unit in units)]


def offer_pairs(scopes: Iterable[Scope]) -> Grouped:
    """Groups with whom they are compared, by characteristic."""
    found: dict[str, dict[str, str]] = {}
    for scope in scopes:
        found.setdefault(name_of(scope.characteristic), {})[scope.pair] = scope.pair_words
    return [(name, sorted(found[name].items(), key=lambda pair: pair[1])) for name in sorted(found)]


def spell_pair(characteristic: str, group: str, comparator: str) -> str:
    """Who is compared with whom as one text that reads back exactly."""
    return json.dumps([characteristic, group, comparator], ensure_ascii=False)


def say_indicator(indicator: str) -> str:
    """The title of an indicator, with its step where it has one."""
    ident, _, step = indicator.partition("/")
    return f"{indicator_title(ident)}: {step}" if step else indicator_title(ident)


def say_some(words: Sequence[str], most: int = 6) -> str:
    """The first few in one phrase; how many more there are is said too."""
    shown = "; ".join(words[:most])
    return f"{shown}; and {len(words) - most} more" if len(words) > most else shown


def _scope(row: FigureRow) -> Scope:
    indicator = f"{row.indicator}/{row.step}" if row.step else row.indicator
    return Scope(row.dataset, indicator, row.unit, row.characteristic, row.group, row.comparator)
