"""The tables of ``data/`` for machine readers and for spreadsheets: CSV as it is, XLSX, Parquet, and what they are.

The same tables give the same bytes: no clock reaches a file, and no compressor whose output depends on the machine.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from ecanalysis.catalog import Catalog
from ecanalysis.folders import PACKAGE
from ecanalysis.schema import description

FOLDER = "data"
WORKBOOK = "ecanalysis.xlsx"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_WIDEST = 60


def downloads(data: Catalog) -> dict[str, bytes]:
    """All files of the published data.

    Parameters
    ----------
    data : Catalog

    Returns
    -------
    dict of str to bytes
        By name below the folder of reports: each table as ``.csv`` (the project's own bytes) and ``.parquet`` (typed),
        one workbook of all, ``datapackage.json`` with both forms of each table, and the licence.
    """
    package, resources = description(data.folder), tables(data.folder)
    files: dict[str, bytes] = {}
    parquets = []
    for resource in resources:
        files[resource["path"]] = (data.folder / resource["path"]).read_bytes()
        name = f"{resource['name']}.parquet"
        files[name] = _parquet(data, resource)
        parquets.append(resource | {
            "name": f"{resource['name']}-parquet", "path": name, "format": "parquet",
            "mediatype": "application/vnd.apache.parquet", "profile": "data-resource",
        })  # fmt: skip
    files[WORKBOOK] = _workbook(data, package, resources)
    for parquet in parquets:
        parquet.pop("schema")
        parquet.pop("encoding", None)
    package |= {"profile": "data-package", "resources": [*resources, *parquets]}
    files[PACKAGE] = (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
    licence = data.folder / "LICENSE.md"
    if licence.exists():
        files["LICENSE.md"] = licence.read_bytes()
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def tables(folder: Path) -> list[dict[str, Any]]:
    """The descriptions of the tables that a data folder has, as ``datapackage.json`` gives them."""
    return [resource for resource in description(folder)["resources"] if (folder / resource["path"]).exists()]


def _parquet(data: Catalog, resource: dict[str, Any]) -> bytes:
    """A table with the types its description gives; a printed value stays exact beside its number."""
    import pyarrow as pa
    from pyarrow import parquet

    frame = data.tables.quiet(resource["name"])
    columns = {}
    for described in resource["schema"]["fields"]:
        name, kind = described["name"], described["type"]
        texts = [text or None for text in frame[name]]
        if kind == "integer":
            columns[name] = pa.array([int(text) if text else None for text in texts], pa.int64())
        elif kind == "number":
            columns[name] = pa.array([float(text) if text else None for text in texts], pa.float64())
            columns[f"{name}_printed"] = pa.array(texts, pa.string())
        elif kind == "date":
            columns[name] = pa.array(texts, pa.string()).cast(pa.date32())
        else:
            columns[name] = pa.array(texts, pa.string())
    table = pa.table(columns).replace_schema_metadata({"title": resource["title"], "title_zh": resource["title_zh"]})
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="none", version="2.6", store_schema=True)
    return stream.getvalue()


def _workbook(data: Catalog, package: dict[str, Any], resources: list[dict[str, Any]]) -> bytes:
    """A sheet a table, and a first sheet that says what each holds and what its columns mean."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    bold = Font(bold=True)
    about = book.create_sheet("README")
    for column, width in zip("ABCDE", (18, 18, 30, 60, 60), strict=True):
        about.column_dimensions[column].width = width
    lines: list[list[str]] = [
        [package["title"]], [package["title_zh"]], [package["description"]], [package["description_zh"]],
        *[[licence["title"], "", "", licence["path"]] for licence in package["licenses"]], [],
        ["table 表", "column 列", "title 名称", "description", "说明"],
    ]  # fmt: skip
    for resource in resources:
        lines.append([resource["name"], "", f"{resource['title']} {resource['title_zh']}",
                      resource["description"], resource["description_zh"]])  # fmt: skip
        lines += [
            ["", described["name"], described.get("title", ""), described.get("description", ""),
             described.get("description_zh", "")]
            for described in resource["schema"]["fields"]
        ]  # fmt: skip
    for line in lines:
        about.append(line)
    for resource in resources:
        frame = data.tables.quiet(resource["name"])
        kinds = {described["name"]: described["type"] for described in resource["schema"]["fields"]}
        sheet = book.create_sheet(resource["name"])
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{_letters(len(frame.columns))}{len(frame) + 1}"
        for position, name in enumerate(frame.columns, 1):
            longest = max([len(name) + 2, *(sum(1 + (c > "\u2e80") for c in text) for text in frame[name].head(200))])
            sheet.column_dimensions[_letters(position)].width = min(longest + 2, _WIDEST)
        sheet.append([_headed(sheet, name, bold) for name in frame.columns])
        for row in frame.itertuples(index=False):
            sheet.append([_cell(sheet, text, kinds[name]) for name, text in zip(frame.columns, row, strict=True)])
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def _headed(sheet: Any, text: str, font: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.font = font
    return cell


def _cell(sheet: Any, text: str, kind: str) -> Any:
    """A cell's value: numbers as numbers with the decimals printed, text as text even where it looks like a formula."""
    from openpyxl.cell import WriteOnlyCell

    if not text or (kind in ("string", "date") and text[0] != "="):
        return text or None
    if kind == "integer":
        return int(text)
    cell = WriteOnlyCell(sheet, float(text) if kind == "number" else text)
    if kind == "number":
        exponent = Decimal(text).as_tuple().exponent
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        cell.number_format = f"0.{'0' * decimals}" if decimals else "0"
    else:
        cell.data_type = "s"
    return cell


def _letters(position: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(position))


def _timeless(archive: bytes) -> bytes:
    """A zip archive without the time it was made at, stored as it is: compressors differ from machine to machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            made.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return stream.getvalue()
