"""The register in a real browser, by keyboard alone: from an owner to evidence that was reviewed.

A register of one report is founded and served by a process of its own, as ``evenhand run`` does.
Every page on the way is checked with axe against WCAG 2.2 AA.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .serving import Register

ONE = "/recommendations/lamp-2020/1/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the founded register is served."""
    register = Register(tmp_path_factory.mktemp("register"))
    register.start()
    yield register.address
    register.stop()


def test_from_owner_to_reviewed_evidence_by_keyboard_alone(come, tmp_path):
    keeper, owner = come("secretariat"), come("owner")
    keeper.go(ONE)
    keeper.press("Assign an owner")
    keeper.type("Who", "Learning")
    keeper.press("Record the duty")
    assert "Learning and development, since" in keeper.text
    keeper.press("Set a due date")
    keeper.type("Due", "09092031")  # reads alike whichever part comes first
    keeper.press("Set the date")
    assert "9 September 2031" in keeper.text

    owner.go(ONE)
    owner.press("Post an update")
    owner.press("Post update")
    assert "Nothing was saved" in owner.text, "an empty update is refused on the form"
    owner.type("Progress so far", "Forty of fifty trained.")
    owner.press("Post update")
    assert "Forty of fifty trained." in owner.text

    asker = come("monitor")
    asker.go(ONE)
    asker.press("Ask a question")
    asker.type("Your question", "Which ten were missed?")
    asker.press("Ask it")
    owner.go("/questions/")
    owner.press("Which ten were missed?")
    owner.press("Answer it")
    owner.type("Your answer", "Those on leave.")
    owner.press("Answer it")
    asker.press("Which ten were missed?")
    asker.press("The answer is enough")
    asker.tick("I know that this cannot be undone")
    asker.press("The answer is enough")
    assert "The question is settled." in asker.text

    paper = tmp_path / "count.txt"
    paper.write_text("Forty of fifty sergeants were trained.")
    owner.go(ONE)
    owner.press("Offer evidence")
    owner.type("Title", "Count of sergeants")
    owner.page.set_input_files("#id_file", paper)  # the system's own dialogue is no page of ours
    owner.type("Speaks for the time from", "01012026")
    owner.type("Until", "02022026")
    owner.type("Method", "All records counted")
    owner.type("How far it can be relied on", "High")
    owner.type("Who may see it", "Restricted")
    owner.press("Offer the evidence")
    assert "Count of sergeants" in owner.text
    asker.go(ONE)
    assert "Count of sergeants" not in asker.text
    assert "1 piece of evidence is not shown" in asker.text

    panel = come("panel")
    panel.go(ONE)
    panel.press("Count of sergeants")
    panel.press("Review it")
    panel.type("Decision", "Accept")
    panel.press("Record the review")
    assert "Accepted, by Demo panel member" in panel.text
    with panel.page.expect_download() as waiting:
        panel.reach("Download count.txt")
        panel.page.keyboard.press("Enter")
    assert Path(waiting.value.path()).read_text() == paper.read_text()


def test_two_editors_at_once_and_the_second_sees_the_first(come):
    first, second = come("secretariat"), come("secretariat")
    for each in (first, second):
        each.go("/recommendations/lamp-2020/2/title/")
    first.type("Working title", "Monthly searches")
    first.press("Save the title")
    second.type("Working title", "Searches, published")
    second.press("Save the title")
    assert "Somebody else changed this" in second.text
    assert "Monthly searches" in second.text
    second.press("Save the title")
    assert "Searches, published" in second.text


def test_lists_history_and_two_days_are_accessible_and_narrow(come):
    member = come("member")
    member.page.set_viewport_size(
        {"width": 340, "height": 700}
    )  # 320 and a scroll bar: WCAG 1.4.10
    for path in (
        "/", "/recommendations/", "/questions/", "/actions/", "/inquiries/", "/inquiries/lamp/",
        "/reports/", ONE, f"{ONE}history/", f"{ONE}compare/",
    ):  # fmt: skip
        member.go(path)
        wide = member.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 340, path
