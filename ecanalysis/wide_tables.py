"""Wide tables that people can use at once, made from the long table of printings.

``observations.csv`` has one row a printing in the unit that was printed: right for proving a number, slow for using
many. A wide table has one row a year, an area or both and one statistic a column, in one base unit, missing as missing.
Which statistics is said in ``ecanalysis.themes``; which of several printings is taken is what
:meth:`ecanalysis.catalog.Catalog.obs` takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ecanalysis import catalog
from ecanalysis.catalog import Catalog
from ecanalysis.document import MEASURES, described
from ecanalysis.errors import ParameterError, not_found
from ecanalysis.invariants import reference_parts
from ecanalysis.language import LANGUAGES, Label, current
from ecanalysis.quantity import Quantity, Unit
from ecanalysis.schema import records
from ecanalysis.themes import TABLES, Areas, Column, Facts, Listing, Wide

# Measures counted in the indicator's own unit; of the others, those that are no ratio.
_COUNTED = ("level", "change", "gap")
_UNITS = dict.fromkeys(("rank", "growth_rank"), "位")
_UNITS |= dict.fromkeys(("share_change", "share_gap", "growth_change", "growth_gap"), "pp")
# Columns of the listings that are no text.
_TYPES: dict[str, Any] = {"batch": "Int64", "line": "Int64", "approved": "datetime64[s]", "date": "datetime64[s]"}


def table(name: str, *, source: str | None = None, language: str | None = None) -> pd.DataFrame:
    """One of the wide tables.

    Parameters
    ----------
    name : str
        See :func:`tables` for what there is.
    source : str, optional
        Only what this source prints; by default each cell is taken from the best source that prints it.
    language : {"zh", "en"}, optional
        Language of names and titles; by default the one in use. Columns have English names always.

    Returns
    -------
    DataFrame
        Indexed by ``year`` (Int64), ``area`` (id of ``areas.csv``) or both; lists of facts and entries by position.
        Amounts and ratios are float64 (0.239 is 23.9 %), counts and ranks Int64, texts string, days datetime64; what
        nobody printed is missing. Its ``attrs`` say by column: ``units``, the base unit (``ratio``, ``pp`` and ``位``
        for rates, percentage points and ranks); ``titles``, what it holds; ``evidence``, the id of the row of
        ``observations.csv`` behind each cell, empty where missing; and, for tables by year alone, ``breaks``, the
        years before which the method changed, so that levels on either side do not connect.

    Raises
    ------
    NotFound
        If there is no table or source of that name.
    ParameterError
        If the language is unknown.

    Examples
    --------
    >>> national = table("national", language="en")
    >>> float(national.loc[2018, "online_retail_sales"]), national.attrs["units"]["online_retail_sales"]
    (9010000000000.0, '元')
    >>> national.attrs["titles"]["online_retail_sales_growth"]
    'online retail sales, growth on the year'
    """
    theme = _theme(name)
    language = language or current()
    if language not in LANGUAGES:
        raise ParameterError(f"language {language!r}: allowed are {', '.join(LANGUAGES)}")
    data = catalog.load()
    only = {"source": data.record("sources", source)["id"]} if source else {}
    if isinstance(theme, Wide):
        return _wide(data, theme, only, language)
    if isinstance(theme, Facts):
        return _facts(data, theme, only, language)
    return _listing(data, theme, only, language)


def tables() -> pd.DataFrame:
    """What wide tables there are.

    Returns
    -------
    DataFrame
        Indexed by ``name``: ``zh`` and ``en``, what it is for; ``row``, what a row stands for; ``rows`` and
        ``columns``, how many.

    Examples
    --------
    >>> tables().loc["planned_cities", "row"], int(tables().loc["planned_cities", "rows"])
    ('area', 5)
    """
    found = [(name, theme.zh, theme.en, theme.row, *table(name).shape) for name, theme in TABLES.items()]
    frame = pd.DataFrame(found, columns=["name", "zh", "en", "row", "rows", "columns"]).set_index("name")
    return frame.astype(dict.fromkeys(("zh", "en", "row"), "string") | dict.fromkeys(("rows", "columns"), "Int64"))


def columns(name: str) -> dict[str, tuple[Label, str]]:
    """What the columns of a wide table of years or areas hold.

    Parameters
    ----------
    name : str
        Empty for tables that list facts or entries: their columns explain themselves.

    Returns
    -------
    dict of str to (Label, str)
        Title in both languages and base unit, by column.
    """
    data, theme = catalog.load(), _theme(name)
    described_columns = theme.columns if isinstance(theme, Wide) else {}
    return {key: (_title(data, column), _bases(data, column)[0]) for key, column in described_columns.items()}


def _theme(name: str) -> Wide | Facts | Listing:
    if name not in TABLES:
        raise not_found("table", name, TABLES)
    return TABLES[name]


# Years and areas.


def _wide(data: Catalog, theme: Wide, only: dict[str, str], language: str) -> pd.DataFrame:
    areas = _areas(data, theme.areas)
    shared: dict[str, Any] = {"area": areas, **only}
    if theme.year:
        shared["period"] = theme.year
    if not theme.forecasts:
        shared["status"] = ("actual", "estimate")
    wheres = {key: _where(data, column) | shared for key, column in theme.columns.items()}
    keys = _keys(data, theme, wheres.values(), areas)
    cells = {
        key: [data.obs(**(where | dict(zip(theme.by, row, strict=True))), default=None) for row in keys]
        for key, where in wheres.items()
    }
    frame = pd.DataFrame(index=_index(theme.by, keys))
    if theme.areas:
        names = _names(data, "areas", language)
        frame["name"] = _texts(names[area] for area, *_ in keys)
    if theme.forecasts:
        frame["status"] = _texts(_status(data, row) for row in zip(*cells.values(), strict=True))
    for key, column in theme.columns.items():
        frame[key] = _values(data, _bases(data, column)[0], cells[key])
    frame.attrs = {
        "units": {key: _bases(data, column)[0] for key, column in theme.columns.items()},
        "titles": {key: _in(language, _title(data, column)) for key, column in theme.columns.items()},
        "evidence": {key: [_evidence(cell) for cell in column] for key, column in cells.items()},
    }
    if not theme.areas:
        years = [year for (year,) in keys]
        frame.attrs["breaks"] = {
            key: [int(year) for year in _breaks(data, column, years)] for key, column in theme.columns.items()
        }
    return frame


def _bases(data: Catalog, column: Column) -> list[str]:
    """The base units a column takes: one, or two words for the same count, of which the first is stated."""
    if column.measure not in _COUNTED:
        return [_UNITS.get(column.measure, "ratio")]
    return (column.unit or data.record("indicators", column.indicator)["unit"]).split()


def _unit(data: Catalog, base: str) -> Unit:
    """Any unit of that base: all of one base share dimension and names."""
    return next(unit for unit in data.units.values() if unit.base == base)


def _where(data: Catalog, column: Column) -> dict[str, Any]:
    """The printings of a column: one statistic in one base unit; a print without a counter counts as that unit."""
    bases = [*_bases(data, column), *([""] if column.measure in _COUNTED else [])]
    return {
        "indicator": column.indicator,
        "item": column.item,
        "measure": column.measure,
        "reference": column.reference,
        "unit": [unit.id for unit in data.units.values() if unit.base in bases],
    }


def _areas(data: Catalog, areas: Areas | None) -> list[str]:
    if areas is None:
        return ["CN"]
    table = data.tables["areas"]
    parents = dict(zip(table["id"], table["parent"], strict=True))

    def within(area: str) -> bool:
        return area == areas.within or (area != "" and within(parents[area]))

    wanted = table["kind"].isin(areas.kinds) & ~table["id"].isin(areas.without) & table["id"].map(within)
    return table["id"][wanted].tolist()


def _keys(data: Catalog, theme: Wide, wheres: Iterable[dict[str, Any]], areas: list[str]) -> list[tuple[str, ...]]:
    """The rows: whatever has a value in some column; of years also those between the first and the last."""
    if theme.areas and theme.areas.every:
        return [(area,) for area in areas]
    rows = [row for where in wheres for row in data.select(**where) if row["period"].isdigit()]
    keys = {tuple(row[dimension] for dimension in theme.by) for row in rows}
    if theme.by == ("period",) and keys:
        years = [int(year) for (year,) in keys]
        return [(str(year),) for year in range(min(years), max(years) + 1)]
    order = {area: str(position).zfill(4) for position, area in enumerate(areas)}
    return sorted(keys, key=lambda key: tuple(order.get(part, part) for part in key))


def _index(by: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> pd.Index:
    levels = {
        "area": lambda values: pd.Index(values, dtype="string", name="area"),
        "period": lambda values: pd.Index([int(value) for value in values], dtype="Int64", name="year"),
    }
    parts = [levels[dimension]([key[position] for key in keys]) for position, dimension in enumerate(by)]
    return parts[0] if len(parts) == 1 else pd.MultiIndex.from_arrays(parts)


def _values(data: Catalog, base: str, cells: Sequence[Quantity | None]) -> pd.api.extensions.ExtensionArray:
    """Quantities in base units: whole numbers for counts and ranks, else floats."""
    values = [float(cell) if cell else None for cell in cells]
    if _unit(data, base).dimension in ("count", "rank"):
        return pd.array(values, dtype="Int64")
    return pd.Series(values, dtype="float64").array


def _breaks(data: Catalog, column: Column, years: Sequence[str]) -> tuple[str, ...]:
    return data.series(column.indicator, column.item, measure=column.measure, periods=years).breaks


def _title(data: Catalog, column: Column) -> Label:
    """What it measures, how, and against what; for amounts in one of several currencies also which."""
    what = described({"indicator": column.indicator, "item": column.item})
    if column.measure != "level":
        measure = MEASURES[column.measure]
        what = Label(f"{what.zh}，{measure.zh}", f"{what.en}, {measure.en}")
        parts = reference_parts(column.reference).items()
        beside = [" ".join(_names(data, f"{part}s", language)[id_] for part, id_ in parts) for language in LANGUAGES]
    else:
        unit = _unit(data, _bases(data, column)[0])
        beside = [unit.zh, unit.en] if column.unit and unit.dimension == "currency" else ["", ""]
    return Label(f"{what.zh}（{beside[0]}）", f"{what.en} ({beside[1]})") if beside[0] else what


def _status(data: Catalog, cells: Iterable[Quantity | None]) -> str:
    return ", ".join(sorted({data.row(cell.evidence[0])["status"] for cell in cells if cell}))


# Facts and listings.


def _facts(data: Catalog, theme: Facts, only: dict[str, str], language: str) -> pd.DataFrame:
    rows = [
        row
        for source, chapters in theme.chapters.items()
        if only.get("source", source) == source
        for row in data.select(source=source, **({"indicator": theme.indicators} if theme.indicators else {}))
        if row["section"].replace("-", ".").partition(".")[0] in chapters
    ]
    key = ("indicator", "item", "area", "period", "reference")
    facts: dict[tuple[str, ...], dict[str, Quantity]] = {}
    for row in rows:
        fact = {name: row[name] for name in key}
        cells = facts.setdefault(tuple(fact.values()), {})
        if row["measure"] not in cells:
            cells[row["measure"]] = data.obs(measure=row["measure"], source=row["source"], **fact)
    names = _names(data, "areas", language)
    frame = pd.DataFrame(index=pd.RangeIndex(len(facts)))
    frame["name"] = _texts(_in(language, described(dict(zip(key, fact, strict=True)))) for fact in facts)
    frame["area_name"] = _texts(names[area] for _, _, area, _, _ in facts)
    for position, column in enumerate(key):
        frame[column] = _texts(fact[position] or None for fact in facts)
    frame["status"] = _texts(_status(data, cells.values()) for cells in facts.values())
    units = {row["id"]: row["unit"].partition(" ")[0] for row in records(data.tables["indicators"])}
    counted = [
        next((cells[measure].unit for measure in _COUNTED if measure in cells), None) for cells in facts.values()
    ]
    frame["unit"] = _texts(
        unit.base or units[fact[0]] if unit else None for fact, unit in zip(facts, counted, strict=True)
    )
    measures = [measure for measure in MEASURES if any(measure in cells for cells in facts.values())]
    for measure in measures:
        values = [float(cells[measure]) if measure in cells else None for cells in facts.values()]
        frame[measure] = pd.array(values, dtype="Int64" if measure.endswith("rank") else "float64")
    frame.attrs = {
        "units": {measure: _UNITS.get(measure, "ratio") for measure in measures if measure not in _COUNTED},
        "titles": {measure: _in(language, MEASURES[measure]) for measure in measures},
        "evidence": {m: [_evidence(cells.get(m)) for cells in facts.values()] for m in measures},
    }
    return frame


def _listing(data: Catalog, theme: Listing, only: dict[str, str], language: str) -> pd.DataFrame:
    table = data.tables[theme.resource]
    for column, value in only.items():
        table = table[table[column] == value]
    frame = pd.DataFrame(index=pd.RangeIndex(len(table)))
    for key, origin in theme.columns.items():
        resource, _, column = origin.rpartition(":")
        column = column.split("/")[-1 if language == "en" else 0]
        values = table[column].tolist()
        if resource:
            names = _names(data, resource, language)
            values = [names[value] for value in values]
        frame[key] = pd.Series(_texts(value or None for value in values)).astype(_TYPES.get(key, "string"))
    frame.attrs = {"units": {}, "titles": {}, "evidence": {}}
    return frame


def _in(language: str, label: Label) -> str:
    return label.zh if language == "zh" else label.en


def _names(data: Catalog, resource: str, language: str) -> dict[str, str]:
    """Names by id; of an area the short one."""
    table = data.tables[resource]
    chinese = "short_zh" if resource == "areas" else "zh"
    return dict(zip(table["id"], table[chinese if language == "zh" else "en"], strict=True))


def _texts(values: Iterable[str | None]) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(values), dtype="string")


def _evidence(cell: Quantity | None) -> str:
    return cell.evidence[0] if cell else ""
