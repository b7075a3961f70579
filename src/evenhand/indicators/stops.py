"""The stop and search indicators: what a monitoring group asks of the use of the power."""

from __future__ import annotations

from evenhand.indicators.definition import RESIDENTS, Direction, Indicator, Wording

BROAD_ETHNICITY = ("ethnicity-self-defined", "ethnicity-officer-perceived")
ETHNICITY = (*BROAD_ETHNICITY, "ethnicity-detailed")
MOST = (*BROAD_ETHNICITY, "sex", "age")
EVERY = (*ETHNICITY, "sex", "age")

STOP_RATE = Indicator(
    id="stop-rate",
    version=1,
    title="Being stopped and searched",
    question="Is any group searched at a different rate for its number among residents?",
    count="searches",
    of=RESIDENTS,
    worrying=Direction.HIGHER,
    wording=Wording("stopped and searched", "searches", "residents"),
    characteristics=ETHNICITY,
    per=1000,
    unit="searches per 1,000 residents a year",
    explanation=(
        "If the power were used on everyone alike, each group would be searched in proportion to "
        "how many of them live here. The rate ratio says how many times as often a group is "
        "searched as White people are, for its number among residents. It does not say why: "
        "who is out in public, where officers are sent and what they are told to look for all "
        "play a part, and each can itself be unequal."
    ),
    cautions=(
        "Residents are not the people who were out in the street: visitors count above the line "
        "and not below it.",
        "One person searched five times counts five times; intervals take the searches as "
        "independent and are then too narrow.",
        "Searches of a vehicle alone are left out.",
    ),
)

ARREST_RATE = Indicator(
    id="arrest-rate",
    version=1,
    title="Searches that end in arrest",
    question="Does a search end in arrest equally often for every group?",
    count="arrests",
    of="outcome_known",
    worrying=Direction.EITHER,
    wording=Wording("ended in arrest", "arrests", "searches with a known outcome"),
    characteristics=EVERY,
    across_units=Direction.EITHER,
    unit="arrests per 100 searches",
    per=100,
    explanation=(
        "If officers used the same care in choosing whom to search, about the same share of each "
        "group's searches should lead somewhere. A lower share can mean that a group is searched "
        "on weaker grounds; a higher one, that its people are arrested more readily."
    ),
    cautions=(
        "An outcome rate compares averages, not the threshold of suspicion: groups with "
        "different mixes of strong and weak grounds can differ without bias, or agree despite it.",
        "An arrest need not be for what the search was for.",
    ),
)

FIND_RATE = Indicator(
    id="find-rate",
    version=1,
    title="Searches that find what they were for",
    question="Is what officers were looking for found equally often on every group?",
    count="linked",
    of="linked_known",
    worrying=Direction.LOWER,
    wording=Wording("found what they were for", "finds", "searches where this is recorded"),
    characteristics=MOST,
    yes_only=True,
    across_units=Direction.LOWER,
    unit="finds per 100 searches",
    per=100,
    explanation=(
        "The law requires reasonable grounds to expect to find a particular thing. Where it is "
        "found less often on one group, the grounds for searching that group may have been weaker."
    ),
    cautions=(
        "Many services do not record whether the outcome is linked to the object of the search; "
        "those searches are left out, and the share left out is stated.",
        "An outcome rate compares averages, not the threshold of suspicion.",
    ),
)

STRIP_RATE = Indicator(
    id="more-than-outer-clothing",
    version=1,
    title="Removal of more than outer clothing",
    question="Is more than outer clothing removed equally often for every group?",
    count="stripped",
    of="strip_known",
    worrying=Direction.HIGHER,
    wording=Wording(
        "took off more than outer clothing", "such searches", "searches where this is recorded"
    ),
    characteristics=MOST,
    yes_only=True,
    across_units=Direction.HIGHER,
    unit="per 100 searches",
    per=100,
    explanation=(
        "The most intrusive searches need the strongest reasons, and are few: small differences "
        "in number make large differences in the ratio."
    ),
    cautions=("Whether more than outer clothing was removed is left blank in many records.",),
)

COMPLETENESS = Indicator(
    id="ethnicity-completeness",
    version=1,
    title="Asking people how they describe their ethnicity",
    question="How often is the person's own description of their ethnicity recorded?",
    count="stated",
    of="searches",
    worrying=Direction.LOWER,
    wording=Wording("record how the person described their ethnicity", "such records", "searches"),
    characteristics=(),
    across_units=Direction.LOWER,
    unit="per 100 searches",
    per=100,
    explanation=(
        "Without the person's own description nobody can check that the power is used evenly. "
        "“Not stated” means it was asked and not given, or never asked; the record cannot tell."
    ),
)

TIMELINESS = Indicator(
    id="time-recorded",
    version=1,
    title="Recording the time of the search",
    question="How often does the record say at what time the search took place?",
    count="timed",
    of="searches",
    worrying=Direction.LOWER,
    wording=Wording("record the time of day", "such records", "searches"),
    characteristics=(),
    across_units=Direction.LOWER,
    unit="per 100 searches",
    per=100,
    explanation=(
        "A record made late, or without its time, is hard to check against a complaint. Where "
        "every search of a month is put at midnight, the time was not recorded."
    ),
    cautions=("The record does not say when it was written, so delay itself cannot be measured.",),
)

STOPS = (STOP_RATE, ARREST_RATE, FIND_RATE, STRIP_RATE, COMPLETENESS, TIMELINESS)
