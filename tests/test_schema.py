"""Tables held against their description: all wrong rows at once, each by file, line, column and what is allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecanalysis.errors import DataError
from ecanalysis.schema import read_tables, records
from tests.conftest import ROOT

PACKAGE = {
    "profile": "tabular-data-package",
    "name": "small",
    "resources": [
        {
            "name": "places",
            "path": "places.csv",
            "schema": {
                "primaryKey": ["id"],
                "uniqueKeys": [["kind", "name"]],
                "foreignKeys": [{"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}}],
                "fields": [
                    {"name": "id", "type": "string", "constraints": {"required": True, "pattern": "[a-z]+"}},
                    {"name": "kind", "type": "string", "constraints": {"enum": ["city", "province"]}},
                    {"name": "name", "type": "string", "constraints": {"required": True}},
                    {"name": "parent", "type": "string"},
                    {"name": "code", "type": "string", "constraints": {"unique": True}},
                ],
            },
        },
        {
            "name": "counts",
            "path": "counts.csv",
            "schema": {
                "primaryKey": "id",
                "foreignKeys": [{"fields": "place", "reference": {"resource": "places", "fields": "id"}}],
                "fields": [
                    {"name": "id", "type": "string"},
                    {"name": "place", "type": "string"},
                    {"name": "line", "type": "integer", "constraints": {"minimum": 1}},
                    {"name": "value", "type": "number"},
                    {"name": "day", "type": "date"},
                ],
            },
        },
    ],
}
PLACES = "id,kind,name,parent,code\nzhejiang,province,浙江,,33\nhangzhou,city,杭州,zhejiang,\n"
COUNTS = "id,place,line,value,day\na,hangzhou,7,9.01,2018-08-31\nb,zhejiang,,-28.7,\n"


@pytest.fixture
def write(tmp_path):
    """Write the two tables of a small package and give its folder."""

    def folder(places: str = PLACES, counts: str = COUNTS) -> Path:
        (tmp_path / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
        (tmp_path / "places.csv").write_text(places, encoding="utf-8")
        (tmp_path / "counts.csv").write_text(counts, encoding="utf-8")
        return tmp_path

    return folder


def problems(folder: Path) -> list[str]:
    """The lines of the error that reading a folder raises."""
    with pytest.raises(DataError) as error:
        read_tables(folder)
    assert str(error.value).splitlines()[1:] == error.value.problems
    return str(error.value).splitlines()


def test_good_tables_come_as_text_with_their_lines(write):
    """Every cell is text as written, a missing one empty, and the index is the line in the file."""
    tables = read_tables(write())
    assert list(tables) == ["places", "counts"]
    assert list(tables["counts"].index) == [2, 3]
    assert records(tables["counts"]) == [
        {"id": "a", "place": "hangzhou", "line": "7", "value": "9.01", "day": "2018-08-31"},
        {"id": "b", "place": "zhejiang", "line": "", "value": "-28.7", "day": ""},
    ]


def test_words_that_look_like_missing_stay_words(write):
    """NA is the code of Namibia, not a gap."""
    tables = read_tables(
        write(places="id,kind,name,parent,code\nnamibia,province,NA,,NA\n", counts=COUNTS.split("\n")[0])
    )
    assert records(tables["places"])[0]["code"] == "NA"


def test_a_missing_file_is_named(write):
    """The one table that is not there is named, the others are still read."""
    folder = write()
    (folder / "places.csv").unlink()
    assert problems(folder) == ["1 problem in the tables", "places.csv: the file is missing"]


def test_a_file_in_another_encoding_is_named(write):
    """A table saved by a spreadsheet as GBK is refused, not read as other characters."""
    folder = write()
    (folder / "places.csv").write_bytes(PLACES.encode("gbk"))
    assert problems(folder) == ["1 problem in the tables", "places.csv: the file is not UTF-8"]


def test_a_wrong_header_lists_both(write):
    """A renamed column shows what stands there and what must."""
    folder = write(places=PLACES.replace("parent", "mother"))
    assert problems(folder) == [
        "1 problem in the tables",
        "places.csv:1: the columns are id, kind, name, mother, code; they must be id, kind, name, parent, code",
    ]


def test_an_empty_file_is_no_table(write):
    """Without a header there is no table."""
    assert problems(write(places="")) == [
        "1 problem in the tables",
        "places.csv:1: the columns are ; they must be id, kind, name, parent, code",
    ]


@pytest.mark.parametrize(
    ("row", "found"),
    [("c,zhejiang,3", 3), ("", 0), ("c,zhejiang,3,1,234,2018-08-31", 6)],
    ids=["short", "empty", "long"],
)
def test_a_row_of_another_length_is_named(write, row, found):
    """A comma too few or too many would shift what follows, in the first row as in the last."""
    expected = f"the row has {found} columns; it must have 5"
    assert problems(write(counts=f"{COUNTS}{row}\n")) == ["1 problem in the tables", f"counts.csv:4: {expected}"]
    first = COUNTS.replace("\n", f"\n{row}\n", 1)
    assert problems(write(counts=first)) == ["1 problem in the tables", f"counts.csv:2: {expected}"]


def test_an_open_quote_is_no_table(write):
    """A quotation mark that nobody closed would swallow the rest of the file."""
    assert problems(write(counts=COUNTS + 'c,"zhejiang,1,2,\n')) == [
        "1 problem in the tables",
        "counts.csv: not a CSV table: unexpected end of data",
    ]


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("places", ",浙江,", ",,", "places.csv:2: column 'name' has '': a value is required"),
        (
            "places",
            "hangzhou,city",
            "hangzhou,town",
            "places.csv:3: column 'kind' has 'town': allowed are city, province",
        ),
        (
            "places",
            "hangzhou,city",
            "Hangzhou,city",
            "places.csv:3: column 'id' has 'Hangzhou': it must look like [a-z]+",
        ),
        (
            "places",
            "zhejiang,\n",
            "zhejiang,33\n",
            "places.csv:3: column 'code' has '33': it stands in an earlier row too",
        ),
        (
            "places",
            ",zhejiang,",
            ",jiangsu,",
            "places.csv:3: column 'parent' has 'jiangsu': it must be a 'id' of places.csv",
        ),
        ("counts", "hangzhou,7", "hangzhou,7.5", "counts.csv:2: column 'line' has '7.5': it must be an integer"),
        ("counts", "hangzhou,7", "hangzhou,0", "counts.csv:2: column 'line' has '0': it must be at least 1"),
        (
            "counts",
            "9.01",
            "9 010",
            "counts.csv:2: column 'value' has '9 010': it must be a number written with digits and at most one point",
        ),
        (
            "counts",
            "2018-08-31",
            "2018-02-30",
            "counts.csv:2: column 'day' has '2018-02-30': it must be a date that exists, such as 2018-08-31",
        ),
        (
            "counts",
            "b,zhejiang",
            "b,jiangsu",
            "counts.csv:3: column 'place' has 'jiangsu': it must be a 'id' of places.csv",
        ),
        (
            "counts",
            "b,zhejiang",
            "a,zhejiang",
            "counts.csv:3: the key (id) = (a) stands in line 2 already: every key is used once",
        ),
    ],
)
def test_each_rule_names_the_row_the_value_and_what_is_allowed(write, table, old, new, expected):
    """One broken cell gives one line that says where it is and what it must be."""
    texts = {"places": PLACES, "counts": COUNTS}
    assert old in texts[table]
    texts[table] = texts[table].replace(old, new)
    if old == "hangzhou,city" and "Hangzhou" in new:
        texts["counts"] = texts["counts"].replace("hangzhou", "Hangzhou")
    assert problems(write(**texts)) == ["1 problem in the tables", expected]


def test_unique_keys_of_several_columns_hold_beside_the_primary_key(write):
    """Two cities of one name are one too many, though their ids differ."""
    folder = write(places=PLACES + "hangzhoub,city,杭州,zhejiang,\n")
    assert problems(folder) == [
        "1 problem in the tables",
        "places.csv:4: the key (kind, name) = (city, 杭州) stands in line 3 already: every key is used once",
    ]


def test_all_problems_of_all_tables_come_at_once(write):
    """Whoever mends the tables sees everything there is to mend, tables that cannot be read first."""
    folder = write(
        places=PLACES.replace("city", "town").replace(",浙江,", ",,"),
        counts=COUNTS.replace(",7,9.01,", ",x,?,"),
    )
    assert problems(folder) == [
        "4 problems in the tables",
        "places.csv:3: column 'kind' has 'town': allowed are city, province",
        "places.csv:2: column 'name' has '': a value is required",
        "counts.csv:2: column 'line' has 'x': it must be an integer",
        "counts.csv:2: column 'value' has '?': it must be a number written with digits and at most one point",
    ]
    (folder / "counts.csv").unlink()
    (folder / "places.csv").write_text("id\n", encoding="utf-8")
    assert problems(folder) == [
        "2 problems in the tables",
        "places.csv:1: the columns are id; they must be id, kind, name, parent, code",
        "counts.csv: the file is missing",
    ]


def test_the_project_s_package_is_valid_for_frictionless_too():
    """An independent reading of the same description finds nothing wrong either."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(ROOT / "data" / "datapackage.json"))
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert report.valid


def test_frictionless_finds_what_we_find(data_copy):
    """A row that breaks an enumeration and a key is wrong in both readings."""
    frictionless = pytest.importorskip("frictionless")
    path = data_copy / "observations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",exact,actual,", ",roughly,actual,", 1), encoding="utf-8")
    assert problems(data_copy) == [
        "1 problem in the tables",
        "observations.csv:2: column 'qualifier' has 'roughly': allowed are exact, about, over, under, at_most",
    ]
    report = frictionless.validate(str(data_copy / "datapackage.json"))
    assert report.flatten(["rowNumber", "fieldName"]) == [[2, "qualifier"]]


def test_every_table_and_column_is_described_in_both_languages():
    """The dictionary has words for each of them, in Chinese and in English."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    entries = [("package", package)]
    for resource in package["resources"]:
        entries.append((resource["name"], resource))
        entries += [(f"{resource['name']}.{field['name']}", field) for field in resource["schema"]["fields"]]
    keys = ("title", "title_zh", "description", "description_zh")
    assert [f"{name} has no {key}" for name, entry in entries for key in keys if not entry.get(key)] == []
