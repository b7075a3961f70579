"""The outcome of a check in plain words: what was found, and how far anyone vouches for it."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.accountability.ledger.extract import ProvedEvent
from evenhand.accountability.ledger.verification import Verification

FAULTS_SHOWN = 10  # the first faults say what happened; the outcome itself holds the others


def render_verification(outcome: Verification) -> str:
    """Has history been rewritten? Said in a few lines, the verdict first and its limits last."""
    head = "Sound." if outcome.ok else "NOT SOUND."
    lines = [f"{head} {outcome.events:,} events, {outcome.checkpoints:,} checkpoints."]
    if outcome.last_at:
        lines.append(f"From {outcome.first_at} to {outcome.last_at}.")
    lines.append(f"Root over {outcome.events:,}: {outcome.root.hex()}")
    lines += [f"  - {fault}" for fault in outcome.faults[:FAULTS_SHOWN]]
    hidden = len(outcome.faults) - FAULTS_SHOWN
    if hidden > 0:
        lines.append(f"  … and {hidden:,} more.")
    if not outcome.complete:
        lines.append("Reading stopped there: the rest of the file was not checked.")
    return "\n".join([*lines, _vouched(outcome)])


def _vouched(outcome: Verification) -> str:
    if outcome.witnessed is None:
        if not outcome.ok:
            return "Nothing from outside the file agrees with it."
        return (
            "No root, checkpoint or signature from outside vouches for it: "
            "the file agrees with itself, and that is all this shows."
        )
    if outcome.altered:
        return f"Of the first {outcome.witnessed:,} events every other one is as it was recorded."
    later = outcome.events - outcome.witnessed
    tail = f" The {later:,} after that are not vouched for yet." if later else ""
    return f"The first {outcome.witnessed:,} events are as they were when vouched for.{tail}"


def render_proof_report(proved: ProvedEvent, problems: Sequence[str], *, witnessed: bool) -> str:
    """Is this event on the record? Said in a line, with the root it is under."""
    event = f"event {proved.event.sequence:,} ({proved.event.kind})"
    if problems:
        return "\n".join([f"NOT PROVED: {event}.", *(f"  - {each}" for each in problems)])
    under = f"the root over {proved.proof.size:,} events, {proved.root.hex()}"
    caution = "" if witnessed else "\nNothing from outside vouches for that root: compare it."
    return f"Proved: {event} is under {under}.{caution}"
