"""What the secretariat decides about a recommendation: response, title, level, state of work."""

from __future__ import annotations

from django.http import HttpResponse

from evenhand.accountability.permissions import may_enter, may_keep, may_move_work
from evenhand.accountability.roles import Actor
from evenhand.core import Decision
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.templatetags.register_pages import day, words
from evenhand.web.register.forms import (
    LevelForm,
    OptionalReasonForm,
    ReasonForm,
    RespondForm,
    RetitleForm,
)
from evenhand.web.register.queries import ItemRow
from evenhand.web.register.services import move_work, record_response, report_level, retitle
from evenhand.web.register.services.progress import REASONED
from evenhand.web.register.views.commanding import (
    Facts,
    ItemCommand,
    Told,
    item_page,
    send_about,
)

MOVES = {
    "start": Told("Start the work", "Say that work has begun", "Work has begun."),
    "pause": Told("Pause the work", "Pause the work", "The work is paused."),
    "resume": Told("Resume the work", "Resume the work", "Work goes on."),
    "return": Told(
        "Send the claim back",
        "Send it back",
        "The claim was sent back; work goes on.",
        "The claim stays on the record, and so does this.",
    ),
    "rule_out": Told(
        "Rule the recommendation out",
        "Rule it out",
        "It is ruled out, and raises no exception any more.",
        "Nobody will be asked about it any more. It can be restored, with a reason.",
    ),
    "restore": Told("Restore the recommendation", "Restore it", "It is open again."),
}
"""The moves of the work that a page makes; claiming, replacing and closing have their grounds."""


def keeps(actor: Actor, row: ItemRow) -> Decision:
    """Whether somebody keeps the part of the register where this recommendation sits."""
    return may_keep(actor, row.where)


def _state(row: ItemRow) -> Facts:
    since = f"{row.work.words} since {day(row.work.since)}"
    level = f"{row.level.words}, as at {day(row.level.as_at)}" if row.level else "Nothing reported"
    return (("State of the work", since), ("Reported level", level))


def _response(row: ItemRow) -> Facts:
    said = row.response
    words_ = f"{words(said.state)}, {day(said.responded_on)}" if said else "None recorded"
    return (("Response so far", words_),)


respond = item_page(
    ItemCommand(
        told=Told("Record the response", "Record the response", "The response is on the record."),
        rule=keeps,
        form=RespondForm,
        run=record_response,
        aspect="response",
        facts=_response,
    )
)
name = item_page(
    ItemCommand(
        told=Told("Change the working title", "Save the title", "The working title was changed."),
        rule=keeps,
        form=RetitleForm,
        run=retitle,
    )
)
level = item_page(
    ItemCommand(
        told=Told(
            "Record a reported level",
            "Record the level",
            "The level is on the record.",
            "A level that closes makes the item claimed, never closed: only a panel’s verdict can.",
        ),
        rule=keeps,
        form=LevelForm,
        run=report_level,
        facts=_state,
    )
)


@page(may_enter)
def move(request: PageRequest, ref: str, verb: str) -> HttpResponse:
    """One move of the work, with its reason where it takes something out of sight."""
    if verb not in MOVES:
        raise NotThere("there is no such move.", rule="known-move")
    command = ItemCommand(
        told=MOVES[verb],
        rule=lambda actor, row: may_move_work(actor, row.item, verb=verb),
        form=ReasonForm if verb in REASONED else OptionalReasonForm,
        run=move_work,
        facts=_state,
        fixed={"verb": verb},
    )
    return send_about(request, ref, command)
