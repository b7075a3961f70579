"""Words of the made-up reports: our own sentences on the subjects such reports are about.

No sentence is taken from a published report. Places, bodies and people do not exist.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from evenhand.web.register.choices import ThemeKind


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme with the sentences in which reports ask for something about it."""

    ref: str
    title: str
    team: str
    asks: tuple[str, ...]


SUBJECTS = (
    Subject(
        "stops",
        "Stop and search",
        "operations",
        (
            "Publish {period} figures of stops and searches for {place}, by self-defined and by "
            "officer-perceived ethnicity, beside the share that found what was looked for.",
            "Have a supervisor look at a sample of stop records {period} and say what was learnt.",
            "Give every person stopped a record they can understand, and "
            "count how often it is refused.",
            "Explain in writing any {place} whose rate of stops differs from others by more "
            "than chance would give.",
            "Invite a community group to watch recordings of searches in "
            "{place} and publish its notes.",
        ),
    ),
    Subject(
        "training",
        "Training on fairness",
        "learning",
        (
            "Train every {people} in fair treatment, test what was "
            "learnt, and repeat it after two years.",
            "Let people from outside the service help to design and "
            "teach the training of {people}.",
            "Measure {period} whether training changes what {people} do, "
            "not only whether they came.",
            "Train {people} who lead investigations in working with grieving families.",
            "Keep a register of who has been trained, by rank and place, and publish it {period}.",
        ),
    ),
    Subject(
        "recruitment",
        "Recruitment",
        "people",
        (
            "Set aims for the recruitment of {group} from the local "
            "working population and report {period}.",
            "Find at which stage of recruitment {group} leave it, and act on the largest loss.",
            "Check every test used to select {people} for adverse impact before it is used again.",
            "Keep in touch with applicants from {group} until the first day of service.",
        ),
    ),
    Subject(
        "progression",
        "Promotion and posting",
        "people",
        (
            "Report {period} how many {group} are promoted from each rank, how long it took, and "
            "how this compares with others of the same service.",
            "End the power of a line manager to stop a {people} from applying for promotion.",
            "Offer a mentor to every {people} who is eligible for "
            "promotion, and record who was asked.",
            "Advertise every posting to specialist work and publish who "
            "applied and who was chosen.",
            "Let assessors reflect the community, and rotate them {period}.",
        ),
    ),
    Subject(
        "retention",
        "Leaving and staying",
        "people",
        (
            "Offer every leaver an interview with someone outside their "
            "line, and publish the reasons {period}.",
            "Look early for signs that {group} mean to leave, and ask what would make them stay.",
            "Compare the length of service of {group} with that of others at each rank.",
        ),
    ),
    Subject(
        "discipline",
        "Discipline and grievances",
        "standards",
        (
            "Publish {period} how often {group} are investigated and "
            "with what outcome, beside others.",
            "Settle grievances where they arise, within a month, and count those that take longer.",
            "Have an independent person read a sample of discipline files from {place} each year.",
            "Learn from every tribunal that is lost, and show what was changed because of it.",
            "Make supervisors answer for conduct that they saw and did not report.",
        ),
    ),
    Subject(
        "hate",
        "Racist and hate incidents",
        "investigation",
        (
            "Record every incident that anyone believes to be racist, "
            "without asking for proof first.",
            "Let victims of racist incidents report at places other than "
            "police stations in {place}.",
            "Review unsolved racist crimes {period} with someone who did not investigate them.",
            "Tell the victim {period} what has been done, in a way they have chosen.",
            "Share records of racist incidents with schools and "
            "landlords in {place} under a protocol.",
        ),
    ),
    Subject(
        "families",
        "Families and witnesses",
        "investigation",
        (
            "Give bereaved families a named officer who is trained for it and has time for it.",
            "Agree with the family what they will be told and when, and "
            "keep a log that they may read.",
            "Support witnesses from {group} from the first statement to the end of the trial.",
            "Ask families afterwards how they were treated, and publish what they said {period}.",
        ),
    ),
    Subject(
        "community",
        "Community engagement",
        "community",
        (
            "Have an independent advisory group in {place}, with a published term for each member.",
            "Record what advice was given, and what was done with it, and publish both {period}.",
            "Ask {group} {period} whether they trust the police, and set an aim for {place}.",
            "Hold a public meeting in {place} {period} at which "
            "questions are answered on the record.",
        ),
    ),
    Subject(
        "monitoring",
        "Monitoring and data",
        "performance",
        (
            "Collect the same facts on every protected characteristic in "
            "one system, and check them {period}.",
            "Use one list of ethnic groups in all records, and map older lists to it without loss.",
            "Report {period} the share of records in {place} in which ethnicity is missing.",
            "Give commanders of {place} a page that shows their people, "
            "their findings and their actions.",
        ),
    ),
    Subject(
        "leadership",
        "Leadership and governance",
        "performance",
        (
            "Name one senior officer who answers for each "
            "recommendation, and a successor when they go.",
            "Have the authority receive a report on exceptions {period}, with evidence.",
            "Make progress on fairness part of the yearly review of "
            "every {people} above inspector.",
            "Assess the effect on equality before a policy is adopted, and publish the assessment.",
            "Judge by outcomes: say for each aim what would show that it was reached.",
        ),
    ),
    Subject(
        "associations",
        "Staff associations",
        "people",
        (
            "Fund staff associations against a plan, and review {period} what the money achieved.",
            "Consult staff associations before a policy that touches {group} is changed.",
            "Give officers of staff associations time for the work, and count it as service.",
        ),
    ),
)

STRANDS = (
    ("race", "Race"),
    ("gender", "Sex and gender"),
    ("disability", "Disability"),
    ("faith", "Religion or belief"),
    ("age", "Age"),
    ("orientation", "Sexual orientation"),
)
AREAS = (
    ("service", "Service to the public"),
    ("employment", "Employment"),
    ("governance", "Governance"),
)

PERIODS = ("monthly", "quarterly", "twice a year", "every year")
PLACES = ("each borough", "every district", "the busiest stations", "each command", "town centres")
PEOPLE = ("officer", "sergeant", "manager", "detective", "member of staff", "custody officer")
GROUPS = (
    "Black officers", "Asian officers", "women", "minority ethnic staff", "disabled staff",
    "officers of minority faiths", "people under thirty", "part-time staff",
)  # fmt: skip

PROGRESS = (
    "{n} of {m} {places} have done this; the rest are booked.",
    "A pilot ran in two districts and its results went to the board.",
    "The policy was rewritten with advice from outside and issued.",
    "The figures for the last quarter are complete for {n} of {m} places.",
    "A lead was named and a plan agreed; {n} of {m} steps are done.",
    "An audit of {m} files found {n} that followed the new practice.",
)
CHALLENGES = (
    "Records do not yet show whether practice has changed.",
    "The team that held this was merged and knowledge was lost.",
    "There is no money for the second half of the work.",
    "Take-up is lowest where the need is greatest.",
    "",
    "",
)
NEXT_STEPS = (
    "Extend to the remaining places by the next quarter.",
    "Ask the advisory group to test the result.",
    "Publish the figures and explain the gaps.",
    "Train the supervisors who were missed.",
    "",
)
QUESTIONS = (
    "What would show members that this has changed anything for the people it concerns?",
    "Why was the date moved again, and what will be different this time?",
    "The figures cover some places only: what do the missing ones look like?",
    "Who owns this since the reorganisation?",
    "What did the advisory group say, and what was done with it?",
)
ANSWERS = (
    "An independent sample is being drawn and will come to the next meeting.",
    "The missing places have been asked and two have replied; the table is attached.",
    "The lead passed to the new team this month with its budget.",
    "The group asked for plainer letters; they have been in use since spring.",
)
EXTENSIONS = (
    "The national guidance it depends on came late.",
    "The pilot showed that more training places are needed.",
    "The contract had to be let a second time.",
    "The team changed hands and the plan was made again.",
)
METHODS = (
    "A dip sample of records, drawn at random and read by two people.",
    "All records of the quarter, counted by the system.",
    "A survey of those concerned, with the number who answered.",
    "Notes of a visit, agreed with those visited.",
)
LIMITS = (
    "Two places could not be included.",
    "One in five did not answer.",
    "Says nothing about what happened before the period.",
    "",
)


def theme_kinds() -> list[tuple[str, str, ThemeKind]]:
    """Every theme, strand and area of the demo."""
    return [
        *((subject.ref, subject.title, ThemeKind.THEME) for subject in SUBJECTS),
        *((ref, title, ThemeKind.STRAND) for ref, title in STRANDS),
        *((ref, title, ThemeKind.AREA) for ref, title in AREAS),
    ]


def compose(draw: random.Random, sentence: str) -> str:
    """A sentence with its gaps filled."""
    return sentence.format(
        period=draw.choice(PERIODS),
        place=draw.choice(PLACES),
        places="places",
        people=draw.choice(PEOPLE),
        group=draw.choice(GROUPS),
        n=draw.randint(3, 19),
        m=draw.randint(20, 32),
    )
