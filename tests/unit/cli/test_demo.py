"""``evenhand demo``: a fictional service from its records to its site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_the_demonstration_says_that_it_is_made_up_and_measures_32_boroughs(
    evenhand: Callable[..., Any], tmp_path: Path
) -> None:
    ended = evenhand("demo", "--out", tmp_path, "--json")
    assert ended.code == 0
    said = ended.said
    assert said["rows_read"] == said["rows_loaded"] + said["rows_quarantined"] > 100_000
    site = tmp_path / "site"
    units = [path for path in site.glob("services/*/*") if path.is_dir()]
    assert len(units) == 32
    for page in (site / "index.html", units[0] / "index.html", units[0] / "pack.html"):
        text = page.read_text(encoding="utf-8").lower()
        assert "synthetic" in text or "made-up" in text or "invented" in text
    assert {f["signal"] for f in said["findings"]} >= {"concern"}
