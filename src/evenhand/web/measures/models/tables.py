"""Reviewed tables of a run that pages draw: the ladder, the stages, the waits, the targets."""

from __future__ import annotations

from django.db import models

from evenhand.web.foundation.recorded import Saying
from evenhand.web.measures.models.runs import CODE, NAME, Run


class RunTable(Saying):
    """One table of one run as one audience may see it; what is hidden says so in its cell.

    ``columns`` are name, role, title, unit and decimals of each; ``cells`` are lists by the name of
    the column, a cell that is absent an object that names why.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="tables")
    policy = models.CharField(max_length=CODE)
    kind = models.CharField(max_length=CODE)
    characteristic = models.CharField(max_length=CODE, blank=True)
    title = models.CharField(max_length=NAME)
    columns = models.JSONField()
    cells = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("run", "policy", "kind", "characteristic"),
                name="measures_one_table_an_audience",
            ),
        )
