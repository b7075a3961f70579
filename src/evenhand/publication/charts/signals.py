"""The shape and colour of each signal, the same in a chart, in a list and in a key."""

from __future__ import annotations

from functools import lru_cache

from evenhand.core import Signal
from evenhand.publication.charts.canvas import Style, mark

SIGNAL_STYLES = {
    Signal.CONCERN: Style("#a1151c", "", "diamond"),
    Signal.WORSENING: Style("#8a3a00", "", "triangle"),
    Signal.WATCH: Style("#7a5200", "", "square"),
    Signal.IMPROVING: Style("#17613a", "", "down"),
    Signal.TOO_SMALL: Style("#4d565c", "", "ring"),
    Signal.UNMEASURABLE: Style("#4d565c", "", "cross"),
    Signal.NONE: Style("#0b5563", "", "circle"),
}
"""Each colour has at least 5:1 contrast with white; no two signals share a shape."""


@lru_cache
def render_badge(signal: Signal) -> str:
    """A signal as a small shape and its word; the shape is decoration, the word is the text."""
    style = SIGNAL_STYLES[signal]
    shape = mark(style.shape, 8, 8, colour=style.colour, size=5)
    css = signal.name.lower().replace("_", "-")
    return (
        f'<strong class="signal {css}"><svg viewBox="0 0 16 16" aria-hidden="true" '
        f'focusable="false">{shape}</svg>{signal.words}</strong>'
    )
