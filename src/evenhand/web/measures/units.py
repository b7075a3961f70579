"""Who is in a unit, beside the whole service: one chart for each of a few characteristics."""

from __future__ import annotations

from markupsafe import Markup

from evenhand.accountability.audiences import Audience
from evenhand.monitoring.careers import draw_here
from evenhand.monitoring.drawn import DrawnKind
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.measures import queries
from evenhand.web.measures.drawing import draw_figure
from evenhand.web.measures.names import name_of

OTHERS = Markup(
    '<details class="fold"><summary>By every other characteristic</summary>{}</details>'
)


def draw_people(unit: str, *, as_of: AsOf, audience: Audience) -> Markup:
    """Every group's share of the unit beside its share of the service; empty if not measured.

    The first characteristic is in sight, the others fold: a page of eight charts is read by nobody.
    """
    tables = queries.list_tables(DrawnKind.UNITS, as_of=as_of, audience=audience)
    drawn = []
    for number, (name, table) in enumerate(tables.items()):
        chart = draw_here(table, unit, name_of(name)) if unit in table.table.cells["unit"] else None
        if chart is not None:
            drawn.append(draw_figure(chart, ident=f"here-{number}", fold=True))
    if not drawn:
        return Markup("")
    others = OTHERS.format(Markup("").join(drawn[1:])) if drawn[1:] else Markup("")
    return drawn[0] + others
