"""The ``evenhand`` command: its sub-commands, and how a failure leaves the process."""

from __future__ import annotations

import importlib
import json
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup

from evenhand.core import EvenhandError, UnreadableFile, UsageProblem

INTERRUPTED = 130
"""The exit code of a process stopped by Ctrl-C, by the shell's convention (128 + SIGINT)."""

COMMANDS: dict[str, tuple[str, str]] = {
    "measure": ("evenhand.cli.measure:measure", "Measure an archive of stops and write the site."),
    "workforce": ("evenhand.cli.workforce:workforce", "Measure the workforce from loaded tables."),
    "check": ("evenhand.cli.check:check", "Report the quality of files without loading them."),
    "load": ("evenhand.cli.load:load", "Check workforce files and load their good rows."),
    "codelist": ("evenhand.cli.codelist:codelist", "Show classifications and what maps to what."),
    "stats": ("evenhand.cli.stats:stats", "Compare groups in a tidy table of counts."),
    "demo": ("evenhand.cli.demo:demo", "Make, measure and show a synthetic service."),
    "serve": ("evenhand.cli.serve:serve", "Show a site that was written earlier."),
    "run": ("evenhand.cli.run:run", "Start the register of recommendations on this machine."),
    "ledger": ("evenhand.cli.ledger:ledger", "Verify that a ledger has not been rewritten."),
    "digest": ("evenhand.cli.digest:digest", "Send the people of a register what they owe."),
    "register": ("evenhand.cli.register:register", "Read a report into recommendations."),
}
"""Where each command lives. A module is imported only when its command is asked for: the
scientific libraries take longer to import than most commands take to run."""


class LazyGroup(TyperGroup):
    """The commands by name, each imported when used."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Their names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of this name, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = _as_command(getattr(importlib.import_module(module), name))
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The list in the help, without importing what it lists."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


def _as_command(found: typer.Typer | Callable[..., Any]) -> Any:
    if isinstance(found, typer.Typer):
        return typer.main.get_command(found)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command()(found)
    return typer.main.get_command(single)


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="The accountability system for equality in policing: told, measured, done.",
)


@app.callback()
def _root() -> None:
    """Keep the group a group even with one command."""


MISUSE: type[Exception] = typer.BadParameter.__mro__[2]
"""What the parser raises for an unknown command, option or value: BadParameter's root. It is taken
from there because the package that it lives in differs between versions of typer."""


def main() -> None:
    """Run a command; print what went wrong as words or as JSON, and exit by class of error."""
    signal.signal(signal.SIGINT, _interrupt)
    command = typer.main.get_command(app)
    try:
        # Without --json the parser prints its own usage message and exits with 2 as well.
        code = command.main(prog_name="evenhand", standalone_mode=not _wants_json())
    except EvenhandError as error:
        sys.exit(_report(error))
    except MISUSE as error:
        sys.exit(_report(UsageProblem(str(error), rule="command-line", remedy="See --help.")))
    except OSError as error:
        sys.exit(_report(_refused(error)))
    sys.exit(code if isinstance(code, int) else 0)


def _wants_json() -> bool:
    return "--json" in sys.argv


def _refused(error: OSError) -> EvenhandError:
    """A full disk, a folder that is a file, a name that may not be written: the system's no."""
    return UnreadableFile(
        f"the system refused: {error.strerror or error}.",
        file=str(error.filename or ""),
        rule="system-refused",
        remedy="Check the path, its permissions and the space left.",
    )


def _interrupt(_number: int, _frame: object) -> NoReturn:
    """Ctrl-C unwinds like any exit, so that whatever was being written is cleared away."""
    sys.stderr.write("\nStopped. Nothing was left half-written.\n")
    raise SystemExit(INTERRUPTED)


def _report(error: EvenhandError) -> int:
    if _wants_json():
        sys.stdout.write(json.dumps({"error": error.as_dict()}, ensure_ascii=False) + "\n")
    else:
        Console(stderr=True, highlight=False).print(
            f"evenhand: {error}", markup=False, soft_wrap=True
        )
    return error.exit_code
