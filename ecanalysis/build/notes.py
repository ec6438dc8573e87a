"""The notes of a page: behind each number the rows it rests on, where they were printed, and how it was computed.

A note stands once, in a list at the end of the page, and every number links to its note, so a page works on paper and
without scripts; the small card that a number shows when pointed at is made from the same note.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from ecanalysis import catalog
from ecanalysis.build.exhibits import attributes_of
from ecanalysis.catalog import Catalog
from ecanalysis.document import name
from ecanalysis.documents import documents
from ecanalysis.evidence import formula, measured, printed_at
from ecanalysis.language import current, pick, sentence
from ecanalysis.quantity import INDEX, PERCENTAGE_POINTS, RATIO, Quantity, Unit

NUMBER = re.compile(r'<data class="number"([^>]*)>(.*?)</data>')
_REMAINING = re.compile(r'data-(?:observations|entries)="([^"]*)"')
# Up to how many operands of a computed number are described; of more, the numbers alone are shown.
_DESCRIBED = 8
_FACT = ("indicator", "item", "area", "period", "measure", "reference")


@dataclass(frozen=True)
class Operand:
    """A row that a note refers to: its note, what it prints, and what that measures where there is room."""

    anchor: str
    shown: str
    what: str = ""


@dataclass(frozen=True)
class Erratum:
    """What the audit found about a row, and where it says so."""

    href: str
    target: str
    verdict: str
    text: str


@dataclass(frozen=True)
class Note:
    """What a reader finds behind a number.

    Parameters
    ----------
    anchor : str
        ``note-`` and the id of a row, or ``calc-`` and the note's number.
    shown : str
        The number as this page writes it.
    original : str
        As the source prints it, on a page in another language than the source.
    what : str
        What is measured, where, when and how; or the formula of a computed number.
    term : str
        Id of the indicator in the glossary; empty for none.
    source, url, place : str
        The publication, its address if it has one, section and line.
    interval : str
        All values the printed digits allow, or the operands' intervals leave.
    operands : tuple of Operand
        What a computed number is computed from; the other printings of a printed one.
    remark : str
        What a reader must know.
    errata : tuple of Erratum
    id : str
        Of the row; empty for a computed number.
    """

    anchor: str
    shown: str
    original: str
    what: str
    term: str
    source: str
    url: str
    place: str
    interval: str
    operands: tuple[Operand, ...]
    remark: str
    errata: tuple[Erratum, ...]
    id: str


@dataclass
class Notes:
    """Collects the notes of one page while its numbers are linked; numbered in order of first use."""

    data: Catalog = field(default_factory=catalog.load)
    _rows: dict[str, set[str]] = field(default_factory=dict)
    _computed: dict[tuple[str, ...], str] = field(default_factory=dict)
    _order: dict[str, int] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def link(self, markup: str) -> str:
        """Link every number of a page to its note.

        Parameters
        ----------
        markup : str
            Sanitised HTML with ``<data class="number" data-observations=...>`` elements.

        Returns
        -------
        str
            The same with a link inside each; a number the audit found something about is marked.

        Raises
        ------
        NotFound
            If a number rests on a row that does not exist.
        """
        linked = NUMBER.sub(self._linked, markup)
        for ids in _REMAINING.findall(markup):
            for id_ in html.unescape(ids).split():
                self._refer(id_)
        return linked

    @property
    def used(self) -> frozenset[int]:
        """Numbers of the notes that a number of the page leads to."""
        return frozenset(self._used)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all rows the page rests on, in order of first use."""
        return tuple(self._rows)

    def all(self) -> list[Note]:
        """The notes in the order of their numbers."""
        computed = {anchor: key for key, anchor in self._computed.items()}
        return [
            self._of_computed(anchor, *computed[anchor]) if anchor in computed else self._of_row(anchor[len("note-") :])
            for anchor in self._order
        ]

    def _linked(self, match: re.Match[str]) -> str:
        said = attributes_of(match.group(1))
        ids = tuple(said.get("data-observations", "").split())
        if not ids:
            return match.group()
        anchor = self._target(ids, said, match.group(2))
        number = self._order[anchor]
        use = "" if number in self._used else f' id="use-{number}"'
        self._used.add(number)
        link = f'<a{use} href="#{html.escape(anchor)}" data-note="{number}">{match.group(2)}</a>'
        value, rows = (html.escape(said.get(key, "")) for key in ("value", "data-observations"))
        return f'<data class="number" value="{value}" data-observations="{rows}">{link}{self._mark(ids)}</data>'

    def _target(self, ids: tuple[str, ...], attributes: Mapping[str, str], shown: str) -> str:
        """The note of a number."""
        method = attributes.get("data-method", "")
        if not method and (len(ids) == 1 or self._one_fact(ids)):
            anchor = f"note-{ids[0]}"
        else:
            key = (method, attributes.get("data-interval", ""), attributes.get("value", ""), html.unescape(shown), *ids)
            anchor = self._computed.setdefault(key, f"calc-{len(self._order) + 1}")
        self._order.setdefault(anchor, len(self._order) + 1)
        for id_ in ids:
            self._refer(id_)
        if anchor.startswith("note-"):
            self._rows[ids[0]].update(ids[1:])
        return anchor

    def _refer(self, id_: str) -> None:
        self._rows.setdefault(id_, set())
        self._order.setdefault(f"note-{id_}", len(self._order) + 1)

    def _one_fact(self, ids: Sequence[str]) -> bool:
        """Whether all these rows print one and the same fact."""
        if any(self.data.entry(id_) for id_ in ids):
            return False
        rows = [self.data.row(id_) for id_ in ids]
        return len({tuple(row[column] for column in _FACT) for row in rows}) == 1

    def _mark(self, ids: Sequence[str]) -> str:
        """A mark that leads to the audit: at a number that a finding is about, or that cannot be true beside others.

        What merely went into a relation that does not hold for reasons of method is said in the number's note alone.
        """
        found = [
            erratum
            for id_ in ids
            for erratum in self._errata(id_)
            if erratum.verdict == "inconsistent" or (erratum.target == id_ and len(ids) == 1)
        ]
        if not found:
            return ""
        worst = min(found, key=lambda erratum: (erratum.target not in ids, erratum.verdict != "inconsistent"))
        says = pick("审计对此数有说明", "The audit has a remark on this number")
        kind = html.escape(worst.verdict)
        return f'<a class="erratum {kind}" href="{html.escape(worst.href)}" title="{says}" aria-label="{says}">※</a>'

    @cached_property
    def _audited(self) -> bool:
        return "audit" in documents()

    def _errata(self, id_: str) -> list[Erratum]:
        """What the audit found about a row, as result or operand."""
        return [
            Erratum(
                f"audit.html#{row['id']}" if self._audited else f"#note-{row['target']}",
                row["target"],
                row["verdict"],
                pick(row["zh"], row["en"]),
            )
            for row in self.data.findings(id_)
        ]

    def _found(self, ids: Sequence[str]) -> tuple[Erratum, ...]:
        """What the audit found about some rows, each explanation once, those about the rows themselves first."""
        found = [erratum for id_ in ids for erratum in self._errata(id_)]
        ordered = sorted(found, key=lambda erratum: erratum.target not in ids)
        return tuple({erratum.text: erratum for erratum in reversed(ordered)}.values())[::-1]

    def _of_row(self, id_: str) -> Note:
        entry = self.data.entry(id_)
        if entry:
            return self._of_entry(id_, *entry)
        row = self.data.row(id_)
        quantity = self.data.quantity(row)
        shown = quantity.text(current())
        printed = shown if current() == "zh" else quantity.text("zh")
        return Note(
            anchor=f"note-{id_}",
            shown=shown,
            original=printed if printed != shown else "",
            what=sentence(measured(self.data, row)),
            term=row["indicator"],
            source=str(name("sources", row["source"])),
            url=self._url(row["source"]),
            place=printed_at(row),
            interval=quantity.interval(current()),
            operands=tuple(Operand(f"note-{other}", self._shown(other)) for other in sorted(self._rows[id_])),
            remark=pick(row["note_zh"], row["note"]),
            errata=self._found([id_]),
            id=id_,
        )

    def _of_entry(self, id_: str, table: str, row: Mapping[str, str]) -> Note:
        shown = self._shown(id_)
        if table == "policies":
            issuers = row["issuers"].split(";")
            named = [pick(issuer, self.data.record("issuers", issuer)["en"]) for issuer in issuers]
            said = [pick("、", "; ").join(named), row["document_number"], row["date"]]
        else:
            batch = pick(f"第 {row['batch']} 批", f"batch {row['batch']}")
            said = [str(name("areas", row["province"])), batch, row["approved"]]
        original = row["title"] if table == "policies" and current() != "zh" else ""
        source, url = str(name("sources", row["source"])), self._url(row["source"])
        what = pick("，", ", ").join(part for part in said if part)
        line = printed_at({"source": row["source"], "section": "", "line": row["line"]})
        return Note(f"note-{id_}", shown, original, what, "", source, url, line, "", (), "", (), id_)

    def _of_computed(self, anchor: str, method: str, bounds: str, value: str, shown: str, *ids: str) -> Note:
        short = self._short if len(ids) <= _DESCRIBED else lambda id_: ""
        if not bounds:
            how, interval = pick("依据下列各条", "rests on these"), ""
        elif not method and all(self.data.entry(id_) for id_ in ids):
            how, interval = pick("计数：下列各条", "count of these entries"), ""
        else:
            how, interval = formula(method), _interval(bounds, value)
        return Note(
            anchor=anchor,
            shown=shown,
            original="",
            what=sentence(how),
            term="",
            source="",
            url="",
            place="",
            interval=interval,
            operands=tuple(Operand(f"note-{id_}", self._shown(id_), short(id_)) for id_ in ids),
            remark="",
            errata=self._found(ids),
            id="",
        )

    def _shown(self, id_: str) -> str:
        entry = self.data.entry(id_)
        if not entry:
            return self.data.quantity(self.data.row(id_)).text(current())
        table, row = entry
        if table == "policies":
            return pick(f"《{row['title']}》", row["title_en"])
        return pick(row["city_zh"], row["city_en"])

    def _short(self, id_: str) -> str:
        return "" if self.data.entry(id_) else sentence(measured(self.data, self.data.row(id_)))

    def _url(self, source: str) -> str:
        url = self.data.record("sources", source)["url"]
        return url if url.startswith(("https://", "http://")) else ""


def _interval(bounds: str, value: str) -> str:
    """The interval of a computed number from its attributes ``low high unit`` and its value, in base units."""
    low, high, base = bounds.split(" ", 2)
    known = catalog.load().units
    unit = {u.id: u for u in (RATIO, PERCENTAGE_POINTS, INDEX)}.get(base) or known.get(base)
    if unit is None:
        english = " per ".join(known[part].en if part in known else part for part in base.split("/"))
        unit = Unit(base, base, Fraction(1), "quotient", base, english)
    return Quantity(Fraction(value), Fraction(low), Fraction(high), unit).interval(current())
