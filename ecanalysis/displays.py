"""What a number, a series and a table look like in JupyterLab.

Plain elements with next to no style of their own, so that they follow the theme, light or dark, and look the same in a
notebook that is not trusted yet. The page of a report is written elsewhere, from the same rows.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from ecanalysis import catalog
from ecanalysis.catalog import Series
from ecanalysis.document import described, measure_name, name
from ecanalysis.evidence import formula, measured, printed_in
from ecanalysis.language import Label, current, pick
from ecanalysis.narrative import Text
from ecanalysis.quantity import PERCENTAGE_POINTS, PLACE, RATIO, Quantity
from ecanalysis.report_tables import Cell, ReportTable, report_table

# Of a number computed from more rows than this, the card shows the first.
_MOST = 6
# The words around a sortable table; the widget speaks English by itself.
_CHINESE = {
    "search": "搜索：",
    "lengthMenu": "每页 _MENU_ 行",
    "info": "第 _START_ 至 _END_ 行，共 _TOTAL_ 行",
    "infoEmpty": "没有行",
    "infoFiltered": "（从 _MAX_ 行中筛选）",
    "zeroRecords": "没有符合的行",
}
# A number that is missing, as the widget is told of it: what is shown, what is sorted by.
_GAP, _EMPTY = r"[\"&lt;NA&gt;\", null]", r"[\"\", null]"
# What the widget's own beginning does too late for the first table: say whether JupyterLab is dark.
_DARK = (
    '<script>document.documentElement.classList.toggle("dark", document.body.dataset.jpThemeLight === "false")</script>'
)


def card(quantity: Quantity) -> str:
    """A number as JupyterLab shows it: value, interval, how it was computed, where each of its rows was printed.

    Parameters
    ----------
    quantity : Quantity

    Returns
    -------
    str
        HTML in the language in use.
    """
    head = f'<b style="font-size: 1.3em">{html.escape(quantity.text(current()))}</b>'
    interval = quantity.interval(current())
    if quantity.low != quantity.high:
        head += f" &ensp;{html.escape(interval)}"
    rows = [_row(id_, computed=bool(quantity.method)) for id_ in quantity.evidence[:_MOST]]
    if len(quantity.evidence) > _MOST:
        rows.append(pick("另有 {} 行", "{} more rows").format(len(quantity.evidence) - _MOST))
    how = f"<div>{html.escape(formula(quantity.method))}</div>" if quantity.method else ""
    listed = "".join(f"<div>{row}</div>" for row in rows)
    return f'<div style="line-height: 1.6"><div>{head}</div>{how}{listed}</div>'


def _row(id_: str, *, computed: bool) -> str:
    """One row behind a number: what it measures, its own value where the number is another, and where it stands."""
    data = catalog.load()
    id_shown = f"<code>{html.escape(id_)}</code>"
    if data.entry(id_):
        return id_shown
    row = data.row(id_)
    what = measured(data, row)
    if computed:
        what += f"{pick('：', ': ')}{data.quantity(row).text(current())}"
    return f"{html.escape(pick('；', '; ').join([what, printed_in(row)]))} {id_shown}"


def _unbroken(words: str) -> Text:
    return Text(f'<span style="white-space: nowrap">{html.escape(words)}</span>', words)


def series_table(series: Series) -> ReportTable:
    """A series as JupyterLab shows it: a line a period with value, interval and the place that printed it.

    Parameters
    ----------
    series : Series

    Returns
    -------
    ReportTable
        Columns period, value, interval, printed in, row; a gap says that nothing was published.
    """
    data = catalog.load()
    rows: list[tuple[Cell, ...]] = []
    for point in series:
        quantity = point.quantity
        if quantity is None:
            rows.append((point.period, None, "", "", ""))
        else:
            interval = _unbroken(quantity.interval(current()))
            place, ids = printed_in(data.row(quantity.evidence[0])), " ".join(quantity.evidence)
            rows.append((point.period, quantity, interval, place, ids))
    columns = (
        Label("时期", "Period"),
        Label("数值", "Value"),
        Label("区间", "Interval"),
        Label("出处", "Printed in"),
        Label("行", "Row"),
    )
    return report_table(f"series.{series.key['indicator']}", series_name(series), columns, rows)


def series_name(series: Series) -> str:
    """What a series is about, in the language in use.

    Examples
    --------
    >>> from ecanalysis import language
    >>> language.use("en")
    >>> series_name(catalog.load().series("online_retail_sales", measure="growth"))
    'online retail sales, China, growth on the year'
    """
    key = dict(series.key)
    measure = [] if key["measure"] == "level" else [measure_name(key["measure"])]
    return pick("，", ", ").join(map(str, [described(key), name("areas", key["area"]), *measure]))


def show(frame: pd.DataFrame) -> None:
    """Show a table that sorts, filters and pages in JupyterLab, without network.

    Columns of :func:`table` get their titles in the language in use and amounts that can be read: in 亿元 or billion
    yuan, whichever suits the column, as its header says. The script that does the sorting is stored with the output, so
    each call adds about 1 MB to a saved notebook.

    Parameters
    ----------
    frame : DataFrame
        Any; the ``attrs`` of :func:`table`, ``units`` and ``titles``, say what its columns hold.
    """
    from IPython.display import display

    display(SortableTable(readable(frame)))


@dataclass(frozen=True)
class SortableTable:
    """A table as the widget shows it, and as a terminal does."""

    frame: pd.DataFrame

    def __repr__(self) -> str:
        return self.frame.to_string()

    def _repr_html_(self) -> str:
        from itables import options
        from itables.javascript import generate_init_offline_itables_html, to_html_datatable

        words = _CHINESE if current() == "zh" else {}
        # As nullable floats all numbers are sent with their value and gaps with none, so that a column sorts by number.
        numbers = self.frame.select_dtypes("number").columns
        frame = self.frame.astype(dict.fromkeys(numbers, "Float64"))
        # The names of rows are columns like others: beside them the widget would draw a second line of headers.
        frame = frame.reset_index() if any(frame.index.names) else frame
        with pd.option_context("display.float_format", _written):
            # A click on a header sorts; its words cannot be selected instead.
            table = to_html_datatable(
                frame, connected=False, maxBytes=0, language=words, text_in_header_can_be_selected=False
            )
        table = table.replace(_GAP, _EMPTY)
        return f"{_DARK}{generate_init_offline_itables_html(options.dt_bundle)}{table}"


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """A table as people read it: titles and units in the headers, amounts in units that suit them.

    Parameters
    ----------
    frame : DataFrame
        As :func:`table` gives it; columns without a unit stay as they are.

    Returns
    -------
    DataFrame
        As many rows and columns; ratios in per cent, amounts in 万, 亿 and 万亿 or millions, billions and trillions.

    Examples
    --------
    >>> from ecanalysis import language
    >>> from ecanalysis.wide_tables import table
    >>> language.use("en")
    >>> readable(table("national")[["online_retail_sales", "online_retail_sales_growth"]]).loc[2018].to_dict()
    {'online retail sales (trillion yuan)': 9.01, 'online retail sales, growth on the year (%)': 23.9}
    """
    from ecanalysis.charts.scale import scale_of

    known = {unit.base: unit for unit in (*catalog.load().units.values(), RATIO, PERCENTAGE_POINTS, PLACE)}
    units, titles = frame.attrs.get("units", {}), frame.attrs.get("titles", {})
    columns, headers = [], []
    for key, column in frame.items():
        header = titles.get(key, str(key))
        values = column.dropna()
        if key in units and len(values):
            unit, exact = known[units[key]], [Fraction(float(value)) for value in values]
            scale = scale_of([Quantity(value, value, value, unit) for value in exact], typical=True)
            header = header.removesuffix(pick(f"（{unit.zh}）", f" ({unit.en})"))
            header += pick(f"（{scale.label}）", f" ({scale.label})") if scale.label else ""
            if scale.size != 1:
                # Divided and rounded as written, so that 0.239 is 23.9 and not a neighbour of it.
                column = column.astype("float64").div(float(scale.size)).map(lambda value: float(f"{value:.9g}"))
        columns.append(column)
        headers.append(header)
    shown = pd.concat(columns, axis="columns") if columns else frame.copy()
    shown.columns = pd.Index(headers)
    shown.attrs = {}
    return shown


def _written(value: float) -> str:
    return f"{value:,.9g}"
