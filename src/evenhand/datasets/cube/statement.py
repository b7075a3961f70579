"""The cube as one SQL statement, made of syntax-tree nodes and never of pasted strings."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from evenhand.core import UsageProblem
from evenhand.datasets.cube.spec import CubeSpec, Dimension, Measure

ROWS = "evenhand_rows"
"""The name under which the statement expects the rows."""

MASK = "evenhand_mask"
"""The column that says which set a row of the result belongs to (see :meth:`CubeSpec.mask`)."""


def build_statement(spec: CubeSpec, *, dialect: str = "duckdb", rows: str = ROWS) -> str:
    """Write the one statement that fills the cube, for the engine named by ``dialect``.

    Rows are grouped once per grain; the sets are GROUPING SETS over the grains. An engine that
    evaluates each grouping set separately over its input (DuckDB does) then repeats the cheap
    part, not the reading.

    Parameters
    ----------
    spec : CubeSpec
        Dimensions, measures, sets and grains.
    dialect : str
        Any dialect sqlglot writes: ``duckdb``, ``spark``, ``postgres``, ``trino``.
    rows : str
        The table or view that holds the rows.

    Returns
    -------
    str
        One statement. Columns: the dimensions (null where the set leaves one out), the mask, the
        measures.
    """
    used = [(number, grain) for number, grain in enumerate(spec.grains) if _sets_of(spec, grain)]
    first, *others = (_roll_up(spec, grain, number) for number, grain in used)
    query: exp.Query = first
    for other in others:
        query = exp.union(query, other, distinct=False)
    # In a fixed order, so that everything made from the cube comes out the same every time.
    query = query.order_by(*(_column(name) for name in (MASK, *spec.names)))
    query.set("with_", exp.With(expressions=_grains(spec, rows, dialect)))
    return query.sql(dialect=dialect)


def _grains(spec: CubeSpec, rows: str, dialect: str) -> list[exp.Expr]:
    # Spark's grammar has no MATERIALIZED; it decides for itself.
    materialised = dialect in ("duckdb", "postgres")
    return [
        exp.CTE(
            this=_grain(spec, grain, rows),
            alias=exp.TableAlias(this=_name(f"grain_{number}")),
            materialized=materialised or None,
        )
        for number, grain in enumerate(spec.grains)
        if _sets_of(spec, grain)
    ]


def _grain(spec: CubeSpec, grain: tuple[str, ...], rows: str) -> exp.Select:
    dimensions = [d for d in spec.dimensions if d.name in grain]
    query = exp.select(*(exp.alias_(_value(d), d.name, quoted=True) for d in dimensions))
    for measure in spec.measures:
        query = query.select(*_first_sums(measure))
    query = query.from_(exp.Table(this=_name(rows)))
    return query.group_by(*(_value(d) for d in dimensions))


def _roll_up(spec: CubeSpec, grain: tuple[str, ...], number: int) -> exp.Select:
    sets = _sets_of(spec, grain)
    inside = [name for name in spec.names if name in grain]
    query = exp.select()
    for name in spec.names:
        value = _column(name) if name in inside else exp.null()
        query = query.select(exp.alias_(value, name, quoted=True))
    query = query.select(exp.alias_(_mask(spec, inside), MASK, quoted=True))
    query = query.select(*(_second_sum(m, c) for m in spec.measures for c in m.columns))
    query = query.from_(exp.Table(this=_name(f"grain_{number}")))
    grouping = exp.GroupingSets(
        expressions=[exp.Tuple(expressions=[_column(name) for name in group]) for group in sets]
    )
    query.set("group", exp.Group(grouping_sets=[grouping]))
    return query


def _sets_of(spec: CubeSpec, grain: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [group for group in spec.sets if spec.get_grain(group) == grain]


def _mask(spec: CubeSpec, inside: list[str]) -> exp.Expr:
    bits: list[exp.Expr] = []
    outside = 0
    for i, name in enumerate(spec.names):
        if name in inside:
            grouped = exp.Anonymous(this="GROUPING", expressions=[_column(name)])
            bits.append(exp.Mul(this=grouped, expression=exp.Literal.number(1 << i)))
        else:
            outside += 1 << i
    total: exp.Expr = exp.Literal.number(outside)
    for bit in bits:
        total = exp.Add(this=total, expression=bit)
    return exp.cast(total, "bigint")


def _first_sums(measure: Measure) -> list[exp.Expr]:
    if measure.when:
        one = exp.Case().when(_parse(measure.when), exp.Literal.number(1))
        return [exp.alias_(exp.Count(this=one), measure.name, quoted=True)]
    number = exp.cast(_parse(measure.of), "double")
    sums = [number, exp.Mul(this=number.copy(), expression=number.copy())]
    return [
        exp.alias_(exp.Sum(this=value), column, quoted=True)
        for column, value in zip(measure.columns, sums, strict=False)
    ]


def _second_sum(measure: Measure, column: str) -> exp.Expr:
    total = exp.Coalesce(this=exp.Sum(this=_column(column)), expressions=[exp.Literal.number(0)])
    return exp.alias_(exp.cast(total, "bigint" if measure.when else "double"), column, quoted=True)


def _value(dimension: Dimension) -> exp.Expr:
    return _parse(dimension.expression) if dimension.expression else _column(dimension.name)


def _parse(sql: str) -> exp.Expr:
    try:
        return exp.paren(sqlglot.parse_one(sql, dialect="duckdb"))
    except sqlglot.errors.ParseError as error:
        raise UsageProblem(
            f"{sql!r} is not a SQL expression.", rule="cube-expressions-parse"
        ) from error


def _column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def _name(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)
