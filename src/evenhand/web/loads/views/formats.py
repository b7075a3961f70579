"""What a file of each dataset holds, and templates to fill."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter
from evenhand.datasets.workforce import DATASETS as WORKFORCE
from evenhand.datasets.workforce.contracts import Dataset as WorkforceDataset
from evenhand.datasets.workforce.templates import (
    list_guide,
    render_template,
    render_workbook,
    say_key,
)
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads.datasets import DATASETS

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every dataset that can be brought."""
    own = [each for each in DATASETS.values() if not each.is_mapped]
    others = [(each, DATASETS[each.into]) for each in DATASETS.values() if each.is_mapped]
    return render(
        request, "loads/formats.html", {"own": own, "others": others, "guided": WORKFORCE}
    )


@page(may_enter)
def show(request: PageRequest, dataset: str) -> HttpResponse:
    """The columns of one dataset: needed or not, what they hold, how they may be headed."""
    found = _get(dataset)
    context = {
        "dataset": DATASETS[found.id],
        "rows": list_guide(found),
        "key": say_key(found),
    }
    return render(request, "loads/format.html", context)


@page(may_enter)
def download_csv(_request: PageRequest, dataset: str) -> HttpResponse:
    """The template as CSV, with the mark by which Excel knows UTF-8."""
    content = render_template(_get(dataset)).encode("utf-8-sig")
    return _attach(content, f"{dataset}.csv", "text/csv; charset=utf-8")


@page(may_enter)
def download_workbook(_request: PageRequest, dataset: str) -> HttpResponse:
    """The template as a workbook, with the guide on its second sheet."""
    return _attach(render_workbook(_get(dataset)), f"{dataset}.xlsx", WORKBOOK)


def _get(name: str) -> WorkforceDataset:
    if name not in WORKFORCE:
        raise NotThere("there is no template of this name.", rule="dataset-exists")
    return WORKFORCE[name]


def _attach(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=disposition)
