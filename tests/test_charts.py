"""Figures looked at part by part: what they show, where it stands, what they say of themselves, what they refuse."""

from __future__ import annotations

import hashlib
import io
import itertools
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

import ecanalysis as ec
from ecanalysis import language
from ecanalysis.catalog import Point, Series
from ecanalysis.charts import layout, parts, space, theme, tiles
from ecanalysis.charts.figure import Figure, Mark
from ecanalysis.charts.scale import scale_of
from ecanalysis.charts.svg import lean
from ecanalysis.document import counted
from ecanalysis.errors import NotFound
from ecanalysis.language import Label
from ecanalysis.quantity import Quantity

CHARTS = Path(theme.__file__).parent
PRINTED = ("mofcom-2018.1.1.1.01",)
LONG = Label(
    "通过第三方电子商务平台销售的农副产品及其加工制品等实物商品零售",
    "Retail sales of farm produce, processed food and other physical goods through third-party platforms",
)


def q(digits: str | float, unit: str = "%", evidence: tuple[str, ...] = PRINTED) -> Quantity:
    """A number as if it were printed in the first row of the report."""
    return Quantity.from_print(str(digits), ec.load().units[unit], evidence=evidence)


def over_time(
    *values: str | float | None, unit: str = "亿元", first: int = 2015, breaks: tuple[str, ...] = ()
) -> Series:
    """A series of such numbers, None for a gap."""
    points = tuple(Point(str(first + i), None if v is None else q(v, unit)) for i, v in enumerate(values))
    return Series(MappingProxyType({"indicator": "ecommerce_turnover"}), points, breaks)


def drawn(figure: Figure):
    """The figure as matplotlib has it, laid out."""
    canvas = figure.draw()
    with theme.theme():
        canvas.draw_without_rendering()
    return canvas


def texts(canvas) -> list[Text]:
    """All text a reader sees."""
    found = list(canvas.texts)
    for axes in canvas.axes:
        found += axes.texts
        if axes.axison:
            found += [*axes.get_xticklabels(), *axes.get_yticklabels()]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def words(canvas) -> list[str]:
    """The words of it."""
    return [text.get_text() for text in texts(canvas)]


def at(canvas, shown: str) -> Text:
    """The one text that reads so."""
    (found,) = [text for text in texts(canvas) if text.get_text() == shown]
    return found


def middle(canvas, shown: str) -> tuple[float, float]:
    """Where a text stands, in points from the lower left."""
    box = at(canvas, shown).get_window_extent()
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def frame(canvas):
    """The first axes that are drawn: what is measured, not what is only written."""
    return next(axes for axes in canvas.axes if axes.axison)


def bars(axes) -> list:
    """Filled rectangles of axes."""
    return [patch for patch in axes.patches if type(patch).__name__ == "Rectangle"]


def provinces() -> list[str]:
    """The provinces the report covers."""
    areas = ec.load().tables["areas"]
    return [a for a in areas[areas["kind"] == "province"]["id"] if a.startswith("CN-")]


def of_province(measure: str = "level", indicator: str = "online_retail_sales") -> dict[str, Quantity | None]:
    """One indicator of every province, gaps kept."""
    return {a: ec.obs(indicator, area=a, measure=measure, default=None) for a in provinces()}


def region_colours() -> list[str]:
    """The colour of each province's region."""
    return [ec.colour_of_area(a, ec.load().record("areas", a)["parent"]) for a in provinces()]


def a_levels() -> Figure:
    """Levels with gaps and growth."""
    years = range(2011, 2019)
    return ec.levels(
        "mofcom-2018.fig-1-7",
        ec.series("ecommerce_services_revenue", periods=years),
        growth=ec.series("ecommerce_services_revenue", measure="growth", periods=years),
        title=Label("服务业营业收入", "Services"),
        measure=ec.name("indicators", "ecommerce_services_revenue"),
    )


def a_long_series() -> Figure:
    """Many narrow bars under a long title."""
    years = range(2004, 2019)
    return ec.levels(
        "long",
        ec.series("ecommerce_turnover", periods=years),
        growth=ec.series("ecommerce_turnover", measure="growth", periods=years),
        title=LONG,
        measure=LONG,
    )


def a_broken_series() -> Figure:
    """A change of method."""
    years = range(2014, 2019)
    return ec.levels(
        "mofcom-2018.fig-1-8",
        ec.series("rural_online_retail_sales", periods=years),
        growth=ec.series("rural_online_retail_sales", measure="growth", periods=years),
        title=Label("农村网络零售额", "Rural online retail"),
        measure=ec.name("indicators", "rural_online_retail_sales"),
    )


def a_forecast() -> Figure:
    """Forecasts."""
    years = range(2017, 2022)
    return ec.levels(
        "mofcom-2018.tab-B-1",
        ec.series("online_retail_sales", area="world", periods=years),
        growth=ec.series("online_retail_sales", area="world", measure="growth", periods=years),
        title=Label("全球网络零售", "Online retail worldwide"),
        measure=ec.name("indicators", "online_retail_sales"),
    )


def a_stack() -> Figure:
    """Parts of a whole with gaps."""
    years = range(2015, 2019)
    trade = {i: ec.series("cross_border_ecommerce_trade", i, periods=years) for i in ("exports", "imports")}
    return ec.stacked_levels(
        "mofcom-2018.fig-1-9",
        {ec.name("items", item): series for item, series in trade.items()},
        total=ec.series("cross_border_ecommerce_trade", periods=years),
        title=Label("进出口", "Trade"),
        measure=ec.name("indicators", "cross_border_ecommerce_trade"),
    )


def some_lines() -> Figure:
    """Crowded lines with gaps."""
    names = ("ecommerce_turnover", "online_retail_sales", "express_delivery_volume", "nonbank_online_payments_value")
    return ec.lines(
        "lines",
        {ec.name("indicators", i): ec.series(i, measure="growth", periods=range(2011, 2019)) for i in names},
        title=Label("增速", "Growth"),
        measure=Label("同比增速", "Growth on the year"),
    )


def a_ranking() -> Figure:
    """All provinces with a second measure."""
    level, growth = of_province(), of_province("growth")
    return ec.ranked(
        "ranked",
        [(ec.name("areas", a), v) for a, v in level.items()],
        second=[(ec.name("areas", a), v) for a, v in growth.items()],
        title=LONG,
        measure=Label("网络零售额", "Online retail sales"),
        second_measure=Label("同比增速", "Growth on the year"),
        colours=region_colours(),
        key=ec.region_key(),
    )


def long_names() -> Figure:
    """Long names, falls and gaps."""
    return ec.ranked(
        "names",
        [(LONG, q(12)), (Label("母婴用品", "Baby products"), q(-8)), (Label("其他", "Other"), None)],
        second=[(LONG, q(-3)), (Label("母婴用品", "Baby products"), q(100))],
        title=Label("长名称", "Long names"),
        measure=LONG,
        second_measure=LONG,
    )


def some_shares() -> Figure:
    """Narrow parts and missing ones."""
    tiny = [(f"P{i}", q(v)) for i, v in enumerate((60, 30, 4, 3, 1, 1, 0.6, 0.4))]
    return ec.shares(
        "shares",
        {Label("第一组", "First"): tiny, LONG: [("P0", q(30)), ("P1", None)], "2016": [("P0", None), ("P1", None)]},
        title=Label("占比", "Shares"),
        measure=Label("比重", "Share"),
    )


def a_dumbbell() -> Figure:
    """Pairs with missing ends."""
    rural, whole = of_province("growth", "rural_online_retail_sales"), of_province("growth")
    return ec.dumbbell(
        "dumbbell",
        [(ec.name("areas", a), rural[a], whole[a]) for a in provinces()],
        ends=(Label("农村", "Rural"), Label("全省", "Whole province")),
        gap=Label("全省比农村快", "Whole less rural"),
        title=Label("农村更快", "Rural grows faster"),
        measure=Label("同比增速", "Growth on the year"),
    )


def a_slope() -> Figure:
    """Many ways between two scales."""
    rural, whole = of_province("growth", "rural_online_retail_sales"), of_province("growth")
    return ec.slope(
        "slope",
        [(ec.name("areas", a), rural[a], whole[a]) for a in provinces()] + [(LONG, None, q(30))],
        ends=(Label("农村", "Rural"), Label("全省", "Whole province")),
        title=Label("农村与全省", "Rural and whole"),
        measure=Label("同比增速", "Growth on the year"),
    )


def a_scatter() -> Figure:
    """Many labelled points."""
    level, growth = of_province(), of_province("growth")
    return ec.scatter(
        "scatter",
        [(ec.name("areas", a), level[a], growth[a]) for a in provinces()],
        title=Label("规模与增速", "Growth against size"),
        x_measure=Label("网络零售额", "Online retail sales"),
        y_measure=Label("同比增速", "Growth on the year"),
        colours=region_colours(),
        key=ec.region_key(),
        reference=(Label("全国", "China"), ec.obs("online_retail_sales", measure="growth")),
        logarithmic=True,
    )


def some_panels() -> Figure:
    """Panels of different units."""
    names = ("ecommerce_turnover", "rural_online_retail_sales", "express_delivery_volume", "ecommerce_employment",
             "nonbank_online_payments_value")  # fmt: skip
    return ec.small_multiples(
        "panels",
        {ec.name("indicators", i): ec.series(i, periods=range(2012, 2019)) for i in names},
        title=Label("主要指标", "Main indicators"),
        measure=Label("全国", "China"),
        shared=False,
    )


def some_line_panels() -> Figure:
    """Panels of lines, one without any value."""
    return ec.small_multiples(
        "line-panels",
        {"A": over_time(3, -2, None, 4, unit="%"), LONG: over_time(None, None, None, None, unit="%")},
        title=Label("增速", "Growth"),
        measure=Label("同比增速", "Growth on the year"),
        form="line",
    )


def a_matrix() -> Figure:
    """Many rows of numbers."""
    names = ("ecommerce_turnover", "online_retail_sales", "rural_online_retail_sales", "express_delivery_volume")
    return ec.matrix(
        "matrix",
        [ec.name("areas", a) for a in provinces()],
        {ec.name("indicators", i): list(of_province(indicator=i).values()) for i in names},
        title=Label("各省数值", "Values by province"),
        measure=Label("绝对数", "Levels"),
    )


def a_wide_matrix() -> Figure:
    """Many columns of circles."""
    cells = [q(1, "个"), q(0, "个"), None]
    return ec.matrix(
        "wide",
        [LONG, "B", "C"],
        {Label(f"第{i}项统计指标的名称", f"Statistic number {i}"): cells for i in range(12)},
        title=Label("有无", "Presence"),
        measure=Label("是否公布", "Whether printed"),
        shown="presence",
        yes=Label("已公布", "Printed"),
        no=Label("未提及", "Not mentioned"),
    )


def a_timeline() -> Figure:
    """Many events, two of them vague."""
    policies = ec.load().tables["policies"]
    late = policies[policies["date"] >= "2018-12"].itertuples()
    events = [ec.Event(r.date, Label(r.title, r.title_en), (r.id,), group=r.kind) for r in late]
    return ec.timeline(
        "timeline",
        [*events, ec.Event("", LONG, ("mofcom-2018.A.001",)), ec.Event("2018", LONG, PRINTED, quantity=q(5, "家"))],
        title=Label("年末的政策", "Policies at the end of the year"),
        measure=Label("政策", "Policies"),
    )


def some_months() -> Figure:
    """Months with zeros and gaps."""
    policies = ec.load().tables["policies"]
    months = {
        f"2018-{month:02d}": counted(policies[policies["date"].str.startswith(f"2018-{month:02d}")], "项")
        for month in (1, 2, 4, 12)
    }
    return ec.monthly(
        "monthly",
        months | {"2017-11": counted(policies.iloc[:0], "项")},
        title=Label("逐月", "By month"),
        measure=Label("政策", "Policies"),
    )


def a_funnel() -> Figure:
    """Steps with a gap, and parts of the last."""
    return ec.funnel(
        "funnel",
        [(Label("检查", "Inspected"), q(564, "批次")), (LONG, None), (Label("不合格", "Failed"), q(162, "批次"))],
        parts=[
            (Label("未标明厂名", "No maker's name"), q(81, "批次")),
            (Label("未认证", "Not certified"), q(37, "批次")),
        ],
        title=Label("抽查", "Inspection"),
        measure=Label("批次", "Batches"),
    )


def a_map() -> Figure:
    """A tile grid with gaps."""
    return ec.tile_map(
        "map",
        of_province(),
        title=Label("广东居首", "Guangdong leads"),
        measure=Label("网络零售额", "Online retail sales"),
    )


FORMS: dict[str, Callable[[], Figure]] = {
    form.__name__: form
    for form in (
        a_levels, a_long_series, a_broken_series, a_forecast, a_stack, some_lines, a_ranking, long_names, some_shares,
        a_dumbbell, a_slope, a_scatter, some_panels, some_line_panels, a_matrix, a_wide_matrix, a_timeline, some_months,
        a_funnel, a_map,
    )
}  # fmt: skip
every_form = pytest.mark.parametrize("form", FORMS)
both = pytest.mark.parametrize("written_in", ["zh", "en"])


# Every form, in both languages.


@both
@every_form
def test_all_text_stands_inside_the_picture_and_apart(form, written_in):
    """Nothing is clipped and no two words overlap, long names and many labels included."""
    language.use(written_in)
    canvas = drawn(FORMS[form]())
    width, height = canvas.get_size_inches() * 72
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(canvas)]
    outside = [s for s, b in boxes if b.x0 < 0 or b.y0 < 0 or b.x1 > width or b.y1 > height]
    overlapping = [
        (s, r)
        for (s, a), (r, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5
    ]
    assert (outside, overlapping) == ([], [])


@both
@every_form
def test_title_and_subtitle_are_whole(form, written_in):
    """However often a heading is broken, no word of it is lost."""
    language.use(written_in)
    figure = FORMS[form]()
    heading = "".join(text.get_text() for text in figure.draw().texts)
    assert re.sub(r"\s", "", heading) == re.sub(r"\s", "", figure.title + figure.subtitle)


@every_form
def test_the_same_data_draw_the_same_bytes(form):
    """Two drawings are equal to the byte."""
    assert FORMS[form]().svg == FORMS[form]().svg


def test_another_process_draws_the_same_bytes():
    """Neither hash seed nor time zone nor what was drawn before reaches the picture."""
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests'); import test_charts as t; "
        "print(*(hashlib.sha256(t.FORMS[f]().svg).hexdigest() for f in ('a_map', 'a_scatter')))"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHARTS.parent.parent,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )
    here = [hashlib.sha256(FORMS[form]().svg).hexdigest() for form in ("a_map", "a_scatter")]
    assert outcome.stdout.split() == here


@every_form
def test_evidence_alternative_text_and_source_come_from_the_marks(form):
    """Whatever a figure shows has its rows, its place in the alternative text, and a publication."""
    figure = FORMS[form]()
    assert figure.source_line.startswith("数据来源：")
    assert figure.alt.startswith(f"{figure.title}。")
    for mark in figure.marks:
        assert f"{mark.label} {mark.text('zh') or '缺'}" in figure.alt
        assert not mark.known or mark.evidence or mark.quantity.value == 0


@every_form
def test_every_value_is_written_beside_its_mark(form):
    """A reader need not measure: each known number stands in the picture, in some unit of the language."""
    figure = FORMS[form]()
    if form in ("a_scatter", "a_timeline", "a_wide_matrix", "some_panels"):
        return  # positions, dates, circles and panels too narrow for all their numbers
    found = [
        float(number.replace(",", ""))
        for shown in words(drawn(figure))
        for number in re.findall(r"-?\d[\d,]*(?:\.\d+)?", shown)
    ]
    for mark in figure.marks:
        if mark.quantity is not None and not mark.computed:
            value = float(mark.quantity)
            units = (1, 1e-2, 1e4, 1e8, 1e12)
            assert any(math.isclose(value, number * unit, rel_tol=0.02) for number in found for unit in units), mark


# Bars over time.


def test_levels_stand_as_high_as_their_values():
    """Heights are the values in the unit of the subtitle, numbers stand on them, the last one is emphasised."""
    figure = ec.levels("x", over_time("10.5", 20, 30), title="t", measure="m")
    axes = drawn(figure).axes[0]
    assert [bar.get_height() for bar in bars(axes)] == [10.5, 20, 30]
    assert [to_hex(bar.get_facecolor()) for bar in bars(axes)] == [theme.QUIET, theme.QUIET, theme.EMPHASIS]
    assert [t.get_text() for t in axes.texts] == ["10.5", "20", "30"]
    assert [t.get_position()[0] for t in axes.texts] == [0, 1, 2]
    assert [t.get_text() for t in axes.get_xticklabels()] == ["2015", "2016", "2017"]
    assert axes.get_ylim()[0] == 0
    assert figure.subtitle == "m（亿元），2015—2017 年"


def test_levels_change_unit_with_the_language():
    """The same rows are drawn in billions in English."""
    language.use("en")
    figure = ec.levels("x", over_time("10.5", 20, 3000), title="t", measure="e-commerce turnover")
    assert [bar.get_height() for bar in bars(figure.draw().axes[0])] == [1.05, 2, 300]
    assert figure.subtitle == "E-commerce turnover (billion yuan), 2015–2017"


def test_a_gap_is_hatched_and_named():
    """A year nobody printed has a low hatched place and no number."""
    figure = ec.levels("x", over_time(10, None, 30), title="t", measure="m")
    axes = figure.draw().axes[0]
    (hatched,) = [bar for bar in bars(axes) if bar.get_hatch()]
    assert hatched.get_x() + hatched.get_width() / 2 == pytest.approx(1)
    assert hatched.get_height() < 10
    assert sorted(t.get_text() for t in axes.texts) == ["10", "30", "缺"]
    assert figure.data["value"].tolist() == ["10 亿元", "", "30 亿元"]


def test_growth_stands_in_a_row_above_the_bars():
    """Growth is written with its sign, a year without it as a dash, all at one height above the numbers."""
    figure = ec.levels("x", over_time(10, 20, 30), growth=over_time(None, "-3.5", 50, unit="%"), title="t", measure="m")
    canvas = drawn(figure)
    heights = [middle(canvas, shown)[1] for shown in ("—", "-3.5%", "+50%")]
    assert max(heights) - min(heights) < 6
    assert min(heights) > at(canvas, "30").get_window_extent().y1
    assert figure.subtitle == "m（亿元），2015—2017 年；上方：同比增速"
    assert figure.completeness == "6 个数值中已知 5 个，其余无公开来源，留空（缺：同比增速 2015）"


def test_a_break_in_method_is_marked_between_the_years():
    """A dashed line stands before the year, is named, and a note says what it means."""
    figure = ec.levels("x", over_time(10, 20, 30, breaks=("2017",)), title="t", measure="m")
    canvas = drawn(figure)
    (line,) = canvas.axes[0].get_lines()
    assert list(line.get_xdata()) == [1.5, 1.5]
    assert line.get_linestyle() == "--"
    assert at(canvas, "口径调整").get_position()[0] == 1.5
    assert figure.notes[0] == "2017 年统计口径调整，与此前各年不可直接比较"


def test_forecasts_are_hatched_outlines_and_named():
    """What a source calls a forecast is drawn as one without being told, and the last actual year is emphasised."""
    figure = a_forecast()
    axes = figure.draw().axes[0]
    looks = {round(bar.get_x() + bar.get_width() / 2): bar for bar in bars(axes)}
    assert [bool(looks[x].get_hatch()) for x in range(5)] == [True, False, True, True, True]
    assert to_hex(looks[1].get_facecolor()) == theme.EMPHASIS
    assert to_hex(looks[2].get_facecolor()) == theme.PAPER
    assert [t.get_text() for t in axes.get_xticklabels()] == ["2017", "2018", "2019\n预测", "2020\n预测", "2021\n预测"]
    assert figure.notes[0] == "2019、2020、2021 年数值为预测值"


def test_parts_are_stacked_in_order_with_the_whole_above():
    """Each part begins where the one below ends; the printed total stands on top."""
    figure = ec.stacked_levels(
        "x", {"甲": over_time(10, 20), "乙": over_time(30, 5)}, total=over_time(40, 25), title="t", measure="m"
    )
    canvas = drawn(figure)
    stack = bars(frame(canvas))
    assert [(bar.get_y(), bar.get_height()) for bar in stack] == [(0, 10), (10, 30), (0, 20), (20, 5)]
    assert [to_hex(bar.get_facecolor()) for bar in stack] == [*theme.SEQUENCE[:2]] * 2
    assert middle(canvas, "40")[1] > middle(canvas, "30")[1] > middle(canvas, "10")[1]
    assert {"甲", "乙"} <= set(words(canvas))


def test_a_missing_part_is_a_gap_on_top_of_the_known_ones():
    """The known part keeps its height, and no total pretends to be complete."""
    figure = ec.stacked_levels(
        "x", {"甲": over_time(10, 20), "乙": over_time(30, None)}, total=over_time(40, 25), title="t", measure="m"
    )
    canvas = drawn(figure)
    (hatched,) = [bar for bar in bars(frame(canvas)) if bar.get_hatch()]
    assert hatched.get_y() == 20
    assert "25" not in words(canvas)
    assert "缺" in words(canvas)


def test_months_run_from_first_to_last():
    """A month that is not there is a gap, a month that counts nothing a zero; years are named under their months."""
    canvas = drawn(some_months())
    axes = canvas.axes[0]
    assert [t.get_text() for t in axes.get_xticklabels()] == [f"{m}月" for m in (11, 12, *range(1, 13))]
    assert len([bar for bar in bars(axes) if bar.get_hatch()]) == 9
    assert {"0", "2017 年", "2018 年"} <= set(words(canvas))


# Lines.


def test_a_gap_interrupts_its_line():
    """No segment touches the missing year, which is named at the foot in the colour of the line."""
    figure = ec.lines("x", {"甲": over_time(10, 12, None, 14), "乙": over_time(5, 6, 7, 8)}, title="t", measure="m")
    canvas = drawn(figure)
    axes = canvas.axes[0]
    segments = [line.get_xydata() for line in axes.get_lines() if line.get_color() == theme.SEQUENCE[0]]
    drawn_segments = [s[:, 0].tolist() for s in segments if len(s) == 2 and not np.isnan(s).any()]
    assert drawn_segments == [[0, 1]]
    assert at(canvas, "缺").get_color() == theme.SEQUENCE[0]


def test_lines_are_named_at_their_ends_with_their_last_value():
    """Each name stands to the right of its last point, in its colour, in the order of the values."""
    figure = ec.lines("x", {"甲": over_time(10, 11), "乙": over_time(12, "11.2")}, title="t", measure="m")
    canvas = drawn(figure)
    assert at(canvas, "11  甲").get_color() == theme.SEQUENCE[0]
    assert middle(canvas, "11.2  乙")[1] > middle(canvas, "11  甲")[1]
    right = canvas.axes[0].get_window_extent().x1
    assert at(canvas, "11  甲").get_window_extent().x0 > right


def test_a_line_does_not_cross_a_change_of_method():
    """Levels on either side of a break are not joined, and the note names the series."""
    figure = ec.lines(
        "x", {"甲": over_time(10, 11, 12, breaks=("2017",)), "乙": over_time(20, 21, 22)}, title="t", measure="m"
    )
    lines = figure.draw().axes[0].get_lines()
    first = [line.get_xdata().tolist() for line in lines if line.get_color() == theme.SEQUENCE[0]]
    assert [0, 1] in first
    assert [1, 2] not in first
    assert figure.notes[0] == "甲：2017 年统计口径调整，与此前各年不可直接比较"


def test_zero_is_shown_where_values_cross_it():
    """A line through both signs has a zero line."""
    axes = ec.lines("x", {"甲": over_time(-5, 5, unit="%")}, title="t", measure="m").draw().axes[0]
    assert [0, 0] in [list(line.get_ydata()) for line in axes.get_lines()]


# Categories.


def test_ranked_bars_run_from_the_largest_to_the_gap():
    """Largest first, a missing value last and named, widths the values, colours kept with their rows."""
    rows = [("甲", q(10)), ("乙", None), ("丙", q(30)), ("丁", q(-5))]
    figure = ec.ranked("x", rows, title="t", measure="m", colours=["#111111", "#222222", "#333333", "#444444"])
    canvas = drawn(figure)
    axes = canvas.axes[0]
    assert [t.get_text() for t in axes.get_yticklabels()] == ["丙", "甲", "丁", "乙"]
    widths = [(round(bar.get_width(), 9), to_hex(bar.get_facecolor())) for bar in bars(axes) if not bar.get_hatch()]
    assert widths == [(30, "#333333"), (10, "#111111"), (-5, "#444444")]
    assert [bar.get_x() for bar in bars(axes)] == [0, 0, 0, 0]
    assert middle(canvas, "-5")[0] < axes.transData.transform((0, 0))[0] < middle(canvas, "10")[0]
    assert "未公布" in words(canvas)


def test_ranked_keeps_the_given_order_when_asked():
    """Rows whose order means something are not sorted."""
    figure = ec.ranked("x", [("甲", q(1)), ("乙", q(3)), ("丙", q(2))], title="t", measure="m", sort=False)
    assert [t.get_text() for t in figure.draw().axes[0].get_yticklabels()] == ["甲", "乙", "丙"]


def test_the_second_measure_stands_in_the_row_of_its_name():
    """Dots follow the order of the bars, not their own."""
    figure = ec.ranked(
        "x", [("甲", q(1)), ("乙", q(3))], second=[("甲", q(50)), ("乙", q(20))], title="t", measure="m",
        second_measure="s",
    )  # fmt: skip
    canvas = drawn(figure)
    assert middle(canvas, "20")[1] == pytest.approx(middle(canvas, "3")[1], abs=1)
    assert middle(canvas, "50")[1] == pytest.approx(middle(canvas, "1")[1], abs=1)
    assert figure.subtitle == "m（%），2018 年；右：s（%）"


def test_shares_fill_the_whole_and_name_what_is_missing():
    """Parts follow each other; what they leave is hatched, a rounding remainder is not."""
    figure = ec.shares(
        "x",
        {"2017": [("甲", q(60)), ("乙", None)], "2018": [("甲", q("62.8")), ("乙", q("37.1"))]},
        title="t",
        measure="m",
    )
    canvas = drawn(figure)
    shown = [(round(bar.get_x(), 6), round(bar.get_width(), 6), bool(bar.get_hatch())) for bar in bars(frame(canvas))]
    assert shown == [(0, 60, False), (60, 40, True), (0, 62.8, False), (62.8, 37.1, False)]
    assert words(canvas).count("未公布") == 2
    assert figure.completeness == "4 个数值中已知 3 个，其余无公开来源，留空（缺：2017 乙）"


def test_a_part_has_one_colour_everywhere():
    """The same part in two groups is filled alike, and as in the key."""
    figure = ec.shares(
        "x", {"a": [("甲", q(50)), ("乙", q(50))], "b": [("乙", q(70)), ("甲", q(30))]}, title="t", measure="m"
    )
    shown = [to_hex(bar.get_facecolor()) for bar in bars(frame(figure.draw()))]
    first, second = theme.SEQUENCE[:2]
    assert shown == [first, second, second, first]


def test_a_funnel_says_what_share_remains():
    """Each step is compared with the last known one before it, parts with the last step."""
    figure = a_funnel()
    shares = {mark.label: mark.text("zh") for mark in figure.marks if mark.computed}
    assert shares == {"不合格": "29%", "未标明厂名": "50%", "未认证": "23%"}
    canvas = drawn(figure)
    assert middle(canvas, "23%")[1] == pytest.approx(middle(canvas, "37")[1], abs=1)
    assert figure.completeness.startswith("5 个数值中已知 4 个")


# Two values a name.


def test_a_dumbbell_writes_the_gap_it_draws():
    """The smaller value stands left, the larger right, and their difference in the column of the gap."""
    figure = ec.dumbbell(
        "x", [("甲", q(30), q(20)), ("乙", q(10), q(25))], ends=("旧", "新"), gap="变动", title="t", measure="m"
    )
    canvas = drawn(figure)
    assert middle(canvas, "20")[0] < middle(canvas, "30")[0]
    assert middle(canvas, "-10")[1] == pytest.approx(middle(canvas, "30")[1], abs=1)
    assert middle(canvas, "+15")[1] > middle(canvas, "-10")[1]
    assert "变动（个百分点）" in "".join(words(canvas))
    assert figure.completeness == "4 个数值全部已知"


def test_a_dumbbell_names_the_missing_end():
    """One value stands alone, and the other is called missing where it would be."""
    figure = ec.dumbbell(
        "x", [("甲", None, q(20)), ("乙", None, None)], ends=("旧", "新"), gap="变动", title="t", measure="m"
    )
    canvas = drawn(figure)
    assert {"旧 缺", "20", "未公布"} <= set(words(canvas))
    assert words(canvas).count("—") == 2


def test_a_slope_joins_only_what_has_both_ends():
    """A line rises or falls in its colour; a single value says what it lacks; a name with none is at the foot."""
    rows = [("甲", q(10), q(20)), ("乙", q(30), q(5)), ("丙", None, q(7)), ("丁", None, None)]
    canvas = drawn(ec.slope("x", rows, ends=("2017", "2018"), title="t", measure="m"))
    ways = {line.get_color(): line.get_ydata() for line in frame(canvas).get_lines() if len(line.get_xdata()) == 2}
    assert list(ways[theme.EMPHASIS]) == [10, 20]
    assert list(ways[theme.SECOND]) == [30, 5]
    assert {"甲  10", "20  甲", "7  丙（2017 未公布）", "未公布：丁"} <= set(words(canvas))


def test_points_stand_where_their_values_are():
    """Across by ratio where asked, upwards by difference; names without both values are listed with what they lack."""
    points = [("甲", q(1, "亿元"), q(10)), ("乙", q(10, "亿元"), q(20)), ("丙", q(100, "亿元"), q(30)),
              ("丁", None, q(5)), ("戊", None, None)]  # fmt: skip
    figure = ec.scatter("x", points, title="t", x_measure="规模", y_measure="增速", logarithmic=True,
                        reference=("全国", q(15)))  # fmt: skip
    canvas = drawn(figure)
    axes = frame(canvas)
    marks = [line.get_xydata()[0] for line in axes.get_lines() if line.get_marker() == "o"]
    assert marks[1][0] - marks[0][0] == pytest.approx(marks[2][0] - marks[1][0])
    assert marks[1][1] - marks[0][1] == pytest.approx(marks[2][1] - marks[1][1])
    assert {"未公布：丁（规模）、戊", "全国 15", "规模（亿元），对数刻度"} <= set(words(canvas))
    assert figure.subtitle == "增速（%），横轴为规模（亿元），对数刻度，2018 年"


def test_names_of_points_keep_off_the_line_of_comparison():
    """The dashed line strikes through no name, neither its own nor a point's."""
    canvas = drawn(a_scatter())
    axes = frame(canvas)
    (line,) = [line for line in axes.get_lines() if line.get_linestyle() == "--"]
    height = axes.transData.transform((0, line.get_ydata()[0]))[1]
    struck = [t.get_text() for t in axes.texts if t.get_window_extent().y0 < height < t.get_window_extent().y1]
    assert struck == []


@both
def test_a_printed_figure_names_whom_the_report_names_as_its_source(written_in):
    """Beside the publications its values were read in; a figure of ours has no such line."""
    language.use(written_in)
    printed = ec.levels("mofcom-2018.fig-1-1", over_time(1, 2), title="t", measure="m")
    assert (
        printed.publisher_line
        == {
            "zh": "报告注明的资料来源：国家统计局",
            "en": "Source named by the report: National Bureau of Statistics of China",
        }[written_in]
    )
    assert f">{printed.publisher_line}</span>" in printed.to_html()
    assert ec.levels("x", over_time(1, 2), title="t", measure="m").publisher_line == ""


# Many at once.


def test_shared_panels_have_one_scale_and_say_so():
    """The same height is the same amount in every panel."""
    panels = {"甲": over_time(10, 20), "乙": over_time(1, 20000), "丙": over_time(3, 4)}
    figure = ec.small_multiples("x", panels, title="t", measure="m")
    frames = [axes for axes in figure.draw().axes if axes.axison]
    assert frames[0].get_ylim() == frames[1].get_ylim() == frames[2].get_ylim()
    assert figure.subtitle == "m（万亿元），2015—2016 年；各图同一刻度"


def test_panels_of_their_own_scale_name_their_unit():
    """Different units stand side by side, each named above its panel."""
    panels = {"甲": over_time(10, 20), "乙": over_time(1, None, unit="%"), "丙": over_time(None, None)}
    figure = ec.small_multiples("x", panels, title="t", measure="m", shared=False)
    canvas = drawn(figure)
    frames = [axes for axes in canvas.axes if axes.axison]
    assert frames[0].get_ylim() != frames[1].get_ylim()
    assert {"甲（亿元）", "乙（%）", "丙", "未公布"} <= set(words(canvas))
    assert [len([bar for bar in bars(axes) if bar.get_hatch()]) for axes in frames] == [0, 1, 2]
    assert figure.subtitle == "m，2015—2016 年；各图刻度不同"


def test_cells_deepen_with_their_values():
    """Within a column the larger value never has the lighter colour; a gap is hatched and empty."""
    figure = ec.matrix(
        "x", ["a", "b", "c"], {"甲": [q(1), q(2), q(3)], "乙": [q(9), None, q(-1)]}, title="t", measure="m"
    )
    cells = bars(figure.draw().axes[0])
    shades = [to_hex(cell.get_facecolor()) for cell in cells]
    assert shades[:3] == [theme.RAMP[0], theme.RAMP[2], theme.RAMP[4]]
    assert shades[4:] == [theme.GAP, theme.FALL]
    assert cells[4].get_hatch()


def test_circles_say_yes_no_and_unknown():
    """A count above zero fills its circle, zero leaves it empty, a gap has none; the key explains all three."""
    figure = a_wide_matrix()
    canvas = drawn(figure)
    circles = [line for line in canvas.axes[0].get_lines() if line.get_marker() == "o"]
    full = [line for line in circles if line.get_markerfacecolor() == theme.EMPHASIS]
    assert (len(full), len(circles)) == (13, 26)
    assert {"已公布", "未提及", "未公布"} <= set(words(canvas))
    assert {mark.text("zh") for mark in figure.marks} == {"已公布", "未提及", ""}


# Events and places.


def test_events_stand_in_order_of_time_at_their_dates():
    """Dots lie on the line in proportion to the days between; names keep the order; undated ones are last."""
    events = [
        ec.Event("2018-12-31", "丙", PRINTED),
        ec.Event("2018", "甲", PRINTED),
        ec.Event("", "丁"),
        ec.Event("2018-07-02", "乙", PRINTED, quantity=q(22, "个")),
    ]
    figure = ec.timeline("x", events, title="t", measure="m")
    canvas = drawn(figure)
    dots = [line.get_ydata()[0] for line in canvas.axes[0].get_lines() if line.get_marker() == "o"]
    assert dots[1] - dots[0] == pytest.approx(dots[2] - dots[1], rel=0.01)
    heights = [middle(canvas, name)[1] for name in ("甲", "乙（22 个）", "丙", "丁")]
    assert heights == sorted(heights, reverse=True)
    assert {"2018", "2018-07-02", "2018-12-31", "日期不详"} <= set(words(canvas))
    assert [mark.text("zh") for mark in figure.marks] == ["2018", "2018-07-02", "2018-12-31", ""]


def test_events_of_a_kind_share_a_colour():
    """The colour of an event is that of its kind in the key."""
    events = [ec.Event("2018-01-01", "甲", group="法律"), ec.Event("2018-02-01", "乙", group="规章"),
              ec.Event("2018-03-01", "丙", group="法律")]  # fmt: skip
    canvas = drawn(ec.timeline("x", events, title="t", measure="m"))
    colours = [line.get_color() for line in canvas.axes[0].get_lines() if line.get_marker() == "o"]
    assert colours == [theme.SEQUENCE[0], theme.SEQUENCE[1], theme.SEQUENCE[0]]
    assert {"法律", "规章"} <= set(words(canvas))


def test_every_province_has_one_tile():
    """34 tiles, none on top of another; those outside the reports say that they have no data."""
    areas = ec.load().tables["areas"]
    assert set(tiles.TILES) == set(areas[areas["kind"] == "province"]["id"])
    assert len(set(tiles.TILES.values())) == 34
    canvas = drawn(a_map())
    assert words(canvas).count("无数据") == 3
    assert {"台湾", "香港", "澳门", "广东", "20345"} <= set(words(canvas))


def test_tiles_are_framed_in_the_colour_of_their_region():
    """Each province's frame has its region's colour; Taiwan, Hong Kong and Macao have a quiet one."""
    frames = [to_hex(patch.get_edgecolor()) for patch in bars(a_map().draw().axes[0]) if not patch.get_fill()]
    parents = {row["id"]: row["parent"] for _, row in ec.load().tables["areas"].iterrows()}
    expected = [theme.QUIET if a in ("TW", "HK", "MO") else theme.COLOURS[parents[a]] for a in tiles.TILES]
    assert frames[:34] == expected


def test_the_map_says_that_it_is_schematic_and_what_it_leaves_out():
    """Subtitle and note speak for themselves, and the three areas without data do not count as missing."""
    figure = a_map()
    assert figure.subtitle == "网络零售额（亿元），2018 年；方格示意"
    assert figure.notes == (
        "方格示意图：每个省级行政区一格，大小和位置不代表面积与边界；台湾、香港、澳门不在报告范围内，无数据",
    )
    assert figure.completeness == "31 个数值中已知 28 个，其余无公开来源，留空（缺：吉林、北京、天津）"


def test_the_key_of_the_map_names_the_values_of_each_class():
    """The largest value stands in the first class, the smallest in the last, in deepening colours."""
    values = {a: q(v) for a, v in zip(provinces()[:6], (-2, 1, 2, 3, 4, 5), strict=True)}
    canvas = drawn(ec.tile_map("x", values, title="t", measure="m"))
    column = [text for text in texts(canvas) if text.get_position()[0] == pytest.approx(0.39, abs=0.01)]
    column.sort(key=lambda text: text.get_position()[1])
    assert [text.get_text() for text in column][:7] == ["5", "4", "3", "2", "1", "-2", "未公布"]


# What a figure says of itself.


def test_fingerprint_changes_with_data_and_words_only():
    """A changed value, a changed title and a filled gap move it; drawing again does not."""
    first = ec.levels("x", over_time(10, None), title="t", measure="m")
    again = ec.levels("x", over_time(10, None), title="t", measure="m")
    assert first.fingerprint == again.fingerprint
    others = [
        ec.levels("x", over_time(11, None), title="t", measure="m"),
        ec.levels("x", over_time(10, 12), title="t", measure="m"),
        ec.levels("x", over_time(10, None), title="u", measure="m"),
        ec.levels("y", over_time(10, None), title="t", measure="m"),
    ]
    assert len({first.fingerprint, *(figure.fingerprint for figure in others)}) == 5


@pytest.mark.parametrize(
    ("marks", "expected", "zh", "en"),
    [
        ([1, 2], None, "2 个数值全部已知", "All 2 values known"),
        (
            [1, None], None, "2 个数值中已知 1 个，其余无公开来源，留空（缺：b）",
            "1 of 2 values known; the rest were not found in print and stay empty (missing: b)",
        ),
        (
            [1, 2], 20, "20 个数值中已知 2 个，其余无公开来源，留空",
            "2 of 20 values known; the rest were not found in print and stay empty",
        ),
    ],
)  # fmt: skip
def test_completeness(marks, expected, zh, en):
    """How many are known of how many, and which are missing where the figure itself has their places."""
    shown = tuple(Mark("s", name, None if v is None else q(v)) for name, v in zip("ab", marks, strict=True))
    figure = Figure("x", "t", "s", shown, lambda board: None, expected=expected)
    assert figure.completeness == zh
    assert replace(figure, language="en").completeness == en


def test_many_gaps_are_counted_by_series():
    """Where a list of gaps would be long, each series says how many of its values are known."""
    marks = tuple(Mark(s, str(i), q(1) if i < k else None) for s, k in (("甲", 2), ("乙", 6)) for i in range(10))
    figure = Figure("x", "t", "s", marks, lambda board: None)
    assert figure.completeness == "20 个数值中已知 8 个，其余无公开来源，留空（已知：甲 2/10；乙 6/10）"


def test_computed_marks_do_not_count_as_known():
    """A difference worked out by the figure adds nothing to what was printed."""
    marks = (Mark("s", "a", q(1)), Mark("d", "a", q(1), computed=True))
    assert Figure("x", "t", "s", marks, lambda board: None).completeness == "1 个数值全部已知"


def test_entries_are_counted_as_entries():
    """Events are no numbers."""
    figure = ec.timeline("x", [ec.Event("2018-01-01", "甲", ("mofcom-2018.A.001",))], title="t", measure="m")
    assert figure.completeness == "共 1 项"
    assert figure.source_line == "数据来源：商务部《中国电子商务报告 2018》"


def test_the_source_line_names_the_reports_first_and_counts_the_rest():
    """Two publications are named; the others are counted."""
    figure = ec.levels("x", ec.series("ecommerce_turnover", periods=range(2011, 2019)), title="t", measure="m")
    assert re.fullmatch(
        r"数据来源：中国电子商务协会《.+》；商务部《中国电子商务报告 2018》；另有 \d 个出版物，逐条列于文末",
        figure.source_line,
    )
    assert figure.notes == (f"数值取自 {len(parts.publications(figure.marks, 'zh'))} 个出版物，口径可能不同",)


def test_a_figure_keeps_the_language_it_was_made_in():
    """Drawn later, in a document of the other language, it does not mix the two."""
    figure = ec.levels("x", over_time(10, None), title="t", measure="m")
    language.use("en")
    assert "缺" in words(drawn(figure))
    assert figure.alt == "t。m：2015 10 亿元，2016 缺。"
    assert figure.source_line.startswith("数据来源：")
    assert language.current() == "en"


def test_html_carries_rows_caption_alternative_text_and_size():
    """The element has the id of figures.csv, the rows behind it, the printed caption, and the picture's own size."""
    figure = a_broken_series()
    shown = figure.to_html()
    assert shown.startswith('<figure id="mofcom-2018.fig-1-8" data-observations="')
    assert all(row in shown for row in figure.evidence)
    assert '<span class="label" style="display: block">图1-8　2014—2018年中国农村网络零售额</span>' in shown
    width, height = re.search(r'width="(\d+)" height="(\d+)"', shown).groups()
    box = re.search(rb"width='([\d.]+)pt' height='([\d.]+)pt'", figure.svg).groups()
    assert (float(width), float(height)) == pytest.approx([float(side) * 96 / 72 for side in box], abs=1)


def test_html_tells_observations_from_entries_of_lists():
    """Policies are no observations: their ids stand apart."""
    shown = ec.timeline("x", [ec.Event("2018-01-01", "甲", ("mofcom-2018.A.001", *PRINTED))], title="t", measure="m")
    assert 'data-observations="mofcom-2018.1.1.1.01" data-entries="mofcom-2018.A.001"' in shown.to_html()


def test_a_figure_of_our_own_says_so():
    """What the reports do not print has no label of theirs."""
    assert ec.levels("own", over_time(1), title="t", measure="m").caption == "本项目自绘图"


def test_scripts_in_words_stay_words():
    """Titles and names are escaped in the element."""
    figure = ec.ranked("x", [("<script>", q(1))], title="<b>", measure="m")
    assert "<script>" not in figure.to_html()
    assert "<b>" not in figure.to_html()


# The theme.


def test_the_theme_restores_what_it_changes():
    """Drawing leaves matplotlib's defaults as they were."""
    before = dict(matplotlib.rcParams)
    _ = a_map().svg
    assert dict(matplotlib.rcParams) == before
    with pytest.raises(ZeroDivisionError), theme.theme():
        _ = 1 / 0
    assert dict(matplotlib.rcParams) == before


def test_an_open_font_does_not_cross_a_fork():
    """It reads from a file whose position parent and child would share: each opens its own."""
    assert theme.text_width("电商", 36) == 1.0
    theme._measured_font()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, str(theme._measured_font.cache_info().currsize).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 9) == b"0"
    os.close(reading)
    os.close(writing)


def test_a_missing_glyph_is_an_error():
    """A character that the font lacks stops the drawing instead of leaving a box."""
    figure = ec.levels("x", over_time(1), title="ꀀ", measure="m")
    with pytest.raises(UserWarning, match=r"^Glyph 40960 .* missing from font\(s\) Noto Sans SC"):
        _ = figure.svg


def test_dollar_signs_are_no_mathematics():
    """A price between two dollar signs is written as it stands."""
    canvas = ec.levels("x", over_time(1), title="$5 and $6", measure="m").draw()
    stream = io.StringIO()
    with theme.theme():
        canvas.savefig(stream, format="svg")
    assert "<!-- $5 and $6 -->" in stream.getvalue()


# The drawing.


def test_a_lean_drawing_keeps_colours_references_and_curves():
    """Names are shortened where something refers to them, colours are no names, points become relative."""
    svg = (
        '<?xml version="1.0"?><svg id="a"><!-- c --><metadata><x/></metadata><g id="b">\n'
        ' <defs><path id="long" d="M 0 64 \nL 64 64 \nL 64 0 \nQ 8 8 16 24 \nz\n" transform="scale(0.015625)"/></defs>'
        '<rect fill="#eef1f4" style="fill: url(#pattern)"/><use xlink:href="#long"/></g><g/>'
        '<pattern id="pattern"/></svg>'
    )
    assert lean(svg) == (
        "<svg><g><defs><path id='g1' d='m0 8h8v-8q-7 1-6 3z' transform='scale(0.125)'/></defs>"
        "<rect fill='#eef1f4' style='fill: url(#g0)'/><use xlink:href='#g1'/></g><pattern id='g0'/></svg>"
    )


def test_only_the_theme_knows_colours_and_defaults():
    """No other module of the charts names a colour or sets a default."""
    for path in CHARTS.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        if path.name != "theme.py":
            assert re.findall(r"#[0-9a-fA-F]{6}|rcParams|rc_context", source) == [], path.name


def simulated(colour: str, vision: str) -> np.ndarray:
    """A colour in CIELAB as an eye with this deficiency sees it (Machado, Oliveira and Fernandes 2009, severity 1)."""
    eyes = {
        "all cones": np.eye(3),
        "no red cones": [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        "no green cones": [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.01182, 0.04294, 0.968881],
        ],
        "no blue cones": [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.3039],
        ],
    }
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    seen = np.clip(np.array(eyes[vision]) @ linear, 0, 1)
    x, y, z = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x / 0.95047, y, z / 1.08883)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", ["all cones", "no red cones", "no green cones", "no blue cones"])
@pytest.mark.parametrize(
    ("colours", "least"),
    [
        ([c for name, c in theme.COLOURS.items() if name != "world"], 17),
        (theme.SEQUENCE, 12),
        ((theme.EMPHASIS, theme.SECOND), 40),
        (theme.RAMP, 8),
    ],
    ids=["regions", "sequence", "pair", "classes"],
)
def test_colours_are_told_apart_with_any_colour_vision(colours, least, vision):
    """Any two colours of a palette stay well above the difference that an eye can see."""
    for a, b in itertools.combinations(colours, 2):
        assert np.linalg.norm(simulated(a, vision) - simulated(b, vision)) > least, (a, b)


@pytest.mark.parametrize("colour", [*theme.COLOURS.values(), *theme.SEQUENCE, theme.SECOND, theme.MUTED, theme.INK])
def test_colours_of_text_contrast_with_the_paper(colour):
    """Text in any colour of the theme meets WCAG 2.2 AA on white."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    assert 1.05 / (np.dot([0.2126, 0.7152, 0.0722], linear) + 0.05) >= 4.5


def test_regions_have_the_same_colour_in_every_form():
    """A province takes the colour of its region, a region its own, anything else stays quiet."""
    assert ec.colour_of_area("CN-44", "CN-east") == ec.colour_of_area("CN-east") == theme.COLOURS["CN-east"]
    assert ec.colour_of_area("KR") == theme.QUIET
    assert list(ec.region_key().values()) == [theme.COLOURS[region] for region in space.REGIONS]


# Geometry.


def test_a_title_is_broken_at_a_pause():
    """Lines end after punctuation where that is not far off, and never inside a number with its unit."""
    assert layout.wrap("网上零售额增至 9.01 万亿元，增速比上年回落 8.3 个百分点", 4.0, 13) == [
        "网上零售额增至 9.01 万亿元，", "增速比上年回落 8.3 个百分点",
    ]  # fmt: skip
    assert layout.wrap("海关验放的跨境电商进出口，比上年增长五成，其中进口快于出口", 3.4, 13) == [
        "海关验放的跨境电商进出口，",
        "比上年增长五成，其中进口快于出口",
    ]
    assert layout.wrap("Largest gap (percentage points)", 2.0, 13) == ["Largest gap", "(percentage points)"]
    for width in np.arange(1.2, 4, 0.1):
        for line in layout.wrap("网上零售额增至 9.01 万亿元，增速比上年回落 8.3 个百分点", width, 13):
            assert not re.search(r"\d$|^[万亿个百分点，。]", line)


def test_lines_are_even_rather_than_full():
    """The last line is not a lone word."""
    assert layout.wrap("Customs cleared billions of yuan of cross-border trade, up fifty", 4.5, 13) == [
        "Customs cleared billions of yuan", "of cross-border trade, up fifty",
    ]  # fmt: skip


def test_a_word_longer_than_the_line_stands_alone():
    """Nothing is cut off, even if it does not fit."""
    assert layout.wrap("a Donaudampfschifffahrtsgesellschaft b", 1.0, 10) == [
        "a", "Donaudampfschifffahrtsgesellschaft", "b",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Online retail sales", "农村网络零售额 1.37 万亿元，增长 30.4%", "1,234.5–9"])
def test_measured_width_is_the_drawn_width(text):
    """Layout decides from the same widths that the picture has."""
    canvas = drawn(Figure("x", text, "", (), lambda board: None))
    width = at(canvas, text).get_window_extent().width / 72
    assert theme.text_width(text, theme.TITLE) == pytest.approx(width, rel=0.03)


def test_labels_are_moved_apart_as_little_as_possible():
    """Two that collide share the way; one that stands free stays."""
    assert layout.spread([1.0, 1.1, 5.0], [1.0, 1.0, 1.0]) == pytest.approx([0.55, 1.55, 5.0])


def test_labels_stay_within_limits():
    """A crowd at the edge is pushed inwards, order kept."""
    assert layout.spread([9.9, 10.0, 9.8], [1.0, 1.0, 1.0], 0, 10) == pytest.approx([8.5, 9.5, 7.5])


def test_equal_values_share_a_class():
    """Few different values have a class each; falls have one of their own."""
    groups = layout.classes([q(v) for v in (3, -1, 0, 0, 1, 3, -7)])
    assert [[g.value * 100 for g in group] for group in groups] == [[-7, -1], [0, 0], [1], [3, 3]]
    assert layout.shades(groups) == [theme.FALL, theme.RAMP[0], theme.RAMP[2], theme.RAMP[4]]


def test_many_values_fall_into_five_classes_of_like_size():
    """No class holds twice as many different values as another."""
    sizes = [len(group) for group in layout.classes([q(v) for v in range(31)])]
    assert sizes == [7, 6, 6, 6, 6]


@pytest.mark.parametrize(
    ("values", "typical", "label"),
    [((1, 20000), False, "万亿元"), ((1, 5, 20000), True, "亿元"), (("0.5", "0.6"), False, "万元")],
)
def test_the_unit_suits_the_largest_or_the_typical_value(values, typical, label):
    """Over time the largest value decides, among provinces the middle one."""
    assert scale_of([q(v, "亿元") for v in values], typical=typical).label == label


def test_printed_digits_are_kept():
    """Trailing zeros stay where the unit is the printed one; elsewhere two decimals, or two digits, are enough."""
    scale = scale_of([q("25.270", "亿元")])
    assert scale.number(q("25.270", "亿元")) == "25.270"
    assert scale.number(q("12345", "万元")) == "1.23"
    assert scale.number(q("321", "万元")) == "0.032"
    assert scale.number(replace(q("12", "亿元"), qualifier="over")) == ">12"
    assert scale.number(q("5", "亿元"), signed=True) == "+5"


# What is refused.


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: ec.levels("x", over_time(None, None), title="t", measure="m"),
            "a figure without a single known value",
        ),
        (
            lambda: ec.levels("x", over_time(1, -2), title="t", measure="m"),
            "figure x: m 2016 is -2 亿元; bars that stand cannot be below zero",
        ),
        (
            lambda: ec.lines("x", {"甲": over_time(1, 2), "乙": over_time(1, 2, 3)}, title="t", measure="m"),
            "figure x: 乙 has the periods 2015, 2016, 2017, but 甲 has 2015, 2016",
        ),
        (
            lambda: ec.lines("x", {str(i): over_time(1, 2) for i in range(9)}, title="t", measure="m"),
            "figure x: 9 series, but 8 colours that can be told apart",
        ),
        (
            lambda: ec.lines("x", {"甲": over_time(1), "乙": over_time(1, unit="%")}, title="t", measure="m"),
            "one figure, several units: ratio, 元",
        ),
        (
            lambda: ec.stacked_levels("x", {"甲": over_time(-1)}, title="t", measure="m"),
            "figure x: 甲 2015 is -1 亿元; bars that stand cannot be below zero",
        ),
        (
            lambda: ec.monthly("x", {"2018-13": q(1, "个")}, title="t", measure="m"),
            "figure x: '2018-13' is no month; months are written such as 2018-06",
        ),
        (
            lambda: ec.timeline("x", [ec.Event("2018-1", "甲")], title="t", measure="m"),
            "figure x: '2018-1' of the event 甲 is no date; days, months and years are written such as 2018-08-31, "
            "2018-08 and 2018",
        ),
        (
            lambda: ec.timeline("x", [ec.Event("2018-02-30", "甲")], title="t", measure="m"),
            "figure x: '2018-02-30' of the event 甲 is no date; days, months and years are written such as "
            "2018-08-31, 2018-08 and 2018",
        ),
        (
            lambda: ec.timeline("x", [ec.Event("", "甲")], title="t", measure="m"),
            "figure x: a time line without a single dated event",
        ),
        (
            lambda: ec.ranked("x", [("甲", q(1))], second=[("乙", q(1))], title="t", measure="m"),
            "figure x: 乙 has a second value but no row",
        ),
        (lambda: ec.ranked("x", [("甲", None)], title="t", measure="m"), "a figure without a single known value"),
        (
            lambda: ec.shares("x", {"2018": [("甲", q(60)), ("乙", q(50))]}, title="t", measure="m"),
            "figure x: the parts of 2018 add up to at least 109.0%, more than the whole",
        ),
        (
            lambda: ec.funnel("x", [("甲", q(5, "个")), ("乙", q(9, "个"))], title="t", measure="m"),
            "figure x: 乙 is 9 个, more than the 5 个 it is a part of",
        ),
        (
            lambda: ec.dumbbell("x", [("甲", None, None)], ends=("a", "b"), gap="g", title="t", measure="m"),
            "a figure without a single known value",
        ),
        (
            lambda: ec.slope("x", [("甲", q(1), q(1, "亿元"))], ends=("a", "b"), title="t", measure="m"),
            "one figure, several units: ratio, 元",
        ),
        (
            lambda: ec.scatter("x", [("甲", None, q(1))], title="t", x_measure="a", y_measure="b"),
            "a figure without a single known value",
        ),
        (
            lambda: ec.scatter("x", [("甲", q(0), q(1))], title="t", x_measure="a", y_measure="b", logarithmic=True),
            "figure x: 甲 is 0%; an axis of ratios needs values above zero",
        ),
        (
            lambda: ec.small_multiples("x", {"甲": over_time(1)}, title="t", measure="m", form="pie"),
            "figure x: form 'pie'; allowed are bars, line",
        ),
        (
            lambda: ec.small_multiples("x", {"甲": over_time(-1)}, title="t", measure="m"),
            "figure x: 甲 2015 is -1 亿元; bars that stand cannot be below zero",
        ),
        (
            lambda: ec.matrix("x", ["a", "b"], {"甲": [q(1)]}, title="t", measure="m"),
            "figure x: the column 甲 has 1 cells for 2 rows",
        ),
        (
            lambda: ec.matrix("x", ["a"], {"甲": [q(1)]}, title="t", measure="m", shown="stars"),
            "figure x: shown 'stars'; allowed are values, presence",
        ),
        (
            lambda: ec.matrix("x", ["a"], {"甲": [None]}, title="t", measure="m"),
            "a figure without a single known value",
        ),
        (lambda: ec.tile_map("x", {"CN-44": None}, title="t", measure="m"), "a figure without a single known value"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, message):
    """Each refusal names the figure, the value and what is allowed."""
    with pytest.raises(ValueError) as refusal:
        make()
    assert str(refusal.value) == message


def test_an_area_without_a_tile_is_refused():
    """The map answers with the nearest areas it has."""
    with pytest.raises(NotFound) as refusal:
        ec.tile_map("x", {"CN-99": q(1)}, title="t", measure="m")
    assert str(refusal.value).startswith("no tile 'CN-99'; nearest: CN-")


def test_labels_without_room_are_refused():
    """More names than a place can hold are not drawn on top of each other."""
    with pytest.raises(ValueError) as refusal:
        layout.place([(0.5, 0.5)] * 9, [(0.6, 0.2)] * 9, (1, 1))
    assert str(refusal.value) == "no room for 9 labels in 1.0 by 1.0 inches"
