"""Groups and the codes they are made of, one edition or several."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evenhand.datasets import Cube
from evenhand.indicators.characteristics import (
    EDITIONS,
    Characteristic,
    build_age,
    build_detailed,
    build_officer_perceived,
    build_self_defined,
    build_sex,
    people_of,
)
from evenhand.indicators.panel import build_panel
from evenhand.indicators.recode import build_recode


def recoded(cube: Cube, characteristic: Characteristic) -> dict[tuple[str, str], str]:
    """(frame, code) → group, as the cells of a cube are recoded."""
    cells = cube.cells("frame", "self_defined")
    groups = [characteristic.groups[i].code for i in build_recode(cells, characteristic)]
    keys = zip(cells["frame"].to_pylist(), cells["self_defined"].to_pylist(), strict=True)
    return dict(zip(keys, groups, strict=True))


@pytest.mark.parametrize(
    "build", [build_self_defined, build_officer_perceived, build_sex, build_age]
)
def test_the_unknown_stand_last_and_the_comparator_is_known(
    build: Callable[[], Characteristic],
) -> None:
    made = build()
    known = [group.known for group in made.groups]
    assert known == sorted(known, reverse=True)
    assert made.groups[-1].code == "not-recorded"
    assert made.groups[made.index(made.comparator)].known
    assert made.known + made.unknown == tuple(range(len(made.groups)))


def test_the_same_code_of_two_editions_is_read_in_its_own(cube_of: Callable[..., Cube]) -> None:
    rows = [
        {"frame": frame, "self_defined": code} for frame in EDITIONS[:2] for code in ("W9", "O9")
    ]
    found = recoded(
        cube_of(*rows, {"frame": EDITIONS[0], "self_defined": "O1"}), build_self_defined()
    )
    assert found[EDITIONS[0], "O1"] == "asian"  # Chinese, which 2001 had under Other
    assert found[EDITIONS[0], "O9"] == found[EDITIONS[1], "O9"] == "other"
    assert found[EDITIONS[0], "W9"] == found[EDITIONS[1], "W9"] == "white"


def test_a_code_of_no_group_counts_as_not_recorded_and_stays_in_the_total(
    cube_of: Callable[..., Cube],
) -> None:
    cube = cube_of({"self_defined": "ZZ", "times": 3}, {"frame": "no-such", "times": 2}, {})
    panel = build_panel(cube, None, [build_self_defined()])
    counts = panel.counts["ethnicity-self-defined"][0, 0, :, 0, panel.measure("searches")]
    assert counts.tolist() == [1, 0, 0, 0, 0, 0, 5]


def test_one_edition_is_told_in_its_own_groups() -> None:
    made = build_detailed(["ethnicity-2011"])
    assert [group.code for group in made.groups][:4] == ["W1", "W2", "W3", "W9"]
    assert made.comparator == "W1"
    assert not made.in_units
    assert made.groups[0].people == "people who described themselves as “White British”"


def test_two_editions_are_told_in_the_groups_both_can_express(
    cube_of: Callable[..., Cube],
) -> None:
    rows = [
        *({"frame": "ethnicity-2001", "self_defined": c} for c in ("W1", "W9", "O1", "O9", "NS")),
        *({"frame": "ethnicity-2011", "self_defined": c}
          for c in ("W1", "W3", "W9", "A4", "O2", "O9", "NR")),
    ]  # fmt: skip
    made = build_detailed(["ethnicity-2011", "ethnicity-2001"])
    found = recoded(cube_of(*rows), made)
    old, new = "ethnicity-2001", "ethnicity-2011"
    assert found[old, "W1"] == found[new, "W1"] == made.comparator
    assert found[old, "W9"] == found[new, "W3"] == found[new, "W9"]
    assert found[old, "O1"] == found[new, "A4"] != found[old, "O9"]
    assert found[old, "O9"] == found[new, "O2"] == found[new, "O9"]
    assert not made.groups[made.index(found[old, "NS"])].known
    assert not made.groups[made.index(found[new, "NR"])].known


def test_three_editions_are_told_in_the_groups_all_can_express(
    cube_of: Callable[..., Cube],
) -> None:
    rows = [
        {"frame": edition, "self_defined": code}
        for edition, codes in zip(
            EDITIONS, (("B1", "W9"), ("B1", "W3", "W9"), ("B1", "W3", "W4", "W9")), strict=True
        )
        for code in codes
    ]
    made = build_detailed(list(EDITIONS))
    found = recoded(cube_of(*rows), made)
    assert {code for (_, was), code in found.items() if was == "B1"} == {"B1"}
    assert len({code for (_, was), code in found.items() if was != "B1"}) == 1
    assert made.groups[made.index("B1")].known


@pytest.mark.parametrize("frames", [["ethnicity-2001", "ethnicity-2011"], list(EDITIONS)])
def test_residents_of_every_edition_that_goes_in_whole_are_taken(frames: list[str]) -> None:
    made = build_detailed(frames)
    codes = {group.code for group in made.groups}
    assert set(EDITIONS) == set(made.residents)
    for edition in EDITIONS:
        assert set(made.residents[edition].values()) == codes
    assert made.residents["ethnicity-2021"]["W4"] == made.residents["ethnicity-2021"]["W9"]


def test_a_wider_edition_of_residents_is_no_denominator_in_detail() -> None:
    assert "ethnicity-2001" not in build_detailed(["ethnicity-2011"]).residents


def test_people_are_named_by_their_group_and_field() -> None:
    assert people_of("sex", "Female") == "women and girls"
    assert people_of("age", "10–17") == "people aged 10–17"
    assert people_of("ethnicity-officer-perceived", "Black") == "Black people"
    assert people_of("ethnicity-detailed", "Roma") == "people who described themselves as “Roma”"


def test_a_group_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="martian"):
        build_sex().index("martian")


@pytest.mark.parametrize("build", [build_self_defined, build_officer_perceived])
def test_residents_belong_to_known_groups_of_the_characteristic(
    build: Callable[[], Characteristic],
) -> None:
    made = build()
    known = {made.groups[i].code for i in made.known}
    assert {"ethnicity-broad", "ethnicity-broad-2001", *EDITIONS} <= set(made.residents)
    for homes in made.residents.values():
        assert set(homes.values()) <= known
