"""What the invented service is calibrated to: published figures, each with where it comes from.

``ARCHIVE`` in a comment means our own counts over the data.police.uk archive of stop and search,
every publishing force 2019–2020 and the Metropolitan Police 2018 (796,477 rows).
"""

from __future__ import annotations

RESIDENTS = {
    "W1": 3_239_280, "W2": 156_335, "W3": 7_029, "W4": 37_690, "W9": 1_290_838,
    "M1": 132_557, "M2": 77_340, "M3": 125_188, "M9": 170_691,
    "A1": 656_269, "A2": 290_553, "A3": 322_052, "A4": 147_523, "A9": 401_250,
    "B1": 345_400, "B2": 697_054, "B9": 145_915, "O2": 139_792, "O9": 416_980,
}  # fmt: skip
"""Usual residents of Greater London by ethnic group: ONS, Census 2021, table TS021."""

RATES = {
    "W1": 7.89, "W2": 7.31, "W3": 14.63, "W9": 14.63,
    "M1": 18.66, "M2": 9.98, "M3": 3.36, "M9": 23.27,
    "A1": 4.63, "A2": 11.44, "A3": 22.89, "A4": 2.02, "A9": 20.27,
    "B1": 33.12, "B2": 25.05, "B9": 101.76, "O2": 12.14, "O9": 12.14,
}  # fmt: skip
"""Stops in a year per 1,000 residents of the group, Metropolitan Police 2017/18: Home Office,
Police powers and procedures, as published on Ethnicity Facts and Figures. That table is in the
groups of 2001: Gypsy or Irish Traveller takes the rate of Other White, Arab that of Other."""

NOT_STATED, NOT_RECORDED = 0.131, 0.032
"""Self-defined ethnicity of people stopped: 101,000 of 773,659 not stated, 25,000 blank
(ARCHIVE)."""

OFFICER_BLANK = 0.087
"""Officer-perceived ethnicity left blank for people stopped (ARCHIVE; 11% with vehicles)."""

PERCEIVED = {
    "white": (424_025, 1_671, 1_718, 349, 2_404),
    "black": (1_262, 76_122, 858, 280, 787),
    "asian": (1_316, 1_068, 61_238, 65, 2_637),
    "mixed": (3_754, 8_915, 2_812, 1_453, 2_748),
    "other": (2_519, 782, 1_048, 75, 2_633),
}
"""Officer-perceived White, Black, Asian, Mixed, Other by self-defined broad group (ARCHIVE): the
two disagree in 6.1% of rows there, and in more where more people are Mixed."""

SUBJECTS = {"person": 595_612, "person-and-vehicle": 178_047, "vehicle": 22_818}
"""Who or what was searched (ARCHIVE)."""

VEHICLE_WITHOUT_PERSON = 0.79
"""Vehicle-only searches without sex or either ethnicity; the rest carry some (ARCHIVE)."""

PEOPLE = {
    ("male", "18-24"): 214_548, ("male", "25-34"): 142_342, ("male", "over-34"): 121_047,
    ("male", "10-17"): 119_333, ("male", ""): 45_816, ("female", "18-24"): 19_847,
    ("female", "over-34"): 17_279, ("", "18-24"): 16_006, ("female", "25-34"): 15_893,
    ("", ""): 15_255, ("female", "10-17"): 12_178, ("", "25-34"): 10_219, ("", "10-17"): 9_205,
    ("", "over-34"): 8_092, ("female", ""): 5_209, ("male", "under-10"): 384, ("other", ""): 373,
    ("other", "18-24"): 194, ("other", "10-17"): 116, ("other", "25-34"): 115,
    ("other", "over-34"): 113,
}  # fmt: skip
"""Sex and age together, blanks included (ARCHIVE)."""

GROUNDS = {
    ("mda-s23", "drugs"): (401_112, 0.121), ("pace-s1", "weapons"): (84_579, 0.166),
    ("pace-s1", "stolen-goods"): (54_282, 0.217), ("pace-s1", "theft-article"): (50_586, 0.141),
    ("mda-s23", ""): (43_551, 0.087), ("", "drugs"): (28_266, 0.126),
    ("pace-s1", ""): (16_308, 0.125), ("pace-s1", "evidence"): (10_751, 0.178),
    ("cjpoa-s60", "threaten-or-harm"): (9_212, 0.049),
    ("pace-s1", "criminal-damage"): (7_579, 0.111), ("mda-s23", "psychoactive"): (6_757, 0.136),
    ("", "weapons"): (5_836, 0.134), ("firearms-s47", "firearms"): (5_339, 0.186),
}  # fmt: skip
"""Power and object together, with the share arrested: 13% of all (ARCHIVE)."""

OTHER_OUTCOMES = {
    "no-further-action": 573_270, "community-resolution": 40_992, "drugs-warning": 24_887,
    "summons": 16_375, "penalty-notice": 7_894, "caution": 4_580, "": 25_352,
}  # fmt: skip
"""Outcomes other than arrest, blank included (ARCHIVE)."""

LINKED = {
    "no-further-action": (56_196, 160_628, 245_794), "arrest": (41_309, 23_338, 15_328),
    "caution": (3_372, 565, 534), "community-resolution": (18_531, 5_934, 4_647),
    "drugs-warning": (18_993, 2_458, 2_328), "penalty-notice": (2_333, 984, 1_398),
    "summons": (8_971, 3_123, 2_461), "": (1_658, 5_610, 18_084),
}  # fmt: skip
"""Outcome linked to the object of the search: true, false, blank (ARCHIVE without the
Metropolitan Police, which leaves it blank)."""

STRIPPED, OPERATION = 17_634 / 482_208, 29_368 / 427_039
"""More than outer clothing removed; part of an operation: shares of rows filled in (ARCHIVE)."""

HOURS = (
    36_916, 32_982, 22_668, 16_214, 10_293, 6_393, 5_113, 6_584, 9_848, 15_026, 22_122, 27_300,
    31_288, 36_734, 43_922, 47_948, 49_350, 47_987, 44_415, 45_616, 46_785, 44_610, 44_816, 42_422,
)  # fmt: skip
"""Searches by hour of the day, without those stamped at midnight (ARCHIVE)."""

ROUND_MINUTES = 0.56
"""Times on a multiple of five minutes (ARCHIVE)."""

CITY_RESIDENTS, CITY_STOPS, CITY_BLACK = 8_600, 164, 334
"""A district of offices: the City of London has about 8,600 residents (Census 2021) of whom 334
Black (Census 2011 basis of published London rates), and 1,970 stops in a year, 164 a month."""
