"""Named measures: questions that were saved."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.measures.models import SavedMeasure
from evenhand.web.measures.queries.figures import Filter


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A named measure: its title and which figures it asks for."""

    ref: str
    title: str
    narrow: Filter
    by: str

    @property
    def query(self) -> dict[str, str]:
        """The filter as the query of an address."""
        return {name: value for name, value in asdict(self.narrow).items() if value}


def list_saved(*, as_of: AsOf) -> list[SavedRow]:
    """Every named measure, by title."""
    rows = SavedMeasure.objects.as_of(as_of.moment).order_by("title")
    return [_build(row) for row in rows]


def get_saved(ref: str, *, as_of: AsOf) -> SavedRow:
    """One named measure."""
    found = SavedMeasure.objects.as_of(as_of.moment).filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such measure.", rule="measure-exists")
    return _build(found)


def _build(row: SavedMeasure) -> SavedRow:
    narrow = Filter(
        dataset=row.dataset,
        indicator=row.indicator,
        step=row.step,
        characteristic=row.characteristic,
        group=row.group,
        comparator=row.comparator,
        unit=row.unit,
    )
    return SavedRow(row.ref, row.title, narrow, row.by)
