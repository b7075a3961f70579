"""The measures of the workforce: joining, rising and leaving."""

from __future__ import annotations

from evenhand.indicators.definition import Direction
from evenhand.indicators.workforce.definition import Count, Kind, Measure, Words

LADDER = "ladder"
"""Facts: everybody's months in service, by grade and length of service."""

HEADS, MONTHS = Count(LADDER, "heads"), Count(LADDER, "months")

REPRESENTATION = Measure(
    id="workforce-representation",
    version=1,
    title="Representation",
    question="Is every group present at each grade and in each unit as it is in the population?",
    kind=Kind.BENCHMARK,
    worrying=Direction.LOWER,
    words=Words("are", "people of the group", "people whose answer is known", "among {}"),
    count=HEADS,
    of=HEADS,
    steps="grade",
    within_units=True,
    caution="A benchmark of the working population says who lives here, not who applied or "
    "could. People who did not answer are left out of both sides and counted beside them.",
)

LADDER_STEP = Measure(
    id="workforce-ladder",
    version=1,
    title="Each grade against the grade below",
    question="At which grade does a group’s share drop against the grade that feeds it?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("are", "people of the group", "people whose answer is known", "among {}"),
    count=HEADS,
    of=HEADS,
    steps="grade",
    pooled=False,
    without=("age_band",),
    caution="A snapshot: those at a grade joined years before those now below it. A drop may be "
    "the make-up of past intakes; the time to promotion says whether people wait longer.",
)

PROMOTION_WAIT = Measure(
    id="workforce-promotion-wait",
    version=1,
    title="Time to promotion",
    question="Does any group wait longer at a grade before it is promoted from it?",
    kind=Kind.WAIT,
    worrying=Direction.HIGHER,
    words=Words("were promoted", "promotions", "people followed", "from {}"),
    count=Count("careers", "spells"),
    of=Count("careers", "spells"),
    steps="grade",
    pooled=False,
    adjusted_for="year of reaching the grade (in the test)",
    crossed=True,
    caution="People still waiting count for as long as they were seen. Those who left count until "
    "then, as if they would have gone on like the others. People whose date of reaching the grade "
    "is not recorded are left out.",
    months=0,
)

LEAVING = Measure(
    id="workforce-leaving",
    version=1,
    title="Leaving",
    question="Does any group, or any unit, lose people faster than others like them?",
    kind=Kind.RATE,
    worrying=Direction.HIGHER,
    words=Words("left", "people who left", "person-years", "among {}"),
    count=Count("leaving", "left"),
    of=MONTHS,
    steps="grade",
    adjusted_for="grade and length of service",
    across_units=Direction.HIGHER,
    within_units=True,
    crossed=True,
    without=("age_band",),
    caution="Retirement is leaving too, so it is not asked of ages. The reason is what was "
    "recorded, not always why.",
)

EARLY_LEAVING = Measure(
    id="workforce-early-leaving",
    version=1,
    title="Leaving early",
    question="Does any group resign, have to resign, or get dismissed more often than others?",
    kind=Kind.RATE,
    worrying=Direction.HIGHER,
    words=Words(
        "resigned, were made to, or were dismissed",
        "people who left early",
        "person-years",
        "among {}",
    ),
    count=Count("leaving", "early"),
    of=MONTHS,
    steps="grade",
    adjusted_for="grade and length of service",
    across_units=Direction.HIGHER,
    crossed=True,
    caution="A resignation is counted whatever stood behind it.",
)

BAD_LOSS = Measure(
    id="workforce-bad-loss",
    version=1,
    title="Losses that should not have happened",
    question="Of those who left, was any group’s leaving more often classed as a bad loss?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("were classed as a bad loss", "bad losses", "leavers classed"),
    count=Count("exits", "bad"),
    of=Count("exits", "classed"),
    across_units=Direction.HIGHER,
    caution="Only leavers who gave an exit interview or survey, and whose loss somebody classed.",
    anonymous=True,
    months=24,
)

EXIT_REASON = Measure(
    id="workforce-exit-reason",
    version=1,
    title="Reasons for leaving",
    question="Does any group give a reason for leaving more often than others?",
    kind=Kind.SHARE,
    worrying=Direction.EITHER,
    words=Words("gave the reason", "leavers who gave it", "leavers who gave a reason", "for “{}”"),
    count=Count("exits", "gave"),
    of=Count("exits", "gave"),
    steps="reason",
    pooled=False,
    of_steps=False,
    without=("age_band",),
    caution="The main reason as the leaver put it; the shares of all reasons add up to one.",
    anonymous=True,
    months=24,
)

PROCESS_STAGE = Measure(
    id="workforce-process-stage",
    version=1,
    title="Stages of selection",
    question="At any stage, do fewer of one group get through, of those who reached it?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("got through", "people who got through", "people who reached it", "at {}"),
    count=Count("processes", "passed"),
    of=Count("processes", "reached"),
    steps="stage",
    pooled=False,
    adjusted_for="process",
    caution="Those who reach a late stage were selected at the earlier ones. Who withdrew "
    "reached the stage and did not get through; decisions still pending are in neither side.",
    months=36,
)

EXAM_PASS = Measure(
    id="workforce-exam-pass",
    version=1,
    title="Examinations",
    question="Does any group pass the examinations less often?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("passed", "people who passed", "people who sat it", "at {}"),
    count=Count("processes", "exam_passed"),
    of=Count("processes", "exam_sat"),
    steps="stage",
    pooled=False,
    adjusted_for="examination",
    caution="A candidate may sit an examination more than once; each sitting counts.",
    months=36,
)

MANAGER_SUPPORT = Measure(
    id="workforce-manager-support",
    version=1,
    title="The line manager’s support",
    question="Do line managers support applications from any group less often?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("were supported by their line manager", "people supported", "people needing it"),
    count=Count("support", "supported"),
    of=Count("support", "needed"),
    caution="Says nothing of those who were put off before they asked.",
    months=36,
)

WITHDRAWAL = Measure(
    id="workforce-withdrawal",
    version=1,
    title="Withdrawing from selection",
    question="Does any group withdraw from selection more often?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("withdrew", "people who withdrew", "people at the stage", "at {}"),
    count=Count("processes", "withdrew"),
    of=Count("processes", "reached"),
    steps="stage",
    pooled=False,
    adjusted_for="process",
    caution="Why they withdrew is not in these records.",
    months=36,
)

TEMPORARY_MIX = Measure(
    id="workforce-temporary-mix",
    version=1,
    title="Who is given temporary promotion",
    question="Are temporary promotions given to each group as often as it stands in the grade "
    "they are given from?",
    kind=Kind.BENCHMARK,
    worrying=Direction.LOWER,
    words=Words("are", "people promoted for a time", "people whose answer is known", "from {}"),
    count=Count("temporary", "posts"),
    of=Count("temporary", "posts"),
    steps="grade",
    without=("age_band",),
    caution="The pool is everybody at the grade below over the period, whether or not they "
    "wanted the post.",
    months=36,
)

TEMPORARY_OVERRUN = Measure(
    id="workforce-temporary-overrun",
    version=1,
    title="Temporary promotions past their end",
    question="Do any group’s temporary promotions run on, or have no end, more often?",
    kind=Kind.SHARE,
    worrying=Direction.EITHER,
    words=Words(
        "hold or held a post past its planned end, or without one",
        "posts past their end or without one",
        "temporary posts",
    ),
    count=Count("temporary", "overrun"),
    of=Count("temporary", "posts"),
    across_units=Direction.HIGHER,
    caution="A post counts as overrun when it went on past the first planned end, or has none.",
    months=36,
)

CAREERS = (
    REPRESENTATION,
    LADDER_STEP,
    PROMOTION_WAIT,
    PROCESS_STAGE,
    EXAM_PASS,
    MANAGER_SUPPORT,
    WITHDRAWAL,
    LEAVING,
    EARLY_LEAVING,
    BAD_LOSS,
    EXIT_REASON,
    TEMPORARY_MIX,
    TEMPORARY_OVERRUN,
)
"""Joining, rising and leaving."""
