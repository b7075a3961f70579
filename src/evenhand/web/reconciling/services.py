"""Commands over other bodies' ledgers: bring one, and decide about each difference."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from evenhand.accountability.ledger import canonical_bytes
from evenhand.accountability.permissions import may_keep
from evenhand.accountability.reconciling import CORRECTABLE, Choice, Difference, DifferenceKind
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.command import command
from evenhand.web.ledger.recording import record_event, sealed
from evenhand.web.reconciling.models import OutsideDecision, OutsideLedger
from evenhand.web.reconciling.queries import LedgerRow, get_ledger, list_differences
from evenhand.web.reconciling.reading import read_outside
from evenhand.web.register.queries import get_item, get_publication, list_scales
from evenhand.web.register.services import extend_due_date, report_level, set_due_date


@command(rule=may_keep, audit="outside-ledger.brought")
def bring_ledger(
    *, publication: str, source: str, content: bytes, filename: str, by: User, at: datetime
) -> str:
    """Bring another body's ledger beside ours. It changes nothing of the register.

    Authorisation: `may_keep`. Audit: ``outside-ledger.brought``, with the file's hash.
    """
    actor = get_actor(by, at=at)
    require(may_keep(actor))
    if not source.strip():
        raise UsageProblem("say whose ledger it is.", rule="outside-has-a-source")
    report = get_publication(publication, as_of=AsOf.now(at))
    lines = read_outside(content, filename=filename, publication=publication)
    ref, digest = secrets.token_hex(6), hashlib.sha256(content).hexdigest()
    event = record_event(
        kind="outside-ledger.brought",
        subject=f"outside-ledger:{ref}",
        by=actor,
        at=at,
        after={"source": source, "lines": len(lines), "sha256": digest},
        touches=[f"publication:{report.ref}"],
    )
    kept = [[t.reference, t.text, t.status, t.date.isoformat() if t.date else ""] for t in lines]
    OutsideLedger.objects.create(
        ref=ref,
        publication=report.ref,
        source=source,
        sha256=digest,
        lines=canonical_bytes(kept).decode(),
        brought_by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    return ref


@command(rule=may_keep, audit="outside-ledger.decided")
def decide_difference(
    *, ledger: str, key: str, choice: Choice, reason: str, by: User, at: datetime
) -> None:
    """Keep ours, take note, or correct ours by the ordinary command with its own rule and event.

    Authorisation: `may_keep`, and the rule of the command that corrects. Audit:
    ``outside-ledger.decided``; the reason is sealed.
    """
    actor, found = get_actor(by, at=at), get_ledger(ledger)
    require(may_keep(actor))
    if not reason.strip():
        raise UsageProblem("a decision needs its reason.", rule="decisions-have-reasons")
    difference = _get_difference(found, key, at)
    ref = f"{found.publication}/{difference.reference}"
    ours = difference.kind is not DifferenceKind.ONLY_THEIRS
    event = record_event(
        kind="outside-ledger.decided",
        subject=found.subject,
        by=actor,
        at=at,
        after={"difference": key, "choice": choice.value, "reason": sealed(reason)},
        touches=[f"recommendation:{ref}"] if ours else [],
    )
    OutsideDecision.objects.create(
        ledger_id=found.pk,
        key=key,
        choice=choice,
        ours=difference.ours,
        theirs=difference.theirs,
        reason=reason,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    if choice is Choice.CORRECT:
        _correct(difference, ref, f"{found.source}: {reason}", by, at)


def _get_difference(ledger: LedgerRow, key: str, at: datetime) -> Difference:
    for each in list_differences(ledger, as_of=AsOf.now(at)):
        if each.key == key:
            return each
    raise UsageProblem(
        "this is no difference any more: it was decided, or our register changed.",
        remedy="Look at the list again.",
        rule="differences-stand",
    )


def _correct(difference: Difference, ref: str, reason: str, by: User, at: datetime) -> None:
    if difference.kind not in CORRECTABLE:
        raise UsageProblem(
            "this cannot be corrected here: exact words are never edited.",
            remedy="Keep ours or take note; a corrected edition is imported as another report.",
            rule="exact-words-stay",
        )
    row = get_item(ref, as_of=AsOf.now(at))
    if difference.kind is DifferenceKind.STATUS:
        levels = list_scales()[row.scale].levels
        wanted = difference.theirs.casefold()
        level = next((each.code for each in levels if each.words.casefold() == wanted), None)
        if level is None:
            known = ", ".join(each.words for each in levels)
            raise UsageProblem(
                f"“{difference.theirs}” is not a level of this report’s scale.",
                remedy=f"Its levels are: {known}. Take note instead.",
                rule="levels-belong-to-their-scale",
            )
        report_level(recommendation=ref, level=level, as_at=day_of(at), reason=reason, by=by, at=at)
        return
    day = date.fromisoformat(difference.theirs)
    if row.due is None:
        set_due_date(recommendation=ref, due_on=day, reason=reason, by=by, at=at)
    else:
        extend_due_date(recommendation=ref, to=day, reason=reason, by=by, at=at)
