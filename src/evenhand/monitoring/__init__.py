"""The monthly monitoring mechanism: one run from files to a published site."""

from evenhand.monitoring.run import Monitoring, measure, measure_lake, publish
from evenhand.monitoring.site import Labels

__all__ = ["Labels", "Monitoring", "measure", "measure_lake", "publish"]
