"""All tables of a study in one go: what is in them, their data dictionary, and nobody else's files lost."""

import csv
import hashlib
import io
import json
import os
import re
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from builders import code_study, make_coded
from hrcode.analysis.compare import compare
from hrcode.analysis.readable import readable_comparison
from hrcode.cli.app import app
from hrcode.errors import ResultsError
from hrcode.exchange.export.data_package import hash_of
from hrcode.exchange.export.study_tables import TABLES, study_tables
from hrcode.exchange.export.write import export_tables
from hrcode.exchange.results import write_results
from hrcode.exchange.tables import BOOKS, ENDINGS, WRITERS
from reading_back import READERS, read_xlsx
from test_formats import in_common

FILES = {
    "A1.txt": "I: Do you cook soup?\nA1: I cook soup daily. We never throw it away. =1+1 soup | a & b.\n",
    "A2.txt": "I: And you?\nA2: I like the sea.\n",
    "B1.txt": "I: And you?\nB1: I bake bread. I share the soup.\n\nThey throw bread away. שלום soup.\n",
    "participants.csv": "participant,group,town,age,text\nA1,A,north,41,x\nA2,A,south,5,y\nB1,B,north,,=z\n",
}
PAIR = make_coded(
    {"A1": {"group": "A", "town": "north"}, "B1": {"group": "B", "town": "south"}},
    [("A1", 5), ("", 5), ("A1 + B1", 5)],
    [(0, "food/cooks"), (2, "food/shares")],
    ["food/cooks", "food/shares"],
)
TIDY = ["participants", "transcripts", "segments", "codings", "near_misses", "comparison", "matrix_presence",
        "matrix_counts", "quotes", "cooccurrence"]  # fmt: skip
READABLE = ["comparison_readable", "quotes_readable"]


@pytest.fixture
def coded(tmp_path):
    return code_study(tmp_path / "interviews", FILES)


def sheets(coded, *layouts):
    return {sheet.name: sheet for sheet in study_tables(coded, layouts or TABLES)}


def records(sheet):
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows()]


def dictionary(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_export_has_the_tables_of_both_layouts(coded):
    assert [*TIDY, *READABLE] == [*sheets(coded)]


def test_export_says_what_every_column_of_the_tidy_tables_means(coded):
    for sheet in sheets(coded).values():
        assert [] == [column for column in sheet.columns if not sheet.meanings.get(column)]


def test_export_matrices_are_participants_by_subcategories(coded):
    presence, counts = (sheets(coded)[f"matrix_{name}"] for name in ("presence", "counts"))
    assert [("A1", 1), ("A2", 0), ("B1", 1)] == [
        (r["participant"], r["food/shares"]) for r in records(presence)
    ]
    assert [("A1", 2), ("A2", 0), ("B1", 2)] == [
        (r["participant"], r["food/shares"]) for r in records(counts)
    ]


def test_export_quotes_have_a_row_a_coding_with_attributes_and_labels(coded):
    rows = records(sheets(coded)["quotes"])
    assert {coding.coding_id for coding in coded.codings} == {row["coding_id"] for row in rows}
    (row,) = (row for row in rows if row["subcategory"] == "cooks" and row["participant"] == "A1")
    expected = {
        "group": "A", "town": "north", "age": 41, "attribute_text": "x", "category_label": "Food",
        "subcategory_label": "Cooks", "stance": "applies", "text": "I cook soup daily.",
        "evidence": "cook soup",
    }  # fmt: skip
    assert expected == {key: row[key] for key in expected}


def test_export_quotes_of_two_people_have_the_attributes_of_both():
    (row,) = (r for r in records(sheets(PAIR)["quotes"]) if r["subcategory"] == "shares")
    assert ("A1 + B1", "north + south") == (row["participant"], row["town"])


def test_export_has_a_group_that_the_transcripts_table_gives(tmp_path):
    about = "transcript,kind,participants,group\nplan,document,Ministry,offices\n"
    coded = code_study(tmp_path, {**FILES, "plan.txt": "Soup.\n", "transcripts.csv": about})
    groups = {row["transcript"]: row["attribute_group"] for row in records(sheets(coded)["transcripts"])}
    assert {"A1": "", "A2": "", "B1": "", "plan": "offices"} == groups


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["41", "5", ""], [41, 5, ""]),
        (["0.5", "1.0"], [0.5, 1.0]),
        (["1.10", "2.0"], ["1.10", "2.0"]),
        (["007", "1"], ["007", "1"]),
        (["1e5", "2"], ["1e5", "2"]),
        (["nan", "1"], ["nan", "1"]),
        (["1_000"], ["1_000"]),
        (["6", "many"], ["6", "many"]),
    ],
)
def test_export_attributes_are_numbers_only_where_nothing_is_lost(texts, expected):
    people = {f"P{i}": {"group": "A", "x": text} for i, text in enumerate(texts)}
    coded = make_coded(people, [(person, 5) for person in people], [], ["food/cooks"])
    assert expected == [row["x"] for row in records(sheets(coded)["participants"])]


def test_readable_comparison_has_a_row_a_code_and_the_numbers_of_the_tidy_one(coded):
    tidy = compare(coded)
    rows = readable_comparison(coded, tidy).to_dict("records")
    assert len(rows) == len(tidy) / 2
    found = {(row["Category"], row["Subcategory"], row["Stance"]): row for row in rows}
    labels = {(e.category, e.subcategory): (e.category_label, e.label) for e in coded.frame}
    for row in tidy.to_dict("records"):
        if row["level"] == "subcategory":
            read = found[(*labels[row["category"], row["subcategory"]], row["stance"])]
            n = f"{row['participants']} of {row['participants_total']}"
            assert (n, row["segments"], row["rate_mean"]) == (
                read[f"{row['group']}: n of N"],
                read[f"{row['group']}: segments"],
                read[f"{row['group']}: per 1,000 words"],
            )


def test_readable_comparison_puts_a_category_before_its_subcategories(coded):
    rows = readable_comparison(coded, compare(coded)).to_dict("records")
    names = [(row["Category"], row["Subcategory"]) for row in rows]
    assert [("Food", ""), ("Food", ""), ("Food", "Cooks")] == names[:3]
    assert ("Any category", "") == names[-1]


def test_readable_comparison_says_who_carries_a_group_and_what_is_fragile():
    people = {f"{group}{i}": group for group in "AB" for i in range(1, 5)}
    segments = [(person, 10) for person in people for _ in range(3)]
    codings = [(0, "food/cooks"), (1, "food/cooks"), (2, "food/cooks"), (3, "food/cooks")]
    coded = make_coded(people, segments, codings, ["food/cooks"])
    row = readable_comparison(coded, compare(coded, level="subcategory")).to_dict("records")[0]
    assert ("only in A (fragile)", "A1 (75% of A)") == (row["Pattern"], row["Carried by"])


@pytest.mark.parametrize("format_", WRITERS)
def test_export_of_every_format_is_described(coded, tmp_path, format_):
    written = export_tables(coded, tmp_path / "out", formats=[format_])
    package = dictionary(tmp_path / "out")
    assert "datapackage.json" == written[-1].name
    assert {path.name for path in written[:-1]} == {resource["path"] for resource in package["resources"]}
    for resource in package["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (
            resource["bytes"],
            resource["hash"],
        )
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "parquet", "xlsx"])
def test_export_tables_hold_the_same_in_every_format_for_programs(coded, tmp_path, format_):
    export_tables(coded, tmp_path / "out", formats=[format_])
    for sheet in study_tables(coded, TABLES):
        if format_ == "xlsx":
            head, rows = read_xlsx((tmp_path / "out" / "tables.xlsx").read_bytes(), sheet.name)
        else:
            content = (tmp_path / "out" / f"{sheet.name}.{format_}").read_bytes()
            head, rows = READERS[format_](content if format_ == "parquet" else content.decode())
        assert sheet.columns == [*head]
        assert [[*map(in_common, row)] for row in sheet.rows()] == [[*map(in_common, row)] for row in rows]


@pytest.mark.parametrize("pair", [False, True])
def test_export_data_package_is_valid_by_frictionless(coded, tmp_path, pair):
    import frictionless

    export_tables(PAIR if pair else coded, tmp_path / "out", formats=["csv", "tsv", "xlsx", "docx"])
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert [] == report.flatten(["name", "type", "message"])
    assert report.valid
    assert len(report.tasks) == 3 * len([*TIDY, *READABLE]) + 1


def schema(package, name):
    (found,) = (resource["schema"] for resource in package["resources"] if resource["name"] == name)
    return found


def test_export_data_package_states_keys_where_they_hold(coded, tmp_path):
    export_tables(coded, tmp_path / "out")
    package = dictionary(tmp_path / "out")
    assert "coding_id" == schema(package, "codings")["primaryKey"]
    assert {"participants", "segments", "transcripts"} == {
        key["reference"]["resource"] for key in schema(package, "codings")["foreignKeys"]
    }
    assert {"name": "words", "type": "integer"}.items() <= schema(package, "segments")["fields"][9].items()


def test_export_data_package_does_not_state_keys_that_do_not_hold(tmp_path):
    twice = replace(PAIR, codings=(*PAIR.codings, PAIR.codings[0]))
    export_tables(twice, tmp_path / "out")
    package = dictionary(tmp_path / "out")
    assert "primaryKey" not in schema(package, "codings")
    assert {"segments", "transcripts"} == {
        key["reference"]["resource"] for key in schema(package, "codings")["foreignKeys"]
    }


def test_export_is_the_same_bytes_every_time(coded, tmp_path):
    for name in ("one", "two"):
        export_tables(coded, tmp_path / name, formats=[*WRITERS])
    contents = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    ]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("format_", BOOKS)
def test_export_to_one_file_and_again(coded, tmp_path, format_):
    path = tmp_path / f"study{ENDINGS[format_]}"
    assert [path] == export_tables(coded, path)
    first = path.read_bytes()
    export_tables(coded, path)
    assert [first, [path.name]] == [path.read_bytes(), [p.name for p in tmp_path.iterdir() if p.is_file()]]


def test_export_for_reading_has_the_readable_tables_unless_told_otherwise(coded, tmp_path):
    for layout, heads in ((None, 2), ("readable", 2), ("tidy", len(TIDY))):
        export_tables(coded, tmp_path / "out", formats=["md"], layout=layout)
        text = (tmp_path / "out" / "tables.md").read_text(encoding="utf-8")
        assert heads == text.count("\n## ")


FOREIGN = {
    "a table of one's own": ({"out/codings.csv": "mine"}, "out", "codings.csv"),
    "a dictionary of one's own": ({"out/datapackage.json": '{"name": "mine"}'}, "out", "datapackage.json"),
    "a broken dictionary": ({"out/datapackage.json": "{"}, "out", "datapackage.json"),
    "a file where the folder should be": ({"out": "mine"}, "out", "is a file"),
    "a file of one's own": ({"study.md": "# About hrcode, mine"}, "study.md", "hrcode did not export it"),
    "no workbook": ({"study.xlsx": "mine"}, "study.xlsx", "hrcode did not export it"),
    "a file's folder is a file": ({"out": "mine"}, "out/study.xlsx", "is a file"),
}


@pytest.mark.parametrize(("files", "out", "words"), FOREIGN.values(), ids=FOREIGN)
def test_export_never_overwrites_what_is_not_its_own(coded, tmp_path, files, out, words):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    with pytest.raises(ResultsError, match=words):
        export_tables(coded, tmp_path / out)
    assert files == {name: (tmp_path / name).read_text() for name in files}


def test_export_never_overwrites_a_workbook_that_somebody_saved(coded, tmp_path):
    from openpyxl import load_workbook

    path = tmp_path / "study.xlsx"
    export_tables(coded, path)
    book = load_workbook(path)
    book["comparison"]["A2"] = "my note"
    book.save(path)
    with pytest.raises(ResultsError, match="Choose another --out"):
        export_tables(coded, path)


def test_export_leaves_results_alone(coded, tmp_path):
    write_results(coded, tmp_path / "results")
    before = {path.name: path.read_bytes() for path in (tmp_path / "results").iterdir()}
    with pytest.raises(ResultsError, match="holds results of a run"):
        export_tables(coded, tmp_path / "results")
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "results").iterdir()}


def test_export_replaces_an_earlier_one_and_leaves_other_files(coded, tmp_path):
    export_tables(coded, tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    export_tables(replace(coded, codings=()), tmp_path / "out")
    assert "mine" == (tmp_path / "out" / "notes.txt").read_text()
    assert 1 == len((tmp_path / "out" / "codings.csv").read_text(encoding="utf-8").splitlines())


def test_export_removes_what_an_earlier_one_wrote_and_nobody_changed(coded, tmp_path):
    export_tables(coded, tmp_path / "out", formats=["csv"])
    (tmp_path / "out" / "quotes.csv").write_text("my notes")
    (tmp_path / "out" / "own.csv").write_text("mine")
    export_tables(coded, tmp_path / "out", formats=["docx"])
    assert ["datapackage.json", "own.csv", "quotes.csv", "tables.docx"] == sorted(
        os.listdir(tmp_path / "out")
    )


@pytest.mark.parametrize("path", ["../own.csv", "/own.csv", "sub/own.csv", "", None, 5, ["own.csv"]])
def test_export_removes_nothing_that_a_forged_dictionary_points_to(coded, tmp_path, path):
    (tmp_path / "out" / "sub").mkdir(parents=True)
    for folder in (tmp_path, tmp_path / "out" / "sub"):
        (folder / "own.csv").write_text("mine")
    forged = {"hrcode": {}, "resources": [{"path": path, "hash": hash_of(b"mine")}, "own.csv", 3]}
    forged = forged if path is not None else {"hrcode": {}, "resources": 5}
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps(forged))
    export_tables(coded, tmp_path / "out")
    assert (tmp_path / "own.csv").exists()
    assert (tmp_path / "out" / "sub" / "own.csv").exists()


STUDIES = {
    "nobody": ({}, [], []),
    "nobody speaks": ({"P1": "A"}, [("", 5)], []),
    "one": ({"P1": "A"}, [("P1", 5)], [(0, "food/cooks")]),
    "forty groups": (
        {f"P{i}": f"=G{i} | & <b>" for i in range(40)}, [(f"P{i}", 5) for i in range(40)],
        [(0, "food/cooks"), (1, "food/cooks")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("people", "segments", "codings"), STUDIES.values(), ids=STUDIES)
def test_export_of_odd_studies(tmp_path, people, segments, codings):
    coded = make_coded(people, segments, codings, ["food/cooks", "-food/wastes"])
    export_tables(coded, tmp_path / "out", formats=[*WRITERS])
    for name in ("comparison", "quotes", "comparison_readable"):
        text = (tmp_path / "out" / f"{name}.csv").read_text(encoding="utf-8")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not {"nan", "NaN", "None", "inf"} & {*cells}
        assert not any(cell.startswith(("=", "@")) for cell in cells)


HIDDEN = make_coded(
    {
        "A1": {"group": "A", "job": "nurse"},
        "A2": {"group": "A", "job": "cook"},
        "Zoe": {"group": "Z", "job": "spy"},
    },
    [("A1", 5), ("A2", 5), ("A2 + Zoe", 5), ("Zoe", 5), ("", 5)],
    [(0, "food/cooks"), (1, "food/cooks"), (2, "food/shares"), (3, "food/cooks")],
    ["food/cooks", "food/shares"],
)


@pytest.mark.parametrize("format_", ["csv", "json", "md", "html"])
def test_export_leaves_small_groups_out_of_every_table(tmp_path, format_):
    export_tables(HIDDEN, tmp_path / "all", formats=[format_])
    export_tables(HIDDEN, tmp_path / "out", formats=[format_], hide_below=2)
    text, everything = (
        " ".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / name).iterdir()))
        for name in ("out", "all")
    )
    assert "Zoe" in everything
    assert not re.search(r"Zoe|\bZ\b|spy", text)
    assert "1 group of fewer than 2 participants left out" in text


def test_export_with_small_groups_left_out_has_the_counts_of_the_others(tmp_path):
    export_tables(HIDDEN, tmp_path / "out", hide_below=2)
    rows = csv.DictReader(io.StringIO((tmp_path / "out" / "comparison.csv").read_text(encoding="utf-8")))
    assert {("A", "2", "2", "0")} == {
        (r["group"], r["participants_total"], r["segments_total"], r["segments"])
        for r in rows
        if r["subcategory"] == "shares"
    }


def run(*args):
    return CliRunner().invoke(app, [*args], prog_name="hrcode", env={"COLUMNS": "80", "NO_COLOR": "1"})


@pytest.fixture
def folder(coded, tmp_path, monkeypatch):
    write_results(coded, tmp_path / "results")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_cli_export(folder):
    done = run("export", "results", "--format", "csv", "--format", "xlsx")
    assert (0, "") == (done.exit_code, done.stdout)
    assert "Wrote tables/: participants.csv" in done.stderr
    assert {"datapackage.json", "tables.xlsx", "codings.csv"} <= {*os.listdir(folder / "tables")}


def test_cli_export_to_one_file(folder):
    assert (0, "Wrote study.xlsx\n") == (
        (done := run("export", "--out", "study.xlsx")).exit_code,
        done.stderr,
    )


WRONG = {
    "unknown format": (["--format", "xls"], "Did you mean xlsx?"),
    "unknown layout": (["--layout", "wide"], "readable"),
    "one table a file": (["--out", "study.csv"], "name a folder"),
    "two formats in a file": (["--out", "study.xlsx", "--format", "csv"], "name a folder"),
    "into the results": (["--out", "results"], "of its own"),
    "no results": (["nowhere"], "nowhere"),
    "everybody hidden": (["--hide-below", "9"], "nothing could be shown"),
}


@pytest.mark.parametrize(("args", "words"), WRONG.values(), ids=WRONG)
def test_cli_export_wrong_options_say_what_is_right_and_write_nothing(folder, args, words):
    before = sorted(folder.rglob("*"))
    done = run("export", *args)
    assert (2, "") == (done.exit_code, done.stdout)
    assert words in " ".join(done.stderr.split())
    assert before == sorted(folder.rglob("*"))


@pytest.mark.parametrize("command", [["compare"], ["compare", "--count", "event"], ["quotes"]], ids=" ".join)
def test_cli_readable_layout(folder, command):
    head = run(*command, "--layout", "readable", "--format", "csv").stdout.splitlines()[0]
    assert head.startswith("Category,Subcategory,Stance,")
    assert run(*command, "--layout", "readable").stdout == run(*command).stdout


@pytest.mark.parametrize("more", ["--differences", "--p", "--sensitivity"])
def test_cli_readable_layout_is_for_the_comparison(folder, more):
    done = run("compare", more, "--layout", "readable", "--format", "csv")
    assert (2, "") == (done.exit_code, done.stdout)
