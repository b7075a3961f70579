"""A pack is two sides: what does not fit is left to the page, the most important first."""

from __future__ import annotations

import re
from dataclasses import replace

from evenhand.core import Marker
from evenhand.publication import KeyFigure
from evenhand.publication.packs import render_pack

LONG = "Nobody has yet been able to say why this differs so much from one place to the next. " * 2


def drawn(site, pack) -> str:
    return render_pack(site.pages[1], pack, site)


def test_a_pack_has_two_sides_and_everything_that_fits(site) -> None:
    html = drawn(site, site.pages[1].pack)
    assert html.count('<section class="side"') == 2
    for words in (*site.pages[1].pack.questions, *site.pages[1].pack.how_to_read):
        assert words in html
    assert html.count('class="chart wide"') == 2


def test_what_does_not_fit_is_left_out_from_the_end(site) -> None:
    pack = site.pages[1].pack
    sentences = tuple(f"{i}. {LONG}" for i in range(30))
    questions = tuple(f"Question {i}? {LONG}" for i in range(30))
    html = drawn(site, replace(pack, sentences=sentences, questions=questions))
    kept = [i for i in range(30) if f"{i}. {LONG[:20]}" in html]
    assert kept == list(range(len(kept)))
    assert 3 <= len(kept) < 30
    asked = [i for i in range(30) if f"Question {i}?" in html]
    assert asked == list(range(len(asked)))
    assert 3 <= len(asked) < 30


def test_a_chart_too_tall_for_its_side_stays_on_the_page(samples, site) -> None:
    pack = site.pages[1].pack
    rows = [(f"Group {i}", 1.0, 0.5, 2.0, "none") for i in range(60)]
    columns = [samples.dimension("group", "Group")]
    columns += [samples.derived(n, n) for n in ("ratio", "low", "high", "signal")]
    tall = replace(pack.comparisons[0], table=samples.released("tall", "Tall", columns, rows))
    html = drawn(site, replace(pack, comparisons=(tall,), table=None))
    assert html.count('class="chart wide"') == 0
    assert "Compared with others" not in html


def test_a_hidden_key_figure_says_so_in_plain_words(site) -> None:
    figures = tuple(KeyFigure("Strip searches", marker) for marker in Marker)
    html = drawn(site, replace(site.pages[1].pack, figures=figures))
    shown = re.findall(r'<div class="big">([^<]*)</div>', html)
    assert len(set(shown)) == len(Marker)
    assert Marker.SUPPRESSED.words in html
    assert "[c]" not in "".join(shown)


def test_a_key_figure_without_a_finite_value_is_not_known(site) -> None:
    figures = (KeyFigure("Ratio", float("inf")), KeyFigure("Share", 0.0, unit="%", decimals=0))
    html = drawn(site, replace(site.pages[1].pack, figures=figures))
    assert re.findall(r'<div class="big">([^<]*)</div>', html) == ["Not known", "0%"]
