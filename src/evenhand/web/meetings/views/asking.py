"""The one page on which a command is asked for: its form, what it means, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.core import UnreadableFile, UsageProblem
from evenhand.web.foundation.pages import PageRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of the page: its title, the button, what is said afterwards, the way back.

    ``lead`` says before the form what the command means and what cannot be undone; ``version`` is
    the last event about the thing, for the second of two editors.
    """

    title: str
    button: str
    done: str
    back: str
    lead: str = ""
    version: int | None = None
    also: dict[str, Any] | None = None


def ask(
    request: PageRequest,
    form: forms.Form,
    asked: Asked,
    run: Callable[[dict[str, Any]], str | None],
    *,
    template: str = "meetings/form.html",
) -> HttpResponse:
    """Show the form; run the command with what was typed; go back, or where ``run`` says.

    What the command cannot accept is told on the form, with everything that was typed still there.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                to = run(form.cleaned_data)
            except (UsageProblem, UnreadableFile) as problem:
                said = f"{problem.problem} {problem.remedy}".strip()
                form.add_error(None, said[:1].upper() + said[1:])
            else:
                messages.success(request, asked.done)
                return redirect(to or asked.back)
    context = {"form": form, "asked": asked, "seen_version": asked.version, **(asked.also or {})}
    return render(request, template, context, status=status)
