"""The note that lies beside the invented files and says what they are."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

from evenhand.core import Period
from evenhand.datasets.synthetic import places
from evenhand.datasets.synthetic.places import Truth

_ABOUT = """Everything in this folder is invented. {title}, its boroughs and its residents do not
exist; nobody was stopped. The files are for demonstration and for testing what the measures find.
They are no evidence about any real police service."""

_FILES = """stops.zip holds {rows:,} rows in the layout, columns and words of data.police.uk, one
file for each month of {period}, with one more column, Borough. population.csv has residents by
borough and ethnic group in the layout of Census 2021 table TS021. areas.csv says which service
polices each borough. Made with seed {seed}: the same seed gives the same files."""

_FIGURES = """Residents follow the ethnic groups of Greater London (ONS, Census 2021, TS021),
half as many in each borough. Stop rates are those of the Metropolitan Police in 2017/18 (Home
Office, on Ethnicity Facts and Figures): about 16 stops a year for each 1,000 residents, 9 for White
and 40 for Black residents. What is recorded about a stop (power, object, outcome, blanks, sex, age,
hour, what the officer perceived) is drawn by its frequency in the data.police.uk archive of 2018 to
2020: about 13% end in arrest, self-defined ethnicity is unknown for 16% of people and
officer-perceived for 9%, and 3% of searches are of a vehicle only. Coordinates lie in the open
sea."""

_MOST = """Most boroughs are ordinary: they differ from one another by more than chance, as real
ones do, and none of them should be called out. These truths were planted on purpose:"""


def render_note(period: Period, *, rows: int, seed: int, truths: Iterable[Truth]) -> str:
    """README.txt: what is here, that it is invented, what it is calibrated to, what was planted."""
    paragraphs = [
        "SYNTHETIC DATA – NOT A REAL POLICE SERVICE",
        _wrapped(_ABOUT.format(title=places.TITLE)),
        _wrapped(_FILES.format(rows=rows, period=period.words, seed=seed)),
        _wrapped(_FIGURES),
        _wrapped(_MOST),
        "\n".join(_planted(truth) for truth in truths),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _planted(truth: Truth) -> str:
    text = f"- {truth.unit or 'Whole service'}: {truth.words}"
    return fill(text, width=88, subsequent_indent="  ")


def _wrapped(text: str) -> str:
    return fill(" ".join(text.split()), width=88)
