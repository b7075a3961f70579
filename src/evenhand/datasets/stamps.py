"""Dates and times as they are written, to microseconds on the clock in London."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import BLANK as NOTHING
from evenhand.datasets.arrow import Array, compute, one_word, to_numbers
from evenhand.datasets.london_time import Micros, to_local

BLANK = "blank"
_DAY_FIRST = re.compile(r"\d{1,2}[/. -](\d{1,2}|[A-Za-z]{3,9})[/. -]\d{2,4}\b")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Stamps:
    """``local`` has a value where ``readable``; ``found`` classes what else there was."""

    local: Micros
    readable: NDArray[np.bool_]
    found: dict[str, NDArray[np.int64]]


def read_stamps(dates: Array, times: Array | None = None) -> Stamps:
    """Read a column of dates (with their times beside them, where those are apart).

    With an offset or ``Z`` a time is moved to the clock in London; without, it is taken to be on
    that clock already. A date without a time is at midnight.
    """
    text = dates if times is None else _beside(dates, times)
    for zone in ("UTC", None):
        try:
            cast = compute.cast(text, pa.timestamp("us", zone))
        except pa.ArrowInvalid:
            continue
        if cast.null_count:
            break
        micros = to_numbers(cast.cast(pa.int64()))
        return Stamps(
            to_local(micros) if zone else micros, np.ones(len(micros), dtype=np.bool_), {}
        )
    return _read_distinct(text)


def _beside(dates: Array, times: Array) -> Array:
    timed = compute.binary_join_element_wise(dates, times, one_word("T"))
    untimed = compute.equal(compute.utf8_trim_whitespace(times), NOTHING)
    joined: Array = compute.if_else(untimed, dates, timed)
    return joined


def _read_distinct(text: Array) -> Stamps:
    """The same with care: each distinct spelling is read once, and faults are classed."""
    encoded = compute.dictionary_encode(compute.fill_null(text, NOTHING))
    values = [_read(value) for value in encoded.dictionary.to_pylist()]
    index = to_numbers(encoded.indices)
    micros = np.asarray([v if isinstance(v, int) else 0 for v in values], dtype=np.int64)
    classes = np.asarray([v if isinstance(v, str) else "" for v in values], dtype=object)
    row_class = classes[index] if len(classes) else np.empty(0, dtype=object)
    names = sorted({v for v in values if isinstance(v, str)})
    return Stamps(
        local=micros[index] if len(micros) else np.empty(0, dtype=np.int64),
        readable=row_class == "",
        found={name: np.flatnonzero(row_class == name) for name in names},
    )


def _read(text: str) -> int | str:
    """Microseconds on the clock in London, or the class of what stands there instead."""
    text = text.strip()
    if not text:
        return BLANK
    if not _ISO.fullmatch(text):
        return _class_of(text)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return "a date or time that does not exist"
    if moment.tzinfo is None:
        return _micros(moment.replace(tzinfo=dt.UTC))
    return int(to_local(np.asarray([_micros(moment)], dtype=np.int64))[0])


def _micros(moment: dt.datetime) -> int:
    return (moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


def _class_of(text: str) -> str:
    if _DAY_FIRST.match(text):
        return "a date with the day or month first"
    if _NUMBER.fullmatch(text):
        return "a number"
    return "text that is no date"
