"""What every view does the same way: the rule of its URL, the viewpoint, the actor, the page.

A view is a function of the request, marked with the rule that lets somebody in:

    @page(may_enter)
    def exceptions(request): ...

``page`` asks the rule before the view runs and leaves ``request.account`` (what commands take as
``by``), ``request.actor`` (what rules take), ``request.as_of`` (what queries take) and
``request.moment`` (what commands take as ``at``). A rule about one thing, as
``may_read(actor, item)``, is asked inside by ``require``; the mark then is ``may_enter``. A URL
whose view bears no mark fails a test, and
:class:`~evenhand.web.foundation.middleware.PrivateByDefault` refuses it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from evenhand.accountability.roles import Actor
from evenhand.core import Decision, UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf

View = Callable[..., HttpResponseBase]
EntryRule = Callable[[Actor], Decision]


class PageRequest(HttpRequest):
    """A request after :func:`page`: the account to act ``by``, its actor, as of when, and now."""

    account: User
    actor: Actor
    as_of: AsOf
    moment: datetime


def anybody(_actor: Actor) -> Decision:
    """The rule of the few pages that need no account: sign-in, the style sheet's own pages."""
    return Decision(True)


def page(rule: EntryRule) -> Callable[[View], View]:
    """Mark a view with the rule that lets somebody in, and ask it on every request."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.moment = timezone.now()
            request.actor = get_actor(request.user, at=request.moment)
            decision = rule(request.actor)
            if not decision and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(decision)
            request.account = request.user  # a User wherever the rule asks for a role
            request.as_of = read_as_of(request)
            return view(request, *args, **kwargs)

        run.entry_rule = rule  # type: ignore[attr-defined]
        return run

    return decorate


def read_as_of(request: HttpRequest) -> AsOf:
    """The viewpoint asked for: ``?as_of=2006-05-24``, or now. A change is always made now."""
    text = request.GET.get("as_of", "").strip()
    moment = timezone.now()
    if not text or request.method != "GET":
        return AsOf.now(moment)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageProblem(
            "that is not a date.", remedy="Write it as 2006-05-24.", rule="as-of-is-a-day"
        ) from None
    return AsOf.end_of(day, at=moment)


def read_seen(request: HttpRequest) -> int | None:
    """The version a form was drawn from (``{% seen %}`` puts it there)."""
    text = request.POST.get("seen", "")
    return int(text) if text.lstrip("-").isdigit() else None


def render_text(content: str, *, status: int = 200) -> HttpResponse:
    """Plain text as a response."""
    return HttpResponse(content, status=status, content_type="text/plain; charset=utf-8")
