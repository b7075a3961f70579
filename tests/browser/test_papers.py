"""A board paper in a real browser: the accessibility checker finds nothing, and it prints."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from evenhand.publication.papers import Paper, render_file


@pytest.fixture(scope="module")
def paper() -> Paper:
    path = Path(__file__).parents[1] / "unit/publication/papers/conftest.py"
    spec = importlib.util.spec_from_file_location("paper_samples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Paper = module.make_paper()
    return made


@pytest.fixture
def opened(browser: Any, paper: Paper, tmp_path: Path) -> Any:
    file = tmp_path / "paper.html"
    file.write_text(render_file(paper), encoding="utf-8")
    page = browser.new_page(viewport={"width": 340, "height": 700})
    page.goto(file.as_uri())
    yield page
    page.close()


def test_the_accessibility_checker_finds_nothing_in_a_paper(opened):
    found = Axe().run(opened).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_a_paper_fits_a_telephone_and_prints_on_paper(opened):
    width = "document.documentElement.scrollWidth"
    assert opened.evaluate(width) <= 340
    opened.emulate_media(media="print")
    assert opened.pdf(format="A4").startswith(b"%PDF")
