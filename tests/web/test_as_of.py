"""What the pages said on a past day is what they say when asked as of that day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from evenhand.accountability.history import Change, fold
from evenhand.accountability.machines import WORK
from evenhand.core import EvenhandError, UsageProblem
from evenhand.web.foundation.as_of import AsOf, day_of
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
        states = [Change(e.at, "work", e.after["state"]) for e in events if _is_work(e)]
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
    return event.kind in {"work.moved", "work.claimed", "work.level-reported"}


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
