"""Which items of different reports may say the same thing: suggested from their words, with why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import UsageProblem

# Words that join others and carry no subject of their own, and those every recommendation uses.
STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be been before being between both but by can could
    do does each ensure ensured ensures every for from has have how if in including into is it its
    made make may more must no not of on only or other out over recommend recommends
    recommendation should so such than that the their them then there these they this those
    through to under up upon was were what when where whether which who will with within without
    would
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_WORD = re.compile(r"[a-z][a-z’'-]+")
_FEWEST = 3  # letters: shorter words are nearly all joining words
SHOWN = 6  # shared words shown for a pair: enough to judge it, few enough to read


@dataclass(frozen=True, slots=True)
class Text:
    """An item's reference, the report it belongs to, and its words."""

    ref: str
    report: str
    words: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two items of different reports, how alike their words are (0 to 1), and the shared words."""

    first: str
    second: str
    score: float
    shared: tuple[str, ...]


def suggest_overlaps(
    texts: Sequence[Text], *, least: float = 0.25, most: int = 200
) -> list[Overlap]:
    """Which recommendations of different reports look as if they ask for the same thing?

    The cosine between TF-IDF vectors: words that few items use count for more, and the length of
    a text does not matter. Only a suggestion: a person proposes a link and another reviews it.

    Parameters
    ----------
    texts
        The items, each with its report; pairs within one report are left out.
    least
        The lowest score shown, above 0 and at most 1.
    most
        How many pairs to return at the most, best first.

    Returns
    -------
    Pairs with their score and the words that contribute most to it.

    Raises
    ------
    UsageProblem
        When ``least`` or ``most`` is out of bounds.

    Notes
    -----
    Alike in words is not alike in meaning: it finds reworded and reiterated items, misses those
    that ask for one thing in other words, and knows no negation.

    References
    ----------
    Manning, Raghavan and Schütze (2008), *Introduction to Information Retrieval*, §6.2–6.3
    (sublinear tf, smoothed idf, cosine).

    Examples
    --------
    >>> pair = suggest_overlaps([
    ...     Text("a/1", "a", "Publish stop and search records for each borough monthly"),
    ...     Text("b/7", "b", "Each month publish records of stop and search by borough"),
    ...     Text("b/8", "b", "Train family liaison officers"),
    ... ])
    >>> [(each.first, each.second) for each in pair]
    [('a/1', 'b/7')]

    The two about publishing searches are offered for a person to compare; training is not.
    """
    if not 0 < least <= 1 or most < 1:
        raise UsageProblem("least is above 0 and at most 1; most is from 1.", rule="overlap-bounds")
    weights, vocabulary = _weigh([_stems(text.words) for text in texts])
    if not vocabulary:
        return []
    reports = np.unique([text.report for text in texts], return_inverse=True)[1]
    found = sorted(_pairs(weights, reports, least), key=lambda pair: (-pair[0], pair[1], pair[2]))
    return [
        Overlap(
            texts[i].ref,
            texts[j].ref,
            round(float(score), 3),
            _shared(weights[i] * weights[j], vocabulary),
        )
        for score, i, j in found[:most]
    ]


def _pairs(
    weights: NDArray[np.float32], reports: NDArray[np.intp], least: float
) -> Iterator[tuple[float, int, int]]:
    """Scores in blocks of rows, so that memory grows with the items and not with their pairs."""
    block = 256
    for start in range(0, len(weights), block):
        scores = weights[start : start + block] @ weights.T
        rows, columns = np.nonzero(scores >= least)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            i = start + row
            if i < column and reports[i] != reports[column]:
                yield float(min(scores[row, column], 1.0)), i, column


def _stems(words: str) -> Counter[str]:
    found = (match[0].strip("’'-") for match in _WORD.finditer(words.casefold()))
    return Counter(_stem(word) for word in found if len(word) >= _FEWEST and word not in STOP_WORDS)


def _stem(word: str) -> str:
    """The word without the commonest English endings: enough to join month and monthly."""
    for ending in ("’s", "'s", "ations", "ation", "ings", "ing", "ies", "ly", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) > _FEWEST:
            return word[: -len(ending)]
    return word


def _weigh(bags: Sequence[Counter[str]]) -> tuple[NDArray[np.float32], list[str]]:
    """Unit rows of (1 + ln tf) · (ln((1 + n) / (1 + df)) + 1), one column a word of two items."""
    seen = Counter(word for bag in bags for word in bag)
    vocabulary = sorted(word for word, items in seen.items() if items > 1)
    column = {word: place for place, word in enumerate(vocabulary)}
    weights = np.zeros((len(bags), len(vocabulary)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for word, times in bag.items():
            if word in column:
                rarity = np.log((1 + len(bags)) / (1 + seen[word])) + 1
                weights[row, column[word]] = (1 + np.log(times)) * rarity
        # A word of one item can be shared with none, but it makes the item less like others
    lengths = np.sqrt((weights**2).sum(axis=1) + _unshared(bags, column)).astype(np.float32)
    lengths[lengths == 0] = 1
    unit: NDArray[np.float32] = weights / lengths[:, None]
    return unit, vocabulary


def _unshared(bags: Sequence[Counter[str]], column: dict[str, int]) -> NDArray[np.float32]:
    rarity = np.log((1 + len(bags)) / 2) + 1
    return np.array(
        [
            sum(
                ((1 + np.log(times)) * rarity) ** 2
                for word, times in bag.items()
                if word not in column
            )
            for bag in bags
        ],
        dtype=np.float32,
    )


def _shared(products: NDArray[np.float32], vocabulary: list[str]) -> tuple[str, ...]:
    best = np.argsort(-products, kind="stable")[:SHOWN]
    return tuple(vocabulary[place] for place in best if products[place] > 0)
