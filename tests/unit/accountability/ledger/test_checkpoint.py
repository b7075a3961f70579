"""A checkpoint is signed by the service it names, and two of them show a rollback or a fork."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.accountability.ledger import (
    Checkpoint,
    ConsistencyProof,
    Event,
    FaultKind,
    Frontier,
    SignedCheckpoint,
    SigningKey,
    build_consistency_proof,
    check_signatures,
    check_succession,
    read_checkpoint,
    read_key,
    sign_checkpoint,
)
from evenhand.core import LedgerBroken, UsageProblem

Vouch = Callable[[int], SignedCheckpoint]


def prove(events: list[Event], first: int, second: int) -> ConsistencyProof:
    leaves = [event.leaf for event in events]

    def node(level: int, index: int) -> bytes:
        return Frontier().extend(leaves[index << level : (index + 1) << level]).root

    return build_consistency_proof(first, second, node=node)


def test_a_note_read_back_is_the_note_that_was_signed(vouch: Vouch, key: SigningKey) -> None:
    signed = vouch(5)
    assert read_checkpoint(signed.render()) == signed
    assert check_signatures(signed, [key.public]) == ()


def test_a_note_is_plain_text_a_person_can_read(vouch: Vouch) -> None:
    lines = vouch(5).render().split("\n")
    assert lines[0] == "register.example/ledger"
    assert lines[1] == "5"
    assert lines[3] == "time 2026-03-02T09:04:30.000000Z"
    assert lines[4] == ""
    assert lines[5].startswith("— register.example/ledger ")


def test_every_changed_bit_of_a_note_is_noticed(vouch: Vouch, key: SigningKey) -> None:
    note = vouch(5).render().encode()
    for place in range(len(note)):
        for bit in range(8):
            forged = note[:place] + bytes([note[place] ^ (1 << bit)]) + note[place + 1 :]
            try:
                signed = read_checkpoint(forged.decode())
            except (UnicodeDecodeError, LedgerBroken):
                continue
            assert check_signatures(signed, [key.public]), (place, bit)


def test_a_forged_line_is_a_bad_signature(vouch: Vouch, key: SigningKey) -> None:
    signed = vouch(5)
    forged = replace(signed, checkpoint=replace(signed.checkpoint, size=6))
    (fault,) = check_signatures(forged, [key.public])
    assert fault.kind is FaultKind.BAD_SIGNATURE


def test_another_key_of_the_same_name_does_not_vouch(vouch: Vouch, key: SigningKey) -> None:
    other = SigningKey(key.name, bytes(32))
    (fault,) = check_signatures(vouch(5), [other.public])
    assert "none of the keys" in fault.problem
    assert check_signatures(vouch(5), [other.public, key.public]) == ()
    assert check_signatures(vouch(5), [])


def test_a_witness_may_sign_beside_the_service_but_not_in_its_place(
    vouch: Vouch, key: SigningKey
) -> None:
    witness = SigningKey("witness.example", bytes(32))
    signed = vouch(5)
    own = sign_checkpoint(replace(signed.checkpoint, origin=witness.name), key=witness)
    line = replace(own.signatures[0], signature=witness.sign(signed.checkpoint.text.encode()))
    beside = replace(signed, signatures=(*signed.signatures, line))
    alone = replace(signed, signatures=(line,))
    assert read_checkpoint(beside.render()) == beside
    assert check_signatures(beside, [key.public, witness.public]) == ()
    assert check_signatures(alone, [key.public, witness.public])
    false = replace(beside, signatures=(*signed.signatures, own.signatures[0]))
    assert check_signatures(false, [key.public, witness.public])


def test_a_key_signs_for_its_own_record_only(vouch: Vouch) -> None:
    with pytest.raises(UsageProblem, match="cannot vouch"):
        sign_checkpoint(vouch(5).checkpoint, key=SigningKey("other.example", bytes(32)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: "",
        lambda note: note.rstrip("\n"),
        lambda note: note + "\n",
        lambda note: note.replace("\n", "\r\n"),
        lambda note: note.replace("\n5\n", "\n05\n"),
        lambda note: note.replace("\n5\n", "\n-5\n"),
        lambda note: note.replace("\n5\n", "\n٥\n"),
        lambda note: note.replace("\n5\n", "\n" + "9" * 5000 + "\n"),
        lambda note: note.replace("time ", "when "),
        lambda note: note.replace("T09:", "T25:"),
        lambda note: note.replace("— ", "- "),
        lambda note: note.split("\n\n")[0] + "\n\n",
        lambda note: note.replace("=\n", "\n", 1),
        lambda note: note.replace("register.example", "register example"),
    ],
)
def test_what_is_not_exactly_a_note_is_not_read(vouch: Vouch, spoil: Callable[[str], str]) -> None:
    note = vouch(5).render()
    assert spoil(note) != note
    with pytest.raises(LedgerBroken, match="not a signed checkpoint"):
        read_checkpoint(spoil(note))


def test_a_record_that_only_grew_is_in_order(vouch: Vouch, events: list[Event]) -> None:
    earlier, later = vouch(5).checkpoint, vouch(8).checkpoint
    assert check_succession(earlier, later, proof=prove(events, 5, 8)) == ()
    assert check_succession(later, later) == ()
    assert check_succession(earlier, replace(earlier, at=later.at)) == ()


def test_fewer_events_than_before_is_a_rollback(vouch: Vouch) -> None:
    later = replace(vouch(5).checkpoint, at=vouch(8).checkpoint.at)
    (fault,) = check_succession(vouch(8).checkpoint, later)
    assert fault.kind is FaultKind.ROLLBACK


def test_another_root_at_the_same_size_is_a_fork(vouch: Vouch) -> None:
    honest = vouch(5).checkpoint
    (fault,) = check_succession(honest, replace(honest, root=bytes(32)))
    assert fault.kind is FaultKind.FORK
    assert "two histories" in fault.problem


def test_a_longer_record_with_another_beginning_is_a_fork(
    vouch: Vouch, events: list[Event]
) -> None:
    earlier, later = vouch(5).checkpoint, vouch(8).checkpoint
    changed = [Event(0, "update.posted", "person:9", "recommendation:1", events[0].at), *events[1:]]
    root = Frontier().extend(event.leaf for event in changed).root
    forged = replace(later, root=root)
    for proof in (None, prove(events, 5, 8), prove(changed, 5, 8), prove(events, 4, 8)):
        (fault,) = check_succession(earlier, forged, proof=proof)
        assert fault.kind is FaultKind.FORK
    (fault,) = check_succession(earlier, later, proof=prove(events, 4, 8))
    assert "other sizes" in fault.problem


def test_time_and_origin_are_part_of_the_succession(vouch: Vouch) -> None:
    one = vouch(5).checkpoint
    (backwards,) = check_succession(one, replace(one, at=one.at - timedelta(seconds=1)))
    assert backwards.kind is FaultKind.TIME_BACKWARDS
    (foreign,) = check_succession(one, replace(one, origin="other.example"))
    assert foreign.kind is FaultKind.FORK


def test_a_checkpoint_without_its_shape_is_refused(vouch: Vouch) -> None:
    one = vouch(5).checkpoint
    for changes in ({"origin": "two words"}, {"origin": ""}, {"size": -1}, {"root": b"short"}):
        with pytest.raises(UsageProblem):
            replace(one, **changes)
    with pytest.raises(UsageProblem, match="time zone"):
        Checkpoint(one.origin, 5, one.root, one.at.replace(tzinfo=None))


def test_a_key_is_one_line_and_any_other_line_is_refused(key: SigningKey) -> None:
    line = key.public.render()
    assert read_key(f"{line}\n") == key.public
    name, number, encoded = line.split("+", 2)
    for wrong in (
        "",
        name,
        f"{name}+{number}",
        f"{name}+00000000+{encoded}",
        f"other.example+{number}+{encoded}",
        f"{name}+{number}+{encoded[:-4]}",
        f"{name}+{number}+!!!!",
        f"two words+{number}+{encoded}",
    ):
        with pytest.raises(UsageProblem):
            read_key(wrong)


def test_the_secret_half_is_not_in_what_is_printed(key: SigningKey) -> None:
    assert "seed" not in repr(key)
    with pytest.raises(UsageProblem, match="32 random bytes"):
        SigningKey(key.name, b"short")
