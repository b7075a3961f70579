"""Charts say what they show in words, keep gaps as gaps, and draw nothing that is hidden."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from types import ModuleType

import pytest

from evenhand.core import Cell, Marker, Signal, UsageProblem
from evenhand.publication import (
    Bars,
    Chart,
    Funnel,
    Intervals,
    Layout,
    Limits,
    Scale,
    SmallMultiples,
    Trend,
)
from evenhand.publication.charts import canvas
from evenhand.publication.charts.draw import not_drawn, render_both, render_svg
from evenhand.publication.charts.scale import linear, logarithmic
from evenhand.publication.charts.signals import SIGNAL_STYLES
from evenhand.publication.charts.trend import spread

HOSTILE = "<script>alert(1)</script>\"'&]]>"


def trend(samples: ModuleType, cells: list[Cell], months: list[str] | None = None) -> Trend:
    months = months or [f"2020-{i:02d}" for i in range(1, len(cells) + 1)]
    table = samples.released(
        "t",
        "T",
        [samples.dimension("month", "Month"), samples.derived("rate", "Rate")],
        list(zip(months, cells, strict=True)),
    )
    return Trend(title="Rate", alt="It rises.", table=table, value="rate")


def ratio_chart(samples: ModuleType, *rows: tuple[Cell, ...], **more: object) -> Intervals:
    columns = [
        samples.dimension("group", "Group"),
        *(samples.derived(name, name) for name in ("value", "low", "high")),
    ]
    table = samples.released("r", "R", columns, list(rows))
    return Intervals(
        title="Ratios", alt="One is high.", table=table, value="value", low="low", high="high",
        scale=Scale.LOG, reference=1.0, **more,
    )  # fmt: skip


def series_path(svg: str) -> str:
    found = re.search(r'class="series"[^>]* d="([^"]*)"', svg)
    return found[1] if found else ""


def every_chart(site) -> list[Chart]:
    return [chart for page in site.pages for block in page.blocks for chart in block.charts]


def test_every_kind_of_chart_is_among_the_samples(site) -> None:
    assert {type(chart) for chart in every_chart(site)} == {
        Trend,
        Intervals,
        Funnel,
        Bars,
        SmallMultiples,
    }


def test_every_chart_is_a_named_and_described_image(site) -> None:
    for i, chart in enumerate(every_chart(site)):
        for width in (canvas.WIDE, canvas.NARROW):
            root = ET.fromstring(render_svg(chart, ident=f"c{i}", width=width))
            space = "{http://www.w3.org/2000/svg}"
            assert root.get("role") == "img"
            named = root.get("aria-labelledby", "").split()
            title, desc = root.find(f"{space}title"), root.find(f"{space}desc")
            assert [title.get("id"), desc.get("id")] == named
            assert (title.text, desc.text) == (chart.title, chart.alt)


def test_everything_drawn_lies_within_the_picture(site) -> None:
    for chart in every_chart(site):
        for width in (canvas.WIDE, canvas.NARROW):
            svg = render_svg(chart, ident="c", width=width)
            height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])
            places = re.findall(r'<text x="(-?[\d.]+)" y="(-?[\d.]+)"', svg)
            assert places
            for x, y in places:
                assert -1 <= float(x) <= width + 1
                assert 0 <= float(y) <= height


@pytest.mark.parametrize("alt", ["", "   "])
def test_a_chart_without_a_text_alternative_is_refused(samples, alt: str) -> None:
    with pytest.raises(UsageProblem, match="has no text alternative"):
        replace(trend(samples, [1.0, 2.0]), alt=alt)


def test_a_chart_without_a_title_is_refused(samples) -> None:
    with pytest.raises(UsageProblem, match="has no title"):
        replace(trend(samples, [1.0, 2.0]), title=" ")


def test_a_table_that_has_not_passed_disclosure_control_is_refused(samples) -> None:
    chart = trend(samples, [1.0, 2.0])
    with pytest.raises(UsageProblem, match="passed disclosure control"):
        replace(chart, table=chart.table.table)


def test_a_column_that_is_not_there_is_refused_by_name(samples) -> None:
    with pytest.raises(UsageProblem, match="no column 'speed'"):
        replace(trend(samples, [1.0, 2.0]), value="speed")


@pytest.mark.parametrize("hole", [Marker.SUPPRESSED, Marker.NOT_COLLECTED, None, float("nan")])
def test_a_month_without_a_figure_breaks_the_line(samples, hole: Cell) -> None:
    path = series_path(render_svg(trend(samples, [1.0, 2.0, hole, 3.0, 2.0]), ident="c"))
    assert path.count("M") == 2
    assert path.count("L") == 2


def test_a_month_that_is_absent_from_the_table_breaks_the_line(samples) -> None:
    months = ["2019-11", "2019-12", "2020-02", "2020-03"]
    path = series_path(render_svg(trend(samples, [1.0, 2.0, 3.0, 2.0], months), ident="c"))
    assert path.count("M") == 2


def test_a_year_end_is_no_gap(samples) -> None:
    months = ["2019-11", "2019-12", "2020-01", "2020-02"]
    path = series_path(render_svg(trend(samples, [1.0, 2.0, 3.0, 2.0], months), ident="c"))
    assert path.count("M") == 1


def test_a_counted_zero_is_drawn_and_is_no_gap(samples) -> None:
    path = series_path(render_svg(trend(samples, [1.0, Marker.ZERO, 2.0]), ident="c"))
    assert path.count("M") == 1
    assert path.count("L") == 2


def test_a_month_between_two_gaps_still_shows_as_a_point(samples) -> None:
    chart = trend(samples, [1.0, 1.5, None, 9.0, None, 2.0, 2.5])
    svg = render_svg(chart, ident="c")
    assert svg.count("<circle") == 5
    assert series_path(svg).count("M") == 2


def test_rows_in_any_order_draw_the_same_line(samples) -> None:
    months = [f"2020-{i:02d}" for i in range(1, 6)]
    values: list[Cell] = [1.0, 3.0, 2.0, 5.0, 4.0]
    forward = render_svg(trend(samples, values, months), ident="c")
    assert forward == render_svg(trend(samples, values[::-1], months[::-1]), ident="c")


def test_months_mixed_with_other_words_are_refused(samples) -> None:
    chart = trend(samples, [1.0, 2.0], ["2020-01", "Spring"])
    with pytest.raises(UsageProblem, match="neither months nor numbers"):
        render_svg(chart, ident="c")


def test_a_hidden_figure_leaves_no_mark_and_a_sentence(samples) -> None:
    shown = ratio_chart(samples, ("Asian", 2.0, 1.5, 2.5), ("Black", 3.0, 2.0, 4.0))
    hidden = ratio_chart(samples, ("Asian", 2.0, 1.5, 2.5), ("Black", *[Marker.SUPPRESSED] * 3))
    assert render_svg(shown, ident="c").count('class="arm"') == 2
    assert render_svg(hidden, ident="c").count('class="arm"') == 1
    assert render_svg(hidden, ident="c").count("<circle") == 1
    assert not_drawn(shown) == ""
    assert not_drawn(hidden) == "Not drawn: 1 suppressed."


def test_a_ratio_known_only_from_below_is_an_arrow_and_a_bound_in_words(samples) -> None:
    chart = ratio_chart(
        samples, ("Asian", 1.1, 0.9, 1.3), ("Roma", Marker.UNDEFINED, 2.3, Marker.UNDEFINED)
    )
    svg = render_svg(chart, ident="c")
    assert "above 2.30" in svg
    assert re.findall(r'class="arm" d="([^"]*)"', svg)[1].count("M") == 2
    assert not_drawn(chart) == ""
    assert "inf" not in svg
    assert "nan" not in svg


def test_on_a_log_axis_doubling_is_as_far_as_halving(samples) -> None:
    axis = logarithmic([0.4, 3.0], start=0, end=400)
    assert axis.at(2) - axis.at(1) == pytest.approx(axis.at(1) - axis.at(0.5))
    assert axis.ticks == (0.25, 0.5, 1, 2, 4)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0.9, 1.1], (0.5, 1, 2)),
        ([0.3, 7.0], (0.25, 0.5, 1, 2, 4, 8)),
        ([0.06, 20.0], (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)),
        ([0.001, 5000.0], (0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000)),
    ],
)
def test_log_ticks_are_numbers_a_reader_knows(values, ticks) -> None:
    found = logarithmic(values, start=0, end=1)
    assert found.ticks == pytest.approx(ticks)
    assert all(found.holds(value) for value in values)


def test_ratios_have_a_line_at_one(samples) -> None:
    svg = render_svg(ratio_chart(samples, ("Asian", 2.0, 1.5, 2.5)), ident="c")
    assert svg.count('class="ref"') == 1


def test_a_log_axis_refuses_a_reference_of_zero(samples) -> None:
    chart = ratio_chart(samples, ("Asian", 2.0, 1.5, 2.5))
    with pytest.raises(UsageProblem, match="log axis cannot show 0"):
        replace(chart, reference=0.0)


@pytest.mark.parametrize("values", [[], [0.0], [5.0, 5.0], [-3.0, 2.0], [float("nan")], [1e9, 3.0]])
def test_a_linear_axis_holds_whatever_it_is_given(values: list[float]) -> None:
    axis = linear(values, start=0, end=100)
    assert axis.low < axis.high
    assert all(axis.holds(value) for value in values if value == value)
    assert len(axis.ticks) >= 2


@pytest.mark.parametrize(
    "values", [[], [1.0], [1.0, 2.0], [3.0], [7.0, 11.0], [12.0], [110.0, 9.0]]
)
def test_an_axis_of_what_is_counted_has_no_fraction_of_a_thing(values: list[float]) -> None:
    for from_zero in (True, False):
        axis = linear(values, start=0, end=100, whole=True, from_zero=from_zero)
        assert all(tick.is_integer() for tick in axis.ticks)
        assert all(axis.holds(value) for value in values)
        assert 2 <= len(axis.ticks) <= 9
        assert not any("." in axis.words(tick) for tick in axis.ticks)


def test_hostile_words_stay_words_in_a_drawing(samples) -> None:
    chart = ratio_chart(samples, (HOSTILE, 2.0, 1.5, 2.5), ("White", 1.0, 0.9, 1.1))
    svg = render_both(replace(chart, title=HOSTILE, alt=HOSTILE), ident="c")
    assert "<script" not in svg
    assert svg.count("&lt;script&gt;") >= 4
    ET.fromstring(f"<div>{svg}</div>")


def test_the_same_chart_is_the_same_bytes(site) -> None:
    for chart in every_chart(site):
        assert render_both(chart, ident="c") == render_both(chart, ident="c")


def test_no_two_series_share_colour_dash_and_shape() -> None:
    styles = [canvas.style(i) for i in range(42)]
    assert len(set(styles)) == 42
    assert len({style.shape for style in styles[:6]}) == 6


def test_no_two_signals_share_a_shape() -> None:
    assert set(SIGNAL_STYLES) == set(Signal)
    assert len({style.shape for style in SIGNAL_STYLES.values()}) == len(Signal)


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2 contrast ratio, from relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear_parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear_parts, strict=True))
    return 1.05 / (luminance + 0.05)


@pytest.mark.parametrize(
    "colour", [*canvas.COLOURS, *(style.colour for style in SIGNAL_STYLES.values())]
)
def test_every_line_and_signal_stands_out_from_white(colour: str) -> None:
    assert contrast_with_white(colour) >= 4.5


def test_end_labels_never_overlap_and_keep_their_order() -> None:
    wanted = [(100.0, 17.0), (101.0, 17.0), (102.0, 32.0), (290.0, 17.0)]
    centres = spread(wanted, 0.0, 300.0)
    placed = zip(centres, (height for _, height in wanted), strict=True)
    for (above, high), (below, low) in pairwise(placed):
        assert below - above >= (high + low) / 2 - 1e-9


def test_a_unit_outside_the_widest_limits_is_named(samples, site) -> None:
    chart = next(chart for chart in every_chart(site) if isinstance(chart, Funnel))
    svg = render_svg(chart, ident="c")
    assert "Borough 20" in svg
    assert "Borough 7" not in svg


def test_stacked_parts_follow_one_another_and_end_at_their_sum(samples) -> None:
    table = samples.outcomes()
    svg = render_svg(
        Bars(title="B", alt="B", table=table, label="group", value="share", part="outcome"),
        ident="c",
    )
    blocks = [
        (float(a), float(b))
        for a, b in re.findall(r'class="block"[^>]*d="M([\d.]+) [\d.]+H([\d.]+)', svg)
    ]
    for (_, end), (start, _) in pairwise(blocks[:4]):
        assert start == pytest.approx(end, abs=0.11)


def test_grouped_bars_name_each_part_beside_its_bar(samples) -> None:
    table = samples.outcomes()
    chart = Bars(
        title="B", alt="B", table=table, label="group", value="share", part="outcome",
        layout=Layout.GROUPED,
    )  # fmt: skip
    assert render_svg(chart, ident="c").count("Community resolution") == 6


def test_small_multiples_share_one_scale(samples, site) -> None:
    chart = next(chart for chart in every_chart(site) if isinstance(chart, SmallMultiples))
    svg = render_svg(chart, ident="c")
    panels = svg.split('<g transform="translate(')[1:]
    scales = [tuple(re.findall(r'class="e dim">([^<]*)<', panel)) for panel in panels]
    assert len(panels) == 6
    assert len(set(scales)) == 1


def test_small_multiples_of_another_table_are_refused(samples) -> None:
    one, other = trend(samples, [1.0, 2.0]), trend(samples, [1.0, 2.0])
    with pytest.raises(UsageProblem, match="another table"):
        SmallMultiples(title="S", alt="S", table=one.table, of=other, by="month")


def test_intervals_repeat_in_panels_on_one_axis(samples) -> None:
    chart = samples.both()
    of = Intervals(title="I", alt="I", table=chart, label="reading", value="ratio", low="low",
                   high="high", scale=Scale.LOG, reference=1.0)  # fmt: skip
    svg = render_svg(SmallMultiples(title="S", alt="S", table=chart, of=of, by="group"), ident="c")
    panels = svg.split('<g transform="translate(')[1:]
    ticks = {tuple(re.findall(r'class="m dim">([^<]*)<', panel)) for panel in panels}
    assert len(panels) == 3
    assert len(ticks) == 1


def test_limits_on_a_trend_are_drawn_and_the_broken_rule_is_ringed(samples, site) -> None:
    chart = next(c for c in every_chart(site) if isinstance(c, Trend) and c.limits)
    svg = render_svg(chart, ident="c")
    assert svg.count('class="limit"') == 2
    assert svg.count('class="ringed"') == 1


def test_a_survival_curve_is_drawn_in_steps_over_numbers(samples) -> None:
    table = samples.released(
        "s", "S", [samples.derived("months", "Months"), samples.derived("share", "Share")],
        [(0, 1.0), (6, 0.9), (30, 0.4)],
    )  # fmt: skip
    chart = Trend(title="S", alt="S", table=table, when="months", value="share", step=True)
    path = series_path(render_svg(chart, ident="c"))
    assert path.count("H") == path.count("V") == 2


def test_an_interval_shades_only_where_both_ends_are_known(samples) -> None:
    columns = [samples.dimension("month", "Month")]
    columns += [samples.derived(name, name) for name in ("rate", "low", "high")]
    rows: list[tuple[Cell, ...]] = [
        ("2020-01", 1.0, 0.5, 1.5),
        ("2020-02", 1.0, 0.5, Marker.UNDEFINED),
        ("2020-03", 1.0, 0.5, 1.5),
        ("2020-04", 1.0, 0.5, 1.5),
    ]
    table = samples.released("b", "B", columns, rows)
    chart = Trend(title="B", alt="B", table=table, value="rate", low="low", high="high")
    bands = re.findall(r'class="band"[^>]* d="([^"]*)"', render_svg(chart, ident="c"))
    assert len(bands) == 1
    assert "nan" not in bands[0]


def test_limits_of_a_funnel_may_come_from_a_finer_curve(samples, site) -> None:
    chart = next(chart for chart in every_chart(site) if isinstance(chart, Funnel))
    rows = [(n, 25.0 - 800 / n, 25.0 + 800 / n) for n in range(500, 25_000, 500)]
    columns = [samples.derived(n, n) for n in ("searches", "low", "high")]
    curve = samples.released("curve", "Curve", columns, rows)
    finer = replace(chart, curve=curve, centre="", limits=(Limits("99.8%", "low", "high"),))
    assert "low_998" not in finer.columns_drawn
    assert render_svg(finer, ident="c").count('class="limit l0"') == 2
