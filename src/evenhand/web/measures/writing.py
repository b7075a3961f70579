"""What commands look up before they act."""

from __future__ import annotations

from evenhand.core import UsageProblem
from evenhand.web.foundation.errors import NotThere
from evenhand.web.measures.models import Run


def get_run_row(ref: str) -> Run:
    """The run of this reference."""
    found: Run | None = Run.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such measurement.", rule="run-exists")
    return found


def require_reason(verb: str, reason: str) -> None:
    """Refuse a move without its reason."""
    if not reason.strip():
        raise UsageProblem(f"“{verb}” needs a reason.", rule="moves-have-reasons")
