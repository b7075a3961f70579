"""The ledger as the database keeps it: whole, provable, erasable behind its seals, and exported."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, connections, transaction

from evenhand.accountability.ledger import (
    Anchor,
    Frontier,
    VerifyingKey,
    check_inclusion,
    check_ledger,
    read_event,
    read_key,
)
from evenhand.accountability.roles import Role
from evenhand.core import Refused
from evenhand.web.accounts.founding import found_installation
from evenhand.web.accounts.queries import get_party
from evenhand.web.accounts.services import erase_name, grant_role, record_party
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.errors import NotThere
from evenhand.web.ledger.batch import batched
from evenhand.web.ledger.export import make_checkpoint, render_export
from evenhand.web.ledger.keys import load_signing_key
from evenhand.web.ledger.models import Event, HeadRow, Node, OpeningRow, RefusedAttempt
from evenhand.web.ledger.queries import get_head, list_history, list_refusals, prove_event
from evenhand.web.ledger.recording import record_event
from evenhand.web.register.services import extend_due_date, retitle, set_due_date


def test_the_demo_exports_a_ledger_that_verifies(small_demo, at):
    key = load_signing_key()
    make_checkpoint(key=key, at=at)
    head = get_head()
    outcome = check_ledger(
        render_export(), anchors=[Anchor(head.size, head.root)], keys=[key.public]
    )
    assert outcome.ok, outcome.faults
    assert outcome.events == outcome.witnessed == head.size > 500


def test_what_is_altered_in_the_database_is_found_by_whoever_kept_the_root(lamp, at):
    head = get_head()
    with connection.cursor() as cursor:  # as one who may change the schema
        on = " ON ledger_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_event_no_update{on}")
    victim = Event.objects.get(kind="duty.assigned")
    altered = victim.body.replace("team:learning", "team:people")
    Event.objects.filter(pk=victim.pk).update(body=altered)
    outcome = check_ledger(render_export(), anchors=[Anchor(head.size, head.root)])
    assert not outcome.ok


def test_every_event_can_be_proved_from_the_stored_nodes(lamp):
    nodes = {(node.level, node.place): bytes(node.hash) for node in Node.objects.all()}
    frontier = Frontier()
    for event in Event.objects.order_by("sequence"):
        leaf = read_event(event.body.encode()).leaf
        frontier, completed = frontier.grown(leaf)
        for node in completed:
            assert nodes.pop((node.level, node.index)) == node.hash
    assert not nodes
    assert frontier.root == get_head().root


def test_events_in_a_batch_are_those_outside_one(cast, at):
    with batched():
        for name in ("North", "South", "West"):
            record_party(kind="team", name=name, ref=name.lower(), by=cast["secretariat"], at=at)
    record_party(kind="team", name="East", ref="east", by=cast["secretariat"], at=at)
    assert check_ledger(render_export()).ok
    assert Event.objects.count() == get_head().size


def test_a_batch_that_fails_leaves_nothing(cast, at):
    size = get_head().size
    with pytest.raises(NotThere):
        _batch_that_fails(cast["secretariat"], at)
    assert get_head().size == size == Event.objects.count()


def _batch_that_fails(keeper, at):
    with batched():
        record_party(kind="team", name="North", ref="north", by=keeper, at=at)
        retitle(recommendation="none/1", title="x", by=keeper, at=at)


def test_a_command_that_fails_inside_a_batch_takes_its_event_with_it(cast, lamp, at):
    size = get_head().size
    with batched() as batch:
        with pytest.raises(Refused):
            _fail_late(batch, at)
        retitle(recommendation="lamp-2020/1", title="Kept", by=cast["secretariat"], at=at)
    assert get_head().size == size + 1
    assert check_ledger(render_export()).ok


def _fail_late(batch, at):
    with batch.undone_on_error(), transaction.atomic():
        record_event(kind="title.changed", subject="recommendation:x", by="a:b", at=at)
        raise Refused("as a rule might, late")


def test_an_event_outside_a_transaction_is_refused(transactionless, at):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_event(kind="a.b", subject="a:b", by="a:b", at=at)


@pytest.fixture
def transactionless(monkeypatch) -> None:
    """A connection that says it is in no transaction."""
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)


def test_erasing_a_name_leaves_the_tree_whole_and_no_trace_of_the_name(cast, admin, at):
    name = "Somebody Madeup"
    party = record_party(kind="person", name=name, by=cast["secretariat"], at=at)
    root = get_head().root
    assert list_history(party.subject)[0].after["name"] == name
    erase_name(person=party.subject, reason="Asked to be forgotten", by=admin, at=at)
    assert get_party(party.subject).name == ERASED
    assert list_history(party.subject)[0].after["name"] == "[erased]"
    assert check_ledger(render_export()).ok
    kept = [event.body for event in Event.objects.all()]
    kept += [row.value for row in OpeningRow.objects.all()]
    assert not [text for text in kept if name in text]
    assert root != get_head().root


def test_a_refused_attempt_is_kept_after_its_transaction_is_gone(cast, lamp, at):
    size = get_head().size
    with pytest.raises(Refused):
        retitle(recommendation="lamp-2020/1", title="Mine", by=cast["owner"], at=at)
    assert get_head().size == size
    [kept] = list_refusals()
    assert kept.command == "register.services.themes.retitle"
    assert kept.actor == cast["owner"].subject
    assert "secretariat" in kept.reason
    assert RefusedAttempt.objects.count() == 1


def test_a_clock_set_back_does_not_turn_time_back(cast, lamp, at):
    keeper = cast["secretariat"]
    retitle(recommendation="lamp-2020/1", title="First", by=keeper, at=at)
    earlier = at.replace(year=2025)
    retitle(recommendation="lamp-2020/1", title="Second", by=keeper, at=earlier)
    first, second = list_history("recommendation:lamp-2020/1")[-2:]
    assert second.at == first.at


def test_the_head_is_one_row(lamp):
    assert HeadRow.objects.count() == 1


def test_a_checkpoint_is_made_once_for_a_size(lamp, at):
    key = load_signing_key()
    assert make_checkpoint(key=key, at=at) is not None
    assert make_checkpoint(key=key, at=at) is None


def test_the_public_key_beside_the_seed_is_its_own(settings, lamp):
    key = load_signing_key()
    published = read_key(settings.HOME.public_key.read_text())
    assert isinstance(published, VerifyingKey)
    assert published == key.public
    assert settings.HOME.signing_seed.stat().st_mode & 0o077 == 0


def test_one_event_can_be_proved_by_itself(lamp):
    leaves = [read_event(body.encode()).leaf for body in _bodies()]
    for index in (0, 3, len(leaves) - 1):
        proof = prove_event(index)
        assert check_inclusion(proof, leaf=leaves[index], root=get_head().root) == ()
    assert check_inclusion(prove_event(3), leaf=leaves[4], root=get_head().root)


def _bodies() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("body", flat=True))


def test_no_event_names_a_person(small_demo):
    for body in _bodies():
        assert "Demo " not in body, json.loads(body)["kind"]


def test_the_first_administrator_is_made_once(cast, at):
    with pytest.raises(Refused, match="accounts already"):
        found_installation(name="Another", username="other", password="x" * 20, at=at)


def test_nobody_grants_themselves_a_role_by_command(cast, admin, at):
    with pytest.raises(Refused, match="themselves"):
        grant_role(person=admin.subject, role=Role.PANEL_MEMBER, by=admin, at=at)


def test_history_shows_what_stood_before_and_after(cast, lamp, at):
    keeper = cast["secretariat"]
    set_due_date(recommendation="lamp-2020/1", due_on=at.date().replace(month=6), by=keeper, at=at)
    extend_due_date(
        recommendation="lamp-2020/1",
        to=at.date().replace(month=9),
        reason="Later",
        by=keeper,
        at=at,
    )
    last = list_history("recommendation:lamp-2020/1")[-1]
    assert (last.before["due"], last.after["due"]) == ("2026-06-02", "2026-09-02")


def test_nothing_is_exported_but_events(lamp):
    with pytest.raises(ObjectDoesNotExist):
        OpeningRow.objects.get(commitment="none")
    salts = [bytes(row.salt).hex() for row in OpeningRow.objects.all()]
    text = b"".join(render_export()).decode()
    assert salts
    assert not [salt for salt in salts if salt in text]
