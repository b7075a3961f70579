"""What a release may not be: without reasons, of nothing, of what is not there in these words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evenhand.core import UsageProblem
from evenhand.web.foundation.errors import NotThere
from evenhand.web.releases.attached import require_still_passed
from evenhand.web.releases.freezing import (
    Record,
)
from evenhand.web.releases.gathering import Asked, gather, list_words, view_at


def require_words(**given: str) -> None:
    """Refuse a text that is to be said and was left empty."""
    missing = [name for name, words in given.items() if not words.strip()]
    if missing:
        raise UsageProblem(
            f"a release needs its {' and '.join(missing)}.", rule="releases-have-reasons"
        )


def require_known(asked: Asked, moment: datetime, records: Sequence[Record]) -> None:
    """Refuse what is not on the register: nothing asked for is left out in silence."""
    if not records:
        raise UsageProblem("there is nothing in this release.", rule="releases-hold-something")
    refs = {record["address"] for record in records}
    reports = {record["publication"]["ref"] for record in records}
    lost = [*(set(asked.recommendations) - refs), *(set(asked.publications) - reports)]
    if lost:
        raise NotThere(f"{', '.join(sorted(lost))}: not on the register.", rule="item-exists")
    if asked.words or asked.files:
        _require_exact(asked, moment)


def _require_exact(asked: Asked, moment: datetime) -> None:
    """Refuse words and files that are not there, or not in the form in which they were chosen."""
    view = view_at(moment)
    materials = gather(asked, as_of=view)
    files = [each for material in materials for each in material.files]
    words = {each.id for each in list_words([m.row for m in materials], as_of=view)}
    if asked.words - words or asked.files - {each.id for each in files}:
        raise UsageProblem(
            "some of the words or files chosen are no longer on the register in this form.",
            remedy="Open the form again and choose from what stands there now.",
            rule="words-are-approved-exactly",
        )
    require_still_passed(files, as_of=view)
