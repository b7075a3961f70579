"""The site in a real browser: accessible, narrow, by keyboard, without scripts, and on paper."""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli import serve
from evenhand.core import Marker
from evenhand.publication import KeyFigure, write_site

pytestmark = pytest.mark.browser

PAGES = {
    "front": "index.html",
    "service": "services/elmshire-police/index.html",
    "unit": "services/elmshire-police/ashgate/index.html",
    "quality": "quality/index.html",
    "methods": "methods/index.html",
    "pack": "services/elmshire-police/pack.html",
}
WIDTHS = (1280, 320)
OPEN_ALL = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


@pytest.fixture
def visit(browser: Any, folder: Path) -> Iterator[Any]:
    """Opens a page of the site in a fresh window."""
    contexts = []

    def open_page(path: str, *, width: int = 1280, base: Path = folder, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto((base / path).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong_folded_or_unfolded(visit: Any, name: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(PAGES[name], width=width)
    for fold in ("", OPEN_ALL):
        page.evaluate(fold or "0")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(visit: Any, name: str, width: int) -> None:
    page = visit(PAGES[name], width=width)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(1280, "wide", "narrow"), (320, "narrow", "wide")]
)
def test_each_chart_is_shown_once_at_the_width_it_was_drawn_for(
    visit: Any, width: int, shown: str, hidden: str
) -> None:
    page = visit(PAGES["service"], width=width)
    charts = page.locator(f"svg.chart.{shown}")
    assert charts.count() == 6
    assert all(charts.nth(i).is_visible() for i in range(6))
    assert not any(page.locator(f"svg.chart.{hidden}").nth(i).is_visible() for i in range(6))


def test_words_in_a_chart_are_large_enough_on_a_telephone(visit: Any) -> None:
    page = visit(PAGES["service"], width=320)
    heights = page.evaluate(
        "[...document.querySelectorAll('svg.narrow text')]"
        ".map(words => words.getBoundingClientRect().height)"
    )
    assert min(heights) >= 10


@pytest.mark.parametrize("width", [1280, 320])
def test_no_words_of_a_chart_are_cut_off_at_its_edge(visit: Any, width: int) -> None:
    page = visit(PAGES["service"], width=width)
    over = page.evaluate(
        """[...document.querySelectorAll('svg.chart text')].filter(t => t.checkVisibility())
        .filter(t => { const a = t.getBoundingClientRect(); const f = t.closest('figure')
          .getBoundingClientRect(); return a.left < f.left - 2 || a.right > f.right + 2; })
        .map(t => t.textContent)"""
    )
    assert over == []


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit: Any) -> None:
    page = visit(PAGES["service"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "packlink"


def test_a_fold_opens_by_keyboard_and_shows_where_the_focus_is(visit: Any) -> None:
    page = visit(PAGES["service"])
    summary = page.locator("details.method summary").first
    summary.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.get_by_text("Residents at Census 2021").first.is_visible()


def test_without_scripts_everything_works(visit: Any) -> None:
    page = visit(PAGES["front"], java_script_enabled=False)
    page.get_by_role("link", name="Elmshire Police", exact=True).click()
    assert page.get_by_role("heading", name="Elmshire Police", level=1).is_visible()
    summary = page.locator("details.fold summary").last
    summary.click()
    assert page.locator("details.fold .inside").last.is_visible()


def test_a_screen_reader_hears_a_chart_by_its_title_and_what_it_shows(visit: Any) -> None:
    page = visit(PAGES["service"])
    chart = page.get_by_role("img", name="Stops per 1,000 residents each month", exact=False)
    assert chart.count() == 1
    assert "Black people were stopped most often" in chart.locator("desc").text_content()


def test_served_the_site_asks_no_other_host_and_breaks_no_policy(
    browser: Any, folder: Path
) -> None:
    server = serve._listen(folder, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    context = browser.new_context()
    try:
        page = context.new_page()
        asked: list[str] = []
        faults: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: faults.append(message.text))
        page.on("requestfailed", lambda request: faults.append(request.url))
        for path in PAGES.values():
            page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("getComputedStyle(document.querySelector('.side')).display") == "flex"
    finally:
        context.close()
        server.shutdown()
        thread.join()
        server.server_close()
    assert faults == []
    assert all(url.startswith(address) for url in asked)


def printed(page: Any) -> list[str]:
    """The words of each printed page."""
    from pypdf import PdfReader

    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    # Some typefaces print “fi” as one sign; compatibility form takes it apart again.
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in pages]


def test_a_printed_page_opens_its_folds_and_leaves_out_navigation(visit: Any) -> None:
    words = " ".join(" ".join(printed(visit(PAGES["service"]))).split())
    assert "Residents at Census 2021" in words
    assert "January 2019 0.85" in words
    assert "These figures are made up" in words
    assert "Skip to the main content" not in words
    assert "Two-page pack" not in words


def overfull(page: Any) -> list[int]:
    """How far, in pixels, the content of each printed side is longer than the side."""
    page.emulate_media(media="print")
    spill: list[int] = page.evaluate(
        "[...document.querySelectorAll('.side')].map(s => s.scrollHeight - s.clientHeight)"
    )
    return spill


WIDE_FACES = ":root { --sans: 'DejaVu Sans', Verdana; --serif: 'DejaVu Serif', Georgia }"


@pytest.fixture(scope="module")
def crowded(samples: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose packs are given far more than fits, and ones given next to nothing."""
    site = samples.make_site(services=1, units=2)
    long = "Nobody has yet been able to say why this differs so much from place to place. " * 2
    figures = tuple(
        KeyFigure(
            f"How often something with a long name happened {i}", Marker.NOT_COLLECTED, long[:60]
        )
        for i in range(9)
    )
    _service, full, bare = (page for page in site.pages if page.pack)
    packed = replace(
        full.pack, unit="The Borough of Kings Marling and the Eastern Marshes", lead=long,
        figures=figures, sentences=(long,) * 20, questions=(long,) * 20, how_to_read=(long,) * 20,
        unknowns=long * 3,
    )  # fmt: skip
    empty = replace(bare.pack, figures=(), sentences=("Nothing was recorded.",), comparisons=(),
                    table=None, questions=(), how_to_read=(), unknowns="")  # fmt: skip
    swapped = {full.path: replace(full, pack=packed), bare.path: replace(bare, pack=empty)}
    pages = tuple(swapped.get(page.path, page) for page in site.pages)
    out: Path = tmp_path_factory.mktemp("crowded") / "site"
    write_site(replace(site, pages=pages), out)
    return out


PACKS = ("pack.html", "ashgate/pack.html", "beckhythe/pack.html")


@pytest.mark.parametrize("faces", ["", WIDE_FACES])
@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_prints_on_exactly_two_sides_with_nothing_cut_off(
    visit: Any, crowded: Path, pack: str, faces: str
) -> None:
    page = visit(f"services/elmshire-police/{pack}", base=crowded)
    if faces:
        page.add_style_tag(content=faces)
    assert len(printed(page)) == 2
    assert max(overfull(page)) <= 0


def test_a_pack_prints_its_questions_and_says_when_figures_are_made_up(visit: Any) -> None:
    first, second = printed(visit(PAGES["pack"]))
    assert "These figures are made up" in first
    assert "12,480" in first
    assert "Questions worth asking" in second
    assert "made-up figures" in second
