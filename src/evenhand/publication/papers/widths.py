"""How wide the columns of a table are: what holds long text gets more, numbers are narrow."""

from __future__ import annotations

from evenhand.publication.papers.model import Grid
from evenhand.publication.papers.words import plain

LEAST, MOST = 5.0, 22.0
"""No column is so narrow that a number breaks, or so wide that the others starve."""


def share_widths(grid: Grid) -> list[float]:
    """The share of the page's width of each column, in any unit.

    The square root of the longest text: a column with four times the text is twice as wide, and its
    rows become twice as tall. A column is never narrower than the longest word of its heading.
    """
    shares = []
    for place, header in enumerate(grid.headers):
        longest = max([len(plain(row[place])) for row in grid.rows] + [0])
        word = max(len(part) for part in header.split())
        shares.append(min(max(longest**0.5 * 2.2, word * 1.0, LEAST), MOST))
    return shares
