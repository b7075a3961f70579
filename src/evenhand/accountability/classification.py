"""Who evidence is for: its class, and how a later class tightens an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Classification(StrEnum):
    """The class of a version of evidence, from the most open to the strictest."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


ORDER = tuple(Classification)


def strictest(classes: Sequence[Classification]) -> Classification:
    """The strictest of these; of none at all, the strictest there is."""
    return max(classes, key=ORDER.index, default=Classification.RESTRICTED)


def tighten(classes: Sequence[Classification]) -> list[Classification]:
    """By which class is each version of one piece of evidence guarded today?

    Parameters
    ----------
    classes
        The class given to each version, in order.

    Notes
    -----
    A later, stricter class guards the earlier versions too: that is how a mistake is put right. A
    later, more open one does not open them: a redacted version may be public while what it was
    made from stays restricted.

    Examples
    --------
    >>> [str(each) for each in tighten([Classification.PUBLIC, Classification.RESTRICTED])]
    ['restricted', 'restricted']
    >>> [str(each) for each in tighten([Classification.RESTRICTED, Classification.PUBLIC])]
    ['restricted', 'public']

    The first was published by mistake and withdrawn from sight; the second has a public twin.
    """
    return [strictest(classes[place:]) for place in range(len(classes))]
