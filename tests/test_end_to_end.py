"""The command line as its user meets it: a chapter built in both languages, and every foreseeable mistake."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from ecanalysis import catalog
from tests.conftest import command, write_notebooks

FIGURES = [f"mofcom-2018.fig-1-{number}" for number in range(1, 13)]


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    """Chapter 1 in both languages, built once by the command line."""
    out = tmp_path_factory.mktemp("reports")
    done = command("build", "01_overall", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(out / "index.html")
    return out


def page(reports: Path, language: str) -> str:
    return (reports / language / "01_overall.html").read_text(encoding="utf-8")


def test_index_leads_to_both_languages(reports):
    """The page whose path ends the build links to the chapter in Chinese and in English."""
    index = (reports / "index.html").read_text(encoding="utf-8")
    assert 'href="zh/01_overall.html"' in index
    assert 'href="en/01_overall.html"' in index


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_twelve_figures_stand_under_their_ids(reports, language):
    """Each with a picture inside the page, an alternative text and a caption."""
    shown = page(reports, language)
    for figure in FIGURES:
        element = re.search(rf'<figure id="{figure}".*?</figure>', shown, re.DOTALL)
        assert element, figure
        assert 'src="data:image/svg+xml,' in element.group()
        assert re.search(r'alt="[^"]{20,}"', element.group())
        assert '<span class="label">' in element.group()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_leads_to_its_line(reports, language, data):
    """Each row behind a number is noted with source, section and line; rows of the report have a line."""
    shown = page(reports, language)
    ids = {i for group in re.findall(r'data-observations="([^"]*)"', shown) for i in html.unescape(group).split()}
    assert len(ids) > 180
    for id_ in ids:
        note = re.search(rf'<li id="note-{re.escape(id_)}">(.*?)</li>', shown)
        assert note, id_
        row = data.row(id_)
        if row["line"]:
            assert re.search(rf"(第 {row['line']} 行|line {row['line']}\b)", note.group(1)), id_


def test_all_statistics_of_the_chapter_are_shown(reports, data):
    """Every row of preface and chapter stands behind something on the page."""
    shown = page(reports, "zh")
    missing = [
        row["id"]
        for row in data.select(source="mofcom-2018")
        if re.match(r"preface$|1\.|1$", row["section"]) and f"note-{row['id']}" not in shown
    ]
    assert missing == []


def test_both_languages_show_the_same_rows(reports):
    """Chinese and English rest on the same numbers, in the same order."""
    zh, en = (
        re.findall(r'<data class="number"[^>]*data-observations="([^"]*)"', page(reports, c)) for c in ("zh", "en")
    )
    assert sorted(zh) == sorted(en)


def test_nothing_is_loaded_from_the_network(reports):
    """Outside addresses stand in links at most."""
    for language in ("zh", "en"):
        assert not re.search(r'(?:src|srcset|action|data)="https?:', page(reports, language))


def test_executed_notebook_lies_beside_its_page(reports):
    """With the parameters it was run with and no trace of when and where."""
    text = (reports / "en" / "01_overall.ipynb").read_text(encoding="utf-8")
    injected = [c for c in json.loads(text)["cells"] if "injected-parameters" in c["metadata"].get("tags", [])]
    assert 'language = "en"' in "".join(injected[0]["source"])
    assert str(reports) not in text


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nosuch"], "ecanalysis: no document 'nosuch'"),
        (["--language", "fr"], "ecanalysis: language 'fr': allowed are zh, en, all"),
        (["--jobs", "0"], "ecanalysis: argument --jobs: '0': allowed are whole numbers from 1"),
        (["-p", "first_year"], "ecanalysis: parameter 'first_year': write it as NAME=VALUE"),
        (
            ["01_overall", "-p", "first_year=1999"],
            "ecanalysis: 01_overall: first_year = '1999': allowed are 2011, 2012",
        ),
        (["--nosuch"], "ecanalysis: unrecognized arguments: --nosuch"),
    ],
)
def test_mistakes_get_one_line_and_status_2(tmp_path, arguments, line):
    """No traceback, nothing written."""
    done = command("build", *arguments, "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    """A file where the folder should be."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = command("build", "01_overall", "--out", str(tmp_path / "file" / "out"))
    assert done.returncode == 2
    assert done.stderr == f"ecanalysis: cannot write reports to {tmp_path / 'file' / 'out'}: Not a directory\n"


def test_a_broken_row_stops_the_build_before_it_starts(tmp_path, edit):
    """File, line, column, value and what is allowed; reports of before stay untouched."""
    folder = edit("observations.csv", ",exact,actual,", ",exactly,actual,")
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("before", encoding="utf-8")
    done = command("build", "01_overall", "--out", str(out), ECANALYSIS_DATA=str(folder))
    assert done.returncode == 2
    assert done.stderr == (
        "ecanalysis: 1 problem in the tables\n"
        "observations.csv:2: column 'qualifier' has 'exactly': allowed are exact, about, over, under, at_most\n"
    )
    assert [path.name for path in out.iterdir() if path.name != ".lock"] == ["index.html"]
    assert (out / "index.html").read_text(encoding="utf-8") == "before"


def test_a_failing_notebook_stops_no_other_and_keeps_its_traceback(tmp_path):
    """The good document is finished, the bad one named with its cell, the exit status says so."""
    notebooks = write_notebooks(tmp_path / "notebooks", {"good": "1", "bad": "raise ValueError('on purpose')"})
    done = command("build", "--language", "zh", "--out", str(tmp_path / "out"), ECANALYSIS_NOTEBOOKS=str(notebooks))
    assert done.returncode == 1
    assert "zh/bad: failed: cell " in done.stdout
    assert "ValueError: on purpose" in done.stdout
    assert "1 of 2 documents failed" in done.stdout
    assert "on purpose" in (tmp_path / "out" / "_failed" / "zh" / "bad.ipynb").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "zh" / "good.html").exists()
    assert not (tmp_path / "out" / "zh" / "bad.html").exists()


def test_a_changed_row_changes_the_page(tmp_path, edit):
    """Sentence, figure, table and note all show the corrected number."""
    before = catalog.load().obs("ecommerce_employment", section="1.1.6")
    assert before.text() == "4700 万人"
    row = "1.1.6,354,ecommerce_employment,total,CN,2018,level,"
    folder = edit("observations.csv", f"{row}4700,", f"{row}4711,")
    out = tmp_path / "out"
    done = command("build", "01_overall", "--language", "zh", "--out", str(out), ECANALYSIS_DATA=str(folder))
    assert done.returncode == 0, done.stderr
    shown = (out / "zh" / "01_overall.html").read_text(encoding="utf-8")
    assert shown.count(">4711 万人<") >= 2
    assert "2018 4711 万人" in shown


def test_list_names_documents_and_parameters():
    """What can be built and how it can be varied."""
    done = command("list")
    assert done.returncode == 0
    assert "01_overall: 中国电子商务总体发展 / E-commerce in China as a whole" in done.stdout
    assert "  language = zh  (zh, en)" in done.stdout
