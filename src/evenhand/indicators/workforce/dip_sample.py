"""A sample of decisions to look at again, that anybody can draw a second time and get the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class SampledStratum:
    """How many there were in one stratum and how many were drawn: everyone had this chance."""

    name: tuple[str, ...]
    size: int
    drawn: int

    @property
    def chance(self) -> float:
        """The chance of each decision of being drawn; its reciprocal is its weight."""
        return self.drawn / self.size


@dataclass(frozen=True, slots=True)
class DipSample:
    """The sampling record: enough to draw the same sample again, and to see that it was this one.

    ``keys`` are the decisions drawn, for those who look at them; :meth:`as_record` leaves them
    out and keeps their hash, so that the record holds no person. ``frame`` is the hash of
    everything that could have been drawn.
    """

    share: float
    seed: int
    strata: tuple[SampledStratum, ...]
    keys: tuple[str, ...]
    frame: str

    def as_record(self) -> dict[str, object]:
        """What goes on the ledger: the draw, without the people."""
        return {
            "share": self.share,
            "seed": self.seed,
            "strata": [
                {"stratum": list(s.name), "size": s.size, "drawn": s.drawn} for s in self.strata
            ],
            "frame_sha256": self.frame,
            "drawn_sha256": _hash(self.keys),
            "method": METHOD,
        }


METHOD = (
    "proportional allocation by largest remainder, one at least from each stratum; keys in order, "
    "drawn without replacement by numpy PCG64 from the seed, stratum by stratum"
)


def draw_dip_sample(frame: Mapping[str, Sequence[str]], *, share: float, seed: int) -> DipSample:
    """Which decisions are to be looked at again, so that nobody chose them?

    Parameters
    ----------
    frame
        Each decision's key and its stratum (ground, decision, unit …), in any order.
    share
        The share to draw, above 0 and at most 1: 0.02 for the two per cent of the papers.
    seed
        What the draw starts from; publish it before the draw, so that it was not chosen after.

    Raises
    ------
    UsageProblem
        The frame is empty or the share is no proportion.

    Examples
    --------
    >>> frame = {f"case-{i:03}": ("refused" if i % 10 == 0 else "cleared",) for i in range(200)}
    >>> sample = draw_dip_sample(frame, share=0.05, seed=2026)
    >>> [(s.name[0], s.size, s.drawn) for s in sample.strata]
    [('cleared', 180, 9), ('refused', 20, 1)]
    >>> sample == draw_dip_sample(dict(reversed(frame.items())), share=0.05, seed=2026)
    True

    Ten of two hundred are drawn, and the order in which they were listed changes nothing.
    """
    if not frame:
        raise UsageProblem("there is nothing to draw from.", rule="frame-has-decisions")
    if not 0 < share <= 1:
        raise UsageProblem(
            f"the share to draw must be above 0 and at most 1, not {share!r}.",
            remedy="Write 0.02 for 2%.",
            rule="shares-are-proportions",
        )
    members: dict[tuple[str, ...], list[str]] = {}
    for key in sorted(frame):
        members.setdefault(tuple(frame[key]), []).append(key)
    names = sorted(members)
    sizes = [len(members[name]) for name in names]
    drawn = allocate(sizes, share=share)
    rng = np.random.default_rng(seed)
    keys: list[str] = []
    for name, number in zip(names, drawn, strict=True):
        chosen = rng.choice(len(members[name]), size=number, replace=False)
        keys += [members[name][i] for i in sorted(chosen.tolist())]
    strata = tuple(map(SampledStratum, names, sizes, drawn))
    lines = [f"{key}\t{'/'.join(frame[key])}" for key in sorted(frame)]
    return DipSample(share, seed, strata, tuple(keys), _hash(lines))


def allocate(sizes: Sequence[int], *, share: float) -> list[int]:
    """How many of each stratum: in proportion, whole by largest remainder, one at the least.

    The total is the share of all, rounded up, or more where small strata need their one.
    """
    exact = [size * share for size in sizes]
    drawn = [int(each) for each in exact]
    short = int(np.ceil(sum(sizes) * share - 1e-9)) - sum(drawn)
    order = sorted(range(len(sizes)), key=lambda i: (-(exact[i] - drawn[i]), i))
    for i in order[: max(short, 0)]:
        drawn[i] += 1
    return [min(max(each, 1), size) for each, size in zip(drawn, sizes, strict=True)]


def _hash(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
