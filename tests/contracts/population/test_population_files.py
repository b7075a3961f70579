"""Tables of residents as people have them: the good ones give one answer, the bad ones say why."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.core import ContractBroken, EvenhandError, UnreadableFile
from evenhand.datasets.population import load_population

FILES = Path(__file__).parent / "files"
LAYOUTS = [
    "good-tidy.csv",
    "good-tidy-with-bom.csv",
    "good-tidy-under-a-title.csv",
    "good-wide-semicolons-and-headings-over-two-lines.csv",
    "good-wide-with-totals.csv",
    "good-wide-by-sex.csv",
    "good-long-with-rows-that-do-not-apply.csv",
    "good-names-without-codes.csv",
]
BEDFORDSHIRE = {"white": 1380, "mixed": 55, "asian": 105, "black": 102, "other": 11}
CITY = {"white": 50, "mixed": 5, "asian": 9, "black": 7, "other": 4}


def people(file: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in load_population(FILES / file).by_service().to_pylist():
        found.setdefault(row["service"], {})[row["group"]] = row["residents"]
    return found


@pytest.mark.parametrize("file", LAYOUTS)
def test_every_layout_of_the_same_figures_gives_the_same_denominators(file: str) -> None:
    assert people(file) == {"bedfordshire": BEDFORDSHIRE, "city-of-london": CITY}
    population = load_population(FILES / file)
    assert population.unmatched == population.gaps == population.incomplete == ()


def test_a_gap_in_one_of_several_areas_is_named_and_understates_never_counts_as_zero() -> None:
    population = load_population(FILES / "good-gap-in-one-of-several-areas.csv")
    (gap,) = population.gaps
    assert (gap.area_name, gap.group, gap.written, gap.line) == ("Bedford", "black", "N/A", 5)
    assert population.understated == {("bedfordshire", "black")}
    rows = population.by_area().to_pylist()
    assert not [r for r in rows if r["area_name"] == "Bedford" and r["group"] == "black"]


def test_rows_that_do_not_apply_and_totals_are_left_out_and_counted() -> None:
    long = load_population(FILES / "good-long-with-rows-that-do-not-apply.csv")
    assert long.left_out == {"Does not apply": 4}
    wide = load_population(FILES / "good-wide-with-totals.csv")
    assert wide.left_out == {"All categories: Ethnic group": 4}


@pytest.mark.parametrize(
    ("file", "kind", "words"),
    [
        ("bad-negative-count.csv", ContractBroken, r"line 9, column “residents”: '-60'"),
        (
            "bad-fractional-count.csv",
            ContractBroken,
            r"line 9, column “residents”: '60.5' is not a",
        ),
        ("bad-text-for-a-count.csv", ContractBroken, r"line 9, column “residents”: 'sixty'"),
        ("bad-population-without-a-group.csv", ContractBroken, r"lacks Black \(black\)"),
        ("bad-service-without-a-group.csv", ContractBroken, r"city-of-london: Black \(black\)"),
        ("bad-service-with-only-a-sign-for-a-group.csv", ContractBroken, "city-of-london: Black"),
        ("bad-unknown-group.csv", ContractBroken, "does not know “Martian”"),
        ("bad-group-twice.csv", ContractBroken, r"line 22: “White” of Bedford .* line 2 already"),
        ("bad-area-twice-under-two-names.csv", ContractBroken, "E06000032 .* more than once"),
        ("bad-missing-column.csv", ContractBroken, r"no header .* 'area code', 'area name'"),
        ("bad-row-too-short.csv", ContractBroken, "line 6: the row has 3 cells .* header has 4"),
        ("bad-total-that-does-not-add-up.csv", ContractBroken, "Bedford add up to 195 .* 196"),
        ("bad-group-headed-twice.csv", ContractBroken, "column “White”: more than one column"),
        ("bad-no-known-area.csv", ContractBroken, "none of its 4 areas .*Nowhere"),
        ("bad-empty.csv", UnreadableFile, "empty"),
        ("bad-not-text.csv", UnreadableFile, "not a text file"),
        ("bad-not-parquet.parquet", UnreadableFile, "not a Parquet file"),
        ("bad-not-gzip.csv.gz", UnreadableFile, "cannot be unpacked"),
        ("no-such-file.csv", UnreadableFile, "no such file"),
    ],
)
def test_a_bad_file_is_refused_with_what_where_and_which_rule(
    file: str, kind: type[EvenhandError], words: str
) -> None:
    with pytest.raises(kind, match=words) as refused:
        load_population(FILES / file)
    assert refused.value.rule
    assert file in str(refused.value) or "bad-area-twice" in file


def test_every_file_here_is_used() -> None:
    named = {path.name for path in FILES.iterdir()}
    text = Path(__file__).read_text(encoding="utf-8")
    assert not [name for name in named if name not in text]
