"""Tables of releases: what was proposed and decided, and the frozen copies the public reads.

The two halves know each other by reference only. Nothing in the frozen half leads back into the
register, so the public side can be served from these three tables and no others.
"""

from __future__ import annotations

from base64 import b64decode
from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import RELEASE
from evenhand.accountability.remnants import Place
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.releases.choices import Act
from evenhand.web.remnants.seeking import list_texts

HASH = 64  # hexadecimal digits of a SHA-256


class Release(Identity):
    """A proposal to publish: what was asked for, as of when, and the hash of what it then said."""

    subject_kind: ClassVar[str] = "release"
    erasable = ("statement", "reasons")

    title = models.CharField(max_length=200)
    statement = models.TextField()
    reasons = models.TextField()
    asked = models.TextField()
    viewed_at = models.DateTimeField()
    content_sha256 = models.CharField(max_length=HASH)
    records = models.PositiveIntegerField()
    proposed_by = models.CharField(max_length=REF_LENGTH)


class ReleaseStanding(Fact):
    """Proposed, released, declined, taken back or withdrawn; by whom and why."""

    erasable = ("reason",)

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="standings")
    state = models.CharField(
        max_length=20, choices=[(state.code, state.words) for state in RELEASE.states]
    )
    by = models.CharField(max_length=REF_LENGTH)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("release", name="releases_one_standing"),)


class FrozenRelease(Saying):
    """One act on the public side, numbered without gaps: a release, or a withdrawal."""

    erasable = ("statement",)
    copy_place = Place.RELEASE

    number = models.PositiveIntegerField(unique=True)
    act = models.CharField(max_length=10, choices=Act.choices)
    title = models.CharField(max_length=200)
    statement = models.TextField()
    acted_on = models.DateField()
    manifest = models.TextField()
    sha256 = models.CharField(max_length=HASH)
    withdraws = models.PositiveIntegerField(null=True)
    made_up = models.BooleanField()

    def list_said(self) -> list[str]:
        """What it says in words."""
        return [self.title, self.statement]


class FrozenRecord(Saying):
    """What stands at one public address from one act on: canonical JSON, and its hash.

    The newest row of an address is what the address says. Where a passage that was released must
    be erased, the copies of that release are, and a notice stands there until the next.
    """

    erasable = ("body",)
    copy_place = Place.RECORD

    release = models.ForeignKey(FrozenRelease, on_delete=models.PROTECT, related_name="records")
    address = models.CharField(max_length=REF_LENGTH)
    act = models.CharField(max_length=10, choices=Act.choices)
    inquiry = models.CharField(max_length=REF_LENGTH)
    publication = models.CharField(max_length=REF_LENGTH)
    place = models.PositiveIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=HASH)

    class Meta:
        indexes = (models.Index(fields=("address", "-id"), name="releases_newest"),)
        constraints = (
            models.UniqueConstraint(fields=("release", "address"), name="releases_address_once"),
        )

    def list_said(self) -> list[str]:
        """Every text of the record."""
        return list_texts(self.body)


class FrozenFile(Saying):
    """A public twin as it was released at an address: its bytes themselves (base 64), its hash.

    Kept here and not in a folder, so that nothing on the public side opens a file, and the
    database itself refuses to change it. Written once: a later release of the same file at the
    same address refers to it by its name, which holds its hash.
    """

    erasable = ("content",)
    copy_place = Place.FILE

    release = models.ForeignKey(FrozenRelease, on_delete=models.PROTECT, related_name="files")
    address = models.CharField(max_length=REF_LENGTH)
    name = models.CharField(max_length=REF_LENGTH + 40)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=HASH)
    content = models.TextField()

    class Meta:
        indexes = (models.Index(fields=("address", "name"), name="releases_file_of_address"),)

    def list_said(self) -> list[str]:
        """What it says, where it is plain text; no other kind of file is read."""
        if self.content == ERASED or not self.media_type.startswith("text/"):
            return []
        return [b64decode(self.content).decode(errors="replace")]
