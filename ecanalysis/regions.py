"""A region as the report describes it: its statistics as sentences, its place among the others, what it does not print.

Chapter 8 gives 37 regions a section each, no two with the same indicators. So nothing here knows a region: the rows of
its section are taken as they are, each statistic is said in the words that ``phrases.toml`` has for its indicator and
item, and a comparison is made wherever enough others print the same.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from string import Formatter
from typing import TYPE_CHECKING

from ecanalysis import catalog, documents, metrics
from ecanalysis.document import described, fact_table, name, period_name
from ecanalysis.language import Label, current, pick
from ecanalysis.narrative import Paragraph, Text, moved, text
from ecanalysis.quantity import Quantity
from ecanalysis.report_tables import ReportTable

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "mofcom-2018"
YEAR = "2018"
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
# The parts of online retail sales, named so that a sentence can take them up.
_SHORT = {
    ("online_retail_sales", "goods"): Label("实物商品网上零售额", "online retail sales of physical goods"),
    ("online_retail_sales", "services"): Label("非实物商品网上零售额", "online retail sales of services"),
    ("online_retail_sales", "above_quota_wholesale_retail"): Label(
        "限额以上批发零售企业网上零售额", "online retail sales of wholesale and retail firms above the quota"
    ),
}
_PLURAL = re.compile(r"\((?:(\w+)\|)?(\w+)\)")
_CLAUSE = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True)
class Fact:
    """All that a region prints about one thing: its level, growth, share and so on.

    Parameters
    ----------
    indicator, item, area, period, status : str
        As in ``observations.csv``.
    measures : mapping of str to Quantity
        By measure; a share of another indicator is named for it: ``share_of_ecommerce_turnover``.
    """

    indicator: str
    item: str
    area: str
    period: str
    status: str
    measures: Mapping[str, Quantity] = field(default_factory=dict)

    @property
    def label(self) -> Label:
        """What it measures."""
        return _label(self.indicator, self.item)


@dataclass(frozen=True)
class Standing:
    """Where a region stands in one indicator.

    Parameters
    ----------
    indicator, item : str
    level, growth : Quantity or None
        Its own, of the reporting year.
    level_rank, growth_rank : Quantity or None
        Its place among the regions that print the same, the largest first; None if fewer than three print it.
    level_count, growth_count : int
        How many regions print it, itself among them.
    nation, nation_growth : Quantity or None
        The same for China.
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
        return _label(self.indicator, self.item)

    @property
    def gap(self) -> Quantity | None:
        """How much faster than China it grew, in percentage points."""
        if self.growth is None or self.nation_growth is None:
            return None
        return metrics.change(self.growth, self.nation_growth)

    @property
    def share(self) -> Quantity | None:
        """Its level as a share of China's."""
        if self.level is None or self.nation is None or self.level.unit.base != self.nation.unit.base:
            return None
        return metrics.share(self.level, self.nation)


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
        for fact in self.facts:
            if (fact.indicator, fact.item, fact.area, fact.period) == (indicator, item, self.id, YEAR):
                return fact.measures.get(measure)
        return None

    def told(self, group: str, zh: str, en: str, *more: Text | None) -> Paragraph | None:
        """A section of its own with every statistic of a group in sentences; None if it prints none of them.

        Parameters
        ----------
        group : str
            Group of ``phrases.toml``; also the section's anchor.
        zh, en : str
            Its title.
        *more : Text or None
            Sentences that follow, such as what was computed; those that are None are left out.
        """
        known = phrases()[group]
        mine = [fact for fact in self.facts if fact.item in known.get(fact.indicator, ())]
        if group == "measures":
            mine += [fact for fact in self.facts if not any(fact.item in words.get(fact.indicator, ())
                                                            for words in phrases().values())]
        further = [sentence for sentence in more if sentence is not None]
        if not mine and not further:
            return None
        paragraphs = [
            self._paragraph(known, [fact for fact in mine if fact.area in areas])
            for areas in [(self.id, "CN"), *((fact_area,) for fact_area in self._cities(mine))]
            if any(fact.area in areas for fact in mine)
        ]
        if further:
            own = any(fact.area in (self.id, "CN") for fact in mine)
            paragraphs[:own] = [_joined([*paragraphs[:own], *further], pick("", " "))]
        title = pick(zh, en)
        return Paragraph(
            f"<h3>{html.escape(title)}</h3>" + "".join(f"<p>{part.html}</p>" for part in paragraphs),
            "\n".join([title, *(part.plain for part in paragraphs)]),
            tuple(dict.fromkeys(id_ for part in paragraphs for id_ in part.evidence)),
            element="section",
            anchor=group,
        )

    def _cities(self, mine: Iterable[Fact]) -> list[str]:
        return list(dict.fromkeys(fact.area for fact in mine if fact.area not in (self.id, "CN")))

    def _paragraph(self, known: Mapping[str, Mapping[str, Sequence[str]]], mine: Sequence[Fact]) -> Text:
        """What is said of one place: indicator by indicator, facts of the reporting year before others."""
        sentences, opening = [], ""
        place = "" if mine[0].area in (self.id, "CN") else mine[0].area
        for period in sorted({fact.period for fact in mine}, key=lambda period: (period != YEAR, period)):
            opened_with = _opening(place, period)
            for indicator in dict.fromkeys([*known, *(fact.indicator for fact in mine)]):
                facts = [fact for fact in mine if (fact.indicator, fact.period) == (indicator, period)]
                if facts:
                    words = known.get(indicator, {})
                    sentence = _sentence([_phrase(words.get(f"{fact.item}@{fact.area}") or words.get(fact.item, ()), fact) for fact in facts], words.get("frame", ()), facts)
                    sentences.append(_opened("" if opened_with == opening else opened_with, sentence))
                    opening = opened_with
        return _joined(sentences, pick("", " "))

    def standings(self) -> list[Standing]:
        """Its place in each compared indicator that it prints."""
        found = []
        for indicator, item in COMPARED:
            level, growth = (self.get(indicator, item, measure) for measure in ("level", "growth"))
            if level is None and growth is None:
                continue
            levels, growths = (
                _comparable(regional_values(indicator, item, measure, self.peers), own)
                for measure, own in (("level", level), ("growth", growth))
            )
            found.append(
                Standing(
                    indicator, item, level, growth, _rank(self.id, levels), _rank(self.id, growths), len(levels),
                    len(growths), *(national_value(indicator, item, measure) for measure in ("level", "growth")),
                )
            )
        return found

    def headline(self) -> Fact:
        """What it is introduced by: online retail sales, else e-commerce turnover, else what it prints first."""
        own = [fact for fact in self.facts if (fact.area, fact.period) == (self.id, YEAR)]
        for wanted in ("online_retail_sales", "ecommerce_turnover"):
            for fact in own:
                if (fact.indicator, fact.item) == (wanted, "total"):
                    return fact
        return own[0]

    def unprinted(self) -> list[Label]:
        """The compared indicators of which it prints neither level nor growth."""
        printed = {(standing.indicator, standing.item) for standing in self.standings()}
        return [_label(*compared) for compared in COMPARED if compared not in printed]

    def contradictions(self) -> list[tuple[Fact, Quantity, Quantity]]:
        """Printed shares that the printed levels do not bear out: the fact, the share printed and the share computed."""
        wholes = {"share": None, "share_of_ecommerce_turnover": "ecommerce_turnover"}
        found = []
        for fact in self.facts:
            for measure, whole in wholes.items():
                part, share = fact.measures.get("level"), fact.measures.get(measure)
                total = self.get(whole or fact.indicator)
                if fact.item != "total" or whole:
                    if part and share and total and part.unit.base == total.unit.base:
                        computed = metrics.share(part, total)
                        if not computed.meets(share):
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
        """What the reports say about it outside its section, as a table; None if nothing."""
        data = catalog.load()
        profile = documents.document("region_profile").resolved({"region": self.id})
        areas = [row["id"] for row in data.tables["areas"].to_dict("records") if self.id in (row["id"], row["parent"])]
        own = {row["section"] for row in documents.regions()}
        rows = [
            row
            for row in data.select(area=areas)
            if row["source"] in REPORTS and not (row["source"] == SOURCE and profile.covers(row["section"]))
            and (row["area"] == self.id or not any(_inside(row["section"], section) for section in own))
        ]
        caption = Label("两部报告其他章节中的有关数据", "What else the two reports say")
        return fact_table("region_profile.elsewhere", caption, rows) if rows else None


ECONOMIC_REGIONS = ("CN-east", "CN-central", "CN-west", "CN-northeast")
REPORTS = ("mofcom-2018", "ceca-2017-2018")


def region(id: str) -> Region:
    """One region with all that its section prints; a province without its planned city.

    Examples
    --------
    >>> region("CN-44").get("online_retail_sales").text("en")
    '2.0345 trillion yuan'
    """
    data = catalog.load()
    profile = documents.document("region_profile").resolved({"region": id})
    facts: dict[tuple[str, ...], dict[str, Quantity]] = {}
    for row in data.select(source=SOURCE):
        if profile.covers(row["section"]):
            key = tuple(row[column] for column in ("indicator", "item", "area", "period", "status"))
            facts.setdefault(key, {})[_measure(row)] = data.quantity(row)
    return Region(id, tuple(Fact(*key, measures) for key, measures in facts.items()))


def if_known(function: Callable[..., Quantity], *operands: Quantity | None) -> Quantity | None:
    """A calculation with what may not have been printed: None if an operand is missing or counted in another unit.

    Examples
    --------
    >>> if_known(metrics.share, None, None) is None
    True
    """
    given = [operand for operand in operands if operand is not None]
    alike = function is metrics.average or len({quantity.unit.base for quantity in given}) < 2
    return function(*given) if alike and len(given) == len(operands) else None


def text_if_known(zh: str, en: str, **values: Quantity | Text | Label | str | None) -> Text | None:
    """A sentence of :func:`ecanalysis.narrative.text`, or None if one of its values is."""
    return None if any(value is None for value in values.values()) else text(zh, en, **values)


def provinces() -> tuple[str, ...]:
    """The ids of the province-level regions of chapter 8, in its order; the production corps is one of them."""
    return tuple(row["id"] for row in documents.regions() if row["kind"] != "planned_city")


def planned_cities() -> tuple[str, ...]:
    """The ids of the cities with a section of their own."""
    return tuple(row["id"] for row in documents.regions() if row["kind"] == "planned_city")


def regional_values(indicator: str, item: str, measure: str, areas: Iterable[str]) -> dict[str, Quantity]:
    """What each of some regions prints for one statistic of the reporting year in its own section.

    Parameters
    ----------
    indicator, item, measure : str
    areas : iterable of str

    Returns
    -------
    dict of str to Quantity
        In the order of ``areas``, without the regions that do not print it.
    """
    data = catalog.load()
    sections = {row["id"]: row["section"] for row in documents.regions()}
    rows = data.select(
        indicator=indicator, item=item, measure=measure, period=YEAR, source=SOURCE, area=tuple(areas)
    )
    printed = {row["area"]: data.quantity(row) for row in rows if _inside(row["section"], sections[row["area"]])}
    return {area: printed[area] for area in areas if area in printed}


def national_value(indicator: str, item: str = "total", measure: str = "level") -> Quantity | None:
    """The same for China, as the same report prints it, or None."""
    return catalog.load().obs(indicator, item, "CN", YEAR, measure, source=SOURCE, default=None)


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


@cache
def phrases() -> dict[str, dict[str, dict[str, list[str]]]]:
    """The wording of ``phrases.toml``: by group, indicator and item."""
    return tomllib.loads((resources.files("ecanalysis") / "phrases.toml").read_text(encoding="utf-8"))


def _label(indicator: str, item: str) -> Label:
    return _SHORT.get((indicator, item)) or described({"indicator": indicator, "item": item})


def _inside(section: str, parent: str) -> bool:
    return section == parent or section.startswith(f"{parent}.")


def _measure(row: Mapping[str, str]) -> str:
    of = row["reference"].split("@")[0].split(":")[0]
    return f"{row['measure']}_of_{of}" if of else row["measure"]


def _comparable(found: dict[str, Quantity], own: Quantity | None) -> dict[str, Quantity]:
    if own is None:
        return {}
    return {area: quantity for area, quantity in found.items() if quantity.unit.base == own.unit.base}


def _rank(id: str, found: dict[str, Quantity]) -> Quantity | None:
    if len(found) < 3 or id not in found:
        return None
    return metrics.rank(found[id], [quantity for area, quantity in found.items() if area != id])


def _phrase(pairs: Sequence[str], fact: Fact) -> Text:
    """The first wording of a fact whose values are all known."""
    shown: dict[str, Quantity | Text | Label | None] = dict(fact.measures)
    shown["name"] = name("items", fact.item)
    if "growth" in shown:
        shown["growth"] = moved(fact.measures["growth"])
    for zh, en in zip(pairs[::2], pairs[1::2], strict=True):
        if all(shown.get(wanted) is not None for wanted in _names(_CLAUSE.sub("", zh))):
            told = text(zh, _numbered(en, fact), **{wanted: shown.get(wanted) for wanted in (*_names(zh), *_names(en))})
            return text("{told}（目标）", "{told} (target)", told=told) if fact.status == "forecast" else told
    return _bare(fact)


def _bare(fact: Fact) -> Text:
    """A fact without wording of its own: its name and its values."""
    listed = _joined([text("{value}", "{value}", value=value) for value in fact.measures.values()], pick("，", ", "))
    return text("{label} {listed}", "{label}: {listed}", label=fact.label, listed=listed)


def _sentence(told: list[Text], frame: Sequence[str], facts: Sequence[Fact]) -> Text:
    """Facts of one indicator as a sentence: listed in its frame, or as clauses that each say all."""
    if not frame:
        return text("{told}。", "{told}.", told=_joined(told, pick("；", "; ")))
    listed = _joined(told, pick("、", ", "), pick("、", " and "))
    return text(frame[0], _numbered(frame[1], facts[0]) if len(facts) == 1 else frame[1], facts=listed)


def _opening(place: str, period: str) -> str:
    """How a sentence opens that is not about the region itself or the reporting year."""
    when = period_name(period)
    day = pick(f"截至 {when.zh}", f"as of {when.en}")
    span = pick(when.zh, f"from {when.en}")
    where = pick(f"{name('areas', place).zh}方面", f"in {name('areas', place).en}") if place else ""
    return pick("，", ", ").join(part for part in (where, (span if "/" in period else day) if period != YEAR else "") if part)


def _opened(opening: str, sentence: Text) -> Text:
    if not opening:
        return _capital(sentence)
    small = Text(_first(sentence.html, str.lower), _first(sentence.plain, str.lower), sentence.evidence)
    return _capital(text("{opening}，{sentence}", "{opening}, {sentence}", opening=opening, sentence=small))


def _numbered(english: str, fact: Fact) -> str:
    """Put the nouns of an English phrase into the singular or plural of the number that counts them."""
    counted = fact.measures.get("level", fact.measures.get("change"))
    one = counted is not None and counted.value == 1 and counted.qualifier == "exact"
    return _PLURAL.sub(lambda word: (word.group(1) or "") if one else word.group(2), english)


def _joined(texts: Sequence[Text], comma: str, last: str | None = None) -> Text:
    last = comma if last is None else last

    def put(parts: list[str]) -> str:
        return comma.join(parts[:-1]) + last + parts[-1] if len(parts) > 1 else "".join(parts)

    evidence = tuple(dict.fromkeys(id_ for part in texts for id_ in part.evidence))
    return Text(put([part.html for part in texts]), put([part.plain for part in texts]), evidence)


def _capital(sentence: Text) -> Text:
    return Text(_first(sentence.html, str.upper), _first(sentence.plain, str.upper), sentence.evidence)


def _first(words: str, change: Callable[[str], str]) -> str:
    """Change the first letter of an English sentence, inside the element it may begin with; names keep theirs."""
    if current() == "zh":
        return words
    return re.sub(r"^((?:<[^>]*>)?)([A-Za-z])(?![A-Z0-9])", lambda start: start[1] + change(start[2]), words)


def _names(template: str) -> list[str]:
    return [key for _, key, _, _ in Formatter().parse(template) if key]
