"""The register as a file: what the list shows, narrowed and dated in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.http import HttpResponse

from evenhand.accountability.permissions import may_enter
from evenhand.web.demo.queries import is_demo
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.ledger.queries import list_versions
from evenhand.web.register.queries import ItemRow, list_items, list_scales
from evenhand.web.work.queries import list_item_exceptions
from evenhand.web.work.sheets.render import build_lines, render_csv, render_workbook
from evenhand.web.work.views.filters import read_filter, read_kind

Renderer = Callable[[Iterable[Mapping[str, str]]], bytes]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, tuple[str, Renderer]] = {
    "csv": ("text/csv; charset=utf-8", render_csv),
    "xlsx": (WORKBOOK, render_workbook),
}


@page(may_enter)
def export(request: PageRequest, kind: str) -> HttpResponse:
    """Recommendations and their sub-items, with everything that stood about each on the day."""
    if kind not in KINDS:
        raise NotThere("the register is exported as csv or xlsx.", rule="known-format")
    media_type, render = KINDS[kind]
    lines = build_lines(
        _list_rows(request),
        scales=list_scales(),
        versions=list_versions("recommendation", as_of=request.as_of.moment),
    )
    response = HttpResponse(render(lines), content_type=media_type)
    word = "register-made-up" if is_demo() else "register"
    name = f"{word}-{request.as_of.on.isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _list_rows(request: PageRequest) -> list[ItemRow]:
    narrowed, as_of = read_filter(request.GET), request.as_of
    rows = list_items(narrowed, as_of=as_of, actor=request.actor, only_items=False)
    kind = read_kind(request.GET)
    if not kind:
        return rows
    items = [row for row in rows if row.is_item]
    found = list_item_exceptions(items, as_of=as_of)
    concerned = {each.item for each in found if each.kind == kind}
    return [row for row in rows if row.subject in concerned]
