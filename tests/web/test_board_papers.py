"""Papers cannot disagree with the register: every printed number is counted again, two ways."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from evenhand.accountability.exceptions import ExceptionKind
from evenhand.accountability.machines import WORK
from evenhand.accountability.scales import KNOWN_SCALES
from evenhand.core import LedgerBroken
from evenhand.publication.papers import (
    Grid,
    Paper,
    Picture,
    plain,
    render_file,
    render_pdf,
)
from evenhand.publication.papers.model import words_of
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement.queries import judge_items
from evenhand.web.ledger.queries import get_head, list_history
from evenhand.web.meetings import services
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.drafting import compose
from evenhand.web.meetings.drafting.compose import agrees
from evenhand.web.meetings.frozen import Frozen, read_content
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.meetings.queries import (
    get_paper,
    get_snapshot,
    list_versions,
    recount,
)
from evenhand.web.register import services as register
from evenhand.web.work import services as work

AUTHORITY = "body:fenmarsh-authority"
WRITTEN = {
    "equality": "Every strand is touched.",
    "financial": "None.",
    "legal": "None.",
    "risk": "That nothing changes.",
    "contact": "The secretariat.",
}


@pytest.fixture
def keeper(small_demo):
    return small_demo.users["secretariat"]


@pytest.fixture
def meeting(keeper, at):
    on = day_of(at) + timedelta(30)
    return services.plan_meeting(title="Board", body=AUTHORITY, on=on, by=keeper, at=at)


@pytest.fixture
def snapshot(keeper, at):
    return get_snapshot(services.take_snapshot(title="Spring", by=keeper, at=at).ref)


@pytest.fixture
def begin(meeting, snapshot, keeper, at):
    def begun(kind: PaperKind, publication: str = "") -> str:
        plan = PaperPlan(kind, "How things stand", meeting.ref, snapshot.ref, publication)
        return services.begin_paper(plan=plan, by=keeper, at=at).ref

    return begun


def _write(paper: str, keeper, at) -> None:
    for section, text in WRITTEN.items():
        services.edit_section(paper=paper, section=section, text=text, by=keeper, at=at)


def _compose(ref: str, at) -> Paper:
    now = AsOf.now(at)
    return compose(get_paper(ref, as_of=now), list_versions(ref, as_of=now)[-1], as_of=now)


def _version(ref: str, at):
    return list_versions(ref, as_of=AsOf.now(at))[-1]


class _Twice:
    """Every figure of a paper made again, without the code that made it for the paper."""

    def __init__(self, now: Frozen, before: Frozen) -> None:
        self.now, self.before = now, before

    def again(self, key: str) -> float:
        way, _, rest = key.partition(".")
        if way == "before":
            return self._of(rest, self.before)
        if way in ("came", "left"):
            now, then = (set(each.get(rest).members) for each in (self.now, self.before))
            return len(now - then if way == "came" else then - now)
        if way == "moved":
            return self._moved(rest)
        return self._of(key, self.now)

    def _of(self, key: str, frozen: Frozen) -> float:
        if key.startswith("measured."):
            return self._measured(key, frozen)
        count = frozen.get(key)
        again = recount(count, as_of=_as_of(frozen))
        assert count.value == again, key
        return again

    def _measured(self, key: str, frozen: Frozen) -> float:
        """From the criterion's own figures, one criterion at a time."""
        item, _, ending = key.removeprefix("measured.").rpartition(".")
        if ending == "met_months":
            measured = judge_items(as_of=_as_of(frozen), items=[item])[item]
            assert frozen.measured[key].value == measured.judged.met_months
            return measured.judged.met_months
        item, _, end = item.rpartition(".")
        measured = judge_items(as_of=_as_of(frozen), items=[item])[item]
        [value] = {
            getattr(each, ending) for each in measured.readings if each.end.isoformat() == end
        }
        assert frozen.measured[key].value == value
        return value

    def _moved(self, rest: str) -> int:
        def stood(frozen, part, state):
            return set(frozen.get(f"{part}.state.{state}").members)

        codes = WORK.codes
        part, *ways = rest.split(".")
        if ways:
            return len(stood(self.before, part, ways[0]) & stood(self.now, part, ways[1]))
        pairs = [(a, b) for a in codes for b in codes if a != b]
        return sum(len(stood(self.before, part, a) & stood(self.now, part, b)) for a, b in pairs)


def _as_of(snapshot) -> AsOf:
    return AsOf(snapshot.moment, day_of(snapshot.moment))


KINDS = [(PaperKind.PROGRESS, ""), (PaperKind.ITEMS, "faith"), (PaperKind.ITEMS, "lantern")]


def _publication(inquiry: str, snapshot) -> str:
    keys = [key.split(".")[0] for key in snapshot.counts if key.endswith(".unreported")]
    return next((key for key in keys if key.startswith(inquiry)), "")


@pytest.mark.parametrize(("kind", "inquiry"), KINDS)
def test_every_printed_number_is_the_snapshots_and_the_registers(
    kind, inquiry, begin, snapshot, keeper, at
):
    publication = _publication(inquiry, snapshot) if inquiry else ""
    paper_ref = begin(kind, publication)
    paper = _compose(paper_ref, at)
    printed = {figure.key: figure.value for figure in paper.figures()}
    assert len(printed) > (60 if kind is PaperKind.PROGRESS else 8)
    twice = _Twice(snapshot, get_snapshot(_version(paper_ref, at).before))
    for key, value in printed.items():
        assert value == twice.again(key), key


def test_every_figure_of_a_snapshot_is_counted_the_same_another_way(snapshot):
    for count in snapshot.counts.values():
        if count.key.startswith(("all.", "strand.", "lantern", "faith")):
            assert recount(count, as_of=_as_of(snapshot)) == count.value, count.key


def test_parts_of_a_report_add_up_to_its_items(snapshot):
    values = snapshot.values
    reports = [key.removesuffix(".unreported") for key in values if key.endswith(".unreported")]
    assert len(reports) == values["all.reports"] == 5
    for ref in reports:
        levels = [v for key, v in values.items() if key.startswith(f"{ref}.level.")]
        assert sum(levels) + values[f"{ref}.unreported"] == values[f"{ref}.items"]
        groups = ("finished", "unfinished", "apart", "unreported")
        assert sum(values[f"{ref}.{name}"] for name in groups) == values[f"{ref}.items"]
        states = [v for key, v in values.items() if key.startswith(f"{ref}.state.")]
        assert sum(states) == values[f"{ref}.items"]
    assert sum(values[f"{ref}.items"] for ref in reports) == values["all.items"]


def test_columns_of_numbers_hold_figures_and_nothing_typed(begin, at):
    paper = _compose(begin(PaperKind.PROGRESS), at)
    grids = [block for block in paper.blocks() if isinstance(block, Grid)]
    grids += [block.table for block in paper.blocks() if isinstance(block, Picture)]
    checked = 0
    for grid in grids:
        for row in grid.rows:
            for place in grid.numeric:
                assert [run for run in row[place] if isinstance(run, str)] == [], grid.caption
                checked += 1
    assert checked > 100


def test_the_words_and_bars_of_a_picture_say_the_numbers_of_its_table(begin, snapshot, at):
    picture = _picture(_compose(begin(PaperKind.PROGRESS), at), "at a level that it counts")
    told = {
        each.printed
        for words in words_of(picture.table)
        for each in words
        if not isinstance(each, str)
    }
    totals = {f"{v:,}" for key, v in snapshot.values.items() if key.endswith(".items")}
    said = re.findall(r"\d[\d,]*", picture.alt)
    assert len(said) == 3 * snapshot.values["all.reports"]
    assert set(said) <= told | totals
    inside = re.findall(r'font-weight="[^"]*"[^>]*>(\d+)<|class="m in[^>]*>(\d+)<', picture.svg)
    assert {a or b for a, b in inside} <= told


def _picture(paper: Paper, said: str) -> Picture:
    return next(each for each in paper.pictures() if said in each.title)


def test_the_bars_then_and_now_say_the_numbers_of_their_table(begin, at):
    picture = _picture(_compose(begin(PaperKind.PROGRESS), at), "then and now")
    rows = [[each[0].printed for each in row[1:3]] for row in picture.table.rows]
    said = re.findall(r": (\d+) then, (\d+) now\.", picture.alt)
    assert [list(each) for each in said] == rows
    assert len(rows) == len(WORK.states)


def test_the_chart_of_a_measure_says_the_figures_of_its_table(begin, at):
    paper = _compose(begin(PaperKind.PROGRESS), at)
    drawn = [each for each in paper.pictures() if "A dot for each period" in each.alt]
    assert drawn
    for picture in drawn:
        first, last = (plain(picture.table.rows[place][1]).split(" (")[0] for place in (0, -1))
        assert f"It was {first} in the earliest and {last} in the latest" in picture.alt
        assert picture.svg.count("<circle") >= len(picture.table.rows)


def test_the_paper_on_one_report_tells_every_recommendation_in_its_own_words(begin, snapshot, at):
    publication = _publication("faith", snapshot)
    paper = _compose(begin(PaperKind.ITEMS, publication), at)
    text = "\n".join(plain(words) for block in paper.blocks() for words in words_of(block))
    from evenhand.web.register.queries import Filter, list_items

    rows = list_items(Filter(publication=publication), as_of=_as_of(snapshot))
    assert rows
    assert [row.ref for row in rows if row.text not in text and row.text[:100] not in text] == []
    assert text.count("Responsible: ") == len(rows) == snapshot.values[f"{publication}.items"]
    assert text.count("Progress so far") == text.count("Next steps: ") == len(rows)


def test_what_happens_after_the_snapshot_changes_nothing_in_its_paper(
    begin, snapshot, keeper, small_demo, at
):
    ref = begin(PaperKind.PROGRESS)
    before = _compose(ref, at)
    later = at + timedelta(hours=1)
    item = snapshot.get("all.items").members[0].partition(":")[2]
    work.put_challenge(
        recommendation=item, question="Why?", by=small_demo.users["member"], at=later
    )
    register.assign_duty(
        recommendation=item,
        party="team:standards",
        starts=day_of(later),
        reason="x",
        by=keeper,
        at=later,
    )
    assert _compose(ref, later) == before
    assert agrees(snapshot)


def test_a_snapshot_states_the_ledger_it_was_counted_from(keeper, small_demo, at):
    head = get_head()
    taken = services.take_snapshot(title="Now", by=keeper, at=at)
    assert (taken.size, taken.root) == (head.size, head.root.hex())
    [event] = list_history(f"snapshot:{taken.ref}")
    assert event.sequence == head.size
    assert event.after["sha256"] == taken.sha256


def test_a_snapshot_that_was_altered_is_refused(snapshot):
    from evenhand.web.meetings.models import Snapshot

    row = Snapshot.objects.get(ref=snapshot.ref)
    with pytest.raises(LedgerBroken):
        read_content(row.content.replace("lantern", "lanterm", 1), sha256=row.sha256)


def test_an_empty_register_gives_a_paper_that_says_so(cast, at):
    keeper = cast["secretariat"]
    meeting = services.plan_meeting(title="Board", body=AUTHORITY, on=day_of(at), by=keeper, at=at)
    snapshot = services.take_snapshot(title="Empty", by=keeper, at=at)
    plan = PaperPlan(PaperKind.PROGRESS, "Nothing yet", meeting.ref, snapshot.ref)
    paper = _compose(services.begin_paper(plan=plan, by=keeper, at=at).ref, at)
    assert "The register holds no report yet" in render_file(paper)
    assert set(get_snapshot(snapshot.ref).values.values()) == {0}
    assert render_pdf(paper).startswith(b"%PDF")


def _grid(paper: Paper, caption: str) -> Grid:
    return next(b for b in paper.blocks() if isinstance(b, Grid) and b.caption == caption)


def test_every_number_stands_under_the_words_of_its_own_question(begin, snapshot, at):
    paper = _compose(begin(PaperKind.PROGRESS), at)
    scales = {level.words: level.code for s in KNOWN_SCALES.values() for level in s.levels}
    for row in _grid(paper, "Each report by its own scale, as the service reports it").rows:
        ref = row[1][0].key.removesuffix(".items")
        assert [cell[0].key for cell in row[3:]] == [f"{ref}.concerned", f"before.{ref}.concerned"]
        runs = [run for run in row[2] if run != "; "]
        for words, figure in zip(runs[::2], runs[1::2], strict=True):
            said = words.strip()
            ends = "unreported" if said == "nothing reported" else f"level.{scales[said]}"
            assert figure.key == f"{ref}.{ends}"
    for row in _grid(paper, "Exceptions by kind").rows:
        kind = ExceptionKind(row[1][0].key.removeprefix("all.exception."))
        assert (row[0], row[-1]) == ((kind.words,), (kind.clears,))
        assert row[2][0].key == f"before.{row[1][0].key}"
    strands = _grid(paper, "Items by strand of equality")
    ends = ("items", "concerned", "exception.overdue", "exception.unevidenced")
    for row in strands.rows:
        keys = [cell[0].key for cell in row[1:]]
        strand = keys[0].split(".")[1]
        assert keys == [f"strand.{strand}.{end}" for end in ends]
        assert f"under {row[0][0]}" in snapshot.get(keys[0]).words
    annex = paper.annex.rows
    own = [row for row in annex if plain(row[0]) in snapshot.counts]
    assert len(own) > 60
    assert all(plain(row[2]) == snapshot.get(plain(row[0])).words for row in own)
    assert {plain(row[0]) for row in annex} == {figure.key for figure in paper.figures()}


def test_the_numbers_of_recommendations_at_a_level_are_those_that_were_counted(begin, snapshot, at):
    paper = _compose(begin(PaperKind.PROGRESS), at)
    checked = 0
    for grid in (b for b in paper.blocks() if isinstance(b, Grid)):
        if grid.headers != ("Level", "Items", "Recommendations"):
            continue
        for row in grid.rows:
            named = plain(row[2])
            numbers = [] if named == "None" else [_spread(part) for part in named.split(", ")]
            members = snapshot.get(row[1][0].key).members
            told = [number for part in numbers for number in part]
            assert told == [_label(ref) for ref in members], grid.caption
            checked += len(told)
    assert checked == snapshot.values["all.items"]


def _spread(part: str) -> list[str]:
    first, _, last = part.partition("–")
    return [str(n) for n in range(int(first), int(last) + 1)] if last else [first]


def _label(subject: str) -> str:
    parts = subject.split("/")
    return parts[1] if len(parts) == 2 else f"{parts[1]}({parts[2]})"
