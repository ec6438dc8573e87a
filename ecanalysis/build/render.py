"""An executed notebook as a page: prose, figures and tables, every number leading to the line that printed it.

Nbconvert's templates load scripts from elsewhere and know neither language nor figure; this writes the little that a
report needs, through Jinja2 with escaping on, and every piece of HTML a cell produced passes a sanitiser first: text
from data never becomes markup. A page is complete alone: style, script and pictures stand in it, and what it leads to
(the other language, the index, files with its data) is linked relative to it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import mistune
import nh3

from ecanalysis import __version__, catalog, citation, language
from ecanalysis.build.exhibits import Exhibits, csv_file, digits, plain
from ecanalysis.build.notes import Notes
from ecanalysis.build.plan import Run
from ecanalysis.catalog import Catalog
from ecanalysis.document import described, measure_name, name
from ecanalysis.language import Label, pick

EDITION = Label("中国电子商务报告 · 可复现版", "China's e-commerce reports, the reproducible edition")
GROUPS = {
    "chapters": Label("商务部《中国电子商务报告 2018》", "Ministry of Commerce: E-commerce in China 2018"),
    "regions": Label("地方电子商务", "The regions"),
    "appendices": Label("附录", "Appendices"),
    "association": Label(
        "中国电子商务协会《中国电子商务发展报告 2017-2018》",
        "China Electronic Commerce Association: E-commerce Development in China 2017-2018",
    ),
    "both": Label("两部报告对照与审计", "Both reports: comparison and audit"),
}

_TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup data dd details div dl dt em figcaption figure footer "  # noqa: SIM905
    "h1 h2 h3 h4 h5 h6 header hr i img li ol p pre s section small span strong sub summary sup table tbody td tfoot th "
    "thead time tr ul".split()
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "title"},
    "a": {"href"},
    "data": {"value"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
# The rows behind a document, as its data file has them.
_COLUMNS = (
    *("id", "indicator", "indicator_name", "item", "area", "area_name", "period", "measure", "measure_name"),
    *("reference", "value", "unit", "qualifier", "low", "high", "base_unit", "status", "basis"),
    *("source", "source_name", "section", "line", "note", "note_zh"),
)
_PICTURES = ("data:image/svg+xml,", "data:image/png;base64,", "data:image/jpeg;base64,")
_HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_BETWEEN_TAGS = re.compile(r">[^<]+")
# A run of Chinese inside another language, with the digits, spaces and letters between its characters.
_HAN = "\u3400-\u9fff"
_WIDE = f"{_HAN}\u3001-\u301f\uff00-\uffef"
_CHINESE = re.compile(rf"[{_WIDE}“]*[{_HAN}](?:[{_WIDE}“”—·]|[\w .%—-]{{1,12}}(?=[{_WIDE}]))*")


@dataclass(frozen=True)
class Heading:
    """A heading of a page: where links lead, its level and its words."""

    anchor: str
    level: int
    text: str


@dataclass(frozen=True)
class Page:
    """A document as a reader gets it.

    Parameters
    ----------
    html : str
        A complete HTML page without any outside reference.
    files : dict of str to bytes
        What it links to, by name below the folder of its language: the drawing and the data of each figure, the data
        of each table and of the whole document, and ``contents.json``, what stands where on the page.
    """

    html: str
    files: dict[str, bytes] = field(default_factory=dict)


def render(run: Run, notebook: Any) -> Page:
    """Write the page of an executed notebook.

    Parameters
    ----------
    run : Run
    notebook : NotebookNode
        Executed, format 4.

    Returns
    -------
    Page
    """
    language.use(run.language)
    data = catalog.load()
    document = run.resolved
    body, headings = _outlined("\n".join(block for cell in notebook.cells for block in _blocks(cell)))
    exhibits = Exhibits(run.stem, partial(citation.of_exhibit, document), template("tools.html").render_tools)
    notes = Notes(data)
    opening = next((plain(text) for text in _PARAGRAPH.findall(body)), "")
    body = notes.link(exhibits.dress(body))
    if run.language != "zh":
        body = _BETWEEN_TAGS.sub(lambda text: _CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', text.group()), body)
    files = exhibits.files | {
        f"{run.stem}/data.csv": _data_csv(data, notes.ids),
        f"{run.stem}/contents.json": _contents(run, opening, headings, exhibits, notes.ids),
    }
    page = template("page.html").render(
        run=run,
        title=str(document.title),
        group=GROUPS.get(document.group, EDITION),
        body=body,
        headed="<h1" in body,
        headings=[heading for heading in headings if heading.level in (2, 3)],
        notes=notes.all(),
        used=notes.used,
        code=[cell.source for cell in notebook.cells if cell.cell_type == "code"],
        bibtex=citation.document_entry(document, run.stem),
        depth="../",
        here=f"{run.language}/{run.stem}.html",
        other=f"../{language.other(run.language)}/{run.stem}.html",
        **around(),
    )
    return Page(page, files)


def around() -> dict[str, Any]:
    """What every page of the site needs: its language, its words, style and script."""
    return {
        "language": language.current(),
        "pick": pick,
        "edition": str(EDITION),
        "version": __version__,
        "style": asset("style.css"),
        "early": asset("early.js"),
        "script": asset("page.js"),
    }


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ecanalysis.build", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(pick=pick, href=href)
    return environment


@cache
def asset(file: str) -> str:
    """A style sheet or script of the pages."""
    return (Path(__file__).parent / "templates" / file).read_text(encoding="utf-8")


def template(file: str) -> Any:
    """One of the page templates; a template of macros gives them as attributes of its module."""
    found = _environment().get_template(file)
    return found.module if file == "tools.html" else found


def href(name: str) -> str:
    """A file's name as a link: what an address may not hold is escaped."""
    return quote(name, safe="/#.-_~")


def for_script(value: Any) -> str:
    """A value as JSON that may stand inside a script element: no character of it ends the element or the line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _outlined(body: str) -> tuple[str, list[Heading]]:
    """The body with headings that go down one level at a time, each with an id, and these headings."""
    found: list[Heading] = []
    open_levels: list[int] = []

    def outline(match: re.Match[str]) -> str:
        level, attributes, words = int(match.group(1)), match.group(2), match.group(3)
        if found and level == 1:
            level = 2
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        shown = len(open_levels) + (found[0].level != 1 if found else level != 1)
        given = _ID.search(attributes)
        anchor = html.unescape(given.group(1)) if given else f"heading-{len(found) + 1}"
        found.append(Heading(anchor, shown, plain(words)))
        added = "" if given else f' id="{anchor}"'
        return f"<h{shown}{added}{attributes}>{words}</h{shown}>"

    return _HEADING.sub(outline, body), found


def _contents(run: Run, opening: str, headings: Iterable[Heading], exhibits: Exhibits, ids: Iterable[str]) -> bytes:
    """What stands where on the page: for the index, the search and whoever reads by machine."""
    what = {
        "title": str(run.title),
        "opening": opening,
        "sections": [[h.anchor, h.level, h.text] for h in headings if h.level > 1],
        "figures": exhibits.figures,
        "tables": exhibits.tables,
        "observations": list(ids),
    }
    return (json.dumps(what, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _data_csv(data: Catalog, ids: Iterable[str]) -> bytes:
    """All rows of ``observations.csv`` behind a document, names beside ids, bounds beside values."""
    lines: list[Sequence[str]] = [_COLUMNS]
    for id_ in ids:
        if data.entry(id_):
            continue
        row = data.row(id_)
        quantity = data.quantity(row)
        row = row | {
            "indicator_name": str(described(row)),
            "area_name": str(name("areas", row["area"])),
            "measure_name": str(measure_name(row["measure"])),
            "low": digits(f"{float(quantity.low):.12g}"),
            "high": digits(f"{float(quantity.high):.12g}"),
            "base_unit": quantity.unit.base,
            "source_name": str(name("sources", row["source"])),
        }
        lines.append([row[column] for column in _COLUMNS])
    return csv_file(lines)


def _blocks(cell: Any) -> list[str]:
    if cell.cell_type == "markdown":
        return [] if "lab-only" in cell.metadata.get("tags", []) else [sanitise(_markdown(cell.source))]
    if cell.cell_type != "code":
        return []
    return [block for output in cell.outputs if (block := _output(output))]


def _output(output: Any) -> str:
    if output.output_type in ("display_data", "execute_result"):
        data = output.data
        if "text/html" in data:
            return sanitise(_text(data["text/html"]))
        if "image/svg+xml" in data:
            return sanitise(f'<img src="data:image/svg+xml,{quote(_text(data["image/svg+xml"]))}" alt="">')
        if "image/png" in data:
            return sanitise(f'<img src="data:image/png;base64,{_text(data["image/png"]).strip()}" alt="">')
        if "text/markdown" in data:
            return sanitise(_markdown(_text(data["text/markdown"])))
        return f"<pre>{html.escape(_text(data.get('text/plain', '')))}</pre>"
    if output.output_type == "stream" and output.name == "stdout":
        return f"<pre>{html.escape(_text(output.text))}</pre>"
    return ""


def sanitise(markup: str) -> str:
    """Keep of a cell's HTML what a report needs; scripts, styles, event handlers, frames and outside pictures go."""
    return _cleaner().clean(markup)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        generic_attribute_prefixes={"data-"},
        url_schemes={"https", "http", "data"},
        link_rel=None,
    )


def _filter(element: str, attribute: str, value: str) -> str | None:
    if attribute == "src" and not value.startswith(_PICTURES):
        return None
    if attribute == "href" and value.startswith("data:"):
        return None
    return value


@cache
def _markdown_writer() -> mistune.Markdown:
    return mistune.create_markdown(escape=True, plugins=["table"])


def _markdown(source: str) -> str:
    return str(_markdown_writer()(source))


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
