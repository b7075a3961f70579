"""The rules. Each looks at one item on one day and says what is wrong, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from evenhand.accountability.exceptions.facts import ItemFacts, Limits
from evenhand.accountability.exceptions.found import ExceptionKind, ItemException
from evenhand.accountability.machines import AT_REST, OPEN_WORK

USUAL = Limits()

Rule = Callable[[ItemFacts, date, Limits], ItemException | None]


def find_overdue(item: ItemFacts, on: date, _limits: Limits) -> ItemException | None:
    """Its date has passed and the service itself does not claim it done."""
    if item.state not in OPEN_WORK or item.due_on is None or on <= item.due_on:
        return None
    original = item.original_due_on
    moved = (
        f"; the original date was {_day(original)}" if original not in (None, item.due_on) else ""
    )
    why = f"It was due on {_day(item.due_on)}{moved}."
    return ItemException(item.ref, ExceptionKind.OVERDUE, _after(item.due_on, 0), why)


def find_owner_gone(item: ItemFacts, on: date, _limits: Limits) -> ItemException | None:
    """Nobody holds the main duty, or who held it is no longer there."""
    holder = item.holder
    if holder is None:
        since = item.owner_lost_on or item.recorded_on
        why = (
            "The last duty ended and nobody took over."
            if item.owner_lost_on
            else ("Nobody has ever been given the duty.")
        )
        return ItemException(item.ref, ExceptionKind.OWNER_GONE, since, why)
    if holder.until is None or on <= holder.until:
        return None
    why = f"Who holds the duty left on {_day(holder.until)}."
    return ItemException(item.ref, ExceptionKind.OWNER_GONE, _after(holder.until, 0), why)


def find_slipped(item: ItemFacts, on: date, limits: Limits) -> ItemException | None:
    """The due date has been moved as often as the limit says."""
    if item.state not in OPEN_WORK or item.slips < limits.slips:
        return None
    was = f" from {_day(item.original_due_on)}" if item.original_due_on else ""
    now = f" to {_day(item.due_on)}" if item.due_on else ""
    why = f"The date has been moved {item.slips} times{was}{now}."
    since = item.last_slip_on or on
    return ItemException(item.ref, ExceptionKind.SLIPPED, since, why)


def find_unanswered(item: ItemFacts, on: date, limits: Limits) -> ItemException | None:
    """A challenge is past its answer date, or past the usual time where none was given."""
    late = [
        (question.answer_by or question.asked_on + timedelta(limits.answer_days), question)
        for question in item.questions
    ]
    late = sorted(((by, q) for by, q in late if by < on), key=lambda pair: pair[0])
    if not late:
        return None
    by, first = late[0]
    more = f" {len(late)} questions wait." if len(late) > 1 else ""
    why = f"A question asked on {_day(first.asked_on)} was to be answered by {_day(by)}.{more}"
    return ItemException(item.ref, ExceptionKind.CHALLENGE_UNANSWERED, _after(by, 0), why)


def find_blocked(item: ItemFacts, _on: date, _limits: Limits) -> ItemException | None:
    """It depends on another item that is still open."""
    if item.state not in OPEN_WORK or not item.blockers:
        return None
    first = min(item.blockers, key=lambda blocker: blocker.since)
    names = ", ".join(sorted(blocker.ref.partition(":")[2] for blocker in item.blockers))
    why = f"It depends on {names}, still open."
    return ItemException(item.ref, ExceptionKind.BLOCKED, first.since, why)


def find_long_in_progress(item: ItemFacts, on: date, limits: Limits) -> ItemException | None:
    """Work began longer ago than the limit."""
    if item.state != "in_progress" or (on - item.state_since).days <= limits.in_progress_days:
        return None
    why = f"It has been in progress since {_day(item.state_since)}."
    since = _after(item.state_since, limits.in_progress_days)
    return ItemException(item.ref, ExceptionKind.LONG_IN_PROGRESS, since, why)


def find_silent(item: ItemFacts, on: date, limits: Limits) -> ItemException | None:
    """Nothing new has been said for longer than the limit."""
    last = item.last_account_on
    start = last or item.recorded_on
    if item.state not in OPEN_WORK or (on - start).days <= limits.silent_days:
        return None
    why = (
        f"The last update that said anything new is of {_day(last)}."
        if last
        else (f"Nothing has been said since it was recorded on {_day(start)}.")
    )
    return ItemException(item.ref, ExceptionKind.SILENT, _after(start, limits.silent_days), why)


def find_unevidenced(item: ItemFacts, on: date, limits: Limits) -> ItemException | None:
    """No evidence speaks for a period recent enough; a claim needs it as much as work does."""
    last = item.newest_evidence_on
    start = last or item.recorded_on
    if (on - start).days <= limits.evidence_days:
        return None
    why = (
        f"The newest evidence speaks for a time that ended on {_day(last)}."
        if last
        else ("No evidence has ever been attached.")
    )
    since = _after(start, limits.evidence_days)
    return ItemException(item.ref, ExceptionKind.UNEVIDENCED, since, why)


def find_lapsed(item: ItemFacts, _on: date, _limits: Limits) -> ItemException | None:
    """A verdict lapsed by rule, and nobody has opened the item again."""
    verdict = item.verdict
    if verdict is None or verdict.state != "lapsed":
        return None
    return ItemException(item.ref, ExceptionKind.VERDICT_LAPSED, verdict.since, verdict.why)


def find_claim_apart(item: ItemFacts, _on: date, _limits: Limits) -> ItemException | None:
    """The service still reports more than the last verdict found."""
    verdict = item.verdict
    if verdict is None or verdict.state not in ("stands", "lapsed"):
        return None
    if verdict.reported_rank is None or verdict.reported_rank <= verdict.found_rank:
        return None
    found = "upheld less" if verdict.upheld else "did not uphold it"
    why = (
        f"The service reports “{verdict.reported_words}”; "
        f"the verdict of {_day(verdict.decided_on)} {found}."
    )
    since = max(verdict.decided_on, verdict.reported_on or verdict.decided_on)
    return ItemException(item.ref, ExceptionKind.CLAIM_APART, since, why)


def find_recheck_due(item: ItemFacts, on: date, _limits: Limits) -> ItemException | None:
    """The day has come on which a standing verdict was to be looked at again."""
    verdict = item.verdict
    if verdict is None or verdict.state != "stands" or verdict.recheck_on is None:
        return None
    if on <= verdict.recheck_on:
        return None
    why = f"It was to be looked at again by {_day(verdict.recheck_on)}."
    since = _after(verdict.recheck_on, 0)
    return ItemException(item.ref, ExceptionKind.RECHECK_DUE, since, why)


def find_verdict_old(item: ItemFacts, _on: date, _limits: Limits) -> ItemException | None:
    """Evidence has come since that the panel never saw."""
    verdict = item.verdict
    if verdict is None or verdict.state != "stands" or verdict.newer_evidence_on is None:
        return None
    why = f"Evidence has come since that the verdict of {_day(verdict.decided_on)} did not see."
    since = verdict.newer_evidence_on
    return ItemException(item.ref, ExceptionKind.VERDICT_OLD, since, why)


def find_erased_public(item: ItemFacts, _on: date, _limits: Limits) -> ItemException | None:
    """The public still reads words that the law had erased, or a file that was withdrawn."""
    since = item.erased_public_on
    if since is None:
        return None
    why = f"Its public page holds what was erased or withdrawn on {_day(since)}."
    return ItemException(item.ref, ExceptionKind.ERASED_PUBLIC, since, why)


JUDGED: tuple[Rule, ...] = (find_lapsed, find_claim_apart, find_recheck_due, find_verdict_old)
"""Rules that look at items at rest too: that an item is closed is the verdict they are about."""

RULES: tuple[Rule, ...] = (
    find_overdue,
    find_owner_gone,
    find_slipped,
    find_unanswered,
    find_blocked,
    find_long_in_progress,
    find_silent,
    find_unevidenced,
)


def list_exceptions(
    items: Iterable[ItemFacts], *, on: date, limits: Limits = USUAL
) -> list[ItemException]:
    """What should a member look at first on this day, why, and since when?

    Parameters
    ----------
    items
        Items as they stood on that day.
    on
        The day; never today's date by default, so that a past day can be asked about.
    limits
        How long each thing may last before it is an exception.

    Returns
    -------
    Every exception, by kind in reading order, the longest standing first.

    Notes
    -----
    An item at rest (closed, replaced, not applicable) raises none about its work: each of those
    states needed the decision of someone other than its owner. A closed one can still raise those
    about its verdict, which may lapse. A replaced or inapplicable one raises only that erased words
    are still public on its page, which no state of the work makes good.

    Examples
    --------
    >>> item = ItemFacts("recommendation:a/1", "in_progress", date(2005, 1, 1), date(2004, 1, 1),
    ...                  due_on=date(2005, 6, 30))
    >>> [found.kind.value for found in list_exceptions([item], on=date(2005, 7, 1))]
    ['overdue', 'owner_gone', 'silent', 'unevidenced']

    On the day after its due date the item is overdue, and three older faults show beside it.
    """
    found = [each for item in items for each in _all(item, on, limits)]
    order = {kind: place for place, kind in enumerate(ExceptionKind)}
    return sorted(found, key=lambda each: (order[each.kind], each.since, each.item))


def _all(item: ItemFacts, on: date, limits: Limits) -> Iterator[ItemException]:
    judged = JUDGED if item.state not in ("replaced", "not_applicable") else ()
    worked = RULES if item.state not in AT_REST else ()
    for rule in (find_erased_public, *judged, *worked):
        found = rule(item, on, limits)
        if found is not None:
            yield found


def _after(day: date, days: int) -> date:
    """The first day on which more than ``days`` have passed."""
    return day + timedelta(days + 1)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
