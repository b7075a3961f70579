"""From a comparison to a criterion: choose the recommendation, and its form comes filled in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenhand.accountability.permissions import may_enter
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.measures.forms import CriterionForForm
from evenhand.web.measures.names import indicator_title
from evenhand.web.measures.plans import TIMES
from evenhand.web.measures.queries import FigureRow
from evenhand.web.measures.views.comparison import get_shown
from evenhand.web.register.queries import list_items
from evenhand.web.work.views.filters import read_filter

PARITY = {"target": "between", "low": "0.8", "high": "1.25", "distance": "ratio", "margin": "1.25"}
"""Four fifths and five fourths: where a discussion of parity usually begins, to be changed."""


@page(may_enter)
def choose(request: PageRequest, key: str) -> HttpResponse:
    """Which recommendation is to be judged by this comparison?"""
    found = get_shown(request, key)
    rows = list_items(read_filter(request.GET), as_of=request.as_of, actor=request.actor)
    items = [(row.ref, f"{row.label}: {row.name}"[:120]) for row in rows if row.is_item]
    form = CriterionForForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        address = reverse("judgement:propose", args=(form.cleaned_data["item"],))
        return redirect(f"{address}?{urlencode(_fill(found.latest))}")
    context = {"found": found, "latest": found.latest, "form": form}
    return render(request, "measures/criterion.html", context)


def _fill(row: FigureRow) -> dict[str, str]:
    """What the form of a criterion begins with; who proposes it changes the target."""
    filled = {
        "kind": "indicator",
        "title": f"{indicator_title(row.indicator)}: {row.pair}, {row.place}"[:300],
        "indicator": f"{row.indicator}/{row.step}" if row.step else row.indicator,
        "unit": row.unit,
        "characteristic": row.characteristic,
        "group": row.group,
        "comparator": row.comparator,
        "sustain_months": "12",
    }
    return filled | (PARITY if row.scale == TIMES else {"distance": "difference"})
