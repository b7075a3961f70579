"""Every URL × every role: a table of who gets in, and a fence for a URL that is in no table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from evenhand.datasets.papers import read_paper
from evenhand.publication.swap import FORMAT, MANIFEST
from evenhand.web.demo.cast import ADMINISTRATOR
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import anybody
from evenhand.web.imports.services import keep_draft
from evenhand.web.judgement import services as judging
from evenhand.web.judgement.queries import list_interests
from evenhand.web.judgement.twins import Twin
from evenhand.web.ledger.queries import get_version
from evenhand.web.meetings import services as meetings
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.register.choices import LinkKind, ThemeKind
from evenhand.web.register.queries import get_item
from evenhand.web.register.services import add_theme, assign_duty, propose_link, record_policy
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft

from .judging import Case
from .role_table import EVERY, ITEM, JUDGED, PAPER, TABLE

OPEN = {"accounts:sign-in", "accounts:sign-out"}


@pytest.fixture
def convened(lamp, cast, at) -> dict[str, object]:
    """A meeting with an item, a report asked for by it, a paper that is a draft and one issued."""
    by, on = {"by": cast["secretariat"], "at": at}, at.date() + timedelta(30)
    body = "body:fenmarsh-authority"
    meeting = meetings.plan_meeting(title="Board", body=body, on=on, **by).ref
    asked = meetings.commission_report(
        title="Training",
        question="Who was trained?",
        asked_of="team:learning",
        meeting=meeting,
        by=cast["member"],
        at=at,
    )
    snapshot = meetings.take_snapshot(title="Spring", **by).ref
    plan = PaperPlan(PaperKind.PROGRESS, "Progress", meeting, snapshot)
    draft, issued = (meetings.begin_paper(plan=plan, **by).ref for _ in range(2))
    for section in ("equality", "financial", "legal", "risk", "contact"):
        meetings.edit_section(paper=issued, section=section, text="None.", **by)
    meetings.issue_paper(paper=issued, decision="For the board", **by)
    item = meetings.add_agenda_item(meeting=meeting, title="Progress", paper=issued, **by)
    return {
        "meeting": meeting,
        "agenda": item.ref,
        "commission": asked.ref,
        "snapshot": snapshot,
        "draft": draft,
        "issued": issued,
    }


@pytest.fixture
def things(brought, connected, loaded, sampled, convened, cast, at) -> dict[str, object]:
    """What addresses name that has no reference before it is made."""
    draft = EvidenceDraft(
        at.date(),
        at.date(),
        "Counted",
        Reliability.HIGH,
        EvidenceClass.INTERNAL,
        content=b"counted",
        filename="count.txt",
        media_type="text/plain",
    )
    owner, asker = {"by": cast["owner"], "at": at}, {"by": cast["monitor"], "at": at}
    evidence = work.offer_evidence(recommendation=ITEM, title="Count", draft=draft, **owner)
    question = work.put_challenge(recommendation=ITEM, question="What changed?", **asker)
    covers = [work.Coverage(ITEM)]
    action = work.add_action(title="Train", lead="team:learning", covers=covers, **owner)
    return {
        "link": connected,
        "event": get_version(f"recommendation:{ITEM}"),
        "evidence": evidence.ref,
        "question": question.ref,
        "action": action.ref,
        **loaded,
        "sample": sampled,
        "person": cast["member"].party.ref,
        **convened,
        **_judge(cast, at),
    }


def _judge(cast, at) -> dict[str, object]:
    """A verdict on another item, with all that led to it."""
    assign_duty(
        recommendation=JUDGED,
        party="team:learning",
        starts=at.date(),
        by=cast["secretariat"],
        at=at,
    )
    case = Case(cast, at, item=JUDGED).decided(reviewer="secretariat")
    member = cast["panel2"].subject
    judging.declare_interest(
        member=member, recommendation=JUDGED, nature="A tie", **case.by("panel2")
    )
    twin = Twin(b"public", "public.txt", "text/plain", "Names.")
    made = judging.prepare_redaction(evidence=case.evidence, twin=twin, **case.by("owner"))
    return {
        "panel": case.panel,
        "member": member.partition(":")[2],
        "interest": list_interests(as_of=case.view)[0].pk,
        "criterion": case.criterion,
        "claim": case.claim,
        "sitting": case.sitting,
        "verdict": case.verdict,
        "shown": case.evidence,
        "twin": made,
    }


def _reverse(name: str, arguments: tuple[str, ...], things: dict[str, object]) -> str:
    return reverse(name, args=[each.format(**things) for each in arguments])


@pytest.fixture
def connected(lamp, cast, keeper, at) -> str:
    """A theme, a policy, and a link that the analyst proposed; the link’s reference."""
    add_theme(ref="fairness", title="Fairness", kind=ThemeKind.THEME, by=keeper, at=at)
    record_policy(ref="search-policy", title="Search policy", by=keeper, at=at)
    ends = {"source": ITEM, "target": "lamp-2020/2", "kind": LinkKind.OVERLAPS}
    return propose_link(**ends, reason="Both.", by=cast["analyst"], at=at).ref


@pytest.fixture
def site(settings):
    site = settings.HOME.site
    site.mkdir()
    for name in ("index.html", "findings.csv"):
        (site / name).write_text("made up")
    (site / MANIFEST).write_text(json.dumps({"format": FORMAT}))


@pytest.fixture
def brought(lamp, measured, site, keeper, at):
    return keep_draft(paper=read_paper(PAPER, filename="a.txt"), by=keeper, at=at)


def _views(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            if each.namespace != "admin":
                yield from _views(each.url_patterns, each.namespace or namespace)
        else:
            yield f"{namespace}:{each.name}", each.callback


# Tables of their own: test_urls_of_releases_and_machines.py
ELSEWHERE = ("public:", "releases:", "remnants:", "api:", "tokens:", "digests:", "reconciling:")
VIEWS = {
    name: view
    for name, view in _views(get_resolver().url_patterns)
    if not name.startswith(ELSEWHERE)
}


def test_every_url_is_in_the_table():
    assert set(VIEWS) == set(TABLE) | OPEN


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_states_its_rule(name):
    rule = getattr(VIEWS[name], "entry_rule", None)
    assert rule is (anybody if name in OPEN else TABLE[name][1])


@pytest.mark.parametrize("role", sorted(EVERY))
def test_a_role_gets_the_pages_of_the_table_and_no_other(role, things, signed_in):
    client = signed_in(role)
    for name, (arguments, _, allowed) in TABLE.items():
        status = client.get(_reverse(name, arguments, things)).status_code
        assert status == (200 if role in allowed else 403), f"{name} gave {status} to {role}"


def test_a_visitor_is_sent_to_sign_in(things, signed_in):
    client = signed_in(None)
    for name, (arguments, _, _) in TABLE.items():
        response = client.get(_reverse(name, arguments, things))
        assert response.status_code == 302, name
        assert response["Location"].startswith("/accounts/sign-in/?next="), name


@pytest.mark.parametrize("role", sorted(EVERY))
def test_only_an_administrator_looks_into_the_tables(role, cast, signed_in):
    status = signed_in(role).get("/admin/").status_code
    assert status == (200 if role == ADMINISTRATOR else 302)


def test_the_tables_cannot_be_changed_by_an_administrator(lamp, signed_in, at):
    client = signed_in(ADMINISTRATOR)
    listed = client.get("/admin/register/recommendation/")
    assert listed.status_code == 200
    assert client.get("/admin/register/recommendation/add/").status_code == 403
    one = get_item(ITEM, as_of=AsOf.now(at)).pk
    assert client.get(f"/admin/register/recommendation/{one}/change/").status_code == 200
    assert client.post(f"/admin/register/recommendation/{one}/change/", {}).status_code == 403
    assert client.post(f"/admin/register/recommendation/{one}/delete/").status_code == 403
