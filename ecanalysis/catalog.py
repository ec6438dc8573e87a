"""The tables of ``data/``, read once, validated and handed out as quantities and series.

This is the one door to the data. Everything above it (metrics, audit, charts, narrative) asks here for rows by what
they mean (indicator, item, area, period, measure), never by position, and what was asked is noted, so that a build
knows which rows a document rests on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pandas as pd

from ecanalysis import invariants
from ecanalysis.errors import DataError, NotFound, not_found
from ecanalysis.folders import data_folder
from ecanalysis.language import Label
from ecanalysis.quantity import Quantity, Unit
from ecanalysis.schema import read_tables, records
from ecanalysis.sections import inside

DIMENSIONS = (
    "indicator",
    "item",
    "area",
    "period",
    "measure",
    "source",
    "section",
    "reference",
    "basis",
    "status",
    "unit",
)
# The year both reports are about; what is asked for without a period is its number.
YEAR = "2018"
MISSING = object()

# The lists beside the observations, whose entries a number can rest on too: how many policies, how many zones.
LISTS = ("policies", "pilot_zones")
# The mark of a section that is left out of what was asked.
_BUT = "-"

# What was asked: ("select", "area=CN", ...), ("sections", source, "8.19", "-8.19.5", ...), ("record", table, id),
# ("findings", id) or ("table", name).
Question = tuple[str, ...]
_journal: set[Question] | None = None


@dataclass(frozen=True)
class Point:
    """One period of a series: its quantity, or None where nobody printed one."""

    period: str
    quantity: Quantity | None

    @property
    def year(self) -> int:
        """The calendar year the period lies in."""
        return int(self.period[:4])


@dataclass(frozen=True)
class Series:
    """One indicator over consecutive periods, gaps kept.

    Parameters
    ----------
    key : mapping of str to str
        Indicator, item, area, measure and reference that the points share.
    points : tuple of Point
        In order of time; a period without a printed value has no quantity.
    breaks : tuple of str
        Periods before which the statistical method changed: levels on either side do not connect.
    """

    key: MappingProxyType[str, str]
    points: tuple[Point, ...]
    breaks: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Point]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, period: str | int) -> Quantity:
        quantity = self.get(period)
        if quantity is None:
            known = ", ".join(point.period for point in self.known)
            raise NotFound(f"the series {self.key['indicator']} has no value for {period}; known are {known}")
        return quantity

    def get(self, period: str | int) -> Quantity | None:
        """The quantity of a period, or None where it is a gap or lies outside."""
        return next((point.quantity for point in self.points if point.period == str(period)), None)

    @property
    def known(self) -> tuple[Point, ...]:
        """The points that have a value."""
        return tuple(point for point in self.points if point.quantity is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The periods without a value."""
        return tuple(point.period for point in self.points if point.quantity is None)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of all rows the series rests on."""
        return tuple(dict.fromkeys(e for point in self.known if point.quantity for e in point.quantity.evidence))

    def to_frame(self) -> pd.DataFrame:
        """The series as a table.

        Returns
        -------
        DataFrame
            One row a period: ``value``, ``low``, ``high`` (float, base unit), ``unit``, ``evidence``; gaps are NaN.
        """
        rows = [
            {
                "period": point.period,
                "value": float(point.quantity) if point.quantity else None,
                "low": float(point.quantity.low) if point.quantity else None,
                "high": float(point.quantity.high) if point.quantity else None,
                "unit": point.quantity.unit.base if point.quantity else "",
                "evidence": " ".join(point.quantity.evidence) if point.quantity else "",
            }
            for point in self.points
        ]
        frame = pd.DataFrame(rows).set_index("period")
        return frame.astype({"value": "float64", "low": "float64", "high": "float64"})

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        # As for a quantity: how it looks at a prompt is nothing that the rest of this module needs.
        from ecanalysis.displays import series_table

        return series_table(self)._repr_mimebundle_()


@dataclass(frozen=True)
class Catalog:
    """All tables of one data folder.

    Parameters
    ----------
    folder : Path
        Where they were read.
    tables : mapping of str to DataFrame
        One frame of text columns a table, as :func:`ecanalysis.schema.read_tables` gives them.
    """

    folder: Path
    tables: _Tables = field(repr=False)

    @cached_property
    def _records(self) -> dict[str, dict[str, dict[str, str]]]:
        return {}

    def _all_records(self, table: str) -> dict[str, dict[str, str]]:
        if table not in self._records:
            self._records[table] = {row["id"]: row for row in records(self.tables.quiet(table))}
        return self._records[table]

    @property
    def observations(self) -> pd.DataFrame:
        """Every printed statistic, one row a printing; reading it whole notes a dependency on all of it."""
        return self.tables["observations"]

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The units of ``units.csv`` by id."""
        rows = records(self.tables.quiet("units"))
        return {r["id"]: Unit(r["id"], r["base"], Fraction(r["scale"]), r["dimension"], r["zh"], r["en"]) for r in rows}

    @cached_property
    def _columns(self) -> dict[str, dict[str, frozenset[int]]]:
        """Row positions by value, for each dimension of an observation."""
        index: dict[str, dict[str, list[int]]] = {name: {} for name in (*DIMENSIONS, "id")}
        for position, row in enumerate(self._rows):
            for name, rows in index.items():
                rows.setdefault(row[name], []).append(position)
        return {name: {value: frozenset(found) for value, found in rows.items()} for name, rows in index.items()}

    @cached_property
    def _rows(self) -> list[dict[str, str]]:
        return records(self.tables.quiet("observations"))

    @cached_property
    def _rank(self) -> dict[str, tuple[int, bool]]:
        """How sources rank when several print one statistic: by confidence, the two reports before others."""
        order = ("high", "medium", "low")
        rows = records(self.tables.quiet("sources"))
        return {r["id"]: (order.index(r["confidence"]), r["kind"] != "report") for r in rows}

    def select(self, **where: str | Iterable[str]) -> list[dict[str, str]]:
        """The rows of ``observations.csv`` that match, in the order of the file.

        Parameters
        ----------
        **where
            Column and value, or values, it may have: indicator, item, area, period, measure, source, section,
            reference, basis, status.

        Raises
        ------
        NotFound
            If a column or an indicator, item, area or source does not exist.

        Examples
        --------
        >>> rows = load().select(indicator="ecommerce_turnover", item="total", area="CN", period="2018",
        ...                      measure="level", source="mofcom-2018", section="1.1.1")
        >>> rows[0]["value"], rows[0]["unit"]
        ('31.63', '万亿元')
        """
        wanted = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in where.items()}
        for name, values in wanted.items():
            if name not in (*DIMENSIONS, "id"):
                raise not_found("column", name, (*DIMENSIONS, "id"))
            for value in values:
                if value not in self._columns[name]:
                    self._check_name(name, value)
        _note("select", *(f"{name}={value}" for name, values in sorted(wanted.items()) for value in values))
        return [self._rows[i] for i in self._matches(wanted)]

    def sections(self, source: str, wanted: Iterable[str], but: Iterable[str] = ()) -> list[dict[str, str]]:
        """The rows of a publication that stand in some sections or below them, in the order of the file.

        Parameters
        ----------
        source : str
        wanted : iterable of str
            Numbers of sections; ``8.1`` stands for ``8.1.2`` too.
        but : iterable of str
            Sections below these to leave out.

        Examples
        --------
        >>> rows = load().sections("mofcom-2018", ["8.19"], but=["8.19.5"])
        >>> sorted({row["section"] for row in rows})
        ['8.19.1', '8.19.2', '8.19.3']
        """
        words = (*wanted, *(f"{_BUT}{section}" for section in but))
        _note("sections", source, *words)
        return [self._rows[i] for i in self._places_in(source, words)]

    def _places_in(self, source: str, words: Sequence[str]) -> list[int]:
        left_out = [word.removeprefix(_BUT) for word in words if word.startswith(_BUT)]
        wanted = [word for word in words if not word.startswith(_BUT)]
        found = [
            section
            for section in self._columns["section"]
            if any(inside(section, parent) for parent in wanted)
            and not any(inside(section, parent) for parent in left_out)
        ]
        return self._matches({"source": [source], "section": found})

    def _matches(self, where: Mapping[str, Iterable[str]]) -> list[int]:
        """Positions of the rows that match, in the order of the file."""
        sets = sorted((self._having(name, values) for name, values in where.items()), key=len)
        return sorted(frozenset.intersection(*sets)) if sets else list(range(len(self._rows)))

    def _having(self, column: str, values: Iterable[str]) -> frozenset[int]:
        """Positions of the rows with one of some values in a column; no copy for one, which may be half of all."""
        found = [self._columns[column].get(value, frozenset()) for value in values]
        return found[0] if len(found) == 1 else frozenset().union(*found)

    def _check_name(self, column: str, value: str) -> None:
        table = {"indicator": "indicators", "item": "items", "area": "areas", "source": "sources"}.get(column)
        if table is not None:
            known = self.tables.quiet(table)["id"]
            if value not in set(known):
                raise not_found(column, value, known)

    def quantity(self, row: dict[str, str]) -> Quantity:
        """A row as a quantity with its rounding interval and its id as evidence."""
        _note("record", "units", row["unit"])
        return _read(row["value"], self.units[row["unit"]], row["qualifier"], row["id"])

    def row(self, id_: str) -> dict[str, str]:
        """One row of ``observations.csv`` by its id."""
        rows = self._columns["id"].get(id_)
        if not rows:
            raise not_found("observation", id_, self._columns["id"])
        _note("record", "observations", id_)
        return self._rows[min(rows)]

    def obs(
        self,
        indicator: str,
        item: str = "total",
        area: str = "CN",
        period: str | int = YEAR,
        measure: str = "level",
        *,
        default: Any = MISSING,
        **where: str | Iterable[str],
    ) -> Quantity:
        """One statistic, as the best source prints it.

        Where several rows print it, sources come in order of their confidence, and of equally good ones the reports
        first; within a source the most precise printing of the body text is taken, of equally precise ones the first.

        Parameters
        ----------
        indicator, item, area, period, measure : str
            What is measured, which part of it, where, when and how.
        default
            What to return where nobody printed it; without one that is an error.
        **where
            Further columns, such as ``source``, ``reference`` or ``basis``.

        Returns
        -------
        Quantity

        Raises
        ------
        NotFound
            If a name does not exist, or nothing was printed and no default is given.

        Examples
        --------
        >>> load().obs("online_retail_sales").text("en")
        '9.01 trillion yuan'
        """
        key = {"indicator": indicator, "item": item, "area": area, "period": str(period), "measure": measure}
        rows = self.select(**key, **where)
        if not rows:
            if default is not MISSING:
                return cast("Quantity", default)
            raise NotFound(self._nothing_printed(key | {n: str(v) for n, v in where.items()}))
        return self.quantity(min(rows, key=self._preference))

    def _preference(self, row: dict[str, str]) -> tuple[Any, ...]:
        quantity = self.quantity(row)
        _note("record", "sources", row["source"])
        aside = row["section"] in ("preface", "contents", "editors")
        return (*self._rank[row["source"]], aside, quantity.qualifier != "exact", quantity.high - quantity.low)

    def _nothing_printed(self, key: dict[str, str]) -> str:
        parts = ", ".join(f"{name} {value!r}" for name, value in key.items())
        others = [r for r in self._rows if r["indicator"] == key["indicator"]]
        shown = ("item", "area", "period", "measure")
        # Those that differ in the fewest ways come first.
        near = {tuple(r[n] for n in shown): sum(r[n] != key.get(n, r[n]) for n in shown) for r in others}
        nearest = sorted(near, key=lambda words: (near[words], words))[:6]
        return f"no source prints {parts}; it has, among {len(others)}: {', '.join(map('/'.join, nearest))}"

    def series(
        self,
        indicator: str,
        item: str = "total",
        area: str = "CN",
        measure: str = "level",
        *,
        periods: Sequence[str | int] | range | None = None,
        **where: str | Iterable[str],
    ) -> Series:
        """One indicator over time, gaps kept as gaps.

        Parameters
        ----------
        indicator, item, area, measure : str
            As in :meth:`obs`.
        periods : sequence of str or int, optional
            The periods wanted; by default all years from the first to the last printed one.
        **where
            Further columns.

        Returns
        -------
        Series
            One point a period. A break stands before a year whose growth the source gives on a comparable basis.
        """
        key = {"indicator": indicator, "item": item, "area": area, "measure": measure}
        if periods is None:
            years = sorted({r["period"] for r in self.select(**key, **where) if r["period"].isdigit()})
            if not years:
                raise NotFound(self._nothing_printed(key))
            periods = range(int(years[0]), int(years[-1]) + 1)
        names = [str(period) for period in periods]
        points = tuple(
            Point(name, self.obs(indicator, item, area, name, measure, default=None, **where)) for name in names
        )
        comparable = self.select(indicator=indicator, area=area, item="total", measure="growth", basis="comparable")
        breaks = {row["period"] for row in comparable} if measure == "level" else set()
        return Series(MappingProxyType(key), points, tuple(name for name in names[1:] if name in breaks))

    def answer(self, question: Question) -> str:
        """The digest of what the tables say to a question of :func:`journal`.

        Parameters
        ----------
        question : tuple of str

        Returns
        -------
        str
            Hexadecimal; equal digests mean equal answers, and a row that is not there has one of its own.
        """
        kind, *words = question
        if kind == "table":
            said = repr(self.tables.quiet(words[0]).to_csv(index=False) if words[0] in self.tables else None)
        elif kind == "record":
            said = repr(self._all_records(words[0]).get(words[1]))
        elif kind == "sections":
            said = self._written(self._places_in(words[0], words[1:]))
        elif kind == "findings":
            said = repr(self._findings.get(words[0], []))
        else:
            where: dict[str, list[str]] = {}
            for word in words:
                name, _, value = word.partition("=")
                where.setdefault(name, []).append(value)
            said = self._written(self._matches(where))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def _written(self, places: Iterable[int]) -> str:
        """Some rows of the observations as text: a document asks for hundreds of overlapping selections."""
        return "\n".join(self._rows_written[i] for i in places)

    @cached_property
    def _rows_written(self) -> list[str]:
        return [repr(row) for row in self._rows]

    def name(self, table: str, id_: str, language: str = "zh") -> str:
        """The name of an indicator, item, area, source or figure in either language."""
        return self.names(table, id_)[0 if language == "zh" else 1]

    def names(self, table: str, id_: str) -> Label:
        """The same in both."""
        names = self._names[table]
        if id_ not in names:
            raise not_found(table.rstrip("s"), id_, names)
        _note("record", table, id_)
        return names[id_]

    @cached_property
    def _names(self) -> dict[str, dict[str, Label]]:
        tables = ("indicators", "items", "areas", "sources", "figures")
        return {t: {r["id"]: Label(r["zh"], r["en"]) for r in records(self.tables.quiet(t))} for t in tables}

    def record(self, table: str, id_: str) -> dict[str, str]:
        """One row of any table that has an ``id`` column."""
        row = self.get(table, id_)
        if row is None:
            raise not_found(table.rstrip("s"), id_, self._all_records(table))
        return row

    def get(self, table: str, id_: str) -> dict[str, str] | None:
        """The same, or None where there is no such row."""
        _note("record", table, id_)
        return self._all_records(table).get(id_)

    def entry(self, id_: str) -> tuple[str, dict[str, str]] | None:
        """An entry of the lists beside the observations with the name of its list; None for the id of anything else.

        Examples
        --------
        >>> table, zone = load().entry("pilot-zone.2015.hangzhou")
        >>> table, zone["city_en"]
        ('pilot_zones', 'Hangzhou')
        """
        table = next((table for table in LISTS if id_ in self._all_records(table)), None)
        return (table, self.record(table, id_)) if table else None

    def source_of(self, id_: str) -> str:
        """The publication that an observation or an entry of a list was read in."""
        entry = self.entry(id_)
        return (entry[1] if entry else self.row(id_))["source"]

    def findings(self, id_: str) -> list[dict[str, str]]:
        """The rows of ``errata.csv`` that a row of the observations went into, as result or operand."""
        _note("findings", id_)
        return self._findings.get(id_, [])

    @cached_property
    def _findings(self) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for row in records(self.tables.quiet("errata")) if "errata" in self.tables else []:
            for id_ in dict.fromkeys((row["target"], *row["operands"].split())):
                found.setdefault(id_, []).append(row)
        return found


@lru_cache(maxsize=1 << 13)
def _read(digits: str, unit: Unit, qualifier: str, id_: str) -> Quantity:
    """A row is asked for again by everything that shows it: sentence, figure, table, note and data file."""
    return Quantity.from_print(digits, unit, qualifier=qualifier, evidence=(id_,))


@contextmanager
def journal() -> Iterator[set[Question]]:
    """Note every question put to the tables inside the block, whether it found something or not.

    A document depends on the answers: asked again of changed tables, the same answers mean the same document.
    """
    global _journal
    outer, _journal = _journal, set()
    try:
        yield _journal
    finally:
        _journal = outer


def _note(*question: str) -> None:
    if _journal is not None:
        _journal.add(question)


class _Tables(dict[str, pd.DataFrame]):
    """The tables by name; reading one whole is noted as a question of its own."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        _note("table", name)
        return self.quiet(name)

    def quiet(self, name: str) -> pd.DataFrame:
        """A table whose use is noted row by row elsewhere."""
        return super().__getitem__(name)


@cache
def _load(folder: Path) -> Catalog:
    tables = read_tables(folder)
    problems = invariants.check(tables)
    if problems:
        raise DataError(problems)
    return Catalog(folder, _Tables(tables))


def load(folder: str | Path | None = None) -> Catalog:
    """Read and validate the tables; the same folder is read once in a process.

    Parameters
    ----------
    folder : path, optional
        A folder with ``datapackage.json``; by default the project's own.

    Returns
    -------
    Catalog

    Raises
    ------
    DataError
        With every wrong row, its file, line, column, value and what is allowed.
    """
    return _load(Path(folder) if folder is not None else data_folder())
