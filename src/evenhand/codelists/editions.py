"""Which edition a file speaks, told from the labels it uses."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.codelists.codelist import Codelist
from evenhand.codelists.tables import list_codelists

SELF_DEFINED = "self-defined ethnicity"


def list_editions(
    labels: Iterable[str | None], *, question: str = SELF_DEFINED
) -> tuple[Codelist, ...]:
    """The editions of one question that know every one of these labels.

    A label an edition deliberately leaves out (a total, a subtotal) counts as known, so that a
    whole published table can be recognised; at least one label must be an answer.
    """
    cells = {label or "" for label in labels}
    return tuple(
        codelist
        for codelist in list_codelists()
        if codelist.question == question and _speaks(cells, codelist)
    )


def find_edition(labels: Iterable[str | None], *, question: str = SELF_DEFINED) -> Codelist | None:
    """The one edition to read these labels by, or None when no edition knows them all.

    Where several know them all, the one of which they use the largest share of the answers is
    taken: a file that names all sixteen groups of 2001 speaks 2001 even if 2011 knows the words.

    Examples
    --------
    >>> find_edition(["White - White British (W1)", "Not Stated (NS)", ""]).id
    'ethnicity-2001'

    Labels with the code in brackets are those of extracts made before the 2011 frame came in.
    """
    cells = [label or "" for label in labels]
    editions = list_editions(cells, question=question)
    return max(editions, key=lambda edition: _share_used(cells, edition), default=None)


def _speaks(cells: set[str], codelist: Codelist) -> bool:
    unknown = codelist.list_unknown(cells)
    answers = any((code := codelist.find(cell)) and code.is_known for cell in cells)
    return answers and all(codelist.find_reason_left_out(cell) for cell in unknown)


def _share_used(cells: list[str], codelist: Codelist) -> float:
    used = {code.code for cell in cells if (code := codelist.find(cell)) and code.is_known}
    return len(used) / len(codelist.values)
