"""Post an update: the pattern of every page that commands, as a value."""

from __future__ import annotations

from evenhand.accountability.permissions import may_report
from evenhand.web.register.views.commanding import ItemCommand, Told, item_page
from evenhand.web.work.forms import UpdateForm
from evenhand.web.work.services import post_update

post = item_page(
    ItemCommand(
        told=Told("Post an update", "Post update", "The update is on the record."),
        rule=lambda actor, row: may_report(actor, row.item),
        form=UpdateForm,
        run=post_update,
        section="updates",
        versioned=False,
    )
)
