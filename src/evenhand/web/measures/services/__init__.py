"""The commands on measured figures."""

from evenhand.web.measures.services.early_warning import look_at_flags, set_person_key
from evenhand.web.measures.services.findings import note_finding, review_finding
from evenhand.web.measures.services.runs import move_run, record_run
from evenhand.web.measures.services.sampling import draw_sample
from evenhand.web.measures.services.saved import save_measure

__all__ = [
    "draw_sample",
    "look_at_flags",
    "move_run",
    "note_finding",
    "record_run",
    "review_finding",
    "save_measure",
    "set_person_key",
]
