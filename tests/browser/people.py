"""Whoever opens the register: a visitor, or somebody with an account, without a mouse."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

IMAGES = Path(__file__).parents[2] / "docs/images"
SCREENSHOTS = "EVENHAND_SCREENSHOTS"
"""When this is set in the environment, the journeys save the pages that the guides show."""

NAMED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return "";
  const label = it.id && document.querySelector(`label[for="${it.id}"]`);
  return (label ? label.innerText : it.innerText || it.value || "").replace(/\\s+/g, " ").trim();
}"""


class Visitor:
    """Somebody at a keyboard; every page they come to is checked with axe against WCAG 2.2 AA."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address

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

    def take_ledger(self, folder: Path) -> list[str]:
        """Save the ledger and its public key; the command by which the page says to check them."""
        self.go("/ledger/")
        for words, name in (
            ("Download the ledger", "ledger.jsonl"),
            ("public key", "public-key.txt"),
        ):
            address = self.page.get_by_role("link", name=words).get_attribute("href")
            (folder / name).write_bytes(self.page.request.get(self.address + address).body())
        return shlex.split(self.page.locator("pre").first.inner_text())

    @property
    def path(self) -> str:
        """The address after the host."""
        found: str = self.page.url.removeprefix(self.address).partition("#")[0]
        return found

    @property
    def text(self) -> str:
        """What the page says."""
        said: str = self.page.inner_text("main")
        return said

    def picture(self, name: str) -> None:
        """For the guides, where pictures are asked for: the top of the page as it is now."""
        if os.environ.get(SCREENSHOTS):
            self.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
            self.page.screenshot(path=IMAGES / f"{name}.png")


class Person(Visitor):
    """Somebody with an account, signed in."""

    def __init__(self, page: Any, address: str, name: str, password: str) -> None:
        super().__init__(page, address)
        page.goto(f"{address}/accounts/sign-in/")
        self.type("Name", name)
        self.type("Password", password)
        self.press("Sign in")
