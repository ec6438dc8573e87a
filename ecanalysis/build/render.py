"""An executed notebook as a page: prose, figures and tables, every number leading to the line that printed it.

Nbconvert's templates load scripts from elsewhere and know neither language nor figure; this writes the little that a
report needs, through Jinja2 with escaping on, and every piece of HTML a cell produced passes a sanitiser first: text
from data never becomes markup.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import mistune
import nh3

from ecanalysis import catalog, language
from ecanalysis.build.plan import Run
from ecanalysis.document import described, measure_name
from ecanalysis.documents import documents
from ecanalysis.quantity import Quantity

_NUMBER = re.compile(r'<data class="number"([^>]*)>(.*?)</data>')
_OBSERVATIONS = re.compile(r'data-observations="([^"]*)"')
_TAGS = frozenset(
    ["a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "data", "dd", "details", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "li", "ol", "p", "pre", "s", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul"]
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
_PICTURES = ("data:image/svg+xml,", "data:image/png;base64,", "data:image/jpeg;base64,")


@dataclass(frozen=True)
class Note:
    """What a reader finds behind a number: the row it comes from."""

    id: str
    printed: str
    what: str
    source: str
    place: str
    interval: str
    note: str


def render(run: Run, notebook: Any) -> str:
    """Write the page of an executed notebook.

    Parameters
    ----------
    run : Run
    notebook : NotebookNode
        Executed, format 4.

    Returns
    -------
    str
        A complete HTML page without any outside reference.
    """
    language.use(run.language)
    blocks = [block for cell in notebook.cells for block in _blocks(cell)]
    body = "\n".join(blocks)
    ids = dict.fromkeys(id_ for group in _OBSERVATIONS.findall(body) for id_ in html.unescape(group).split())
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return (
        _environment()
        .get_template("page.html")
        .render(
            language=run.language,
            title=str(run.title),
            body=_NUMBER.sub(_linked, body),
            notes=[_note(id_) for id_ in ids],
            code=code,
            stem=run.stem,
            other="en" if run.language == "zh" else "zh",
            style=_asset("style.css"),
            script=_asset("page.js"),
            pick=language.pick,
            documents=documents().values(),
        )
    )


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("ecanalysis.build", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


def template(name: str) -> jinja2.Template:
    """One of the page templates."""
    return _environment().get_template(name)


def style() -> str:
    """The style sheet every page carries."""
    return _asset("style.css")


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
            return sanitise(f'<img src="data:image/svg+xml,{_percent(_text(data["image/svg+xml"]))}" alt="">')
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
    return nh3.clean(
        markup,
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


def _percent(svg: str) -> str:
    from urllib.parse import quote

    return quote(svg)


def _linked(match: re.Match[str]) -> str:
    attributes, shown = match.groups()
    observations = _OBSERVATIONS.search(attributes)
    first = observations.group(1).split()[:1] if observations else []
    if not first:
        return match.group()
    return f'<data class="number"{attributes}><a href="#note-{first[0]}">{shown}</a></data>'


def _note(id_: str) -> Note:
    data = catalog.load()
    row = data.row(id_)
    quantity = data.quantity(row)
    names = [
        described(row),
        data.name("areas", row["area"], language.current()),
        row["period"],
        measure_name(row["measure"]),
    ]
    return Note(
        id=id_,
        printed=quantity.text(language.current()),
        what=language.pick("，", ", ").join(map(str, names)),
        source=data.name("sources", row["source"], language.current()),
        place=_place(row),
        interval=_interval(quantity),
        note=row["note"],
    )


def _place(row: dict[str, str]) -> str:
    if not row["line"]:
        return ""
    section = _SECTIONS.get(row["section"])
    where = language.pick(*section) if section else language.pick(f"{row['section']} 节", f"section {row['section']}")
    return f"{where}{language.pick('，第 ', ', line ')}{row['line']}{language.pick(' 行', '')}"


_SECTIONS = {
    "preface": ("前言", "preface"),
    "contents": ("目录", "contents page"),
    "editors": ("编者页", "editors' page"),
}


def _interval(quantity: Quantity) -> str:
    scale = quantity.unit.scale
    low, high = (f"{float(bound / scale):.12g}" for bound in (quantity.low, quantity.high))
    return f"[{low}, {high}] {quantity.unit.id}"
