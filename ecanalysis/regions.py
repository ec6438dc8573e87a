"""A region as the report describes it: what its section prints, its place among the others, what it leaves out.

Chapter 8 gives 37 regions a section each, no two with the same indicators. So nothing here knows a region: the rows of
its section are taken as they are, and a comparison is made wherever enough others print the same.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecanalysis import catalog, documents, metrics
from ecanalysis.catalog import YEAR
from ecanalysis.document import fact_table
from ecanalysis.language import Label, pick
from ecanalysis.narrative import Paragraph, Text, text
from ecanalysis.quantity import LIMITS, Quantity
from ecanalysis.report_tables import ReportTable
from ecanalysis.schema import records
from ecanalysis.sections import inside
from ecanalysis.statements import Fact, joined, label_of, of_group, paragraph

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "mofcom-2018"
REPORTS = ("mofcom-2018", "ceca-2017-2018")
ECONOMIC_REGIONS = ("CN-east", "CN-central", "CN-west", "CN-northeast")
# What enough regions print to be compared, in the order readers look for it.
COMPARED = (
    ("ecommerce_turnover", "total"),
    ("online_retail_sales", "total"),
    ("online_retail_sales", "goods"),
    ("online_retail_sales", "services"),
    ("rural_online_retail_sales", "total"),
    ("agricultural_online_retail_sales", "total"),
    ("cross_border_ecommerce_trade", "total"),
    ("express_delivery_volume", "total"),
    ("express_delivery_revenue", "total"),
)
# Each region counts these its own way, some with business-to-business trade and mail, the nation what customs clears:
# neither places nor gaps.
_NOT_ALIKE = frozenset({"cross_border_ecommerce_trade"})
# A place among fewer says nothing.
_FEWEST = 3


@dataclass(frozen=True)
class Standing:
    """Where a region stands in one indicator.

    Parameters
    ----------
    indicator, item : str
    level, growth : Quantity or None
        Its own, of the reporting year.
    level_rank, growth_rank : Quantity or None
        Its place among the regions that print the same, the largest first; None if fewer than three print it or each
        counts it its own way.
    level_count, growth_count : int
        How many regions print it, itself among them.
    nation, nation_growth : Quantity or None
        The same for China; None where the regions count it otherwise.
    """

    indicator: str
    item: str
    level: Quantity | None
    growth: Quantity | None
    level_rank: Quantity | None
    growth_rank: Quantity | None
    level_count: int
    growth_count: int
    nation: Quantity | None
    nation_growth: Quantity | None

    @property
    def label(self) -> Label:
        """What it measures."""
        return label_of(self.indicator, self.item)

    @property
    def gap(self) -> Quantity | None:
        """How much faster than China it grew, in percentage points."""
        return if_known(metrics.change, self.growth, self.nation_growth)

    @property
    def share(self) -> Quantity | None:
        """Its level as a share of China's."""
        return if_known(metrics.share, self.level, self.nation)


@dataclass(frozen=True)
class Region:
    """One region of chapter 8.

    Parameters
    ----------
    id : str
        Such as ``CN-44``.
    facts : tuple of Fact
        In printed order, those of its cities among them.
    """

    id: str
    facts: tuple[Fact, ...]

    @property
    def label(self) -> Label:
        """Its name inside a sentence."""
        return area_label(self.id)

    @property
    def economic_region(self) -> str:
        """The id of the economic region it lies in."""
        return economic_region(self.id)

    @property
    def peers(self) -> tuple[str, ...]:
        """The ids it is compared with: province-level regions with each other, the five cities with each other."""
        return planned_cities() if self.id in planned_cities() else provinces()

    def get(self, indicator: str, item: str = "total", measure: str = "level") -> Quantity | None:
        """One of its own statistics of the reporting year, or None where its section does not print it."""
        for fact in self._own_facts:
            if (fact.indicator, fact.item) == (indicator, item):
                return fact.measures.get(measure)
        return None

    @property
    def _own_facts(self) -> list[Fact]:
        return [fact for fact in self.facts if (fact.area, fact.period) == (self.id, YEAR)]

    def headline(self) -> Fact:
        """What it is introduced by: online retail sales, else e-commerce turnover, else what it prints first."""
        wanted = [("online_retail_sales", "total"), ("ecommerce_turnover", "total")]
        ranked = sorted(
            self._own_facts,
            key=lambda fact: wanted.index(key) if (key := (fact.indicator, fact.item)) in wanted else len(wanted),
        )
        return ranked[0]

    def told(self, group: str, zh: str, en: str, *more: Text | None) -> Paragraph | None:
        """A titled part with every statistic of a group in sentences; None if it prints none of them.

        Parameters
        ----------
        group : str
            Group of :data:`ecanalysis.phrases.PHRASES`; also where links lead.
        zh, en : str
            The title.
        *more : Text or None
            Sentences that follow those about the region, such as what was computed; one that is None is left out.
        """
        mine = of_group(self.facts, group)
        own = [fact for fact in mine if fact.area in (self.id, "CN")]
        further = [sentence for sentence in more if sentence is not None]
        paragraphs = [joined([*([paragraph(own, group)] if own else []), *further])] if own or further else []
        for city in dict.fromkeys(fact.area for fact in mine if fact not in own):
            paragraphs.append(paragraph([fact for fact in mine if fact.area == city], group, city))
        if not paragraphs:
            return None
        title = pick(zh, en)
        return Paragraph(
            f'<h3 id="{group}">{html.escape(title)}</h3>' + "".join(f"<p>{part.html}</p>" for part in paragraphs),
            "\n".join([title, *(part.plain for part in paragraphs)]),
            joined(paragraphs).evidence,
            element="section",
        )

    def standings(self) -> list[Standing]:
        """Its place in each compared indicator that it prints."""
        found = []
        for indicator, item in COMPARED:
            level, growth = (self.get(indicator, item, measure) for measure in ("level", "growth"))
            if level is None and growth is None:
                continue
            alike = indicator not in _NOT_ALIKE
            levels, growths = (
                _comparable(regional_values(indicator, item, measure, self.peers), own if alike else None)
                for measure, own in (("level", level), ("growth", growth))
            )
            found.append(
                Standing(
                    indicator,
                    item,
                    level,
                    growth,
                    _rank(self.id, levels),
                    _rank(self.id, growths),
                    len(levels),
                    len(growths),
                    national_value(indicator, item) if alike else None,
                    national_value(indicator, item, "growth") if alike else None,
                )
            )
        return found

    def unprinted(self) -> list[Label]:
        """The compared indicators of which it prints neither level nor growth."""
        printed = {(standing.indicator, standing.item) for standing in self.standings()}
        return [label_of(*compared) for compared in COMPARED if compared not in printed]

    def contradictions(self) -> list[tuple[Fact, Quantity, Quantity]]:
        """Printed shares that the printed levels do not bear out: the fact, the share as printed and as computed."""
        found = []
        for fact in self._own_facts:
            for measure, whole in (("share", fact.indicator), ("share_of_ecommerce_turnover", "ecommerce_turnover")):
                share = fact.measures.get(measure) if (fact.indicator, fact.item) != (whole, "total") else None
                computed = if_known(metrics.share, fact.measures.get("level"), self.get(whole))
                if share is not None and computed is not None and not computed.meets(share):
                    found.append((fact, share, computed))
        return found

    def pilot_zones(self) -> pd.DataFrame:
        """The rows of ``pilot_zones.csv`` on its ground; for a city those of the city itself."""
        data = catalog.load()
        record, zones = data.record("areas", self.id), data.tables["pilot_zones"]
        if self.id in planned_cities():
            return zones[(zones["province"] == record["parent"]) & (zones["city_en"] == record["en"])]
        return zones[zones["province"] == self.id]

    def elsewhere(self) -> ReportTable | None:
        """What the reports say about it and its cities outside its section, as a table; None if nothing."""
        data = catalog.load()
        areas = [row["id"] for row in records(data.tables["areas"]) if self.id in (row["id"], row["parent"])]
        profile = documents.document("region_profile").resolved({"region": self.id})
        sections = [row["section"] for row in documents.regions()]

        def outside(row: Mapping[str, str]) -> bool:
            if row["source"] != SOURCE:
                return row["source"] in REPORTS
            if row["area"] != self.id and any(inside(row["section"], section) for section in sections):
                return False
            return not profile.covers(row["section"])

        rows = [row for row in data.select(area=areas) if outside(row)]
        caption = Label("两部报告其他章节中的有关数据", "What else the two reports say")
        return fact_table("region_profile.elsewhere", caption, rows) if rows else None


def region(id: str) -> Region:
    """One region with all that its section prints; a province without its planned city.

    Examples
    --------
    >>> region("CN-44").get("online_retail_sales").text("en")
    '2.0345 trillion yuan'
    """
    data = catalog.load()
    profile = documents.document("region_profile").resolved({"region": id})
    measures: dict[tuple[str, str, str, str, str], dict[str, Quantity]] = {}
    for row in data.sections(SOURCE, profile.sections, profile.excluded):
        key = (row["indicator"], row["item"], row["area"], row["period"], row["status"])
        measures.setdefault(key, {})[_measure(row)] = data.quantity(row)
    return Region(id, tuple(Fact(*key, measures=found) for key, found in measures.items()))


def provinces() -> tuple[str, ...]:
    """The ids of the province-level regions of chapter 8, in its order; the production corps is one of them."""
    return tuple(row["id"] for row in documents.regions() if row["kind"] != "planned_city")


def planned_cities() -> tuple[str, ...]:
    """The ids of the cities with a section of their own."""
    return tuple(row["id"] for row in documents.regions() if row["kind"] == "planned_city")


def economic_region(id: str) -> str:
    """The id of the economic region an area lies in; for a city that of its province.

    Examples
    --------
    >>> economic_region("CN-44-shenzhen")
    'CN-east'
    """
    parent = catalog.load().record("areas", id)["parent"]
    return parent if parent in ECONOMIC_REGIONS else economic_region(parent)


def area_section(id: str) -> str:
    """The number of the section that describes a region."""
    return catalog.load().record("areas", id)["section"]


def area_label(id: str) -> Label:
    """The name of an area inside a sentence: its full Chinese name, in English with the article where it needs one."""
    record = catalog.load().record("areas", id)
    return Label(record["zh"], f"the {record['en']}" if record["kind"] == "corps" else record["en"])


def regional_values(indicator: str, item: str, measure: str, areas: Iterable[str]) -> dict[str, Quantity]:
    """What each of some regions prints for one statistic of the reporting year in its own section.

    Parameters
    ----------
    indicator, item, measure : str
    areas : iterable of str
        Regions of chapter 8.

    Returns
    -------
    dict of str to Quantity
        In the order of ``areas``, without the regions that do not print it.

    Examples
    --------
    >>> list(regional_values("express_delivery_revenue", "total", "level", provinces()))
    ['CN-13', 'CN-41', 'CN-43']
    """
    data = catalog.load()
    wanted = tuple(areas)
    rows = data.select(indicator=indicator, item=item, measure=measure, period=YEAR, source=SOURCE, area=wanted)
    printed = {
        row["area"]: data.quantity(row)
        for row in rows
        if inside(row["section"], data.record("areas", row["area"])["section"])
    }
    return {area: printed[area] for area in wanted if area in printed}


def national_value(indicator: str, item: str = "total", measure: str = "level") -> Quantity | None:
    """The same for China, as the same report prints it, or None."""
    rows = catalog.load().select(indicator=indicator, item=item, area="CN", period=YEAR, measure=measure, source=SOURCE)
    return catalog.load().obs(indicator, item, "CN", YEAR, measure, source=SOURCE) if rows else None


def if_known(function: Callable[..., Quantity], *operands: Quantity | None) -> Quantity | None:
    """A calculation with what may not have been printed, or None.

    Parameters
    ----------
    function : callable
        Of :mod:`ecanalysis.metrics`, or arithmetic.
    *operands : Quantity or None

    Returns
    -------
    Quantity or None
        None if an operand is missing, counted in another unit, or printed only as a limit such as 超过 30%, which is no
        number to calculate with.

    Examples
    --------
    >>> if_known(metrics.share, None, None) is None
    True
    """
    given = [operand for operand in operands if operand is not None and operand.qualifier not in LIMITS]
    alike = function is metrics.average or len({quantity.unit.base for quantity in given}) < 2
    return function(*given) if alike and len(given) == len(operands) else None


def text_if_known(zh: str, en: str, **values: Quantity | Text | Label | str | None) -> Text | None:
    """A sentence of :func:`ecanalysis.narrative.text`, or None if one of its values is."""
    return None if any(value is None for value in values.values()) else text(zh, en, **values)


def _measure(row: Mapping[str, str]) -> str:
    """The measure, with the indicator it refers to where that is another one."""
    of = row["reference"].split("@")[0].split(":")[0]
    return f"{row['measure']}_of_{of}" if of else row["measure"]


def _comparable(found: Mapping[str, Quantity], own: Quantity | None) -> dict[str, Quantity]:
    """The values in the unit of its own; none if it has none."""
    return {area: q for area, q in found.items() if own is not None and q.unit.base == own.unit.base}


def _rank(id: str, found: Mapping[str, Quantity]) -> Quantity | None:
    if len(found) < _FEWEST or id not in found:
        return None
    return metrics.rank(found[id], [quantity for area, quantity in found.items() if area != id])
