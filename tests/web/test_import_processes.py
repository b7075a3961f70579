"""An import as a process: from the command to the register, and killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PAPER = b"Fair Review\n\nRecommendation 1\nTrain every team.\n\nRecommendation 2\nPublish it.\n"
CHOICES = ["--new-inquiry", "Fair Review", "--ref", "fair-2019", "--date", "2019-03-14"]
FOUND = """
import sys
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(sys.argv[1])), demo=False, port=0)
from django.utils import timezone
from evenhand.web.demo.cast import assemble
assemble(password="correct-horse-battery", at=timezone.now())
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(os.environ["EVENHAND_HOME"])), demo=False, port=0)
from evenhand.web.imports import services
from evenhand.web.ledger.batch import Batch
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
where, sys.argv = sys.argv[1], ["x", *sys.argv[2:]]
write = Batch.write
if where == "before the events":
    Batch.write = die
elif where == "after the events":
    Batch.write = lambda batch: (write(batch), die())
else:
    services.record_lines = die
from evenhand.web.imports.__main__ import main
main()
"""
STATE = """
import os
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(os.environ["EVENHAND_HOME"])), demo=False, port=0)
import json
from evenhand.web.imports.queries import list_drafts
from evenhand.web.register.models import Inquiry, Publication, Recommendation
print(json.dumps([
    [draft.state for draft in list_drafts()],
    Inquiry.objects.count(), Publication.objects.count(), Recommendation.objects.count(),
]))
"""


def _run(*command: str, home: Path) -> subprocess.CompletedProcess[str]:
    place = {**os.environ, "EVENHAND_HOME": str(home)}
    return subprocess.run(
        [sys.executable, *command], env=place, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    assert _run("-c", FOUND, str(folder), home=folder).returncode == 0
    (tmp_path / "fair.txt").write_bytes(PAPER)
    return folder


def _apply(home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    file = str(home.parent / "fair.txt")
    common = [file, "--by", "secretariat", *CHOICES, "--json", *more]
    return _run("-m", "evenhand.web.imports", *common, home=home)


def _command(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """``evenhand register import …`` as a person types it."""
    code = "from evenhand.cli import main; main()"
    return _run("-c", code, "register", "import", *arguments, "--json", home=home)


def test_an_import_killed_in_the_middle_leaves_all_or_nothing(home):
    file = str(home.parent / "fair.txt")
    for where in ("before the lines", "before the events", "after the events"):
        arguments = [where, file, "--by", "secretariat", *CHOICES, "--yes"]
        assert _run("-c", KILLED, *arguments, home=home).returncode == -signal.SIGKILL
        assert json.loads(_run("-c", STATE, home=home).stdout) == [["waiting"], 0, 0, 0]
    done = _apply(home, "--yes")
    assert json.loads(done.stdout)["publication"] == "fair-2019"
    assert json.loads(_run("-c", STATE, home=home).stdout) == [["accepted"], 1, 1, 2]


@pytest.mark.shared
def test_the_command_puts_all_five_real_papers_on_a_fresh_register(home):
    if not SEEDS.is_dir():
        pytest.skip("needs the real papers in ../shared beside the repository")
    told = []
    for number, paper in enumerate(sorted(SEEDS.iterdir())):
        read = json.loads(_command(str(paper), "--preview", home=home).stdout)
        none = [] if read["recommendations"] else ["--makes-none"]
        names = ["--new-inquiry", f"Inquiry {number}", "--ref", f"paper-{number}"]
        done = _command(str(paper), "--by", "secretariat", "--yes", *names, *none, home=home)
        assert done.returncode == 0, done.stdout
        said = json.loads(done.stdout)
        told.append((said["publication"], said["recommendations"], said["parts"]))
    assert told[1] == ("paper-1", 9, 41)
    assert [each[1] for each in told] == [0, 9, 0, 0, 0]
    states, inquiries, publications, lines = json.loads(_run("-c", STATE, home=home).stdout)
    assert (states, inquiries, publications, lines) == (["accepted"] * 5, 5, 5, 9 + 41)


def test_without_a_yes_nothing_is_recorded_and_another_role_is_refused(home):
    assert json.loads(_apply(home).stdout)["error"]["rule"] == "accepted-by-a-person"
    refused = _apply(home, "--by", "member", "--yes")
    assert json.loads(refused.stdout)["error"]["kind"] == "refused"
    assert json.loads(_run("-c", STATE, home=home).stdout) == [["waiting"], 0, 0, 0]
