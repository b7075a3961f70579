"""Pieces of SVG: text, lines, marks and the frame with its words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.publication.formats import safe

WIDE, NARROW = 720, 340
"""Every chart is drawn for a column of text and again for a telephone; the stylesheet shows one."""

LETTER = 7.4
"""Mean width of a letter at the charts' 13-unit type, measured on the widest likely face."""

COLOURS = ("#0b5563", "#b3400f", "#5b3f8c", "#6b6100", "#a0276b", "#2b63a8", "#3d4449")
"""Seven hues, each of at least 4.5:1 contrast with white."""

DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2")
SHAPES = ("circle", "square", "triangle", "diamond", "cross", "ring")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart's marks and the space they take."""

    body: str
    width: float
    height: float


def frame(drawing: Drawing, *, ident: str, words: tuple[str, str], css: str) -> str:
    """The whole SVG, named and described for a screen reader by its title and alternative."""
    title, alt = words
    return (
        f'<svg class="chart {css}" role="img" aria-labelledby="{ident}-t {ident}-d" '
        f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{ident}-t">{safe(title)}</title><desc id="{ident}-d">{safe(alt)}</desc>'
        f"{drawing.body}</svg>"
    )


def text(x: float, y: float, words: str, *, css: str = "") -> str:
    """One line of words; ``css`` places (``e`` ends, ``m`` middles) and weighs it."""
    named = f' class="{css}"' if css else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}>{safe(words)}</text>'


def lines(x: float, y: float, rows: Sequence[str], *, css: str = "") -> str:
    """Several lines of words, centred on ``y``."""
    top = y - (len(rows) - 1) * 7.5 + 4.5
    return "".join(text(x, top + i * 15, row, css=css) for i, row in enumerate(rows))


def line(x1: float, y1: float, x2: float, y2: float, *, css: str) -> str:
    """A straight line in one of the stylesheet's manners."""
    return f'<path class="{css}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def wrap(words: str, *, width: float, most: int = 3) -> list[str]:
    """Break a label to fit a width, by estimate; an ellipsis ends what is too long."""
    room = max(int(width / LETTER), 4)
    rows: list[str] = []
    for word in words.split():
        if rows and len(rows[-1]) + 1 + len(word) <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    rows = [row if len(row) <= room + 2 else row[:room] + "…" for row in rows]
    if len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1][: room - 1] + "…"]
    return rows or [""]


def width_of(words: str) -> float:
    """The width a line of words takes, by estimate; a percent sign is nearly two letters wide."""
    return (len(words) + 0.8 * words.count("%")) * LETTER


def mark(shape: str, x: float, y: float, *, colour: str, size: float = 4.0) -> str:
    """A data point; its shape tells the series apart without colour."""
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="{colour}"/>'
    if shape == "ring":
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="#fff" stroke="{colour}" '
            f'stroke-width="2"/>'
        )
    return f'<path d="M{x:.1f} {y:.1f}{_OUTLINES[shape](size)}" {_inked(shape, colour)}/>'


def _inked(shape: str, colour: str) -> str:
    if shape == "cross":
        return f'stroke="{colour}" stroke-width="2.2" fill="none"'
    return f'fill="{colour}"'


_OUTLINES = {
    "square": lambda s: f"m{-s * 0.9:g} {-s * 0.9:g}h{s * 1.8:g}v{s * 1.8:g}h{-s * 1.8:g}z",
    "triangle": lambda s: f"m0 {-s * 1.25:g}l{s * 1.2:g} {s * 2.1:g}h{-s * 2.4:g}z",
    "down": lambda s: f"m0 {s * 1.25:g}l{s * 1.2:g} {-s * 2.1:g}h{-s * 2.4:g}z",
    "diamond": lambda s: (
        f"m0 {-s * 1.35:g}l{s * 1.35:g} {s * 1.35:g}l{-s * 1.35:g} "
        f"{s * 1.35:g}l{-s * 1.35:g} {-s * 1.35:g}z"
    ),
    "cross": lambda s: f"m{-s:g} {-s:g}l{2 * s:g} {2 * s:g}m0 {-2 * s:g}l{-2 * s:g} {2 * s:g}",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How one series is told from another: by colour, by dash and by the shape of its points."""

    colour: str
    dash: str
    shape: str

    @property
    def stroke(self) -> str:
        """The attributes of its line."""
        dash = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return f'stroke="{self.colour}"{dash}'


def style(index: int) -> Style:
    """The style of the nth series; no two of the first 42 agree in all three."""
    return Style(
        COLOURS[index % len(COLOURS)],
        DASHES[index % len(DASHES)],
        SHAPES[index % len(SHAPES)],
    )
