"""The tables of measures: runs, their figures, and what analysts said of findings."""

from evenhand.web.measures.models.reviews import FindingNote, FindingReview
from evenhand.web.measures.models.runs import Figure, Run, RunStanding

__all__ = ["Figure", "FindingNote", "FindingReview", "Run", "RunStanding"]
