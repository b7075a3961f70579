"""By when: the first date, every extension as a decision with its reason, and the date lifted."""

from __future__ import annotations

from evenhand.accountability.permissions import may_extend
from evenhand.accountability.roles import Actor
from evenhand.core import Decision
from evenhand.web.foundation.templatetags.register_pages import day
from evenhand.web.register.forms import ExtendForm, ReasonForm, SetDueForm
from evenhand.web.register.queries import ItemRow
from evenhand.web.register.services import extend_due_date, lift_due_date, set_due_date
from evenhand.web.register.views.commanding import Facts, ItemCommand, Told, item_page


def _extends(actor: Actor, row: ItemRow) -> Decision:
    return may_extend(actor, row.item)


def _dates(row: ItemRow) -> Facts:
    due = row.due
    if due is None:
        return (("Due", "No date has been set"),)
    moved = f"{due.slips} time{'' if due.slips == 1 else 's'}"
    now = day(due.due_on) or "No date applies any more"
    return (("Due", now), ("Original date", day(due.original_on)), ("Moved", moved))


set_first = item_page(
    ItemCommand(
        told=Told("Set the due date", "Set the date", "The due date is on the record."),
        rule=_extends,
        form=SetDueForm,
        run=set_due_date,
        facts=_dates,
    )
)
extend = item_page(
    ItemCommand(
        told=Told(
            "Extend the due date",
            "Record the extension",
            "The extension is on the record; the original date stays.",
        ),
        rule=_extends,
        form=ExtendForm,
        run=extend_due_date,
        facts=_dates,
    )
)
lift = item_page(
    ItemCommand(
        told=Told(
            "Lift the due date",
            "Lift the date",
            "No date applies any more; the original is still shown.",
            "Without a date nothing here will be overdue. A later date can be set again.",
        ),
        rule=_extends,
        form=ReasonForm,
        run=lift_due_date,
        facts=_dates,
    )
)
