"""From the codes of the cube's cells to the groups a characteristic compares."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.indicators.characteristics import Characteristic


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
