"""A paper as HTML: a fragment for a page of ours, or one whole file that prints."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from evenhand.publication.formats import safe
from evenhand.publication.papers.model import (
    Block,
    Correction,
    Grid,
    Ledger,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Section,
    Subheading,
    letter,
    paragraph_numbers,
)
from evenhand.publication.papers.words import Figure, Words

_SHEET = """
body{margin:0 auto;max-width:46rem;padding:1.5rem;color:#14202b;background:#fff;
font:1rem/1.5 Georgia,"Liberation Serif","Times New Roman",serif;overflow-wrap:break-word}
h1,h2,h3,h4{line-height:1.2;break-after:avoid}h2{margin:2rem 0 .6rem}h3{margin:1.4rem 0 .4rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:700;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .7rem .35rem 0}
tr{border-bottom:1px solid #c6cfd2}
thead th{border-bottom:2px solid #14202b;vertical-align:bottom}tbody th{font-weight:400}
.n{text-align:right;font-variant-numeric:tabular-nums}.num{display:inline-block;min-width:2.4em}
dl{display:grid;grid-template-columns:10rem 1fr;gap:.2rem 1rem}dt{font-weight:700}dd{margin:0}
.mark{border-left:.3rem solid #a1151c;padding:.5rem 1rem;margin:1rem 0;background:#f2f5f4}
figure{margin:1rem 0;break-inside:avoid}svg,table{min-width:34rem}
svg{max-width:100%;height:auto}.small{font-size:.85rem}
.root{overflow-wrap:anywhere;font-family:"Liberation Mono",monospace}
@media print{@page{size:A4;margin:20mm}body{padding:0;max-width:none;font-size:10.5pt}
tr,.mark{break-inside:avoid}svg,table{min-width:0}
thead{display:table-header-group}.scroll{overflow:visible}}
"""


def render_file(paper: Paper) -> str:
    """The paper as one HTML file: its style inside, nothing loaded from anywhere."""
    return (
        f'<!doctype html>\n<html lang="{safe(paper.language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(paper.title)} – {safe(paper.body)}</title>"
        f"<style>{_SHEET}</style></head>\n<body>\n"
        f"<main>{render_fragment(paper)}</main>\n</body>\n</html>\n"
    )


def render_fragment(paper: Paper, *, trace: Callable[[str], str] | None = None) -> str:
    """The paper as one ``article``; with ``trace`` each figure leads to what was counted.

    Parameters
    ----------
    paper
        The paper.
    trace
        The address at which a figure of this key is explained; None: the annex of the paper
        explains them.
    """
    return _Page(paper, trace).render()


class _Page:
    """One rendering."""

    def __init__(self, paper: Paper, trace: Callable[[str], str] | None) -> None:
        self.paper, self.trace = paper, trace
        self.numbers = paragraph_numbers()
        self.tables = count(1)

    def render(self) -> str:
        paper = self.paper
        sections = "".join(
            self._section(section, letter(place)) for place, section in enumerate(paper.sections)
        )
        facts = "".join(f"<dt>{safe(a)}</dt><dd>{safe(b)}</dd>" for a, b in paper.facts)
        return (
            f'<article class="paper" lang="{safe(paper.language)}"><header>'
            f'<p class="small">{safe(paper.body)}</p><h1>{safe(paper.title)}</h1>'
            f'<dl class="facts">{facts}<dt>Version</dt>'
            f"<dd>{paper.version}, {safe(paper.standing)}</dd></dl>"
            f"{_correction(paper.correction)}</header>{sections}"
            '<section aria-labelledby="s-annex">'
            '<h2 id="s-annex">Where every number comes from</h2>'
            f"{self._block(paper.annex)}</section>{_ledger(paper.ledger)}</article>"
        )

    def _section(self, section: Section, mark: str) -> str:
        ident = f"s-{safe(section.key)}"
        body = "".join(self._block(block) for block in section.blocks)
        return (
            f'<section aria-labelledby="{ident}">'
            f'<h2 id="{ident}">{mark}. {safe(section.title)}</h2>{body}</section>'
        )

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                number = next(self.numbers) if block.numbered else 0
                lead = f'<span class="num">{number}.</span> ' if number else ""
                return f"<p>{lead}{self._words(block.words)}</p>"
            case Listing():
                tag = "ol" if block.ordered else "ul"
                items = "".join(f"<li>{self._words(item)}</li>" for item in block.items)
                return f"<{tag}>{items}</{tag}>"
            case Subheading():
                tag = f"h{block.level + 2}"
                return f"<{tag}>{safe(block.text)}</{tag}>"
            case Grid():
                return self._grid(block)
            case Picture():
                # A chart is drawn for a column of text; a narrower screen scrolls it, by key too.
                label = f"Chart: {block.title}"
                return (
                    '<figure><div class="scroll" tabindex="0" role="region" '
                    f'aria-label="{safe(label)}">{block.svg}</div>'
                    f"<figcaption>{safe(block.title)}</figcaption></figure>{self._grid(block.table)}"
                )

    def _grid(self, grid: Grid) -> str:
        numeric = set(grid.numeric)

        def css(column: int) -> str:
            return ' class="n"' if column in numeric else ""

        head = "".join(
            f'<th scope="col"{css(place)}>{safe(header)}</th>'
            for place, header in enumerate(grid.headers)
        )
        rows = "".join(
            "<tr>"
            + "".join(
                f'<th scope="row">{self._words(cell)}</th>'
                if place == 0
                else f"<td{css(place)}>{self._words(cell)}</td>"
                for place, cell in enumerate(row)
            )
            + "</tr>"
            for row in grid.rows
        )
        note = f'<p class="small">{safe(grid.note)}</p>' if grid.note else ""
        label = f"Table {next(self.tables)}: {grid.caption}"
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{safe(label)}">'
            f"<table><caption>{safe(grid.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
        )

    def _words(self, words: Words) -> str:
        return "".join(self._figure(run) if isinstance(run, Figure) else safe(run) for run in words)

    def _figure(self, figure: Figure) -> str:
        value = f'<data value="{figure.value}">{figure.printed}</data>'
        return f'<a href="{safe(self.trace(figure.key))}">{value}</a>' if self.trace else value


def _correction(correction: Correction | None) -> str:
    if correction is None:
        return ""
    return (
        f'<div class="mark wrong"><p><strong>Corrected.</strong> This takes the place of version '
        f"{correction.of_version}, issued on {safe(correction.issued)}, which is kept.</p>"
        f"<p>What changed: {safe(correction.changed)}</p><p>Why: {safe(correction.why)}</p></div>"
    )


def _ledger(ledger: Ledger) -> str:
    facts = "".join(f"<dt>{safe(name)}</dt><dd>{safe(said)}</dd>" for name, said in ledger.facts)
    roots = "".join(
        f'<dt>{safe(name)}</dt><dd class="root">{safe(root)}</dd>' for name, root in ledger.roots
    )
    return (
        '<footer><h2 id="s-ledger">How to check this paper</h2>'
        f"<p>{safe(ledger_sentence(ledger))}</p>"
        f'<dl class="facts">{facts}{roots}</dl></footer>'
    )


def ledger_sentence(ledger: Ledger) -> str:
    """The sentence above the size and root, the same in every form of the paper."""
    named, had = "snapshot named below", "this size and this root"
    if ledger.before is not None:
        named, had = "two snapshots named below", "these sizes and roots"
    return (
        f"Every number of the register printed here, {ledger.numbers:,} in all, was counted in the "
        f"{named} and stands in the annex with what was counted. Whoever holds a copy of the "
        f"ledger can see with “evenhand ledger verify” that the record had {had}, and that nothing "
        "in it was rewritten since."
    )
