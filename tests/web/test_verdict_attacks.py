"""Every way round a verdict that fails: the owner, the administrator, the shell."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.core import LedgerBroken, Refused
from evenhand.web.judgement import models, queries, services
from evenhand.web.register.models import WorkState
from evenhand.web.register.queries import get_item

from .judging import ITEM, MEMBERS, Case, state

UP, NO, NEITHER = Voice.UPHOLD, Voice.REJECT, Voice.ABSTAIN


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


@pytest.mark.parametrize("name", ["owner", "admin", "secretariat", "member", "analyst", "panel"])
def test_nobody_without_a_clean_seat_votes(name, case):
    case.ready()
    with pytest.raises(Refused):
        case.vote(name)


def test_without_a_quorum_nothing_is_decided(case):
    case.ready().vote("panel2").vote("panel3")
    with pytest.raises(Refused, match="2 of the 3"):
        case.conclude()
    assert state(case) == "claimed"


@pytest.mark.parametrize("name", ["owner", "admin", "member", "panel2"])
def test_only_the_secretariat_concludes_and_it_decides_nothing(name, case):
    case.ready().vote("panel2").vote("panel3").vote("panel4")
    with pytest.raises(Refused):
        services.conclude_sitting(sitting=case.sitting, **case.by(name))


def test_a_row_that_closes_an_item_without_a_verdict_is_refused_by_the_database(case):
    case.ready()
    row = get_item(ITEM, as_of=case.view)
    event = WorkState.objects.first().event
    with pytest.raises(DatabaseError, match="only the verdict"), transaction.atomic():
        WorkState.objects.create(
            recommendation_id=row.pk, state="closed", recorded_at=case.now, event=event
        )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WorkState.objects.filter(recommendation_id=row.pk).update(state="closed")


FORGED = {
    "upheld": True,
    "closes": True,
    "embedding": "sustained",
    "votes_for": 3,
    "votes_against": 0,
    "abstained": 0,
    "quorum": 3,
}


@pytest.mark.parametrize(
    ("votes", "facts", "why"),
    [
        ((), {"upheld": False, "closes": False, "votes_for": 0}, "quorum"),
        ((UP, UP), {"votes_for": 2, "quorum": 2}, "quorum"),
        ((UP, NO, NO), {}, "votes say"),
        ((UP, NO, NO), {"votes_for": 1, "votes_against": 2}, "votes say"),
        ((UP, UP, UP), {"bundle_sha256": "0" * 64}, "bound"),
    ],
)
def test_a_verdict_that_the_votes_did_not_give_is_refused_by_the_database(votes, facts, why, case):
    case.ready()
    for name, voice in zip(MEMBERS, votes, strict=False):
        case.vote(name, voice, Embedding.EFFECT_SEEN if voice is UP else Embedding.TRAINED)
    sitting = models.Sitting.objects.get()
    shape = {"bundle_sha256": sitting.bundle_sha256, **FORGED, **facts}
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        models.Verdict.objects.create(
            ref="forged",
            sitting=sitting,
            recommendation_id=sitting.recommendation_id,
            decided_on=case.on,
            recorded_at=case.now,
            event=sitting.event,
            **shape,
        )


def test_a_ballot_for_somebody_without_a_seat_or_after_the_end_is_refused_by_the_database(case):
    case.ready()
    sitting = models.Sitting.objects.get()
    shape = {
        "sitting": sitting, "voice": "uphold", "embedding": "policy", "reason": "So.",
        "recorded_at": case.now, "event": sitting.event,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="member of the panel"), transaction.atomic():
        models.Ballot.objects.create(member=case.cast["owner"].party, **shape)
    case.vote("panel2").vote("panel3").vote("panel4").conclude()
    with pytest.raises(DatabaseError, match="has ended"), transaction.atomic():
        models.Ballot.objects.create(member=case.cast["panel5"].party, **shape)


def _without_triggers(statement: str, arguments: list) -> None:
    """What somebody can do who may change the schema itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for [name] in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, arguments)


ALTERATIONS = {
    "text": (
        "UPDATE register_recommendation SET text = 'Train one sergeant.' WHERE ref = %s",
        ITEM,
    ),
    "criterion": ("UPDATE judgement_criterionrow SET low = 50 WHERE version = %s", 1),
    "figure": ("UPDATE judgement_figure SET value = 99 WHERE value = %s", 94),
    "claim": ("UPDATE judgement_claim SET reason = 'Otherwise' WHERE level = %s", "completed"),
    "evidence": ("UPDATE work_evidenceversion SET method = 'Guessed' WHERE number = %s", 1),
    "bundle": ("UPDATE judgement_sitting SET bundle_sha256 = 'aa' WHERE quorum = %s", 3),
    "votes": ("UPDATE judgement_ballot SET voice = 'uphold' WHERE voice = %s", "reject"),
    "reasons": ("UPDATE judgement_ballot SET reason = 'Yes!' WHERE voice = %s", "reject"),
    "verdict": ("UPDATE judgement_verdict SET embedding = 'sustained' WHERE votes_for = %s", 3),
    "no verdict": ("DELETE FROM judgement_verdictstanding WHERE state = %s", "stands"),
}


@pytest.mark.parametrize("part", ALTERATIONS)
def test_what_was_altered_behind_the_triggers_is_evident(part, case):
    if connection.vendor != "sqlite":
        pytest.skip("drops triggers in the way of SQLite")
    case.decided()
    statement, which = ALTERATIONS[part]
    _without_triggers(statement, [which])
    found = queries.check_verdicts(as_of=case.view)
    assert found, part
    assert all(str(each) for each in found)


def test_a_panel_does_not_vote_on_what_was_altered_under_it(case):
    if connection.vendor != "sqlite":
        pytest.skip("drops triggers in the way of SQLite")
    case.ready().vote("panel2")
    _without_triggers(*[ALTERATIONS["text"][0], [ITEM]])
    with pytest.raises(LedgerBroken):
        case.vote("panel3")


def test_an_administrator_looks_at_verdicts_and_changes_none(case, signed_in):
    case.decided()
    client = signed_in("admin")
    verdict = models.Verdict.objects.get().pk
    assert client.get("/admin/judgement/verdict/").status_code == 200
    assert client.post(f"/admin/judgement/verdict/{verdict}/change/", {}).status_code == 403
    assert client.get("/admin/judgement/verdict/add/").status_code == 403
    assert client.get("/admin/judgement/ballot/").status_code == 404  # nobody looks before the end
