"""Set two snapshots side by side: what stood before, what came since, what left, what moved.

Pure: every figure here is made from the members that two snapshots name, so it can be opened down
to them and made again from the two alone. For a figure ``all.state.closed``:

``before.all.state.closed``         the earlier snapshot's own figure
``came.all.state.closed``           counted now and not then
``left.all.state.closed``           counted then and not now
``moved.all.in_progress.closed``    at one state of the work then, at another now
``moved.all``                       at another state of the work now than then
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evenhand.accountability.machines import WORK
from evenhand.web.meetings.counting import Count
from evenhand.web.meetings.frozen import Content, Frozen
from evenhand.web.meetings.measuring import Measurement

BEFORE, CAME, LEFT, MOVED = "before", "came", "left", "moved"
MADE_OF_TWO = (BEFORE, CAME, LEFT, MOVED)
"""How the keys of figures begin that need the earlier snapshot."""

Counts = Mapping[str, Count]


def needs_earlier(key: str) -> bool:
    """Whether a figure of this key needs the earlier snapshot."""
    return key.partition(".")[0] in MADE_OF_TWO


def set_beside(now: Frozen, before: Frozen | None) -> Content:
    """Every figure of a snapshot, and those that setting an earlier one beside it gives."""
    if before is None:
        return now.content
    then = f"“{before.title}”"
    counts = {
        **now.counts,
        **{each.key: each for each in _earlier(before.counts, then)},
        **{each.key: each for each in _changed(now.counts, before.counts, then)},
        **{each.key: each for each in _moved(now.counts, before.counts, then)},
    }
    measured = {key: _measured(each, then) for key, each in before.measured.items()}
    return Content(counts, {**now.measured, **{each.key: each for each in measured.values()}})


def _earlier(before: Counts, then: str) -> Iterator[Count]:
    for key, count in before.items():
        yield Count(f"{BEFORE}.{key}", f"{count.words}: in {then}", count.query, count.members)


def _measured(each: Measurement, then: str) -> Measurement:
    return Measurement(
        f"{BEFORE}.{each.key}",
        f"{each.words}: in {then}",
        each.value,
        each.item,
        each.source,
        each.reference,
    )


def _changed(now: Counts, before: Counts, then: str) -> Iterator[Count]:
    for key in now.keys() & before.keys():
        own, earlier = now[key], before[key]
        came, left = set(own.members), set(earlier.members)
        yield Count(
            f"{CAME}.{key}",
            f"{own.words}: now, and not in {then}",
            (),
            tuple(each for each in own.members if each not in left),
        )
        yield Count(
            f"{LEFT}.{key}",
            f"{own.words}: in {then}, and not now",
            (),
            tuple(each for each in earlier.members if each not in came),
        )


def _moved(now: Counts, before: Counts, then: str) -> Iterator[Count]:
    """Of each part of the register that both know: from which state of the work to which."""
    first = f".state.{WORK.start}"
    for key in now.keys() & before.keys():
        if not key.endswith(first):
            continue
        part = key.removesuffix(first)
        was = _states(before, part)
        found: dict[tuple[str, str], list[str]] = {}
        for member, state in _states(now, part).items():
            if member in was and was[member] != state:
                found.setdefault((was[member], state), []).append(member)
        where = now[f"{part}.items"].words
        for (source, target), members in found.items():
            said = f"from “{WORK.state(source).words}” in {then} to “{WORK.state(target).words}”"
            words = f"{where} whose work moved {said}"
            yield Count(f"{MOVED}.{part}.{source}.{target}", words, (), tuple(members))
        every = tuple(member for members in found.values() for member in members)
        words = f"{where} whose work stands elsewhere than in {then}"
        yield Count(f"{MOVED}.{part}", words, (), every)


def _states(counts: Counts, part: str) -> dict[str, str]:
    """The state of each item of a part of the register."""
    found = {}
    for state in WORK.states:
        count = counts.get(f"{part}.state.{state.code}")
        found.update(dict.fromkeys(count.members if count else (), state.code))
    return found
