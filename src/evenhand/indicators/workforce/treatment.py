"""The measures of the workforce: vetting, conduct, reviews, training, being heard."""

from __future__ import annotations

from evenhand.indicators.definition import Direction
from evenhand.indicators.workforce.catalogue import CAREERS, MONTHS
from evenhand.indicators.workforce.definition import Count, Kind, Measure, Words

VETTING_REFUSED = Measure(
    id="workforce-vetting-refused",
    version=1,
    title="Vetting refusals",
    question="Is any group refused vetting more often?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("were refused", "refusals", "decisions"),
    count=Count("vetting", "refused"),
    of=Count("vetting", "decided"),
    caution="Withdrawn and pending cases are in neither side. Grounds are recorded for refusals "
    "alone, so that refusals cannot be set against like cases; read them beside the grounds.",
    months=36,
)

VETTING_GROUNDS = Measure(
    id="workforce-vetting-grounds",
    version=1,
    title="Vetting refusals by ground",
    question="Is any group refused on one ground more often?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("were refused", "refusals", "decisions", "on the ground “{}”"),
    count=Count("vetting", "refused"),
    of=Count("vetting", "decided"),
    steps="ground",
    pooled=False,
    of_steps=False,
    caution="The ground recorded first; the rates of all grounds add up to the rate of refusal.",
    months=36,
)

VETTING_OVERTURNED = Measure(
    id="workforce-vetting-overturned",
    version=1,
    title="Vetting decisions that a second look would change",
    question="Of the decisions looked at again, would more of any group’s have gone another way?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("would have been decided differently", "decisions that differ", "decisions seen"),
    count=Count("vetting", "overturned"),
    of=Count("vetting", "looked_at"),
    caution="A sample: what it did not draw it says nothing about. A second look that knew the "
    "first decision agrees with it too often.",
    months=36,
)

CONDUCT_CASES = Measure(
    id="workforce-conduct-cases",
    version=1,
    title="Conduct cases",
    question="Are cases opened against any group, or brought by it, more often?",
    kind=Kind.RATE,
    worrying=Direction.HIGHER,
    words=Words("were in a case", "cases", "person-years", "in {} cases"),
    count=Count("conduct", "cases"),
    of=MONTHS,
    steps="kind",
    pooled=False,
    of_steps=False,
    caution="More grievances may mean more trust in raising them. One person may be in several "
    "cases, which makes the interval too narrow.",
    months=12,
)

CONDUCT_AGAINST = Measure(
    id="workforce-conduct-against",
    version=1,
    title="Outcomes of complaints and misconduct",
    question="Of like allegations, do more cases against any group end in a finding against them?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("ended in a finding against them", "findings against", "cases decided", "in {}"),
    count=Count("conduct", "against"),
    of=Count("conduct", "against_decided"),
    steps="kind",
    adjusted_for="kind of case and allegation",
    across_units=Direction.HIGHER,
    caution="Like allegations are alike in their category only.",
    months=36,
)

GRIEVANCE_UPHELD = Measure(
    id="workforce-grievance-upheld",
    version=1,
    title="Grievances and tribunals upheld",
    question="Are any group’s grievances and claims upheld less often?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("were upheld", "upheld", "cases decided", "in {}"),
    count=Count("conduct", "upheld"),
    of=Count("conduct", "upheld_decided"),
    steps="kind",
    adjusted_for="kind of case and allegation",
    caution="Cases settled or withdrawn count as decided and not upheld.",
    months=36,
)

CONDUCT_DAYS = Measure(
    id="workforce-conduct-days",
    version=1,
    title="Time until a case is decided",
    question="Do cases of any group take longer to decide?",
    kind=Kind.WAIT,
    worrying=Direction.HIGHER,
    words=Words("were decided", "cases decided", "cases followed", "in {} cases"),
    count=Count("case_waits", "spells"),
    of=Count("case_waits", "spells"),
    steps="kind",
    pooled=False,
    adjusted_for="year of opening (in the test)",
    caution="Cases still open count for as long as they have been open.",
    months=0,
)

DISSATISFIED = Measure(
    id="workforce-dissatisfied",
    version=1,
    title="Dissatisfaction noted in reviews",
    question="Do reviews note dissatisfaction of any group, or in any unit, more often?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("showed dissatisfaction", "reviews that note it", "people reviewed"),
    count=Count("reviews", "dissatisfied"),
    of=Count("reviews", "people"),
    across_units=Direction.HIGHER,
    within_units=True,
    caution="What a manager wrote down: silence may be a manager who is not told.",
)

RATED_BELOW = Measure(
    id="workforce-rated-below",
    version=1,
    title="Ratings below what is expected",
    question="Is any group rated below what is expected more often?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words("were rated below what is expected", "rated below", "people rated"),
    count=Count("reviews", "below"),
    of=Count("reviews", "rated"),
    across_units=Direction.EITHER,
    within_units=True,
    caution="The last rating of each person within the period.",
)

TRAINING_REACH = Measure(
    id="workforce-training-reach",
    version=1,
    title="Training reach",
    question="Of those who must attend, have fewer of any group, or in any unit, been trained?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("have attended", "people trained", "people required", "of those who need {}"),
    count=Count("training", "attended"),
    of=Count("training", "required"),
    steps="course",
    pooled=False,
    adjusted_for="group it is required for",
    across_units=Direction.LOWER,
    caution="The latest record of each person and course.",
)

TRAINING_COMPETENT = Measure(
    id="workforce-training-competent",
    version=1,
    title="Competence after training",
    question="Of those assessed, was any group found competent less often?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("were found competent", "people competent", "people assessed", "in {}"),
    count=Count("training", "competent"),
    of=Count("training", "assessed"),
    steps="course",
    pooled=False,
    caution="Those trained and not yet assessed are in neither side.",
)

SURVEY_FAVOURABLE = Measure(
    id="workforce-survey",
    version=1,
    title="What people say",
    question="Are fewer of any group, or in any unit, favourable?",
    kind=Kind.SHARE,
    worrying=Direction.LOWER,
    words=Words("were favourable", "favourable answers", "answers", "to “{}”"),
    count=Count("survey", "favourable"),
    of=Count("survey", "answered"),
    steps="item",
    pooled=False,
    across_units=Direction.LOWER,
    caution="Says what those who answered think. Fewer than ten answers are shown to nobody.",
    anonymous=True,
)

NOT_DISCLOSED = Measure(
    id="workforce-not-disclosed",
    version=1,
    title="Who would rather not say",
    question="In which units do more people keep a characteristic to themselves?",
    kind=Kind.SHARE,
    worrying=Direction.HIGHER,
    words=Words(
        "preferred not to say", "people who would not say", "people asked", "asked about {}"
    ),
    count=Count("asked", "withheld"),
    of=Count("asked", "asked"),
    steps="characteristic",
    pooled=False,
    across_units=Direction.HIGHER,
    caution="Low disclosure is a finding about trust, and weakens every other comparison.",
)

TREATMENT = (
    VETTING_REFUSED,
    VETTING_GROUNDS,
    VETTING_OVERTURNED,
    CONDUCT_CASES,
    CONDUCT_AGAINST,
    GRIEVANCE_UPHELD,
    CONDUCT_DAYS,
    DISSATISFIED,
    RATED_BELOW,
    TRAINING_REACH,
    TRAINING_COMPETENT,
    SURVEY_FAVOURABLE,
    NOT_DISCLOSED,
)
"""Vetting, conduct, reviews, training, being heard."""

MEASURES = CAREERS + TREATMENT
"""Every measure of the workforce, in the order in which a reader meets them."""

_BY_ID = {measure.id: measure for measure in MEASURES}


def find_measure(id_: str) -> Measure | None:
    """The measure with this id, or None."""
    return _BY_ID.get(id_)
