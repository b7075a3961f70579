"""The tables of measures: runs, their figures, and what analysts said of findings."""

from evenhand.web.measures.models.people import PersonKey
from evenhand.web.measures.models.reviews import FindingNote, FindingReview
from evenhand.web.measures.models.runs import Figure, Run, RunStanding
from evenhand.web.measures.models.samples import Sample
from evenhand.web.measures.models.saved import SavedMeasure
from evenhand.web.measures.models.tables import RunTable

__all__ = [
    "Figure",
    "FindingNote",
    "FindingReview",
    "PersonKey",
    "Run",
    "RunStanding",
    "RunTable",
    "Sample",
    "SavedMeasure",
]
