"""``evenhand ledger``: check offline that the record's history has not been rewritten."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from evenhand.accountability.judgement.bound import find_bound, read_bundle
from evenhand.accountability.ledger import (
    Anchor,
    ProvedEvent,
    SignedCheckpoint,
    VerifyingKey,
    check_ledger,
    check_proof,
    check_signatures,
    extract_event,
    read_checkpoint,
    read_key,
    read_proof,
    render_proof_report,
    render_verification,
)
from evenhand.accountability.ledger.export import LONGEST_LINE
from evenhand.core import LedgerBroken, UnreadableFile, UsageProblem

ledger = typer.Typer(
    help="Check offline that the record's history has not been rewritten.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

LONGEST_NOTE = 1 << 20  # bytes; a note, key or proof is a few kilobytes

RootOption = Annotated[
    str | None, typer.Option("--root", metavar="HEX", help="The root printed on a paper.")
]
SizeOption = Annotated[
    int | None, typer.Option("--size", metavar="N", min=0, help="The size printed beside it.")
]
CheckpointOption = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", metavar="FILE", help="A signed checkpoint; may be repeated."),
]
KeyOption = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="The service's public keys, one to a line."),
]
BundleOption = Annotated[
    list[Path] | None,
    typer.Option("--bundle", metavar="FILE", help="What a panel was shown; may be repeated."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one machine-readable object instead.")
]


@ledger.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The ledger's exported file.")],
    root: RootOption = None,
    size: SizeOption = None,
    checkpoint: CheckpointOption = None,
    key: KeyOption = None,
    bundle: BundleOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every event of a ledger's file; say exactly what is wrong.

    Give what you know from outside the file: the root and size from an old paper, a checkpoint
    you kept, the service's public key, what a panel was shown. Exit code 10 when the record does
    not hold together, or when no verdict in it is bound to a bundle that you gave.
    """
    keys = _read_keys(key)
    anchors = [*_printed(root, size), *_signed(checkpoint or [], keys)]
    with _lines(file) as lines:
        outcome = check_ledger(lines, anchors=anchors, keys=keys)
    typer.echo(_as_json(outcome.as_dict()) if as_json else render_verification(outcome))
    if not outcome.ok:
        broken = LedgerBroken(
            f"the record does not hold together: {outcome.faults[0]}.",
            remedy="Keep this file as it is, and ask the service for its account of it.",
            file=file.name,
        )
        _fail(broken, said=as_json)
    for each in bundle or []:
        _check_bundle(file, each, said=as_json)


@ledger.command()
def prove(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The ledger's exported file.")],
    event: Annotated[
        int, typer.Option("--event", metavar="N", min=0, help="The event's sequence number.")
    ],
    size: Annotated[
        int | None,
        typer.Option("--size", metavar="N", min=1, help="Prove it under the root of N events."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write here, not on the screen.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write one event with proof that it is in the record, and none of the other events.

    A file that does not hold together is refused with exit code 10: verify says why.
    """
    with _lines(file) as lines:
        outcome = check_ledger(lines)
    if not outcome.ok:
        raise LedgerBroken(
            f"nothing can be proved from a broken record: {outcome.faults[0]}.", file=file.name
        )
    if size is not None and size > outcome.events:
        raise UsageProblem(f"--size {size:,} is more than the {outcome.events:,} events there are.")
    with _lines(file) as lines:
        proved = extract_event(lines, index=event, size=outcome.events if size is None else size)
    if out is not None:
        with _opened(out):
            out.write_text(proved.render(), encoding="utf-8", newline="\n")
    if as_json:
        written = None if out is None else str(out)
        typer.echo(_as_json({"event": event, "proof": proved.render(), "file": written}))
    elif out is None:
        typer.echo(proved.render(), nl=False)


@ledger.command(name="check-proof")
def check_one_proof(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What prove wrote.")],
    root: RootOption = None,
    size: SizeOption = None,
    checkpoint: CheckpointOption = None,
    key: KeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check that one event is in the record, from its proof alone.

    Give the root and size it should be under, or a checkpoint, or the key of the checkpoint that
    came with the proof. Exit code 10 when the proof does not hold.
    """
    proved, keys = read_proof(_read_text(file)), _read_keys(key)
    anchors = [*_printed(root, size), *_signed(checkpoint or [], keys)]
    problems = [*check_proof(proved), *_check_anchors(proved, anchors)]
    witnessed = bool(anchors)
    if keys and proved.checkpoint is not None:
        problems += [str(fault) for fault in check_signatures(proved.checkpoint, keys)]
        witnessed = True
    witnessed = witnessed and not problems
    if as_json:
        typer.echo(_as_json(proved.as_dict() | {"witnessed": witnessed, "problems": problems}))
    else:
        typer.echo(render_proof_report(proved, problems, witnessed=witnessed))
    if problems:
        broken = LedgerBroken(f"the proof does not hold: {problems[0]}.", file=file.name)
        _fail(broken, said=as_json)


def _check_bundle(file: Path, bundle: Path, *, said: bool) -> None:
    """Say what in the record is bound to a bundle; fail where no verdict is."""
    with _opened(bundle):
        digest = read_bundle(bundle.read_bytes())
    with _lines(file) as lines:
        found = list(find_bound(lines, sha256=digest))
    if not any(each.kind == "verdict.given" for each in found):
        broken = LedgerBroken(
            "no verdict in this record is bound to what is in the bundle: another text, criterion, "
            "figure, claim or evidence was judged.",
            rule="verdict-bound-by-hash",
            file=bundle.name,
        )
        _fail(broken, said=said)
    if not said:
        votes = sum(each.kind == "vote.cast" for each in found)
        verdicts = [each for each in found if each.kind == "verdict.given"]
        typer.echo(
            f"{bundle.name}: {verdicts[-1].subject}, event {verdicts[-1].sequence:,}, and "
            f"{votes} votes are bound to exactly this."
        )


def _fail(broken: LedgerBroken, *, said: bool) -> NoReturn:
    """End with the error's exit code; silently when the JSON on stdout has said it all."""
    if said:
        raise typer.Exit(broken.exit_code)
    raise broken


def _printed(root: str | None, size: int | None) -> list[Anchor]:
    if root is None and size is None:
        return []
    if root is None or size is None:
        raise UsageProblem(
            "--root and --size belong together: a root is over a number of events.",
            remedy="Copy both from the paper's last page.",
            rule="root-and-size",
        )
    try:
        return [Anchor(size, bytes.fromhex(root), "the root given")]
    except ValueError:  # also Anchor's own refusal of another length
        raise UsageProblem(
            "--root is not 64 hexadecimal digits.",
            remedy="Copy it from the paper's last page.",
            rule="root-and-size",
        ) from None


def _signed(files: list[Path], keys: list[VerifyingKey]) -> list[Anchor]:
    return [Anchor.of(_read_checked(file, keys).checkpoint) for file in files]


def _read_checked(file: Path, keys: list[VerifyingKey]) -> SignedCheckpoint:
    """A checkpoint from outside: without a key it is trusted as the reader's own copy."""
    signed = read_checkpoint(_read_text(file))
    for fault in check_signatures(signed, keys) if keys else ():
        raise LedgerBroken(f"{fault.problem}.", file=file.name, rule="signed-checkpoint")
    return signed


def _read_keys(file: Path | None) -> list[VerifyingKey]:
    if file is None:
        return []
    keys = [read_key(line) for line in _read_text(file).splitlines() if line.strip()]
    if not keys:
        raise UnreadableFile("there is no key in it.", file=file.name)
    return keys


def _check_anchors(proved: ProvedEvent, anchors: list[Anchor]) -> list[str]:
    problems = []
    for anchor in anchors:
        if anchor.size != proved.proof.size:
            problems.append(
                f"the proof is over {proved.proof.size:,} events, {anchor.source} over another "
                f"number ({anchor.size:,}): ask for a proof with --size {anchor.size}"
            )
        elif anchor.root != proved.root:
            problems.append(f"the proof leads to another root than {anchor.source}")
    return problems


def _as_json(facts: dict[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _read_text(file: Path) -> str:
    with _opened(file), file.open("rb") as stream:
        content = stream.read(LONGEST_NOTE + 1)
    if len(content) > LONGEST_NOTE:
        raise UnreadableFile("it is far too long for what it should be.", file=file.name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableFile("it is not text.", file=file.name) from None


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[bytes]]:
    """The file's lines, none longer than the checker would accept, with progress on stderr."""
    console = Console(stderr=True)
    with (
        _opened(file),
        file.open("rb") as stream,
        Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress,
    ):
        task = progress.add_task("Checking the record", total=file.stat().st_size)

        def read() -> Iterator[bytes]:
            for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b"")):
                if number % 10_000 == 0:
                    progress.update(task, completed=stream.tell())
                yield line

        yield read()


@contextmanager
def _opened(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableFile(
            f"it cannot be read: {error.strerror}.", remedy="Check the path.", file=str(file)
        ) from None
