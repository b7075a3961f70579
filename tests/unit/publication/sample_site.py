"""A small made-up site that uses every kind of page, chart, marker and warning there is."""

from __future__ import annotations

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.disclosure import CLEARED, ReleasedTable, review
from evenhand.publication import (
    Bars,
    Block,
    Funnel,
    Intervals,
    KeyFigure,
    Layout,
    Limits,
    Link,
    Load,
    MethodNote,
    Notice,
    Pack,
    Page,
    PageKind,
    Provenance,
    Scale,
    Site,
    SmallMultiples,
    TableView,
    Trend,
    slug,
)

GROUPS = ("Asian", "Black", "Mixed", "Other ethnic group", "White", "Not stated")
MONTHS = tuple(f"{2019 + i // 12}-{i % 12 + 1:02d}" for i in range(24))
BOROUGHS = ("Ashgate", "Beckhythe", "Cold Marling")


def released(
    name: str, title: str, columns: list[Column], rows: list[tuple[Cell, ...]]
) -> ReleasedTable:
    cells = {c.name: [row[i] for row in rows] for i, c in enumerate(columns)}
    return review(Table(name, title, tuple(columns), cells), CLEARED)


def dimension(name: str, title: str) -> Column:
    return Column(name, Role.DIMENSION, title)


def derived(name: str, title: str, unit: str = "", decimals: int = 2) -> Column:
    return Column(name, Role.DERIVED, title, unit, decimals=decimals)


def rates(seed: int) -> ReleasedTable:
    """Monthly rates with a gap for everyone in April 2020, and one group hidden for a while."""
    rows: list[tuple[Cell, ...]] = []
    for i, month in enumerate(MONTHS):
        if i == 15:
            continue
        for g, group in enumerate(GROUPS):
            wave = ((i * 7 + g * 13 + seed * 5) % 11 - 5) / 20
            value: Cell = round(1.1 + 1.4 * (g == 1) + 0.3 * g + wave, 3)
            if group == "Mixed" and i in (5, 6):
                value = Marker.SUPPRESSED
            if group == "Other ethnic group" and i == 9:
                value = Marker.NOT_COLLECTED
            rows.append((month, group, 40 + i + g, value))
    columns = [
        dimension("month", "Month"),
        dimension("group", "Group"),
        Column("stops", Role.COUNT, "Stops"),
        derived("rate", "Stops per 1,000 residents", "per 1,000"),
    ]
    return released("stop-rate-by-month", "Stops per 1,000 residents by month", columns, rows)


def ratios(seed: int) -> ReleasedTable:
    """Rate ratios with a large one, one known from below only, one hidden and one too small."""
    rows: list[tuple[Cell, ...]] = [
        ("Asian", 1.31 + seed / 50, 1.02, 1.69, "watch"),
        ("Black", 3.24 + seed / 20, 2.71, 3.88, "concern"),
        ("Gypsy or Irish Traveller", Marker.UNDEFINED, 2.3, Marker.UNDEFINED, "too small to tell"),
        ("Mixed", 1.02, 0.71, 1.46, "none"),
        ("Other ethnic group", *[Marker.SUPPRESSED] * 3, "too small to tell"),
        ("Any other mixed or multiple ethnic background", 0.8, 0.07, 9.5, "too small to tell"),
    ]
    columns = [
        dimension("group", "Group"),
        derived("ratio", "Rate ratio to White"),
        derived("low", "Low"),
        derived("high", "High"),
        derived("signal", "Signal"),
    ]
    return released(
        "stop-rate-ratio", "Rate ratios to White people, with 95% intervals", columns, rows
    )


def boroughs() -> ReleasedTable:
    rows: list[tuple[Cell, ...]] = []
    for i in range(32):
        people = 900 + 700 * i
        spread = 30 / people**0.5
        rate = round(25 + ((i * 37 % 17) - 8) / 8 * 14 * spread + 14 * (i == 20), 2)
        low, high = 25 - 18 * spread, 25 + 18 * spread
        name = BOROUGHS[i] if i < len(BOROUGHS) else f"Borough {i}"
        cell: Cell = Marker.SUPPRESSED if i == 1 else rate
        rows.append((name, people, cell, 25.0, low, high, 25 - 28 * spread, 25 + 28 * spread))
    columns = [
        dimension("unit", "Borough"),
        Column("searches", Role.POPULATION, "Searches"),
        derived("share", "Searches that found something", "%", 1),
        derived("centre", "All boroughs", "%", 1),
        *(
            derived(n, n.replace("_", " "), "%", 1)
            for n in ("low_95", "high_95", "low_998", "high_998")
        ),
    ]
    return released(
        "find-rate-by-borough", "Searches that found something, by borough", columns, rows
    )


def outcomes() -> ReleasedTable:
    rows: list[tuple[Cell, ...]] = []
    for g, group in enumerate(GROUPS):
        shares = (60 - 4 * g, 18 + g, 12 + 2 * g, 10 + g)
        names = ("No further action", "Arrest", "Community resolution", "Not recorded")
        rows += [(group, n, float(s), 20.0) for n, s in zip(names, shares, strict=True)]
    columns = [
        dimension("group", "Group"),
        dimension("outcome", "Outcome"),
        derived("share", "Share of stops", "%", 0),
        derived("benchmark", "All groups", "%", 0),
    ]
    return released("outcomes", "What stops led to, by group", columns, rows)


def both() -> ReleasedTable:
    rows: list[tuple[Cell, ...]] = [
        (group, how, value, value * 0.8, value * 1.25, value * 0.6, value * 1.7, 0.85, 1.18)
        for group, crude in (("Asian", 1.3), ("Black", 3.2), ("Mixed", 1.1))
        for how, value in (("As counted", crude), ("Like for like", crude * 0.7))
    ]
    columns = [
        dimension("group", "Group"),
        dimension("reading", "Reading"),
        *(
            derived(n, n.replace("_", " ").title())
            for n in ("ratio", "low", "high", "bound_low", "bound_high", "small_low", "small_high")
        ),
    ]
    return released("like-for-like", "Rate ratios as counted and like for like", columns, rows)


def controls() -> ReleasedTable:
    rows: list[tuple[Cell, ...]] = [
        (month, 12 + (i * 5 % 7) + 14 * (i == 18), 15.0, 6.5, 23.5, i == 18)
        for i, month in enumerate(MONTHS)
    ]
    columns = [
        dimension("month", "Month"),
        derived("share", "Share not stated", "%", 1),
        derived("centre", "Usual level", "%", 1),
        derived("lower", "Lower limit", "%", 1),
        derived("upper", "Upper limit", "%", 1),
        derived("broke", "Outside the limits"),
    ]
    return released("not-stated", "Stops with no self-defined ethnicity, by month", columns, rows)


def findings(place: str, path: str) -> ReleasedTable:
    rows: list[tuple[Cell, ...]] = [
        (
            "none",
            f"In {place}, Mixed people were stopped about as often as White people.",
            path,
            "stop-rate",
            place,
            1.02,
        ),
        (
            "concern",
            f"In {place}, Black people were stopped 3.2 times as often as White people "
            "(2.7 to 3.9).",
            path,
            "stop-rate",
            place,
            3.24,
        ),
        (
            "watch",
            f"In {place}, Asian people were stopped 1.3 times as often as White people "
            "(1.0 to 1.7).",
            path,
            "stop-rate",
            place,
            1.31,
        ),
        (
            "improving",
            f"In {place}, more stops now record self-defined ethnicity than a year ago.",
            path,
            "not-stated",
            place,
            0.9,
        ),
        (
            "too small to tell",
            f"In {place}, too few Gypsy or Irish Traveller people live here to compare.",
            path,
            "stop-rate",
            place,
            Marker.UNDEFINED,
        ),
        (
            "cannot be measured",
            f"In {place}, the link between the search and its outcome was not supplied.",
            path,
            "outcomes",
            place,
            Marker.NOT_COLLECTED,
        ),
        (Marker.SUPPRESSED, Marker.SUPPRESSED, path, "stop-rate", place, Marker.SUPPRESSED),
    ]
    columns = [
        derived("signal", "Signal"),
        derived("sentence", "Finding"),
        Column("page", Role.NOTE, "Page"),
        Column("block", Role.NOTE, "Block"),
        dimension("unit", "Place"),
        derived("estimate", "Estimate"),
    ]
    return released("found", "Findings", columns, rows)


METHOD = MethodNote(
    name="Rate ratio with a conditional exact interval",
    how="Stops of each group over its residents, set against the same for White people.",
    definition="stops-rate-ratio",
    version=1,
    interval="95%, conditional exact with mid-p",
    denominator="Residents at Census 2021",
    ethnicity_field="Self-defined; officer-perceived beside it",
    unknowns="Left out of the ratio; the bounds put all of them in either group",
    comparisons=160,
    cautions=(
        "Residents are not those who were there to be stopped.",
        "One person may be stopped twice.",
    ),
    source="Fictional archive, for tests only",
    more=(("False discovery rate", "5%"),),
)


def blocks(seed: int) -> tuple[Block, ...]:
    by_month, by_group, mixed = rates(seed), ratios(seed), both()
    share = Trend(
        title="Stops per 1,000 residents each month",
        alt="Black people were stopped most often in every month; April 2020 has no figures.",
        table=by_month, value="rate", group="group",
    )  # fmt: skip
    return (
        Block(
            id="stop-rate",
            question="Is any group stopped more often than another?",
            summary=("Black people were stopped 3.2 times as often as White people (2.7 to 3.9).",),
            explanation="A ratio above 1 means more stops for each resident. It does not say why.",
            charts=(
                Intervals(
                    title="How often each group is stopped, compared with White people",
                    alt="Black people 3.2 times, Asian people 1.3 times; the rest cannot be told.",
                    table=by_group, value="ratio", low="low", high="high", signal="signal",
                    scale=Scale.LOG, reference=1.0, reference_label="same as White people",
                    note="Lines are 95% intervals.",
                ),
                share,
            ),
            method=METHOD,
            notices=(Notice("Few residents", "Fewer residents than stops in one group."),),
        ),
        Block(
            id="like-for-like",
            question="Does it hold when like is compared with like?",
            summary=("Part of the difference remains within boroughs.",),
            charts=(
                Intervals(
                    title="As counted and like for like",
                    alt="Like-for-like ratios are about a third lower than those as counted.",
                    table=mixed, value="ratio", low="low", high="high", series="reading",
                    outer=Limits("if every unknown were in one group", "bound_low", "bound_high"),
                    zone=Limits("too small to show", "small_low", "small_high"),
                    scale=Scale.LOG, reference=1.0,
                ),
                SmallMultiples(
                    title="The same by group", alt="Six panels; only Black people stand apart.",
                    table=by_month, by="group", of=Trend(title="Rate", alt="Rate by month",
                    table=by_month, value="rate"),
                ),
            ),
        ),
        Block(
            id="outcomes",
            question="What do stops lead to?",
            summary=("Most stops of every group end in no further action.",),
            charts=(
                Bars(title="Outcomes by group", alt="About six in ten stops end in no action.",
                     table=outcomes(), label="group", value="share", part="outcome"),
            ),
            method=METHOD,
        ),
        Block(
            id="not-stated",
            question="How often is self-defined ethnicity missing?",
            summary=("One month stands outside what chance would do.",),
            charts=(
                Trend(title="Share with no self-defined ethnicity",
                      alt="July 2020 is above the limit.",
                      table=controls(), value="share", centre="centre", mark="broke",
                      limits=Limits("limits of chance", "lower", "upper")),
            ),
            tables=(TableView(ratios(seed).named("again", "The ratios again"), open=True),),
            downloads=(outcomes().named("outcomes-all", "All outcomes"),),
        ),
    )  # fmt: skip


def pack(place: str, seed: int) -> Pack:
    some = blocks(seed)
    return Pack(
        unit=place,
        period="January 2019 to December 2020",
        lead=f"What the police’s own figures say about stop and search in {place}, "
        "for people who live here.",
        figures=(
            KeyFigure("Stops and searches", 12_480, "over two years"),
            KeyFigure("Stops for every 1,000 people", 18.4, "all groups together"),
            KeyFigure(
                "Black people compared with White people", 3.2, "likely between 2.7 and 3.9",
                "times as often",
            ),
            KeyFigure("Searches that found something", 24.0, unit="%", decimals=0),
            KeyFigure("Stops with ethnicity not stated", 14.2, unit="%"),
            KeyFigure("Strip searches", Marker.SUPPRESSED),
        ),
        sentences=(
            "Black people were stopped 3.2 times as often as White people. "
            "Chance alone would move that figure only between 2.7 and 3.9.",
            "Asian people were stopped 1.3 times as often as White people. "
            "This may be chance; look again next month.",
            "Three in four searches found nothing. That was about the same for every group.",
            "For one stop in seven nobody recorded how the person describes their own ethnicity.",
        ),
        comparisons=(some[0].charts[0], some[2].charts[0]),
        table=TableView(some[0].charts[0].table, ("group", "ratio", "low", "high")),
        questions=(
            "Why are Black people stopped three times as often here, and what would you expect "
            "to see if that were fair?",
            "What happened to the three in four searches that found nothing?",
            "Why is ethnicity missing for one stop in seven, and who is missing most?",
            "Which officers’ searches are looked at by a supervisor, and what did that find?",
            "What changed since the last pack?",
        ),
        how_to_read=(
            "“3.2 times as often” compares stops for every 1,000 people who live here.",
            "The range after a figure shows how far chance alone could move it.",
            "“Suppressed” means the number is so small that it could point to a person.",
        ),
        unknowns="Ethnicity was not stated in 14% of stops. "
        "If all of these had been White people, the figure of 3.2 would be 2.6.",
    )  # fmt: skip


def unit_page(place: str, parent: str, seed: int, kind: PageKind = PageKind.UNIT) -> Page:
    path = f"{parent}/{slug(place)}" if parent else f"services/{slug(place)}"
    return Page(
        path=path,
        title=place,
        kind=kind,
        parent=parent,
        lead=f"Stop and search in {place}, January 2019 to December 2020.",
        findings=findings(place, path),
        blocks=blocks(seed),
        pack=pack(place, seed),
        links=(Link("How the figures were worked out", "methods"),),
    )


def make_site(*, services: int = 2, units: int = 3, synthetic: bool = True) -> Site:
    pages = []
    for s in range(services):
        name = "Elmshire Police" if s == 0 else f"Service {s} Police"
        service = unit_page(name, "", s, PageKind.SERVICE)
        pages.append(service)
        pages += [unit_page(place, service.path, s + i) for i, place in enumerate(BOROUGHS[:units])]
    funnel = Block(
        id="funnel",
        question="Which boroughs stand out?",
        summary=("One borough of 32 finds something more often than chance allows.",),
        charts=(
            Funnel(
                title="Searches that found something, by number of searches",
                alt="Borough 20 lies above the outer limit; the rest lie within.",
                table=boroughs(), x="searches", y="share", centre="centre",
                limits=(Limits("95%", "low_95", "high_95"), Limits("99.8%", "low_998", "high_998")),
            ),
            Bars(title="Arrest by group", alt="Shares of arrest differ little by group.",
                 table=outcomes().where(outcome="Arrest").named("arrests", "Arrests by group"),
                 label="group", value="share", benchmark="benchmark", layout=Layout.GROUPED),
        ),
        method=METHOD,
    )  # fmt: skip
    front = Page(
        path="",
        title="Stop and search in Elmshire: is treatment even?",
        kind=PageKind.FRONT,
        lead="Every stop and search recorded in two years, counted, compared and explained.",
        findings=findings("Elmshire Police", pages[0].path),
        blocks=(funnel,),
    )
    quality = Page(
        path="quality", title="Quality of the records", kind=PageKind.QUALITY,
        lead="What was wrong with the files, and what was done about it.",
        blocks=(Block(id="rows", question="Was every row counted?",
                      tables=(TableView(controls().named("rows", "Rows read and counted")),)),),
    )  # fmt: skip
    methods = Page(path="methods", title="Methods", kind=PageKind.METHOD, lead="How it was done.")
    return Site(
        title="Elmshire stop and search monitor",
        service="Elmshire Police",
        period="January 2019 to December 2020",
        lead=front.lead,
        provenance=Provenance(
            "0.1.0", (Load("9f2c" * 16, "archive.zip, 796,477 rows"),), (("stops-rate-ratio", 1),),
            "public, version 1", "evenhand measure archive.zip --out site",
        ),
        pages=(front, *pages, quality, methods),
        notices=(
            Notice("April 2020 is missing", "No file was published. It is shown as a gap."),
            Notice("Outcomes not linked", "What was found was not supplied.", pages[0].path),
        ),
        synthetic=synthetic,
        released="1 March 2021",
        publisher="Elmshire Monitoring Office",
        source="Made by the simulator",
    )  # fmt: skip
