"""A mark in every private field, and every byte of the public side searched for it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.web.accounts.services import record_party
from evenhand.web.judgement.services import prepare_redaction, review_redaction
from evenhand.web.judgement.twins import Twin
from evenhand.web.register import services as register
from evenhand.web.register.choices import LinkKind
from evenhand.web.releases.attached import list_attached
from evenhand.web.releases.gathering import Asked, gather, view_at
from evenhand.web.releases.kept import SHELF
from evenhand.web.releases.services import withdraw_release
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft

from .publishing import list_addresses, make_publisher

ONE, TWO, SPLIT, PART = "lamp-2020/1", "lamp-2020/2", "lamp-2020/3", "lamp-2020/3/a"
PRIVATE = b"CANARY: who attended, and where they live.\n"
PUBLIC = b"How many attended, by month.\n"


@pytest.fixture(autouse=True)
def _fresh_shelf():
    """Pages of another test’s database are not kept."""
    SHELF.__init__()  # type: ignore[misc]


@pytest.fixture
def publish(lamp, keeper, member, at):
    return make_publisher(keeper, member, at)


@pytest.fixture
def canaries(lamp, keeper, owner, member, analyst, panel, at) -> list[str]:
    """A mark in every private field that can be reached from a recommendation of the report."""
    then, keep = at - timedelta(5), {"by": keeper, "at": at - timedelta(5)}
    register.retitle(recommendation=ONE, title="CANARY-title", **keep)
    register.record_response(
        recommendation=ONE,
        verb="accept",
        reason="CANARY-response",
        responded_on=then.date(),
        **keep,
    )
    register.set_due_date(recommendation=ONE, due_on=date(2027, 1, 1), reason="CANARY-due", **keep)
    register.move_work(recommendation=ONE, verb="start", by=owner, at=then)
    register.move_work(recommendation=ONE, verb="pause", reason="CANARY-pause", **keep)
    person = record_party(kind="person", name="CANARY-person", **keep)
    register.assign_duty(
        recommendation=TWO,
        party=person.subject,
        starts=then.date(),
        reason="CANARY-duty",
        **keep,
    )
    register.add_theme(ref="canary", title="CANARY-theme", kind="theme", **keep)
    register.tag(recommendation=ONE, theme="canary", **keep)
    register.record_policy(ref="canary", title="CANARY-policy", address="CANARY-where", **keep)
    register.cover_by_policy(
        policy="canary",
        recommendation=ONE,
        in_full=False,
        uncovered="CANARY-uncovered",
        **keep,
    )
    link = register.propose_link(
        source=ONE,
        target=TWO,
        kind=LinkKind.OVERLAPS,
        reason="CANARY-link",
        uncovered="",
        by=analyst,
        at=then,
    )
    register.review_link(link=link.ref, verb="confirm", reason="CANARY-review", **keep)
    work.post_update(
        recommendation=ONE,
        as_at=then.date(),
        progress="CANARY-progress",
        challenges="CANARY-hard",
        next_steps="CANARY-next",
        by=owner,
        at=then,
    )
    asked = work.put_challenge(recommendation=ONE, question="CANARY-question", by=member, at=then)
    work.answer_challenge(challenge=asked.ref, text="CANARY-answer", by=owner, at=then)
    work.ask_again(challenge=asked.ref, reason="CANARY-again", by=member, at=then)
    draft = EvidenceDraft(
        speaks_from=date(2026, 1, 1),
        speaks_to=date(2026, 2, 1),
        method="CANARY-method",
        limits="CANARY-limits",
        reliability=Reliability.HIGH,
        classification=EvidenceClass.RESTRICTED,
        address="https://canary.example/CANARY-file",
    )
    shown = work.offer_evidence(
        recommendation=ONE,
        title="CANARY-evidence",
        draft=draft,
        shows="CANARY-shows",
        by=owner,
        at=then,
    )
    work.review_evidence(
        evidence=shown.ref, verb="return", reason="CANARY-sent-back", by=panel, at=then
    )
    work.add_action(
        title="CANARY-action",
        description="CANARY-what",
        lead="team:learning",
        covers=[work.actions.Coverage(ONE, "CANARY-not-covered")],
        by=owner,
        at=then,
    )
    return ["CANARY", "canary", "Demo owner", "Demo secretary", "Demo member", "person:p-"]


def test_nothing_private_is_in_any_byte_that_is_served(canaries, publish, keeper, at):
    first = publish()
    client = Client()
    served = {address: client.get(address) for address in list_addresses()}
    assert len(served) > 20
    assert {response.status_code for response in served.values()} == {200}
    whole = b"".join(
        response.content + str(response.headers).encode() for response in served.values()
    )
    assert b"Train every sergeant" in whole
    assert [mark for mark in canaries if mark.encode() in whole] == []
    withdraw_release(
        release=first, reason="Wrong.", recommendations=[ONE], by=keeper, at=at + timedelta(1)
    )
    again = b"".join(client.get(address).content for address in list_addresses())
    assert [mark for mark in canaries if mark.encode() in again] == []
    assert b"Train every sergeant" not in again


def test_a_released_twin_is_served_and_no_byte_of_the_private_file_behind_it(
    canaries, publish, owner, analyst, keeper, at
):
    then = at - timedelta(4)
    offered = work.offer_evidence(
        recommendation=ONE,
        title="CANARY-of-a-file",
        draft=EvidenceDraft(
            speaks_from=date(2026, 1, 1),
            speaks_to=date(2026, 2, 1),
            method="CANARY-counted",
            reliability=Reliability.HIGH,
            classification=EvidenceClass.RESTRICTED,
            content=PRIVATE,
            filename="CANARY-private.txt",
            media_type="text/plain",
        ),
        by=owner,
        at=then,
    )
    twin = Twin(PUBLIC, "CANARY-twin.txt", "text/plain", "Who attended.")
    made = prepare_redaction(evidence=offered.ref, twin=twin, by=analyst, at=then)
    review_redaction(redaction=made, verb="pass", by=keeper, at=then)
    asked, view = Asked(publications=("lamp-2020",)), view_at(at)
    rows = [each.row for each in gather(asked, as_of=view)]
    files = frozenset(each.id for each in list_attached(rows, as_of=view))
    publish(asked=replace(asked, files=files))
    served = [Client().get(address) for address in list_addresses()]
    whole = b"".join(each.content + str(each.headers).encode() for each in served)
    assert PUBLIC in whole
    assert b"Who attended." in whole
    digest = hashlib.sha256(PRIVATE).hexdigest()
    assert [mark for mark in (*canaries, digest) if mark.encode() in whole] == []


def test_a_person_who_is_responsible_is_not_named(canaries, publish):
    publish()
    page = Client().get(reverse("public:record", args=[TWO])).content.decode()
    assert "A person, whose name is not published" in page
