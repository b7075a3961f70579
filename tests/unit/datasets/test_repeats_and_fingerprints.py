"""Rows met before, and the fingerprint of a set of rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenhand.datasets.fingerprint import Content, mix, sum_contents
from evenhand.datasets.repeats import Seen

HASHES = st.lists(st.integers(0, 6) | st.integers(0, 2**64 - 1), max_size=40)


def as_hashes(values: list[int]) -> np.ndarray:
    return np.asarray(values, dtype=np.uint64)


@given(st.lists(HASHES, max_size=8))
def test_ranks_are_those_of_counting_one_by_one(pieces: list[list[int]]) -> None:
    seen, counts = Seen(), {}
    for piece in pieces:
        expected = []
        for value in piece:
            expected.append(counts.get(value, 0))
            counts[value] = counts.get(value, 0) + 1
        assert seen.rank(as_hashes(piece)).tolist() == expected


@given(HASHES, HASHES)
def test_going_back_forgets_what_came_after(first: list[int], second: list[int]) -> None:
    seen = Seen.over([as_hashes(first)])
    before = seen.copy()
    ranks = seen.rank(as_hashes(second))
    assert before.rank(as_hashes(second)).tolist() == ranks.tolist()


@given(HASHES, st.randoms(use_true_random=False))
def test_the_content_of_a_set_does_not_depend_on_order_or_pieces(values: list[int], rng) -> None:  # type: ignore[no-untyped-def]
    turned = list(values)
    rng.shuffle(turned)
    cut = rng.randint(0, len(turned))

    def content(part: list[int]) -> Content:
        return sum_contents(as_hashes(part), np.zeros(len(part), dtype=np.int64), 1)[0]

    assert content(turned[:cut]).plus(content(turned[cut:])) == content(values)


@given(st.lists(HASHES, min_size=1, max_size=6))
def test_contents_of_many_files_at_once_are_those_of_each(files: list[list[int]]) -> None:
    owners = np.repeat(np.arange(len(files)), [len(file) for file in files])
    found = sum_contents(as_hashes([value for file in files for value in file]), owners, len(files))
    alone = [sum_contents(as_hashes(f), np.zeros(len(f), np.int64), 1)[0] for f in files]
    assert found == alone


def test_a_row_twice_is_another_content_than_once() -> None:
    once = sum_contents(as_hashes([7]), np.zeros(1, np.int64), 1)[0]
    twice = sum_contents(as_hashes([7, 7]), np.zeros(2, np.int64), 1)[0]
    assert once.id != twice.id
    assert len({once.id, twice.id, Content().id}) == 3


def test_mixing_is_the_published_generator() -> None:
    # First outputs of SplitMix64 seeded with 1234567, as printed in the reference
    # implementation's test values (Vigna 2015, splitmix64.c; Rosetta Code "Pseudo-random
    # numbers/Splitmix64").
    state, gamma = np.uint64(1234567), np.uint64(0x9E3779B97F4A7C15)
    seeds = state + gamma * np.arange(5, dtype=np.uint64)
    assert mix(seeds).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
