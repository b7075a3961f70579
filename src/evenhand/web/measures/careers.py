"""The questions of a career that have a page: what each asks, draws, and is measured by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenhand.disclosure import ReleasedTable
from evenhand.indicators.workforce.catalogue import LADDER_STEP, PROCESS_STAGE, PROMOTION_WAIT
from evenhand.monitoring.careers import draw_ladder, draw_stages, draw_waits, list_steps
from evenhand.monitoring.drawn import DrawnKind
from evenhand.publication import TableView
from evenhand.web.measures.drawing import draw_figure, draw_table
from evenhand.web.measures.queries import FigureRow

Tables = Mapping[DrawnKind, ReleasedTable]


@dataclass(frozen=True, slots=True)
class Question:
    """One page: its part of the address, its title, how to read it, and what it is made of.

    ``by_step`` says whether one grade is looked at at a time.
    """

    slug: str
    title: str
    lead: str
    indicator: str
    kinds: tuple[DrawnKind, ...]
    by_step: bool = False


LADDER = Question(
    slug="ladder",
    title="The ladder of grades",
    lead="Of everybody at a grade whose answer is known, how many are of each group? Where the "
    "share drops from one grade to the next, something thins the group out there: fewer apply, "
    "fewer get through, more leave, or those now above joined in years when fewer did. The ladder "
    "alone does not say which; selection and waiting do.",
    indicator=LADDER_STEP.id,
    kinds=(DrawnKind.LADDER,),
)
SELECTION = Question(
    slug="selection",
    title="The stages of selection",
    lead="Of those who reached a stage, how many got through it? Each stage is counted on its own, "
    "so that a group is not blamed twice for one narrow place. The impact ratio sets a group’s "
    "rate against the comparator’s: below four fifths is the line that lawyers know, and the exact "
    "test says how easily chance alone would do it.",
    indicator=PROCESS_STAGE.id,
    kinds=(DrawnKind.STAGES, DrawnKind.IMPACT),
)
WAITING = Question(
    slug="waiting",
    title="Waiting for promotion",
    lead="How long do people stay at a grade before they are promoted from it? Most have not been "
    "promoted yet, so an average over those who were would flatter everybody. The curve counts "
    "each person for as long as they were seen waiting; the difference is in months, up to the "
    "last month at which enough of both groups are still followed.",
    indicator=PROMOTION_WAIT.id,
    kinds=(DrawnKind.WAITS, DrawnKind.FOLLOWED),
    by_step=True,
)
QUESTIONS = {each.slug: each for each in (LADDER, SELECTION, WAITING)}


def draw_question(
    question: Question, tables: Tables, rows: Sequence[FigureRow], *, step: str
) -> list[Markup]:
    """The charts of a page, each with its table; a table alone where nothing can be drawn."""
    first = tables.get(question.kinds[0])
    if first is None:
        return []
    if question is LADDER:
        signals = {(row.step, row.group): row.signal for row in rows if row.signal}
        chart = draw_ladder(first, signals)
        charts = [] if chart is None else [chart]
    elif question is SELECTION:
        charts = draw_stages(first)
    else:
        wait = draw_waits(first, step)
        charts = [] if wait is None else [wait]
    drawn = [
        draw_figure(chart, ident=f"{question.slug}-{number}", fold=True)
        for number, chart in enumerate(charts)
    ]
    return drawn or [draw_table(TableView(first.where(step=step) if question.by_step else first))]


def draw_besides(tables: Tables, *, step: str) -> list[tuple[str, Markup]]:
    """Tables beside the charts, each with its heading: conventions of law, who was followed."""
    impact, followed = tables.get(DrawnKind.IMPACT), tables.get(DrawnKind.FOLLOWED)
    found = []
    if impact is not None:
        found.append(("By the conventions of law", draw_table(TableView(impact))))
    if followed is not None:
        whole = followed.where(step=step)
        found.append(("Who was followed, and who was promoted", draw_table(TableView(whole))))
    return found


def find_steps(question: Question, tables: Tables) -> list[str]:
    """The grades there are to choose from, where one is looked at at a time."""
    first = tables.get(question.kinds[0])
    return list_steps(first) if first is not None and question.by_step else []
