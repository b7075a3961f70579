"""Every URL × every role: a table of who gets in, and a fence for a URL that is in no table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from evenhand.accountability.convening import (
    may_commission,
    may_keep_meetings,
    may_read_snapshot,
    may_release_commission,
    may_take_snapshot,
    may_write_paper,
)
from evenhand.accountability.judgement.permissions import may_form_panel
from evenhand.accountability.permissions import (
    may_administer,
    may_enrol,
    may_enter,
    may_erase,
    may_export_ledger,
    may_import,
    may_keep,
    may_measure,
    may_save_measure,
)
from evenhand.datasets.papers import read_paper
from evenhand.publication.swap import FORMAT, MANIFEST
from evenhand.web.demo.cast import ADMINISTRATOR, PARTS
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import anybody
from evenhand.web.imports.services import keep_draft
from evenhand.web.judgement import services as judging
from evenhand.web.judgement.queries import list_interests
from evenhand.web.judgement.twins import Twin
from evenhand.web.ledger.queries import get_version
from evenhand.web.measures.plans import name_comparison
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

ITEM = "lamp-2020/1"
PAPER = b"Recommendation 1\nTrain every team.\n"
BROUGHT = hashlib.sha256(PAPER).hexdigest()[:16]
EVERY = frozenset({ADMINISTRATOR, *(part.username for part in PARTS)})
KEEPERS = frozenset({"secretariat"})
# The association of the demo is limited to another inquiry, the commander to another team.
REACH_LAMP = EVERY - {"association", "commander"}
ASKERS = frozenset({"member", "secretariat", "panel", "monitor"})
INTERNAL = frozenset({"member", "secretariat", "owner", "owner2", "panel", "analyst"})
UNLIMITED = EVERY - {"association", "commander"}

# Page builders: add a row for every URL – its arguments, the rule on its view, and who gets a page
# (200). Everybody else must get 403, and a visitor the sign-in page. A name in braces is filled in
# with what the fixture ``things`` made.
TABLE: dict[str, tuple[tuple[str, ...], Any, frozenset[str]]] = {
    "work:exceptions": ((), may_enter, EVERY),
    "work:items": ((), may_enter, EVERY),
    "work:export": (("csv",), may_enter, EVERY),
    "work:spreadsheet": ((), may_keep, KEEPERS),
    "work:item": ((ITEM,), may_enter, REACH_LAMP),
    "work:history": ((ITEM,), may_enter, REACH_LAMP),
    "work:erase": ((ITEM, "{event}"), may_erase, frozenset({ADMINISTRATOR})),
    "work:compare": ((ITEM,), may_enter, REACH_LAMP),
    "work:offer-evidence": ((ITEM,), may_enter, KEEPERS | {"owner", "analyst"}),
    "work:ask": ((ITEM,), may_enter, ASKERS),
    "work:plan-action": ((ITEM,), may_enter, KEEPERS | {"owner"}),
    "work:evidence": (("{evidence}",), may_enter, INTERNAL),
    "work:evidence-file": (("{evidence}", "1"), may_enter, INTERNAL),
    "work:revise-evidence": (("{evidence}",), may_enter, KEEPERS | {"owner", "analyst"}),
    "work:use-evidence": (("{evidence}",), may_enter, KEEPERS | {"owner", "analyst"}),
    "work:review-evidence": (("{evidence}",), may_enter, KEEPERS | {"panel"}),
    "work:withdraw-evidence": (("{evidence}",), may_enter, KEEPERS | {"owner", "analyst"}),
    "work:questions": ((), may_enter, EVERY),
    "work:question": (("{question}",), may_enter, REACH_LAMP),
    "work:answer": (("{question}",), may_enter, frozenset({"owner"})),
    "work:ask-again": (("{question}",), may_enter, frozenset({"monitor", "member"})),
    "work:settle": (("{question}",), may_enter, frozenset({"monitor", "member"})),
    "work:withdraw-question": (("{question}",), may_enter, frozenset({"monitor", "member"})),
    "work:actions": ((), may_enter, EVERY),
    "work:action": (("{action}",), may_enter, REACH_LAMP),
    "work:cover": (("{action}",), may_enter, KEEPERS | {"owner"}),
    "work:move-action": (("{action}", "start"), may_enter, KEEPERS | {"owner"}),
    "work:find-event": ((), may_erase, frozenset({ADMINISTRATOR})),
    "work:erase-event": (("{event}",), may_erase, frozenset({ADMINISTRATOR})),
    "work:post-update": ((ITEM,), may_enter, KEEPERS | {"owner"}),
    "imports:bring": ((), may_import, KEEPERS),
    "imports:preview": ((BROUGHT,), may_import, KEEPERS),
    "imports:correct-head": ((BROUGHT,), may_import, KEEPERS),
    "imports:correct-line": ((BROUGHT, "0"), may_import, KEEPERS),
    "imports:add-line": ((BROUGHT,), may_import, KEEPERS),
    "imports:accept": ((BROUGHT,), may_import, KEEPERS),
    "imports:discard": ((BROUGHT,), may_import, KEEPERS),
    "register:inquiries": ((), may_enter, EVERY),
    "register:open-inquiry": ((), may_import, KEEPERS),
    "register:inquiry": (("lamp",), may_enter, EVERY),
    "register:publications": ((), may_enter, EVERY),
    "register:extend": ((ITEM,), may_enter, KEEPERS),
    "monitoring:front": ((), may_enter, EVERY),
    "monitoring:file": (("findings.csv",), may_enter, EVERY),
    "register:set-due": ((ITEM,), may_enter, KEEPERS),
    "register:lift": ((ITEM,), may_enter, KEEPERS),
    "register:respond": ((ITEM,), may_enter, KEEPERS),
    "register:retitle": ((ITEM,), may_enter, KEEPERS),
    "register:report-level": ((ITEM,), may_enter, KEEPERS),
    "register:assign": ((ITEM,), may_enter, KEEPERS),
    "register:end-duty": ((ITEM,), may_enter, KEEPERS),
    "register:move": ((ITEM, "start"), may_enter, KEEPERS | {"owner"}),
    "ledger:head": ((), may_enter, EVERY),
    "ledger:export": ((), may_export_ledger, UNLIMITED),
    "ledger:public-key": ((), may_enter, EVERY),
}
TABLE |= {
    "register:scales": ((), may_enter, EVERY),
    "register:links": ((), may_enter, EVERY),
    "register:overlaps": ((), may_enter, EVERY),
    "register:link": (("{link}",), may_enter, REACH_LAMP),
    "register:review-link": (("{link}",), may_enter, KEEPERS | {"member"}),
    "register:withdraw-link": (("{link}",), may_enter, KEEPERS),
    "register:propose-link": ((ITEM,), may_enter, KEEPERS | {"analyst"}),
    "register:themes": ((), may_enter, EVERY),
    "register:theme": (("fairness",), may_enter, EVERY),
    "register:add-theme": ((), may_keep, KEEPERS),
    "register:tag": ((ITEM,), may_enter, KEEPERS),
    "register:untag": ((ITEM,), may_enter, KEEPERS),
    "register:policies": ((), may_enter, EVERY),
    "register:policy": (("search-policy",), may_enter, EVERY),
    "register:add-policy": ((), may_keep, KEEPERS),
    "register:uncovered": ((), may_enter, EVERY),
    "register:cover": ((ITEM,), may_enter, KEEPERS),
    "register:uncover": ((ITEM,), may_enter, KEEPERS),
}
ANALYSTS = frozenset({"analyst"})
MEASURED = {
    "indicator": "stop-rate",
    "step": "",
    "characteristic": "sex",
    "group": "Female",
    "comparator": "Male",
    "service": "fenmarsh",
    "unit": "",
}
"""What the fixture ``measured`` compares."""
RUN = "stops-2025-12-aa"
COMPARISON = name_comparison(**MEASURED)
TABLE |= {
    "measures:findings": ((), may_enter, EVERY),
    "measures:overview": ((), may_enter, EVERY),
    "measures:unit": (("birch-cross",), may_enter, EVERY),
    "measures:early-warning": ((), may_enter, EVERY),
    "measures:set-key": ((), may_administer, frozenset({ADMINISTRATOR})),
    "measures:outlook": ((), may_enter, EVERY),
    "measures:samples": ((), may_enter, EVERY),
    "measures:sample": (("{sample}",), may_enter, EVERY),
    "measures:workbench": ((), may_enter, EVERY),
    "measures:save-measure": ((), may_save_measure, ANALYSTS | KEEPERS),
    "measures:runs": ((), may_enter, EVERY),
    "measures:run": ((RUN,), may_enter, EVERY),
    "measures:move-run": ((RUN, "withdraw"), may_measure, ANALYSTS),
    "measures:comparison": ((COMPARISON,), may_enter, EVERY),
    "measures:criterion": ((COMPARISON,), may_enter, EVERY),
    "measures:note": ((COMPARISON,), may_enter, ANALYSTS),
    "measures:review": ((COMPARISON, "accept"), may_enter, ANALYSTS),
}
TABLE |= {
    "loads:loads": ((), may_enter, EVERY),
    "loads:load": (("{load}",), may_enter, EVERY),
    "loads:withdraw": (("{load}",), may_measure, ANALYSTS),
    "loads:bring": ((), may_measure, ANALYSTS),
    "loads:brought": (("{files}",), may_measure, ANALYSTS),
    "loads:confirm": (("{files}",), may_measure, ANALYSTS),
    "loads:discard": (("{files}",), may_measure, ANALYSTS),
}
MEMBERS = frozenset({"member"})
MEETING, ITEM_ON_AGENDA, ASKED_FOR = ("{meeting}",), ("{agenda}",), ("{commission}",)
DRAFT, ISSUED, SNAPSHOT = ("{draft}",), ("{issued}",), ("{snapshot}",)
TABLE |= {
    "meetings:index": ((), may_enter, EVERY),
    "meetings:late": ((), may_enter, EVERY),
    "meetings:members": ((), may_enter, EVERY),
    "meetings:plan": ((), may_keep_meetings, KEEPERS),
    "meetings:template": ((), may_keep_meetings, KEEPERS),
    "meetings:show": (MEETING, may_enter, EVERY),
    "meetings:move": (MEETING, may_keep_meetings, KEEPERS),
    "meetings:hold": (MEETING, may_keep_meetings, KEEPERS),
    "meetings:agree": (MEETING, may_keep_meetings, KEEPERS),
    "meetings:cancel": (MEETING, may_keep_meetings, KEEPERS),
    "meetings:add-item": (MEETING, may_keep_meetings, KEEPERS),
    "meetings:place-item": (ITEM_ON_AGENDA, may_keep_meetings, KEEPERS),
    "meetings:take-off": (ITEM_ON_AGENDA, may_keep_meetings, KEEPERS),
    "meetings:minute": (ITEM_ON_AGENDA, may_keep_meetings, KEEPERS),
    "meetings:ask": (ITEM_ON_AGENDA, may_enter, ASKERS),
    "meetings:commission": ((), may_commission, MEMBERS),
    "meetings:commission-show": (ASKED_FOR, may_enter, EVERY),
    "meetings:postpone": (ASKED_FOR, may_release_commission, MEMBERS),
    "meetings:accept": (ASKED_FOR, may_release_commission, MEMBERS),
    "meetings:send-back": (ASKED_FOR, may_release_commission, MEMBERS),
    "meetings:withdraw": (ASKED_FOR, may_release_commission, MEMBERS),
    "meetings:snapshots": ((), may_read_snapshot, UNLIMITED),
    "meetings:take-snapshot": ((), may_take_snapshot, KEEPERS),
    "meetings:snapshot": (SNAPSHOT, may_read_snapshot, UNLIMITED),
    "meetings:figure": ((*SNAPSHOT, "all.items"), may_read_snapshot, UNLIMITED),
    "meetings:begin": ((), may_write_paper, KEEPERS),
    "meetings:paper": (ISSUED, may_enter, UNLIMITED),
    "meetings:preview": (DRAFT, may_write_paper, KEEPERS),
    "meetings:edit": ((*DRAFT, "risk"), may_write_paper, KEEPERS),
    "meetings:issue": (DRAFT, may_write_paper, KEEPERS),
    "meetings:correct": (ISSUED, may_write_paper, KEEPERS),
    "meetings:abandon": (DRAFT, may_write_paper, KEEPERS),
    "meetings:compare": (ISSUED, may_enter, UNLIMITED),
    "meetings:version": ((*ISSUED, "1"), may_enter, UNLIMITED),
    "meetings:download": ((*ISSUED, "1", "html"), may_enter, UNLIMITED),
}
JUDGED = "lamp-2020/2"
OWNERS, SEATED = frozenset({"owner"}), frozenset({"panel"})
REDACTORS = KEEPERS | OWNERS | {"analyst"}
TABLE |= {
    "judgement:home": ((), may_enter, EVERY),
    "judgement:panels": ((), may_enter, EVERY),
    "judgement:panel": (("{panel}",), may_enter, EVERY),
    "judgement:form-panel": ((), may_form_panel, KEEPERS),
    "judgement:seat": (("{panel}",), may_form_panel, KEEPERS),
    "judgement:end-seat": (("{panel}", "{member}"), may_form_panel, KEEPERS),
    "judgement:end-interest": (("{interest}",), may_form_panel, KEEPERS),
    "judgement:agree-owner": (("{criterion}",), may_enter, OWNERS),
    "judgement:agree-secretariat": (("{criterion}",), may_enter, KEEPERS),
    "judgement:record-figure": (("{criterion}",), may_enter, KEEPERS | {"analyst"}),
    "judgement:convene": (("{claim}",), may_enter, KEEPERS),
    "judgement:withdraw-claim": (("{claim}",), may_enter, OWNERS),
    "judgement:sitting": (("{sitting}",), may_enter, REACH_LAMP),
    "judgement:bundle": (("{sitting}",), may_enter, REACH_LAMP),
    "judgement:bundle-file": (("{sitting}",), may_enter, REACH_LAMP),
    "judgement:vote": (("{sitting}",), may_enter, SEATED),
    "judgement:declare": (("{sitting}",), may_enter, SEATED),
    "judgement:conclude": (("{sitting}",), may_enter, KEEPERS),
    "judgement:abandon": (("{sitting}",), may_enter, KEEPERS),
    "judgement:verdict": (("{verdict}",), may_enter, REACH_LAMP),
    "judgement:recheck": (("{verdict}",), may_enter, KEEPERS | SEATED),
    "judgement:twins": (("{shown}",), may_enter, REACH_LAMP),
    "judgement:prepare-twin": (("{shown}",), may_enter, REDACTORS),
    "judgement:review-twin": (("{twin}",), may_enter, KEEPERS),
    "judgement:withdraw-twin": (("{twin}",), may_enter, KEEPERS),
    "judgement:twin-file": (("{twin}",), may_enter, REDACTORS),
    "judgement:item": ((JUDGED,), may_enter, REACH_LAMP),
    "judgement:propose": ((JUDGED,), may_enter, REDACTORS),
    "judgement:claim": ((JUDGED,), may_enter, OWNERS),
    "judgement:reopen": ((JUDGED,), may_enter, KEEPERS | {"member"}),
    "judgement:give-view": ((JUDGED,), may_enter, KEEPERS | {"member", "monitor"}),
}
ENROLLERS = KEEPERS | {ADMINISTRATOR}
ONLY_ADMINISTRATOR = frozenset({ADMINISTRATOR})
TABLE |= {
    "accounts:own": ((), may_enter, EVERY),
    "accounts:change-password": ((), may_enter, EVERY),
    "accounts:people": ((), may_enrol, ENROLLERS),
    "accounts:add": ((), may_enrol, ENROLLERS),
    "accounts:person": (("{person}",), may_enrol, ENROLLERS),
    "accounts:leave": (("{person}",), may_enrol, ENROLLERS),
    "accounts:join": (("{person}",), may_enrol, ENROLLERS),
    "accounts:grant": (("{person}",), may_administer, ONLY_ADMINISTRATOR),
    "accounts:end-role": (("{person}",), may_administer, ONLY_ADMINISTRATOR),
    "accounts:open-account": (("{person}",), may_administer, ONLY_ADMINISTRATOR),
    "accounts:reset": (("{person}",), may_administer, ONLY_ADMINISTRATOR),
    "accounts:close": (("{person}",), may_administer, ONLY_ADMINISTRATOR),
}
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
ELSEWHERE = ("public:", "releases:", "api:", "tokens:", "digests:", "reconciling:")
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
