"""The clock in London, against the time zone database where there is one."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import numpy as np
import pytest

from evenhand.datasets.london_time import HOUR, to_local


def micros(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("utc", "hours"),
    [
        ("2020-03-29T00:59:59", 0),
        ("2020-03-29T01:00:00", 1),
        ("2020-10-25T00:59:59", 1),
        ("2020-10-25T01:00:00", 0),
        ("1995-10-22T01:00:00", 0),  # the last year in which summer time ended on another rule
        ("1995-10-22T00:59:59", 1),
    ],
)
def test_summer_time_changes_at_one_in_the_morning_utc(utc: str, hours: int) -> None:
    moment = np.asarray([micros(utc)])
    assert (to_local(moment) - moment).tolist() == [hours * HOUR]


def test_every_week_of_half_a_century_agrees_with_the_time_zone_database() -> None:
    try:
        london = zoneinfo.ZoneInfo("Europe/London")
    except zoneinfo.ZoneInfoNotFoundError:
        pytest.skip("needs a time zone database on this machine")
    seconds = np.arange(micros("1981-01-01") // 10**6, micros("2037-01-01") // 10**6, 41 * 3600)
    local = to_local(seconds * 1_000_000) // 10**6
    for second, found in zip(seconds.tolist(), local.tolist(), strict=True):
        offset = dt.datetime.fromtimestamp(second, london).utcoffset()
        assert offset is not None
        assert found == second + int(offset.total_seconds())
