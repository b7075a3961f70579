"""The selects by which a list is narrowed: what a page may be asked in its address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One select of the form: its name in the address, its label, its options, what is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str
