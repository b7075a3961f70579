"""The one folder in which an installation keeps everything: record, keys and evidence files."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

SEED_SIZE = 32  # bytes: an Ed25519 seed (RFC 8032 §5.1.5); the session secret is as long
PRIVATE = 0o600
PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Home:
    """Where the files of an installation lie; making one of these touches no disk."""

    folder: Path

    @classmethod
    def from_environment(cls) -> Home:
        """``EVENHAND_HOME``, or ``evenhand-data`` where the command is run."""
        return cls(Path(os.environ.get("EVENHAND_HOME") or "evenhand-data").absolute())

    @property
    def database(self) -> Path:
        """The record, when it is SQLite."""
        return self.folder / "register.sqlite3"

    @property
    def evidence(self) -> Path:
        """Evidence files, each named by its hash."""
        return self.folder / "evidence"

    @property
    def site(self) -> Path:
        """The monitoring site that the register shows, where one has been measured into it."""
        return self.folder / "site"

    @property
    def records(self) -> Path:
        """The made-up records that the demo's monitoring site is measured from."""
        return self.folder / "records"

    @property
    def twins(self) -> Path:
        """Public twins of evidence, apart from the private files."""
        return self.folder / "public-twins"

    @property
    def secret_key(self) -> Path:
        """What sessions are signed with."""
        return self.folder / "session.key"

    @property
    def signing_seed(self) -> Path:
        """What ledger checkpoints are signed with; the public half is beside it."""
        return self.folder / "ledger.key"

    @property
    def public_key(self) -> Path:
        """The line to publish, so that anyone can check a checkpoint."""
        return self.folder / "ledger.pub"

    def prepare(self) -> None:
        """Make the folder and its keys where they are missing; never replaces one that is there."""
        self.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        self.evidence.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        _draw_once(self.secret_key, secrets.token_hex(SEED_SIZE).encode())
        _draw_once(self.signing_seed, secrets.token_bytes(SEED_SIZE))

    def find_secret(self) -> str | None:
        """The session secret, where :meth:`prepare` has been here."""
        return self.secret_key.read_text() if self.secret_key.exists() else None


def _draw_once(path: Path, content: bytes) -> None:
    """Write a secret that no second process can overwrite and nobody else can read."""
    try:
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    except FileExistsError:
        return
    with os.fdopen(number, "wb") as stream:
        stream.write(content)
