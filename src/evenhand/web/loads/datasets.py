"""The datasets that can be brought: how each is checked, loaded, and measured once loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evenhand.core import UsageProblem
from evenhand.datasets import Lake, Progress, QualityReport, check_files, load_stops
from evenhand.datasets.workforce import DATASETS as WORKFORCE
from evenhand.datasets.workforce import WorkforceLake, check_workforce, load_workforce


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did: the lake's id of the load (empty: every row was there) and its report."""

    id: str
    report: QualityReport


Check = Callable[[Sequence[Path], datetime, Progress], QualityReport]
Put = Callable[[Sequence[Path], Path, datetime, Progress], Loaded]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One kind of file: what it is measured with, what it accepts, how it is read.

    ``family`` names the measurement that its rows belong to; ``load`` takes the home folder.
    """

    id: str
    family: str
    title: str
    accepts: tuple[str, ...]
    help: str
    check: Check
    load: Put


def _check_stops(paths: Sequence[Path], at: datetime, tell: Progress) -> QualityReport:
    return check_files(list(paths), at=at, progress=tell)


def _load_stops(paths: Sequence[Path], home: Path, at: datetime, tell: Progress) -> Loaded:
    done = load_stops(list(paths), lake=open_lake(home, "stops"), at=at, progress=tell)
    return Loaded(done.id, done.report)


STOPS = Dataset(
    id="stops",
    family="stops",
    title="Stops and searches",
    accepts=(".zip", ".csv", ".gz", ".parquet"),
    help="An archive as data.police.uk gives it, or single files of it.",
    check=_check_stops,
    load=_load_stops,
)


def _about_people(ident: str, title: str) -> Dataset:
    def check(paths: Sequence[Path], at: datetime, tell: Progress) -> QualityReport:
        return check_workforce(ident, list(paths), at=at, progress=tell)

    def load(paths: Sequence[Path], home: Path, at: datetime, tell: Progress) -> Loaded:
        lake = open_workforce(home)
        done = load_workforce(ident, list(paths), lake=lake, at=at, progress=tell)
        return Loaded(done.id, done.report)

    return Dataset(
        id=ident,
        family="workforce",
        title=title,
        accepts=(".csv", ".gz", ".xlsx", ".parquet"),
        help="Files as the template of this dataset lays them out; people by pseudonym only.",
        check=check,
        load=load,
    )


PEOPLE = tuple(_about_people(each.id, each.contract.title) for each in WORKFORCE.values())

DATASETS = {dataset.id: dataset for dataset in (STOPS, *PEOPLE)}


def get_dataset(ident: str) -> Dataset:
    """The dataset of this name; refused with the names there are."""
    if ident not in DATASETS:
        raise UsageProblem(
            "there is no such dataset.",
            remedy=f"Choose one of: {', '.join(DATASETS)}.",
            rule="dataset-exists",
        )
    return DATASETS[ident]


def list_members(family: str) -> list[Dataset]:
    """The datasets that are measured together."""
    return [dataset for dataset in DATASETS.values() if dataset.family == family]


def open_lake(home: Path, dataset: str) -> Lake:
    """Where an installation keeps the checked rows of a dataset."""
    if get_dataset(dataset).family == "workforce":
        return open_workforce(home).of(dataset)
    return Lake(home / "lake" / dataset)


def open_workforce(home: Path) -> WorkforceLake:
    """Where an installation keeps what is about the people of the service."""
    return WorkforceLake(home / "lake" / "workforce")
