"""The canonical tables of the workforce, one per dataset: what every measure reads."""

from __future__ import annotations

from evenhand.datasets.workforce.schema import Column, Holds, TableSchema

CHARACTERISTICS = (
    "sex",
    "ethnicity",
    "disability",
    "religion",
    "sexual_orientation",
    "age_band",
)
"""The self-declared characteristics that every table about people carries, in this order."""

PREFER_NOT_TO_SAY, NOT_ASKED, BLANK = "prefer_not_to_say", "not_asked", "blank"
ABSENT = (PREFER_NOT_TO_SAY, NOT_ASKED, BLANK)
"""Three ways in which a characteristic is not known, kept apart: declined; never asked; empty."""

ETHNICITY_EDITIONS = (
    "ethnicity-2011",
    "ethnicity-2021",
    "ethnicity-2001",
    "ethnicity-broad",
    "ethnicity-broad-2001",
    "ethnicity-binary",
)
"""A file is read in the edition that knows most of its cells; the first where several know all."""

AGE_EDITIONS = ("age-workforce", "age-ten-year")
GRADES = ("rank", "rank-workforce", "staff-band", "grade-other")
"""Where a grade is looked for, in order: ranks, bands of staff, PCSOs and specials."""

_CHARACTERISTIC_COLUMNS = (
    Column("sex", Holds.CODE, "sex as declared", ("sex",)),
    Column("ethnicity", Holds.CODE, "self-defined ethnicity, a code of its edition",
           ETHNICITY_EDITIONS),
    Column("disability", Holds.CODE, "whether declared disabled", ("disability",)),
    Column("religion", Holds.CODE, "religion or belief as declared", ("religion-2021",)),
    Column("sexual_orientation", Holds.CODE, "sexual orientation as declared",
           ("sexual-orientation-2021",)),
    Column("age_band", Holds.CODE, "age group at the date of the row", AGE_EDITIONS),
    Column("ethnicity_edition", Holds.TEXT, "the codelist the ethnicity is a code of"),
)  # fmt: skip

_PERSON = Column("person", Holds.PERSON, "pseudonymous key of the person")
_UNIT = Column("unit", Holds.TEXT, "borough, command or department")
_GRADE = Column("grade", Holds.CODE, "rank or band", GRADES)
_PART_TIME = Column("part_time", Holds.FLAG, "whether part time")


def _code(name: str, meaning: str, *codelists: str) -> Column:
    return Column(name, Holds.CODE, meaning, codelists or (name.replace("_", "-"),))


def _text(name: str, meaning: str) -> Column:
    return Column(name, Holds.TEXT, meaning)


def _day(name: str, meaning: str) -> Column:
    return Column(name, Holds.DAY, meaning)


STRENGTH = TableSchema(
    "strength",
    "Everyone employed or volunteering, once a month",
    (
        Column("month", Holds.MONTH, "the month of the snapshot"),
        _PERSON,
        _UNIT,
        _code("role_type", "officer, staff, pcso or special"),
        _GRADE,
        Column("grade_order", Holds.NUMBER, "how high the grade stands on its own ladder, from 1"),
        _code("specialism", "uniform, detective or other; blank where not said"),
        _PART_TIME,
        _day("started_on", "when the person joined"),
        *_CHARACTERISTIC_COLUMNS,
    ),
    key=("month", "person"),
)

MOVEMENTS = TableSchema(
    "movements",
    "Joining, rising, moving and leaving",
    (
        _PERSON,
        _code("kind", "what happened", "movement-kind"),
        _day("on", "when it happened"),
        Column("from_grade", Holds.CODE, "grade before; blank when joining", GRADES),
        Column("to_grade", Holds.CODE, "grade after; blank when leaving", GRADES),
        _text("from_unit", "unit before"),
        _text("to_unit", "unit after"),
        _text("reason", "reason given for leaving, moving or extending"),
        _day("planned_end", "when a temporary promotion is to end; null while open-ended"),
    ),
    key=("person", "kind", "on"),
)

PROCESSES = TableSchema(
    "processes",
    "Recruitment, promotion and specialist selections, stage by stage",
    (
        _PERSON,
        _text("process", "which process: its name or number"),
        _code("process_kind", "recruitment, promotion, specialist or exam"),
        _text("stage", "the stage's name"),
        Column("stage_order", Holds.NUMBER, "where the stage stands in its process, from 1"),
        _code("outcome", "pass, fail, withdrew or pending", "stage-outcome"),
        _day("on", "when the stage was decided"),
        Column("grade", Holds.CODE, "the grade applied for", GRADES),
        _code("line_manager", "whether the line manager supported it"),
        Column("assessors", Holds.NUMBER, "how many people assessed; null where not said"),
        *_CHARACTERISTIC_COLUMNS,
    ),
    key=("person", "process", "stage"),
)

VETTING = TableSchema(
    "vetting",
    "Vetting decisions and the second looks at a sample of them",
    (
        _PERSON,
        _day("on", "when decided"),
        _code("decision", "cleared, refused, withdrawn or pending", "vetting-decision"),
        _text("grounds", "grounds of a refusal"),
        Column("sampled", Holds.FLAG, "whether looked at again in a dip sample"),
        Column("second_decision", Holds.CODE, "what the second look decided; blank when none",
               ("vetting-decision",)),
        *_CHARACTERISTIC_COLUMNS,
    ),
    key=("person", "on"),
)  # fmt: skip

CONDUCT = TableSchema(
    "conduct",
    "Complaints, misconduct, grievances and tribunals",
    (
        _PERSON,
        _code("kind", "complaint, misconduct, grievance or tribunal", "conduct-kind"),
        _text("allegation", "what was alleged, in the service's own categories"),
        _text("stage", "the stage the case has reached"),
        _text("outcome", "how that stage ended; blank while open"),
        _day("opened_on", "when the case was opened"),
        Column("days", Holds.NUMBER, "days from opening to this outcome; null while open"),
        _UNIT,
        _GRADE,
        *_CHARACTERISTIC_COLUMNS,
    ),
)

REVIEWS = TableSchema(
    "reviews",
    "Performance reviews and signs of dissatisfaction",
    (
        _PERSON,
        _day("period_end", "the end of the period reviewed"),
        _code("rating", "the rating given", "review-rating"),
        Column("dissatisfied", Holds.FLAG, "whether the review notes dissatisfaction"),
        _UNIT,
        _GRADE,
        Column("manager", Holds.PERSON, "pseudonymous key of the line manager"),
        *_CHARACTERISTIC_COLUMNS,
    ),
    key=("person", "period_end"),
)

TRAINING = TableSchema(
    "training",
    "Who had to attend which course, did, and was found competent",
    (
        _PERSON,
        _text("course", "the course"),
        _text("required_group", "the group for whom it is required; blank where it is not"),
        _day("required_by", "the date by which it is required"),
        Column("attended", Holds.FLAG, "whether the person attended"),
        _day("attended_on", "when; null where not attended"),
        _code("competent", "yes, no or not_assessed"),
        _day("on", "the date the record speaks for"),
        _UNIT,
        _PART_TIME,
        *_CHARACTERISTIC_COLUMNS,
    ),
    key=("person", "course", "on"),
)

SURVEY = TableSchema(
    "survey",
    "Answers to a staff survey, one row for each respondent and item",
    (
        _day("wave", "the date of the survey"),
        Column("respondent", Holds.PERSON, "key of the respondent within the wave"),
        _text("item", "the statement put"),
        Column("score", Holds.NUMBER, "1 strongly disagree to 5 strongly agree"),
        _UNIT,
        *_CHARACTERISTIC_COLUMNS,
    ),
    key=("wave", "respondent", "item"),
)

SURVEY_PUBLISHED = TableSchema(
    "survey_published",
    "Published survey results by group, with their bases",
    (
        _day("wave", "the date of the survey"),
        _text("item", "the statement put"),
        _text("characteristic", "one of the characteristics, or any other breakdown"),
        _text("grp", "the group: a code where the breakdown has a codelist, else as published"),
        Column("favourable_share", Holds.SHARE, "share who agreed; null where suppressed"),
        Column("base", Holds.NUMBER, "how many answered; null where not published"),
        _text("population", "who was asked"),
    ),
    key=("wave", "item", "characteristic", "grp", "population"),
)

EXITS = TableSchema(
    "exits",
    "Why people left, from the leavers' survey",
    (
        Column("person_key", Holds.PERSON, "pseudonymous key of the leaver"),
        _day("left_on", "when the person left"),
        _text("reason", "the main reason given"),
        _code("loss_class", "acceptable, good or bad; blank where not classed"),
        _GRADE,
        _UNIT,
        *_CHARACTERISTIC_COLUMNS,
    ),
    key=("person_key", "left_on"),
)

BENCHMARKS = TableSchema(
    "benchmarks",
    "The population a workforce is compared with",
    (
        _text("area", "the area the population lives or works in"),
        Column("year", Holds.NUMBER, "the year of the count"),
        _text("edition", "the codelist of the groups; blank where the characteristic has one"),
        _text("characteristic", "which characteristic is counted"),
        _text("grp", "the group: a code of the edition"),
        Column("count", Holds.NUMBER, "people of working age"),
    ),
    key=("area", "year", "edition", "characteristic", "grp"),
)

TARGETS = TableSchema(
    "targets",
    "Shares or numbers to be reached by a date, each with its owner",
    (
        _text("indicator", "which measure the target is for"),
        _text("characteristic", "which characteristic"),
        _text("grp", "which group"),
        Column("grade", Holds.CODE, "which grade; blank for all", GRADES),
        _day("by", "when it is to be reached"),
        Column("share", Holds.SHARE, "the share to reach; null where a number is given"),
        Column("heads", Holds.NUMBER, "the number to reach; null where a share is given"),
        _text("owner", "the post that answers for it"),
    ),
    key=("indicator", "characteristic", "grp", "grade", "by"),
)

STRENGTH_PUBLISHED = TableSchema(
    "strength_published",
    "Published headcounts by service, grade and group",
    (
        _day("on", "the date of the count"),
        _text("area", "the police service: a code where it has one"),
        _code("role_type", "officer, staff, pcso or special"),
        _GRADE,
        Column("grade_order", Holds.NUMBER, "how high the grade stands on its own ladder, from 1"),
        _text("characteristic", "which characteristic is counted"),
        _text("grp", "the group: a code of the characteristic's codelist"),
        Column("heads", Holds.NUMBER, "people"),
        Column("fte", Holds.AMOUNT, "full-time equivalents; null where not published"),
    ),
    key=("on", "area", "role_type", "grade", "characteristic", "grp"),
)

ARRESTS_PUBLISHED = TableSchema(
    "arrests_published",
    "Published arrests by service, offence and group",
    (
        _day("year_ending", "the last day of the year counted"),
        _text("area", "the police service: a code where it has one"),
        _text("offence", "the offence group as published"),
        _code("sex", "sex as recorded", "sex"),
        Column("ethnicity", Holds.CODE, "self-defined ethnicity", ETHNICITY_EDITIONS),
        Column("ethnicity_edition", Holds.TEXT, "the codelist the ethnicity is a code of"),
        _code("age_band", "age group at arrest", "age-arrests"),
        Column("arrests", Holds.NUMBER, "arrests; null where not published"),
    ),
    key=("year_ending", "area", "offence", "sex", "ethnicity", "age_band"),
)

TABLES: dict[str, TableSchema] = {
    table.id: table
    for table in (
        STRENGTH,
        MOVEMENTS,
        PROCESSES,
        VETTING,
        CONDUCT,
        REVIEWS,
        TRAINING,
        SURVEY,
        SURVEY_PUBLISHED,
        EXITS,
        BENCHMARKS,
        TARGETS,
        STRENGTH_PUBLISHED,
        ARRESTS_PUBLISHED,
    )
}
"""Every canonical table by its id, in the order in which a service usually has them."""
