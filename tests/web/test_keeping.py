"""Answers about the record are kept until it grows, and are then the same as asked afresh."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.core import UsageProblem
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.batch import batched
from evenhand.web.ledger.keeping import MOST, asking_afresh, is_keeping, keep_answer
from evenhand.web.register.queries import Filter, list_items
from evenhand.web.register.services import assign_duty, retitle, set_due_date
from evenhand.web.work.queries import list_item_exceptions
from evenhand.web.work.services import post_update

ONE = "lamp-2020/1"


@pytest.fixture
def asked() -> list[str]:
    return []


def _ask(asked, *about):
    return keep_answer("test", *about, answer=lambda: asked.append("sought") or len(asked))


def test_an_answer_is_sought_once_for_every_state_of_the_record(lamp, keeper, at, asked):
    assert (_ask(asked), _ask(asked)) == (1, 1)
    assert _ask(asked, "another question") == 2
    retitle(recommendation=ONE, title="Sergeants", by=keeper, at=at)
    assert _ask(asked) == 3


def test_a_command_and_a_batch_see_what_they_write_themselves(lamp, asked):
    _ask(asked)
    with asking_afresh():
        assert not is_keeping()
        assert (_ask(asked), _ask(asked)) == (2, 3)
    with batched():
        assert _ask(asked) == 4
    assert _ask(asked) == 1, "what was kept before stands"


def test_a_command_that_fails_leaves_answers_kept(lamp, keeper, at, asked):
    _ask(asked)
    later = {"by": keeper, "at": at, "as_at": (at + timedelta(9)).date()}
    with pytest.raises(UsageProblem):
        post_update(recommendation=ONE, progress="x", challenges="", next_steps="", **later)
    assert is_keeping()
    assert _ask(asked) == 1


def test_only_the_answers_asked_last_are_kept(lamp, asked):
    for number in range(MOST + 1):
        _ask(asked, number)
    _ask(asked, MOST)
    assert len(asked) == MOST + 1
    _ask(asked, 0)
    assert len(asked) == MOST + 2


def _list_facts(as_of, actor=None):
    filters = [
        Filter(),
        Filter(inquiry="harbour"),
        Filter(state="in_progress"),
        Filter(words="train"),
    ]
    rows = [list_items(each, as_of=as_of, actor=actor) for each in filters]
    return rows, list_item_exceptions(rows[0], as_of=as_of)


def test_what_is_kept_equals_what_is_asked_afresh_now_and_on_past_days(small_demo, at):
    keeper = small_demo.users["secretariat"]
    now = AsOf.now(at)
    days = [AsOf.end_of((at - timedelta(days)).date(), at=at) for days in (400, 1500)]
    some = list_items(as_of=now)[:3]
    for turn, row in enumerate(some):
        for as_of in (now, *days):
            kept = _list_facts(as_of), _list_facts(as_of)
            with asking_afresh():
                assert kept == (_list_facts(as_of),) * 2
        retitle(recommendation=row.ref, title=f"Title {turn}", by=keeper, at=at)
        if row.due is None:
            due = at.date() + timedelta(90)
            set_due_date(recommendation=row.ref, due_on=due, by=keeper, at=at)
        team = {"party": "team:operations", "starts": at.date()}
        assign_duty(recommendation=row.ref, **team, by=keeper, at=at)


def test_what_is_kept_for_one_reader_is_not_shown_to_another(small_demo, signed_in):
    every = signed_in("member").get("/recommendations/").context["page"].total
    assert signed_in("association").get("/recommendations/").context["page"].total < every
    assert signed_in("member").get("/recommendations/").context["page"].total == every
