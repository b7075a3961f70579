"""The workforce and its processes, measured: joining, rising, discipline, voice, leaving."""

from evenhand.indicators.workforce.measure import (
    MeasuredWorkforce,
    find_last_month,
    find_months,
    measure_workforce,
)

__all__ = ["MeasuredWorkforce", "find_last_month", "find_months", "measure_workforce"]
