"""What must hold of the tables beyond what ``datapackage.json`` can say.

The description of the tables knows columns, keys and references; it cannot know that a share lies within its whole,
that a rank does not grow, that table B-3 has seven columns for each of seven regions, or that a row read in the chapter
on Guangdong is about Guangdong. Each function here knows one such rule and returns one line a breach, written as
``ecanalysis.schema`` writes them; :func:`check` runs them all, so that loading the tables fails with every problem at
once.
"""

from __future__ import annotations

import re
from collections import Counter, namedtuple
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from ecanalysis.errors import allowed

# The rows of each table as named tuples of its columns, with ``Index`` for the line in the file.
Tables = Mapping[str, list[Any]]

_TABLES = ("observations", "indicators", "items", "areas", "units", "sources", "figures", "policies", "issuers")
_RATIO = ("ratio", "fraction")
# What a measure may be printed in. Levels, changes and gaps are counted in the units of their indicator instead; a
# growth rate that changed by some per cent, not points, is printed so once or twice.
_DIMENSIONS = {
    "growth": _RATIO,
    "average_growth": _RATIO,
    "share": _RATIO,
    "multiple": _RATIO,
    "contribution": (*_RATIO, "percentage_points"),
    "share_change": ("percentage_points",),
    "share_gap": ("percentage_points",),
    "growth_change": ("percentage_points", *_RATIO),
    "growth_gap": ("percentage_points",),
    "rank": ("rank",),
    "growth_rank": ("rank",),
}
_GROWTH = ("growth", "average_growth", "growth_change", "growth_gap", "growth_rank")
# Measures that say nothing without their other operand.
_COMPARISONS = ("share", "gap", "share_gap", "growth_gap", "multiple", "rank", "growth_rank")

_REFERENCE = re.compile(
    r"(?P<indicator>[a-z][a-z0-9_]*)?(:(?P<item>[a-z0-9_]+))?(@(?P<area>[A-Za-z0-9_-]+))?(~(?P<period>.+))?"
)

# The regions of the ministry report in the order of its chapter 8, which is that of the statistical codes.
PROVINCES = tuple(
    f"CN-{code}"
    for code in (
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41"),
        *("42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
    )
)
CORPS = "CN-xpcc"
PLANNED_CITIES = {
    "CN-21-dalian": "8.6.4",
    "CN-33-ningbo": "8.11.4",
    "CN-35-xiamen": "8.13.4",
    "CN-37-qingdao": "8.15.4",
    "CN-44-shenzhen": "8.19.5",
}
REGIONS = {area: f"8.{number}" for number, area in enumerate((*PROVINCES, CORPS), start=1)} | PLANNED_CITIES
MINISTRY = "mofcom-2018"
# What each section on one place is about: the regions of chapter 8 and the countries of appendix B. The European Union
# is told with Europe's other regions, Cambodia with its neighbours.
_COUNTRIES = ("US", "europe", "JP", "KR", "RU", "IN", "AU", "NZ", "VN", "BR", "southeast_asia")
_SUBJECTS = {section: area for area, section in REGIONS.items()} | {
    f"B.2.{number}": area for number, area in enumerate(_COUNTRIES, start=1)
}

# Charts and tables of each report.
FIGURES = {MINISTRY: 44, "ceca-2017-2018": 14}


class _Cells(NamedTuple):
    """A block of a printed table: every measure for every area and period."""

    measures: tuple[tuple[str, str, str, str], ...]  # indicator, item, measure, reference
    areas: tuple[str, ...]
    periods: tuple[str, ...]


_SALES, _MOBILE = ("online_retail_sales", "total"), ("online_retail_sales", "mobile")
_BLOCS = (
    *("asia_pacific", "central_eastern_europe", "latin_america"),
    *("middle_east_africa", "north_america", "western_europe"),
)
_ITU_AREAS = (
    *("world", "developed_countries", "developing_countries", "africa", "arab_states", "asia_pacific"),
    *("commonwealth_independent_states", "europe", "americas"),
)
_KOREAN_PERIODS = ("2017", "2017-12", "2018-11", "2018-12")
MATRICES = {
    "table-B-1": (
        _Cells(
            (
                ("retail_sales", "total", "level", ""),
                ("retail_sales", "total", "growth", ""),
                (*_SALES, "level", ""),
                (*_SALES, "growth", ""),
                (*_SALES, "share", "retail_sales"),
            ),
            ("world",),
            ("2018", "2019", "2020", "2021"),
        ),
    ),
    "table-B-2": (_Cells(((*_SALES, "level", ""),), _BLOCS, ("2018", "2019", "2020", "2021")),),
    "table-B-3": (
        _Cells(
            (
                (*_SALES, "level", ""),
                (*_SALES, "growth", ""),
                (*_SALES, "share", "@world"),
                (*_SALES, "share", "retail_sales"),
                (*_MOBILE, "level", ""),
                (*_MOBILE, "growth", ""),
                (*_MOBILE, "share", ":total"),
            ),
            (*_BLOCS, "world"),
            ("2018",),
        ),
    ),
    "table-B-4": (
        _Cells(
            (
                ("internet_penetration", "total", "level", ""),
                ("broadband_penetration", "mobile", "level", ""),
                ("broadband_penetration", "fixed", "level", ""),
            ),
            _ITU_AREAS,
            ("2018",),
        ),
    ),
    "table-B-5": (
        _Cells(
            ((*_SALES, "level", ""), (*_MOBILE, "level", ""), (*_MOBILE, "share", ":total")), ("KR",), _KOREAN_PERIODS
        ),
        _Cells(
            (
                (*_SALES, "change", ""),
                (*_SALES, "growth", ""),
                (*_MOBILE, "change", ""),
                (*_MOBILE, "growth", ""),
                (*_MOBILE, "share_change", ":total"),
            ),
            ("KR",),
            ("2018-12",),
        ),
    ),
}


def check(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Hold the tables against every rule of this module.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        As :func:`ecanalysis.schema.read_tables` gives them: text columns, the index is the line in the file.

    Returns
    -------
    list of str
        One line a breach, in the order of the rules; empty if all hold.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> check(catalog.load().tables)
    []
    """
    tables = rows(frames)
    return [problem for rule in RULES for problem in rule(tables)]


def rows(frames: Mapping[str, pd.DataFrame]) -> dict[str, list[Any]]:
    """The tables as the rules take them: a list a column is ten times as fast as ``itertuples`` on text.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        As for :func:`check`.

    Returns
    -------
    dict of str to list of named tuple
        The rows of each table that a rule looks at.
    """
    found = {}
    for name in _TABLES:
        frame = frames[name]
        row = namedtuple("Row", ("Index", *frame.columns))  # type: ignore[misc]
        cells = (frame[column].tolist() for column in frame.columns)
        found[name] = list(map(row._make, zip(frame.index, *cells, strict=True)))
    return found


def reference_parts(reference: str) -> dict[str, str]:
    """What a reference says, by part.

    Parameters
    ----------
    reference : str
        ``indicator:item@area~period``, every part optional, as ``datapackage.json`` requires it.

    Returns
    -------
    dict of str to str
        The parts that are there, in that order.

    Examples
    --------
    >>> reference_parts("retail_sales:total@world"), reference_parts("~2013")
    ({'indicator': 'retail_sales', 'item': 'total', 'area': 'world'}, {'period': '2013'})
    """
    match = _REFERENCE.fullmatch(reference)
    return {part: text for part, text in match.groupdict().items() if text} if match else {}


def units_fit(tables: Tables) -> list[str]:
    """Rates are printed as rates, ranks as ranks, and levels in a base unit that their indicator lists."""
    units = {row.id: row for row in tables["units"]}
    listed = {row.id: row.unit.split() for row in tables["indicators"]}
    bases = {unit.base for unit in units.values()} - {""}
    problems = [
        _problem("indicators", row.Index, "unit", row.unit, f"{word!r} is no base unit of units.csv")
        for row in tables["indicators"]
        for word in row.unit.split()
        if word not in bases
    ]
    for row in tables["observations"]:
        unit = units[row.unit]
        known = listed[row.indicator]
        dimensions = _DIMENSIONS.get(row.measure)
        if dimensions is not None:
            fits, rule = unit.dimension in dimensions, f"a {row.measure} is printed as {' or '.join(dimensions)}"
        else:
            # A print that names no counter (2.22亿) counts whatever its indicator counts; a gap may be relative.
            fits = unit.base in known or (unit.base == "" and known) or (row.measure == "gap" and unit.base == "ratio")
            rule = f"indicator {row.indicator!r} is counted in {allowed(known) or 'no unit'}"
        if not fits:
            problems.append(_wrong(row, "unit", rule))
    return problems


def shares_within_whole(tables: Tables) -> list[str]:
    """A share lies between 0 and 100 per cent."""
    scale = {unit.id: Fraction(unit.scale) for unit in tables["units"]}
    return [
        _wrong(row, "value", f"a share lies between 0 and 100 %; this one is {row.value} {row.unit}")
        for row in tables["observations"]
        if row.measure == "share" and not 0 <= Fraction(row.value) * scale[row.unit] <= 1
    ]


def growth_has_levels(tables: Tables) -> list[str]:
    """Only what is or could be counted grows: an indicator without a base unit has shares and ranks alone."""
    units = {row.id: row.unit for row in tables["indicators"]}
    return [
        _wrong(row, "measure", f"indicator {row.indicator!r} has no unit in indicators.csv, so it cannot grow")
        for row in tables["observations"]
        if row.measure in _GROWTH and not units[row.indicator]
    ]


def parents_acyclic(tables: Tables) -> list[str]:
    """Every item lies in ``total`` and every area in ``world``, directly or through its parents."""
    problems = []
    for name, root in (("items", "total"), ("areas", "world")):
        parents = {row.id: row.parent for row in tables[name]}
        for row in tables[name]:
            seen = [row.id]
            while (parent := parents[seen[-1]]) and parent not in seen:
                seen.append(parent)
            if parent:
                problems.append(_problem(name, row.Index, "parent", row.parent, f"it leads back to {parent!r}"))
            elif seen[-1] != root:
                problems.append(_problem(name, row.Index, "parent", row.parent, f"it must lead to {root!r}"))
    return problems


def periods_real(tables: Tables) -> list[str]:
    """Periods and dates exist, spans run forward, and what is printed as actual had begun when it was published."""
    published = {row.id: row.date for row in tables["sources"]}
    problems = []
    for name in ("policies", "sources"):
        problems += [
            _problem(name, row.Index, "date", row.date, "it must be a date that exists")
            for row in tables[name]
            if row.date and _span(row.date) is None
        ]
    spans = {period: _span(period) for period in {row.period for row in tables["observations"]}}
    closes = {source: _span(text) for source, text in published.items() if text}
    for row in tables["observations"]:
        span, close = spans[row.period], closes.get(row.source)
        if span is None:
            problems.append(_wrong(row, "period", "it must be a period that exists and ends after it begins"))
        elif row.status == "actual" and close is not None and span[0] > close[1]:
            rule = f"{row.source} was published {published[row.source]} and cannot print an actual value for it"
            problems.append(_wrong(row, "period", rule))
    return problems


def issuers_known(tables: Tables) -> list[str]:
    """Every body that issued a policy stands in the list of issuers, by the name that is printed."""
    known = {row.id for row in tables["issuers"]}
    return [
        _problem("policies", row.Index, "issuers", row.issuers, f"{issuer!r} is no id of issuers.csv")
        for row in tables["policies"]
        for issuer in row.issuers.split(";")
        if issuer not in known
    ]


def references_resolve(tables: Tables) -> list[str]:
    """A reference names an indicator, item, area and period that exist, and something else than the row itself."""
    known = {part: {row.id for row in tables[f"{part}s"]} for part in ("indicator", "item", "area")}
    problems = []
    for row in tables["observations"]:
        if not row.reference:
            continue
        parts = reference_parts(row.reference)
        for part, text in parts.items():
            if part == "period" and _span(text) is None:
                problems.append(_wrong(row, "reference", f"{text!r} is no period that exists"))
            elif part != "period" and text not in known[part]:
                problems.append(_wrong(row, "reference", f"{text!r} is no {part} of {part}s.csv"))
        # The whole is 100 % of itself: tables print that line too.
        if all(getattr(row, part) == text for part, text in parts.items()) and Fraction(row.value) != 100:
            problems.append(_wrong(row, "reference", "it names the row itself; it says what differs from the row"))
    return problems


def comparisons_have_reference(tables: Tables) -> list[str]:
    """A share, gap, multiple or rank says of what or against what."""
    return [
        _wrong(row, "reference", f"a {row.measure} needs what it is a {row.measure} of or against")
        for row in tables["observations"]
        if row.measure in _COMPARISONS and not row.reference
    ]


def ids_follow_place(tables: Tables) -> list[str]:
    """The id of a row begins with its source and section."""
    return [
        _wrong(row, "id", f"it must be {place} and a number after a point")
        for row in tables["observations"]
        if row.id.rpartition(".")[0] != (place := f"{row.source}.{row.section}".rstrip("."))
    ]


def notes_translated(tables: Tables) -> list[str]:
    """What a reader must know is said in both languages or not at all."""
    return [
        _wrong(row, empty, f"it must be filled where {filled!r} is: {getattr(row, filled)!r}")
        for row in tables["observations"]
        for filled, empty in (("note", "note_zh"), ("note_zh", "note"))
        if getattr(row, filled) and not getattr(row, empty)
    ]


def regions_complete(tables: Tables) -> list[str]:
    """All provinces, the corps and the cities with separate state planning stand at their section and have rows."""
    if MINISTRY not in _reports(tables):
        return []
    areas = {row.id: row for row in tables["areas"]}
    kinds = dict.fromkeys(PROVINCES, "province") | {CORPS: "corps"} | dict.fromkeys(PLANNED_CITIES, "planned_city")
    described = {(row.area, _subject(row.section)) for row in tables["observations"] if row.source == MINISTRY}
    problems = []
    for area, section in REGIONS.items():
        if area not in areas:
            problems.append(f"areas.csv: {area!r} is missing: section {section} of {MINISTRY} describes it")
            continue
        for column, expected in (("kind", kinds[area]), ("section", section)):
            found = getattr(areas[area], column)
            if found != expected:
                problems.append(_problem("areas", areas[area].Index, column, found, f"{area} must have {expected!r}"))
        if (area, section) not in described:
            problems.append(f"observations.csv: no row of {MINISTRY} section {section} is about {area!r}")
    problems += [
        _problem("areas", row.Index, "section", row.section, f"only {len(REGIONS)} regions have a section")
        for row in areas.values()
        if row.section and row.id not in REGIONS
    ]
    return problems


def areas_keep_section(tables: Tables) -> list[str]:
    """A row read in the section on a region or country is about it, a part of it, its country or its continent."""
    parents = {row.id: row.parent for row in tables["areas"]}
    within = {area: set(_ancestry(area, parents)) for area in parents}
    problems = []
    for row in tables["observations"]:
        subject = _SUBJECTS.get(_subject(row.section)) if row.source == MINISTRY else None
        wider = subject and not row.area.startswith("CN-") and row.area in within.get(subject, ())
        if subject and subject not in within[row.area] and not wider:
            problems.append(_wrong(row, "area", f"section {row.section} is about {subject!r}"))
    return problems


def matrices_complete(tables: Tables) -> list[str]:
    """The tables B-1 to B-5 have each of their cells once and nothing else."""
    if MINISTRY not in _reports(tables):
        return []
    printed = [row for row in tables["observations"] if row.source == MINISTRY and row.section in MATRICES]
    problems = []
    for section, blocks in MATRICES.items():
        cells = [cell for block in blocks for cell in product(block.measures, block.areas, block.periods)]
        wanted = Counter(cells)
        for row in (row for row in printed if row.section == section):
            cell = ((row.indicator, row.item, row.measure, row.reference), row.area, row.period)
            if wanted[cell]:
                wanted[cell] -= 1
            else:
                problems.append(_wrong(row, "section", f"{_cell(cell)} is no cell of it or stands twice"))
        problems += [f"observations.csv: {section} lacks {_cell(cell)}" for cell in cells if wanted[cell]]
    return problems


def figures_complete(tables: Tables) -> list[str]:
    """Each report has all its charts and tables, under the ids that their labels make."""
    figures = tables["figures"]
    problems = []
    for source, count in FIGURES.items():
        if source not in _reports(tables):
            continue
        found = sum(row.source == source for row in figures)
        if found != count:
            problems.append(f"figures.csv: {source} has {found} figures and tables; it must have {count}")
    for row in figures:
        kind, mark = ("fig", "图") if row.kind == "figure" else ("tab", "表")
        if row.id != f"{row.source}.{kind}-{row.label.removeprefix(mark)}":
            rule = f"label {row.label!r} of a {row.kind} of {row.source} makes another id"
            problems.append(_problem("figures", row.Index, "id", row.id, rule))
    return problems


RULES: tuple[Callable[[Tables], list[str]], ...] = (
    units_fit,
    shares_within_whole,
    growth_has_levels,
    parents_acyclic,
    periods_real,
    issuers_known,
    references_resolve,
    comparisons_have_reference,
    ids_follow_place,
    notes_translated,
    regions_complete,
    areas_keep_section,
    matrices_complete,
    figures_complete,
)


def _reports(tables: Tables) -> set[str]:
    """The sources that have rows: who holds a report holds all of it, but nobody must hold it."""
    return {row.source for row in tables["observations"]}


def _problem(table: str, line: Any, column: str, value: str, rule: str) -> str:
    return f"{table}.csv:{line}: column {column!r} has {value!r}: {rule}"


def _wrong(row: Any, column: str, rule: str) -> str:
    return _problem("observations", row.Index, column, getattr(row, column), rule)


def _cell(cell: tuple[tuple[str, str, str, str], str, str]) -> str:
    (indicator, item, measure, reference), area, period = cell
    of = f" of {reference}" if reference else ""
    return f"the {measure}{of} {indicator}:{item}@{area}~{period}"


def _subject(section: str) -> str:
    """The section on one place that a section belongs to: ``8.19.5`` for ``8.19.5.1``, ``8.19`` for ``8.19.1``."""
    while section and section not in _SUBJECTS:
        section = section.rpartition(".")[0]
    return section


def _ancestry(area: str, parents: dict[str, str]) -> Iterator[str]:
    """An area and all it lies in; ends at a loop, which another rule reports."""
    seen: set[str] = set()
    while area and area not in seen:
        seen.add(area)
        yield area
        area = parents[area]


def _span(period: str) -> tuple[date, date] | None:
    """First and last day of a period, or None where the calendar has no such period."""
    first, _, last = period.partition("/")
    try:
        begin = _days(first)
        end = _days(last) if last else begin
    except ValueError:
        return None
    return (begin[0], end[1]) if not last or begin[1] < end[1] else None


def _days(period: str) -> tuple[date, date]:
    year, _, part = period.partition("-")
    months = {"": (1, 12), "H1": (1, 6), "H2": (7, 12)} | {f"Q{n}": (3 * n - 2, 3 * n) for n in (1, 2, 3, 4)}
    if part in months:
        first, last = months[part]
    elif len(part) == 2:
        first = last = int(part)
    else:
        day = date.fromisoformat(period)
        return day, day
    return date(int(year), first, 1), date(int(year) + last // 12, last % 12 + 1, 1) - timedelta(days=1)
