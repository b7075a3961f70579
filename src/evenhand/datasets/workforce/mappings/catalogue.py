"""Every mapping there is, by its name."""

from __future__ import annotations

from evenhand.core import UsageProblem
from evenhand.datasets.workforce.mappings.home_office import ARRESTS, WORKFORCE
from evenhand.datasets.workforce.mappings.mapping import Mapping
from evenhand.datasets.workforce.mappings.people_survey import PEOPLE_SURVEY
from evenhand.datasets.workforce.mappings.temporary_promotions import TEMPORARY_PROMOTIONS

_ALL = {each.id: each for each in (WORKFORCE, ARRESTS, PEOPLE_SURVEY, TEMPORARY_PROMOTIONS)}


def list_mappings() -> tuple[Mapping, ...]:
    """Every mapping, in the order of the catalogue."""
    return tuple(_ALL.values())


def get_mapping(name: str) -> Mapping:
    """The mapping of this name; refused by name when there is none."""
    if name not in _ALL:
        raise UsageProblem(
            f"there is no mapping {name!r}.",
            rule="mapping-exists",
            remedy=f"The mappings are: {', '.join(_ALL)}.",
        )
    return _ALL[name]
