"""When is a target reached, and what would move it: levers to pull, futures to see."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from evenhand.accountability.permissions import may_enter
from evenhand.core import NothingToMeasure
from evenhand.disclosure import ReleasedTable
from evenhand.indicators.workforce.outlook import Levers
from evenhand.publication import TableView, Trend
from evenhand.publication.formats import printer
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads.datasets import open_workforce
from evenhand.web.measures.drawing import draw_figure
from evenhand.web.measures.forms import OutlookForm
from evenhand.web.measures.outlook import build_years, count_loaded, follow
from evenhand.web.measures.views.findings import audience_for


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """The group's share in the years ahead, as things go and with the levers moved."""
    try:
        counted = count_loaded(open_workforce(settings.HOME.folder))
    except NothingToMeasure as error:
        return render(request, "measures/outlook.html", {"nothing": error})
    groups = [(f"{name}|{code}", title) for name, code, title in counted.list_groups()]
    form = OutlookForm(request.GET or None, groups=groups)
    context: dict[str, object] = {"form": form, "last": counted.window.at.words}
    if request.GET and form.is_valid():
        asked = form.cleaned_data
        characteristic, group = asked["group"].split("|")
        first, target = counted.window.at.year, asked["target"]
        now = follow(counted, characteristic, group, Levers())
        moved = follow(counted, characteristic, group, form.levers())
        context |= {"asked": True, "title": dict(groups)[asked["group"]]}
        if now is not None and moved is not None:
            audience = audience_for(request, "")
            tables = [
                build_years(each, first=first, target=target, audience=audience)
                for each in (now, moved)
            ]
            context |= {
                "as_now": _told(tables[0], target),
                "moved": _told(tables[1], target),
                "chart": _draw(tables[1], target, dict(groups)[asked["group"]]),
                "audience": audience,
            }
    return render(request, "measures/outlook.html", context)


def _told(table: ReleasedTable, target: float | None) -> str:
    """From what to what, and when the target is reached, in a sentence or two."""
    rows = table.table.rows()
    seen = [row for row in rows if isinstance(row["value"], float)]
    if not seen:
        return "Hidden so that nobody can be identified: too few people's answers are known."
    write = printer(table.table.column("value"))
    last = seen[-1]
    words = (
        f"From {write(seen[0]['value'])} to {write(last['value'])} in {len(rows) - 1} years "
        f"(95% of the simulated futures: {write(last['low'])} to {write(last['high'])})."
    )
    if target is None:
        return words
    reached = [row for row in seen if float(str(row["value"])) >= 100 * target]
    when = f"reached in {reached[0]['year']}" if reached else "not reached within these years"
    return f"{words} In the middle of the futures {target:.0%} is {when}."


def _draw(table: ReleasedTable, target: float | None, title: str) -> Markup:
    held_to = ("target",) if target is not None else ()
    chart = Trend(
        title=f"{title}: share in the years ahead",
        alt=_told(table, target),
        table=table,
        when="ahead",
        value="value",
        low="low",
        high="high",
        target="".join(held_to),
        view=TableView(table, ("year", "value", "low", "high", *held_to)),
        note="Simulated, not foretold: what follows if joining, rising and leaving go on as in the "
        "last three years but for the levers.",
    )
    return draw_figure(chart, ident="outlook")
