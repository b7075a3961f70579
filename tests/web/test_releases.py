"""A release: proposed by one, decided by another, frozen, and withdrawn with a notice."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest

from evenhand.accountability.releases import tell_story
from evenhand.core import Refused, UsageProblem
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.queries import list_claims, list_latest_verdicts, list_votes
from evenhand.web.ledger.queries import get_head, list_history
from evenhand.web.register import services as register
from evenhand.web.releases.gathering import Asked, gather, list_words, view_at
from evenhand.web.releases.queries.frozen import (
    find_newest,
    get_record,
    get_release,
    list_records,
    list_releases,
)
from evenhand.web.releases.queries.proposals import get_proposal, list_proposals
from evenhand.web.releases.services import (
    approve_release,
    decline_release,
    propose_release,
    take_back_release,
    withdraw_release,
)
from evenhand.web.work import services as work

LAMP = Asked(publications=("lamp-2020",))
ONE = "lamp-2020/1"


@pytest.fixture
def propose(lamp, keeper, at):
    def run(asked=LAMP, *, by=keeper, at=at):
        said = {"title": "Spring", "statement": "The first release.", "reasons": "It is due."}
        return propose_release(asked=asked, by=by, at=at, **said)

    return run


@pytest.fixture
def released(propose, member, at):
    """The whole report, public since an hour."""
    ref = propose()
    approve_release(release=ref, by=member, at=at + timedelta(hours=1))
    return ref


def test_nothing_is_public_before_a_second_person_agrees(propose):
    ref = propose()
    assert get_proposal(ref).waits
    assert find_newest() is None
    assert list_records() == []


def test_who_proposed_a_release_cannot_approve_it(propose, keeper, at):
    ref = propose()
    size = get_head().size
    with pytest.raises(Refused, match="another person"):
        approve_release(release=ref, by=keeper, at=at)
    assert get_head().size == size
    assert list_records() == []


@pytest.mark.parametrize("name", ["owner", "panel", "analyst", "monitor", "admin"])
def test_neither_proposing_nor_deciding_is_for_other_roles(propose, cast, at, name):
    ref = propose()
    for attempt in (
        lambda: propose(by=cast[name]),
        lambda: approve_release(release=ref, by=cast[name], at=at),
        lambda: decline_release(release=ref, reason="r", by=cast[name], at=at),
        lambda: withdraw_release(release=ref, reason="r", by=cast[name], at=at),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_release_freezes_every_recommendation_of_the_report_with_its_parts(released):
    addresses = [row.address for row in list_records()]
    assert addresses == [ONE, "lamp-2020/2", "lamp-2020/3", "lamp-2020/3/a", "lamp-2020/3/b"]
    record = get_record(ONE).read()
    assert record["wording"]["text"] == "Train every sergeant in fairness."
    assert record["status"]["work"]["words"] == "Not started"
    assert record["status"]["owner"]["words"] == "Learning and development"
    assert "work" not in get_record("lamp-2020/3").read()["status"]
    assert [part["number"] for part in get_record("lamp-2020/3").read()["parts"]] == ["a", "b"]


def test_the_copy_stands_apart_from_the_register(released, keeper, at):
    before = get_record(ONE)
    register.set_due_date(
        recommendation=ONE, due_on=date(2027, 1, 1), by=keeper, at=at + timedelta(1)
    )
    assert get_record(ONE) == before


def test_what_is_approved_is_what_was_proposed_and_not_what_changed_since(
    propose, keeper, member, at
):
    ref = propose()
    register.set_due_date(recommendation=ONE, due_on=date(2027, 1, 1), by=keeper, at=at)
    approve_release(release=ref, by=member, at=at + timedelta(1))
    assert "due" not in get_record(ONE).read()["status"]


def test_every_frozen_copy_is_bound_in_the_ledger_by_the_manifest(released):
    release = get_release(1)
    listed = dict(reversed(line.split("  ")) for line in release.manifest.splitlines())
    for row in list_records():
        assert listed[row.address] == row.sha256 == hashlib.sha256(row.body.encode()).hexdigest()
    assert hashlib.sha256(release.manifest.encode()).hexdigest() == release.sha256
    approved = list_history(f"recommendation:{ONE}")[-1]
    assert (approved.kind, approved.after["sha256"]) == ("release.approved", release.sha256)
    assert approved.sequence == release.event


def test_the_log_says_what_the_next_release_changed(released, propose, keeper, member, at):
    later = at + timedelta(2)
    register.set_due_date(recommendation=ONE, due_on=date(2027, 1, 1), by=keeper, at=later)
    ref = propose(at=later + timedelta(1))
    approve_release(release=ref, by=member, at=later + timedelta(2))
    log = get_record(ONE).read()["log"]
    assert [entry["release"] for entry in log] == [1, 2]
    assert log[1]["changes"] == [{"what": "due", "before": "", "after": "2027-01-01"}]
    assert len(get_record("lamp-2020/2").read()["log"]) == 1


def _words_of(at):
    view = view_at(at)
    rows = [each.row for each in gather(LAMP, as_of=view)]
    return {words.text: words.id for words in list_words(rows, as_of=view)}


def test_free_words_go_out_only_where_each_was_approved(propose, owner, member, at):
    for text in ("Forty were trained.", "Between ourselves: it is a mess."):
        work.post_update(
            recommendation=ONE,
            as_at=date(2026, 3, 1),
            progress=text,
            by=owner,
            at=at - timedelta(1),
        )
    chosen = _words_of(at)["Forty were trained."]
    ref = propose(Asked(("lamp-2020",), (), frozenset({chosen})))
    approve_release(release=ref, by=member, at=at)
    bodies = "".join(row.body for row in list_records())
    assert "Forty were trained." in bodies
    assert "Between ourselves" not in bodies


def test_words_that_are_not_on_the_register_cannot_be_approved(propose):
    with pytest.raises(UsageProblem, match="no longer on the register"):
        propose(Asked(("lamp-2020",), (), frozenset({"0" * 32})))


@pytest.mark.parametrize(
    "asked",
    [Asked(("no-such",)), Asked((), ("lamp-2020/99",)), Asked(("lamp-2020",), ("lamp-2020/99",))],
)
def test_what_is_not_on_the_register_cannot_be_proposed(propose, asked):
    with pytest.raises((NotThere, UsageProblem)):
        propose(asked)


def test_a_part_is_released_with_the_recommendation_it_is_a_part_of(propose, member, at):
    approve_release(release=propose(Asked((), ("lamp-2020/3/a",))), by=member, at=at)
    assert [row.address for row in list_records()] == ["lamp-2020/3", "lamp-2020/3/a"]


def test_a_release_says_why_to_the_public_and_to_who_decides(lamp, keeper, at):
    for missing in ("title", "statement", "reasons"):
        said = {"title": "t", "statement": "s", "reasons": "r"} | {missing: " "}
        with pytest.raises(UsageProblem, match=missing):
            propose_release(asked=LAMP, by=keeper, at=at, **said)


def test_what_was_decided_cannot_be_decided_again(propose, keeper, member, at):
    ref = propose()
    decline_release(release=ref, reason="Not yet.", by=member, at=at)
    assert get_proposal(ref).reason == "Not yet."
    with pytest.raises(Refused, match="declined"):
        approve_release(release=ref, by=member, at=at)
    other = propose()
    take_back_release(release=other, by=keeper, at=at)
    with pytest.raises(Refused, match="taken back"):
        approve_release(release=other, by=member, at=at)
    assert [row.state for row in list_proposals()] == ["taken_back", "declined"]


def test_a_withdrawal_leaves_a_notice_and_nothing_of_the_page(released, keeper, at):
    number = withdraw_release(
        release=released, reason="A date was wrong.", by=keeper, at=at + timedelta(1)
    )
    row = get_record(ONE)
    assert row.is_withdrawn
    assert (row.release, number) == (2, 2)
    assert "Train every sergeant" not in row.body
    assert get_release(2).statement == "A date was wrong."
    assert get_release(1).withdrawn_by == 2
    assert get_proposal(released).state == "withdrawn"


def test_one_recommendation_is_withdrawn_and_the_rest_stays(released, keeper, at):
    withdraw_release(
        release=released,
        reason="It names a place.",
        recommendations=[ONE],
        by=keeper,
        at=at + timedelta(1),
    )
    assert [row.address for row in list_records() if row.is_withdrawn] == [ONE]
    assert get_release(1).withdrawn_by is None
    with pytest.raises(UsageProblem, match="not public by this release"):
        withdraw_release(
            release=released,
            reason="again",
            recommendations=[ONE],
            by=keeper,
            at=at + timedelta(2),
        )


def test_a_withdrawal_spares_what_a_later_release_replaced(released, propose, keeper, member, at):
    again = propose(Asked((), (ONE,)), at=at + timedelta(1))
    approve_release(release=again, by=member, at=at + timedelta(2))
    withdraw_release(release=released, reason="r", by=keeper, at=at + timedelta(3))
    assert not get_record(ONE).is_withdrawn
    assert get_record("lamp-2020/2").is_withdrawn


def test_after_a_withdrawal_two_people_can_release_again_and_the_log_remembers_that(
    released, propose, keeper, member, at
):
    withdraw_release(release=released, reason="r", by=keeper, at=at + timedelta(1))
    approve_release(release=propose(at=at + timedelta(2)), by=member, at=at + timedelta(3))
    log = get_record(ONE).read()["log"]
    assert [(e["release"], e["act"]) for e in log] == [
        (1, "released"),
        (2, "withdrawn"),
        (3, "released"),
    ]
    assert log[0]["changes"] == []
    assert log[2]["changes"]


def test_what_is_not_released_cannot_be_withdrawn(propose, keeper, at):
    with pytest.raises(Refused):
        withdraw_release(release=propose(), reason="r", by=keeper, at=at)


def test_a_verdict_goes_out_with_its_votes_and_without_anybody_s_reasons(small_demo, at):
    view = AsOf.now(at)
    verdicts = list_latest_verdicts(as_of=view)
    ref, verdict = next(iter(verdicts.items()))
    said = {"title": "t", "statement": "s", "reasons": "r"}
    keeper, member = small_demo.users["secretariat"], small_demo.users["member"]
    asked = Asked(recommendations=(ref,))
    proposed = propose_release(asked=asked, by=keeper, at=at, **said)
    approve_release(release=proposed, by=member, at=at)
    row = get_record(ref)
    told = row.read()["status"]["verdict"]
    assert told["words"].startswith(verdict.words)
    assert (told["for"], told["against"]) == (verdict.votes_for, verdict.votes_against)
    assert "An independent panel decided" in " ".join(tell_story(row.read()))
    votes = list_votes([verdict.sitting_pk], as_of=view)[verdict.sitting_pk]
    reasons = [vote.reason for vote in votes]
    reasons += [claim.reason for claim in list_claims(as_of=view, item=ref)]
    assert any(reasons)
    assert not [reason for reason in reasons if reason and reason in row.body]


def test_acts_are_numbered_without_gaps(released, keeper, at):
    withdraw_release(release=released, reason="r", by=keeper, at=at + timedelta(1))
    assert [row.number for row in list_releases()] == [2, 1]
    assert json.loads(get_record(ONE).body)["withdrawn_on"] == "2026-03-03"
