"""Rolling up to services keeps everybody, whatever the order, the layout or the numbers."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.codelists import get_codelist, list_local_authorities
from evenhand.datasets.population import load_population

GROUPS = [code.label for code in get_codelist("ethnicity-2011").values]
SERVICES = ("bedfordshire", "city-of-london", "gwent")
AREAS = [a for a in list_local_authorities() if "2021" in a.frames and a.service in SERVICES]

counts = st.lists(
    st.integers(0, 10**7), min_size=len(GROUPS) * len(AREAS), max_size=len(GROUPS) * len(AREAS)
)


def long_rows(numbers: list[int]) -> list[dict[str, object]]:
    cells = iter(numbers)
    return [
        {"area code": a.code, "area name": a.name, "ethnic group": g, "residents": next(cells)}
        for a in AREAS
        for g in GROUPS
    ]


@settings(max_examples=25, deadline=None)
@given(counts, st.randoms())
def test_services_hold_the_sum_of_their_areas_in_whatever_order_the_rows_stand(
    numbers: list[int], random
) -> None:
    rows = long_rows(numbers)
    naive: defaultdict[tuple[str, str], int] = defaultdict(int)
    service_of = {area.code: area.service for area in AREAS}
    ethnicity = get_codelist("ethnicity-2011")
    for row in rows:
        code = ethnicity.find(str(row["ethnic group"]))
        naive[service_of[str(row["area code"])], code.code] += int(str(row["residents"]))
    random.shuffle(rows)
    population = load_population(pa.Table.from_pylist(rows))
    found = {
        (r["service"], r["group"]): r["residents"] for r in population.by_service().to_pylist()
    }
    assert found == naive
    assert population.total == sum(numbers)
    assert population.in_broad_groups().total == sum(numbers)


@settings(max_examples=25, deadline=None)
@given(counts)
def test_long_and_wide_tables_of_the_same_figures_are_the_same_population(
    numbers: list[int],
) -> None:
    wide: dict[str, dict[str, object]] = {}
    for row in long_rows(numbers):
        area = wide.setdefault(
            str(row["area code"]), {"area code": row["area code"], "area name": row["area name"]}
        )
        area[str(row["ethnic group"])] = row["residents"]
    one = load_population(pa.Table.from_pylist(long_rows(numbers)))
    other = load_population(pa.Table.from_pylist(list(wide.values())))
    assert one.by_service().to_pylist() == other.by_service().to_pylist()
