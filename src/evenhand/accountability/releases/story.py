"""What has become of a recommendation, told in plain sentences from its released record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

OWN_ACCOUNT = "This is the service’s own account; no panel has judged it."


def tell_story(record: Mapping[str, Any]) -> list[str]:
    """The story of one recommendation, from what was released about it and from nothing else.

    Parameters
    ----------
    record
        A released record: ``publication``, ``inquiry``, ``addressed_to`` and ``status``, where
        each aspect of the status has ``words`` and, where known, ``since``. An aspect that is not
        there was not known on the day of the release, and the story says so.

    Examples
    --------
    >>> record = {
    ...     "inquiry": {"title": "The Lantern Inquiry"},
    ...     "publication": {"title": "Lantern report", "published_on": "2004-03-01"},
    ...     "addressed_to": "Fenmarsh Police",
    ...     "parts": [],
    ...     "status": {"work": {"code": "in_progress", "words": "In progress"}},
    ... }
    >>> for sentence in tell_story(record):
    ...     print(sentence)
    The Lantern Inquiry recommended this in “Lantern report”, published on 1 March 2004.
    It is addressed to Fenmarsh Police.
    No response is on the record.
    The work is in progress.
    Nobody is named as responsible.
    No date has been set for it.

    A reader learns what is known and what is not; silence is never good news here.
    """
    report = record["publication"]
    sentences = [
        f"{record['inquiry']['title']} recommended this in “{report['title']}”, "
        f"published on {day_words(report['published_on'])}."
    ]
    if record["addressed_to"]:
        sentences.append(f"It is addressed to {record['addressed_to']}.")
    status = record["status"]
    if "response" in status or not record["parts"]:
        sentences.append(_response(status.get("response")))
    if record["parts"]:
        return [*sentences, "It is split into parts, and each part has its own story."]
    judged = (_claim(status.get("claim")), _verdict(status.get("verdict")))
    told = (_work(status), _level(status), *judged, _owner(status), _due(status.get("due")))
    return [*sentences, *(sentence for sentence in told if sentence)]


def day_words(day: str) -> str:
    """``2004-03-01`` as ``1 March 2004``; any other text unchanged."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{on.day} {on:%B %Y}"


def _since(aspect: Mapping[str, Any]) -> str:
    return f" since {day_words(aspect['since'])}" if aspect.get("since") else ""


def _response(aspect: Mapping[str, Any] | None) -> str:
    if aspect is None:
        return "No response is on the record."
    on = f" on {day_words(aspect['since'])}" if aspect.get("since") else ""
    return f"The response{on} was: {_lower(aspect['words'])}."


def _work(status: Mapping[str, Any]) -> str:
    aspect = status.get("work")
    if aspect is None:
        return ""
    return f"The work is {_lower(aspect['words'])}{_since(aspect)}."


def _level(status: Mapping[str, Any]) -> str:
    aspect = status.get("level")
    if aspect is None:
        return ""
    on = f" as at {day_words(aspect['since'])}" if aspect.get("since") else ""
    judged = "" if "verdict" in status else f" {OWN_ACCOUNT}"
    return f"The level reported{on} is “{aspect['words']}”.{judged}"


def _claim(aspect: Mapping[str, Any] | None) -> str:
    if aspect is None:
        return ""
    return f"The owner claims, as at {day_words(aspect['since'])}: {aspect['words']}."


def _verdict(aspect: Mapping[str, Any] | None) -> str:
    if aspect is None:
        return ""
    votes = f"by {aspect['for']} votes to {aspect['against']}"
    return (
        f"An independent panel decided on {day_words(aspect['since'])}, {votes}. {aspect['words']}"
    )


def _owner(status: Mapping[str, Any]) -> str:
    aspect = status.get("owner")
    if aspect is None:
        return "Nobody is named as responsible."
    return f"Responsible{_since(aspect)}: {aspect['words']}."


def _due(aspect: Mapping[str, Any] | None) -> str:
    if aspect is None:
        return "No date has been set for it."
    original = day_words(aspect["original"])
    if not aspect["moved"]:
        return f"It is due by {original}."
    times = "once" if aspect["moved"] == 1 else f"{aspect['moved']} times"
    now = day_words(aspect["words"])
    return f"It was first due by {original}; the date was moved {times} and is now {_lower(now)}."


def _lower(words: str) -> str:
    """As it stands inside a sentence: only the first letter, and not of a name."""
    return words[:1].lower() + words[1:]
