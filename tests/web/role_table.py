"""Every address of the application, the rule on its view, and who gets a page (200).

Everybody else must get 403, and a visitor the sign-in page. Whoever builds a page adds its row.
"""

from __future__ import annotations

import hashlib
from typing import Any

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
from evenhand.web.demo.cast import ADMINISTRATOR, PARTS
from evenhand.web.measures.plans import name_comparison

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
    "measures:mine": ((), may_enter, EVERY),
    "measures:careers": (("ladder",), may_enter, EVERY),
    "measures:targets": ((), may_enter, EVERY),
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
    "loads:agreement": ((), may_measure, ANALYSTS),
    "loads:formats": ((), may_enter, EVERY),
    "loads:format": (("strength",), may_enter, EVERY),
    "loads:template-csv": (("strength",), may_enter, EVERY),
    "loads:template-xlsx": (("strength",), may_enter, EVERY),
    "loads:work": (("{job}",), may_measure, ANALYSTS),
    "loads:resume": (("{job}",), may_measure, ANALYSTS),
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
