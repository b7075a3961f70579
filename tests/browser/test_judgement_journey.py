"""From a measure that both sides agreed to a verdict that lapsed, in a real browser by keyboard.

Criterion, evidence returned and accepted, claim, panel with an interest and a dissent, verdict,
board paper, release, public page, ledger, lapse, and the item open again; each page with axe.
With EVENHAND_SCREENSHOTS set in the environment it saves the pictures in docs/images anew:
``EVENHAND_SCREENSHOTS=1 python -m pytest tests/browser -k journey``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .people import Person, Visitor
from .serving import FOUND, Register, type_after, type_before, verify_ledger

MEASURED = """
from dataclasses import replace
from evenhand.core import Month
from evenhand.datasets import Lake, load_stops
from evenhand.datasets.population import keep_residents
from evenhand.datasets.synthetic import write_synthetic
from evenhand.web.measures.measuring import measure_stops_run
from evenhand.web.measures.services import record_run
made = write_synthetic(home / "records", seed=11, months=12, boroughs=10, first=Month(2025, 1))
lake = Lake(home / "lake" / "stops")
load_stops([made.archive], lake=lake, at=now)
residents = Lake(home / "lake" / "residents")
keep_residents([made.population, made.areas], lake=residents, at=now)
run = measure_stops_run(lake, residents, period=made.period, synthetic=True)
kept = [f for f in run.figures if f.indicator == "arrest-rate" and not f.unit]
record_run(plan=replace(run, figures=tuple(kept)), by=users["analyst"], at=now)
"""
PAIR = "Asian compared with White (self-defined)"
ITEM = "/recommendations/lamp-2020/1/"
JUDGED = f"{ITEM}judgement/"
BENCH = ("Demo panel member", "Demo panel member 2", "Demo panel member 3", "Demo panel member 4")
YEARS = 1000  # days: more than the two years for which evidence supports a verdict


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    found = Register(tmp_path_factory.mktemp("judged"), FOUND + MEASURED)
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def address(register: Register) -> str:
    return register.address


def test_from_a_measure_to_a_verdict_that_lapses_and_an_item_open_again(come, register, tmp_path):
    keeper, owner = come("secretariat"), come("owner")
    propose_a_criterion(keeper)
    agree_a_criterion(keeper, owner)
    bring_evidence(keeper, owner, tmp_path)
    claim(owner)
    sitting = convene(keeper)
    bar_who_declares_an_interest(come("panel"), sitting)
    for number, upholds in ((2, True), (3, True), (4, False)):
        vote(come(f"panel{number}"), sitting, upholds=upholds)
    close_the_voting(keeper, sitting)
    verdict = conclude(keeper, sitting)
    issue_a_paper(keeper)
    release(keeper, come("member"))
    read_in_public(come(""))
    verify_the_ledger(keeper, tmp_path)
    look_again(keeper, verdict)
    register.stop()
    said = register.run("evenhand.web.judgement", "lapse", later=YEARS)
    assert "Its newest evidence speaks for a time that ended on" in said
    register.start(later=YEARS)
    open_again(come("member"), verdict)


def propose_a_criterion(keeper: Person) -> None:
    keeper.go(ITEM)
    keeper.press("Assign an owner")
    keeper.type("Who", "Learning")
    keeper.press("Record the duty")
    keeper.go("/measures/?signal=none")
    keeper.press(
        "Searches that end in arrest, Eldermarch: Asian compared with White (self-defined)"
    )
    keeper.press("Judge a recommendation by this")
    keeper.press("Go on to the criterion")
    keeper.type("Why this measure shows it", "Fairness shows in who is arrested after a search.")
    keeper.press("Propose it")
    assert "No criterion is agreed yet" in keeper.text


def agree_a_criterion(keeper: Person, owner: Person) -> None:
    for who, side in ((owner, "owner"), (keeper, "secretariat")):
        who.go(JUDGED)
        assert "No criterion is agreed yet" in who.text, "one side alone agrees nothing"
        who.press(f"Agree for the {side}")
        who.tick("I mean it")
        who.press("Agree")
    assert "Met" in keeper.text


def bring_evidence(keeper: Person, owner: Person, folder: Path) -> None:
    owner.go(ITEM)
    owner.press("Offer evidence")
    owner.type("Title", "Count of sergeants")
    describe(owner, folder / "count.txt", "Some records counted", "Low")
    owner.press("Offer the evidence")
    keeper.go(ITEM)
    review(keeper, "Send", "Half of the sergeants are not in it.")
    assert "Half of the sergeants are not in it." in keeper.text
    owner.go(keeper.path)
    owner.press("Offer a new version")
    describe(owner, folder / "all.txt", "All records counted", "High")
    owner.press("Offer the version")
    keeper.go(ITEM)
    review(keeper, "Accept", "")
    assert "Accepted, by Demo secretary" in keeper.text


def describe(owner: Person, paper: Path, method: str, reliability: str) -> None:
    paper.write_text(f"Sergeants: {method}.")
    owner.page.set_input_files("#id_file", paper)  # the system's own dialogue is no page of ours
    owner.type("Speaks for the time from", type_before(400))
    owner.type("Until", type_before(5))
    owner.type("Method", method)
    owner.type("How far it can be relied on", reliability)
    owner.type("Who may see it", "Internal")


def review(keeper: Person, decision: str, reason: str) -> None:
    keeper.press("Count of sergeants")
    keeper.press("Review it")
    keeper.type("Decision", decision)
    keeper.type("Reason", reason)
    keeper.press("Record the review")


def claim(owner: Person) -> None:
    owner.go(JUDGED)
    owner.press("Claim a level")
    owner.type("Level of the publication’s scale", "Action")
    owner.type("Level of embedding", "Effect")
    owner.tick("Count of sergeants, version 2 (accepted)")
    owner.type("What was done, and how it shows", "All are trained, and the rates are alike.")
    owner.press("Claim it")
    owner.go(JUDGED)
    assert "1 piece of evidence pinned" in owner.text


def convene(keeper: Person) -> str:
    keeper.go("/judgement/panels/")
    keeper.press("Form a panel")
    keeper.type("Name", "Challenge panel")
    keeper.type("Quorum", "3")
    keeper.press("Form the panel")
    keeper.press("Challenge panel")
    for member in BENCH:
        keeper.press("Seat a member")
        keeper.type("Member", member)
        keeper.type("From", type_before(5))
        keeper.press("Give the term")
    keeper.go(JUDGED)
    keeper.press("Put the claim before a panel")
    keeper.type("Panel", "Challenge")
    keeper.type("How it sits", "By")
    keeper.type("Closes", type_after(5))
    keeper.press("Convene the panel")
    keeper.press("Sitting of the Challenge panel")
    return keeper.path


def bar_who_declares_an_interest(member: Person, sitting: str) -> None:
    member.go("/judgement/")
    member.go(sitting)
    member.press("Declare an interest")
    member.type("Your interest", "I taught the course that is judged.")
    member.press("Declare it")
    assert "Barred" in member.text
    assert member.page.get_by_role("link", name="Vote", exact=True).count() == 0
    assert member.page.goto(f"{member.address}{sitting}vote/").status == 403
    member.check()


def vote(member: Person, sitting: str, *, upholds: bool) -> None:
    member.go(sitting)
    member.press("Read what is put before the panel")
    assert "The hash that binds it" in member.text
    member.go(sitting)
    member.press("Vote")
    member.tick("Uphold the claim")
    if not upholds:
        member.page.keyboard.press("ArrowDown")
    member.type("The level that you find", "Effect" if upholds else "Trained")
    member.type("Your reason", "The rates are alike." if upholds else "One year is no habit.")
    member.tick("A vote is cast once, and I have read what is put before us")
    member.press("Cast the vote")
    assert "Your vote is cast" in member.text


def close_the_voting(keeper: Person, sitting: str) -> None:
    keeper.go(sitting)
    assert "One year is no habit." not in keeper.text, "no vote is shown before all are cast"
    keeper.press("Close the voting")
    keeper.tick("I mean it")
    keeper.press("Close the voting and record the verdict")


def conclude(keeper: Person, sitting: str) -> str:
    keeper.go(sitting)
    keeper.press("Upheld: “Action completed”. Effect seen: the agreed measure is met.")
    dissent = keeper.text.partition("Dissent")[2].partition("Every vote")[0]
    assert "One year is no habit." in dissent
    assert "2 for, 1 against" in keeper.text
    keeper.picture("register-verdict")
    verdict = keeper.path
    keeper.go(ITEM)
    assert "Closed since" in keeper.text
    return verdict


def issue_a_paper(keeper: Person) -> None:
    keeper.go("/meetings/")
    keeper.press("Plan a meeting")
    keeper.type("Title", "Board")
    keeper.type("Body that meets", "Fenmarsh Police A")
    keeper.type("Day", type_after(20))
    keeper.press("Plan the meeting")
    keeper.go("/snapshots/")
    keeper.press("Take a snapshot")
    keeper.type("Name", "Board of the year")
    keeper.press("Count the register now")
    keeper.go("/papers/new/")
    keeper.type("Title", "What was judged")
    keeper.press("Begin the paper")
    paper = keeper.path
    while "To be written" in keeper.text:
        waiting = keeper.page.locator("li.entry", has_text="To be written").first
        keeper.press(waiting.locator("a").first.inner_text())
        keeper.type("Text", "Of {{all.items}} items, one was judged.")
        keeper.press("Keep this text")
    keeper.press("Issue it")
    keeper.type("By which decision", "The secretary, for the board.")
    keeper.press("Issue the paper")
    keeper.go(paper)
    keeper.press("Read version 1")
    assert "Of 2 items, one was judged." in keeper.text
    keeper.picture("register-paper")


def release(keeper: Person, member: Person) -> None:
    keeper.go("/releases/")
    keeper.press("Propose a release")
    keeper.type("Title, for the public", "The first verdict")
    keeper.type("Why now, for the public", "A panel from outside has judged it.")
    keeper.type("Reasons, for who decides", "The verdict stands.")
    keeper.tick("Lamp report (2)")
    keeper.press("Look at what would be published")
    keeper.press("Propose it")
    proposal = keeper.path
    assert keeper.page.get_by_role("link", name="Publish it").count() == 0, "two people"
    assert keeper.page.goto(f"{keeper.address}{proposal}approve/").status == 403
    member.go(proposal)
    member.press("Publish it")
    member.press("Publish it")
    assert "Public as release 1." in member.text


def read_in_public(visitor: Visitor) -> None:
    visitor.go("/public/")
    visitor.go("/public/changes/")
    visitor.go("/public/recommendations/lamp-2020/1/")
    assert "Train every sergeant in fairness." in visitor.text
    assert "A panel from outside has judged it." in visitor.text
    visitor.picture("public-recommendation")
    visitor.page.goto(visitor.address + ITEM)
    assert visitor.path.startswith("/accounts/sign-in/"), "nothing else is open to them"
    visitor.check()


def verify_the_ledger(keeper: Person, folder: Path) -> None:
    command = keeper.take_ledger(folder)
    told = verify_ledger(command, folder)
    assert told.returncode == 0, told.stdout + told.stderr
    ledger = folder / "ledger.jsonl"
    whole = ledger.read_text()
    assert "upheld" in whole
    ledger.write_text(whole.replace("upheld", "denied", 1))
    assert verify_ledger(command, folder).returncode != 0, "one word of it was altered"


def look_again(keeper: Person, verdict: str) -> None:
    keeper.go(verdict)
    keeper.press("Re-check it")
    keeper.type("What was looked at, and what was seen", "The rates of the year; nothing new.")
    keeper.press("Record the re-check")
    keeper.go(verdict)
    assert "The rates of the year; nothing new." in keeper.text


def open_again(member: Person, verdict: str) -> None:
    member.go("/?exception=verdict_lapsed")
    assert "Verdict lapsed" in member.text
    member.go(verdict)
    assert "Lapsed on" in member.text
    member.go(JUDGED)
    member.press("Open it again")
    member.type("Reason", "Nobody has shown for two years that it still holds.")
    member.press("Open it again")
    assert "The item is open again" in member.text
    member.go(verdict)
    assert "Opened again" in member.text
    member.go("/?exception=verdict_lapsed")
    assert "Train every sergeant" not in member.text
