"""The kinds of chart a page may hold: a released table, the columns drawn, and words for all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenhand.core import UsageProblem
from evenhand.disclosure.released import ReleasedTable
from evenhand.publication.view import TableView


class Scale(StrEnum):
    """How distance on the axis reads: by difference, or (for ratios) by proportion."""

    LINEAR = "linear"
    LOG = "log"


class Layout(StrEnum):
    """How the parts of a bar stand: on one another, or side by side."""

    STACKED = "stacked"
    GROUPED = "grouped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What every chart has: a title, a text alternative that says what it shows, and its table.

    ``alt`` says in a sentence or two what a reader who sees the chart would take from it.
    ``note`` stands beneath. ``view`` lays out the table that follows the chart; without it the
    columns drawn are shown. Cells that hold a marker are not drawn, and the chart says so.
    """

    title: str
    alt: str
    table: ReleasedTable
    note: str = ""
    view: TableView | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.table, ReleasedTable):
            raise UsageProblem(
                f"chart “{self.title}” was given a {type(self.table).__name__}.",
                remedy="Only a table that passed disclosure control can be drawn.",
                rule="draw-only-what-is-released",
            )
        for what, text in (("title", self.title), ("text alternative", self.alt)):
            if not text.strip():
                raise UsageProblem(
                    f"a chart of table {self.table.table.name} has no {what}.",
                    remedy="Say in a sentence what it shows.",
                    rule="charts-have-words",
                )
        for name in self.columns_drawn:
            self.table.table.column(name)
        self._check()

    def _check(self) -> None:
        """What this kind refuses beyond the common rules."""

    @property
    def columns_drawn(self) -> tuple[str, ...]:
        """The columns this chart reads, in the order its table shows them."""
        raise NotImplementedError

    @property
    def shown(self) -> TableView:
        """The table that follows the chart."""
        return self.view or TableView(self.table, tuple(dict.fromkeys(self.columns_drawn)))


def _named(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Limits:
    """A pair of columns between which chance alone keeps a point, and what to call it."""

    label: str
    low: str
    high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Chart):
    """Lines over time, one per group; a month with no value, or absent, is a gap in the line.

    ``when`` holds months as ``2019-03`` or, for curves over something else, numbers. ``low`` and
    ``high`` shade an interval. ``centre`` and ``limits`` draw a control chart; ``mark`` names a
    true/false column whose true rows are ringed (a run rule broken). ``target`` draws a dashed
    line. ``step`` draws a survival curve's steps.
    """

    when: str = "month"
    value: str
    group: str = ""
    low: str = ""
    high: str = ""
    centre: str = ""
    limits: Limits | None = None
    mark: str = ""
    target: str = ""
    scale: Scale = Scale.LINEAR
    reference: float | None = None
    from_zero: bool = True
    step: bool = False

    @property
    def columns_drawn(self) -> tuple[str, ...]:
        limits = (self.limits.low, self.limits.high) if self.limits else ()
        return _named(
            self.when,
            self.group,
            self.value,
            self.low,
            self.high,
            self.centre,
            *limits,
            self.mark,
            self.target,
        )

    @property
    def shown(self) -> TableView:
        """Months down, groups across, unless the chart draws more than one figure a point."""
        if self.view:
            return self.view
        if not self.group or self.limits or self.centre:
            return TableView(self.table, tuple(dict.fromkeys(self.columns_drawn)))
        return TableView(self.table, _named(self.when, self.value, self.target), across=self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals(Chart):
    """A dot and its interval per row, on an axis that is logarithmic for ratios.

    ``series`` puts several dots on one row (crude beside like-for-like; raw beside shrunken).
    ``outer`` draws a second, wider interval (bounds if every unknown were in either group).
    ``zone`` shades what the row was too small to show (smallest detectable difference).
    ``signal`` gives the dot the shape of its signal. A missing bound of a value is drawn as an
    arrow: a ratio known only from below.
    """

    label: str = "group"
    value: str
    low: str
    high: str
    series: str = ""
    outer: Limits | None = None
    zone: Limits | None = None
    signal: str = ""
    scale: Scale = Scale.LINEAR
    reference: float | None = None
    reference_label: str = ""

    @property
    def columns_drawn(self) -> tuple[str, ...]:
        extra = [name for pair in (self.outer, self.zone) if pair for name in (pair.low, pair.high)]
        return _named(self.label, self.series, self.value, self.low, self.high, *extra, self.signal)

    def _check(self) -> None:
        if self.scale is Scale.LOG and self.reference is not None and self.reference <= 0:
            raise UsageProblem(
                f"chart “{self.title}”: a log axis cannot show {self.reference:g}.",
                remedy="Use 1 as the reference of a ratio.",
                rule="log-axes-are-positive",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel(Chart):
    """Units by size, with the limits within which chance alone would keep them.

    ``limits`` are pairs of columns, narrowest first. They are read from ``curve`` when given (a
    table over a grid of sizes with the same column ``x``), else from the units' own rows.
    ``inside`` names a true/false or signal column; units outside are labelled by name.
    """

    label: str = "unit"
    x: str
    y: str
    limits: tuple[Limits, ...]
    centre: str = ""
    curve: ReleasedTable | None = None
    signal: str = ""
    scale: Scale = Scale.LINEAR

    @property
    def columns_drawn(self) -> tuple[str, ...]:
        own = [] if self.curve else [n for pair in self.limits for n in (pair.low, pair.high)]
        centre = "" if self.curve else self.centre
        return _named(self.label, self.x, self.y, centre, *own, self.signal)

    def _check(self) -> None:
        if self.curve:
            for name in _named(
                self.x, self.centre, *(n for p in self.limits for n in (p.low, p.high))
            ):
                self.curve.table.column(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Chart):
    """Bars by label; ``part`` splits each into named parts, stacked or side by side.

    ``benchmark`` names a column drawn as a tick across the bar (a target, a local share).
    ``low`` and ``high`` draw an interval on unsplit or grouped bars.
    """

    label: str
    value: str
    part: str = ""
    layout: Layout = Layout.STACKED
    benchmark: str = ""
    low: str = ""
    high: str = ""

    @property
    def columns_drawn(self) -> tuple[str, ...]:
        return _named(self.label, self.part, self.value, self.low, self.high, self.benchmark)

    @property
    def shown(self) -> TableView:
        """Labels down and parts across, where each part is one figure."""
        if self.view or not self.part or self.low or self.benchmark:
            return self.view or TableView(self.table, self.columns_drawn)
        return TableView(self.table, (self.label, self.value), across=self.part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMultiples(Chart):
    """The same chart once per value of a column, on one common scale.

    ``of`` is the chart to repeat; its table must be this chart's table. ``by`` is the column.
    """

    of: Trend | Intervals | Bars
    by: str

    @property
    def columns_drawn(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.by, *self.of.columns_drawn)))

    @property
    def shown(self) -> TableView:
        """Panels across, where each draws one line of one figure."""
        of = self.of
        if self.view or not isinstance(of, Trend) or of.group or of.low or of.centre or of.limits:
            return self.view or TableView(self.table, self.columns_drawn)
        return TableView(self.table, _named(of.when, of.value, of.target), across=self.by)

    def _check(self) -> None:
        if self.of.table is not self.table:
            raise UsageProblem(
                f"chart “{self.title}” repeats a chart of another table.",
                remedy="Give both the same released table.",
                rule="small-multiples-share-a-table",
            )
