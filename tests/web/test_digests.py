"""What each person owes, and one digest of it a week, sent once and recorded without addresses."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.accountability.owed import Level, MatterKind, Week, list_owed
from evenhand.accountability.roles import Actor
from evenhand.web.accounts.queries import get_actor
from evenhand.web.accounts.services import set_address
from evenhand.web.digests.gathering import gather_matters
from evenhand.web.digests.queries import get_digest, list_digests
from evenhand.web.digests.sending import send_digests
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.ledger.queries import get_head, list_bodies, list_history
from evenhand.web.register import services as register
from evenhand.web.register.choices import LinkKind
from evenhand.web.releases.gathering import Asked
from evenhand.web.releases.services import propose_release
from evenhand.web.work import services as work

ONE, TWO = "lamp-2020/1", "lamp-2020/2"


def owed_by(user, at) -> list[tuple[MatterKind, Level]]:
    view = AsOf.now(at)
    found = list_owed(get_actor(user, at=at), gather_matters(as_of=view), on=view.on)
    return [(owed.matter.kind, owed.level) for owed in found]


@pytest.fixture
def asked(lamp, member, at):
    return work.put_challenge(recommendation=ONE, question="What changed?", by=member, at=at)


def test_a_question_is_owed_by_who_holds_the_item_and_later_by_who_is_over_them(
    asked, owner, keeper, member, at
):
    mine = (MatterKind.ANSWER, Level.OWNER)
    assert mine in owed_by(owner, at)
    for user in (keeper, member):
        assert MatterKind.ANSWER not in {kind for kind, _ in owed_by(user, at)}
    late = at + timedelta(days=28 + 1 + 14)
    assert (MatterKind.ANSWER, Level.SUPERIOR) in owed_by(keeper, late)
    assert MatterKind.ANSWER not in {kind for kind, _ in owed_by(member, late)}
    later = late + timedelta(weeks=4)
    assert (MatterKind.ANSWER, Level.MEMBER) in owed_by(member, later)


def test_an_answer_is_owed_back_to_who_asked(asked, owner, member, panel, at):
    work.answer_challenge(challenge=asked.ref, text="Much.", by=owner, at=at)
    assert MatterKind.ANSWER not in {kind for kind, _ in owed_by(owner, at)}
    assert (MatterKind.SETTLE, Level.OWNER) in owed_by(member, at)
    assert MatterKind.SETTLE not in {kind for kind, _ in owed_by(panel, at)}
    work.settle_challenge(challenge=asked.ref, by=member, at=at)
    assert MatterKind.SETTLE not in {kind for kind, _ in owed_by(member, at)}


def test_a_due_date_is_owed_before_it_comes_and_after_it_has_passed(lamp, owner, keeper, at):
    due = day_of(at) + timedelta(10)
    register.set_due_date(recommendation=ONE, due_on=due, by=keeper, at=at)
    assert (MatterKind.DUE_SOON, Level.OWNER) in owed_by(owner, at)
    after = at + timedelta(11)
    kinds = {kind for kind, _ in owed_by(owner, after)}
    assert MatterKind.OVERDUE in kinds
    assert MatterKind.DUE_SOON not in kinds


def test_what_nobody_owns_is_owed_by_the_secretariat(lamp, keeper, owner, at):
    assert (MatterKind.ASSIGN, Level.OWNER) in owed_by(keeper, at)
    assert MatterKind.ASSIGN not in {kind for kind, _ in owed_by(owner, at)}


def test_reviews_are_owed_by_those_who_may_and_not_by_who_made_them(
    lamp, keeper, analyst, member, at
):
    register.propose_link(
        source=ONE,
        target=TWO,
        kind=LinkKind.OVERLAPS,
        reason="Alike.",
        uncovered="",
        by=analyst,
        at=at,
    )
    said = {"title": "t", "statement": "s", "reasons": "r"}
    propose_release(asked=Asked(publications=("lamp-2020",)), by=keeper, at=at, **said)
    assert (MatterKind.REVIEW_LINK, Level.OWNER) in owed_by(keeper, at)
    assert owed_by(analyst, at) == []
    assert (MatterKind.DECIDE_RELEASE, Level.OWNER) in owed_by(member, at)
    assert MatterKind.DECIDE_RELEASE not in {kind for kind, _ in owed_by(keeper, at)}


def test_each_person_gets_one_digest_a_week_however_often_it_is_run(asked, owner, at):
    set_address(address="owner@example.org", by=owner, at=at)
    first = send_digests(at=at)
    assert first.sent > 0
    assert len(mail.outbox) == 1
    size = get_head().size
    monday = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    for moment in (at + timedelta(hours=1), monday + timedelta(days=6, hours=20)):
        again = send_digests(at=moment)
        assert (again.sent, again.had_it) == (0, first.sent)
    assert get_head().size == size
    assert len(mail.outbox) == 1
    assert send_digests(at=at + timedelta(7)).sent >= first.sent
    assert len(mail.outbox) == 2


def test_a_digest_is_on_the_record_without_the_address_and_its_subject_names_no_matter(
    asked, owner, at
):
    set_address(address="owner@example.org", by=owner, at=at)
    send_digests(at=at)
    [message] = mail.outbox
    assert message.to == ["owner@example.org"]
    assert "What changed?" in message.body
    assert "What changed?" not in message.subject
    assert f"/recommendations/{ONE}/#challenges" in message.body
    ledger = b"".join(list_bodies())
    assert b"owner@example.org" not in ledger
    assert b"What changed?" not in ledger
    sent = [each for each in list_history(owner.subject) if each.kind == "digest.sent"]
    assert sent[0].after["mailed"] is True
    assert get_digest(owner.subject, Week(2026, 10)).body == message.body


def test_without_an_address_the_digest_is_on_the_page_only(asked, owner, at):
    send_digests(at=at)
    assert mail.outbox == []
    assert [row.mailed for row in list_digests(owner.subject)] == [False]


def test_who_owes_nothing_gets_nothing(lamp, analyst, at):
    send_digests(at=at)
    assert list_digests(analyst.subject) == []


class Broken(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise OSError("the server is away")


def test_mail_that_is_not_taken_is_tried_again_and_costs_nobody_else_theirs(
    asked, owner, keeper, at
):
    set_address(address="owner@example.org", by=owner, at=at)
    with override_settings(EMAIL_BACKEND=f"{__name__}.Broken"):
        first = send_digests(at=at)
    assert first.failed == 1
    assert list_digests(owner.subject) == []
    assert list_digests(keeper.subject)
    second = send_digests(at=at + timedelta(hours=1))
    assert (second.sent, second.failed) == (1, 0)
    assert len(mail.outbox) == 1


ACTS = st.lists(
    st.tuples(st.sampled_from(["ask", "answer", "due", "assign", "send"]), st.integers(0, 12)),
    min_size=3,
    max_size=14,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS, seed=st.integers(0, 1000))
def test_over_random_histories_nobody_is_told_twice_a_week_or_of_what_is_done(
    acts, seed, lamp, cast, at, django_db_blocker
):
    from django.db import transaction

    draw, now = random.Random(seed), at
    with transaction.atomic():
        for act, days in acts:
            now += timedelta(days=days, minutes=1)
            _play(act, draw, cast, now)
        every = [row for user in cast.values() for row in list_digests(user.subject)]
        keys = [(row.person, row.week) for row in every]
        assert len(keys) == len(set(keys))
        for row in every:
            assert row.matters > 0
            assert row.week == Week(*day_of(row.recorded_at).isocalendar()[:2])
        _check_owed(cast, now)
        transaction.set_rollback(True)


def _play(act: str, draw: random.Random, cast, now: datetime) -> None:
    ref = draw.choice([ONE, TWO])
    keeper, member = cast["secretariat"], cast["member"]
    if act == "ask":
        work.put_challenge(recommendation=ref, question="Why?", by=member, at=now)
    elif act == "answer":
        for each in work.challenges.Challenge.objects.all():
            state = each.standings.get(superseded_at=None).state
            if state == "open" and each.recommendation.ref == ONE:
                work.answer_challenge(challenge=each.ref, text="So.", by=cast["owner"], at=now)
                break
    elif act == "due" and not register.due_dates.DueDate.objects.filter(recommendation__ref=ref):
        due = day_of(now) + timedelta(draw.randint(0, 20))
        register.set_due_date(recommendation=ref, due_on=due, by=keeper, at=now)
    elif act == "assign":
        register.assign_duty(
            recommendation=ref, party="team:learning", starts=day_of(now), by=keeper, at=now
        )
    else:
        send_digests(at=now)


def _check_owed(cast, now: datetime) -> None:
    """Nothing is owed whose act the rule would refuse, and no settled thing is owed."""
    view = AsOf.now(now)
    matters = gather_matters(as_of=view)
    for user in cast.values():
        actor: Actor = get_actor(user, at=now)
        for owed in list_owed(actor, matters, on=view.on):
            if owed.level is Level.OWNER:
                assert owed.matter.acts(actor)
            else:
                assert owed.matter.late_since is not None


def test_the_page_shows_what_is_owed_what_was_sent_and_takes_an_address(
    asked, owner, signed_in, at
):
    client = signed_in("owner")
    text = client.get("/owed/").content.decode()
    assert "What changed?" in text
    assert "Nothing yet." in text
    assert client.post("/owed/", {"address": "no address"}).status_code == 422
    client.post("/owed/", {"address": "owner@example.org"})
    send_digests(at=at)
    text = client.get("/owed/").content.decode()
    assert "Week 2026-W10" in text
    assert "What changed?" in client.get("/owed/digests/2026/10/").content.decode()
    assert signed_in("member").get("/owed/digests/2025/1/").status_code == 404
    with pytest.raises(NotThere):
        get_digest("person:nobody", Week(2026, 10))


def test_who_owes_nothing_is_told_so(lamp, signed_in):
    assert "Nothing waits for you today." in signed_in("analyst").get("/owed/").content.decode()


@pytest.mark.slow
def test_the_command_says_what_it_did_and_where_there_is_no_register(tmp_path):
    code = "from evenhand.cli.digest import digest; from pathlib import Path; import sys\n"
    call = "digest(home=Path(sys.argv[1]), as_json=True)"
    run = subprocess.run(
        [sys.executable, "-c", code + call, str(tmp_path / "none")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 2
    assert json.loads(run.stdout)["error"]["rule"] == "register-set-up"
