"""The pages around the documents: index, glossary, search, and the tables to take along.

Made anew when a document or a table changed; everything is linked relative to the folder, which is read from disk, from
a web server or out of a mail alike.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from ecanalysis import catalog, language
from ecanalysis.build import downloads, render
from ecanalysis.build.plan import Run, plan
from ecanalysis.build.render import GROUPS
from ecanalysis.catalog import YEAR, Catalog
from ecanalysis.charts.tiles import TILES
from ecanalysis.document import described, name
from ecanalysis.evidence import measured, printed_in
from ecanalysis.folders import PACKAGE
from ecanalysis.language import LANGUAGES, Label, pick, sentence
from ecanalysis.quantity import Quantity
from ecanalysis.schema import description, records

# What a reader sees first: indicator and item, of the country, in the reporting year.
HEADLINES = (
    ("ecommerce_turnover", "total"),
    ("online_retail_sales", "total"),
    ("rural_online_retail_sales", "total"),
    ("express_delivery_volume", "total"),
    ("ecommerce_services_revenue", "total"),
    ("ecommerce_employment", "total"),
)
_INDEX = {"zh": "index.html", "en": "index.en.html"}
_GLOSSARY = {"zh": "glossary.html", "en": "glossary.en.html"}
# The section of the ministry's appendix B that has one below it for each country.
_COUNTRIES = "section-B-2-"
# How many documents the glossary names for a term.
_NAMED = 4
# From how many rows on the tables are said to cover a year; of some they have but a date of founding.
_COVERED = 10


@dataclass(frozen=True)
class Standing:
    """A document that stands in the folder.

    Parameters
    ----------
    run : Run
        In its first language.
    contents : mapping of str to dict
        By language, what ``contents.json`` says of its page.
    """

    run: Run
    contents: Mapping[str, dict[str, Any]]

    @cached_property
    def stem(self) -> str:
        """Name of its pages without ending."""
        return self.run.stem

    @cached_property
    def title(self) -> Label:
        """Its title in both languages."""
        return self.run.title

    def says(self, spoken: str) -> dict[str, Any]:
        """Its contents in a language, or in the one it has."""
        return self.contents.get(spoken) or next(iter(self.contents.values()))

    def page(self, spoken: str) -> str:
        """Its page in a language, or in the one it has, from the folder of reports."""
        return f"{spoken if spoken in self.contents else next(iter(self.contents))}/{self.stem}.html"

    @property
    def number(self) -> str:
        """The chapters of its report it covers: ``1``, ``A``, ``8–9``; empty for none."""
        heads = [section.replace("-", ".").partition(".")[0] for section in self.run.document.sections]
        numbers = list(dict.fromkeys(head for head in heads if head.isdigit() or len(head) == 1))
        return "–".join(numbers[:1] + numbers[1:][-1:]) if self.run.document.source and not self.run.variant else ""

    @property
    def opening(self) -> dict[str, str]:
        """By language, the first sentence of its text."""
        stops = {"zh": "。", "en": ". "}
        return {code: _first(says["opening"], stops[code]) for code, says in self.contents.items()}


def _what(data: Catalog, row: Mapping[str, str]) -> str:
    return sentence(measured(data, row))


@dataclass
class Site:
    """The folder of reports as a whole.

    Parameters
    ----------
    out : Path
        Where the documents stand.
    data : Catalog
    """

    out: Path
    data: Catalog = field(default_factory=catalog.load)
    _words: dict[str, tuple[Label, Label, Label]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # At once and not when they are used: they ask nothing of the documents, which may still be made meanwhile.
        self._words = {
            row["id"]: (
                language.both(_what, self.data, row),
                Label(*(self.data.quantity(row).text(code) for code in LANGUAGES)),
                language.both(printed_in, row),
            )
            for row in records(self.data.tables.quiet("observations"))
        }
        for file in ("index.html", "glossary.html"):
            render.template(file)

    @cached_property
    def documents(self) -> list[Standing]:
        """All documents that stand in the folder, in the order of ``documents.toml``."""
        found = []
        for run in plan(language="zh"):
            contents = {}
            for code in LANGUAGES:
                said = self.out / code / run.stem / "contents.json"
                if said.exists() and (self.out / code / f"{run.stem}.html").exists():
                    contents[code] = json.loads(said.read_text(encoding="utf-8"))
            if contents:
                found.append(Standing(run, contents))
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each document stands in the order of all, by the name of its pages."""
        return {standing.stem: place for place, standing in enumerate(self.documents)}

    @cached_property
    def home(self) -> dict[str, Standing]:
        """For each row of the tables the document that shows it: that of its section, else the first that does."""
        found: dict[str, Standing] = {}
        owned: set[str] = set()
        rows = {row["id"]: row for row in records(self.data.tables.quiet("observations"))}
        for standing in self.documents:
            document = standing.run.resolved
            for id_ in next(iter(standing.contents.values()))["observations"]:
                row = rows.get(id_)
                owns = row is not None and row["source"] == document.source and document.covers(row["section"])
                if id_ not in found or (owns and (id_ not in owned or document.expand)):
                    found[id_] = standing
                    owned.update([id_] if owns else [])
        return found

    def pages(self) -> dict[str, bytes]:
        """Everything beside the documents and the data, by name below the folder of reports."""
        files = {"pages.js": self._listing(), "search.js": self._search()}
        for code in LANGUAGES:
            with language.speaking(code):
                files[_INDEX[code]] = self._index().encode()
                files[_GLOSSARY[code]] = self._glossary().encode()
        return files

    # The index.

    def _index(self) -> str:
        spoken = language.current()
        groups = [
            (key, str(title), [s for s in self.documents if s.run.document.group == key and not s.run.variant])
            for key, title in GROUPS.items()
        ]
        return str(
            render.template("index.html").render(
                groups=[group for group in groups if group[2] or (group[0] == "regions" and self._profiles)],
                tiles=self._tiles(),
                others=self._others(),
                countries=self._countries(),
                headlines=self._headlines(),
                tables=downloads.tables(self.data.folder),
                counts={table: len(self.data.tables.quiet(table)) for table in self.data.tables},
                linked_data=render.for_script(self._dataset()),
                search=render.asset("search.js"),
                spoken=spoken,
                depth="",
                here=_INDEX[spoken],
                other=_INDEX[language.other(spoken)],
                index=_INDEX[spoken],
                glossary=_GLOSSARY[spoken],
                **render.around(),
            )
        )

    @cached_property
    def _profiles(self) -> dict[str, Standing]:
        """The document of each region that has one."""
        return {s.run.variant: s for s in self.documents if s.run.variant}

    def _tiles(self) -> list[dict[str, Any]]:
        """The provinces as tiles of a map: place, name, region and, where there is one, the page of its profile."""
        areas = {row["id"]: row for row in records(self.data.tables.quiet("areas"))}
        first_row = min(row for _, row in TILES.values())
        first_column = min(column for column, _ in TILES.values())
        tiles = []
        for id_, (column, row) in sorted(TILES.items(), key=lambda tile: (tile[1][1], tile[1][0])):
            area, profile = areas[id_], self._profiles.get(id_)
            tiles.append(
                {
                    "column": column - first_column + 1,
                    "row": row - first_row + 1,
                    "name": pick(area["short_zh"], area["en"]),
                    "code": area["code_iso"].rpartition("-")[2] or id_,
                    "region": area["parent"].removeprefix("CN-") if area["parent"].startswith("CN-") else "",
                    "href": profile and profile.page(language.current()),
                }
            )
        return tiles

    def _others(self) -> list[tuple[str, str]]:
        """Regions with a profile that are no tile: the corps and the planned cities."""
        return [
            (str(name("areas", id_)), standing.page(language.current()))
            for id_, standing in self._profiles.items()
            if id_ not in TILES
        ]

    def _countries(self) -> list[tuple[str, str]]:
        """The countries that the appendix describes, each with the place on its page."""
        spoken = language.current()
        return [
            (text.partition(" ")[2], f"{standing.page(spoken)}#{anchor}")
            for standing in self.documents
            for anchor, _, text in standing.says(spoken)["sections"]
            if anchor.startswith(_COUNTRIES)
        ]

    def _headlines(self) -> list[dict[str, str]]:
        """The first numbers a reader sees, each with its growth, linked to where it is noted."""
        found = []
        for indicator, item in HEADLINES:
            level = self.data.obs(indicator, item, default=None) if self._has(indicator) else None
            if level is None or level.evidence[0] not in self.home:
                continue
            growth = self.data.obs(indicator, item, measure="growth", default=None)
            found.append(
                {
                    "name": str(described({"indicator": indicator, "item": item})),
                    "value": level.text(language.current()),
                    "growth": _moved(growth) if growth else "",
                    "href": self._note(level.evidence[0]),
                }
            )
        return found

    def _has(self, indicator: str) -> bool:
        return indicator in set(self.data.tables.quiet("indicators")["id"])

    def _note(self, id_: str) -> str:
        return f"{self.home[id_].page(language.current())}#note-{id_}"

    def _dataset(self) -> dict[str, Any]:
        """The tables as a schema.org Dataset (https://schema.org/Dataset) with a DataDownload a file."""
        package = description(self.data.folder)
        rows = Counter(period[:4] for period in self.data.tables.quiet("observations")["period"])
        years = sorted(year for year, count in rows.items() if count >= _COVERED)
        forms = (("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet"))
        spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        files = [
            *(
                (f"{table['name']}.{ending}", kind, pick(table["title_zh"], table["title"]))
                for table in downloads.tables(self.data.folder)
                for ending, kind in forms
            ),
            (downloads.WORKBOOK, spreadsheet, pick("全部数据表", "All tables")),
            (PACKAGE, "application/json", "datapackage.json"),
        ]
        licence = package["licenses"][0]["path"]
        return {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": pick(package["title_zh"], package["title"]),
            "alternateName": pick(package["title"], package["title_zh"]),
            "description": pick(package["description_zh"], package["description"]),
            "inLanguage": ["zh-CN", "en"],
            "version": package["version"],
            "isAccessibleForFree": True,
            "license": licence,
            "creator": {"@type": "Organization", "name": package["contributors"][0]["title"]},
            "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
            "spatialCoverage": {"@type": "Country", "name": pick("中国", "China")},
            "keywords": [str(GROUPS["chapters"]), pick("电子商务", "e-commerce"), pick("网络零售", "online retail")],
            "variableMeasured": [
                str(name("indicators", indicator)) for indicator, _ in HEADLINES if self._has(indicator)
            ],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": title,
                    "encodingFormat": kind,
                    "contentUrl": f"{downloads.FOLDER}/{file}",
                    "license": licence,
                }
                for file, kind, title in files
            ],
        }

    # The glossary.

    def _glossary(self) -> str:
        spoken = language.current()
        terms = [self._term(row) for row in records(self.data.tables.quiet("indicators"))]
        parts = [
            {
                "id": f"item.{row['id']}",
                "name": pick(row["zh"], row["en"]),
                "other": pick(row["en"], row["zh"]),
                "definition": pick(row["definition_zh"], row["definition_en"]),
            }
            for row in records(self.data.tables.quiet("items"))
            if row["definition_zh"] or row["definition_en"]
        ]
        return str(
            render.template("glossary.html").render(
                terms=terms,
                parts=parts,
                depth="",
                here=_GLOSSARY[spoken],
                other=_GLOSSARY[language.other(spoken)],
                index=_INDEX[spoken],
                **render.around(),
            )
        )

    def _term(self, row: Mapping[str, str]) -> dict[str, Any]:
        """An indicator with its definition, its best-known number and the documents that have most of it."""
        printed = self._printed.get(row["id"], [])
        counts: dict[str, int] = {}
        for observation in printed:
            standing = self.home.get(observation["id"])
            if standing:
                counts[standing.stem] = counts.get(standing.stem, 0) + 1
        most = sorted(counts, key=lambda stem: (-counts[stem], self._places[stem]))[:_NAMED]
        best = self._best(row["id"])
        return {
            "id": row["id"],
            "name": pick(row["zh"], row["en"]),
            "other": pick(row["en"], row["zh"]),
            "definition": pick(row["definition_zh"], row["definition_en"]),
            "best": best and {
                "what": str(self._words[best["id"]][0]),
                "value": str(self._words[best["id"]][1]),
                "href": self._note(best["id"]),
            },
            "count": len(printed),
            "where": [
                (str(standing.title), standing.page(language.current()), counts[standing.stem])
                for standing in (self.documents[self._places[stem]] for stem in most)
            ],
        }  # fmt: skip

    @cached_property
    def _printed(self) -> dict[str, list[dict[str, str]]]:
        """The rows of each indicator."""
        rows: dict[str, list[dict[str, str]]] = {}
        for row in records(self.data.tables.quiet("observations")):
            rows.setdefault(row["indicator"], []).append(row)
        return rows

    def _best(self, indicator: str) -> dict[str, str] | None:
        """The row a reader most likely looks for: of the whole, of China, a level, the latest actual year."""
        shown = [row for row in self._printed.get(indicator, []) if row["id"] in self.home]
        return min(shown, key=_likely, default=None)

    # The search.

    def _listing(self) -> bytes:
        """The documents that stand in the folder, for the links to the one before and after."""
        listed = [
            {"stem": s.stem, "zh": s.title.zh, "en": s.title.en, "languages": list(s.contents)} for s in self.documents
        ]
        return f"const SITE = {render.for_script(listed)};\n".encode()

    def _search(self) -> bytes:
        """Everything that can be found: numbers, regions, documents, sections, figures, terms, in both languages."""
        places = self._places
        index = {
            "pages": [[s.stem, s.title.zh, s.title.en, "".join(c[0] for c in s.contents)] for s in self.documents],
            "numbers": self._numbers(),
            "regions": [[*name("areas", id_), places[s.stem]] for id_, s in self._profiles.items()],
            "sections": [
                [*pair, places[s.stem], anchor] for s in self.documents for anchor, *pair in _paired(s, "sections")
            ],
            "figures": [
                [*pair, places[s.stem], anchor]
                for s in self.documents
                for kind in ("figures", "tables")
                for anchor, *pair in _paired(s, kind)
            ],
            "terms": [[row["zh"], row["en"], row["id"]] for row in records(self.data.tables.quiet("indicators"))],
        }
        return f"const INDEX = {render.for_script(index)};\n".encode()

    def _numbers(self) -> list[list[Any]]:
        """One entry a fact: what it is, its value and its place in both languages, its document and its row."""
        facts: dict[tuple[str, ...], dict[str, str]] = {}
        columns = ("indicator", "item", "area", "period", "measure", "reference", "basis")
        for row in records(self.data.tables.quiet("observations")):
            key = tuple(row[column] for column in columns)
            if row["id"] in self.home and (key not in facts or _prefer(row) < _prefer(facts[key])):
                facts[key] = row
        return [
            [*chain(*self._words[row["id"]]), self._places[self.home[row["id"]].stem], row["id"]]
            for row in sorted(facts.values(), key=_likely)
        ]


def _prefer(row: Mapping[str, str]) -> tuple[Any, ...]:
    """Of several printings of a fact that of the body text comes first."""
    return (row["section"] in ("preface", "contents", "editors"), not row["line"])


def _likely(row: Mapping[str, str]) -> tuple[Any, ...]:
    """How likely a reader looks for a row, the likeliest first."""
    year = int(row["period"][:4]) if row["period"][:4].isdigit() else 0
    return (
        row["status"] == "forecast",
        row["area"] != "CN",
        row["measure"] != "level",
        row["item"] != "total",
        abs(year - int(YEAR)),
        not row["period"].isdigit(),
        *_prefer(row),
    )


def _moved(growth: Quantity) -> str:
    sign = "+" if growth.value > 0 else ""
    return f"{sign}{growth.text(language.current())}"


def _first(text: str, stop: str) -> str:
    """The first sentence of a text."""
    sentence, found, _ = text.partition(stop)
    return sentence + found.strip() if found else text


def _paired(standing: Standing, kind: str) -> list[tuple[str, str, str]]:
    """Anchor and words in both languages of all sections, figures or tables of a document."""
    colons = {"zh": "：", "en": ": "}
    words = {
        code: {anchor: colons[code].join(said[1:] if kind == "sections" else said) for anchor, *said in says[kind]}
        for code, says in standing.contents.items()
    }
    first = next(iter(words.values()))
    return [
        (anchor, words.get("zh", first).get(anchor, said), words.get("en", first).get(anchor, said))
        for anchor, said in first.items()
    ]
