"""What an analyst asks first: find a number, compare areas, draw them, cite it, take it along.

Nothing here is needed to write a report; everything here is for a person at a prompt.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecanalysis import catalog
from ecanalysis.catalog import YEAR, Series
from ecanalysis.citation import EDITION, entry
from ecanalysis.displays import series_name
from ecanalysis.document import described, measure_name
from ecanalysis.errors import EcanalysisError, allowed, not_found
from ecanalysis.evidence import formula, measured, printed_at
from ecanalysis.language import Label, current, pick, sentence
from ecanalysis.quantity import Quantity
from ecanalysis.report_tables import ReportTable, report_table
from ecanalysis.schema import records

if TYPE_CHECKING:
    from ecanalysis.charts.figure import Figure

_GOOD_MATCH = 72
# How many of the operands of a computed number a citation names.
_NAMED = 3
_SDMX_STATUS = MappingProxyType({"actual": "A", "estimate": "E", "forecast": "F"})


def find(words: str, most: int = 20) -> pd.DataFrame:
    """Find statistics by Chinese or English words, partial or a little misspelt.

    Parameters
    ----------
    words : str
        Such as ``网上零售``, ``online retail`` or ``onlin retial``.
    most : int
        How many to show.

    Returns
    -------
    DataFrame
        Indexed by ``indicator`` and ``item`` (what :func:`obs` takes), best first: ``zh``, ``en``, ``rows``
        (printings), ``areas`` (how many), ``periods`` and ``measures`` (which).

    Raises
    ------
    EcanalysisError
        If nothing comes near; the message names what does a little.

    Examples
    --------
    >>> find("onlin retial sales").index[0]
    ('online_retail_sales', 'total')
    >>> find("快递业务").index[0]
    ('express_delivery_volume', 'total')
    """
    from rapidfuzz import fuzz, process, utils

    known = _statistics()
    names = {key: f"{row['zh']} {row['en']} {key[0]} {key[1]}" for key, row in known.items()}
    found = process.extract(
        words, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=None, score_cutoff=_GOOD_MATCH - 12
    )
    plain = utils.default_process(words)
    hits = [
        (plain not in utils.default_process(name), -round(score), key[1] != "total", -int(known[key]["rows"]), key)
        for name, score, key in found
        if score >= _GOOD_MATCH or plain in utils.default_process(name)
    ]
    if not hits:
        near = allowed(str(known[key]["zh" if current() == "zh" else "en"]) for *_, key in found[:5])
        hint = f"; nearest: {near}" if near else "; try one word of its name, in Chinese or English"
        raise EcanalysisError(f"nothing is called {words!r}{hint}")
    keys = [hit[-1] for hit in sorted(hits)][:most]
    index = pd.MultiIndex.from_tuples(keys, names=["indicator", "item"])
    return pd.DataFrame([known[key] for key in keys], index=index)


@cache
def _statistics() -> dict[tuple[str, str], dict[str, Any]]:
    """Every indicator and item that is printed, with its names and what is printed of it."""
    table = catalog.load().observations
    summary: dict[tuple[str, str], dict[str, Any]] = {}
    for (indicator, item), rows in table.groupby(["indicator", "item"], sort=False):
        name = described({"indicator": str(indicator), "item": str(item)})
        periods = sorted(set(rows["period"]))
        summary[str(indicator), str(item)] = {
            "zh": name.zh,
            "en": name.en,
            "rows": len(rows),
            "areas": rows["area"].nunique(),
            "periods": ", ".join(periods[:6]) + (" …" if len(periods) > 6 else ""),
            "measures": ", ".join(dict.fromkeys(rows["measure"])),
        }
    return summary


class Comparison(tuple[tuple[Label, Quantity], ...]):
    """One statistic of several areas, largest first: names with quantities, as ``ec.ranked`` takes them."""

    def to_frame(self) -> pd.DataFrame:
        """The comparison as a table.

        Returns
        -------
        DataFrame
            One row an area: ``value``, ``low``, ``high`` (float, base unit), ``unit``, ``rank``, ``evidence``.
        """
        rows = [
            {
                "area": str(name),
                "value": float(quantity),
                "low": float(quantity.low),
                "high": float(quantity.high),
                "unit": quantity.unit.base,
                "rank": rank,
                "evidence": " ".join(quantity.evidence),
            }
            for rank, (name, quantity) in enumerate(self, 1)
        ]
        return pd.DataFrame(rows).set_index("area")

    def table(self) -> ReportTable:
        """The comparison as a table to read."""
        columns = (Label("位次", "Rank"), Label("地区", "Area"), Label("数值", "Value"), Label("行", "Row"))
        rows = [
            (str(rank), area, quantity, " ".join(quantity.evidence)) for rank, (area, quantity) in enumerate(self, 1)
        ]
        return report_table("comparison", _statistic(self[0][1]), columns, rows)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return self.table()._repr_mimebundle_()


def compare(
    indicator: str,
    item: str = "total",
    areas: Sequence[str] = (),
    period: str | int = YEAR,
    measure: str = "level",
    **where: str,
) -> Comparison:
    """One statistic of several areas, those that print it, largest first.

    Parameters
    ----------
    indicator, item, period, measure : str
        As in :func:`obs`.
    areas : sequence of str
        Ids of ``areas.csv``; by default all provinces, the production and construction corps included.
    **where
        Further columns.

    Returns
    -------
    Comparison
        An area that prints nothing, or prints it in another unit than most, is left out.

    Raises
    ------
    NotFound
        If a name does not exist.
    EcanalysisError
        If none of the areas prints it.

    Examples
    --------
    >>> compare("rural_online_retail_sales")[0][1].text("en")  # doctest: +SKIP
    '92.62 billion yuan'
    """
    data = catalog.load()
    chosen = list(areas) or [
        row["id"] for row in records(data.tables["areas"]) if row["kind"] in ("province", "corps") and row["section"]
    ]
    found = []
    for area in chosen:
        quantity = data.obs(indicator, item, area, period, measure, default=None, **where)
        if quantity is not None:
            record = data.record("areas", area)
            found.append((Label(record["short_zh"], record["en"]), quantity))
    if not found:
        raise EcanalysisError(f"none of {len(chosen)} areas prints {indicator} {item} {measure} for {period}")
    bases = [quantity.unit.base for _, quantity in found]
    usual = max(set(bases), key=bases.count)
    same = [(name, quantity) for name, quantity in found if quantity.unit.base == usual]
    return Comparison(sorted(same, key=lambda pair: -pair[1].value))


def chart(
    shown: Series | Mapping[Any, Series] | Sequence[tuple[Label, Quantity]], title: str = "", *, id: str = ""
) -> Figure:
    """Draw what :func:`series` or :func:`compare` gave, in the form that suits it.

    For a chart with words of one's own see :func:`levels`, :func:`lines` and :func:`ranked`, which this calls.

    Parameters
    ----------
    shown : Series, mapping of name to Series, or Comparison
        Levels become bars, growth and shares a line, several series lines, a comparison a ranking.
    title : str
        The finding; by default the latest or largest value.
    id : str
        Id of the figure; by default ``chart.`` and the indicator.

    Returns
    -------
    Figure
        With source line, gaps and alternative text; :meth:`Figure.save` writes it, :func:`export` its data.

    Raises
    ------
    EcanalysisError
        If it is none of these, or empty.

    Examples
    --------
    >>> from ecanalysis import language
    >>> language.use("en")
    >>> chart(catalog.load().series("express_delivery_volume")).title
    'Express deliveries, China, 2018: 50.71 billion'
    """
    from ecanalysis.charts.categories import ranked
    from ecanalysis.charts.time import levels, lines

    if isinstance(shown, Series):
        values = [point.quantity for point in shown if point.quantity is not None]
        if not values:
            raise EcanalysisError(f"the series {shown.key['indicator']} has no value to draw")
        id = id or f"chart.{shown.key['indicator']}"
        name, title = series_name(shown), title or sentence(_stated(values[-1]))
        if shown.key["measure"] == "level" and min(values, key=float).value >= 0:
            return levels(id, shown, title=title, measure=name)
        return lines(id, {name: shown}, title=title, measure=name)
    if isinstance(shown, Mapping) and shown:
        first = next(iter(shown.values()))
        id, name = id or f"chart.{first.key['indicator']}", series_name(first)
        return lines(id, {**shown}, title=title or sentence(name), measure=name)
    if isinstance(shown, (tuple, list)) and shown:
        leader, most = shown[0]
        id = id or f"chart.{catalog.load().row(most.evidence[0])['indicator']}"
        title = title or pick(f"{leader}居首：", f"{leader} comes first: ") + most.text(current())
        return ranked(id, shown, title=title, measure=_statistic(most))
    raise EcanalysisError(
        f"cannot draw {type(shown).__name__}: give ec.series(...), ec.compare(...) or several series by name"
    )


def _statistic(quantity: Quantity) -> str:
    """What the row behind a number measures, without where and when."""
    row = catalog.load().row(quantity.evidence[0])
    measure = [] if row["measure"] == "level" else [measure_name(row["measure"])]
    return pick("，", ", ").join(map(str, [described(row), *measure]))


def _stated(quantity: Quantity) -> str:
    """A number with what it measures; a computed one with what its first row measures."""
    data = catalog.load()
    row = data.row(quantity.evidence[0])
    return f"{measured(data, row)}{pick('：', ': ')}{quantity.text(current())}"


def sources() -> pd.DataFrame:
    """The publications the numbers were read in.

    Returns
    -------
    DataFrame
        One row a source by id: names, publisher, date, address, confidence, and how many rows it has.
    """
    data = catalog.load()
    table = data.tables["sources"].set_index("id")
    counts = data.observations["source"].value_counts()
    return table.assign(rows=counts.reindex(table.index).fillna(0).astype("Int64"))


@dataclass(frozen=True)
class Citation:
    """A ready citation: text and BibTeX."""

    text: str
    bibtex: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"{self.text}\n\n{self.bibtex}"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.text)}</p><pre>{html.escape(self.bibtex)}</pre>"


def cite(thing: Quantity | Any) -> Citation:
    """Cite a number, a figure or a table, with the place that printed it.

    Parameters
    ----------
    thing : Quantity, Figure, ReportTable or str
        A string is the id of an observation or of a figure.

    Returns
    -------
    Citation

    Raises
    ------
    NotFound
        If an id does not exist.

    Examples
    --------
    >>> from ecanalysis import language
    >>> language.use("en")
    >>> print(cite("mofcom-2018.1.1.2.02"))  # doctest: +ELLIPSIS
    online retail sales, China, 2018: 9.01 trillion yuan. Ministry of Commerce, ..., section 1.1.2, line 268. ...
    """
    data = catalog.load()
    printed = data.get("figures", thing if isinstance(thing, str) else getattr(thing, "id", ""))
    if isinstance(thing, str) and printed:
        return _citation(str(Label(printed["zh"], printed["en"])), [thing], printed["source"])
    if isinstance(thing, str):
        thing = data.quantity(data.row(thing))
    if isinstance(thing, Quantity):
        if not thing.evidence:
            raise EcanalysisError("this number rests on no row: there is nothing to cite")
        row = data.row(thing.evidence[0])
        if thing.method:
            return _citation(_computed(thing), list(thing.evidence[:_NAMED]), row["source"])
        return _citation(_stated(thing), [row["id"]], row["source"], printed_at(row))
    if printed:
        return _citation(thing.caption, [thing.id], printed["source"])
    source = data.source_of(thing.evidence[0]) if thing.evidence else ""
    return _citation(getattr(thing, "title", thing.caption), [thing.id], source)


def _computed(quantity: Quantity) -> str:
    """A computed number with its formula and what its operands measure."""
    data = catalog.load()
    rows = [measured(data, data.row(id_)) for id_ in quantity.evidence[:_NAMED]]
    more = pick(" 等", " and others") if len(quantity.evidence) > _NAMED else ""
    operands = pick("；", "; ").join(rows) + more
    count = len(quantity.evidence)
    of = pick(f"（由 {count} 行计算：{operands}）", f" (computed from {count} rows: {operands})")
    return f"{formula(quantity.method)}{pick('，', ', ')}{quantity.text(current())}{of}"


def _citation(what: str, ids: list[str], source: str, place: str = "") -> Citation:
    record = catalog.load().record("sources", source) if source else {}
    name = pick(record["zh"], record["en"]) if record else ""
    stop, comma = pick("。", ". "), pick("，", ", ")
    printed = comma.join(part for part in (name, place) if part)
    seen_in = pick("见 ", "In: ") + comma.join([str(EDITION), *ids])
    text = stop.join([*filter(None, (what, printed)), seen_in, ""]).strip()
    fields = {
        "title": what,
        "author": f"{{{pick(record['publisher_zh'], record['publisher_en'])}}}" if record else "{ecanalysis}",
        "year": record["date"][:4] if record else "",
        "note": "; ".join(filter(None, (printed, comma.join(["ecanalysis", *ids])))),
        "url": record["url"] if record else "",
    }
    return Citation(text, entry("techreport", ids[0], fields))


def export(thing: Any, path: str | Path) -> Path:
    """Write a table, a series, a comparison or all observations to a file; the ending says how.

    Parameters
    ----------
    thing : DataFrame, Series, Comparison, Figure, ReportTable or str
        A string is the name of one of the project's tables, such as ``observations``.
    path : path
        ``.csv``, ``.xlsx``, ``.parquet``, ``.json``; ``.sdmx.csv`` for observations.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    EcanalysisError
        If the ending is unknown, or SDMX-CSV is asked of something else than observations.
    """
    path = Path(path)
    name = path.name.lower()
    if name.endswith(".sdmx.csv"):
        if not isinstance(thing, str) or thing != "observations":
            raise EcanalysisError("SDMX-CSV holds observations: write ec.export('observations', 'name.sdmx.csv')")
        sdmx().to_csv(path, index=False, lineterminator="\r\n")
        return path
    frame = _frame(thing)
    if name.endswith(".csv"):
        frame.to_csv(path, lineterminator="\n")
    elif name.endswith(".xlsx"):
        frame.to_excel(path)
    elif name.endswith(".parquet"):
        frame.to_parquet(path)
    elif name.endswith(".json"):
        text = frame.reset_index().to_json(orient="records", force_ascii=False)
        path.write_text(json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        raise EcanalysisError(f"cannot write {path.name!r}: endings are .csv, .xlsx, .parquet, .json, .sdmx.csv")
    return path


def _frame(thing: Any) -> pd.DataFrame:
    if isinstance(thing, pd.DataFrame):
        return thing
    if isinstance(thing, (Series, Comparison)) or hasattr(thing, "to_frame"):
        return pd.DataFrame(thing.to_frame())
    if hasattr(thing, "data"):
        return pd.DataFrame(thing.data)
    tables = catalog.load().tables
    if thing not in tables:
        raise not_found("table", str(thing), tables)
    return tables[thing].set_index("id")


def sdmx() -> pd.DataFrame:
    """The observations as SDMX-CSV 2.0: one row a printing, codes in place of words.

    The columns ``STRUCTURE``, ``STRUCTURE_ID`` and ``ACTION`` come first, then the dimensions, ``OBS_VALUE``, and the
    attributes (SDMX 3.0, section 5: SDMX-CSV field guide, which takes lines from RFC 4180). No dimension is empty:
    ``_Z`` stands for what does not apply. Observation status is coded A (normal), E (estimated), F (forecast) as in the
    SDMX code list CL_OBS_STATUS; half-years are written 2018-S1 and spans with their first day and their length,
    2014-01-01/P5Y (SDMX 3.0, section 6: time formats).

    Returns
    -------
    DataFrame
        As many rows as there are observations, all columns text.
    """
    data = catalog.load()
    table = data.observations
    units = data.units
    return pd.DataFrame(
        {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": "ECANALYSIS:OBSERVATIONS(1.0)",
            "ACTION": "I",
            "SOURCE": table["source"],
            "SECTION": table["section"].replace("", "_Z"),
            "LINE": table["line"].replace("", "_Z"),
            "INDICATOR": table["indicator"],
            "ITEM": table["item"],
            "REF_AREA": table["area"],
            "MEASURE": table["measure"],
            "REFERENCE": table["reference"].replace("", "_Z"),
            "BASIS": table["basis"].replace("", "_Z"),
            "TIME_PERIOD": table["period"].map(_sdmx_period),
            "OBS_VALUE": table["value"],
            "UNIT_MEASURE": table["unit"],
            "BASE_UNIT": [units[unit].base for unit in table["unit"]],
            "UNIT_SCALE": [str(units[unit].scale) for unit in table["unit"]],
            "OBS_STATUS": table["status"].map(dict(_SDMX_STATUS)),
            "QUALIFIER": table["qualifier"],
            "OBS_ID": table["id"],
        }
    )


def _sdmx_period(period: str) -> str:
    """A period as SDMX writes it.

    Examples
    --------
    >>> _sdmx_period("2018-H1"), _sdmx_period("2014/2018"), _sdmx_period("2016-12/2018-06")
    ('2018-S1', '2014-01-01/P5Y', '2016-12-01/P19M')
    """
    first, _, last = period.replace("-H", "-S").partition("/")
    if not last:
        return first
    start, end = pd.Period(first), pd.Period(last)
    return f"{start.start_time:%Y-%m-%d}/P{(end - start).n + 1}{start.freqstr[0]}"


class Indicators:
    """The ids of all indicators as attributes, for completion: ``ec.indicators.online_retail_sales``."""

    def __getattr__(self, name: str) -> str:
        known = catalog.load().tables.quiet("indicators")["id"]
        if name.startswith("_") or name not in set(known):
            raise AttributeError(str(not_found("indicator", name, known)))
        return name

    def __dir__(self) -> list[str]:
        return list(catalog.load().tables.quiet("indicators")["id"])


indicators = Indicators()
