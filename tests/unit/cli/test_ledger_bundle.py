"""Anyone with what a panel was shown can check, offline, that a verdict is bound to just that."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evenhand.accountability.judgement.bundle import hash_facts
from evenhand.accountability.ledger import Event, canonical_bytes, render_ledger
from evenhand.cli.ledger import ledger
from evenhand.core import LedgerBroken

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHOWN = {"item": "recommendation:a/1", "text": "Train every sergeant.", "figure": {"value": "94"}}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    digest = hash_facts(SHOWN)
    facts = [
        ("sitting.convened", "sitting:s", digest),
        ("vote.cast", "sitting:s", digest),
        ("vote.cast", "sitting:t", "0" * 64),
        ("verdict.given", "verdict:v", digest),
    ]
    events = [
        Event(n, kind, "person:1", subject, START, None, {"bundle": bundle})
        for n, (kind, subject, bundle) in enumerate(facts)
    ]
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b"".join(render_ledger(event.body for event in events)))
    return path


def verify(record: Path, content: bytes):
    bundle = record.with_name("bundle.json")
    bundle.write_bytes(content)
    return CliRunner().invoke(ledger, ["verify", str(record), "--bundle", str(bundle)])


def test_a_bundle_that_was_judged_is_found_with_its_verdict_and_votes(record: Path) -> None:
    result = verify(record, canonical_bytes(SHOWN))
    assert result.exit_code == 0
    assert "verdict:v, event 3, and 1 votes are bound to exactly this" in result.stdout


@pytest.mark.parametrize("part", ["text", "figure"])
def test_a_bundle_that_was_altered_is_bound_to_no_verdict(part: str, record: Path) -> None:
    changed = {**SHOWN, part: "Train one sergeant."}
    result = verify(record, canonical_bytes(changed))
    assert isinstance(result.exception, LedgerBroken)
    assert "no verdict in this record is bound" in str(result.exception)


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"a": 1}', b"not json"])
def test_what_is_no_bundle_is_refused(content: bytes, record: Path) -> None:
    assert isinstance(verify(record, content).exception, LedgerBroken)


def test_a_bundle_in_another_spelling_is_not_the_one_that_was_hashed(record: Path) -> None:
    spelled = json.dumps(SHOWN, indent=1).encode()
    assert isinstance(verify(record, spelled).exception, LedgerBroken)
