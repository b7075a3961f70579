"""What other apps and pages may ask of the measured figures."""

from evenhand.web.measures.queries.comparisons import (
    Comparison,
    Note,
    Review,
    get_comparison,
    list_notes,
)
from evenhand.web.measures.queries.figures import (
    FigureRow,
    Filter,
    count_signals,
    list_figures,
    list_names_of,
)
from evenhand.web.measures.queries.overview import (
    IndicatorLine,
    UnitLine,
    list_all,
    list_by_indicator,
    list_by_unit,
)
from evenhand.web.measures.queries.readings import list_readings
from evenhand.web.measures.queries.runs import RunRow, check_run, get_run, list_latest, list_runs
from evenhand.web.measures.queries.saved import SavedRow, get_saved, list_saved
from evenhand.web.measures.queries.tables import list_tables

__all__ = [
    "Comparison",
    "FigureRow",
    "Filter",
    "IndicatorLine",
    "Note",
    "Review",
    "RunRow",
    "SavedRow",
    "UnitLine",
    "check_run",
    "count_signals",
    "get_comparison",
    "get_run",
    "get_saved",
    "list_all",
    "list_by_indicator",
    "list_by_unit",
    "list_figures",
    "list_latest",
    "list_names_of",
    "list_notes",
    "list_readings",
    "list_runs",
    "list_saved",
    "list_tables",
]
