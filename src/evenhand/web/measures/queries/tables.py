"""Tables of the run that counts, as one audience may see them: what pages draw."""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.accountability.audiences import Audience
from evenhand.disclosure import ReleasedTable
from evenhand.monitoring.drawn import DrawnKind
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.keeping import keep_answer
from evenhand.web.measures.models import RunTable
from evenhand.web.measures.queries.runs import list_latest
from evenhand.web.measures.tables import release_again


def list_tables(kind: DrawnKind, *, as_of: AsOf, audience: Audience) -> Mapping[str, ReleasedTable]:
    """The tables of one kind by characteristic; none where no run that counts holds any."""

    def seek() -> dict[str, ReleasedTable]:
        runs = [run.pk for run in list_latest(as_of=as_of).values()]
        rows = RunTable.objects.filter(run_id__in=runs, policy=audience.value, kind=kind.value)
        return {
            row.characteristic: release_again(row.title, row.columns, row.cells)
            for row in rows.order_by("pk")
        }

    return keep_answer("tables", kind.value, as_of, audience.value, answer=seek)
