"""A paper for a board, before it is a page, a Word file or a PDF: typed, frozen, checked when made.

Nothing here knows the register. Whoever builds a paper brings every number as a
:class:`~evenhand.publication.papers.words.Figure`, and every picture with words for those who
cannot see it; the three renderers print the same paragraph numbers because none of them counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from evenhand.core import UsageProblem
from evenhand.publication.papers.words import Figure, Words, figures_in


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``numbered`` ones are counted through the whole paper, as members cite them."""

    words: Words
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``ordered`` where members will refer to its entries by number."""

    items: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section, at level 1 (under the section's own) or 2."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        _require(bool(self.text.strip()), "a heading has no words.", "headings-have-words")
        _require(self.level in (1, 2), "a heading inside a section is at 1 or 2.", "heading-levels")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption and column headings; the first cell of each row names the row.

    ``numeric`` are the columns (from 0) that are set to the right.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.caption.strip()), "a table has no caption.", "tables-have-captions")
        _require(
            bool(self.headers) and all(header.strip() for header in self.headers),
            f"table “{self.caption}” has a column without a heading.",
            "columns-have-headings",
        )
        _require(
            all(len(row) == len(self.headers) for row in self.rows),
            f"table “{self.caption}” has a row that does not fit its headings.",
            "rows-fit-headings",
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG with a text alternative, and the table of what it draws."""

    title: str
    alt: str
    svg: str
    table: Grid

    def __post_init__(self) -> None:
        _require(
            bool(self.alt.strip()) and self.alt.strip() != self.title.strip(),
            f"picture “{self.title}” has no text alternative that says what it shows.",
            "pictures-have-words",
        )
        _require(
            self.svg.lstrip().startswith("<svg"),
            f"picture “{self.title}” is not an SVG drawing.",
            "pictures-are-svg",
        )


Block = Paragraph | Listing | Subheading | Grid | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: ``key`` names it for good, ``title`` is what a reader sees."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong with the version before, what changed, and why."""

    of_version: int
    issued: str
    changed: str
    why: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the last page says: which record the numbers are of, and how to check it.

    ``numbers`` are all that are printed; ``before`` is the record of the snapshot that the paper
    compares with, and its ``numbers`` are those counted in that one.
    """

    snapshot: str
    taken: str
    size: int
    root: str
    numbers: int
    before: Ledger | None = None

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Name and words of each fact, the same in every form of the paper; roots stand apart."""
        own = (("Snapshot", f"{self.snapshot}, {self.taken}"), ("Ledger size", f"{self.size:,}"))
        if self.before is None:
            return own
        then = self.before
        return (
            *own,
            ("Compared with", f"{then.snapshot}, {then.taken}"),
            ("Ledger size then", f"{then.size:,}"),
        )

    @property
    def roots(self) -> tuple[tuple[str, str], ...]:
        """Name and hexadecimal text of each root."""
        own = (("Ledger root", self.root),)
        return own if self.before is None else (*own, ("Ledger root then", self.before.root))


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. ``facts`` stand under its title: meeting, date, who reports, to whom to turn."""

    title: str
    body: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    ledger: Ledger
    annex: Grid
    version: int = 1
    standing: str = "Draft"
    correction: Correction | None = None
    language: str = "en-GB"

    def __post_init__(self) -> None:
        _require(bool(self.title.strip()), "a paper has no title.", "papers-have-titles")
        keys = [section.key for section in self.sections]
        _require(len(set(keys)) == len(keys), "two sections have one key.", "sections-differ")

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, the annex last."""
        for section in self.sections:
            yield from section.blocks
        yield self.annex

    def pictures(self) -> tuple[Picture, ...]:
        """Every picture."""
        return tuple(block for block in self.blocks() if isinstance(block, Picture))

    def figures(self) -> tuple[Figure, ...]:
        """Every figure printed anywhere, in reading order, as often as it is printed."""
        return tuple(figure for block in self.blocks() for figure in figures_in(words_of(block)))


def words_of(block: Block) -> Iterator[Words]:
    """All words of a block, in reading order."""
    match block:
        case Paragraph():
            yield block.words
        case Listing():
            yield from block.items
        case Grid():
            for row in block.rows:
                yield from row
        case Picture():
            yield from words_of(block.table)
        case Subheading():
            yield (block.text,)


def paragraph_numbers() -> Iterator[int]:
    """The numbers of a paper's paragraphs, for a renderer to take one by one in reading order.

    Counted through the paper and never restarted, so that “paragraph 12” means one thing.
    """
    return count(1)


def letter(place: int) -> str:
    """The letter of the nth section from 0: A … Z, then AA.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')

    Minutes can then say “section B” of any paper, however long.
    """
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _require(right: bool, problem: str, rule: str) -> None:
    if not right:
        raise UsageProblem(problem, rule=rule)
