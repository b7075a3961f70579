"""Which database an installation uses, by the address it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.core import UsageProblem
from evenhand.web.databases import choose_database
from evenhand.web.home import Home

HOME = Home(Path("there"))


def _read(address: str) -> tuple[str, ...]:
    chosen = choose_database(address, HOME)
    assert chosen["ENGINE"] == "django.db.backends.postgresql"
    return tuple(chosen[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME"))


def test_without_an_address_the_record_lies_in_the_home_folder():
    for address in (None, ""):
        chosen = choose_database(address, HOME)
        assert chosen["NAME"] == str(HOME.database)
        assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("postgresql://ann:p%40ss@db.example:5433/register",
         ("ann", "p@ss", "db.example", "5433", "register")),
        ("postgres:///register", ("", "", "", "", "register")),
        ("postgresql://ann@%2Ftmp%2FBig%2Fpg/register", ("ann", "", "/tmp/Big/pg", "", "register")),
        ("postgresql://ann@/register?host=/run/pg", ("ann", "", "/run/pg", "", "register")),
        ("postgresql://ann@[::1]:5432/register", ("ann", "", "::1", "5432", "register")),
    ],
)  # fmt: skip
def test_an_address_is_read_part_by_part(address, parts):
    assert _read(address) == parts


def test_other_options_reach_the_server_as_written():
    chosen = choose_database("postgresql://db/register?sslmode=verify-full", HOME)
    assert chosen["OPTIONS"] == {"sslmode": "verify-full"}


def test_another_kind_of_database_is_refused_by_its_kind_alone():
    with pytest.raises(UsageProblem, match="mysql") as refused:
        choose_database("mysql://ann:secret@db/register", HOME)
    assert "secret" not in str(refused.value)
