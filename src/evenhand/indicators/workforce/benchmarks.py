"""The shares a group is expected to have: of the working population, or of the grade below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evenhand.indicators.workforce.characteristics import TOGETHER, Characteristic
from evenhand.indicators.workforce.pairs import Block, Ints, Pairs
from evenhand.indicators.workforce.sources import Sources
from evenhand.indicators.workforce.tensors import Floats


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The population a service is compared with: its name, and each group's share by code."""

    name: str
    shares: Mapping[str, Mapping[str, float]]

    def of(self, characteristic: Characteristic) -> Floats:
        """Each group's share, in the order of the groups; nan where it is not published."""
        shares = self.shares.get(characteristic.id, {})
        return np.array([shares.get(group.code, np.nan) for group in characteristic.groups])


def find_benchmark(sources: Sources, *, year: int, area: str | None = None) -> Benchmark | None:
    """An area's population in the latest year up to ``year``; None without any.

    Where every count is of a later year, the first of them is taken. Ethnicity is in broad groups.
    Where a year has several editions, the shares of each characteristic are taken over all its
    rows of that year. ``area`` left out, the area with the most rows is taken.
    """
    rows = sources.engine.execute(
        """
WITH chosen AS (
  SELECT b.*, coalesce(
    max(year) FILTER (year <= $1) OVER (PARTITION BY area, characteristic),
    min(year) OVER (PARTITION BY area, characteristic)) AS last
  FROM benchmarks b WHERE $2 IS NULL OR area = $2
), one AS (SELECT area FROM chosen GROUP BY area ORDER BY count(*) DESC, area LIMIT 1)
SELECT c.area, c.year, c.characteristic, coalesce(g.broad, c.grp), sum(c.count)
FROM chosen c JOIN one USING (area)
LEFT JOIN ethnic_groups g ON c.characteristic = 'ethnicity' AND g.edition = c.edition
  AND g.code = c.grp
WHERE c.year = c.last AND c.grp NOT IN ('prefer_not_to_say', 'not_asked', 'blank')
GROUP BY ALL ORDER BY ALL""",
        [year, area],
    ).fetchall()
    if not rows:
        return None
    counts: dict[str, dict[str, float]] = {}
    for _, _, characteristic, code, count in rows:
        counts.setdefault(str(characteristic), {})[str(code)] = float(count)
    if "ethnicity" in counts:
        white = counts["ethnicity"].get("white", 0.0)
        counts[TOGETHER] = {"white": white, "bme": sum(counts["ethnicity"].values()) - white}
    shares = {
        characteristic: {code: count / sum(groups.values()) for code, count in groups.items()}
        for characteristic, groups in counts.items()
        if sum(groups.values()) > 0
    }
    year = max(int(row[1]) for row in rows)
    return Benchmark(f"people of working age in {rows[0][0]} ({year})", shares)


def build_share_pairs(blocks: list[Block], characteristic: Characteristic) -> Pairs:
    """Each known group, the comparator too, of everybody whose answer is known.

    For a group that is nowhere in a row the share is nought: it is a finding, not an absence.
    """
    made = []
    for block in blocks:
        count = block.count.sum(axis=1)
        known = count[:, list(characteristic.known)].sum(axis=1)
        made.append((block.unit, block.step, count, known))
    unit, step, count, known = (np.concatenate(parts) for parts in zip(*made, strict=True))
    groups = np.array(characteristic.known, np.int64)
    row, chosen = np.divmod(np.arange(len(unit) * len(groups)), max(len(groups), 1))
    kept = known[row] > 0
    row, group = row[kept], groups[chosen[kept]]
    return share_pairs(unit, step, count, characteristic=characteristic, at=(row, group))


def share_pairs(
    unit: Ints,
    step: Ints,
    count: Floats,
    *,
    characteristic: Characteristic,
    at: tuple[Ints, Ints],
) -> Pairs:
    """The comparisons at these rows and groups; the other side is the benchmark, not people."""
    row, group = at
    known = count[:, list(characteristic.known)].sum(axis=1)[row]
    unknown = list(characteristic.unknown)
    nothing = np.zeros(len(row))
    return Pairs(
        unit[row], step[row], group, count[row, group], known, nothing, nothing,
        count[:, unknown][row], count[:, unknown][row],
        count.sum(axis=1)[row], count.sum(axis=1)[row],
    )  # fmt: skip
