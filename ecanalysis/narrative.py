"""Sentences whose numbers come from the catalog, in both languages.

A corrected row must correct every sentence that shows it, and a reader must be able to follow every number to the
line that printed it. So a sentence is a pair of templates without a single digit of their own: the numbers are
quantities, and each is written into the page with the ids of the rows it rests on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

from ecanalysis.errors import EcanalysisError
from ecanalysis.language import Label, current
from ecanalysis.quantity import Quantity

# Names of the field that carry a digit; everything else with a digit is a number typed by hand.
NAMES_WITH_DIGITS = re.compile(
    r"\b(?:[BCO]2[BCO]|B2B2C|G2B|M2C|P2P|3C|[45]G|16\+1|WPA2|ISO/TC \d+)\b|[BCOP]2[BCOP](?:2C)?|双11|1号店|16\+1"
)
_CLAUSE = re.compile(r"\[([^\[\]]*)\]")
_FORMS = ("", "magnitude", "signed", "times")
# A template leaves a space before a number; before 约 and 超过 Chinese has none.
_WIDE = re.compile("[\u4e00-\u9fff“《（]")


class NarrativeError(EcanalysisError):
    """A sentence that types its own number, or says something else in its other language."""


@dataclass(frozen=True)
class Text:
    """Running text as a page and as plain words.

    Parameters
    ----------
    html : str
        Inline HTML; each number is an element with ``data-observations``.
    plain : str
        The same without markup.
    evidence : tuple of str
        Ids of all rows it rests on.
    """

    html: str
    plain: str
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.plain


@dataclass(frozen=True)
class Paragraph(Text):
    """Text that stands as a block of its own: a paragraph, a heading, a footer.

    Parameters
    ----------
    element : str
        The HTML element.
    anchor : str
        Its id, where links lead; empty for none.
    """

    element: str = "p"
    anchor: str = ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        id_ = f' id="{html.escape(self.anchor)}"' if self.anchor else ""
        return {"text/html": f"<{self.element}{id_}>{self.html}</{self.element}>", "text/plain": self.plain}


def number(quantity: Quantity, form: str = "") -> str:
    """A quantity as an HTML element that names the rows it comes from.

    Parameters
    ----------
    quantity : Quantity
    form : {"", "magnitude", "signed", "times"}
        ``magnitude`` leaves out the sign for sentences whose verb says it; ``signed`` writes a plus; ``times`` writes
        a ratio as a multiple.

    Returns
    -------
    str
        ``<data class="number" value=... data-observations=...>9.01 万亿元</data>``; a derived number also carries
        ``data-method`` and both kinds their interval in base units.
    """
    attributes = {
        "class": "number",
        "value": f"{float(quantity.value):.12g}",
        "data-interval": f"{float(quantity.low):.12g} {float(quantity.high):.12g} {quantity.unit.base}",
        "data-observations": " ".join(quantity.evidence),
    }
    if quantity.method:
        attributes["data-method"] = quantity.method
    written = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<data {written}>{html.escape(words(quantity, form))}</data>"


def words(quantity: Quantity, form: str = "") -> str:
    """A quantity in the words of the language in use, in one of the forms of :func:`number`."""
    if form == "magnitude":
        return quantity.magnitude(current())
    if form == "times":
        return quantity.times(current())
    text = quantity.text(current())
    return f"+{text}" if form == "signed" and quantity.value > 0 else text


def text(zh: str, en: str, **values: Any) -> Text:
    """Fill a sentence in the language in use.

    Parameters
    ----------
    zh, en : str
        Templates with ``{name}`` for each value; ``{name:magnitude}`` writes a fall without its sign. A clause in
        square brackets is left out when one of its values is None. No digit may stand in a template.
    **values
        Quantities, labels, texts or plain words; None for what nobody printed.

    Returns
    -------
    Text

    Raises
    ------
    NarrativeError
        If a template holds a digit of its own, the two languages name different values, or a value is missing
        outside a clause.

    Examples
    --------
    >>> from ecanalysis import catalog, language
    >>> language.use("en")
    >>> turnover = catalog.load().obs("ecommerce_turnover")
    >>> str(text("交易额为 {turnover}。", "Turnover was {turnover}.", turnover=turnover))
    'Turnover was 31.63 trillion yuan.'
    """
    _check(zh, en, values)
    template = zh if current() == "zh" else en
    template = _CLAUSE.sub(lambda clause: _clause(clause.group(1), values), template)
    pieces: list[str] = []
    plain: list[str] = []
    evidence: list[str] = []
    for literal, name, form, _ in Formatter().parse(template):
        pieces.append(html.escape(literal, quote=False))
        plain.append(literal)
        if name is None:
            continue
        value = values[name]
        if value is None:
            raise NarrativeError(f"{{{name}}} has no value and stands outside a clause: {template}")
        shown = words(value, form or "") if isinstance(value, Quantity) else str(value)
        if current() == "zh" and _WIDE.match(shown):
            pieces[-1], plain[-1] = pieces[-1].rstrip(" "), plain[-1].rstrip(" ")
        plain.append(shown)
        if isinstance(value, Quantity):
            pieces.append(number(value, form or ""))
            evidence += value.evidence
        elif isinstance(value, Text):
            pieces.append(value.html)
            evidence += value.evidence
        else:
            pieces.append(html.escape(shown, quote=False))
    return Text("".join(pieces), "".join(plain), tuple(dict.fromkeys(evidence)))


def verb(
    quantity: Quantity, rose: tuple[str, str], fell: tuple[str, str], same: tuple[str, str] = ("持平于", "stayed at")
) -> Label:
    """The word for the direction of a change, so that it turns with the data.

    Parameters
    ----------
    quantity : Quantity
        A change or growth; its sign decides.
    rose, fell, same : (zh, en)
        Words for either direction.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> change = catalog.load().obs("online_retail_sales", "top_5", measure="share_change")
    >>> verb(change, ("上升", "rose"), ("下降", "fell")).en
    'fell'
    """
    return Label(*(rose if quantity.value > 0 else fell if quantity.value < 0 else same))


def moved(growth: Quantity) -> Text:
    """Growth in the words of a sentence: 增长 23.9% or up 23.9%, 下降 23.9% or down 23.9%.

    Parameters
    ----------
    growth : Quantity
        A growth rate or another change; its sign chooses the word.

    Examples
    --------
    >>> from ecanalysis import catalog, language
    >>> language.use("en")
    >>> str(moved(catalog.load().obs("online_retail_sales", measure="growth")))
    'up 23.9%'
    """
    direction = verb(growth, ("增长", "up"), ("下降", "down"), ("变动", "changed by"))
    return text("{direction} {growth:magnitude}", "{direction} {growth:magnitude}", direction=direction, growth=growth)


def say(zh: str, en: str, **values: Any) -> Paragraph:
    """A paragraph of :func:`text`; see there for templates, values and errors."""
    filled = text(zh, en, **values)
    return Paragraph(filled.html, filled.plain, filled.evidence)


def listing(items: list[tuple[Label, Quantity]] | list[tuple[str, Quantity]], form: str = "") -> Text:
    """Names with their numbers in a sentence: 东部（83.1%）、中部（9.0%）和西部（6.4%）.

    Parameters
    ----------
    items : list of (Label or str, Quantity)
    form : str
        As in :func:`number`.
    """
    zh = current() == "zh"
    opened, closed, comma, last = ("（", "）", "、", "和") if zh else (" (", ")", ", ", " and ")
    parts: list[str] = []
    plain: list[str] = []
    evidence: list[str] = []
    for name, quantity in items:
        parts.append(f"{html.escape(str(name))}{opened}{number(quantity, form)}{closed}")
        plain.append(f"{name}{opened}{words(quantity, form)}{closed}")
        evidence += quantity.evidence

    def joined(pieces: list[str]) -> str:
        return comma.join(pieces[:-1]) + last + pieces[-1] if len(pieces) > 1 else "".join(pieces)

    return Text(joined(parts), joined(plain), tuple(dict.fromkeys(evidence)))


def _check(zh: str, en: str, values: dict[str, Any]) -> None:
    for template in (zh, en):
        literal = "".join(piece for piece, *_ in Formatter().parse(template))
        digit = re.search(r"\S*\d\S*", NAMES_WITH_DIGITS.sub("", literal))
        if digit:
            raise NarrativeError(f"a number is typed into a sentence: {digit.group()!r} in {template!r}")
    names = [set(_names(template)) for template in (zh, en)]
    quantities = {name for name, value in values.items() if isinstance(value, (Quantity, Text))}
    if names[0] & quantities != names[1] & quantities:
        odd = ", ".join(sorted((names[0] ^ names[1]) & quantities))
        raise NarrativeError(f"the two languages name different numbers ({odd}): {zh!r} and {en!r}")
    unknown = (names[0] | names[1]) - set(values)
    if unknown:
        raise NarrativeError(f"no value for {', '.join(sorted(unknown))} in {zh!r}")


def _names(template: str) -> Iterator[str]:
    for _, name, form, _ in Formatter().parse(template):
        if name is not None:
            if form not in _FORMS:
                raise NarrativeError(f"{{{name}:{form}}}: forms are {', '.join(f for f in _FORMS if f)}")
            yield name


def _clause(inner: str, values: dict[str, Any]) -> str:
    return "" if any(values.get(name) is None for name in _names(inner)) else inner
