"""``python -m evenhand.web.digests``: what ``evenhand digest`` starts, once a week or every day."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evenhand.core import EvenhandError, UsageProblem
from evenhand.web.home import Home
from evenhand.web.starting import prepare

FAILED = 1


def main() -> int:
    """Send what this week has not been sent yet; an error leaves by its exit code."""
    parser = argparse.ArgumentParser(prog="evenhand digest")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    home = Home(chosen.home.absolute()) if chosen.home else Home.from_environment()
    try:
        if not home.database.exists():
            raise UsageProblem(
                "there is no register in this folder.",
                remedy="Say where with --home, or make one with `evenhand run`.",
                rule="register-set-up",
            )
        prepare(home, demo=False, port=0)
        from django.utils import timezone

        from evenhand.web.digests.sending import send_digests

        done = send_digests(at=timezone.now())
    except EvenhandError as error:
        said = json.dumps({"error": error.as_dict()}, ensure_ascii=False)
        stream = sys.stdout if chosen.json else sys.stderr
        stream.write(f"{said}\n" if chosen.json else f"evenhand: {error}\n")
        return error.exit_code
    told = (
        f"Week {done.week}: {done.sent} digests, {done.had_it} had theirs, "
        f"{done.nothing_owed} owe nothing, {done.failed} could not be sent.\n"
    )
    sys.stdout.write(json.dumps(done.as_dict()) + "\n" if chosen.json else told)
    return FAILED if done.failed else 0


if __name__ == "__main__":
    sys.exit(main())
