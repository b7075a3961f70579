"""What a form says when something is wrong: at the top, announced and focused, and at its field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

import evenhand.web

TEMPLATES = Path(evenhand.web.__file__).parent / "templates"


@pytest.fixture
def refused(cast, signed_in) -> str:
    address = reverse("register:add-theme")
    return signed_in("secretariat").post(address, {"title": "", "kind": "odd"}).content.decode()


def test_the_summary_is_announced_focused_and_leads_to_every_field(refused):
    [summary] = re.findall(r'<div class="wrong summary"[^>]*>.*?</div>', refused, re.S)
    for part in ('role="alert"', 'tabindex="-1"', "autofocus", "There is a problem"):
        assert part in summary
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_title", "id_kind"]
    for target in targets:
        assert f'id="{target}"' in refused


def test_a_field_is_marked_and_described_by_its_message(refused):
    [field] = re.findall(r"<input[^>]*name=\"title\"[^>]*>", refused)
    assert 'aria-invalid="true"' in field
    assert "id_title_error" in field
    assert refused.count('id="id_title_error"') == 1
    assert '<span class="unseen">Error: </span>' in refused
    assert "<title>Error: " in refused


def test_a_form_that_is_right_shows_no_summary(cast, signed_in):
    page = signed_in("secretariat").get(reverse("register:add-theme")).content.decode()
    assert "summary" not in page
    assert "<title>Error: " not in page


def test_every_page_with_a_form_of_ours_has_the_summary():
    pages = [path for path in TEMPLATES.rglob("*.html") if path.name != "fields.html"]
    with_form = [path for path in pages if "foundation/fields.html" in path.read_text()]
    assert with_form
    for path in with_form:
        assert "foundation/summary.html" in path.read_text(), path.name
