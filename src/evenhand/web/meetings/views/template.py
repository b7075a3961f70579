"""The Word template of a body."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from evenhand.accountability.convening import may_keep_meetings
from evenhand.core import UsageProblem
from evenhand.publication.papers.word import MAX_TEMPLATE_BYTES
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.meetings import services
from evenhand.web.meetings.forms import TemplateForm
from evenhand.web.meetings.views import choosing
from evenhand.web.meetings.views.asking import Asked, ask


@page(may_keep_meetings)
def send(request: PageRequest) -> HttpResponse:
    """Send the Word file whose styles, header and footer papers are to take."""
    form = TemplateForm(
        request.POST or None, request.FILES or None, bodies=choosing.bodies(as_of=request.as_of)
    )
    asked = Asked(
        "Word template of a body",
        "Use this template",
        "Papers of this body now take this template, also when an earlier one is taken out again.",
        reverse("meetings:index"),
    )

    def run(said: dict[str, Any]) -> None:
        file = said["file"]
        if (file.size or 0) > MAX_TEMPLATE_BYTES:
            raise UsageProblem(
                f"the template is larger than {MAX_TEMPLATE_BYTES >> 20} MiB.", rule="template-size"
            )
        services.set_template(
            body=said["body"],
            filename=file.name or "template.docx",
            content=file.read(),
            by=request.account,
            at=request.moment,
        )

    return ask(request, form, asked, run)
