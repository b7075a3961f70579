"""The pages of judgement: the whole way as a browser goes it, and what each page keeps back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.accountability.judgement.votes import Voice
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.choices import Mode, Speaker, Stance
from evenhand.web.work.choices import EvidenceClass

from .judging import ITEM, MEMBERS, Case

CRITERION = {
    "kind": "external", "title": "Sergeants trained", "source": "College returns",
    "target": "at_least", "low": "90", "distance": "difference", "measured_in": "per cent",
    "comparison": "point", "sustain_months": "6", "reason": "It is what was asked for.",
}  # fmt: skip


@pytest.fixture
def case(lamp, cast) -> Case:
    """Noon of yesterday: what was recorded then, the pages look at from today."""
    return Case(cast, (timezone.now() - timedelta(1)).replace(hour=12))


@pytest.fixture
def go(signed_in):
    """Send a form as somebody; the page they come to."""

    def send(name, address, **typed):
        return signed_in(name).post(address, typed, follow=True)

    return send


def test_the_whole_way_from_criterion_to_verdict_goes_through_pages(case, go, signed_in):
    way = f"/recommendations/{ITEM}"
    assert "proposed" in go("secretariat", f"{way}/criterion/", **CRITERION).content.decode()
    [view] = queries.list_criteria(as_of=case.view, item=ITEM)
    base = f"/judgement/criteria/{view.ref}"
    go("owner", f"{base}/agree/owner/", confirm="on")
    go("secretariat", f"{base}/agree/secretariat/", confirm="on")
    start, end = case.on - timedelta(60), case.on - timedelta(30)
    shown = go(
        "analyst", f"{base}/figure/", starts=start, ends=end, value="94", source="Table 2"
    ).content.decode()
    assert "Met: 94 per cent is at least 90" in shown
    case.show()
    go(
        "owner", f"{way}/claim/", level="completed", embedding="effect_seen",
        evidence=[case.evidence], as_at=case.on, reason="All are trained.",
    )  # fmt: skip
    [claim] = queries.list_claims(as_of=case.view, item=ITEM)
    case.seat()
    go(
        "secretariat", f"/judgement/claims/{claim.ref}/convene/",
        panel=case.panel, mode="correspondence", opens_on=case.on,
        closes_on=case.on + timedelta(3),
    )  # fmt: skip
    [sitting] = queries.list_sittings(as_of=case.view, item=ITEM)
    place = f"/judgement/sittings/{sitting.ref}"
    for name, voice in zip(MEMBERS, ("uphold", "uphold", "uphold", "reject"), strict=True):
        assert sitting.ref in signed_in(name).get("/judgement/").content.decode()
        level = "effect_seen" if voice == "uphold" else "trained"
        voted = go(
            name, f"{place}/vote/", voice=voice, embedding=level, confirm="on",
            reason="Seen." if voice == "uphold" else "The night shift was left out.",
        ).content.decode()  # fmt: skip
        assert "Your vote is cast" in voted, voted[voted.find("<main") :][:900]
        assert "night shift" not in voted  # not before it is decided
    go("secretariat", f"{place}/conclude/", confirm="on")
    [verdict] = queries.list_verdicts(as_of=AsOf.now(timezone.now()), item=ITEM)
    told = signed_in("member").get(f"/judgement/verdicts/{verdict.ref}/").content.decode()
    assert "The night shift was left out." in told
    assert sitting.bundle_sha256 in told
    assert "still have this hash" in told
    item = signed_in("member").get(f"{way}/").content.decode()
    assert "Upheld: “Action completed”" in item
    assert "3 for, 1 against" in item


def test_a_criterion_without_its_target_keeps_what_was_typed(case, go):
    answer = go("secretariat", f"/recommendations/{ITEM}/criterion/", **{**CRITERION, "low": ""})
    assert answer.status_code == 422
    assert 'value="Sergeants trained"' in answer.content.decode()
    assert queries.list_criteria(as_of=case.view, item=ITEM) == []


def test_a_vote_against_the_measure_is_refused_with_the_reason(case, go):
    case.agree().record(60.0).show().claims().seat().convene(Mode.CORRESPONDENCE, days=3)
    answer = go(
        "panel2", f"/judgement/sittings/{case.sitting}/vote/",
        voice="uphold", embedding="effect_seen", reason="I like it.", confirm="on",
    )  # fmt: skip
    assert answer.status_code == 403
    assert "agreed measure says otherwise" in answer.content.decode()


def test_a_barred_member_is_told_why_and_is_not_offered_a_vote(case, signed_in):
    case.ready()
    home = signed_in("panel").get("/judgement/").content.decode()
    assert "You may not judge it" in home
    assert "hand in what is judged" in home
    sitting = signed_in("panel").get(f"/judgement/sittings/{case.sitting}/").content.decode()
    assert f"/judgement/sittings/{case.sitting}/vote/" not in sitting


def test_the_past_is_shown_and_offers_nothing(case, signed_in):
    case.now -= timedelta(20)
    case.decided()
    earlier = (day_of(case.now) + timedelta(1)).isoformat()
    client = signed_in("secretariat")
    for address in (
        f"/recommendations/{ITEM}/judgement/",
        f"/judgement/sittings/{case.sitting}/",
        f"/judgement/verdicts/{case.verdict}/",
        f"/judgement/panels/{case.panel}/",
    ):
        page = client.get(address, {"as_of": earlier})
        assert page.status_code == 200, address
        told = page.content.decode()
        for command in ("/criterion/", "/conclude/", "/recheck/", "/seat/", "/reopen/"):
            assert f'{command}"' not in told, (address, command)
    before = (day_of(case.now) - timedelta(1)).isoformat()
    assert client.get(f"/judgement/verdicts/{case.verdict}/", {"as_of": before}).status_code == 404


def test_the_list_is_narrowed_by_how_the_measure_stands(case, signed_in):
    case.agree().record()
    client = signed_in("member")
    assert ITEM in client.get("/recommendations/", {"measured": "met"}).content.decode()
    assert ITEM not in client.get("/recommendations/", {"measured": "not_met"}).content.decode()
    assert ITEM not in client.get("/recommendations/", {"measured": "none"}).content.decode()
    tally = client.get("/judgement/").content.decode()
    assert "<strong>1</strong> Met" in tally
    assert "<strong>3</strong> No criterion agreed" in tally


def test_a_bundle_names_no_evidence_to_those_not_cleared_for_it(case, signed_in):
    case.agree().record().show(classification=EvidenceClass.RESTRICTED)
    case.claims().seat().convene()
    address = f"/judgement/sittings/{case.sitting}/bundle/"
    assert "Training returns" in signed_in("panel2").get(address).content.decode()
    kept = signed_in("monitor").get(address).content.decode()
    assert "Training returns" not in kept
    assert "not cleared for" in kept


def test_the_bundle_that_is_handed_out_has_the_hash_that_is_printed(case, signed_in):
    import hashlib

    case.ready()
    client = signed_in("monitor")
    spelled = client.get(f"/judgement/sittings/{case.sitting}/bundle.json").content
    digest = hashlib.sha256(b"evenhand/bundle/1\n" + spelled).hexdigest()
    page = client.get(f"/judgement/sittings/{case.sitting}/bundle/").content.decode()
    assert digest in page


def test_an_outside_view_stands_on_the_page_beside_the_verdict(case, signed_in):
    case.decided(Voice.UPHOLD, Voice.UPHOLD, Voice.UPHOLD)
    services.give_view(
        recommendation=ITEM, speaker=Speaker.FAMILY, name="A family (made up)",
        stance=Stance.DISAGREES, said_on=case.on, text="Nobody told us.", **case.by("member"),
    )  # fmt: skip
    page = signed_in("monitor").get(f"/recommendations/{ITEM}/").content.decode()
    assert "Upheld: “Action completed”" in page
    assert "A family (made up): it is not done, or does not work" in page


def test_an_unmeasured_item_says_so(lamp, signed_in):
    page = signed_in("member").get("/recommendations/lamp-2020/2/judgement/").content.decode()
    for words in ("No criterion is agreed yet", "No panel has been asked", "None recorded"):
        assert words in page
