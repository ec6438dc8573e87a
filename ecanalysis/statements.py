"""Printed statistics as sentences, in the words that :mod:`ecanalysis.phrases` has for each.

A region's section mixes a dozen indicators that no other region prints in the same company, so its text cannot be one
template: it is put together from a phrase a statistic, and a changed row changes what its phrase says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter

from ecanalysis.catalog import YEAR
from ecanalysis.document import described, name, period_name
from ecanalysis.language import Label, current, pick
from ecanalysis.narrative import Text, moved, text
from ecanalysis.phrases import FRAME, PHRASES, Phrases
from ecanalysis.quantity import Quantity

# Where the rest stands that no phrase was written for.
LAST_GROUP = "measures"
# The parts of online retail sales, named so that a sentence can take them up.
_NAMES = {
    ("online_retail_sales", "goods"): Label("实物商品网上零售额", "online retail sales of physical goods"),
    ("online_retail_sales", "services"): Label("非实物商品网上零售额", "online retail sales of services"),
    ("online_retail_sales", "above_quota_wholesale_retail"): Label(
        "限额以上批发零售企业网上零售额", "online retail sales of wholesale and retail firms above designated size"
    ),
}
_ENDING = re.compile(r"\((?:(\w+)\|)?(\w+)\)")
_CLAUSE = re.compile(r"\[[^\[\]]*\]")
_FIRST_LETTER = re.compile(r"^((?:<[^>]*>)?)([A-Za-z])(?![A-Z0-9])")


@dataclass(frozen=True)
class Fact:
    """All that a report prints about one thing: its level, growth, share and so on.

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
    status: str = "actual"
    measures: Mapping[str, Quantity] = field(default_factory=dict)

    @property
    def label(self) -> Label:
        """What it measures."""
        return label_of(self.indicator, self.item)


def label_of(indicator: str, item: str) -> Label:
    """What an indicator and item measure, as a sentence takes it up."""
    return _NAMES.get((indicator, item)) or described({"indicator": indicator, "item": item})


def of_group(facts: Sequence[Fact], group: str) -> list[Fact]:
    """The facts that belong to a group of phrases; those without a phrase belong to the last group."""
    known = PHRASES[group]
    return [
        fact
        for fact in facts
        if fact.item in known.get(fact.indicator, {})
        or (group == LAST_GROUP and not any(fact.item in words.get(fact.indicator, {}) for words in PHRASES.values()))
    ]


def paragraph(facts: Sequence[Fact], group: str, place: str = "") -> Text:
    """Facts of one group about one place as running text.

    Parameters
    ----------
    facts : sequence of Fact
        Of :func:`of_group`; at least one.
    group : str
        A group of :data:`ecanalysis.phrases.PHRASES`.
    place : str
        Area id to open with where the facts are not about the document's own region.

    Returns
    -------
    Text
        A sentence an indicator, in the order of the phrases; facts of the reporting year before others.

    Examples
    --------
    >>> from ecanalysis import catalog, language
    >>> language.use("en")
    >>> data = catalog.load()
    >>> level, growth = (data.obs("express_delivery_volume", area="CN-44", measure=m) for m in ("level", "growth"))
    >>> fact = Fact("express_delivery_volume", "total", "CN-44", "2018", measures={"level": level, "growth": growth})
    >>> str(paragraph([fact], "delivery"))
    '12.96 billion parcels were delivered, up 27.9%.'
    """
    known = PHRASES[group]
    sentences: list[Text] = []
    said = ""
    for period in sorted({fact.period for fact in facts}, key=lambda period: (period != YEAR, period)):
        opening = _opening(place, period)
        for indicator in dict.fromkeys([*known, *(fact.indicator for fact in facts)]):
            those = [fact for fact in facts if (fact.indicator, fact.period) == (indicator, period)]
            if those:
                sentence = _sentence(those, known)
                sentences.append(_opened("" if opening == said else opening, sentence))
                said = opening
    return joined(sentences)


def joined(texts: Sequence[Text], comma: str | None = None, last: str | None = None) -> Text:
    """Several texts as one.

    Parameters
    ----------
    texts : sequence of Text
    comma : str, optional
        Between them; by default what stands between sentences.
    last : str, optional
        Before the last one, where that differs.
    """
    between = pick("", " ") if comma is None else comma
    before_last = between if last is None else last

    def put(parts: list[str]) -> str:
        return between.join(parts[:-1]) + before_last + parts[-1] if len(parts) > 1 else "".join(parts)

    evidence = tuple(dict.fromkeys(id_ for part in texts for id_ in part.evidence))
    return Text(put([part.html for part in texts]), put([part.plain for part in texts]), evidence)


def _sentence(facts: Sequence[Fact], known: Phrases) -> Text:
    """Facts of one indicator: listed in its frame, or as clauses that each say all."""
    words = known.get(facts[0].indicator, {})
    told = [_phrase(words.get(f"{fact.item}@{fact.area}") or words.get(fact.item, ()), fact) for fact in facts]
    frame = words.get(FRAME)
    if not frame:
        return text("{told}。", "{told}.", told=joined(told, pick("；", "; ")))
    listed = joined(told, pick("、", ", "), pick("、", " and "))
    return text(frame[0], _numbered(frame[1], facts[0] if len(facts) == 1 else None), facts=listed)


def _phrase(pairs: Sequence[str], fact: Fact) -> Text:
    """The first wording whose values are all known; without one, the names and values themselves."""
    shown: dict[str, Quantity | Text | Label | None] = {**fact.measures, "name": name("items", fact.item)}
    if "growth" in fact.measures:
        shown["growth"] = moved(fact.measures["growth"])
    for zh, en in zip(pairs[::2], pairs[1::2], strict=True):
        if all(shown.get(wanted) is not None for wanted in _names(_CLAUSE.sub("", zh))):
            told = text(zh, _numbered(en, fact), **{wanted: shown.get(wanted) for wanted in (*_names(zh), *_names(en))})
            return text("{told}（目标）", "{told} (target)", told=told) if fact.status == "forecast" else told
    listed = joined([text("{value}", "{value}", value=value) for value in fact.measures.values()], pick("，", ", "))
    return text("{label} {listed}", "{label}: {listed}", label=fact.label, listed=listed)


def _opening(place: str, period: str) -> str:
    """How a sentence opens that is not about the region itself or the reporting year."""
    openings = []
    if place:
        where = name("areas", place)
        openings.append(pick(f"{where.zh}方面", f"in {where.en}"))
    if period != YEAR:
        when = period_name(period)
        span = pick(when.zh, f"from {when.en}")
        openings.append(span if "/" in period else pick(f"截至 {when.zh}", f"as of {when.en}"))
    return pick("，", ", ").join(openings)


def _opened(opening: str, sentence: Text) -> Text:
    if not opening:
        return _first_letter(sentence, str.upper)
    small = _first_letter(sentence, str.lower)
    return _first_letter(text("{opening}，{small}", "{opening}, {small}", opening=opening, small=small), str.upper)


def _first_letter(sentence: Text, change: Callable[[str], str]) -> Text:
    """Change the first letter of an English sentence, inside the element it may begin with; acronyms keep theirs."""
    if current() == "zh":
        return sentence
    html, plain = (
        _FIRST_LETTER.sub(lambda start: start[1] + change(start[2]), words) for words in (sentence.html, sentence.plain)
    )
    return Text(html, plain, sentence.evidence)


def _numbered(english: str, fact: Fact | None) -> str:
    """Give the nouns of an English phrase the ending that goes with the number that counts them, None for several."""
    counted = fact.measures.get("level", fact.measures.get("change")) if fact else None
    one = counted is not None and counted.value == 1 and counted.qualifier == "exact"
    return _ENDING.sub(lambda ending: (ending[1] or "") if one else ending[2], english)


def _names(template: str) -> list[str]:
    return [key for _, key, _, _ in Formatter().parse(template) if key]
