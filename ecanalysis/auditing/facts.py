"""The printed rows by what they say, so that a rule finds the operands of a relation.

Two rows print the same fact if indicator, item, area, period, measure and the resolved reference agree. Which of
several printings serves as an operand is one decision, made here: the same publication first, then the most reliable
one; within a publication the most precise printing, of equally precise ones the nearest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from ecanalysis.catalog import Catalog
from ecanalysis.quantity import Quantity
from ecanalysis.schema import records

Row = dict[str, str]

_REFERENCE = re.compile(r"([a-z][a-z0-9_]*)?(?::([a-z0-9_]+))?(?:@([A-Za-z0-9_-]+))?(?:~([0-9][0-9HQ/-]*))?")
_WHOLE = ("count", "rank")
_ASIDE = ("preface", "contents", "editors")
# A column of a table that ends in 0 from top to bottom was rounded one digit earlier and filled up.
_FILLED_COLUMN = 4


class Key(NamedTuple):
    """What a level, rate or share is of."""

    indicator: str
    item: str
    area: str
    period: str


class Fact(NamedTuple):
    """One statistic, however often it is printed."""

    key: Key
    measure: str
    reference: Key | None


def key_of(row: Row) -> Key:
    """What a row is about."""
    return Key(row["indicator"], row["item"], row["area"], row["period"])


def is_average(row: Row) -> bool:
    """Whether a row is an average a head, which does not add up and need not be whole."""
    return "per_" in f"{row['indicator']} {row['item']}"


def relative(key: Key, reference: str) -> Key:
    """Another key, written as what differs from this one.

    Parameters
    ----------
    key : Key
    reference : str
        ``indicator:item@area~period``, every part optional.

    Raises
    ------
    ValueError
        If the reference is not written like that.

    Examples
    --------
    >>> relative(Key("online_retail_sales", "goods", "CN", "2018"), ":total~2017")
    Key(indicator='online_retail_sales', item='total', area='CN', period='2017')
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"reference {reference!r}: it must look like indicator:item@area~period")
    indicator, item, area, period = match.groups()
    return Key(indicator or key.indicator, item or key.item, area or key.area, period or key.period)


def year_before(period: str) -> str | None:
    """The period one year earlier; None for a span of years, which has none.

    Examples
    --------
    >>> year_before("2018-Q1"), year_before("2018-01/2018-11"), year_before("2014/2018")
    ('2017-Q1', '2017-01/2017-11', None)
    """
    first, _, last = period.partition("/")
    if last and first[:4] != last[:4]:
        return None
    return "/".join(f"{int(part[:4]) - 1}{part[4:]}" for part in (first, last) if part)


class Facts:
    """Every row of a catalog, by fact, with its quantity.

    Parameters
    ----------
    data : Catalog
    """

    def __init__(self, data: Catalog) -> None:
        self.data = data
        self.rows = data.select()
        self.by_id: dict[str, Row] = {row["id"]: row for row in self.rows}
        order = ("high", "medium", "low")
        self._confidence = {
            s["id"]: (s["kind"] != "report", order.index(s["confidence"])) for s in records(data.tables["sources"])
        }
        self._filled = self._filled_columns()
        self.quantities: dict[str, Quantity] = {row["id"]: self.quantity_of(row) for row in self.rows}
        self.printings: dict[Fact, list[Row]] = defaultdict(list)
        for row in self.rows:
            self.printings[self.fact(row)].append(row)

    def quantity_of(self, row: Row) -> Quantity:
        """A row as a quantity, the interval narrowed or widened by what its kind and its table say of it.

        A zero that only fills a table's column is no printed digit. A count or a place, printed to the unit, is a
        whole number and so stands for itself alone.
        """
        if self._column(row) in self._filled and row["value"].endswith("0"):
            row = row | {"value": row["value"][:-1]}
        quantity = self.data.quantity(row)
        whole = quantity.unit.dimension in _WHOLE and quantity.unit.scale == 1 and "." not in row["value"]
        if whole and quantity.qualifier == "exact" and not is_average(row):
            return replace(quantity, low=quantity.value, high=quantity.value)
        return quantity

    def quantity(self, id_: str) -> Quantity:
        """The quantity of a row by its id."""
        return self.quantities[id_]

    @staticmethod
    def _column(row: Row) -> tuple[str, ...]:
        return (row["source"], row["section"], row["measure"], row["unit"])

    def _filled_columns(self) -> set[tuple[str, ...]]:
        columns: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in self.rows:
            if row["section"].startswith("table-"):
                columns[self._column(row)].append(row["value"])
        return {
            column
            for column, values in columns.items()
            if len(values) >= _FILLED_COLUMN and all("." in value and value.endswith("0") for value in values)
        }

    def reference_of(self, row: Row) -> Key | None:
        """The key a row refers to; None where it has no reference."""
        return relative(key_of(row), row["reference"]) if row["reference"] else None

    def fact(self, row: Row) -> Fact:
        """The fact a row prints."""
        return Fact(key_of(row), row["measure"], self.reference_of(row))

    def precision(self, row: Row) -> tuple[bool, bool, float]:
        """How well a printing says its fact, best first: body text, exact, narrow."""
        quantity = self.quantities[row["id"]]
        return (row["section"] in _ASIDE, quantity.qualifier != "exact", float(quantity.high - quantity.low))

    def anchor(self, rows: list[Row]) -> Row:
        """The printing against which the others are held."""
        return min(rows, key=lambda row: (self._confidence[row["source"]], self.precision(row)))

    def find(self, near: Row, key: Key, measure: str = "level", reference: Key | None = None) -> Row | None:
        """The printing of a fact that serves a row as operand, or None where nobody printed it."""
        rows = self.printings.get(Fact(key, measure, reference))
        if not rows:
            return None
        return min(
            rows,
            key=lambda row: (
                row["source"] != near["source"],
                self._confidence[row["source"]],
                self.precision(row),
                row["section"] != near["section"],
                abs(int(row["line"] or 0) - int(near["line"] or 0)),
            ),
        )

    @cached_property
    def keys(self) -> list[Key]:
        """Everything a row is about or refers to, once each."""
        return list(dict.fromkeys(key for fact in self.printings for key in (fact.key, fact.reference) if key))

    @cached_property
    def item_parent(self) -> dict[str, str]:
        """The broader item of each item."""
        return {r["id"]: r["parent"] for r in records(self.data.tables["items"])}

    @cached_property
    def area_parent(self) -> dict[str, str]:
        """The area each area lies in."""
        return {r["id"]: r["parent"] for r in records(self.data.tables["areas"])}
