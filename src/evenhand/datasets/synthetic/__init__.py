"""An invented police service whose truths are known, for demonstration, tests and benchmarks."""

from evenhand.datasets.synthetic.lake import synthetic_rows_parquet
from evenhand.datasets.synthetic.places import Truth
from evenhand.datasets.synthetic.service import START, SyntheticService, write_synthetic

__all__ = ["START", "SyntheticService", "Truth", "synthetic_rows_parquet", "write_synthetic"]
