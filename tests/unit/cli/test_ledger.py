"""Anyone with a root, a checkpoint or a key can check the record from the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evenhand.accountability.ledger import (
    Checkpoint,
    Event,
    Frontier,
    SignedCheckpoint,
    SigningKey,
    render_ledger,
    sign_checkpoint,
)
from evenhand.cli.ledger import ledger
from evenhand.core import EvenhandError, LedgerBroken, UnreadableFile, UsageProblem

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = SigningKey("register.example/ledger", bytes(range(32)))


@dataclass(frozen=True)
class Desk:
    """What an auditor has before them."""

    folder: Path
    events: list[Event]
    root: str

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.jsonl"

    def write(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        return str(path)

    def vouch(self, size: int, key: SigningKey = KEY) -> SignedCheckpoint:
        root = Frontier().extend(event.leaf for event in self.events[:size]).root
        return sign_checkpoint(
            Checkpoint(key.name, size, root, START + timedelta(hours=1)), key=key
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    events = [
        Event(n, "update.posted", "person:1", "recommendation:12", START, None, {"step": n})
        for n in range(7)
    ]
    root = Frontier().extend(event.leaf for event in events).root.hex()
    desk = Desk(tmp_path, events, root)
    bodies = (event.body for event in events)
    desk.ledger.write_bytes(b"".join(render_ledger(bodies, checkpoints=[desk.vouch(7)])))
    return desk


def call(*arguments: object) -> Result:
    return CliRunner().invoke(ledger, [str(argument) for argument in arguments])


def refused(result: Result, error: type[EvenhandError]) -> str:
    assert isinstance(result.exception, error), result.output
    return str(result.exception)


def tamper(desk: Desk) -> None:
    content = desk.ledger.read_bytes()
    desk.ledger.write_bytes(content.replace(b'"step":3', b'"step":9'))


def test_a_sound_record_is_called_sound(desk: Desk) -> None:
    result = call("verify", desk.ledger, "--root", desk.root, "--size", 7)
    assert result.exit_code == 0
    assert result.stdout.startswith("Sound. 7 events, 1 checkpoints.")
    assert "The first 7 events are as they were when vouched for." in result.stdout


def test_without_anything_from_outside_the_answer_says_so(desk: Desk) -> None:
    result = call("verify", desk.ledger)
    assert result.exit_code == 0
    assert "agrees with itself" in result.stdout


def test_an_altered_event_is_named_and_the_error_is_of_its_own_class(desk: Desk) -> None:
    tamper(desk)
    result = call("verify", desk.ledger, "--root", desk.root, "--size", 7)
    assert "event 3 is not what was recorded" in refused(result, LedgerBroken)
    assert LedgerBroken.exit_code == 10
    assert "line 5: event 3 is not what was recorded" in result.stdout
    assert "every other one is as it was recorded" in result.stdout


def test_json_is_one_object_whether_sound_or_not(desk: Desk) -> None:
    key = desk.write("key", KEY.public.render() + "\n")
    sound = json.loads(call("verify", desk.ledger, "--key", key, "--json").stdout)
    assert (sound["ok"], sound["witnessed"], sound["faults"]) == (True, 7, [])
    tamper(desk)
    result = call("verify", desk.ledger, "--json")
    assert result.exit_code == LedgerBroken.exit_code
    broken = json.loads(result.stdout)
    assert [(fault["kind"], fault["event"]) for fault in broken["faults"]] == [("altered event", 3)]


def test_a_kept_checkpoint_is_checked_by_its_key_and_then_against_the_file(desk: Desk) -> None:
    key = desk.write("key", KEY.public.render())
    note = desk.write("old.note", desk.vouch(4).render())
    result = call("verify", desk.ledger, "--checkpoint", note, "--key", key, "--json")
    assert json.loads(result.stdout)["witnessed"] == 7
    alone = call("verify", desk.ledger, "--checkpoint", note, "--json")
    assert json.loads(alone.stdout)["witnessed"] == 4
    thief = desk.write("thief.note", desk.vouch(4, SigningKey(KEY.name, bytes(32))).render())
    result = call("verify", desk.ledger, "--checkpoint", thief, "--key", key)
    assert "none of the keys" in refused(result, LedgerBroken)


def test_a_shorter_file_than_a_kept_checkpoint_is_a_broken_record(desk: Desk) -> None:
    note = desk.write("kept.note", desk.vouch(7).render())
    short = b"".join(render_ledger(event.body for event in desk.events[:5]))
    desk.ledger.write_bytes(short)
    result = call("verify", desk.ledger, "--checkpoint", note)
    assert "over 7 events; the file has 5" in refused(result, LedgerBroken)


@pytest.mark.parametrize(
    "options",
    [
        ["--root", "00" * 32],
        ["--size", "7"],
        ["--root", "zz" * 32, "--size", "7"],
        ["--root", "00", "--size", "7"],
    ],
)
def test_half_a_root_is_a_mistake_of_use(desk: Desk, options: list[str]) -> None:
    refused(call("verify", desk.ledger, *options), UsageProblem)


def test_what_cannot_be_read_is_an_unreadable_file(desk: Desk) -> None:
    absent = desk.folder / "absent"
    assert "cannot be read" in refused(call("verify", absent), UnreadableFile)
    assert "cannot be read" in refused(call("verify", desk.folder), UnreadableFile)
    assert "no key" in refused(
        call("verify", desk.ledger, "--key", desk.write("key", "\n")), UnreadableFile
    )
    picture = desk.folder / "picture"
    picture.write_bytes(b"\xff\xd8\xff")
    assert "not text" in refused(call("check-proof", picture), UnreadableFile)
    picture.write_bytes(b"x" * 2_000_000)
    assert "too long" in refused(call("check-proof", picture), UnreadableFile)


def test_a_file_that_is_no_ledger_is_broken(desk: Desk) -> None:
    desk.ledger.write_text("date,ethnicity\n", encoding="utf-8")
    assert "does not begin as a ledger" in refused(call("verify", desk.ledger), LedgerBroken)


def test_a_proof_is_written_and_holds_by_itself(desk: Desk) -> None:
    proof, key = desk.folder / "proof.json", desk.write("key", KEY.public.render())
    assert call("prove", desk.ledger, "--event", 3, "--out", proof).exit_code == 0
    for known in (["--root", desk.root, "--size", 7], ["--key", key]):
        result = call("check-proof", proof, *known, "--json")
        facts = json.loads(result.stdout)
        assert result.exit_code == 0
        assert (facts["event"], facts["witnessed"], facts["problems"]) == (3, True, [])
    unknown = call("check-proof", proof)
    assert unknown.exit_code == 0
    assert "Nothing from outside vouches for that root" in unknown.stdout


def test_a_proof_goes_to_the_screen_unless_a_file_is_named(desk: Desk) -> None:
    result = call("prove", desk.ledger, "--event", 0, "--size", 4)
    saved = desk.write("proof.json", result.stdout)
    note = desk.write("old.note", desk.vouch(4).render())
    assert "Proved: event 0" in call("check-proof", saved, "--checkpoint", note).stdout


def test_a_false_proof_does_not_hold(desk: Desk) -> None:
    text = call("prove", desk.ledger, "--event", 3).stdout
    false = desk.write("proof.json", text.replace('"step":3', '"step":9'))
    assert "another root" in refused(call("check-proof", false), LedgerBroken)
    result = call("check-proof", false, "--json")
    assert result.exit_code == LedgerBroken.exit_code
    assert json.loads(result.stdout)["witnessed"] is False
    honest = desk.write("proof.json", text)
    wrong = call("check-proof", honest, "--root", "00" * 32, "--size", 7)
    assert "another root than the root given" in refused(wrong, LedgerBroken)
    other = call("check-proof", honest, "--root", desk.root, "--size", 6)
    assert "ask for a proof with --size 6" in refused(other, LedgerBroken)
    thief = desk.write("key", SigningKey(KEY.name, bytes(32)).public.render())
    assert "none of the keys" in refused(call("check-proof", honest, "--key", thief), LedgerBroken)


def test_nothing_is_proved_that_is_not_there_or_from_a_broken_record(desk: Desk) -> None:
    refused(call("prove", desk.ledger, "--event", 7), UsageProblem)
    refused(call("prove", desk.ledger, "--event", 0, "--size", 8), UsageProblem)
    nowhere = desk.folder / "absent" / "proof.json"
    refused(call("prove", desk.ledger, "--event", 0, "--out", nowhere), UnreadableFile)
    tamper(desk)
    assert "broken record" in refused(call("prove", desk.ledger, "--event", 0), LedgerBroken)
