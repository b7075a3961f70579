"""Links, likely overlaps, themes, policies and scales: their pages and the forms over them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from evenhand.core import UsageProblem
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.queries import get_version, list_history
from evenhand.web.register import services as register
from evenhand.web.register.choices import LinkKind, ThemeKind
from evenhand.web.register.queries import (
    get_item,
    list_coverage,
    list_links,
    list_policies,
    list_themes,
)

ONE, TWO = "lamp-2020/1", "lamp-2020/2"
OTHER = "tower-2021/1"
LINK = {"source": OTHER, "target": ONE, "kind": LinkKind.SUPERSEDES, "reason": "Newer."}


@pytest.fixture
def tower(lamp, keeper, at):
    """A later report of another inquiry, in nearly the same words."""
    register.open_inquiry(ref="tower", title="Tower Inquiry", by=keeper, at=at)
    plan = replace(lamp, ref="tower-2021", inquiry="tower", title="Tower report")
    plan = replace(plan, published_on=lamp.published_on.replace(year=2021))
    return register.accept_publication(plan=plan, by=keeper, at=at)


@pytest.fixture
def link(tower, analyst, at) -> str:
    return register.propose_link(**LINK, by=analyst, at=at).ref


@pytest.fixture
def theme(lamp, keeper, at) -> str:
    register.add_theme(ref="race", title="Race", kind=ThemeKind.STRAND, by=keeper, at=at)
    register.tag(recommendation=ONE, theme="race", by=keeper, at=at)
    return "race"


@pytest.fixture
def policy(lamp, keeper, at) -> str:
    register.record_policy(ref="search", title="Search policy", by=keeper, at=at)
    part = {"policy": "search", "recommendation": ONE, "in_full": False}
    register.cover_by_policy(**part, uncovered="Training of specials.", by=keeper, at=at)
    register.cover_by_policy(policy="search", recommendation=TWO, in_full=True, by=keeper, at=at)
    return "search"


def test_a_suggestion_leads_by_one_click_to_a_form_and_a_link_that_waits(tower, signed_in, at):
    client = signed_in("analyst")
    page = client.get(reverse("register:overlaps"))
    pair = next(p for p in page.context["page"].rows if p.target.ref == ONE)
    assert (pair.source.ref, pair.percent) == (OTHER, 100)
    assert "sergeant" in " ".join(pair.shared)
    address = f"{reverse('register:propose-link', args=[OTHER])}?target={ONE}"
    assert address.replace("&", "&amp;") in page.content.decode()
    form = client.get(address)
    assert form.context["form"].initial == {"target": ONE}
    assert form.context["chosen"].ref == ONE
    assert list_links(as_of=AsOf.now(at)) == [], "looking applies nothing"
    sent = client.post(address, {"target": ONE, "kind": "reiterates", "reason": "Word for word."})
    assert sent["Location"] == f"/recommendations/{OTHER}/#links"
    [made] = list_links(as_of=AsOf.now(at))
    assert (made.source, made.target, made.kind, made.state) == (
        OTHER,
        ONE,
        "reiterates",
        "proposed",
    )
    rows = client.get(reverse("register:overlaps")).context["page"].rows
    assert ONE not in {row.target.ref for row in rows}, "a pair that is linked is not suggested"


def test_the_form_finds_the_other_item_by_its_words_and_by_likeness(tower, signed_in):
    client = signed_in("secretariat")
    address = reverse("register:propose-link", args=[OTHER])
    page = client.get(address, {"words": "publish searches"})
    assert {row.ref for row in page.context["matches"]} == {TWO, "tower-2021/2"}
    assert next(row.ref for row, _ in page.context["near"]) == ONE
    nothing = client.get(address, {"words": "zebra"})
    assert "No recommendation holds all of these words" in nothing.content.decode()


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"target": "nowhere/1"}, "target"),
        ({"kind": "supersedes_part"}, "uncovered"),
        ({"kind": ""}, "kind"),
        ({"reason": " "}, "reason"),
        ({"target": OTHER}, None),
    ],
)
def test_what_is_wrong_with_a_proposal_is_told_on_its_form(tower, signed_in, given, where, at):
    client = signed_in("analyst")
    good = {"target": ONE, "kind": "overlaps", "reason": "Both.", "uncovered": ""}
    page = client.post(reverse("register:propose-link", args=[OTHER]), {**good, **given})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [where or "__all__"]
    assert list_links(as_of=AsOf.now(at)) == []


def test_the_same_link_is_not_proposed_twice_but_again_after_it_was_declined(
    link, analyst, member, at
):
    with pytest.raises(UsageProblem, match="already"):
        register.propose_link(**LINK, by=analyst, at=at)
    register.propose_link(**{**LINK, "kind": LinkKind.OVERLAPS}, by=analyst, at=at)
    register.review_link(link=link, verb="decline", reason="Not so.", by=member, at=at)
    register.propose_link(**LINK, by=analyst, at=at)


def test_another_person_reviews_and_says_what_remains_uncovered(link, signed_in, at):
    review = reverse("register:review-link", args=[link])
    assert signed_in("analyst").get(review).status_code == 403
    client = signed_in("member")
    page = client.get(reverse("register:link", args=[link]))
    assert page.context["may_review"]
    assert not page.context["may_withdraw"]
    shown = client.get(review).content.decode()
    assert "nobody works on it any more" in shown
    assert shown.count("Train every sergeant in fairness.") == 2, "both texts, side by side"
    seen = get_version(f"link:{link}")
    declined = client.post(review, {"verb": "decline", "reason": "", "seen": seen})
    assert "reason" in declined.context["form"].errors
    facts = {"verb": "confirm", "uncovered": "Part-time sergeants.", "seen": seen}
    assert client.post(review, facts)["Location"] == reverse("register:link", args=[link])
    now = AsOf.now(at)
    [found] = list_links(as_of=now)
    assert (found.state, found.uncovered) == ("confirmed", "Part-time sergeants.")
    assert get_item(ONE, as_of=now).work.state == "replaced"
    for ref in (ONE, OTHER):
        kinds = [event.kind for event in list_history(f"recommendation:{ref}")]
        assert kinds[-1] == "link.reviewed", "both ends tell of it"
        assert "Part-time sergeants." in client.get(f"/recommendations/{ref}/").content.decode()
    left = client.get(reverse("register:links"), {"left": "yes"}).context["page"].rows
    assert [each.link.ref for each in left] == [link]


def test_the_second_of_two_reviewers_is_shown_what_the_first_did(link, signed_in):
    review = reverse("register:review-link", args=[link])
    seen = get_version(f"link:{link}")
    sent = {"verb": "decline", "reason": "Not the same.", "seen": seen}
    assert signed_in("member").post(review, sent).status_code == 302
    late = signed_in("secretariat").post(review, {**sent, "verb": "confirm"})
    assert late.status_code in (409, 422)


def test_a_withdrawn_link_opens_what_it_replaced(link, member, signed_in, at):
    register.review_link(link=link, verb="confirm", by=member, at=at)
    client = signed_in("secretariat")
    facts = {"reason": "Read too fast.", "seen": get_version(f"link:{link}")}
    client.post(reverse("register:withdraw-link", args=[link]), facts)
    assert get_item(ONE, as_of=AsOf.now(at)).work.state == "in_progress"
    page = client.get(reverse("register:link", args=[link])).content.decode()
    assert "Withdrawn" in page
    assert "Link withdrawn" in page


def test_a_role_over_one_inquiry_sees_no_words_of_the_other_end(link, cast, admin, signed_in, at):
    from evenhand.accountability.roles import Role, Scope, ScopeKind
    from evenhand.web.accounts.services import grant_role

    scope = Scope(ScopeKind.INQUIRY, "tower")
    person = cast["commander"].subject
    grant_role(person=person, role=Role.MEMBER, scope=scope, by=admin, at=at)
    client = signed_in("commander")
    page = client.get(reverse("register:link", args=[link]))
    assert page.status_code == 200
    assert page.content.decode().count("Train every sergeant in fairness.") == 1
    assert not page.context["may_review"]
    assert client.get(reverse("register:review-link", args=[link])).status_code == 403
    assert client.get(reverse("register:overlaps")).context["page"].total == 0


def test_a_theme_is_read_across_scales_that_are_not_added(small_demo, signed_in):
    client = signed_in("member")
    lines = [line for _, some in client.get("/themes/").context["kinds"] for line in some]
    most = max(lines, key=lambda line: line.reports)
    page = client.get(reverse("register:theme", args=[most.theme.ref]))
    reports = page.context["reports"]
    assert len(reports) == most.reports > 1
    assert len({report.by_scale.scale.ref for report in reports}) > 1
    assert sum(report.items for report in reports) == most.items == page.context["page"].total
    for report in reports:
        assert report.by_scale.total == sum(count for _, count in report.states) == report.items


def test_an_item_is_put_under_a_theme_and_taken_out_from_its_page(theme, signed_in, at):
    client = signed_in("secretariat")
    made = client.post(reverse("register:add-theme"), {"title": "Women’s safety", "kind": "theme"})
    assert made["Location"] == "/themes/"
    assert {each.ref for each in list_themes(as_of=AsOf.now(at))} == {"race", "womens-safety"}
    twice = client.post(reverse("register:add-theme"), {"title": "Womens safety", "kind": "area"})
    assert twice.status_code == 422
    put = reverse("register:tag", args=[ONE])
    assert client.post(put, {"theme": "race"}).status_code == 422, "it is there already"
    client.post(put, {"theme": "womens-safety"})
    client.post(reverse("register:untag", args=[ONE]), {"theme": "race"})
    assert [each.ref for each in get_item(ONE, as_of=AsOf.now(at)).themes] == ["womens-safety"]


def test_a_name_without_letters_makes_no_theme(lamp, signed_in):
    page = signed_in("secretariat").post(
        reverse("register:add-theme"), {"title": "!", "kind": "theme"}
    )
    assert "letters or digits" in page.content.decode()


def test_a_policy_shows_what_it_covers_and_what_it_leaves_out(policy, signed_in):
    client = signed_in("member")
    page = client.get(reverse("register:policy", args=[policy])).content.decode()
    assert "Training of specials." in page
    [line] = client.get("/policies/").context["lines"]
    assert (line.full, line.part) == (1, 1)


def test_what_no_policy_covers_comes_first_and_what_is_ruled_out_is_left_out(
    policy, keeper, signed_in, at
):
    reason = {"reason": "It belongs elsewhere.", "by": keeper, "at": at}
    register.move_work(recommendation="lamp-2020/3/b", verb="rule_out", **reason)
    page = signed_in("secretariat").get("/policies/uncovered/")
    gaps = [(gap.item.ref, len(gap.part)) for gap in page.context["page"].rows]
    assert gaps == [("lamp-2020/3/a", 0), (ONE, 1)]
    assert (page.context["none"], page.context["part"]) == (1, 1)


def test_coverage_is_stated_and_withdrawn_by_forms(policy, signed_in, at):
    client = signed_in("secretariat")
    client.post(
        reverse("register:add-policy"), {"title": "Family policy", "address": "x.example/f"}
    )
    known = {each.ref: each.address for each in list_policies(as_of=AsOf.now(at))}
    assert known["family-policy"] == "https://x.example/f"
    bad = client.post(
        reverse("register:add-policy"), {"title": "Odd", "address": "javascript:alert(1)"}
    )
    assert "address" in bad.context["form"].errors
    cover = reverse("register:cover", args=["lamp-2020/3/a"])
    sent = {"policy": "family-policy", "in_full": "no", "uncovered": "", "seen": -1}
    assert "uncovered" in client.post(cover, sent).context["form"].errors
    seen = get_version("recommendation:lamp-2020/3/a")
    whole = client.post(cover, {**sent, "in_full": "yes", "seen": seen})
    assert whole["Location"].endswith("#policies")
    seen = get_version("recommendation:lamp-2020/3/a")
    facts = {"policy": "family-policy", "reason": "Repealed.", "seen": seen}
    client.post(reverse("register:uncover", args=["lamp-2020/3/a"]), facts)
    assert list_coverage(as_of=AsOf.now(at), policy="family-policy") == []


def test_every_scale_shows_its_levels_in_order_with_its_own_items(small_demo, signed_in):
    lines = signed_in("member").get("/scales/").context["lines"]
    assert {line.scale.ref for line in lines} == {"embedded", "complete", "actioned", "rated"}
    total = sum(sum(count for _, count in line.levels) + line.unreported for line in lines)
    assert total == small_demo.items
    for line in lines:
        assert [level for level, _ in line.levels] == list(line.scale.levels)
        assert line.reports


@pytest.mark.parametrize(
    "address", ["links", "overlaps", "themes", "policies", "uncovered", "scales"]
)
def test_a_page_of_an_empty_register_says_so(address, cast, signed_in):
    page = signed_in("member").get(reverse(f"register:{address}"))
    assert page.status_code == 200
    assert 'class="notice"' in page.content.decode()


@pytest.mark.parametrize("name", ["link", "theme", "policy"])
def test_what_is_not_there_is_not_found(name, lamp, signed_in):
    assert signed_in("member").get(reverse(f"register:{name}", args=["none"])).status_code == 404


def test_pages_look_as_they_did_on_a_past_day_and_offer_nothing(
    link, theme, policy, signed_in, at, member
):
    register.review_link(link=link, verb="confirm", by=member, at=at)
    client = signed_in("secretariat")
    before = {"as_of": "2026-02-20"}  # the report was on the register, the rest was not
    assert client.get("/links/", before).context["page"].total == 0
    assert client.get("/policies/", before).context["lines"] == []
    assert "Add a policy" not in client.get("/policies/", before).content.decode()
    assert client.get(f"/links/{link}/", before).status_code == 404
    kinds = client.get("/themes/", before).context["kinds"]
    assert [line for _, lines in kinds for line in lines] == []
