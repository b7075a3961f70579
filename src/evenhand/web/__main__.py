"""``python -m evenhand.web``: what ``evenhand run`` starts without importing web code."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evenhand.core import EvenhandError
from evenhand.web.home import Home
from evenhand.web.starting import open_first_account, prepare, serve


def main() -> int:
    """Prepare and serve; an error of ours is told as words or JSON, with its exit code."""
    parser = argparse.ArgumentParser(prog="evenhand run")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-demo", dest="demo", action="store_false")
    parser.add_argument("--prepare-only", action="store_true")
    chosen = parser.parse_args()
    home = Home(chosen.home.absolute()) if chosen.home else Home.from_environment()
    try:
        start = prepare(home, demo=chosen.demo, port=chosen.port)
        if chosen.prepare_only:
            sys.stdout.write(json.dumps(start.as_dict()) + "\n" if chosen.json else "Ready.\n")
        else:
            serve(open_first_account(start), port=chosen.port, as_json=chosen.json)
    except EvenhandError as error:
        sys.stderr.write(f"evenhand: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
