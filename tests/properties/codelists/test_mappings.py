"""Mappings compose, are total or refused, and agree with a naive second reading of the parts."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.codelists import (
    Codelist,
    get_codelist,
    get_common_groups,
    get_mapping,
    list_codelists,
    list_mappings,
)
from evenhand.core import CodelistRefused

MAPPINGS = list_mappings()
PAIRS = [
    (a, b)
    for a, b in product(list_codelists(), repeat=2)
    if a.question == b.question and a.id != b.id
]
CHAINS = [
    (first, second)
    for first, second in product(MAPPINGS, repeat=2)
    if first.target == second.source and first.source != second.target
]


def naive_homes(source: Codelist, target: Codelist) -> dict[str, list[str]]:
    """By looking at every pair: the target codes in which no part of the source is missing."""
    homes = {}
    for code in source.codes:
        homes[code.code] = [
            other.code
            for other in target.codes
            if not [p for p in code.parts if p not in other.parts]
        ]
    return homes


@pytest.mark.parametrize(("source", "target"), PAIRS, ids=lambda each: each.id)
def test_every_mapping_is_total_over_its_source_or_refused(
    source: Codelist, target: Codelist
) -> None:
    homes = naive_homes(source, target)
    if all(len(found) == 1 for found in homes.values()):
        assert get_mapping(source.id, target.id).as_dict == {c: h[0] for c, h in homes.items()}
    else:
        with pytest.raises(CodelistRefused):
            get_mapping(source.id, target.id)


@given(st.sampled_from(CHAINS))
def test_going_by_way_of_a_third_edition_changes_nothing(chain: tuple) -> None:
    first, second = chain
    direct = get_mapping(first.source, second.target).as_dict
    assert direct == {code: second.as_dict[via] for code, via in first.pairs}


@given(st.sampled_from(MAPPINGS))
def test_an_answer_stays_an_answer_and_an_unknown_stays_an_unknown(mapping) -> None:
    source, target = get_codelist(mapping.source), get_codelist(mapping.target)
    for start, end in mapping.pairs:
        assert source.get(start).is_known == target.get(end).is_known


@pytest.mark.parametrize(("a", "b"), PAIRS, ids=lambda each: each.id)
def test_common_groups_hold_the_same_pieces_on_both_sides_and_overlap_nowhere(
    a: Codelist, b: Codelist
) -> None:
    groups = get_common_groups(a.id, b.id)
    seen: set[str] = set()
    for group in groups:
        left = {p for code in group.source_codes for p in a.get(code).parts}
        right = {p for code in group.target_codes for p in b.get(code).parts}
        assert left == right
        assert not left & seen
        seen |= left


@pytest.mark.parametrize(("a", "b"), PAIRS, ids=lambda each: each.id)
def test_common_groups_are_the_same_from_either_side(a: Codelist, b: Codelist) -> None:
    there = {
        (set_of(g.source_codes), set_of(g.target_codes)) for g in get_common_groups(a.id, b.id)
    }
    back = {(set_of(g.target_codes), set_of(g.source_codes)) for g in get_common_groups(b.id, a.id)}
    assert there == back


@given(st.sampled_from(MAPPINGS), st.data())
def test_adding_up_by_the_mapping_loses_nobody(mapping, data) -> None:
    counts = {code: data.draw(st.integers(0, 10**9), label=code) for code, _ in mapping.pairs}
    moved: dict[str, int] = {}
    for start, end in mapping.pairs:
        moved[end] = moved.get(end, 0) + counts[start]
    assert sum(moved.values()) == sum(counts.values())


def set_of(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(codes)
