"""The register in a real browser, by keyboard alone: from an owner to evidence that was reviewed.

A register of one report is founded and served by a process of its own, as ``evenhand run`` does.
Every page on the way is checked with axe against WCAG 2.2 AA.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

PASSWORD = "correct-horse-battery"
ONE = "/recommendations/lamp-2020/1/"
FOUND = f"""
import sys
from datetime import date
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(sys.argv[1])), demo=False, port=8000)
from django.utils import timezone
from evenhand.accountability.scales import ACTIONED
from evenhand.web.demo.cast import assemble
from evenhand.web.register.plans import PublicationPlan, RecommendationPlan
from evenhand.web.register.services import accept_publication, open_inquiry
now = timezone.now()
keeper = assemble(password={PASSWORD!r}, at=now)["secretariat"]
open_inquiry(ref="lamp", title="Lamp Inquiry", by=keeper, at=now)
accept_publication(by=keeper, at=now, plan=PublicationPlan(
    ref="lamp-2020", inquiry="lamp", title="Lamp report", published_on=date(2020, 2, 3),
    scale=ACTIONED, recommendations=(
        RecommendationPlan("1", "Train every sergeant in fairness."),
        RecommendationPlan("2", "Publish searches monthly."),
    )))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the founded register is served."""
    home = tmp_path_factory.mktemp("register")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    subprocess.run([sys.executable, "-c", FOUND, str(home)], check=True, timeout=300)
    command = ["-m", "evenhand.web", "--home", str(home), "--port", str(port), "--no-demo"]
    server = subprocess.Popen(
        [sys.executable, *command],
        env=os.environ | {"EVENHAND_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    where = f"http://127.0.0.1:{port}"
    try:
        _wait(where)
        yield where
    finally:
        server.terminate()
        server.wait(30)


def _wait(where: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{where}/accounts/sign-in/", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the register did not start")


class Person:
    """Somebody at a keyboard, without a mouse."""

    def __init__(self, page: Any, address: str, name: str) -> None:
        self.page, self.address = page, address
        page.goto(f"{address}/accounts/sign-in/")
        self.type("Name", name)
        self.type("Password", PASSWORD)
        self.press("Sign in")

    def reach(self, name: str) -> None:
        """Tab until what has this name is in focus."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAMED) == name:
                return
        pytest.fail(f"no key leads to “{name}” on {self.page.url}")

    def press(self, name: str) -> None:
        """A link or a button, by Enter."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.check()

    def type(self, label: str, text: str) -> None:
        """A field, by its label."""
        self.reach(label)
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        """A box."""
        self.reach(label)
        self.page.keyboard.press("Space")

    def go(self, path: str) -> None:
        """By the address line."""
        self.page.goto(self.address + path)
        self.check()

    def check(self) -> None:
        """No violation that axe knows of."""
        found = Axe().run(self.page).response["violations"]
        told = [(each["id"], each["nodes"][0]["html"][:160]) for each in found]
        assert told == [], self.page.url

    @property
    def text(self) -> str:
        """What the page says."""
        said: str = self.page.inner_text("main")
        return said


NAMED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return "";
  const label = it.id && document.querySelector(`label[for="${it.id}"]`);
  return (label ? label.innerText : it.innerText || it.value || "").trim();
}"""


@pytest.fixture
def person(browser: Any, address: str) -> Iterator[Callable[[str], Person]]:
    contexts = []

    def come(name: str) -> Person:
        context = browser.new_context(locale="en-GB", viewport={"width": 1000, "height": 800})
        contexts.append(context)
        return Person(context.new_page(), address, name)

    yield come
    for context in contexts:
        context.close()


def test_from_owner_to_reviewed_evidence_by_keyboard_alone(person, tmp_path):
    keeper, owner = person("secretariat"), person("owner")
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

    asker = person("monitor")
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

    panel = person("panel")
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


def test_two_editors_at_once_and_the_second_sees_the_first(person):
    first, second = person("secretariat"), person("secretariat")
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


def test_lists_history_and_two_days_are_accessible_and_narrow(person):
    member = person("member")
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
