"""``ecanalysis audit``, ``verify`` and ``coverage``: what they print, where, and with which status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import ecanalysis as ec
from ecanalysis import auditing, catalog, cli
from tests.conftest import TEXTS

Captured = pytest.CaptureFixture[str]


def text_edition(name: str) -> Path:
    """A report's text, or a skipped test where it is not at hand."""
    path = TEXTS / name
    if not path.exists():
        pytest.skip("the text editions of the reports are not here")
    return path


@pytest.fixture(autouse=True)
def _own_tables(monkeypatch: pytest.MonkeyPatch, data: catalog.Catalog):
    """Read the project's tables once for all calls."""
    monkeypatch.setattr(catalog, "load", lambda: data)


def run(capsys: Captured, *words: str) -> tuple[int, str, str]:
    """Status, output and complaints of one call."""
    try:
        status = cli.main(words)
    except SystemExit as stopped:  # as argparse refuses
        status = int(stopped.code or 0)
    output, complaints = capsys.readouterr()
    return status, output, complaints


# audit


def test_the_table_ends_in_counts(capsys: Captured):
    """A heading, a line a relation with place, verdict, kind, result and finding, then how many of each verdict."""
    status, output, complaints = run(capsys, "audit", "--section", "8.27", "--verdict", "inconsistent")
    heading, line, counts = output.splitlines()
    assert (status, complaints) == (0, "")
    assert heading.split() == ["place", "verdict", "kind", "result", "finding"]
    assert line.split(maxsplit=4) == [
        *("8.27.1:2955", "inconsistent", "share", "mofcom-2018.8.27.1.04"),
        "Printed 63.5%, the operands give 13.93% to 13.94%, a miss of 49.51 percentage points.",
    ]
    assert counts == "1 relation: 0 consistent, 1 inconsistent, 0 not comparable, 0 undetermined"


def test_all_of_it_is_shown_without_filters(capsys: Captured, data: catalog.Catalog):
    """One line for each relation the audit knows, a heading and the counts."""
    _, output, _ = run(capsys, "audit")
    assert len(output.splitlines()) == len(auditing.audit(data)) + 2


def test_filters_hold_together(capsys: Captured):
    """Source, section with those below it, and verdict all apply."""
    _, output, _ = run(capsys, "audit", "--source", "mofcom-2018", "--section", "4.1", "--format", "json")
    relations = json.loads(output)
    assert {relation["source"] for relation in relations} == {"mofcom-2018"}
    assert {relation["section"] for relation in relations} == {"4.1.1", "4.1.2"}
    _, fewer, _ = run(capsys, "audit", "--section", "4.1", "--verdict", "not_comparable", "--format", "json")
    verdicts = [relation["verdict"] for relation in relations]
    assert 0 < len(json.loads(fewer)) == verdicts.count("not_comparable") < len(relations)


def test_json_has_ids_and_nothing_else_on_the_output(capsys: Captured, data: catalog.Catalog):
    """A list of objects with kind, verdict, target and operands; the counts go to the error output."""
    status, output, complaints = run(capsys, "audit", "--section", "B.2.1", "--format", "json")
    relation = next(r for r in json.loads(output) if r["verdict"] == "inconsistent")
    assert status == 0
    assert (relation["kind"], relation["target"]) == ("sum", "mofcom-2018.B.2.1.23")
    assert relation["operands"] == ["mofcom-2018.B.2.1.13", "mofcom-2018.B.2.1.14"]
    assert [data.row(id_)["value"] for id_ in relation["operands"]] == ["48.0", "7.2"]
    assert complaints.endswith(" undetermined\n")


def test_csv_is_a_table_of_the_same(capsys: Captured):
    """Columns as of ec.audit(), findings in both languages, counts on the error output."""
    _, output, complaints = run(capsys, "audit", "--section", "B.2.1", "--verdict", "inconsistent", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(output))
    assert (row["verdict"], row["target"], row["erratum"]) == ("inconsistent", "mofcom-2018.B.2.1.23", "erratum-044")
    assert row["finding_zh"].startswith("印为 54.2%")
    assert row["finding_en"].startswith("Printed 54.2%")
    assert complaints == "1 relation: 0 consistent, 1 inconsistent, 0 not comparable, 0 undetermined\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--verdict", "wrong"),
            "no verdict 'wrong'; allowed are consistent, inconsistent, not_comparable, undetermined",
        ),
        (("--source", "mofcom"), "no source 'mofcom'; nearest: mofcom-2018, mofcom-ecommerce-2009"),
        (
            ("--source", "mofcom-2018", "--section", "1-1"),
            "no section '1-1'; allowed are preface, 1, 2, 3, 4, 5, 6, 7, 8, B, table-B-1, table-B-2, table-B-3, "
            "table-B-4, table-B-5 and the sections numbered below them",
        ),
        (("--format", "xml"), "argument --format: invalid choice: 'xml' (choose from 'table', 'csv', 'json')"),
    ],
)
def test_a_wrong_choice_is_one_line(capsys: Captured, words: tuple[str, ...], message: str):
    """Status 2, nothing on the output, and what is allowed."""
    assert run(capsys, "audit", *words) == (2, "", f"ecanalysis: {message}\n")


def test_a_reader_who_stops_early_sees_no_traceback():
    """As with head: the rest goes nowhere, in silence."""
    command = f"{sys.executable} -m ecanalysis.cli audit | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("place")
    assert done.stderr == ""


# ec.audit


def test_the_audit_as_a_table():
    """One row a relation, with findings in both languages; filters as on the command line."""
    frame = ec.audit(section="8.27")
    assert list(frame.columns[:7]) == ["kind", "verdict", "source", "section", "line", "target", "operands"]
    assert {"printed", "computed", "miss", "finding_zh", "finding_en", "erratum"} <= set(frame.columns)
    share = frame[frame["erratum"] == "erratum-041"].iloc[0]
    assert (share["kind"], share["verdict"], share["line"]) == ("share", "inconsistent", 2955)
    assert len(frame) < len(ec.audit())


# verify and coverage


def test_a_text_that_holds_all_rows_is_silent(capsys: Captured):
    """Which publication it is follows from the name of the file."""
    assert run(capsys, "verify", str(text_edition("ceca-2017-2018.txt"))) == (0, "", "")


def test_what_does_not_stand_is_a_line_each(capsys: Captured, tmp_path: Path):
    """A changed number is found; under another name the publication is named."""
    text = text_edition("ceca-2017-2018.txt").read_text(encoding="utf-8")
    changed = tmp_path / "draft.txt"
    changed.write_text(text.replace("7904.5", "7904.6"), encoding="utf-8")
    status, output, complaints = run(capsys, "verify", str(changed), "--source", "ceca-2017-2018")
    assert (status, complaints) == (1, "")
    assert "observations ceca-2017-2018.4-3.10: line 192 does not print 7904.5" in output.splitlines()


def test_every_numeral_is_accounted_for(capsys: Captured):
    """The share accounted for comes first."""
    status, output, _ = run(capsys, "coverage", str(text_edition("ceca-2017-2018.txt")))
    assert status == 0
    assert output.splitlines()[0].endswith("numerals accounted for (100.00%)")


def test_a_new_number_is_shown_in_its_place(capsys: Captured, tmp_path: Path):
    """What nothing accounts for stands between the words around it, and the status says so."""
    text = text_edition("ceca-2017-2018.txt").read_text(encoding="utf-8")
    longer = tmp_path / "ceca-2017-2018.txt"
    longer.write_text(f"{text}\n新增 77 万家\n", encoding="utf-8")
    status, output, _ = run(capsys, "coverage", str(longer))
    assert status == 1
    assert output.splitlines()[-1].endswith(": 新增 [77] 万家")


@pytest.mark.parametrize("command", ["verify", "coverage"])
def test_a_missing_or_unknown_text_is_one_line(capsys: Captured, tmp_path: Path, command: str):
    """Status 2 for a file that is not there, that is no text, that is no known edition, or a source without one."""
    missing, picture, letter = (tmp_path / name for name in ("mofcom-2018.txt", "picture.txt", "letter.txt"))
    picture.write_bytes(b"\xff\xfe\xff")
    letter.write_text("x", encoding="utf-8")
    assert run(capsys, command, str(missing)) == (2, "", f"ecanalysis: {missing}: No such file or directory\n")
    assert run(capsys, command, str(picture)) == (2, "", f"ecanalysis: {picture}: not UTF-8\n")
    assert run(capsys, command, str(letter)) == (
        *(2, ""),
        "ecanalysis: letter.txt: allowed are mofcom-2018.txt, ceca-2017-2018.txt, or any name with --source\n",
    )
    assert run(capsys, command, str(letter), "--source", "nbs") == (
        *(2, ""),
        "ecanalysis: no source with a text edition 'nbs'; allowed are mofcom-2018, ceca-2017-2018\n",
    )
