"""The tables held against ``datapackage.json``, the one description of every table and column.

Why not leave this to a library: a person edits these files by hand and needs every problem of every table at once, as
file, line, column, value and what is allowed. Frictionless says as much but takes seconds to import; the tests run it
over the same description, so both readings of it must agree.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ecanalysis.errors import DataError, allowed
from ecanalysis.folders import PACKAGE

Columns = dict[str, list[str]]

_FIRST = 2  # the line of the first row, after the header
_NUMBERS = {
    "integer": (r"-?\d+", "an integer"),
    "number": (r"-?\d+(\.\d+)?", "a number written with digits and at most one point"),
}


def description(folder: Path) -> dict[str, Any]:
    """What ``datapackage.json`` of a folder says of its tables."""
    described: dict[str, Any] = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    return described


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read and check every table of a data package.

    Parameters
    ----------
    folder : Path
        Folder with ``datapackage.json`` and the CSV files it names.

    Returns
    -------
    dict of str to DataFrame
        One frame a table, every column text, missing cells empty text; the index is the row's line in its file.

    Raises
    ------
    DataError
        All rows that break the description, each as ``file:line: column 'c' has 'v': what is allowed``.
    """
    package = description(folder)
    problems: list[str] = []
    tables: dict[str, Columns] = {}
    for resource in package["resources"]:
        table, found = _read(folder / resource["path"], resource)
        problems += found
        if table is not None:
            tables[resource["name"]] = table
    if not problems:
        for resource in package["resources"]:
            problems += _check_columns(tables[resource["name"]], resource)
            problems += _check_keys(tables[resource["name"]], resource)
        for resource in package["resources"]:
            problems += _check_references(tables, resource)
    if problems:
        raise DataError(problems)
    return {name: _frame(columns) for name, columns in tables.items()}


def records(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table of text."""
    # A list a column is several times as fast as to_dict("records") on text columns.
    names = list(table.columns)
    columns = [table[name].tolist() for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _frame(columns: Columns) -> pd.DataFrame:
    frame = pd.DataFrame(columns, dtype=str)
    frame.index = pd.RangeIndex(_FIRST, len(frame) + _FIRST)
    return frame


def _read(path: Path, resource: dict[str, Any]) -> tuple[Columns | None, list[str]]:
    expected = [field["name"] for field in resource["schema"]["fields"]]
    # The csv module, because pandas fills short rows and makes an index of long ones without a word.
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file, strict=True)) or [[]]
    except FileNotFoundError:
        return None, [f"{path.name}: the file is missing"]
    except UnicodeDecodeError:
        return None, [f"{path.name}: the file is not UTF-8"]
    except csv.Error as error:
        return None, [f"{path.name}: not a CSV table: {error}"]
    if header != expected:
        return None, [f"{path.name}:1: the columns are {', '.join(header)}; they must be {', '.join(expected)}"]
    problems = [
        f"{path.name}:{line}: the row has {len(row)} columns; it must have {len(expected)}"
        for line, row in enumerate(rows, start=_FIRST)
        if len(row) != len(expected)
    ]
    if problems:
        return None, problems
    return {name: [row[position] for row in rows] for position, name in enumerate(expected)}, []


def _check_columns(table: Columns, resource: dict[str, Any]) -> list[str]:
    problems = []
    for field in resource["schema"]["fields"]:
        cells, rules = table[field["name"]], field.get("constraints", {})
        # Each value is looked at once, however often it stands in the column.
        values = set(cells) - {""}
        wrong: list[tuple[set[str], str]] = []
        if rules.get("required"):
            wrong.append(({""}, "a value is required"))
        if "enum" in rules:
            wrong.append((values - set(rules["enum"]), f"allowed are {allowed(rules['enum'])}"))
        if "pattern" in rules:
            wrong.append((_unlike(rules["pattern"], values), f"it must look like {rules['pattern']}"))
        if field["type"] in _NUMBERS:
            pattern, kind = _NUMBERS[field["type"]]
            unlike = _unlike(pattern, values)
            wrong.append((unlike, f"it must be {kind}"))
            if "minimum" in rules:
                low = {value for value in values - unlike if float(value) < rules["minimum"]}
                wrong.append((low, f"it must be at least {rules['minimum']}"))
        if field["type"] == "date":
            undated = {value for value in values if not _is_date(value)}
            wrong.append((undated, "it must be a date that exists, such as 2018-08-31"))
        place = f"column {field['name']!r} has"
        problems += [
            f"{resource['path']}:{line}: {place} {cell!r}: {rule}"
            for bad, rule in wrong
            if bad
            for line, cell in enumerate(cells, start=_FIRST)
            if cell in bad
        ]
        if rules.get("unique") and len(values) + cells.count("") < len(cells):
            problems += [
                f"{resource['path']}:{line}: {place} {cell!r}: it stands in an earlier row too"
                for line, cell in enumerate(cells, start=_FIRST)
                if cell and cell in cells[: line - _FIRST]
            ]
    return problems


def _unlike(pattern: str, values: set[str]) -> set[str]:
    fullmatch = re.compile(pattern).fullmatch
    return {value for value in values if not fullmatch(value)}


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_keys(table: Columns, resource: dict[str, Any]) -> list[str]:
    problems = []
    schema = resource["schema"]
    for key in [schema["primaryKey"], *schema.get("uniqueKeys", [])]:
        columns = _names(key)
        first: dict[tuple[str, ...], int] = {}
        for line, cells in enumerate(zip(*(table[name] for name in columns), strict=True), start=_FIRST):
            if first.setdefault(cells, line) != line:
                problems.append(
                    f"{resource['path']}:{line}: the key ({', '.join(columns)}) = ({', '.join(cells)}) "
                    f"stands in line {first[cells]} already: every key is used once"
                )
    return problems


def _check_references(tables: dict[str, Columns], resource: dict[str, Any]) -> list[str]:
    problems = []
    for key in resource["schema"].get("foreignKeys", []):
        [column], [target_column] = _names(key["fields"]), _names(key["reference"]["fields"])
        target = key["reference"]["resource"] or resource["name"]
        cells = tables[resource["name"]][column]
        unknown = set(cells) - set(tables[target][target_column]) - {""}
        problems += [
            f"{resource['path']}:{line}: column {column!r} has {cell!r}: it must be a {target_column!r} of {target}.csv"
            for line, cell in enumerate(cells, start=_FIRST)
            if cell in unknown
        ]
    return problems


def _names(columns: str | list[str]) -> list[str]:
    """Table Schema lets one column stand without brackets."""
    return [columns] if isinstance(columns, str) else columns
