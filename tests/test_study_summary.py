"""A study from its folder, and what a Python prompt or a notebook shows of it."""

import xml.etree.ElementTree as ElementTree

import pytest
from typer.testing import CliRunner

import hrcode
from builders import KITCHEN, codebook_text, make_coded, make_study, write_files
from hrcode.cli.app import app
from hrcode.errors import CodebookError, StudyError

FRAME = ["food/cooks", "-food/wastes"]


def study(names):
    who = {f"P{i}": name for i, name in enumerate(names)}
    return make_coded(who, [(person, 30) for person in who], [(0, "food/cooks")], FRAME)


@pytest.fixture
def folder(tmp_path):
    """A study with a study.yaml that settles everything."""
    make_study(tmp_path)
    write_files(
        tmp_path,
        {"study.yaml": "transcripts: interviews\ncodebook: kitchen.yaml\ngroup_by: town\nunit: turn\n"},
    )
    return tmp_path


def test_load_study_gives_what_the_command_gives(folder, monkeypatch):
    in_python = hrcode.load_study(folder).code()
    monkeypatch.chdir(folder)
    assert 0 == CliRunner().invoke(app, ["code", "--quiet"]).exit_code
    on_disk = hrcode.read_results("results")
    assert (on_disk.segments, on_disk.codings, on_disk.run["settings"]) == (
        in_python.segments,
        in_python.codings,
        in_python.run["settings"],
    )
    assert ("town", "turn") == (in_python.run["settings"]["group_by"], in_python.run["settings"]["unit"])


def test_load_study_what_is_named_goes_before_what_is_settled(folder, tmp_path):
    write_files(tmp_path / "more", {"other.yaml": codebook_text({"food/cooks": ["sea"]}, name="other")})
    found = hrcode.load_study(
        folder, transcripts=[folder / "interviews" / "B2.txt"], codebook=tmp_path / "more" / "other.yaml"
    )
    coded = found.code(unit="sentence", group_by="group")
    assert (1, "other", {"sentence"}) == (
        len(found.transcripts),
        found.codebook.id,
        {segment.unit for segment in coded.segments},
    )
    assert ["sea"] == [coding.evidence for coding in coded.codings]


def test_load_study_by_convention(tmp_path):
    write_files(
        tmp_path,
        {"transcripts/S1.txt": "S1: I cook soup.\n", "codebooks/k.yaml": codebook_text(KITCHEN)},
    )
    assert 2 == len(hrcode.load_study(tmp_path).code().codings)


@pytest.mark.parametrize(
    ("files", "where", "error", "words"),
    [
        ({}, "nowhere", StudyError, "no such folder"),
        ({}, ".", StudyError, "Name the transcripts"),
        ({"study.yaml": "transcript: x\n"}, ".", StudyError, "Did you mean transcripts?"),
        ({"transcripts/S1.txt": "S1: Hello.\n", "codebooks/a.yaml": "", "codebooks/b.yaml": ""}, ".",
         CodebookError, "holds 2 codebooks"),
    ],
)  # fmt: skip
def test_load_study_says_what_is_missing(tmp_path, files, where, error, words):
    write_files(tmp_path, files)
    with pytest.raises(error, match=words.replace("?", r"\?")):
        hrcode.load_study(tmp_path / where)


def test_summary_counts_each_group(tmp_path):
    coded = hrcode.load_study(make_study(tmp_path), transcripts=[tmp_path / "interviews"],
                              codebook=tmp_path / "kitchen.yaml").code()  # fmt: skip
    lines = str(coded).splitlines()
    assert "A: 1 participant, 2 segments, 9 words, 2 codings" == lines[1]
    assert lines[-1].startswith("3 of 4 subcategories observed, 1 near miss.")


ODD = ["<script>alert(1)</script>", "a & b", "w" * 500, "two\nlines", "שלום"]


@pytest.mark.parametrize("names", [[], ["A"], ODD, [f"group {i}" for i in range(40)]])
def test_summaries_fit_a_screen_whatever_the_groups(names):
    coded = study(names) if names else make_coded({}, [], [], FRAME)
    assert 1 == len(repr(coded).splitlines())
    lines = str(coded).splitlines()
    assert len(lines) <= 16
    assert max(map(len, lines)) <= 100


def test_summary_in_html_holds_text_not_markup():
    page = ElementTree.fromstring(f"<div>{study(ODD)._repr_html_()}</div>")
    assert "<script>alert(1)</scrip…" in [cell.text for cell in page.iter("th")]
    assert {"div", "p", "table", "tr", "td", "th"} >= {element.tag for element in page.iter()}


def test_no_value_prints_transcripts_in_full(tmp_path):
    found = hrcode.load_study(make_study(tmp_path), transcripts=[tmp_path / "interviews"])
    coded = found.code()
    for value in (found, found.transcripts, next(iter(found.transcripts)), found.codebook, coded):
        assert len(repr(value)) < 400
        assert "bake bread" not in repr(value) + str(value)
    shown = repr(hrcode.explain(hrcode.load_codebook("harm_reduction"), "Nobody can force him."))
    assert ("Subcategory(autonomy/no_coercion)" in shown, len(shown) < 20_000) == (True, True)


TABLES = {
    "compare": hrcode.compare,
    "differences": hrcode.differences,
    "sensitivity": hrcode.sensitivity,
    "matrix": hrcode.matrix,
    "cooccur": hrcode.cooccur,
    "coverage": hrcode.coverage,
    "uncoded": hrcode.uncoded,
    "keywords": hrcode.keywords,
    "quotes": hrcode.quotes,
    "kwic": lambda coded, **more: hrcode.kwic(coded, "word", **more),
}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_its_unit_base_and_filter(table):
    found = TABLES[table](study(["A", "A", "B", "B"])).attrs
    assert ("group", "", "sentence", {"A": 2, "B": 2}) == tuple(
        found[key] for key in ("by", "where", "unit", "groups")
    )
    assert isinstance(found["warnings"], list)
    fewer = TABLES[table](study(["A", "A", "B", "B", "C"]), where="group!=C").attrs
    assert ({"A": 2, "B": 2}, "group!=C") == (fewer["groups"], fewer["where"])
