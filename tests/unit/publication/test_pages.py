"""Pages stand on their own: every link leads somewhere, nothing comes from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from evenhand.core import UsageProblem
from evenhand.publication import Notice, write_site

HOSTILE = "<script>alert(1)</script>"
_VOID = {"meta", "link", "br", "img", "hr", "input"}


class Outline(HTMLParser):
    """What a test needs of a page: its tags in order, its links, its ids, and whether it closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, text: str) -> None:
        self.text.append(text)

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


def outline(path: Path) -> Outline:
    found = Outline()
    found.feed(path.read_text())
    found.close()
    return found


@pytest.fixture(scope="module")
def outlines(folder: Path) -> dict[Path, Outline]:
    return {path: outline(path) for path in sorted(folder.rglob("*.html"))}


def test_every_page_is_well_formed_and_in_british_english(outlines) -> None:
    assert len(outlines) == 7
    for page in outlines.values():
        assert page.faults == []
        assert page.open == []
        assert ("html", {"lang": "en-GB"}) in page.tags


def test_every_id_on_a_page_is_its_own(outlines) -> None:
    for path, page in outlines.items():
        ids = page.values("id")
        assert len(ids) == len(set(ids)), path


def test_every_link_leads_to_a_file_and_every_anchor_to_an_id(folder: Path, outlines) -> None:
    for path, page in outlines.items():
        for address in page.values("href"):
            if address.startswith("https://"):
                continue
            file, _, anchor = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), f"{path}: {address}"
            assert folder.resolve() in target.resolve().parents
            if anchor:
                assert anchor in outlines[target].values("id"), f"{path}: {address}"


def test_nothing_is_loaded_from_another_host_and_nothing_runs(outlines) -> None:
    for page in outlines.values():
        names = {tag for tag, _ in page.tags}
        assert names.isdisjoint({"script", "iframe", "object", "embed", "img", "style", "form"})
        assert page.values("src") == []
        assert page.values("style") == []
        assert [name for _, attrs in page.tags for name in attrs if name.startswith("on")] == []
        loaded = [attrs["href"] for tag, attrs in page.tags if tag == "link"]
        assert all(not address.startswith(("http", "//")) for address in loaded)


def test_stylesheets_fetch_nothing(folder: Path) -> None:
    for sheet in (folder / "static").glob("*.css"):
        assert not re.search(r"url\(|@import|@font-face", sheet.read_text())


def test_every_chart_has_words_and_is_followed_by_its_table_and_file(outlines) -> None:
    charts = 0
    for path, page in outlines.items():
        if path.name == "pack.html":
            continue
        names = [tag for tag, _ in page.tags]
        for i, (tag, attrs) in enumerate(page.tags):
            if tag == "svg" and attrs.get("role") == "img" and "wide" in (attrs["class"] or ""):
                charts += 1
                rest = names[i : names.index("figure", i) if "figure" in names[i:] else None]
                assert names[i + 1 : i + 3] == ["title", "desc"]
                assert "table" in rest
                assert any("download" in a for t, a in page.tags[i : i + len(rest)] if t == "a")
    assert charts == 14


def test_headings_step_down_one_level_at_a_time(outlines) -> None:
    for path, page in outlines.items():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path


def test_made_up_figures_are_called_so_on_every_page_and_pack(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        assert "These figures are made up" in path.read_text(), path


def test_real_figures_are_not_called_made_up(samples, tmp_path: Path) -> None:
    write_site(samples.make_site(services=1, units=0, synthetic=False), tmp_path / "site")
    for path in (tmp_path / "site").rglob("*.html"):
        assert "made up" not in path.read_text().lower()
        assert "made-up" not in path.read_text()


def test_the_front_page_gives_the_concern_before_anything_else(folder: Path) -> None:
    page = (folder / "index.html").read_text()
    concern, watch = page.index("3.2 times as often"), page.index("1.3 times as often")
    assert concern < watch < page.index("April 2020 is missing")
    assert page.index("Elmshire Police</a></th>") > concern


def test_a_period_without_concern_says_that_this_is_no_proof(samples, tmp_path: Path) -> None:
    site = samples.make_site(services=1, units=0)
    quiet = samples.findings("Elmshire Police", site.pages[1].path)
    quiet = quiet.order([i for i, s in enumerate(quiet.table.cells["signal"]) if s == "none"])
    front = replace(site.front, findings=quiet)
    write_site(replace(site, pages=(front, *site.pages[1:])), tmp_path / "site")
    page = (tmp_path / "site/index.html").read_text()
    assert "No findings of concern in this period" in page
    assert "not proof of fairness" in page


def test_many_findings_of_one_signal_are_folded_and_counted(samples, tmp_path: Path) -> None:
    site = samples.make_site(services=1, units=0)
    many = samples.findings("Elmshire Police", site.pages[1].path).order([1] * 53)
    front = replace(site.front, findings=many)
    write_site(replace(site, pages=(front, *site.pages[1:])), tmp_path / "site")
    page = (tmp_path / "site/index.html").read_text()
    assert "Concern: 33 more findings" in page


def test_a_finding_that_leads_to_no_page_is_refused_and_nothing_is_written(
    samples, tmp_path: Path
) -> None:
    site = samples.make_site(services=1, units=0)
    front = replace(site.front, findings=samples.findings("Nowhere", "services/nowhere"))
    with pytest.raises(UsageProblem, match="not a page here"):
        write_site(replace(site, pages=(front, *site.pages[1:])), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_hostile_words_anywhere_stay_words(samples, tmp_path: Path) -> None:
    site = samples.make_site(services=1, units=0)
    block = replace(site.pages[1].blocks[0], question=HOSTILE, summary=(HOSTILE,),
                    explanation=HOSTILE, notices=(Notice(HOSTILE, HOSTILE),))  # fmt: skip
    pack = replace(site.pages[1].pack, unit=HOSTILE, lead=HOSTILE, sentences=(HOSTILE,),
                   questions=(HOSTILE,), unknowns=HOSTILE)  # fmt: skip
    page = replace(site.pages[1], title=HOSTILE, lead=HOSTILE, blocks=(block,), pack=pack)
    hostile = replace(site, title=HOSTILE, source=HOSTILE, notices=(Notice(HOSTILE, HOSTILE),),
                      pages=(site.pages[0], page, *site.pages[2:]))  # fmt: skip
    write_site(hostile, tmp_path / "site")
    for path in (tmp_path / "site").rglob("*.html"):
        assert "<script" not in path.read_text(), path
    assert "&lt;script&gt;" in (tmp_path / "site/index.html").read_text()


def test_method_parts_that_say_nothing_are_left_out(folder: Path) -> None:
    page = (folder / "services/elmshire-police/index.html").read_text()
    assert "<dt>Denominator</dt><dd>Residents at Census 2021</dd>" in page
    assert "<dt>False discovery rate</dt><dd>5%</dd>" in page
    assert "<dd></dd>" not in page
