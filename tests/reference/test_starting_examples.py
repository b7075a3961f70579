"""The sixty-six worked examples we started from: each stands here by its id, or says where it went.

An id stands where it begins that of an example in a file of this folder, or is named beside the
assertion in a test. The list itself is read where it is kept beside the repository.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "reference" / "reference_values.json"

ELSEWHERE = {
    "sdc-plsround-e6": "small-count rounding, left out: docs/methods/0014",
    "sdc-plsround-exPSD": "small-count rounding, left out: docs/methods/0014",
    "sdc-ptable-D2V09": "cell-key perturbation, left out: docs/methods/0014",
    "threshold-RI": "a later issue: the threshold test",
}
RENAMED = {"vod-sdpd-shares": "vod-sdpd-asian-day"}
"""One table became sixteen examples, a share each."""
ALSO: dict[str, Callable[[float], float]] = {
    "wres-christie": lambda n: 1 / n,
    "vod-sdpd-shares": lambda n: n / 100,
}
"""Kept the other way up, group over comparator; and kept as a share, not in per cent."""
BY_HAND = {"fdr-bh", "ai-castaneda", "sdc-gauss-z1", "sdc-hesa-round"}
ORDERING = "stat"
"""What the unconditional tests sort tables by, which is no figure of ours."""


def listed() -> list[dict[str, Any]]:
    if not SHARED.exists():
        pytest.skip("needs reference/reference_values.json from the shared data folder")
    found: list[dict[str, Any]] = json.loads(SHARED.read_text("utf-8"))["examples"]
    return found


def standing() -> dict[str, Any]:
    files = [json.loads(path.read_text("utf-8")) for path in HERE.glob("*.json")]
    return {
        example["id"]: example
        for file in files
        if isinstance(file, dict)
        for example in file.get("examples", ())
    }


def numbers(part: Any) -> list[float]:
    """Every number in what is expected, however nested."""
    if isinstance(part, bool | str) or part is None:
        return []
    if isinstance(part, int | float):
        return [float(part)]
    inside = part.values() if isinstance(part, dict) else part
    return [number for item in inside for number in numbers(item)]


@pytest.mark.shared
def test_all_sixty_six_stand_or_say_where_they_went() -> None:
    ids, here = [example["id"] for example in listed()], standing()
    assert len(ids) == len(set(ids)) == 66
    text = "\n".join(path.read_text("utf-8") for path in HERE.glob("test_*.py"))
    for name in ids:
        aim = RENAMED.get(name, name)
        stands = any(own == aim or own.startswith(f"{aim}-") for own in here)
        by_hand = name in BY_HAND and f"# {name}: " in text
        assert stands or by_hand or name in ELSEWHERE, name
        assert not (stands and name in ELSEWHERE), name


@pytest.mark.shared
def test_every_figure_of_those_that_stand_by_id_is_the_one_we_were_given() -> None:
    here = standing()
    kept = [
        number
        for e in here.values()
        for number in numbers([e["expected"], e.get("inputs"), e.get("group")])
    ]
    for example in listed():
        name, tolerance = example["id"], example["tolerance"]
        if name in ELSEWHERE or name in BY_HAND:
            continue
        by = tolerance if isinstance(tolerance, float) else 0.0
        figures = {key: part for key, part in example["expected"].items() if key != ORDERING}
        for number in numbers(figures):
            wanted = {number, ALSO.get(name, float)(number)}
            near = [k for k in kept for w in wanted if abs(w - k) <= by * abs(w) + 1e-5 * abs(k)]
            assert near, (name, number)
