"""The numerals of a text, and the unit that each is printed with.

What counts as a numeral
------------------------
* Every Arabic number, thousands spaces or commas and decimals included; each end of a range is one.
* Circled digits.
* Chinese numerals where they state a quantity, in the forms of ``CHINESE``: fractions (三分之一, 一半), tenths
  (八成), counts before a counter (七部门, 十余个), orders of magnitude (上万家), ranks (首位, 位列第二, 前五).

Chinese numerals state no quantity as the article 一 (一个, 一批), as ordinals that order without ranking (第二章,
第三方, 二是), in vague numbers (数百, 几十), in spans of years (三年行动), as the points of an argument (四个方面,
两个阶段) and inside words (四川, 三级, 三农).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

# Full-width signs become their half-width twins; the bold marks of slides go, they stand between digits and unit.
_TWINS = {**{0xFF10 + digit: str(digit) for digit in range(10)}, ord("％"): "%", ord("．"): ".", ord("－"): "-"}

_SEPARATORS = " \u00a0\u2009\u202f,，"
NUMBER = rf"(?<![\d.])\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*"
_ARABIC = re.compile(rf"{NUMBER}|[①-⑳]")
_DIGITS = {**{sign: value for value, sign in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SIGNS = "".join([*_DIGITS, *_POWERS])
HAN = "[\u4e00-\u9fff]"
SIGNS = f"[{_SIGNS}]+"

# Words that make a count or an amount of the number before them, beside the units of units.csv; where such a word
# begins another (天津, 国际) it is no counter.
COUNTERS = (
    "个(?!方面|阶段)|家|人(?!工)|名|位(?!数|一体)|件|笔|票|单|项|条|种|类|款|部(?!分)|台|张|组|户|处|所(?![示在有])|场|次"
    "|起|则|份|篇|县|市(?!场)|区(?!域|块)|镇|乡|村|省|州|国(?![际家])|地|校|院|站|店|大(?!数)|强|座|栋|套|只|艘|辆|架|班|列"
    "|吨|斤|公斤|公里|米|毫米|亩|公顷|元|美元|欧元|天(?!津)|小时|分钟|倍|折|番|平台|万|亿|%|GB|MB|Mbps"
)
# Arabic numerals are held to these as well; after Chinese ones they make a name or a span (三年行动, 第二届).
_TIMES = "年|月|周|岁|届|日(?!本)"

RANK, TOP = "位", "前"
_NO_RANK = "批年期月次届"  # 前两批, 前三年: an order, not a leading group


class Form(NamedTuple):
    """A form in which Chinese numerals state a quantity; group ``n`` is the numeral where the value is not fixed."""

    name: str
    pattern: str
    unit: str = ""  # the unit that the form itself states
    value: str = ""  # the value that the form itself states


CHINESE = (
    Form("fraction", rf"(?P<of>{SIGNS})分之(?P<n>{SIGNS})"),
    Form("half", "一半|半数|过半", "一半", "1"),
    Form("tenths", r"(?P<n>[一二两三四五六七八九])(?=成(?![立为果员功本效绩长都品交熟就型分]))"),
    Form("first place", "首位|榜首", RANK, "1"),
    Form("rank", rf"第(?P<n>{SIGNS})(?=[位名大])", RANK),
    Form("rank at the end of a clause", rf"(?<={HAN})第(?P<n>{SIGNS})(?=[个的，。；、）)^]|和第|$)", RANK),
    Form("leading group", rf"前(?P<n>{SIGNS})(?![{_NO_RANK}者端景述])", TOP),
    Form("count", rf"(?<![\d第前数几{_SIGNS}多余])(?<!\d )(?P<n>{SIGNS})(?=\s?[余多]?(?:、{SIGNS})?(?:{COUNTERS}))"),
)


class Reading(NamedTuple):
    """One way to read a numeral: digits as a row holds them, and its unit or where its unit begins in the line."""

    value: str
    unit_from: int
    unit: str = ""


@dataclass(frozen=True)
class Numeral:
    """One numeral of a text.

    Parameters
    ----------
    line : int
        1-based line of the text.
    start, end : int
        Where it stands in the cleaned line.
    printed : str
        As printed: ``6 626``, ``八``.
    readings : tuple of Reading
        ``上万家`` is 1 of the unit 万家 and 10000 of the unit 家: a row may hold either.
    """

    line: int
    start: int
    end: int
    printed: str
    readings: tuple[Reading, ...]

    def reads(self, value: str) -> bool:
        """Whether it can be read as these digits."""
        return any(reading.value == value for reading in self.readings)

    def heads(self, size: str) -> bool:
        """Whether it announces a leading group of that size: 前五."""
        return Reading(size, self.end, TOP) in self.readings


def numerals(text: str) -> tuple[Numeral, ...]:
    """Every numeral of a text, as the head of this module defines one.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of Numeral
        In the order of the text.

    Examples
    --------
    >>> [numeral.printed for numeral in numerals("2018年，6 626亿元中八成以上来自七部门的一批平台")]
    ['2018', '6 626', '八', '七']
    """
    return tuple(numeral for line in Page(text).numerals for numeral in line)


class Page:
    """A text as lines, full-width signs and bold marks cleaned away, and their numerals."""

    def __init__(self, text: str) -> None:
        self.lines = tuple(line.translate(_TWINS).replace("**", "") for line in text.split("\n"))
        self.numerals = tuple(self._read())

    def _read(self) -> Iterator[tuple[Numeral, ...]]:
        before = ""
        for number, line in enumerate(self.lines, 1):
            found = _read_line(number, line)
            if found and found[0].start == 0 and found[0].printed in _POWERS and before[-1:].isdigit():
                found = found[1:]  # the power of ten of a number before the page break: 38.96 / 亿人
            before = line.rstrip() or before
            yield tuple(found)

    def line(self, number: int) -> str:
        """A line by its number; empty text outside the text."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def on(self, number: int) -> tuple[Numeral, ...]:
        """The numerals of a line."""
        return self.numerals[number - 1] if 0 < number <= len(self.lines) else ()

    def units(self, words: Words, number: int, reading: Reading, named: Iterable[int] = ()) -> set[str]:
        """The units a numeral can have: its own, beside it, after a page break, or in the head of its table.

        Parameters
        ----------
        words : Words
        number : int
            Line of the numeral.
        reading : Reading
        named : iterable of int
            Lines where the sentence may go on after a page break, beside the next one that is not blank.
        """
        if reading.unit:
            return {reading.unit}
        line = self.line(number)
        if "\t" in line[: reading.unit_from] and re.match(r"\t|$", line[reading.unit_from :]):
            return self._table_units(words, number)
        following = [next((line for line in self.lines[number:] if line.strip()), ""), *map(self.line, named)]
        return {words.unit(line.rstrip() + other.lstrip(), reading.unit_from) for other in following} - {""}

    def _table_units(self, words: Words, number: int) -> set[str]:
        while number > 0 and (not self.line(number).strip() or "\t" in self.line(number)):
            number -= 1
        head = re.search(r"单位[:：](.*)", self.line(number))
        units = words.units_in(head[1]) if head else set()
        return units | {"pp"} if "%" in units else units  # a difference of shares in a table of shares


class Words:
    """What follows a number: the units of units.csv, the longest first, and the counters.

    Parameters
    ----------
    units : iterable of str
        Ids of the units.

    Examples
    --------
    >>> words = Words(["亿元", "%", "pp", "个"])
    >>> words.unit("5.4、3.2和1.1亿元", 3), words.unit("提升4.4个百分点", 5), words.unit("图1-1", 2)
    ('亿元', 'pp', '')
    """

    _FILLER = re.compile(r"\s*[余多]?\s*")
    _NEXT = re.compile(rf"\s*(?:[、/和及与至到或—–~～-]|以及)\s*-?(?:{NUMBER}|{SIGNS})")

    def __init__(self, units: Iterable[str]) -> None:
        self._ids = sorted(units, key=lambda unit: (unit not in ("pp", "基点"), -len(unit)))
        forms = [_printed(unit) for unit in self._ids]
        self._unit = re.compile("|".join(f"({form})" for form in forms))
        others = [form for form in forms if not re.match(f"{COUNTERS}|{_TIMES}", form)]
        self._word = re.compile("|".join([COUNTERS, _TIMES, *others]))

    def unit(self, line: str, position: int) -> str:
        """The unit of the number that ends at this position; empty if there is none."""
        found = self._after(self._unit, line, position)
        return self._ids[found.lastindex - 1] if found and found.lastindex else ""

    def word(self, line: str, position: int) -> str | None:
        """What follows the number that ends at this position, from its unit or counter on; None if it has neither."""
        found = self._after(self._word, line, position)
        return line[found.start() :] if found else None

    def units_in(self, text: str) -> set[str]:
        """All units named in the head of a table."""
        return {self._ids[found.lastindex - 1] for found in self._unit.finditer(text) if found.lastindex}

    def _after(self, words: re.Pattern[str], line: str, position: int) -> re.Match[str] | None:
        """The word after a number, or the one given once for a whole list (5.4、3.2和1.1亿元)."""
        while True:
            filler = self._FILLER.match(line, position)
            found = words.match(line, filler.end() if filler else position)
            following = None if found else self._NEXT.match(line, position)
            if found or not following:
                return found
            position = following.end()


def _printed(unit: str) -> str:
    """How a unit is printed: by its id, but for a few; 万家 also as 万余家."""
    special = {"pp": "个?百分点", "基点": "个?基点", "个": "个(?!百分点|基点)|平台"}
    power = re.match(r"万亿|[十百千万]?[万亿]|[百千]", unit)
    if unit in special or not power or power.end() == len(unit):
        return special.get(unit, re.escape(unit))
    return rf"{power.group()}\s*[余多]?\s*{re.escape(unit[power.end() :])}"


def _read_line(number: int, line: str) -> list[Numeral]:
    """The numerals of one cleaned line, in its order."""
    found = [_arabic(number, line, match) for match in _ARABIC.finditer(line)]
    for form in CHINESE:
        for match in re.finditer(form.pattern, line):
            numeral = _chinese(number, form, match)
            if numeral and not any(numeral.start < other.end and other.start < numeral.end for other in found):
                found.append(numeral)
    return sorted(found, key=lambda numeral: numeral.start)


def _arabic(number: int, line: str, match: re.Match[str]) -> Numeral:
    value, end = re.sub(f"[{_SEPARATORS}]", "", match.group()), match.end()
    readings = [Reading(value, end)]
    before, after = line[: match.start()].rstrip(), line[end:].lstrip()
    if before.endswith("第") and re.match(r"[位名大个的，。；、）)^]|$", after):
        readings.append(Reading(value, end, RANK))
    if before.endswith("前") and not re.match(f"[{_NO_RANK}]", after):
        readings.append(Reading(value, end, TOP))
    return Numeral(number, match.start(), end, match.group(), tuple(readings))


def _chinese(number: int, form: Form, match: re.Match[str]) -> Numeral | None:
    if form.value:
        return Numeral(number, *match.span(), match.group(), (Reading(form.value, match.end(), form.unit),))
    sign, (start, end) = match["n"], match.span("n")
    value = _value(sign)
    if not value or (form.name == "count" and sign == "一" and match.string[end] != "倍"):
        return None
    if form.name == "fraction":
        unit = "%" if match["of"] == "百" else f"{match['of']}分之一"
        return Numeral(number, *match.span(), match.group(), (Reading(str(value), end, unit),))
    readings = [Reading(str(value), end, form.unit)]
    while not form.unit and sign and sign[-1] in "百千万亿":  # the power of ten may belong to the unit: 上万家
        sign = sign[:-1]
        readings.append(Reading(str(_value(sign) or 1), start + len(sign)))
    return Numeral(number, start, end, match["n"], tuple(readings))


def _value(sign: str) -> int:
    """The number a Chinese numeral stands for; 0 for digits side by side that are no numeral (一二线)."""
    total = section = digit = 0
    for position, character in enumerate(sign):
        if character in _DIGITS:
            if position and sign[position - 1] not in "零〇" and sign[position - 1] in _DIGITS:
                return 0
            digit = _DIGITS[character]
        elif _POWERS[character] >= 10**4:
            total, section, digit = (total + section + digit or 1) * _POWERS[character], 0, 0
        else:
            section, digit = section + (digit or 1) * _POWERS[character], 0
    return total + section + digit
