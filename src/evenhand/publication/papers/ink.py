"""Make a chart of :mod:`evenhand.publication.charts` stand alone: its style in its own attributes.

The charts of a site are coloured by the site's style sheet. A Word file has none, a PDF has none,
and the register's pages forbid styles inside a picture; so each class becomes attributes here.
"""

from __future__ import annotations

import re

from evenhand.publication.charts.draw import render_svg
from evenhand.publication.charts.spec import Chart
from evenhand.publication.papers.model import Grid, Picture

_INK, _DIM, _GREY = "#14202b", "#4d565c", "#5d686e"
_STROKE = {"fill": "none", "stroke": _INK}

MANNERS: dict[str, dict[str, str]] = {
    "e": {"text-anchor": "end"},
    "m": {"text-anchor": "middle"},
    "dim": {"fill": _DIM},
    "b": {"font-weight": "700", "font-size": "12.5"},
    "k": {"font-weight": "700"},
    "light": {"fill": "#fff"},
    "grid": {"fill": "none", "stroke": "#dbe1e3"},
    "base": {"fill": "none", "stroke": "#6b777e"},
    "ref": _STROKE | {"stroke-width": "1.6"},
    "series": {"fill": "none", "stroke-width": "2.2", "stroke-linejoin": "round"},
    "lead": {"fill": "none", "stroke-width": ".8", "opacity": ".7"},
    "band": {"opacity": ".14"},
    "limit": {"fill": "none", "stroke": _GREY, "stroke-width": "1.3", "stroke-dasharray": "5 4"},
    "l1": {"stroke-dasharray": "none"},
    "centre": {"fill": "none", "stroke": _GREY, "stroke-width": "1.2"},
    "target": _STROKE | {"stroke-width": "1.6", "stroke-dasharray": "10 4 2 4"},
    "ringed": {"fill": "none", "stroke": "#a1151c", "stroke-width": "2"},
    "arm": _STROKE | {"stroke-width": "2"},
    "whisker": _STROKE | {"stroke-width": "2"},
    "outer": {"fill": "none", "stroke": "#6b777e", "stroke-width": "6", "opacity": ".45"},
    "zone": {"fill": "#d5dcdd", "fill-opacity": ".65", "stroke": "#8b959a", "stroke-width": ".8"},
    "stripe": {"fill": _INK, "fill-opacity": ".03"},
    "block": {"stroke": _INK, "stroke-width": ".8"},
    "bench": _STROKE | {"stroke-width": "3"},
}
"""What the site's style sheet says of each class of mark; a test holds that none is missing."""

_TEXT = {"font-family": "Helvetica, Arial, sans-serif", "font-size": "13", "fill": _INK}
_TAG = re.compile(r"<(?P<name>[a-z]+)(?P<rest>(?:\s[^<>]*)?)>")
_CLASS = re.compile(r'\sclass="([^"]*)"')


def inked(svg: str) -> str:
    """The drawing with its classes as attributes; an attribute of its own is never replaced."""
    return _TAG.sub(_ink, svg)


def picture_of(chart: Chart, *, ident: str, table: Grid) -> Picture:
    """A chart as the picture of a paper, beside the table of the same figures."""
    return Picture(chart.title, chart.alt, inked(render_svg(chart, ident=ident)), table)


def _ink(found: re.Match[str]) -> str:
    name, rest = found["name"], found["rest"]
    if name == "svg":
        return f"<svg{_CLASS.sub('', rest)}>"
    named = _CLASS.search(rest)
    manners = dict(_TEXT) if name == "text" else {}
    for each in named[1].split() if named else ():
        manners |= MANNERS.get(each, {})
    bare = _CLASS.sub("", rest)
    closed = bare.endswith("/")
    bare = bare.removesuffix("/")
    own = set(re.findall(r"([\w-]+)=", bare))
    added = "".join(f' {key}="{value}"' for key, value in manners.items() if key not in own)
    return f"<{name}{bare}{added}{'/' if closed else ''}>"
