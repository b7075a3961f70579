"""What the pages said on a past day is what they say when asked as of that day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from evenhand.accountability.history import Change, fold
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.accountability.machines import WORK
from evenhand.core import EvenhandError, UsageProblem
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement import queries as judged
from evenhand.web.judgement import services as judging
from evenhand.web.judgement.choices import Mode
from evenhand.web.judgement.writing.lapses import lapse_verdicts
from evenhand.web.ledger.queries import list_history
from evenhand.web.register import services as register
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.queries import (
    Filter,
    get_item,
    list_coverage,
    list_items,
    list_links,
    list_publications,
)
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.queries import (
    list_actions,
    list_challenges,
    list_evidence,
    list_item_exceptions,
    list_updates,
)
from evenhand.web.work.services.actions import Coverage

from .judging import MEMBERS, Case

ITEMS = ("lamp-2020/1", "lamp-2020/2", "lamp-2020/3/a", "lamp-2020/3/b")


def _everything(as_of: AsOf) -> dict[str, Any]:
    """All that the pages could show from this viewpoint."""
    rows = list_items(as_of=as_of)
    return {
        "items": rows,
        "exceptions": list_item_exceptions(rows, as_of=as_of),
        "found": [row.ref for row in list_items(Filter(words="fairness plan"), as_of=as_of)],
        "owned": [row.ref for row in list_items(Filter(owner="team:people"), as_of=as_of)],
        "publications": list_publications(as_of=as_of),
        "links": list_links(as_of=as_of),
        "coverage": list_coverage(as_of=as_of),
        "updates": list_updates(as_of=as_of),
        "challenges": list_challenges(as_of=as_of),
        "actions": list_actions(as_of=as_of),
        "evidence": list_evidence(as_of=as_of),
        **_judged(as_of),
    }


def _judged(as_of: AsOf) -> dict[str, Any]:
    return {
        "criteria": judged.list_criteria(as_of=as_of),
        "measured": judged.judge_items(as_of=as_of),
        "claims": judged.list_claims(as_of=as_of),
        "panels": judged.list_panels(as_of=as_of),
        "interests": judged.list_interests(as_of=as_of),
        "sittings": judged.list_sittings(as_of=as_of),
        "verdicts": judged.list_verdicts(as_of=as_of),
        "views": judged.list_outside_views(as_of=as_of),
        "broken": judged.check_verdicts(as_of=as_of),
    }


class _Play:
    """Random commands, some of which the rules refuse."""

    def __init__(self, cast: dict[str, Any], draw: random.Random) -> None:
        self.cast, self.draw = cast, draw
        self.links: list[str] = []
        self.challenges: list[str] = []
        self.evidence: list[str] = []

    def step(self, at: datetime) -> bool:
        acts: list[Callable[[datetime, str], Any]] = [
            self.retitle, self.respond, self.assign, self.end, self.due, self.extend, self.level,
            self.move, self.link, self.review, self.withdraw, self.cover, self.tell, self.ask,
            self.answer, self.act, self.show, self.judge,
        ]  # fmt: skip
        try:
            self.draw.choice(acts)(at, self.draw.choice(ITEMS))
        except (EvenhandError, IndexError):  # refused, or nothing of the kind is there yet
            return False
        return True

    def keep(self, at: datetime) -> dict[str, Any]:
        return {"by": self.cast["secretariat"], "at": at}

    def retitle(self, at, ref):
        title = self.draw.choice(("Fairness plan", "Family log", "Searches"))
        register.retitle(recommendation=ref, title=title, **self.keep(at))

    def respond(self, at, ref):
        verb = self.draw.choice(("accept", "accept_in_part", "reject"))
        register.record_response(
            recommendation=ref, verb=verb, reason="So.", responded_on=day_of(at), **self.keep(at)
        )

    def assign(self, at, ref):
        team = self.draw.choice(("learning", "people", "operations"))
        starts = day_of(at) + timedelta(self.draw.randint(-5, 5))
        register.assign_duty(
            recommendation=ref, party=f"team:{team}", starts=starts, **self.keep(at)
        )

    def end(self, at, ref):
        register.end_duty(
            recommendation=ref, party="team:people", on=day_of(at), reason="Gone", **self.keep(at)
        )

    def due(self, at, ref):
        on = day_of(at) + timedelta(self.draw.randint(5, 60))
        register.set_due_date(recommendation=ref, due_on=on, **self.keep(at))

    def extend(self, at, ref):
        on = day_of(at) + timedelta(self.draw.randint(20, 200))
        register.extend_due_date(recommendation=ref, to=on, reason="Late", **self.keep(at))

    def level(self, at, ref):
        level = self.draw.choice(("outstanding", "completed"))
        register.report_level(
            recommendation=ref, level=level, as_at=day_of(at), reason="", **self.keep(at)
        )

    def move(self, at, ref):
        verb = self.draw.choice(("start", "pause", "resume", "return", "rule_out", "restore"))
        register.move_work(recommendation=ref, verb=verb, reason="Why", **self.keep(at))

    def link(self, at, ref):
        link = register.propose_link(
            source=ref,
            target=self.draw.choice(ITEMS),
            kind=self.draw.choice([LinkKind.SUPERSEDES, LinkKind.DEPENDS_ON]),
            reason="Same",
            by=self.cast["analyst"],
            at=at,
        )
        self.links.append(link.ref)

    def review(self, at, _ref):
        register.review_link(link=self.draw.choice(self.links), verb="confirm", **self.keep(at))

    def withdraw(self, at, _ref):
        register.withdraw_link(link=self.draw.choice(self.links), reason="No", **self.keep(at))

    def cover(self, at, ref):
        register.cover_by_policy(
            policy="one", recommendation=ref, in_full=False, uncovered="Half", **self.keep(at)
        )

    def tell(self, at, ref):
        progress = self.draw.choice(("A fairness plan.", "Nothing new.", "Ten trained."))
        work.post_update(recommendation=ref, as_at=day_of(at), progress=progress, **self.keep(at))

    def ask(self, at, ref):
        put = work.put_challenge(
            recommendation=ref,
            question="What changed?",
            answer_by=day_of(at) + timedelta(7),
            by=self.cast["member"],
            at=at,
        )
        self.challenges.append(put.ref)

    def answer(self, at, _ref):
        work.answer_challenge(
            challenge=self.draw.choice(self.challenges),
            text="This.",
            by=self.cast[self.draw.choice(("owner", "owner2"))],
            at=at,
        )

    def act(self, at, ref):
        covers = [Coverage(ref, "half"), Coverage(self.draw.choice(ITEMS))]
        work.add_action(title="Act", lead="team:people", covers=covers, **self.keep(at))

    def show(self, at, ref):
        draft = EvidenceDraft(
            day_of(at) - timedelta(90),
            day_of(at),
            "Counted",
            Reliability.HIGH,
            EvidenceClass.INTERNAL,
            address="https://a.example/x",
        )
        offered = work.offer_evidence(
            recommendation=ref, title="Count", draft=draft, **self.keep(at)
        )
        self.evidence.append(offered.ref)

    def judge(self, at, _ref):
        work.review_evidence(
            evidence=self.draw.choice(self.evidence),
            verb=self.draw.choice(("accept", "return")),
            reason="Read",
            by=self.cast["panel"],
            at=at,
        )


class _Judging:
    """Random steps about the judgement of one item, some of which the rules refuse."""

    STEPS = ("agree", "record", "worse", "show", "claims", "convene", "vote", "conclude", "clock",
             "reopen", "withdraw", "tie")  # fmt: skip

    def __init__(self, case: Case, draw: random.Random) -> None:
        self.case, self.draw, self.done = case, draw, 0

    def step(self) -> None:
        self.case.wait(self.draw.randint(1, 20))
        try:
            getattr(self, f"do_{self.draw.choice(self.STEPS)}")()
        except EvenhandError:
            return
        self.done += 1

    def __getattr__(self, name: str) -> Callable[[], Any]:
        return getattr(self.case, name.removeprefix("do_"))

    def do_worse(self):
        self.case.record(self.draw.choice((55.0, 70.0)), low=50.0, high=75.0)

    def do_convene(self):
        self.case.convene(Mode.CORRESPONDENCE, days=60)

    def do_vote(self):
        for name in self.draw.sample(MEMBERS, k=self.draw.randint(2, 4)):
            up = self.draw.random() < 0.8
            level = Embedding.EFFECT_SEEN if up else Embedding.TRAINED
            self.case.vote(name, Voice.UPHOLD if up else Voice.REJECT, level)

    def do_clock(self):
        lapse_verdicts(at=self.case.now)

    def do_reopen(self):
        judging.reopen_item(recommendation=ITEMS[0], reason="Why", **self.case.by("member"))

    def do_withdraw(self):
        judging.withdraw_claim(claim=self.case.claim, reason="Why", **self.case.by("owner"))

    def do_tie(self):
        member = self.case.cast["panel5"]
        judging.declare_interest(
            member=member.subject, recommendation=ITEMS[0], nature="A tie", **self.case.by("panel5")
        )


@pytest.mark.parametrize("seed", range(3))
def test_judgement_on_every_past_day_looks_as_it_did_and_closes_only_by_verdict(
    seed, cast, lamp, at
):
    draw = random.Random(seed)
    case = Case(cast, at).agree().record().show().claims().seat()
    case.convene(Mode.CORRESPONDENCE, days=30)
    play, said = _Judging(case, draw), {}
    for _ in range(40):
        play.step()
        said[case.on] = _judged(AsOf.now(case.now + timedelta(hours=1)))
        row = get_item(ITEMS[0], as_of=case.view)
        closing = [v for v in said[case.on]["verdicts"] if v.closes and v.state != "replaced"]
        assert row.work.state != "closed" or closing
        assert said[case.on]["broken"] == []
    assert play.done > 8, "the history is too short to prove anything"
    for day, then in said.items():
        assert _judged(AsOf.end_of(day, at=case.now)) == then, day


@pytest.mark.parametrize("seed", range(2))
def test_every_past_day_looks_as_it_did(seed, cast, lamp, at):
    draw = random.Random(seed)
    register.record_policy(ref="one", title="One", by=cast["secretariat"], at=at)
    play, said, done = _Play(cast, draw), {}, 0
    now = at
    for _ in range(36):
        now += timedelta(days=draw.randint(1, 9))
        done += sum(play.step(now + timedelta(minutes=n)) for n in range(draw.randint(1, 4)))
        said[day_of(now)] = _everything(AsOf.now(now + timedelta(hours=1)))
    assert done > 30, "the history is too short to prove anything"
    for day, then in said.items():
        assert _everything(AsOf.end_of(day, at=now)) == then, day


def test_replaying_the_ledger_gives_what_the_tables_say(small_demo, at):
    """The second way: fold the events, which no table of facts was asked for."""
    today = day_of(at)
    for row in list_items(as_of=AsOf.now(at)):
        events = list_history(row.subject)
        states = [Change(e.at, "work", _work_of(e)) for e in events if _is_work(e)]
        dates = [
            Change(e.at, "due", e.after["due"]) for e in events if e.kind.startswith("due-date.")
        ]
        for days in (0, 200, 800, 1500):
            as_of = AsOf.end_of(today - timedelta(days), at=at)
            if row.recorded_on > as_of.on:
                continue
            then = get_item(row.ref, as_of=as_of)
            if then.work.state != "replaced":  # follows from a link’s event, told apart below
                expected = fold(states, as_of=as_of.moment).get("work", WORK.start)
                assert then.work.state == expected
            due = fold(dates, as_of=as_of.moment).get("due")
            assert (then.due.due_on.isoformat() if then.due and then.due.due_on else None) == due


def _is_work(event) -> bool:
    return event.kind in {"work.moved", "work.claimed", "work.level-reported"} | JUDGED


def _work_of(event) -> str:
    return event.after["work" if event.kind in JUDGED else "state"]


JUDGED = {"verdict.given", "verdict.reopened", "claim.withdrawn"}
"""Events of a judgement that move the work, and say to which state."""


def test_a_day_before_there_was_anything_shows_nothing(lamp, at):
    assert list_items(as_of=AsOf.end_of(date(2019, 1, 1), at=at)) == []


def test_a_future_day_cannot_be_looked_at(at):
    with pytest.raises(UsageProblem, match="has not come"):
        AsOf.end_of(day_of(at) + timedelta(1), at=at)


def test_a_page_as_of_a_past_day_says_so_and_offers_nothing_to_change(lamp, signed_in, keeper, at):
    client = signed_in("secretariat")
    address = "/recommendations/lamp-2020/1/"
    assert "Post an update" in client.get(address).content.decode()
    past = client.get(address, {"as_of": (at - timedelta(3)).date().isoformat()})
    text = past.content.decode()
    assert "As of 27 February 2026" in text
    assert "Post an update" not in text
    assert "as_of=2026-02-27" in text, "links keep the viewpoint"
    assert client.get(address, {"as_of": "2019-01-01"}).status_code == 404
    assert client.get(address, {"as_of": "soon"}).status_code == 422
