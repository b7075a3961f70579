"""From the codes of the cube's cells to the groups a characteristic compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.codelists import get_codelist
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.places import Places


def build_recode(cells: pa.Table, characteristic: Characteristic) -> NDArray[np.int64]:
    """The group position of each cell of a characteristic's dimension.

    A code that is none of the groups, or an edition the characteristic cannot read, counts as
    the last, unknown group: it stays in every total and in every unknown share.
    """
    codes = cells[characteristic.source].combine_chunks().dictionary_encode()
    names = [str(name) for name in codes.dictionary.to_pylist()]
    if "frame" not in cells.column_names:
        table = _positions(characteristic.codes[""], names, characteristic)
        return np.asarray(table[codes.indices.to_numpy()])
    frames = cells["frame"].combine_chunks().dictionary_encode()
    rows = [
        _positions(characteristic.codes.get(str(frame), {}), names, characteristic)
        for frame in frames.dictionary.to_pylist()
    ]
    return np.asarray(np.vstack(rows)[frames.indices.to_numpy(), codes.indices.to_numpy()])


def _positions(
    homes: Mapping[str, str], names: list[str], characteristic: Characteristic
) -> NDArray[np.int64]:
    order = {group.code: i for i, group in enumerate(characteristic.groups)}
    last = len(order) - 1
    return np.array([order.get(homes.get(name, ""), last) for name in names], dtype=np.int64)


UNLISTED = "other", "Other, not in the codelist"
"""How the reader codes an Act or an object that is in no codelist, and what a table calls it."""


def list_values(dimension: str) -> list[tuple[str, str]]:
    """Every code of ``legislation`` or ``object`` that rows may hold, with its label."""
    return [*((code.code, code.label) for code in get_codelist(dimension).codes), UNLISTED]


def lay_out(
    cells: pa.Table,
    places: Places,
    dimension: tuple[str, Sequence[str]],
    characteristic: Characteristic,
    *,
    measure: str,
) -> NDArray[np.int64]:
    """A measure as an array (bottom place, value of ``dimension``, group); the codes give order."""
    name, codes = dimension
    order = {code: i for i, code in enumerate(codes)}
    encoded = cells[name].combine_chunks().dictionary_encode()
    known = np.array([order[str(code)] for code in encoded.dictionary.to_pylist()], dtype=np.int64)
    shape = (len(places.bottom), len(codes), len(characteristic.groups))
    flat = np.ravel_multi_index(
        (
            places.positions(cells),
            known[encoded.indices.to_numpy()],
            build_recode(cells, characteristic),
        ),
        shape,
    )
    values = cells[measure].to_numpy().astype(np.float64)
    counts = np.bincount(flat, values, minlength=int(np.prod(shape)))
    return counts.round().astype(np.int64).reshape(shape)
