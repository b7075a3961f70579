"""Writes the invented service: an archive as data.police.uk gives it, residents, areas, a note."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from evenhand.codelists import get_codelist
from evenhand.core import Month, Period, UsageProblem
from evenhand.datasets.durable import write_whole
from evenhand.datasets.synthetic import places
from evenhand.datasets.synthetic.counts import build_counts, get_doubled_month, get_silent_month
from evenhand.datasets.synthetic.note import render_note
from evenhand.datasets.synthetic.places import Truth
from evenhand.datasets.synthetic.residents import EDITION, GROUPS, build_residents
from evenhand.datasets.synthetic.rows import COLUMNS, Stops, build_stops

START = Month(2024, 1)
FEWEST_MONTHS = 6
"""Fewer months hold no trend to see improving."""
_STAMP = (2026, 1, 1, 0, 0, 0)
"""Every entry of the archive carries this time, so that the same seed gives the same bytes."""


@dataclass(frozen=True, slots=True)
class SyntheticService:
    """Where an invented service was written, and the truths planted in it."""

    archive: Path
    population: Path
    areas: Path
    readme: Path
    service: str
    period: Period
    boroughs: tuple[str, ...]
    rows: int
    truths: tuple[Truth, ...]


def write_synthetic(
    folder: Path | str,
    *,
    seed: int,
    months: int = 24,
    boroughs: int = places.MOST,
    first: Month = START,
) -> SyntheticService:
    """Would the measures find what we know to be there? Make a service in which we know it.

    Writes an archive of stops in the layout, columns and words of data.police.uk with one more
    column, Borough; residents by borough in the layout of Census 2021 TS021; the look-up of
    boroughs; and a note that says that all of it is invented. Numbers of stops are Poisson about
    published rates, with log-normal differences between boroughs and gamma months; everything
    recorded about a stop is drawn by published frequencies (``figures``).

    Parameters
    ----------
    folder
        Made if it is not there; files of the same names are replaced, each in one step.
    seed
        The same seed gives the same bytes with the same versions of numpy and pyarrow.
    months
        At least 6, from ``first`` on.
    boroughs
        10 to 32; the seven with planted truths are always among them.

    Returns
    -------
    SyntheticService
        Paths, the period, the number of rows written, and the planted truths in words.

    Notes
    -----
    For demonstration and tests of what is found. Not evidence of anything about real policing.
    """
    if months < FEWEST_MONTHS:
        raise UsageProblem(
            f"at least {FEWEST_MONTHS} months are needed, not {months}.", rule="synthetic-months"
        )
    names = places.list_boroughs(boroughs)
    period = Period(first, Month.at(first.index + months - 1))
    rng = np.random.default_rng(seed)
    residents = build_residents(rng, names)
    stops = build_stops(rng, names, build_counts(rng, names, residents, months), first=first)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    truths = places.list_truths(
        Month.at(first.index + get_silent_month(months)).words,
        Month.at(first.index + get_doubled_month(months)).words,
    )
    written, rows = _render_archive(stops, period)
    service = SyntheticService(
        archive=_save(target / "stops.zip", written),
        population=_save(target / "population.csv", _render_population(names, residents)),
        areas=_save(target / "areas.csv", _render_areas(names)),
        readme=target / "README.txt",
        service=places.SERVICE,
        period=period,
        boroughs=names,
        rows=rows,
        truths=truths,
    )
    _save(service.readme, render_note(period, rows=rows, seed=seed, truths=truths).encode())
    return service


def _render_archive(stops: Stops, period: Period) -> tuple[bytes, int]:
    packed, rows = BytesIO(), 0
    months = list(period)
    doubled = get_doubled_month(len(months))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for position, month in enumerate(months):
            table = stops.of_month(position)
            if position == doubled:
                table = pa.concat_tables([table, table])
            rows += table.num_rows
            name = f"{month}/{month}-{places.SERVICE}-stop-and-search.csv"
            entry = zipfile.ZipInfo(name, date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _render_csv(table, COLUMNS))
    return packed.getvalue(), rows


def _render_csv(table: pa.Table, header: Sequence[str]) -> bytes:
    text = BytesIO()
    text.write((",".join(header) + "\n").encode())
    options = pa_csv.WriteOptions(include_header=False, quoting_style="none")
    pa_csv.write_csv(table, text, options)
    return text.getvalue()


def _render_population(names: tuple[str, ...], residents: NDArray[np.int64]) -> bytes:
    """Long, as TS021: each borough and group, and the row that does not apply, always zero."""
    edition = get_codelist(EDITION)
    heading: dict[str, str] = {}
    for raw, group_code in edition.spellings.items():
        if ": " in raw:
            heading.setdefault(group_code, raw)
    area, group = "Lower tier local authorities", "Ethnic group (20 categories)"
    lines = [f"{area} Code,{area},{group} Code,{group},Observation"]
    for position, name in enumerate(names):
        code = places.get_code(position)
        lines.append(f"{code},{name},-8,Does not apply,0")
        for number, each in enumerate(GROUPS, start=1):
            label = heading[each]
            lines.append(f'{code},{name},{number},"{label}",{residents[position, number - 1]}')
    return ("\n".join(lines) + "\n").encode()


def _render_areas(names: tuple[str, ...]) -> bytes:
    lines = ["area_code,area_name,service"]
    lines += [f"{places.get_code(i)},{name},{places.SERVICE}" for i, name in enumerate(names)]
    return ("\n".join(lines) + "\n").encode()


def _save(path: Path, content: bytes) -> Path:
    write_whole(path, content)
    return path
