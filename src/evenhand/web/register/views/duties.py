"""Who is responsible: assign, hand over to a successor, end without one."""

from __future__ import annotations

from evenhand.web.foundation.templatetags.register_pages import day
from evenhand.web.register.choices import DutyRole
from evenhand.web.register.forms import AssignForm, EndDutyForm
from evenhand.web.register.queries import ItemRow
from evenhand.web.register.services import assign_duty, end_duty
from evenhand.web.register.views.commanding import Facts, ItemCommand, Told, item_page
from evenhand.web.register.views.items import keeps


def _held(row: ItemRow) -> Facts:
    held = [
        (str(DutyRole(duty.role).label), f"{duty.name}, since {day(duty.starts)}")
        for duty in row.current_duties
    ]
    return held or [("Responsible", "Nobody")]


assign = item_page(
    ItemCommand(
        told=Told("Assign or hand over a duty", "Record the duty", "The duty is on the record."),
        rule=keeps,
        form=AssignForm,
        run=assign_duty,
        facts=_held,
    )
)
end = item_page(
    ItemCommand(
        told=Told(
            "End a duty",
            "End the duty",
            "The duty is ended, and stays on the record.",
            "This names no successor: until somebody else is assigned, nobody owns the item. To "
            "hand it over, assign the successor instead.",
        ),
        rule=keeps,
        form=EndDutyForm,
        run=end_duty,
        aspect="duty",
        facts=_held,
    )
)
