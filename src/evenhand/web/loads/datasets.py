"""The datasets that can be brought: how each is checked, loaded, and measured once loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evenhand.core import UsageProblem
from evenhand.datasets import Lake, QualityReport, check_files, load_stops


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did: the lake's id of the load (empty: every row was there) and its report."""

    id: str
    report: QualityReport


@dataclass(frozen=True, slots=True)
class Dataset:
    """One kind of file: its name, what it accepts, and the functions that read it."""

    id: str
    title: str
    accepts: tuple[str, ...]
    help: str
    check: Callable[[Sequence[Path], datetime], QualityReport]
    load: Callable[[Sequence[Path], Lake, datetime], Loaded]


def _check_stops(paths: Sequence[Path], at: datetime) -> QualityReport:
    return check_files(list(paths), at=at)


def _load_stops(paths: Sequence[Path], lake: Lake, at: datetime) -> Loaded:
    done = load_stops(list(paths), lake=lake, at=at)
    return Loaded(done.id, done.report)


STOPS = Dataset(
    id="stops",
    title="Stops and searches",
    accepts=(".zip", ".csv", ".gz", ".parquet"),
    help="An archive as data.police.uk gives it, or single files of it.",
    check=_check_stops,
    load=_load_stops,
)

DATASETS = {dataset.id: dataset for dataset in (STOPS,)}


def get_dataset(ident: str) -> Dataset:
    """The dataset of this name; refused with the names there are."""
    if ident not in DATASETS:
        raise UsageProblem(
            "there is no such dataset.",
            remedy=f"Choose one of: {', '.join(DATASETS)}.",
            rule="dataset-exists",
        )
    return DATASETS[ident]


def open_lake(home: Path, dataset: str) -> Lake:
    """Where an installation keeps the checked rows of a dataset."""
    return Lake(home / "lake" / dataset)
