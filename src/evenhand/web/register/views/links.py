"""Links between items: the list, one link with both its texts, and the commands over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.machines import LINK
from evenhand.accountability.permissions import (
    may_enter,
    may_keep,
    may_read,
    may_review_link,
)
from evenhand.accountability.roles import Actor
from evenhand.core import Decision, Refused, require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.narrowing import Choice
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.ledger.queries import list_history
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.connection_forms import ReasonOnlyForm, ReviewLinkForm
from evenhand.web.register.queries import ItemRow, LinkRow, get_link, list_links, list_named
from evenhand.web.register.services import review_link, withdraw_link
from evenhand.web.register.views.commanding import Facts, Sending, Told, send


@dataclass(frozen=True, slots=True)
class Ends:
    """A link with both its items; an end that the reader’s roles do not reach is None."""

    link: LinkRow
    source: ItemRow | None
    target: ItemRow | None

    @property
    def rows(self) -> tuple[ItemRow, ...]:
        """The ends that can be read."""
        return tuple(row for row in (self.source, self.target) if row is not None)

    @property
    def both(self) -> tuple[tuple[ItemRow | None, str, str], ...]:
        """Each end with its reference and what it is to the link."""
        first = (self.source, self.link.source, "The first recommendation")
        return (first, (self.target, self.link.target, "The second recommendation"))

    @property
    def whole(self) -> bool:
        """Whether both can."""
        return len(self.rows) == 2


def list_ends(links: Iterable[LinkRow], *, actor: Actor, as_of: AsOf) -> list[Ends]:
    """The links of which this reader may see at least one end, with what they may see."""
    links = list(links)
    named = list_named({ref for link in links for ref in (link.source, link.target)}, as_of=as_of)
    rows = {row.ref: row for row in named if may_read(actor, row.item)}
    ends = [Ends(link, rows.get(link.source), rows.get(link.target)) for link in links]
    return [each for each in ends if each.rows]


def may_review(actor: Actor, ends: Ends) -> Decision:
    """Whether this person may review this link: by the rule at both ends."""
    made_by = ends.link.made_by
    return _at_both(ends, [may_review_link(actor, r.where, made_by=made_by) for r in ends.rows])


def may_withdraw(actor: Actor, ends: Ends) -> Decision:
    """Whether this person may withdraw this link: by the rule at both ends."""
    return _at_both(ends, [may_keep(actor, row.where) for row in ends.rows])


def _at_both(ends: Ends, decisions: list[Decision]) -> Decision:
    if not ends.whole:
        return Decision(False, "Your roles do not reach both recommendations of this link.")
    return next((each for each in decisions if not each), Decision(True))


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every link, those that wait for a review first; narrowed by state, kind, what is left."""
    asked = {name: request.GET.get(name, "") for name in ("state", "kind", "left")}
    ends = list_ends(list_links(as_of=request.as_of), actor=request.actor, as_of=request.as_of)
    order = [state.code for state in LINK.states]
    shown = [
        each
        for each in ends
        if asked["state"] in ("", each.link.state)
        and asked["kind"] in ("", each.link.kind)
        and (not asked["left"] or each.link.uncovered)
    ]
    shown.sort(key=lambda each: order.index(each.link.state))
    states = Counter(each.link.state for each in ends)
    context = {
        "page": cut_pages(request, shown),
        "counts": [(state, states[state.code]) for state in LINK.states],
        "state": asked["state"],
        "choices": _list_choices(asked),
        "names": list_names({each.link.made_by for each in shown}),
    }
    return render(request, "register/links.html", context)


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One link: both texts side by side, why, what it leaves uncovered, what has happened to it."""
    ends = _get_ends(request, ref)
    events = list_history(ends.link.subject, as_of=request.as_of.moment)
    now = not request.as_of.past
    moves = LINK.verbs_from(ends.link.state)
    context = {
        "ends": ends,
        "link_row": ends.link,
        "events": events,
        "names": list_names({ends.link.made_by, ends.link.reviewed_by, *(e.actor for e in events)}),
        "may_review": now and "confirm" in moves and bool(may_review(request.actor, ends)),
        "may_withdraw": now and "withdraw" in moves and bool(may_withdraw(request.actor, ends)),
    }
    return render(request, "register/link.html", context)


@page(may_enter)
def review(request: PageRequest, ref: str) -> HttpResponse:
    """Confirm or decline a link that somebody else proposed."""
    ends = _get_ends(request, ref)
    require(may_review(request.actor, ends))
    told = Told("Review a link", "Record the review", "The review is on the record.")
    if ends.link.kind == LinkKind.SUPERSEDES:
        warning = "Confirmed, the second recommendation is replaced: nobody works on it any more. "
        warning += "Withdrawing the link opens it again."
        told = Told(told.title, told.button, told.done, warning)
    form = ReviewLinkForm(request.POST or None, link=ends.link)
    return send(request, _sending(ends, told, form, review_link))


@page(may_enter)
def withdraw(request: PageRequest, ref: str) -> HttpResponse:
    """Say that a link no longer holds."""
    ends = _get_ends(request, ref)
    require(may_withdraw(request.actor, ends))
    told = Told(
        "Withdraw a link",
        "Withdraw the link",
        "The link is withdrawn, and stays on the record.",
        "An item that it had replaced is open again.",
    )
    return send(request, _sending(ends, told, ReasonOnlyForm(request.POST or None), withdraw_link))


def _sending(ends: Ends, told: Told, form: ReviewLinkForm | ReasonOnlyForm, run: object) -> Sending:
    link = ends.link

    def command(**arguments: object) -> object:
        return run(link=link.ref, **arguments)  # type: ignore[operator]

    return Sending(
        told=told,
        form=form,
        run=command,
        back=reverse("register:link", args=(link.ref,)),
        subject=link.subject,
        crumbs=(
            ("Links", reverse("register:links")),
            (link.words, reverse("register:link", args=(link.ref,))),
        ),
        facts=_facts(link),
        template="register/link_command.html",
        beside={"ends": ends, "link_row": link},
    )


def _facts(link: LinkRow) -> Facts:
    left = [("Said to remain uncovered", link.uncovered)] if link.uncovered else []
    return [("Kind", link.words), ("Reason given", link.reason), *left]


def _get_ends(request: PageRequest, ref: str) -> Ends:
    link = get_link(ref, as_of=request.as_of)
    found = list_ends([link], actor=request.actor, as_of=request.as_of)
    if not found:
        raise Refused("Your roles reach neither recommendation of this link.")
    return found[0]


def _list_choices(asked: dict[str, str]) -> list[Choice]:
    states = tuple((state.code, state.words) for state in LINK.states)
    kinds = tuple((str(value), str(label)) for value, label in LinkKind.choices)
    left = (("yes", "Only links that leave something uncovered"),)
    return [
        Choice("state", "State", states, asked["state"]),
        Choice("kind", "Kind", kinds, asked["kind"]),
        Choice("left", "Uncovered", left, asked["left"]),
    ]
