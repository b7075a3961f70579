"""How wide the columns of a table are: what holds long text gets more, numbers are narrow."""

from __future__ import annotations

from evenhand.publication.papers.model import Grid
from evenhand.publication.papers.words import plain

LONG_WORD = 15  # letters: “Recommendation” stays whole; a longer word may break
LEAST, MOST = 5.0, 22.0
"""No column is so narrow that a number breaks, or so wide that the others starve."""


def share_widths(grid: Grid) -> list[float]:
    """The share of the page's width of each column, in any unit.

    The square root of the longest text: a column with four times the text is twice as wide, and its
    rows become twice as tall. A column is as wide as its longest word needs, within reason.
    """
    shares = []
    for place, header in enumerate(grid.headers):
        texts = [header, *(plain(row[place]) for row in grid.rows)]
        word = max(len(part) for text in texts for part in (text.split() or [""]))
        whole = max(map(len, texts)) ** 0.5 * 2.2
        shares.append(min(max(whole, min(word, LONG_WORD) * 1.15, LEAST), MOST))
    return shares
