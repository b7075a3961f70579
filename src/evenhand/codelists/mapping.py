"""From one edition to another: what goes where, what is lost, and what cannot be done at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from evenhand.codelists.codelist import Code, Codelist
from evenhand.codelists.tables import get_codelist, list_codelists
from evenhand.core import CodelistRefused


@dataclass(frozen=True, slots=True)
class Mapping:
    """Every code of ``source`` and the one code of ``target`` that holds it whole."""

    source: str
    target: str
    pairs: tuple[tuple[str, str], ...]
    losses: tuple[str, ...]

    @property
    def as_dict(self) -> dict[str, str]:
        """Source code to target code."""
        return dict(self.pairs)


@dataclass(frozen=True, slots=True)
class CommonGroup:
    """A group both editions can express, as the codes that make it up in each."""

    label: str
    broad: str
    source_codes: tuple[str, ...]
    target_codes: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """False for not stated and not recorded."""
        return self.broad not in ("not-stated", "not-recorded")


@cache
def get_mapping(source_id: str, target_id: str) -> Mapping:
    """How a figure counted in one edition is told in another, and what is lost on the way.

    A mapping exists only where every source code lies whole inside one target code. Where one
    does not, the figure would have to be invented, and the mapping is refused.

    Parameters
    ----------
    source_id, target_id
        Ids of two lists that record the same question.

    Returns
    -------
    Mapping
        A target code for every source code, and what is lost in sentences.

    Raises
    ------
    CodelistRefused
        When the two ask different questions, or a source code straddles target codes; the
        message names the codes, and the coarser groups both editions can express.

    Examples
    --------
    >>> mapping = get_mapping("ethnicity-2021", "ethnicity-2011")
    >>> mapping.as_dict["W4"]
    'W9'
    >>> mapping.losses[0][:50]
    'Roma and Any other White background can no longer '

    Roma residents of the 2021 census count as Other White beside stops recorded in the 2011 frame.
    """
    source, target = get_codelist(source_id), get_codelist(target_id)
    _require_same_question(source, target)
    homes = {code.code: _homes(code, target) for code in source.codes}
    astray = [code for code in source.codes if homes[code.code] is None]
    if astray:
        raise _refusal(source, target, astray)
    pairs = tuple((code, home.code) for code, home in homes.items() if home is not None)
    return Mapping(source_id, target_id, pairs, _losses(source, target, dict(pairs)))


@cache
def list_mappings() -> tuple[Mapping, ...]:
    """Every mapping that exists between two shipped lists, in the order of the catalogue."""
    lists = list_codelists()
    return tuple(
        get_mapping(a.id, b.id)
        for a in lists
        for b in lists
        if a.id != b.id and a.question == b.question and not list_astray(a, b)
    )


def list_astray(source: Codelist, target: Codelist) -> tuple[Code, ...]:
    """The source codes that no single target code holds whole."""
    return tuple(code for code in source.codes if _homes(code, target) is None)


@cache
def get_common_groups(a_id: str, b_id: str) -> tuple[CommonGroup, ...]:
    """Which groups can be compared between a file of one edition and a file of another?

    Codes that overlap are put together until no group of one edition cuts across a group of the
    other (the connected components of the overlaps). A group stands only where both sides hold
    exactly the same pieces: what one edition never records apart has no common group.

    Parameters
    ----------
    a_id, b_id
        Ids of two lists that record the same question.

    Returns
    -------
    tuple of CommonGroup
        In the order of the first list; unknown kinds are groups of their own (``is_known``).

    Raises
    ------
    CodelistRefused
        When the two lists record different questions.

    Notes
    -----
    That two editions can express a group does not make people answer alike: some who chose White
    British in 2001 chose Gypsy or Irish Traveller in 2011. Say which editions were compared.

    Examples
    --------
    >>> groups = get_common_groups("ethnicity-2001", "ethnicity-2011")
    >>> [g.label for g in groups if len(g.target_codes) > 1]
    ['Any other White background', 'Any other ethnic group']

    Between a 2001 and a 2011 file only two groups have to be widened; all others compare as are.
    """
    a, b = get_codelist(a_id), get_codelist(b_id)
    _require_same_question(a, b)
    groups: list[tuple[list[Code], list[Code]]] = []
    for code in a.codes:
        others = [other for other in b.codes if code.parts & other.parts]
        joined = [g for g in groups if any(other in g[1] for other in others)]
        for group in joined:
            groups.remove(group)
        left = [c for g in joined for c in g[0]] + [code]
        right = [c for g in joined for c in g[1]]
        groups.append((left, right + [other for other in others if other not in right]))
    whole = [
        (_in_order(left, a), _in_order(right, b))
        for left, right in groups
        if _pieces(left) == _pieces(right)
    ]
    whole.sort(key=lambda group: a.codes.index(group[0][0]))
    return tuple(_common_group(left, right) for left, right in whole)


def _pieces(codes: Iterable[Code]) -> frozenset[str]:
    return frozenset().union(*(code.parts for code in codes))


def _in_order(codes: Iterable[Code], codelist: Codelist) -> tuple[Code, ...]:
    return tuple(sorted(codes, key=codelist.codes.index))


def _common_group(left: tuple[Code, ...], right: tuple[Code, ...]) -> CommonGroup:
    shorter = left if len(left) <= len(right) else right
    broads = dict.fromkeys(code.broad for code in shorter)
    return CommonGroup(
        label=" or ".join(code.label for code in shorter),
        broad="+".join(broads),
        source_codes=tuple(code.code for code in left),
        target_codes=tuple(code.code for code in right),
    )


def _homes(code: Code, target: Codelist) -> Code | None:
    holders = [other for other in target.codes if code.parts <= other.parts]
    return holders[0] if len(holders) == 1 else None


def _losses(source: Codelist, target: Codelist, pairs: dict[str, str]) -> tuple[str, ...]:
    losses = []
    for home in target.values:
        joined = [code for code in source.codes if pairs[code.code] == home.code]
        if len(joined) > 1:
            losses.append(f"{_listed(joined)} can no longer be told apart: all are {home.label}.")
        elif joined and joined[0].parts < home.parts:
            losses.append(f"{joined[0].label} is only part of {home.label}, which is wider.")
        losses.extend(_moved(code, home, source) for code in joined if _moves(code, home, source))
    return tuple(losses)


def _listed(codes: list[Code]) -> str:
    labels = [code.label for code in codes]
    return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))


def _moves(code: Code, home: Code, source: Codelist) -> bool:
    return code.broad != home.broad and home.broad in {other.broad for other in source.codes}


def _moved(code: Code, home: Code, source: Codelist) -> str:
    return (
        f"{code.label} moves from the broad group “{code.broad}” of {source.id} to"
        f" “{home.broad}”: broad groups of the two editions do not compare."
    )


def _require_same_question(source: Codelist, target: Codelist) -> None:
    if source.question == target.question:
        return
    raise CodelistRefused(
        f"{source.id} cannot become {target.id}: one records {source.question}, the other"
        f" {target.question}, and an answer to one question is no answer to the other.",
        rule="same-question",
        remedy="Show both side by side; do not put one in the place of the other.",
    )


def _refusal(source: Codelist, target: Codelist, astray: list[Code]) -> CodelistRefused:
    names = ", ".join(f"{code.code} ({code.label})" for code in astray)
    groups = get_common_groups(source.id, target.id)
    wider = [g for g in groups if len(g.source_codes) > 1 or len(g.target_codes) > 1]
    offered = "; ".join(
        f"{'+'.join(g.source_codes)} with {'+'.join(g.target_codes)}" for g in wider
    )
    return CodelistRefused(
        f"{source.id} cannot become {target.id} in full detail: {names} would have to be split,"
        " and nothing recorded says how.",
        rule="mapping-invents-nothing",
        remedy=f"Compare the {len(groups)} groups both can express (wider: {offered or 'none'}).",
    )
