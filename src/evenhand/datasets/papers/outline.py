"""What sort of paper this is, seen from above, before it is read paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.datasets.papers.blocks import Block
from evenhand.datasets.papers.labels import find_recommendation_heading
from evenhand.datasets.papers.sections import find_lettered, lists_recommendations

#: fewer margin numbers than this, one after the other, are not a list of recommendations
_SHORTEST_LIST = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """Lettered standing sections; headed recommendations; or one long numbered list of them."""

    lettered: bool
    headed: bool
    listed: bool


def read_outline(blocks: Sequence[Block], title: str) -> Outline:
    """Which of the known layouts the paper follows."""
    letter, lettered = "", 0
    for block in blocks:
        section = find_lettered(block, letter)
        if section:
            letter, lettered = section.letter, lettered + 1
    headed = any(find_recommendation_heading(_heading_words(block)) for block in blocks)
    listed = not headed and lettered < 2 and lists_recommendations(title) and _counts_up(blocks)
    return Outline(lettered >= 2, headed, listed)


def _heading_words(block: Block) -> str:
    return "" if block.is_bullet or (block.marker and not block.is_numbered) else block.text


def _counts_up(blocks: Sequence[Block]) -> bool:
    numbers = [int(b.marker.label) for b in blocks if b.is_numbered and b.marker]
    return len(numbers) >= _SHORTEST_LIST and numbers[:3] == [1, 2, 3]
