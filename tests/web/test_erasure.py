"""Words the law wants erased: gone from tables, search, history and disk; the tree stays whole."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from evenhand.accountability.ledger import Anchor, check_ledger
from evenhand.core import Refused, UnreadableFile, UsageProblem
from evenhand.web.accounts.services import record_party
from evenhand.web.databases import SQLITE_START
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.export import render_export
from evenhand.web.ledger.models import Event, OpeningRow
from evenhand.web.ledger.queries import get_head
from evenhand.web.register import services as register
from evenhand.web.register.queries import Filter, get_item, list_items
from evenhand.web.search.models import Passage
from evenhand.web.work import services as work
from evenhand.web.work.choices import ErasureGround, EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.files import load_file
from evenhand.web.work.queries import list_challenges, list_evidence, list_updates

ONE, TWO = "lamp-2020/1", "lamp-2020/2"
PAGE = f"/recommendations/{ONE}/"
NAME = "Zebedee Madeup"


def _last(kind):
    return Event.objects.filter(kind=kind).latest("sequence").sequence


def _everything():
    """Every text of every table, as one."""
    found = []
    for model in apps.get_models():
        for row in model.objects.values():
            found += [str(value) for value in row.values()]
    if connection.vendor == "sqlite":  # the parts of its full-text index, in which words lie bare
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_fts_data")
            found += [bytes(block).decode("latin-1") for (block,) in cursor.fetchall()]
    return "\n".join(found)


def _draft(at, content=b"file of Zebedee Madeup"):
    return EvidenceDraft(
        speaks_from=day_of(at) - timedelta(90),
        speaks_to=day_of(at),
        method=f"Told by {NAME}",
        limits=f"Only {NAME}",
        reliability=Reliability.LOW,
        classification=EvidenceClass.INTERNAL,
        content=content,
        filename=f"{NAME}.txt",
        text=f"spoken by {NAME}",
    )


def _say(kind, cast, at):
    """Have the name said in one way; the kind of event that holds it."""
    keeper, owner = cast["secretariat"], cast["owner"]
    item = {"recommendation": ONE, "at": at}
    match kind:
        case "update.posted":
            work.post_update(as_at=day_of(at), progress=f"{NAME} was trained.", by=owner, **item)
        case "challenge.put":
            work.put_challenge(question=f"Why {NAME}?", by=cast["member"], **item)
        case "challenge.answered":
            asked = work.put_challenge(question="Who?", by=cast["member"], **item)
            work.answer_challenge(challenge=asked.ref, text=NAME, by=owner, at=at)
        case "challenge.withdrawn":
            asked = work.put_challenge(question="Who?", by=cast["member"], **item)
            work.withdraw_challenge(challenge=asked.ref, reason=NAME, by=cast["member"], at=at)
        case "evidence.offered":
            work.offer_evidence(title=f"Of {NAME}", draft=_draft(at), shows=NAME, by=owner, **item)
        case "evidence.reviewed":
            plain = EvidenceDraft(
                day_of(at), day_of(at), "Counted", Reliability.LOW, EvidenceClass.PUBLIC,
                address="https://a.example/x",
            )  # fmt: skip
            made = work.offer_evidence(title="Count", draft=plain, by=owner, **item)
            work.review_evidence(
                evidence=made.ref, verb="return", reason=NAME, by=cast["panel"], at=at
            )
        case "action.added":
            cover = work.Coverage(ONE, f"What {NAME} does")
            work.add_action(
                title=f"Ask {NAME}", description=NAME, lead="team:learning", covers=[cover],
                by=owner, at=at,
            )  # fmt: skip
        case "action.moved":
            made = work.add_action(
                title="Ask", lead="team:learning", covers=[work.Coverage(ONE)], by=owner, at=at
            )
            work.move_action(action=made.ref, verb="drop", reason=NAME, by=owner, at=at)
        case "duty.assigned":
            register.assign_duty(
                party="team:people", starts=day_of(at), reason=NAME, by=keeper, **item
            )
            register.end_duty(party="team:people", on=day_of(at), reason="Gone", by=keeper, **item)
        case "due-date.set":
            register.set_due_date(due_on=day_of(at), reason=NAME, by=keeper, **item)
        case "response.recorded":
            register.record_response(
                verb="reject", reason=NAME, responded_on=day_of(at), by=keeper, **item
            )
        case "work.moved":
            register.move_work(verb="rule_out", reason=NAME, by=keeper, **item)
        case "work.level-reported":
            register.report_level(
                level="completed", as_at=day_of(at), reason=NAME, by=keeper, **item
            )
        case "link.proposed":
            register.propose_link(
                source=ONE, target=TWO, kind="overlaps", reason=NAME, by=keeper, at=at
            )


KINDS = (
    "update.posted", "challenge.put", "challenge.answered", "challenge.withdrawn",
    "evidence.offered", "evidence.reviewed", "action.added", "action.moved", "duty.assigned",
    "due-date.set", "response.recorded", "work.moved", "work.level-reported", "link.proposed",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_event_holds_the_words_and_erasing_leaves_none_anywhere(
    kind, lamp, cast, admin, at, settings, django_capture_on_commit_callbacks
):
    _say(kind, cast, at)
    assert NAME in _everything()
    assert NAME not in b"".join(render_export()).decode()
    before = get_head()
    with django_capture_on_commit_callbacks(execute=True):
        work.erase_words(event=_last(kind), ground=ErasureGround.ASKED, by=admin, at=at)
    assert NAME not in _everything()
    assert "zebede" not in _everything(), "nor its stem in the index"
    files = [path for path in settings.HOME.evidence.rglob("*") if path.is_file()]
    assert not [path for path in files if NAME.encode() in path.read_bytes()]
    anchors = [Anchor(before.size, before.root), Anchor(get_head().size, get_head().root)]
    assert check_ledger(render_export(), anchors=anchors).ok
    assert Event.objects.get(pk=before.size).kind == "words.erased"


def test_pages_say_when_words_were_erased_also_on_past_days(lamp, cast, admin, at, signed_in):
    then = at - timedelta(10)
    work.post_update(
        recommendation=ONE, as_at=day_of(then), progress=NAME, by=cast["owner"], at=then
    )
    event = _last("update.posted")
    client = signed_in("member")
    assert NAME in client.get(PAGE).content.decode()
    work.erase_words(event=event, ground=ErasureGround.ORDER, by=admin, at=at)
    for query in ({}, {"as_of": day_of(at - timedelta(5)).isoformat()}):
        text = client.get(PAGE, query).content.decode()
        assert "Erased on 2 March 2026, by law" in text
        assert NAME not in text
    history = client.get(f"{PAGE}history/").content.decode()
    assert "Words erased on 2 March 2026, by law" in history
    assert NAME not in history


def test_what_was_erased_is_found_no_more_and_the_rest_still_is(lamp, cast, admin, at):
    item = {"recommendation": ONE, "by": cast["owner"], "at": at}
    work.post_update(as_at=day_of(at), progress="A quagga.", **item)
    work.post_update(as_at=day_of(at), progress="An okapi.", **item)
    first = Event.objects.filter(kind="update.posted").earliest("sequence").sequence
    work.erase_words(event=first, ground=ErasureGround.NOT_NEEDED, by=admin, at=at)
    for moment in (AsOf.now(at), AsOf.end_of(day_of(at), at=at)):
        assert list_items(Filter(words="quagga"), as_of=moment) == []
        assert [row.ref for row in list_items(Filter(words="okapi"), as_of=moment)] == [ONE]
    assert not Passage.objects.filter(event=first).exists()
    assert [row.progress for row in list_updates(as_of=AsOf.now(at), item=ONE)] == [
        "An okapi.",
        ERASED,
    ]


def test_a_version_is_erased_with_its_file_and_the_other_versions_stay(
    lamp, cast, admin, at, django_capture_on_commit_callbacks
):
    owner = cast["owner"]
    offered = work.offer_evidence(
        recommendation=ONE, title="Count", draft=_draft(at), by=owner, at=at
    )
    work.revise_evidence(evidence=offered.ref, draft=_draft(at, b"second"), by=owner, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        work.erase_words(
            event=_last("evidence.revised"), ground=ErasureGround.UNLAWFUL, by=admin, at=at
        )
    [row] = list_evidence(as_of=AsOf.now(at))
    assert [version.erased for version in row.versions] == [False, True]
    assert load_file(row.versions[0].sha256) == b"file of Zebedee Madeup"
    with pytest.raises(UnreadableFile):
        load_file(row.versions[1].sha256)


def test_a_file_that_another_version_still_needs_is_kept(
    lamp, cast, admin, at, django_capture_on_commit_callbacks
):
    owner = cast["owner"]
    for title in ("One", "Two"):
        work.offer_evidence(recommendation=ONE, title=title, draft=_draft(at), by=owner, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        work.erase_words(
            event=_last("evidence.offered"), ground=ErasureGround.ASKED, by=admin, at=at
        )
    kept = [v for row in list_evidence(as_of=AsOf.now(at)) for v in row.versions if not v.erased]
    assert load_file(kept[0].sha256)


def test_what_holds_no_words_or_was_erased_already_cannot_be_erased(lamp, cast, admin, at):
    told = {"ground": ErasureGround.ASKED, "by": admin, "at": at}
    with pytest.raises(UsageProblem, match="holds no words"):
        work.erase_words(event=_last("recommendation.recorded"), **told)
    work.put_challenge(recommendation=ONE, question=NAME, by=cast["member"], at=at)
    event = _last("challenge.put")
    work.erase_words(event=event, **told)
    with pytest.raises(UsageProblem, match="erased before"):
        work.erase_words(event=event, **told)
    assert [row.question for row in list_challenges(as_of=AsOf.now(at))] == [ERASED]


@pytest.mark.parametrize("name", ["secretariat", "member", "owner", "panel"])
def test_only_an_administrator_erases(name, lamp, cast, at, signed_in):
    work.post_update(recommendation=ONE, as_at=day_of(at), progress=NAME, by=cast["owner"], at=at)
    event = _last("update.posted")
    with pytest.raises(Refused, match="administrator"):
        work.erase_words(event=event, ground=ErasureGround.ASKED, by=cast[name], at=at)
    page = signed_in(name).post(f"{PAGE}history/{event}/erase/", {"ground": "asked", "confirm": 1})
    assert page.status_code == 403
    assert OpeningRow.objects.filter(value__contains=NAME).exists()


def test_an_administrator_erases_on_a_page_that_asks_twice(lamp, cast, at, signed_in):
    work.post_update(recommendation=ONE, as_at=day_of(at), progress=NAME, by=cast["owner"], at=at)
    client, event = signed_in("admin"), _last("update.posted")
    address = f"{PAGE}history/{event}/erase/"
    assert address in client.get(f"{PAGE}history/").content.decode()
    unsure = client.post(address, {"ground": "asked"})
    assert unsure.status_code == 422
    assert "cannot be undone" in unsure.content.decode()
    done = client.post(address, {"ground": "asked", "confirm": "on"}, follow=True)
    assert "Words erased on" in done.content.decode()
    assert address not in done.content.decode(), "what is erased is not offered again"
    elsewhere = f"/recommendations/{TWO}/history/{event}/erase/"
    assert client.get(elsewhere).status_code == 404


def test_the_database_lets_words_become_the_mark_and_nothing_else(lamp, cast, at):
    _say("evidence.offered", cast, at)
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("UPDATE work_evidenceversion SET method = 'counted twice'")
        cursor.execute("UPDATE work_evidenceversion SET method = %s", [ERASED])
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("UPDATE work_evidenceversion SET sha256 = %s", [ERASED])


def test_a_model_and_its_trigger_name_the_same_columns_as_erasable(lamp):
    """What only the model names could not be erased; what only the trigger names would not."""
    known = (
        "SELECT sql FROM sqlite_master WHERE name = %s"
        if connection.vendor == "sqlite"
        else "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s"
    )
    seen = 0
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(known, [f"{model._meta.db_table}_no_update"])
            definition = cursor.fetchone()
        # PostgreSQL quotes, casts and writes it small
        told = re.sub(r'"|\(|\)|::\w+', "", definition[0] if definition else "").lower()
        named = set(re.findall(rf"new\.(\w+) <> '{re.escape(ERASED)}'", told))
        assert named == set(getattr(model, "erasable", ())), model
        seen += len(named)
    assert seen > 20


def test_words_of_no_recommendation_are_erased_by_the_number_of_their_event(
    lamp, cast, at, signed_in
):
    person = record_party(kind="person", name=NAME, by=cast["secretariat"], at=at)
    client, event = signed_in("admin"), _last("party.recorded")
    assert "/erasure/" in client.get("/ledger/").content.decode()
    assert client.get("/erasure/", {"event": "soon"}).status_code == 200
    assert client.get("/erasure/", {"event": event})["Location"] == f"/erasure/{event}/"
    assert person.subject in client.get(f"/erasure/{event}/").content.decode()
    client.post(f"/erasure/{event}/", {"ground": "asked", "confirm": "on"})
    assert NAME not in _everything()
    assert client.get("/erasure/999999/").status_code == 404
    assert "/erasure/" not in signed_in("member").get("/ledger/").content.decode()


def test_the_present_state_of_an_item_survives_the_loss_of_its_reasons(lamp, cast, admin, at):
    _say("duty.assigned", cast, at)
    work.erase_words(event=_last("duty.assigned"), ground=ErasureGround.ASKED, by=admin, at=at)
    row = get_item(ONE, as_of=AsOf.now(at))
    assert row.holder.party == "team:people"
    assert {duty.reason for duty in row.duties if duty.party == "team:people"} == {ERASED}


def test_what_sqlite_overwrites_leaves_no_trace_in_the_file(tmp_path):
    path = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SQLITE_START)
        database.execute("CREATE TABLE said (words TEXT)")
        database.execute("INSERT INTO said VALUES (?)", [NAME * 2000])
        database.commit()
        database.execute("UPDATE said SET words = ?", [ERASED])
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert NAME.encode() not in path.read_bytes()
