"""When is a target reached, and what would move it: levers to pull, futures to see."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from evenhand.accountability.permissions import may_enter
from evenhand.core import NothingToMeasure
from evenhand.indicators.workforce.outlook import Levers, Outlook
from evenhand.publication import TableView, Trend
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads.datasets import open_workforce
from evenhand.web.measures.drawing import draw_figure
from evenhand.web.measures.forms import OutlookForm
from evenhand.web.measures.outlook import build_years, count_loaded, follow


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
            context |= {
                "as_now": _told(now, target, first),
                "moved": _told(moved, target, first),
                "chart": _draw(moved, first, target, dict(groups)[asked["group"]]),
            }
    return render(request, "measures/outlook.html", context)


def _told(outlook: Outlook, target: float | None, first: int) -> str:
    """From what to what, and when the target is reached, in a sentence or two."""
    share = outlook.share()
    words = (
        f"From {share.value[0]:.1%} to {share.value[-1]:.1%} in {len(share.value) - 1} years "
        f"(95% of the simulated futures: {share.low[-1]:.1%} to {share.high[-1]:.1%})."
    )
    if target is None:
        return words
    reached = [number for number, value in enumerate(share.value) if value >= target]
    when = f"reached in {first + reached[0]}" if reached else "not reached within these years"
    return f"{words} In the middle of the futures {target:.0%} is {when}."


def _draw(outlook: Outlook, first: int, target: float | None, title: str) -> Markup:
    table = build_years(outlook, first=first, target=target)
    held_to = ("target",) if target is not None else ()
    chart = Trend(
        title=f"{title}: share in the years ahead",
        alt=_told(outlook, target, first),
        table=table,
        when="ahead",
        value="share",
        low="low",
        high="high",
        target="".join(held_to),
        view=TableView(table, ("year", "share", "low", "high", *held_to)),
        note="Simulated, not foretold: what follows if joining, rising and leaving go on as in the "
        "last three years but for the levers.",
    )
    return draw_figure(chart, ident="outlook")
