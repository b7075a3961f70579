"""What another body's ledger says of the demo's first report, and one difference decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from evenhand.accountability.reconciling import Choice
from evenhand.web.accounts.models import User
from evenhand.web.demo.moments import moment_of
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.reconciling.queries import get_ledger, list_differences
from evenhand.web.reconciling.services import bring_ledger, decide_difference
from evenhand.web.register.plans import PublicationPlan

Users = dict[str, User]
SOURCE = "Inspectorate of Constabularies (made up)"
DAYS = 10  # before today


def plan_outside(
    add: Callable[[date, Callable[[], object]], None],
    plans: Sequence[PublicationPlan],
    *,
    today: date,
    users: Users,
) -> None:
    """Put the ledger of the inspectorate on the calendar."""
    on = today - timedelta(DAYS)
    add(on, partial(_bring, plans[0], on, users))


def _bring(plan: PublicationPlan, on: date, users: Users) -> None:
    now = moment_of(on, users)
    lines = ["reference,text,status,date"]
    for number, each in enumerate(plan.recommendations[:12]):
        status = "Embedded" if number % 3 == 0 else ""
        lines.append(f'{each.number},"{each.text}",{status},')
    lines.append("99,This is on no list of ours.,,")
    ref = bring_ledger(
        publication=plan.ref,
        source=SOURCE,
        content="\n".join(lines).encode(),
        filename="inspectorate.csv",
        by=users["secretariat"],
        at=now.at,
    )
    found = list_differences(get_ledger(ref), as_of=AsOf.now(now.at))
    decide_difference(
        ledger=ref,
        key=next(each.key for each in found if each.reference == "99"),
        choice=Choice.NOTE,
        reason="It is from another inspection; they have been told.",
        by=users["secretariat"],
        at=now.at,
    )
