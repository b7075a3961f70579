"""The sections that every paper to a board has, in order, and what each must say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandingSection:
    """A standing section: its key, its title, what to write there, and whether it may be empty.

    ``generated`` sections are followed by what the snapshot says; their free text comes first.
    """

    key: str
    title: str
    ask: str
    optional: bool = False


STANDING = (
    StandingSection("summary", "Summary", "In a few sentences: what this paper says, and why now."),
    StandingSection(
        "recommendations",
        "Recommendations to members",
        "What members are asked to do. One a line; each begins with a verb: note, approve, ask.",
    ),
    StandingSection(
        "supporting",
        "Supporting information",
        "What members need to know beside the figures, which follow by themselves.",
        optional=True,
    ),
    StandingSection(
        "equality",
        "Race and equality impact",
        "Whom this touches and how, for every characteristic; what is being done about it.",
    ),
    StandingSection("financial", "Financial implications", "What it costs and who pays, or none."),
    StandingSection("legal", "Legal implications", "Duties and powers that bear on it, or none."),
    StandingSection("risk", "Risk", "What could go wrong, how likely, and what is done about it."),
    StandingSection(
        "background", "Background papers", "Papers relied on, one a line.", optional=True
    ),
    StandingSection("contact", "Contact", "Who answers questions about this paper, and how."),
)
"""The order in which papers of oversight bodies of the source papers set them out."""

KEYS = tuple(section.key for section in STANDING)


def missing_sections(texts: dict[str, str]) -> tuple[StandingSection, ...]:
    """Which sections still have to be written before the paper can be issued?

    A section with nothing to report says so in words: silence is not “none”.

    Examples
    --------
    >>> [each.key for each in missing_sections({"summary": "Where things stand.", "risk": " "})][:3]
    ['recommendations', 'equality', 'financial']
    """
    return tuple(
        each for each in STANDING if not each.optional and not texts.get(each.key, "").strip()
    )
