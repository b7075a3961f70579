"""What tests of the public side share: two people who publish, and every address there is."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from evenhand.web.releases.gathering import Asked
from evenhand.web.releases.queries.frozen import list_records
from evenhand.web.releases.services import approve_release, propose_release


def make_publisher(keeper, member, at):
    """A function by which one person proposes the report and another publishes it."""

    def run(*, asked=Asked(publications=("lamp-2020",)), statement="First.", at=at):  # noqa: B008
        said = {"title": "Spring", "statement": statement, "reasons": "CANARY-reasons"}
        ref = propose_release(asked=asked, by=keeper, at=at, **said)
        approve_release(release=ref, by=member, at=at + timedelta(minutes=1))
        return ref

    return run


def list_addresses() -> list[str]:
    """Whatever the public side serves, by what is in the frozen tables."""
    records = list_records()
    names = ["recommendations", "changes", "files", "states", "levels-actioned"]
    found = [reverse(f"public:{name}") for name in ("front", "changes", "feed", "everything")]
    for name in ("inquiry", "inquiry-feed"):
        found += [reverse(f"public:{name}", args=[ref]) for ref in {r.inquiry for r in records}]
    for name in ("record", "record-json"):
        found += [reverse(f"public:{name}", args=[record.address]) for record in records]
    found += [
        reverse("public:file", args=[record.address, each["name"]])
        for record in records
        for each in record.read().get("files", ())
    ]
    for name in ("csv", "csv-metadata"):
        found += [reverse(f"public:{name}", args=[table]) for table in names]
    numbers = {record.release for record in records}
    for name in ("release", "manifest"):
        found += [reverse(f"public:{name}", args=[number]) for number in numbers]
    return found
