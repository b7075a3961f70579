"""Which police service polices which local authority, in every frame the tables come in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evenhand.codelists.codelist import simplify
from evenhand.codelists.tables import get_codelist, read_table
from evenhand.core import CodelistRefused


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """A lower-tier local authority: its GSS code, name, police service and frames.

    ``frames`` are the years of the census or look-up in which the code stands; a code that
    stands in 2011 only was abolished or renumbered since.
    """

    code: str
    name: str
    service: str
    frames: tuple[str, ...]


@cache
def list_local_authorities() -> tuple[LocalAuthority, ...]:
    """Every local authority code of every frame shipped, in code order."""
    return tuple(
        LocalAuthority(row["code"], row["label"], row["broad"], tuple(row["frames"].split()))
        for row in read_table("local-authority.csv")
    )


@cache
def _by_code() -> dict[str, LocalAuthority]:
    return {area.code: area for area in list_local_authorities()}


def find_local_authority(code: str) -> LocalAuthority | None:
    """The local authority with this GSS code, or None."""
    return _by_code().get(code)


def get_local_authority(code: str) -> LocalAuthority:
    """The local authority with this GSS code; refused when no shipped frame has it.

    Examples
    --------
    >>> get_local_authority("E07000112").service
    'kent'

    Folkestone and Hythe is policed by Kent.
    """
    area = find_local_authority(code)
    if area is None:
        raise CodelistRefused(
            f"{code!r} is not a local authority of England and Wales in any frame shipped.",
            rule="code-in-edition",
            remedy="Look for it with `evenhand codelist local-authority`, or give your own areas.",
        )
    return area


def is_name_of(code: str, name: str) -> bool:
    """Whether a name is a known spelling of the area with this code.

    Tables that merge small areas keep one code under a joint name; the code alone would then put
    the people of one service under another.
    """
    area = find_local_authority(code)
    if area is None:
        return False
    spellings = get_codelist("local-authority").spellings
    known = {area.name} | {text for text, spelt in spellings.items() if spelt == code}
    return simplify(name) in {simplify(text) for text in known}


@cache
def list_services_with_residents() -> tuple[str, ...]:
    """The services that police an area with residents: all but the British Transport Police."""
    return tuple(code.code for code in get_codelist("police-service").codes if code.broad)
