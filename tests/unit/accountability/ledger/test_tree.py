"""The frontier is small, is all that is needed to go on, and refuses to be what it is not."""

from __future__ import annotations

import pytest

from evenhand.accountability.ledger import EMPTY_ROOT, Frontier, leaf_hash, node_hash
from evenhand.core import UsageProblem

LEAVES = [leaf_hash(bytes([n])) for n in range(100)]


def test_a_leaf_can_never_pass_for_a_node() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
    assert node_hash(left, right) != node_hash(right, left)


def test_nothing_recorded_has_the_root_of_nothing() -> None:
    assert Frontier().root == EMPTY_ROOT


def test_a_million_events_need_at_most_twenty_hashes() -> None:
    frontier = Frontier((1 << 20) - 1, tuple(LEAVES[:20]))
    assert len(frontier.peaks) == 20
    assert len(frontier.append(LEAVES[20]).peaks) == 1


def test_going_on_from_a_kept_frontier_is_the_same_as_never_having_stopped() -> None:
    for cut in range(len(LEAVES) + 1):
        kept = Frontier().extend(LEAVES[:cut])
        resumed = Frontier(kept.size, kept.peaks).extend(LEAVES[cut:])
        assert resumed == Frontier().extend(LEAVES)


def test_growing_tells_each_complete_subtree_once() -> None:
    frontier, found = Frontier(), {}
    for leaf in LEAVES:
        grown, nodes = frontier.grown(leaf)
        assert grown == frontier.append(leaf)
        frontier = grown
        for node in nodes:
            assert (node.level, node.index) not in found
            found[node.level, node.index] = node.hash
    assert len(found) == sum(len(LEAVES) >> level for level in range(7))
    for (level, index), node_value in found.items():
        leaves = LEAVES[index << level : (index + 1) << level]
        assert node_value == Frontier().extend(leaves).root


@pytest.mark.parametrize(("size", "peaks"), [(-1, 0), (0, 1), (1, 0), (3, 1), (4, 2)])
def test_a_frontier_with_the_wrong_number_of_peaks_is_refused(size: int, peaks: int) -> None:
    with pytest.raises(UsageProblem, match="peaks"):
        Frontier(size, tuple(LEAVES[:peaks]))


def test_a_peak_that_is_no_hash_is_refused() -> None:
    with pytest.raises(UsageProblem, match="32 bytes"):
        Frontier(1, (b"short",))
