"""Relations derived from the structure of the table: wherever the operands of one are printed, it is checked.

Each rule takes the facts and yields checks. Which parts make up a whole is data (``data/partitions.csv``), not code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ecanalysis.auditing.expressions import letter
from ecanalysis.auditing.facts import Fact, Facts, Key, Row, is_average, key_of, relative, year_before
from ecanalysis.auditing.relation import Check
from ecanalysis.schema import records

_FLOWS = ("currency",)
_FLOW_UNITS = ("件", "笔", "票")
_ADDITIVE = ("currency", "count")


def derive(facts: Facts) -> list[Check]:
    """Every relation that the table's own structure implies."""
    rules = (
        repeats,
        growth_from_levels,
        growth_from_change,
        average_growth,
        shares,
        levels_from_shares,
        differences,
        multiples,
        share_changes_from_growth,
        partitions,
        parts,
        increases,
        parts_of_a_year,
        ranks,
    )
    return [check for rule in rules for check in rule(facts)]


def _check(
    kind: str,
    target: Row,
    operands: Iterable[Row],
    expression: str,
    comparison: str = "=",
    *,
    base_year: bool = False,
) -> Check:
    """A check with the caveat that its rows carry: another basis, or operands from other publications."""
    rows = list(operands)
    bases = {row["basis"] for row in (target, *rows)}
    caveat = ""
    if len(bases) > 1 or (base_year and bases != {""}):
        caveat = "comparable_basis"
    elif {row["source"] for row in rows} != {target["source"]}:
        caveat = "publications"
    return Check(kind, target["id"], tuple(row["id"] for row in rows), expression, comparison, caveat)


def repeats(facts: Facts) -> Iterator[Check]:
    """Every printing of a fact agrees with the best one of its publication, and each publication with the best."""
    for rows in _by_base(facts):
        if len(rows) < 2:
            continue
        anchors = {}
        for source in dict.fromkeys(row["source"] for row in rows):
            same = [row for row in rows if row["source"] == source]
            anchors[source] = facts.anchor(same)
            for row in same:
                if row is not anchors[source]:
                    yield _repeat(row, anchors[source])
        best = facts.anchor(list(anchors.values()))
        for row in anchors.values():
            if row is not best:
                # A report is held against other publications, not they against it.
                target, other = (best, row) if best["line"] and not row["line"] else (row, best)
                yield _repeat(target, other)


def _by_base(facts: Facts) -> Iterator[list[Row]]:
    """The printings of each fact, those in yen apart from those in dollars."""
    for rows in facts.printings.values():
        if _same_base(facts, *rows):
            yield rows
            continue
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[facts.quantity(row["id"]).unit.base].append(row)
        yield from groups.values()


def _repeat(row: Row, anchor: Row) -> Check:
    kind = "repeat" if row["unit"] == anchor["unit"] else "unit"
    return _check(kind, row, [anchor], "a")


def growth_from_levels(facts: Facts) -> Iterator[Check]:
    """A growth rate follows from the levels of its period and its base period."""
    for row in _of_measure(facts, "growth"):
        base = facts.reference_of(row) or _earlier(key_of(row))
        if base is None:
            continue
        now, before = facts.find(row, key_of(row)), facts.find(row, base)
        if now and before and _same_base(facts, now, before):
            yield _check("growth", row, [now, before], "a / b - 1", base_year=True)


def growth_from_change(facts: Facts) -> Iterator[Check]:
    """A growth rate follows from a level and its increase."""
    for row in _of_measure(facts, "growth"):
        level, increase = facts.find(row, key_of(row)), facts.find(row, key_of(row), "change")
        if level and increase and not row["reference"] and _same_base(facts, level, increase):
            yield _check("growth_from_change", row, [level, increase], "b / (a - b)")


def average_growth(facts: Facts) -> Iterator[Check]:
    """Average growth over a span follows from the levels at its ends."""
    for row in _of_measure(facts, "average_growth"):
        first, _, last = row["period"].partition("/")
        if not (first.isdigit() and last.isdigit()):
            continue
        key = key_of(row)
        end, start = facts.find(row, key._replace(period=last)), facts.find(row, key._replace(period=first))
        if end and start:
            expression = f"average_growth(a, b, {int(last) - int(first)})"
            yield _check("average_growth", row, [end, start], expression, base_year=True)


def shares(facts: Facts) -> Iterator[Check]:
    """A share follows from part and whole."""
    for row in _of_measure(facts, "share"):
        whole = facts.reference_of(row)
        if whole is None or whole == key_of(row):
            continue
        part, all_of_it = facts.find(row, key_of(row)), facts.find(row, whole)
        if part and all_of_it and _same_base(facts, part, all_of_it):
            yield _check("share", row, [part, all_of_it], "a / b")


def levels_from_shares(facts: Facts) -> Iterator[Check]:
    """Parts of one whole that is not printed itself imply the same whole."""
    groups: dict[tuple[Key, str], list[Row]] = defaultdict(list)
    for row in _of_measure(facts, "share"):
        whole = facts.reference_of(row)
        if whole and facts.find(row, whole) is None and facts.find(row, key_of(row)):
            groups[whole, row["source"]].append(row)
    for rows in groups.values():
        for one, other in pairwise({key_of(row): row for row in rows}.values()):
            level, other_level = facts.find(one, key_of(one)), facts.find(other, key_of(other))
            if level and other_level and _same_base(facts, level, other_level):
                yield _check("level_from_share", level, [one, other_level, other], "a * b / c")


def differences(facts: Facts) -> Iterator[Check]:
    """Changes and gaps follow from the two numbers they lie between."""
    taken = {
        "change": ("level", "change"),
        "share_change": ("share", "share_change"),
        "gap": ("level", "gap"),
        "growth_change": ("growth", "growth_change"),
        "growth_gap": ("growth", "growth_gap"),
    }
    for row in facts.rows:
        if row["measure"] not in taken:
            continue
        of, kind = taken[row["measure"]]
        pair = _minuend_and_subtrahend(facts, row, of)
        if pair is None or (row["unit"] == "%" and of == "level"):
            continue
        dimension = facts.quantity(row["id"]).unit.dimension
        expression = "100 * (a - b)" if dimension == "percentage_points" else "a - b"
        if of == "level" and dimension != "percentage_points" and not _same_base(facts, row, *pair):
            continue
        yield _check(kind, row, pair, expression, base_year=of == "level")


def _minuend_and_subtrahend(facts: Facts, row: Row, measure: str) -> tuple[Row, Row] | None:
    key, reference = key_of(row), facts.reference_of(row)
    if row["measure"] == "share_change":
        before = _earlier(key)
        if reference is None or before is None:
            return None
        now = facts.find(row, key, "share", reference)
        then = facts.find(row, before, "share", reference._replace(period=before.period))
    else:
        other = reference or (None if "gap" in row["measure"] else _earlier(key))
        if other is None:
            return None
        now, then = facts.find(row, key, measure), facts.find(row, other, measure)
    return (now, then) if now and then else None


def multiples(facts: Facts) -> Iterator[Check]:
    """A multiple follows from the two levels."""
    for row in _of_measure(facts, "multiple"):
        reference = facts.reference_of(row)
        now, then = facts.find(row, key_of(row)), facts.find(row, reference) if reference else None
        if now and then and _same_base(facts, now, then):
            yield _check("multiple", row, [now, then], "a / b", base_year=True)


def share_changes_from_growth(facts: Facts) -> Iterator[Check]:
    """A share changes as its part grows faster or slower than the whole."""
    for row in _of_measure(facts, "share_change"):
        whole = facts.reference_of(row)
        if whole is None:
            continue
        share = facts.find(row, key_of(row), "share", whole)
        part, total = facts.find(row, key_of(row), "growth"), facts.find(row, whole, "growth")
        if share and part and total:
            expression = "100 * (a - a * (1 + c) / (1 + b))"
            yield _check("share_change_from_growth", row, [share, part, total], expression)


def partitions(facts: Facts) -> Iterator[Check]:
    """What ``data/partitions.csv`` says of wholes and their parts, for levels, shares and growth rates."""
    for rule in records(facts.data.tables["partitions"]):
        complete = rule["complete"] == "yes"
        for whole in _wholes(facts, rule):
            keys = [relative(whole, part) for part in rule["parts"].split()]
            if rule["complete"] == "mean":
                yield from _mean(facts, whole, keys)
                continue
            yield from _partition_of_levels(facts, whole, keys, complete=complete)
            yield from _partition_of_shares(facts, whole, keys, complete=complete)
            if complete:
                yield from _partition_of_growth(facts, whole, keys)


def _wholes(facts: Facts, rule: dict[str, str]) -> list[Key]:
    """The keys that a partition speaks of, whether the whole itself is printed or only shares of it."""
    pattern = relative(Key(rule["indicator"], "", "", ""), rule["whole"])
    return [key for key in facts.keys if all(not want or want == has for want, has in zip(pattern, key, strict=True))]


def _mean(facts: Facts, whole: Key, keys: list[Key]) -> Iterator[Check]:
    for row in facts.printings.get(Fact(whole, "level", None), ()):
        rows = [part for key in keys if (part := facts.find(row, key)) and part["source"] == row["source"]]
        if len(rows) == len(keys) and facts.quantity(row["id"]).unit.base == "ratio":
            yield _check("between", row, rows, f"between({', '.join(_letters(rows))})")


def _partition_of_levels(facts: Facts, whole: Key, keys: list[Key], *, complete: bool) -> Iterator[Check]:
    for row in facts.printings.get(Fact(whole, "level", None), ()):
        found = [facts.find(row, key) for key in keys]
        rows = [part for part in found if part and part["source"] == row["source"]]
        if len(rows) < (len(keys) if complete else min(2, len(keys))) or not _same_base(facts, row, *rows):
            continue
        yield _check("sum" if complete else "part_sum", row, rows, _sum(rows), "=" if complete else ">=")


def _partition_of_shares(facts: Facts, whole: Key, keys: list[Key], *, complete: bool) -> Iterator[Check]:
    for row in facts.printings.get(Fact(keys[0], "share", whole), ()):
        found = [facts.find(row, key, "share", whole) for key in keys[1:]]
        rows = [part for part in found if part and part["source"] == row["source"]]
        if not rows or (complete and len(rows) < len(keys) - 1):
            continue
        kind, comparison = ("complement", "=") if complete else ("share_sum", "<=")
        yield _check(kind, row, rows, " - ".join(["1", *_letters(rows)]), comparison)


def _partition_of_growth(facts: Facts, whole: Key, keys: list[Key]) -> Iterator[Check]:
    for row in facts.printings.get(Fact(whole, "growth", None), ()):
        rates = [rate for key in keys if (rate := facts.find(row, key, "growth"))]
        weights = _weights(facts, row, whole, keys)
        if len(rates) < len(keys) or any(rate["source"] != row["source"] for rate in rates):
            continue
        if weights is None:
            yield _check("between", row, rates, f"between({', '.join(_letters(rates))})")
            continue
        names = _letters([*weights, *rates])
        pairs = list(zip(names[: len(weights)], names[len(weights) :], strict=True))
        # Shares of a whole add up to one whatever their rounding; levels must be added.
        now = "1" if weights[0]["measure"] == "share" else f"({' + '.join(weight for weight, _ in pairs)})"
        before = " + ".join(f"{weight} / (1 + {rate})" for weight, rate in pairs)
        yield _check("weighted_growth", row, [*weights, *rates], f"{now} / ({before}) - 1")


def _weights(facts: Facts, near: Row, whole: Key, keys: list[Key]) -> list[Row] | None:
    for measure, reference in (("level", None), ("share", whole)):
        rows = [row for key in keys if (row := facts.find(near, key, measure, reference))]
        if len(rows) == len(keys) and all(row["source"] == near["source"] for row in rows) and _same_base(facts, *rows):
            return rows
    return None


def parts(facts: Facts) -> Iterator[Check]:
    """No part exceeds the next broader item or area that is printed in the same publication."""
    for fact, rows in facts.printings.items():
        if fact.measure != "level":
            continue
        for source in dict.fromkeys(row["source"] for row in rows):
            row = facts.anchor([r for r in rows if r["source"] == source])
            if facts.quantity(row["id"]).unit.dimension not in _ADDITIVE or is_average(row):
                continue
            for broader in (_broader_item(facts, row), _broader_area(facts, row)):
                if broader and _same_base(facts, row, broader):
                    yield _check("part", row, [broader], "a", "<=")


def _broader_item(facts: Facts, row: Row) -> Row | None:
    item = facts.item_parent[row["item"]]
    while item:
        found = facts.find(row, key_of(row)._replace(item=item))
        if found:
            return found if found["source"] == row["source"] else None
        item = facts.item_parent[item]
    return None


def _broader_area(facts: Facts, row: Row) -> Row | None:
    area = facts.area_parent[row["area"]]
    while area:
        found = facts.find(row, key_of(row)._replace(area=area))
        if found:
            return found if found["source"] == row["source"] else None
        area = facts.area_parent[area]
    return None


def increases(facts: Facts) -> Iterator[Check]:
    """What was added does not exceed what there is."""
    for row in _of_measure(facts, "change"):
        level = facts.find(row, key_of(row))
        additive = facts.quantity(row["id"]).unit.dimension in _ADDITIVE
        if level and additive and facts.quantity(row["id"]).value > 0 and _same_base(facts, row, level):
            yield _check("part", row, [level], "a", "<=")


def parts_of_a_year(facts: Facts) -> Iterator[Check]:
    """A half, a quarter or a month does not exceed its year."""
    for row in _of_measure(facts, "level"):
        unit = facts.quantity(row["id"]).unit
        if len(row["period"]) not in (7, 15) or not (unit.dimension in _FLOWS or unit.base in _FLOW_UNITS):
            continue
        year = facts.find(row, key_of(row)._replace(period=row["period"][:4]))
        if year and _same_base(facts, row, year):
            yield _check("part_of_year", row, [year], "a", "<=")


def ranks(facts: Facts) -> Iterator[Check]:
    """Of two ranked, the better placed has the higher value; the places of one list follow each other."""
    for measure, valued in (("rank", ("share", "level")), ("growth_rank", ("growth",))):
        groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in _of_measure(facts, measure):
            if row["qualifier"] == "exact":
                groups[_ranking(facts, row)].append(row)
        for rows in groups.values():
            ordered = sorted(rows, key=lambda row: int(row["value"]))
            in_turn = int(ordered[-1]["value"]) - int(ordered[0]["value"]) < len(ordered)
            for row, following in pairwise(ordered):
                if in_turn:
                    step = "a" if row["value"] == following["value"] else "a + 1"
                    yield _check("rank", following, [row], step)
                yield from _ranked_values(facts, row, following, valued)


def _ranked_values(facts: Facts, row: Row, following: Row, measures: tuple[str, ...]) -> Iterator[Check]:
    comparison = "=" if row["value"] == following["value"] else ">="
    for measure in measures:
        better, worse = (
            facts.find(ranked, key_of(ranked), measure, facts.reference_of(ranked) if measure == "share" else None)
            for ranked in (row, following)
        )
        if not better or not worse or not _same_base(facts, better, worse):
            continue
        if better["source"] == worse["source"] == row["source"]:
            yield _check("rank", better, [worse, row, following], "a", comparison)
            return


def _ranking(facts: Facts, row: Row) -> tuple[object, ...]:
    """What the places of one ranking share: all but what is ranked, an area or an item."""
    key, reference = key_of(row), facts.reference_of(row)
    by_area = reference is not None and reference.area != key.area
    return (row["source"], row["section"], row["line"], reference, key.item if by_area else key.area, key.indicator)


def _of_measure(facts: Facts, measure: str) -> list[Row]:
    return facts.data.select(measure=measure)


def _earlier(key: Key) -> Key | None:
    period = year_before(key.period)
    return key._replace(period=period) if period else None


def _same_base(facts: Facts, *rows: Row) -> bool:
    """Whether rows count the same thing; a unit left out in print (189 亿) agrees with any."""
    return len({facts.quantity(row["id"]).unit.base for row in rows} - {""}) <= 1


def _letters(rows: list[Row]) -> list[str]:
    return [letter(position) for position in range(len(rows))]


def _sum(rows: list[Row]) -> str:
    return " + ".join(_letters(rows))
