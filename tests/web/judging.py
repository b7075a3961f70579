"""The way to a verdict in the small register: each step as one call, to stop at any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evenhand.accountability.judgement import (
    Comparison,
    Criterion,
    Distance,
    Reading,
    Target,
    TargetKind,
)
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.web.accounts.models import User
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement import services
from evenhand.web.judgement.choices import MeasureKind, Mode
from evenhand.web.judgement.drafts import CriterionDraft
from evenhand.web.register.queries import get_item
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.queries import list_item_exceptions

ITEM = "lamp-2020/1"
MEMBERS = ("panel2", "panel3", "panel4", "panel5")
AT_LEAST_90 = Criterion(
    Target(TargetKind.AT_LEAST, 90),
    Comparison.POINT,
    sustain_months=6,
    distance=Distance.DIFFERENCE,
    measured_in="per cent",
)


def draft(on: date, content: bytes = b"Ninety-four of every hundred.", **facts) -> EvidenceDraft:
    shape = {
        "speaks_from": on - timedelta(200),
        "speaks_to": on - timedelta(10),
        "method": "Counted.",
        "reliability": Reliability.HIGH,
        "classification": EvidenceClass.INTERNAL,
        "content": content,
        "filename": "training.txt",
        "media_type": "text/plain",
    }
    return EvidenceDraft(**(shape | facts))


@dataclass
class Case:
    """One item on its way to a verdict; ``now`` moves on a minute with every step."""

    cast: dict[str, User]
    now: datetime
    criterion: str = ""
    evidence: str = ""
    claim: str = ""
    panel: str = ""
    sitting: str = ""
    verdict: str = ""
    item: str = ITEM

    @property
    def on(self) -> date:
        return day_of(self.now)

    @property
    def view(self) -> AsOf:
        return AsOf.now(self.now)

    def by(self, name: str) -> dict:
        self.now += timedelta(minutes=1)
        return {"by": self.cast[name], "at": self.now}

    def propose(self, criterion: Criterion = AT_LEAST_90, **facts) -> Case:
        shape = {
            "kind": MeasureKind.EXTERNAL,
            "title": "Sergeants trained",
            "source": "College returns",
        }
        self.criterion = services.propose_criterion(
            recommendation=self.item,
            draft=CriterionDraft(criterion=criterion, **(shape | facts)),
            reason="It is what was asked for.",
            **self.by("secretariat"),
        )
        return self

    def agree(self) -> Case:
        self.propose()
        services.agree_for_owner(criterion=self.criterion, **self.by("owner"))
        services.agree_for_secretariat(criterion=self.criterion, **self.by("secretariat"))
        return self

    def record(self, value: float | None = 94.0, *, ends: date | None = None, **facts) -> Case:
        end = ends or self.on - timedelta(20)
        shape = {"source": "College returns, table 2", "absent": "" if value else "not collected"}
        reading = Reading(end - timedelta(29), end, value, **(shape | facts))
        services.record_figure(criterion=self.criterion, reading=reading, **self.by("secretariat"))
        return self

    def show(self, accepted: bool = True, reviewer: str = "panel", **facts) -> Case:
        offered = work.offer_evidence(
            recommendation=self.item,
            title="Training returns",
            draft=draft(self.on, **facts),
            **self.by("owner"),
        )
        self.evidence = offered.ref
        if accepted:
            work.review_evidence(evidence=self.evidence, verb="accept", **self.by(reviewer))
        return self

    def claims(self, level: str = "completed", embedding=Embedding.EFFECT_SEEN) -> Case:
        self.claim = services.make_claim(
            recommendation=self.item,
            level=level,
            embedding=embedding,
            evidence=[self.evidence],
            as_at=self.on,
            reason="All but the newest sergeants are trained.",
            **self.by("owner"),
        )
        return self

    def seat(self, *names: str, quorum: int = 3) -> Case:
        self.panel = services.form_panel(
            title="Challenge panel", quorum=quorum, **self.by("secretariat")
        )
        for name in names or ("panel", *MEMBERS):
            services.seat_member(
                panel=self.panel,
                member=self.cast[name].subject,
                starts=self.on - timedelta(30),
                ends=self.on + timedelta(700),
                **self.by("secretariat"),
            )
        return self

    def convene(self, mode: Mode = Mode.ROOM, days: int = 0) -> Case:
        self.sitting = services.convene_sitting(
            claim=self.claim,
            panel=self.panel,
            mode=mode,
            opens_on=self.on,
            closes_on=self.on + timedelta(days),
            **self.by("secretariat"),
        )
        return self

    def ready(self, reviewer: str = "panel") -> Case:
        """Everything up to an open sitting."""
        self.agree().record().show(reviewer=reviewer)
        return self.claims().seat().convene()

    def vote(self, name: str, voice=Voice.UPHOLD, embedding=Embedding.EFFECT_SEEN) -> Case:
        services.cast_vote(
            sitting=self.sitting,
            voice=voice,
            embedding=embedding,
            reason="The returns show it." if voice is Voice.UPHOLD else "I am not convinced.",
            **self.by(name),
        )
        return self

    def conclude(self) -> Case:
        self.verdict = services.conclude_sitting(sitting=self.sitting, **self.by("secretariat"))
        return self

    def decided(self, *voices: Voice, reviewer: str = "panel") -> Case:
        """A whole sitting: by default three for and one against."""
        self.ready(reviewer)
        for name, voice in zip(
            MEMBERS, voices or (Voice.UPHOLD,) * 3 + (Voice.REJECT,), strict=False
        ):
            self.vote(
                name, voice, Embedding.EFFECT_SEEN if voice is Voice.UPHOLD else Embedding.TRAINED
            )
        return self.conclude()

    def wait(self, days: int) -> Case:
        self.now += timedelta(days)
        return self


def state(case: Case) -> str:
    """Where the work on the item stands."""
    return get_item(ITEM, as_of=case.view).work.state


def kinds(case: Case) -> set[str]:
    """What the item is an exception for."""
    row = get_item(ITEM, as_of=case.view)
    return {found.kind.value for found in list_item_exceptions([row], as_of=case.view)}
