"""The workforce's findings after disclosure control, and the site that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from evenhand import __version__
from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.disclosure import Policy, ReleasedTable, review_together, stack
from evenhand.indicators import PLAIN
from evenhand.indicators.workforce import MeasuredWorkforce
from evenhand.indicators.workforce.definition import Measure
from evenhand.indicators.workforce.put import Put
from evenhand.monitoring.coarse import release_coarsely
from evenhand.monitoring.release import order_by_concern, plainly_named, read_sentences
from evenhand.publication import (
    Block,
    Load,
    MethodNote,
    Page,
    PageKind,
    Provenance,
    Site,
    TableView,
)

SERVICE_PAGE = "the-service"
SUMMARY_SENTENCES = 3
SHOWN = ("unit", "step", "group", "count", "of", "value", "low", "high")


@dataclass(frozen=True, slots=True)
class WorkforceRelease:
    """Everything that may be shown of one run to one audience.

    ``findings`` are every comparison, in order of concern; ``tables`` all tables by name.
    """

    measured: MeasuredWorkforce
    policy: Policy
    findings: ReleasedTable
    tables: dict[str, ReleasedTable]

    @property
    def targets(self) -> list[str]:
        """Where each target stands, in words; with the counts only for those cleared to see them.

        All officers are the sum of the grades, and could be set against those.
        """
        cleared = not self.policy.count_below
        return [each.sentence if cleared else each.plain for each in self.measured.targets]

    def as_dict(self) -> dict[str, Any]:
        """The run for a script: what was measured, what was not and why, and the findings."""
        return {
            "at": str(self.measured.setting.at),
            "policy": self.policy.name,
            "targets": [
                {"standing": each.standing.value, "sentence": said}
                for each, said in zip(self.measured.targets, self.targets, strict=True)
            ],
            "absent": {key: list(names) for key, names in self.measured.absent.items()},
            "findings": [
                {name: _plain(cell) for name, cell in row.items()}
                for row in self.findings.table.rows()
            ],
        }


def _plain(cell: Cell) -> object:
    return cell.value if isinstance(cell, Marker) else cell


def build_workforce_release(measured: MeasuredWorkforce, policy: Policy) -> WorkforceRelease:
    """Review every table of a run together, and list what is left in order of concern.

    What was answered in confidence (surveys, exit interviews) is held to the anonymity threshold
    for every audience, those cleared to see small numbers included. What is of all officers
    together is released in rounded shares to whoever is not cleared.
    """
    open_: list[Table] = [*measured.besides]
    confidential: list[Table] = [*measured.confidential]
    for each in measured.put:
        held = confidential if each.measure.anonymous else open_
        held += (*each.findings, *each.figures)
    reviewed = [
        *review_together(open_, policy),
        *review_together(confidential, _strict(policy, measured.thresholds.anonymous_below)),
    ]
    reviewed += [release_coarsely(table, policy) for table in measured.officers]
    tables = {table.table.name: table for table in reviewed}
    names = [table.name for table in measured.findings]
    return WorkforceRelease(measured, policy, _list([tables[n] for n in names]), tables)


def _strict(policy: Policy, below: int) -> Policy:
    """The same policy with nothing shown that rests on fewer answers than the threshold."""
    return replace(
        policy,
        count_below=max(policy.count_below, below),
        population_below=max(policy.population_below, below),
        hide_all_or_none=True,
    )


COLUMNS = (
    "service", "unit", "step", "characteristic", "group", "comparator", "field", "indicator",
    "period", "scale", "signal", "count", "of", "other_count", "other_of", "value",
    "other_value", "estimate", "low", "high", "p_adjusted", "comparisons", "unknown_share",
    "low_bound", "high_bound", "without_repeats", "detectable", "method",
)  # fmt: skip
"""What a finding shows, besides its sentence: the columns of every finding, and step and scale."""


def _list(found: Sequence[ReleasedTable]) -> ReleasedTable:
    first = found[0].table
    columns = tuple(plainly_named(first.column(name)) for name in COLUMNS)
    both = (*columns, *(plainly_named(first.column(n)) for n in ("sentence", PLAIN)))
    whole = stack(found, name="findings", title="Findings", columns=both)
    listed = stack([whole], name="findings", title="Findings", columns=columns)
    indicators = whole.table.cells["indicator"]
    notes: list[tuple[str, str, Sequence[Cell]]] = [
        ("page", "Page", [SERVICE_PAGE] * len(whole.table)),
        ("block", "Section", indicators),
    ]
    listed = listed.annotate(whole.table.column("sentence"), read_sentences(whole))
    for name, title, cells in notes:
        listed = listed.annotate(Column(name, Role.NOTE, title), cells)
    return listed.order(order_by_concern(listed.table.rows()))


def build_workforce_site(
    release: WorkforceRelease,
    *,
    title: str,
    source: str = "",
    loads: Sequence[Load] = (),
    synthetic: bool = False,
) -> Site:
    """A front page of findings, and one of the service with a section for each measure."""
    measured = release.measured
    blocks = tuple(block for each in measured.put if (block := _block(release, each)))
    front = Page(
        path="",
        title="Findings",
        kind=PageKind.FRONT,
        lead="The findings that matter first. Each is one comparison, with its uncertainty.",
        findings=release.findings,
    )
    service = Page(
        path=SERVICE_PAGE,
        title=_heading(measured.setting.label),
        kind=PageKind.SERVICE,
        lead=f"{len(blocks)} questions about the workforce, up to {measured.setting.at.words}.",
        blocks=blocks,
    )
    return Site(
        title=title,
        service=_heading(measured.setting.label),
        period=measured.setting.at.words,
        lead="Are the people of the service treated evenly, from joining to leaving? What the "
        "records say, how sure we can be, and what they cannot show.",
        provenance=Provenance(
            code_version=__version__,
            loads=tuple(loads),
            definitions=tuple((each.measure.id, each.measure.version) for each in measured.put),
            policy=f"{release.policy.name} (version {release.policy.version})",
        ),
        pages=(front, service),
        synthetic=synthetic,
        source=source,
    )


def _heading(label: str) -> str:
    return label[:1].upper() + label[1:]


def _block(release: WorkforceRelease, put: Put) -> Block | None:
    """One measure: its most worrying sentences, each group's figures, everything as files."""
    figures = [release.tables[table.name] for table in put.figures]
    findings = [release.tables[table.name] for table in put.findings]
    if not figures and not findings:
        return None
    own = release.findings.where(indicator=put.measure.id)
    said = [s for s in own.table.cells["sentence"] if not isinstance(s, Marker)]
    single = [table for table in figures if "group" in table.table.named(Role.DIMENSION)]
    views = []
    for table in single:
        names = [name for name in SHOWN if name in table.table.cells]
        whole = table.where(unit="")
        if len(whole.table):
            views.append(TableView(_characterised(whole), tuple(names[1:])))
    return Block(
        id=put.measure.id,
        question=put.measure.question,
        summary=tuple(dict.fromkeys(str(s) for s in said))[:SUMMARY_SENTENCES],
        explanation=put.measure.caution,
        tables=tuple(views),
        method=_method(release, put.measure, own),
        downloads=(*(table for table in figures if table not in single), *findings),
    )


def _characterised(table: ReleasedTable) -> ReleasedTable:
    kind = str(table.table.cells["characteristic"][0]).replace("_", " ")
    return table.named(table.table.name, f"{table.table.title}: {kind}")


def _method(release: WorkforceRelease, measure: Measure, own: ReleasedTable) -> MethodNote:
    sizes = [n for n in own.table.cells["comparisons"] if isinstance(n, int)]
    methods = dict.fromkeys(str(each) for each in own.table.cells["method"])
    return MethodNote(
        name=measure.title,
        how="; ".join(methods),
        definition=measure.id,
        version=measure.version,
        denominator=measure.words.base,
        ethnicity_field="as each person described it",
        unknowns="Prefer not to say, not asked and blank are kept apart in every table, and out "
        "of the groups compared.",
        comparisons=max(sizes, default=None),
        cautions=(measure.caution,),
        more=(
            (
                "Disclosure control",
                f"Policy “{release.policy.name}” (version {release.policy.version}), for "
                f"{release.policy.audience}.",
            ),
        ),
    )
