"""What the secretariat writes, read into blocks: paragraphs, lists, and figures by their names.

A blank line ends a paragraph; lines that begin with ``-`` are a list. ``{{all.items}}`` stands for
that figure of the snapshot, so that prose cannot disagree with the table beside it. A number typed
by hand is allowed, for a date or a sum of money has to be; :func:`typed_numbers` names each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from evenhand.publication.papers.model import Block, Listing, Paragraph
from evenhand.publication.papers.words import Figure, Run, Words

_NAMED = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
_NUMBER = re.compile(r"(?<![\w.])£?\d[\d,.]*%?")
_BULLET = re.compile(r"^\s*[-•]\s+")


def read_words(text: str, values: Mapping[str, float]) -> Words:
    """A line with every figure it names in place; a name that is not known stays as it stands."""
    runs: list[Run] = []
    end = 0
    for found in _NAMED.finditer(text):
        if found[1] not in values:
            continue
        runs += [text[end : found.start()], Figure(found[1], values[found[1]])]
        end = found.end()
    runs.append(text[end:])
    return tuple(run for run in runs if run != "")


def read_text(
    text: str, values: Mapping[str, float], *, numbered: bool = False
) -> tuple[Block, ...]:
    """The blocks of a section's free text.

    Examples
    --------
    >>> blocks = read_text("Of {{all.items}} items:\\n\\n- one\\n- two", {"all.items": 442})
    >>> blocks[0].words
    ('Of ', Figure(key='all.items', value=442), ' items:')
    >>> blocks[1].items
    (('one',), ('two',))

    The 442 is the snapshot's: when the paper is built from another snapshot, it changes with it.
    """
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = [line for line in part.split("\n") if line.strip()]
        said: list[str] = []
        items: list[Words] = []
        for line in lines:
            if _BULLET.match(line):
                items.append(read_words(_BULLET.sub("", line).strip(), values))
            elif items:
                items[-1] = (*items[-1], " ", *read_words(line.strip(), values))
            else:
                said.append(line.strip())
        if said:
            blocks.append(Paragraph(read_words(" ".join(said), values), numbered=numbered))
        if items:
            blocks.append(Listing(tuple(items)))
    return tuple(blocks)


def read_lines(text: str, values: Mapping[str, float], *, ordered: bool) -> tuple[Block, ...]:
    """One entry a line, as recommendations and background papers are written."""
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines() if line.strip()]
    return (Listing(tuple(read_words(line, values) for line in lines), ordered),) if lines else ()


def unknown_names(texts: Iterable[str], values: Mapping[str, float]) -> tuple[str, ...]:
    """Figures that are named in the text and are not in the snapshot."""
    named = (name for text in texts for name in _NAMED.findall(text))
    return tuple(dict.fromkeys(name for name in named if name not in values))


def typed_numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """Numbers that somebody typed: the snapshot does not answer for them.

    Examples
    --------
    >>> typed_numbers(["By 31 March, {{all.items}} items and £4,500."])
    ('31', '£4,500')
    """
    found = (
        number.rstrip(".,") for text in texts for number in _NUMBER.findall(_NAMED.sub(" ", text))
    )
    return tuple(dict.fromkeys(found))
