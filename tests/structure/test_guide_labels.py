"""The guide to judging calls every button, link and heading what the pages call it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/guides/guide-register.md"
_LABEL = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")


def _labels() -> list[str]:
    section = GUIDE.read_text().split("## How it is judged")[1].split("\n## ")[0]
    return sorted({" ".join(found.split()) for found in _LABEL.findall(section)})


@pytest.fixture(scope="module")
def pages() -> str:
    """Everything that a page can be made of."""
    rooms = (ROOT / "src/evenhand/web", ROOT / "src/evenhand/accountability")
    files = (each for room in rooms for each in room.rglob("*") if each.suffix in (".py", ".html"))
    return "\n".join(" ".join(each.read_text().split()) for each in files)


def test_there_are_labels_to_look_for():
    assert len(_labels()) > 30


@pytest.mark.parametrize("label", _labels())
def test_a_label_of_the_guide_stands_on_a_page(label, pages):
    assert re.search(rf"[\">“]\s*{re.escape(label)}\s*[\"<:”]", pages), label
