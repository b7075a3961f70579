"""The workforce and its processes, measured: joining, rising, discipline, voice, leaving."""

from evenhand.indicators.workforce.measure import MeasuredWorkforce, measure_workforce

__all__ = ["MeasuredWorkforce", "measure_workforce"]
