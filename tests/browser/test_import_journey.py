"""From a paper to an overdue item, in a real browser by keyboard, each page checked with axe.

Import, correct, accept, assign, update, challenge, answer, extend, link, exception, as-of, verify.
With EVENHAND_SCREENSHOTS set in the environment it saves the pictures in docs/images anew:
``EVENHAND_SCREENSHOTS=1 python -m pytest tests/browser -k journey``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from .people import Person
from .serving import Register, type_after, verify_ledger

PAPER = """Lantern Review

Date: 14 March 2019

Recommendation 1
Teach fairness to every team. This means:

(a) new teams first

Progress so far

Two teams have begun.

(b) old teams next

Action completed.

Recommendation 2
Publish searches monthly, place by place.
"""
ITEM = "/recommendations/lantern-2019/2/"
LATER = 500  # days: past the extended date


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    found = Register(tmp_path_factory.mktemp("imported"))
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def address(register: Register) -> str:
    return register.address


def test_from_a_paper_to_an_exception_and_back_to_an_earlier_day(come, register, tmp_path):
    keeper, member = come("secretariat"), come("member")
    bring_the_paper(keeper)
    assign(keeper)
    ask_and_answer(come("owner"), member)
    extend(keeper)
    link(keeper, member)
    today = datetime.now(ZoneInfo("Europe/London")).date()
    register.stop()
    register.start(later=LATER)
    find_the_exception(come("member"))
    keeper = come("secretariat")
    look_back(keeper, today.isoformat())
    told = verify_ledger(keeper.take_ledger(tmp_path), tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr


def bring_the_paper(keeper: Person) -> None:
    keeper.go("/reports/import/")
    keeper.type("Or its text, pasted", PAPER)
    keeper.press("Read the paper")
    assert "Before it can be accepted" in keeper.text
    keeper.picture("register-import")
    keeper.press("Correct the report")
    keeper.type("Or the name of a new inquiry", "Lantern Inquiry")
    keeper.type("Reference", "lantern-2019")
    keeper.press("Save")
    keeper.press("Correct recommendation 2")
    keeper.type("Heading", "Monthly searches")
    keeper.press("Save")
    assert "Corrected: heading" in keeper.text
    keeper.press("Go on to accept")
    assert "2 recommendations and 2 parts" in keeper.text
    keeper.press("Accept all of it")
    keeper.go("/recommendations/lantern-2019/1/a/")
    assert "Two teams have begun." in keeper.text
    keeper.go("/recommendations/lantern-2019/1/b/")
    assert "Action completed" in keeper.text


def assign(keeper: Person) -> None:
    keeper.go(ITEM)
    keeper.press("Assign an owner")
    keeper.type("Who", "Learning")
    keeper.press("Record the duty")
    keeper.press("Set a due date")
    keeper.type("Due", type_after(20))
    keeper.press("Set the date")


def ask_and_answer(owner: Person, member: Person) -> None:
    owner.go(ITEM)
    owner.press("Post an update")
    owner.type("Progress so far", "Three of nine places publish.")
    owner.press("Post update")
    member.go(ITEM)
    assert "Three of nine places publish." in member.text
    member.press("Ask a question")
    member.type("Your question", "Which six do not?")
    member.press("Ask it")
    owner.go("/questions/")
    owner.press("Which six do not?")
    owner.press("Answer it")
    owner.type("Your answer", "Those of the coast.")
    owner.press("Answer it")
    member.go(ITEM)
    assert "Those of the coast." in member.text


def extend(keeper: Person) -> None:
    keeper.go(ITEM)
    keeper.press("Extend the due date")
    keeper.type("New due date", type_after(100))
    keeper.press("Record the extension")
    assert "Nothing was saved" in keeper.text, "an extension has its reason"
    keeper.type("Reason for the extension", "The coast has no clerk until spring.")
    keeper.press("Record the extension")
    assert "moved 1 time: The coast has no clerk until spring." in keeper.text
    assert "the original date was" in keeper.text


def link(keeper: Person, member: Person) -> None:
    keeper.go("/links/suggested/")
    assert "Publish searches monthly" in keeper.text, "alike in words, so it is suggested"
    keeper.go(ITEM)
    keeper.press("Propose a link")
    keeper.type("The other recommendation", "lamp-2020/2")
    keeper.type("How this one stands to it", "Overlaps")
    keeper.type("Reason", "Both ask for searches each month.")
    keeper.type("What remains uncovered", "Nothing by place.")
    keeper.press("Propose the link")
    member.go("/links/")
    member.press("Overlaps with")
    member.press("Review this link")
    member.type("Your review", "Confirm")
    member.press("Record the review")
    member.go("/recommendations/lamp-2020/2/")
    assert "Both ask for searches each month." in member.text


def find_the_exception(member: Person) -> None:
    member.go("/?exception=overdue")
    assert "Monthly searches" in member.text
    member.go(ITEM)
    assert "Overdue since" in member.text
    member.picture("register-item")


def look_back(keeper: Person, day: str) -> None:
    keeper.go(ITEM)
    keeper.go(f"{ITEM}?as_of={day}")
    assert "Overdue" not in keeper.text
    assert "Those of the coast." in keeper.text
    assert keeper.page.get_by_role("link", name="Extend the due date").count() == 0
    assert "As of" in keeper.page.inner_text("aside.past")
    keeper.press("Return to today")
    assert "Overdue since" in keeper.text
