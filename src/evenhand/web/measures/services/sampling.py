"""The command that draws a sample of decisions to be looked at again."""

from __future__ import annotations

import json
import secrets
from datetime import datetime

from django.conf import settings

from evenhand.accountability.permissions import may_measure
from evenhand.core import UsageProblem, require
from evenhand.datasets.workforce import WorkforceLake
from evenhand.indicators.workforce.dip_sample import draw_dip_sample
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.ledger.queries import get_head
from evenhand.web.ledger.recording import record_event, sealed
from evenhand.web.measures.models import Sample
from evenhand.web.measures.sampling import STRATA, build_frame

SEED_DIGITS = 12  # hexadecimal: within the whole numbers that the ledger records


@command(rule=may_measure, audit="sample.drawn")
def draw_sample(*, dataset: str, percent: int, by: User, at: datetime) -> Sample:
    """Draw a share of the decisions that are loaded, from a seed nobody could choose.

    The seed is taken from the root of the ledger as it stood before the draw.

    Authorisation: `may_measure`. Audit: ``sample.drawn``, with the whole record and no person.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    if dataset not in STRATA:
        raise UsageProblem(
            "decisions of that dataset cannot be drawn.",
            remedy=f"Choose one of: {', '.join(STRATA)}.",
            rule="sampled-datasets",
        )
    frame = build_frame(WorkforceLake(settings.HOME.folder / "lake" / "workforce"), dataset)
    seed = int(get_head().root.hex()[:SEED_DIGITS], 16)
    drawn = draw_dip_sample(frame, share=percent / 100, seed=seed)
    record = drawn.as_record()
    ref = secrets.token_hex(6)
    event = record_event(
        kind="sample.drawn",
        subject=f"sample:{ref}",
        by=actor,
        at=at,
        after={
            **record,
            "dataset": dataset,
            "share": str(record["share"]),
            # Kinds of decision and how many: few enough of a kind to point at somebody.
            "strata": sealed(json.dumps(record["strata"])),
        },
    )
    return Sample.objects.create(
        ref=ref,
        dataset=dataset,
        share=str(record["share"]),
        seed=seed,
        strata=record["strata"],
        frame_sha256=str(record["frame_sha256"]),
        drawn_sha256=str(record["drawn_sha256"]),
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
