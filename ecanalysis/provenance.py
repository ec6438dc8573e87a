"""The tables held against the text they were read from, in both directions.

:func:`verify` asks of every row whether it stands in the text: digits, unit, sign, rank, area, title or label at its
line. :func:`coverage` asks of every numeral of the text what accounts for it: a row, a narrow class of numerals that
are no statistics, or an entry of the reviewed ledger. Only both together prove the tables right and complete. What
counts as a numeral is told in :mod:`ecanalysis.numerals`.

Why no class can hide a statistic: a statistic has a unit or a counter. A class never takes a numeral that such a word
follows, unless the class owns that very word (年 for years, 条 for articles of a law). This is enforced here for all
classes alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from ecanalysis.catalog import Catalog
from ecanalysis.errors import not_found
from ecanalysis.numerals import HAN, RANK, SIGNS, TOP, Numeral, Page, Reading, Words
from ecanalysis.schema import records

Row = dict[str, str]


class Class(NamedTuple):
    """Numerals that are no statistics; named groups are the parts meant where the pattern needs a context."""

    name: str
    pattern: str
    owns: str  # what may follow such a numeral although it is a unit or counter
    why: str  # why no statistic can hide in it


_YEAR = r"(?:1[89]|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TO = r"\s*[—–~～至-]+\s*"
ANYTHING, NOTHING = "", "(?!)"
_NAMES = (
    # business models, techniques, days of sale, shops, sites, hotlines
    r"S2B2C|B2B2C|B2B|B2C|C2C|C2M|F2C|O2O|P2P|[345]G(?!B)|3C|双\s*11|3·15|5·18|1号店|亚洲1号|南坪3\.0|21Diamonds"
    r"|Khmer ?24|khmer24|7makara|shop 168|阿里巴巴 1688|24小时(?=运转|无人)|12(?:330|345|315)(?=举报|投诉|互联网)"
    # forms of cooperation, programmes and slogans
    r"|16\+1|“5\+10”|“1\+4”|“6天\+365天”|“335”|“3366”|“泛 3315”|“去4回3”|21\s*世纪|十九大|两个一百年|五个振兴"
    r"|六体系两平台|“两平台”|三平台、七体系|十二个一百|千县万村|百万便利店|百名县市长|千名乡镇村长|进万村"
    r"|万名“电商小老板”|十县市产业集群"
    # bodies, places, lists that are called by their length
    r"|万国邮|五家渠|三区三州|两州一县|四大行(?=与)|电商“?百强|百强品牌|企业100强|世界500强"
)

CLASSES = (
    Class(
        "web address",
        r"https?://[\x21-\x7e]+|[A-Za-z0-9_.-]+@[a-z0-9-]+\.\w+|[A-Za-z0-9_-]+\.(?:pdf|html?)\b",
        ANYTHING,
        "an address is made of Latin letters and signs without a blank",
    ),
    Class(
        "date",
        rf"{_YEAR}-{_MONTH}-{_DAY}(?!\d)|{_YEAR}-(?:0[1-9]|1[0-2])(?!\d)"
        r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d\d?, \d{4}",
        NOTHING,
        "a whole calendar date",
    ),
    Class("year", rf"(?<!\d)(?<!\d\.)(?:{_YEAR}{_TO})?{_YEAR}(?=\s*年)", "年", "four digits and 年"),
    Class(
        "bare year",
        r"(?<!\d)(?<!\d[.,])(?<![达约近超逾为到\t])(?<![达约近超逾为到] )20[0-2]\d(?![\d.,%])|^(?:\t20[0-2]\de?)+$",
        NOTHING,
        "four digits of this century that nothing countable follows, as in titles of reports and events; no table cell",
    ),
    Class("month", rf"(?<![\d.])(?:{_MONTH}{_TO})?{_MONTH}(?=\s*月)", "月", "1 to 12 and 月"),
    Class(
        "day",
        rf"[月日]{_TO}(?P<until>{_DAY})(?=\s*日)|月\s*(?P<on>{_DAY}(?:{_TO}{_DAY})?)(?=\s*日)",
        "日",
        "follows 月 and precedes 日",
    ),
    Class("quarter", r"第\s*[1-4](?=\s*季度)", NOTHING, "one of the four quarters of a year"),
    Class(
        "time looked back on",
        r"近\s*\d\d?(?=\s*年(?:来|的发展))|改革开放\s*\d\d(?=\s*周年)",
        "年|周",
        "dates a period",
    ),
    Class(
        "heading number",
        r"^\W*第\s*\d\d?(?=\s*章)|^(?:B\.\s?\d\d?(?:\.\s?\d\d?)?|\d\d?\.\d\d?)(?=\s)|^- \d\d?(?=\s)",
        NOTHING,
        "opens its line, followed by a blank",
    ),
    Class(
        "heading number of the third level",
        r"^(?:B\.(?:\s?\d\d?\.?){1,2}\s?\d\d?|\d\d?(?:\.\d\d?){2,3})(?=\s)",
        ANYTHING,
        "two points cannot stand in a number; opens its line",
    ),
    Class(
        "number or page of a table of contents",
        rf"^(?:第\d\d?章|\d\.\d\d?|附录 [A-Z])\s[^\t]*\t+(?P<page>\d{{1,3}})$"
        rf"|^(?P<heading>\d\d?(?:\.\d\d?)*)\.?\s[^\t]*{HAN}{{4}}[^\t]*\t(?P<left>\d{{1,3}})(?=\t)"
        rf"|\t(?P<second>\d\d?(?:\.\d\d?)*)\s[^\t]*{HAN}{{3}}[^\t]*\t(?P<right>\d{{1,3}})$",
        NOTHING,
        "heading, tab and number without a unit; the words between are part of no cell of numbers",
    ),
    Class("list number", r"^\d\d?(?=\.\s+\S|\.[^\d\s])", NOTHING, "opens its line, a full stop follows"),
    Class(
        "figure or table label",
        r"[图表]\s*(?:[A-Z]|\d\d?)-\d\d?(?:、(?:[A-Z]|\d\d?)-\d\d?)*",
        NOTHING,
        "chapter and number joined by a hyphen after 图 or 表",
    ),
    Class("unit of a table", rf"单位[:：]\s*(?P<power>{SIGNS})", ANYTHING, "no digit, only a power of ten"),
    Class("footnote mark", r"[①-⑳]", ANYTHING, "a circled digit measures nothing"),
    Class(
        "document number",
        r"〔\d{4}〕\s*\d+\s*号|第\s*\d+\s*号|(?:ISO|SAC|SB|GB|SZDB)/[TCZ]+ \d+(?:-\d{4})?",
        NOTHING,
        "a number before 号 or after the letters of a standard",
    ),
    Class(
        "article",
        rf"第\s*\d+\s*(?=条)|第{SIGNS}(?:[、和]{SIGNS})*[、和](?P<last>{SIGNS})(?=条)",
        "条",
        "an ordinal before 条",
    ),
    Class("edition", r"第\s*\d+(?=\s*次《)|\d\.\d(?=\s*版)", "次", "an ordinal of a publication, a version number"),
    Class(
        "imprint",
        r"0\d\d-\d{8}|^社 址：\D*\d+ 号（\d{6}）|^开 本：\d+ 毫米×\d+ 毫米 1/16|^印 张：\d+\.\d|^字 数：\d+(?= 千字)",
        "千字|毫米",
        "telephone, address and postcode, format of the book",
    ),
    Class("stock code", r"有限公司\((?P<code>\d{6})\)", NOTHING, "six digits in brackets after a company"),
    Class("age group", rf"\d\d{_TO}\d\d(?=\s*岁)|\d\d(?=\s*岁以[上下])", "岁", "a span of years of age names a group"),
    Class("name", _NAMES, ANYTHING, "names spelled out one by one"),
)


class Account(NamedTuple):
    """What accounts for a numeral: ``observation``, another table, a class or ``ledger``; empty if nothing does."""

    numeral: Numeral
    by: str
    detail: str  # ids of the rows, or the reason of the ledger


@dataclass(frozen=True)
class Coverage:
    """The account of every numeral of one text.

    Parameters
    ----------
    source : str
        Id of the text in ``sources.csv``.
    accounts : tuple of Account
        One for each numeral, in the order of the text.
    lines : tuple of str
        The lines of the text, cleaned.
    idle : tuple of str
        Entries of the ledger that account for nothing.
    """

    source: str
    accounts: tuple[Account, ...]
    lines: tuple[str, ...]
    idle: tuple[str, ...] = ()

    @property
    def rest(self) -> tuple[Numeral, ...]:
        """The numerals that nothing accounts for."""
        return tuple(account.numeral for account in self.accounts if not account.by)

    @property
    def share(self) -> float:
        """The share of numerals accounted for, 0 to 1."""
        return 1 - len(self.rest) / len(self.accounts) if self.accounts else 1.0

    @property
    def counts(self) -> dict[str, int]:
        """How many numerals each kind of account takes, in descending order."""
        return dict(Counter(account.by for account in self.accounts if account.by).most_common())


def verify(catalog: Catalog, source: str, text: str) -> list[str]:
    """Hold every row of a source against its text.

    Digits and unit of each row of ``observations`` must stand at its line: digits without thousands separators and
    sign; the unit beside them, once after a list, in the head of a table, or after a page break on the next printed
    line or the one that the row's note names (``line 1427``). Differences are negative where the clause speaks of a
    fall, and only there. A rank stands as its ordinal or as a place in a list of the first so many, named in that
    order. The area must be named at the line or in a heading or caption above. ``policies``, ``pilot_zones`` and
    ``figures`` must stand at their lines with titles, numbers, dates, issuers, cities, labels and captions.

    Parameters
    ----------
    catalog : Catalog
    source : str
        Id of a source that has a text edition.
    text : str
        The whole text. Lines that it has more or less than the one the tables were read from are one problem where they
        stand, not one for each row below.

    Returns
    -------
    list of str
        One line a problem, naming row, line and what stands there; empty if all is right.

    Raises
    ------
    NotFound
        If the source has no text edition.
    """
    held = _Held(catalog, source, text)
    return held.problems + held.crowded()


def coverage(catalog: Catalog, source: str, text: str) -> Coverage:
    """Account for every numeral of a text.

    A numeral is accounted for by a row of ``observations`` at its line that has its value and its unit (as many rows as
    printings: a second printing in one line needs an entry of the ledger); by the title, label, number or date of a row
    of another table; by one of ``CLASSES``; or by an entry of ``ledger``.

    Parameters
    ----------
    catalog, source, text
        As for :func:`verify`.

    Returns
    -------
    Coverage

    Raises
    ------
    NotFound
        If the source has no text edition.
    """
    return _Held(catalog, source, text).account()


def report(result: Coverage) -> str:
    """Print a coverage: the share accounted for, by what, and the rest with 20 characters to each side.

    Parameters
    ----------
    result : Coverage

    Returns
    -------
    str
    """
    total, rest = len(result.accounts), result.rest
    lines = [f"{result.source}: {total - len(rest)} of {total} numerals accounted for ({result.share:.2%})"]
    lines += [f"{count:6} {by}" for by, count in result.counts.items()]
    for numeral in rest:
        line = result.lines[numeral.line - 1]
        before, after = line[max(0, numeral.start - 20) : numeral.start], line[numeral.end : numeral.end + 20]
        lines.append(f"line {numeral.line}: {before}[{numeral.printed}]{after}".replace("\t", " "))
    lines += [f"the ledger accounts for nothing at {entry}" for entry in result.idle]
    return "\n".join(lines)


def contradictions(catalog: Catalog) -> list[str]:
    """Find statistics that one source prints twice with values that cannot be the same number.

    Two rows are one statistic if all that defines it is the same: source, indicator, item, area, period, measure,
    reference and basis. Their rounding intervals must meet, unless ``errata`` already holds one of the two against a
    printing of the same statistic.

    Parameters
    ----------
    catalog : Catalog

    Returns
    -------
    list of str
        One line a pair.
    """
    against: dict[str, set[str]] = defaultdict(set)
    for erratum in records(catalog.tables["errata"]):
        against[erratum["target"]] |= set(erratum["operands"].split())
    key = ("source", "indicator", "item", "area", "period", "measure", "reference", "basis")
    same: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in records(catalog.tables["observations"]):
        same[tuple(row[column] for column in key)].append(row)
    problems = []
    for rows in same.values():
        ids = {row["id"] for row in rows}
        undisputed = [row for row in rows if not against[row["id"]] & ids]
        for first, second in combinations(undisputed, 2):
            one, other = catalog.quantity(first), catalog.quantity(second)
            bare = "" in (one.unit.base, other.unit.base)  # printed without its unit: 28 亿 and 28.1 亿元
            if not (one.low <= other.high and other.low <= one.high if bare else one.meets(other)):
                problems.append(f"observations {first['id']} and {second['id']}: {one.text()} against {other.text()}")
    return problems


def _classes(line: str) -> Iterator[tuple[int, int, Class]]:
    """Where in a line the patterns of the classes hold."""
    for kind in CLASSES:
        for match in re.finditer(kind.pattern, line):
            named = [match.span(name) for name, part in match.groupdict().items() if part is not None]
            for start, end in named or [match.span()]:
                yield start, end, kind


def _find(line: str, phrase: str) -> re.Match[str] | None:
    """A phrase in a line, blanks aside."""
    return re.search(r"\s*".join(map(re.escape, re.sub(r"\s", "", phrase))), line)


def _date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _covering(numeral: Numeral, phrases: list[tuple[int, int, str, str]]) -> tuple[str, str] | None:
    """Table and id of the phrase that a numeral is part of."""
    return next((p[2:] for p in phrases if p[0] <= numeral.start and numeral.end <= p[1]), None)


# Holding the tables against the text.

_EVIDENCE, _REACH = 6, 60  # a shift by so many lines at most is believed when so many numerals and labels agree on it
_SIGNED = ("growth", "average_growth", "change", "share_change", "growth_change", "gap", "share_gap", "growth_gap")
_FALL = "降|减|下滑|回落|缩|跌|便宜|-$"


class _Held:
    """One source of a catalog held against its text: where its rows stand, and what does not stand."""

    def __init__(self, catalog: Catalog, source: str, text: str) -> None:
        sources = catalog.tables["sources"]
        editions = sources.loc[sources["text"] != "", "id"]
        if source not in set(editions):
            raise not_found("source with a text edition", source, editions)
        self.catalog, self.source = catalog, source
        self.page, self.words = Page(text), Words(catalog.units)
        self.problems: list[str] = []
        self._areas = {row["id"]: row for row in records(catalog.tables["areas"])}
        self._observations = [row for row in self.records("observations") if row["line"]]
        self._others, self._ledger = list(self._printed()), self.records("ledger")
        self._shifts = self._align()
        self._standing: dict[str, tuple[Numeral, ...]] = {}
        self._lists: Counter[Numeral] = Counter()
        self._check_observations()
        self._check_others()

    def records(self, table: str) -> list[Row]:
        """The rows of a table that belong to the source."""
        return [row for row in records(self.catalog.tables[table]) if row["source"] == self.source]

    def _printed(self) -> Iterator[tuple[str, str, int, list[str]]]:
        """What the other tables say stands printed: table, id, line and phrases."""
        for row in self.records("policies"):
            phrases = [row["title"], row["document_number"], _date(row["date"]), *row["issuers"].split(";")]
            yield "policies", row["id"], int(row["line"]), [phrase for phrase in phrases if phrase]
        for row in self.records("pilot_zones"):
            yield "pilot_zones", row["id"], int(row["line"]), [row["city_zh"], _date(row["approved"])]
        for row in self.records("figures"):
            yield "figures", row["id"], int(row["line"]), [row["label"], row["zh"]]

    # Lines: a text may have lines more or less than the one that the tables were read from.

    def _align(self) -> list[tuple[int, int]]:
        """The lines of the tables from which on the text is shifted, and by how much."""
        marks: dict[int, list[str]] = defaultdict(list)
        for row in self._observations:
            marks[int(row["line"])].append(RANK if row["unit"] == RANK else row["value"].removeprefix("-"))
            if row["unit"] == RANK and row["area"].startswith("CN-"):
                marks[int(row["line"])].append(self._areas[row["area"]]["short_zh"].removesuffix("关区"))
        for row in self._ledger:
            marks[int(row["line"])].append(row["numeral"])
        for _, _, line, phrases in self._others:
            marks[line] += phrases[:1]

        def fits(line: int, shift: int) -> bool:
            there, text = self.page.on(line + shift), self.page.line(line + shift)
            ranks = any(reading.unit in (RANK, TOP) for numeral in there for reading in numeral.readings)
            return all(
                any(numeral.reads(mark) for numeral in there) or (mark == RANK and ranks) or _find(text, mark)
                for mark in marks[line]
            )

        shifts, lines = [(0, 0)], sorted(marks)
        for position, line in enumerate(lines):
            shift = shifts[-1][1]
            if fits(line, shift):
                continue
            ahead: list[int] = []
            evidence = 0
            for other in lines[position:]:
                ahead, evidence = [*ahead, other], evidence + len(marks[other])
                if evidence >= _EVIDENCE and len(ahead) > 1:
                    break
            for step in sorted(range(-_REACH, _REACH + 1), key=abs):
                if evidence > 1 and all(fits(other, shift + step) for other in ahead):
                    shifts.append((line, shift + step))
                    self.problems.append(f"from line {line} on the text has {step:+d} lines against the tables")
                    break
        return shifts

    def place(self, line: int) -> int:
        """The line of this text for a line of the tables."""
        return line + [shift for start, shift in self._shifts if start <= line][-1]

    # Rows of observations.

    def _check_observations(self) -> None:
        lists: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self._observations:
            there, self._standing[row["id"]] = self._fitting(row)
            if row["unit"] == RANK and row["measure"].endswith("rank") and row["value"].isdigit():
                lists[tuple(row[name] for name in ("line", "section", "indicator", "measure", "reference"))].append(row)
            elif not self._standing[row["id"]] and not self._article(row):
                self.problems.append(self._missing(row, there))
        for rows in lists.values():
            if not all(self._standing[row["id"]] for row in rows):
                self._check_list(sorted(rows, key=lambda row: int(row["value"])))
        headings = self._headings()
        for row in self._observations:
            if not self._names_area(row, headings):
                self.problems.append(self._unnamed(row))
            if self._standing[row["id"]] and row["value"].startswith("-") != self._falls(row):
                told = "a fall" if self._falls(row) else "no fall"
                where = f"observations {row['id']}: line {row['line']}"
                self.problems.append(f"{where} tells of {told}, not of {row['value']}")

    def _fitting(self, row: Row) -> tuple[list[Numeral], tuple[Numeral, ...]]:
        """The numerals of a row's line that have its value, and those of them that have its unit too."""
        value, number = row["value"].removeprefix("-"), self.place(int(row["line"]))
        unit = TOP if row["unit"] == RANK and row["qualifier"] == "at_most" else row["unit"]
        there = [numeral for numeral in self.page.on(number) if numeral.reads(value)]
        fitting = (
            numeral
            for numeral in there
            for reading in numeral.readings
            if reading.value == value and unit in self._units(row, numeral, reading)
        )
        return there, tuple(dict.fromkeys(fitting))

    def _units(self, row: Row, numeral: Numeral, reading: Reading) -> set[str]:
        """The units a numeral can have; a note may name the line where the unit stands after a page break."""
        named = [self.place(int(line)) for line in re.findall(r"line (\d+)", row["note"])]
        return self.page.units(self.words, numeral.line, reading, named)

    def _falls(self, row: Row) -> bool:
        """Whether a row measures a difference and the clause before its digits speaks of a fall."""
        numeral = self._standing[row["id"]][0]
        clause = re.split("[，；。（(]", self.page.line(numeral.line)[: numeral.start])[-1]
        return row["measure"] in _SIGNED and bool(re.search(_FALL, clause))

    def _article(self, row: Row) -> bool:
        """Whether the one of a row is printed as the article: 每两周购买一次."""
        return row["value"] == "1" and f"一{row['unit']}" in self.page.line(self.place(int(row["line"])))

    def _missing(self, row: Row, there: list[Numeral]) -> str:
        value, where = row["value"].removeprefix("-"), f"observations {row['id']}: line {row['line']}"
        if not there:
            return f"{where} does not print {value}"
        readings = [(numeral, reading) for numeral in there for reading in numeral.readings if reading.value == value]
        units = {unit for numeral, reading in readings for unit in self._units(row, numeral, reading)}
        return f"{where} prints {value} with {', '.join(sorted(units)) or 'no unit'}, not {row['unit']}"

    def _check_list(self, rows: list[Row]) -> None:
        """Ranks by their place in a list (排名前三的分别是甲、乙、丙): all from 1 on, names in that order."""
        number, last = self.place(int(rows[0]["line"])), rows[-1]["value"]
        heads = [numeral for numeral in self.page.on(number) if numeral.heads(last)]
        where = f"observations {rows[0]['id']} to {rows[-1]['id']}: line {rows[0]['line']}"
        if not heads or {int(row["value"]) for row in rows} != set(range(1, int(last) + 1)):
            ranks = ", ".join(row["value"] for row in rows)
            self.problems.append(f"{where} prints no list of the first {last} for the ranks {ranks}")
        elif not self._in_order(self.page.line(number), rows):
            self.problems.append(f"{where} does not list them in the order of their ranks")
        else:
            head = min(heads, key=lambda numeral: self._lists[numeral])  # each list has a head of its own
            self._lists[head] += 1
            self._standing.update({row["id"]: (head,) for row in rows})

    def _in_order(self, line: str, rows: list[Row]) -> bool:
        """Whether the names of rows stand in a line in this order; a name that the line shortens is passed over."""
        column = "area" if len({row["area"] for row in rows}) > 1 else "item"
        position = found = 0
        for row in rows:
            names = [name for name in self._names(column, row[column]) if name in line]
            starts = [line.find(name, position) for name in names if name in line[position:]]
            if names and not starts:
                return False
            position, found = (min(starts) + 1, found + 1) if starts else (position, found)
        return found > 0

    def _names(self, column: str, id_: str) -> list[str]:
        """The names of an area (杭州关区: also 杭州), or of an item without the direction of trade (对美国出口)."""
        record = self.catalog.record(f"{column}s", id_)
        names = [record["zh"], record["en"], record.get("short_zh", record["zh"])]
        return [re.sub("^[对自](.+)[出进]口$|^[出进]口(.+)$|^(.+)关区$", r"\1\2\3", name) for name in names]

    def _headings(self) -> dict[str, int]:
        """Lines of headings and captions by the section they open; those of the contents come first, and give way."""
        found = {}
        for number, line in enumerate(self.page.lines, 1):
            if opened := re.match(r"(?:(B)\.\s?)?(\d\d?(?:\.\s?\d\d?)*)\s+\D", line):
                found[".".join(filter(None, (opened[1], opened[2].replace(" ", ""))))] = number
            elif label := re.match(r"表\s*([A-Z]-\d+)\s", line):
                found[f"table-{label[1]}"] = number
        return found

    def _names_area(self, row: Row, headings: dict[str, int]) -> bool:
        """Whether a row's area is named at its line, shortly before it or in a heading above it."""
        area, number, section = self._areas[row["area"]], self.place(int(row["line"])), row["section"]
        above = [line for opened, line in headings.items() if f"{section}.".startswith(f"{opened}.")]
        first = number if "\t" in self.page.line(number) else max([number - 7, *above])  # a table row names its own
        nearby = range(first, number + 1)
        context = "\n".join(self.page.line(line) for line in sorted({*above, *nearby}))
        if area["kind"] == "world":
            return bool(re.search("全球|世界|国际|各国", context))
        if area["id"] == "CN":  # the whole country goes without saying, but not under the name of another place
            titles = "".join(self.page.line(line) for line in above)
            places = ("province", "corps", "planned_city", "country")
            elsewhere = any(other["zh"] in titles for other in self._areas.values() if other["kind"] in places)
            return not elsewhere or bool(row["note"] or re.search("全国|我国|中国|国家|商务部", self.page.line(number)))
        names = (area["zh"], area["short_zh"][:4], re.sub("[地关]区$", "", area["short_zh"]), area["en"])
        return any(name in context for name in names)

    def _unnamed(self, row: Row) -> str:
        name = self.catalog.name("areas", row["area"])
        return f"observations {row['id']}: neither line {row['line']} nor its heading names {name} ({row['area']})"

    # The other tables.

    def _check_others(self) -> None:
        for table, id_, line, phrases in self._others:
            text = self.page.line(self.place(line))
            self.problems += [
                f"{table} {id_}: line {line} does not print {phrase}" for phrase in phrases if not _find(text, phrase)
            ]

    # Accounts.

    def account(self) -> Coverage:
        """What accounts for each numeral; see :func:`coverage`."""
        rows = {numeral: " ".join(ids) for printed, ids in self._claims().items() for numeral in printed[: len(ids)]}
        phrases = self._phrases()
        ledger = {(self.place(int(row["line"])), row["numeral"], int(row["occurrence"])): row for row in self._ledger}
        accounts = []
        for line, numerals_of_line in zip(self.page.lines, self.page.numerals, strict=True):
            classes = list(_classes(line)) if numerals_of_line else []
            seen: Counter[str] = Counter()
            for numeral in numerals_of_line:
                seen[numeral.printed] += 1
                place = (numeral.line, numeral.printed, seen[numeral.printed])
                if numeral in rows:
                    account = Account(numeral, "observation", rows[numeral])
                elif phrase := _covering(numeral, phrases[numeral.line]):
                    account = Account(numeral, *phrase)
                elif kind := self._class_of(line, numeral, classes):
                    account = Account(numeral, kind, "")
                elif place in ledger:
                    account = Account(numeral, "ledger", ledger.pop(place)["reason"])
                else:
                    account = Account(numeral, "", "")
                accounts.append(account)
        idle = tuple(f"line {row['line']}: {row['numeral']} ({row['reason']})" for row in ledger.values())
        return Coverage(self.source, tuple(accounts), self.page.lines, idle)

    def crowded(self) -> list[str]:
        """Numerals without a row on lines where another numeral has more rows than printings: one row is wrong."""
        claims = [
            (printed, ids) for printed, ids in self._claims().items() if printed and printed[0] not in self._lists
        ]
        lines = {printed[0].line for printed, ids in claims if len(ids) > len(printed)}
        return [
            f"observations: line {numeral.line} prints {numeral.printed}, which no row holds; another has too many"
            for numeral in self.account().rest
            if numeral.line in lines
        ]

    def _claims(self) -> dict[tuple[Numeral, ...], list[str]]:
        """The rows that claim the numerals of one value and unit at a line; each row accounts for one of them."""
        claims: dict[tuple[Numeral, ...], list[str]] = defaultdict(list)
        for row in self._observations:
            claims[self._standing[row["id"]]].append(row["id"])
            for size in re.findall(r"top_(\d+)", row["item"] + row["reference"]):  # the first so many as an item
                there = self.page.on(self.place(int(row["line"])))
                claims[tuple(numeral for numeral in there if numeral.heads(size))].append(row["id"])
        return claims

    def _phrases(self) -> dict[int, list[tuple[int, int, str, str]]]:
        """Where phrases of the other tables stand: by line, start, end, table and id."""
        found: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
        for table, id_, line, phrases in self._others:
            for phrase in phrases:
                if match := _find(self.page.line(self.place(line)), phrase):
                    found[self.place(line)].append((*match.span(), table, id_))
        return found

    def _class_of(self, line: str, numeral: Numeral, classes: list[tuple[int, int, Class]]) -> str:
        """The name of the class of a numeral, or empty text."""
        following = self.words.word(line, numeral.end)
        for start, end, kind in classes:
            inside = start <= numeral.start and numeral.end <= end
            if inside and (following is None or re.match(kind.owns, following)):
                return kind.name
        return ""
