"""The tables held against ``datapackage.json``, the one description of every table and column.

Why not leave this to a library: a person edits these files by hand and needs every problem of every table at once, as
file, line, column, value and what is allowed. Frictionless says as much but takes seconds to import; the tests run it
over the same description, so both readings of it must agree.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from ecanalysis.errors import DataError, allowed

PACKAGE = "datapackage.json"


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
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    problems: list[str] = []
    tables: dict[str, pd.DataFrame] = {}
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
    return tables


def records(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table of text."""
    # A list a column is several times as fast as to_dict("records") on text columns.
    names = list(table.columns)
    columns = [table[name].tolist() for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _read(path: Path, resource: dict[str, Any]) -> tuple[pd.DataFrame | None, list[str]]:
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
        for line, row in enumerate(rows, start=2)
        if len(row) != len(expected)
    ]
    if problems:
        return None, problems
    return pd.DataFrame(rows, index=pd.RangeIndex(2, len(rows) + 2), columns=expected, dtype=str), []


def _check_columns(table: pd.DataFrame, resource: dict[str, Any]) -> list[str]:
    problems: list[str] = []
    for field in resource["schema"]["fields"]:
        column, rules = table[field["name"]], field.get("constraints", {})
        filled = column != ""

        def report(wrong: pd.Series, rule: str, name: str = field["name"], values: pd.Series = column) -> None:
            problems.extend(
                f"{resource['path']}:{line}: column {name!r} has {values[line]!r}: {rule}"
                for line in wrong[wrong].index
            )

        if rules.get("required"):
            report(~filled, "a value is required")
        if "enum" in rules:
            report(filled & ~column.isin(rules["enum"]), f"allowed are {allowed(rules['enum'])}")
        if "pattern" in rules:
            report(filled & ~column.str.fullmatch(rules["pattern"]), f"it must look like {rules['pattern']}")
        if rules.get("unique"):
            report(filled & column.duplicated(), "it stands in an earlier row too")
        if field["type"] in ("integer", "number"):
            number = re.compile(r"-?\d+" if field["type"] == "integer" else r"-?\d+(\.\d+)?")
            written = filled & column.str.fullmatch(number.pattern)
            report(filled & ~written, f"it must be {_article(field['type'])}")
            if "minimum" in rules:
                low = written & (pd.to_numeric(column.where(written)) < rules["minimum"])
                report(low, f"it must be at least {rules['minimum']}")
        if field["type"] == "date":
            dates = pd.to_datetime(column.where(filled), format="%Y-%m-%d", errors="coerce")
            report(filled & dates.isna(), "it must be a date that exists, such as 2018-08-31")
    return problems


def _article(kind: str) -> str:
    return "an integer" if kind == "integer" else "a number written with digits and at most one point"


def _check_keys(table: pd.DataFrame, resource: dict[str, Any]) -> list[str]:
    problems = []
    schema = resource["schema"]
    for columns in [schema["primaryKey"], *schema.get("uniqueKeys", [])]:
        columns = [columns] if isinstance(columns, str) else columns
        first = table.drop_duplicates(columns)
        lines = pd.Series(first.index, index=pd.MultiIndex.from_frame(first[columns]))
        for line in table.index[table.duplicated(columns)]:
            key = tuple(table.loc[line, columns])
            problems.append(
                f"{resource['path']}:{line}: the key ({', '.join(columns)}) = ({', '.join(key)}) "
                f"stands in line {lines[key]} already: every key is used once"
            )
    return problems


def _check_references(tables: dict[str, pd.DataFrame], resource: dict[str, Any]) -> list[str]:
    problems = []
    table = tables[resource["name"]]
    for key in resource["schema"].get("foreignKeys", []):
        column = key["fields"] if isinstance(key["fields"], str) else key["fields"][0]
        target = key["reference"]["resource"] or resource["name"]
        target_column = key["reference"]["fields"]
        target_column = target_column if isinstance(target_column, str) else target_column[0]
        known = set(tables[target][target_column])
        wrong = table.index[(table[column] != "") & ~table[column].isin(known)]
        problems += [
            f"{resource['path']}:{line}: column {column!r} has {table.loc[line, column]!r}: "
            f"it must be a {target_column!r} of {target}.csv"
            for line in wrong
        ]
    return problems
