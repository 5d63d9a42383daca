"""The sample as articles print it; expected figures are counted by hand, or by another way than hrcode's."""

import csv
import io
import json
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import hrcode
from builders import KITCHEN, codebook_text, make_codebook, write_files
from hrcode.analysis.people_list import list_participants
from hrcode.analysis.sample import HIDDEN, Cell, hide, sample_table
from hrcode.cli.app import app
from hrcode.errors import StudyError
from hrcode.transcripts.attributes import Attribute, banded
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.sampling import Sampling

# 22 invented people in the proportions of a published sample: 18 women and 4 men, mean age 40.5 (25-62),
# median of 12 years in practice (1-31). Sums were done on paper: the ages add up to 891, and 891 / 22 = 40.5.
AGES = [25, 27, 29, 30, 31, 33, 34, 35, 36, 38, 39, 40, 41, 42, 44, 46, 48, 49, 50, 55, 57, 62]
YEARS = [1, 2, 2, 3, 4, 5, 6, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 20, 22, 25, 28, 31]
WAVES = ["2019"] * 12 + ["2022"] * 10


def many(folder):
    rows = ["participant,group,gender,age,years"]
    for i, (age, years, group) in enumerate(zip(AGES, YEARS, WAVES, strict=True), start=1):
        rows.append(f"S{i},{group},{'man' if (i % 6 == 0 and i < 20) or i == 21 else 'woman'},{age},{years}")
    files = {f"S{i}.txt": f"I: Hm?\nS{i}: Word number {i}.\n" for i in range(1, 23)}
    return load_transcripts(write_files(folder, {**files, "participants.csv": "\n".join(rows) + "\n"}))


def cells(table, column="total"):
    return {(row["attribute"], row["value"]): row[column] for row in table.to_dict("records")}


def test_sample_of_a_published_shape(tmp_path):
    assert sum(AGES) == 891
    found = cells(sample_table(many(tmp_path)))
    assert found == {
        ("participants", "n"): 22,
        ("gender", "man"): 4,
        ("gender", "woman"): 18,
        ("age", "mean"): 40.5,
        ("age", "sd"): round(statistics.stdev(AGES), 2),
        ("age", "median"): 39.5,
        ("age", "min"): 25,
        ("age", "max"): 62,
        ("years", "mean"): round(sum(YEARS) / 22, 2),
        ("years", "sd"): round(statistics.stdev(YEARS), 2),
        ("years", "median"): 12,
        ("years", "min"): 1,
        ("years", "max"): 31,
    }


FILES = {
    "L1.txt": "I: Hm?\nL1: One two three.\nI: And?\nL1: Four.\n",
    "L2.txt": "I: Hm?\nL2: One two.\n",
    "both.txt": "I: Hm?\nS1: Five six seven.\nL2: Eight.\n",
    "participants.csv": "participant,group,gender,age,degree,met,note,consent\n"
    "L1,L,woman,30,none,2022-01-31,a,yes\nL2,L,,40,master,2021-12-01,b,yes\nS1,S,man,,bachelor,,c,yes\n",
}
DECLARED = {
    "age": Attribute("number"),
    "degree": Attribute("ordered", ("none", "bachelor", "master")),
    "met": Attribute("date"),
    "band": Attribute("ordered", banded([30, 40]).order, source="age", bands=(30, 40)),
}


def load(folder, files=FILES):
    return load_transcripts(write_files(folder, files), sampling=Sampling(DECLARED))


def test_sample_by_group_with_what_is_missing(tmp_path):
    table = sample_table(load(tmp_path), attributes=["gender", "age", "degree", "met", "band"])
    assert [
        ["participants", "n", 2, 1, 3],
        ["gender", "man", 0, 1, 1],
        ["gender", "woman", 1, 0, 1],
        ["gender", "missing", 1, 0, 1],
        ["age", "mean", 35, "", 35],
        ["age", "sd", 7.07, "", 7.07],
        ["age", "median", 35, "", 35],
        ["age", "min", 30, "", 30],
        ["age", "max", 40, "", 40],
        ["age", "missing", 0, 1, 1],
        ["degree", "none", 1, 0, 1],
        ["degree", "bachelor", 0, 1, 1],
        ["degree", "master", 1, 0, 1],
        ["met", "first", "2021-12-01", "", "2021-12-01"],
        ["met", "last", "2022-01-31", "", "2022-01-31"],
        ["met", "missing", 0, 1, 1],
        ["band", "30-39", 1, 0, 1],
        ["band", "40+", 1, 0, 1],
        ["band", "missing", 0, 1, 1],
    ] == table.to_numpy().tolist()
    assert ["attribute", "value", "L", "S", "total"] == [*table.columns]


def test_sample_columns_stand_in_the_declared_order(tmp_path):
    table = sample_table(load(tmp_path), by="degree")
    assert ["none", "bachelor", "master", "total"] == [*table.columns][2:]
    assert ["30-39", "40+", "(not stated)"] == [*sample_table(load(tmp_path), by="band").columns][2:-1]


def test_sample_of_transcripts_and_of_results_is_the_same(tmp_path):
    material = load(tmp_path)
    coded = hrcode.code(material, make_codebook(KITCHEN))
    hrcode.write_results(coded, tmp_path / "results")
    tables = [sample_table(one) for one in (material, coded, hrcode.read_results(tmp_path / "results"))]
    assert tables[0].equals(tables[1])
    assert tables[0].equals(tables[2])
    lists = [list_participants(one) for one in (material, coded)]
    assert [*lists[0]["words"]] == [*lists[1]["words"]]


def test_sample_consent_is_no_row_unless_asked_for(tmp_path):
    assert "consent" not in set(sample_table(load(tmp_path))["attribute"])
    assert {"consent"} < set(sample_table(load(tmp_path), attributes=["consent"])["attribute"])


def test_sample_text_of_many_values_is_named_not_shown(tmp_path):
    people = "".join(f"S{i},{i} is a long story\n" for i in range(20))
    files = {f"S{i}.txt": f"S{i}: Hm {i}.\n" for i in range(20)}
    table = sample_table(load(tmp_path, {**files, "participants.csv": "participant,note\n" + people}))
    assert ["participants"] == [*table["attribute"]]
    assert "note (20 different values)" in table.attrs["warnings"][0]


def test_sample_filter(tmp_path):
    assert 2 == cells(sample_table(load(tmp_path), where="degree>=bachelor"))["participants", "n"]


def test_sample_group_that_is_called_total(tmp_path):
    files = {"a.txt": "a: Hm.\nb: Oh.\n", "participants.csv": "participant,group\na,total\nb,value\n"}
    assert ["attribute", "value", "total (group)", "value (group)", "total"] == [
        *sample_table(load(tmp_path, files)).columns
    ]


@pytest.mark.parametrize("options", [{"by": "gendr"}, {"attributes": ["gendr"]}, {"where": "gendr=man"}])
def test_sample_slip_is_hinted(tmp_path, options):
    with pytest.raises(StudyError, match="Did you mean gender"):
        sample_table(load(tmp_path), **options)


def test_list_counts_words_turns_and_transcripts(tmp_path):
    table = list_participants(load(tmp_path))
    assert [["L1", "L", 4, 2, "L1"], ["L2", "L", 3, 2, "L2, both"], ["S1", "S", 3, 1, "both"]] == (
        table[["participant", "group", "words", "turns", "transcripts"]].to_numpy().tolist()
    )
    assert "2022-01-31" == table.loc[0, "met"]


# Hiding: nothing that is shown may add up to what is hidden.
CROWD = {
    **{f"{g}{i}.txt": f"{g}{i}: Word {g}{i}.\n" for g, n in (("A", 6), ("B", 5), ("C", 1)) for i in range(n)},
    "participants.csv": "participant,group,gender,age\n"
    + "".join(
        f"{g}{i},{g},{'man' if (g, i) == ('A', 0) or (g == 'B' and i < 2) else 'woman'},{30 + i}\n"
        for g, n in (("A", 6), ("B", 5), ("C", 1))
        for i in range(n)
    ),
}


def test_hidden_small_counts_cannot_be_taken_from_others(tmp_path):
    table = sample_table(load(tmp_path, CROWD), hide_below=2)
    assert ["A", "B", "total"] == [*table.columns][2:]
    assert [6, 5, 11] == [cells(table, column)["participants", "n"] for column in ("A", "B", "total")]
    # One man in A: neither he, nor the women, nor the total that B could be taken from.
    for value in ("man", "woman"):
        assert [HIDDEN, {"man": 2, "woman": 3}[value], HIDDEN] == [
            cells(table, column)["gender", value] for column in ("A", "B", "total")
        ]
    assert {HIDDEN} == {cells(table, column)["age", "min"] for column in ("A", "B", "total")}
    assert 32.5 == cells(table, "A")["age", "mean"]
    assert any("1 group of fewer than 2 participants" in warning for warning in table.attrs["warnings"])
    assert not any("C" in warning.split() for warning in table.attrs["warnings"])


def test_hidden_people_are_in_no_list(tmp_path):
    assert {"A", "B"} == set(list_participants(load(tmp_path, CROWD), hide_below=2)["group"])


@pytest.mark.parametrize("below", [1, -1, 99])
def test_hidden_what_cannot_be_hidden_is_refused(tmp_path, below):
    with pytest.raises(StudyError):
        sample_table(load(tmp_path, CROWD), hide_below=below)


@pytest.fixture
def study(tmp_path, monkeypatch):
    write_files(tmp_path / "transcripts", FILES)
    write_files(
        tmp_path,
        {"study.yaml": 'attributes: {age: number, degree: [none, bachelor, master]}\ninclude: ["age>=35"]\n'},
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def run(*args):
    return CliRunner().invoke(app, ["participants", *args])


def test_cli_participants_prints_the_sample(study):
    done = run()
    assert 0 == done.exit_code
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert {"L S total", "Participants 2 1 3", "mean (SD) 35 (7.07) 35 (7.07)", "range 30-40 30-40"} <= set(
        lines
    )
    assert "L1 does not fulfil age>=35 (age: 30)" in done.stderr
    assert "S1 does not fulfil age>=35 (age: not stated)" in done.stderr
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_cli_participants_formats(study):
    rows = [*csv.reader(io.StringIO(run("transcripts", "--format", "csv").stdout))]
    assert ["participants", "n", "2", "1", "3"] == rows[1]
    assert {"L": 2, "S": 1} == json.loads(run("--format", "json").stdout)["groups"]
    assert run("--format", "md").stdout.startswith("| attribute | value | L | S | total |")


def test_cli_participants_list(study):
    done = run("--list")
    assert 0 == done.exit_code
    assert "L2, both" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_cli_participants_of_results(study):
    (study / "book.yaml").write_text(codebook_text(KITCHEN))
    assert 0 == CliRunner().invoke(app, ["code", "--codebook", "book.yaml"]).exit_code
    assert run("--format", "csv").stdout == run("results", "--format", "csv").stdout


def test_cli_participants_many_groups_fit_a_terminal(study):
    people = "".join(f"P{i},a group with a long name {i}\n" for i in range(9))
    files = {f"P{i}.txt": f"P{i}: Hm {i}.\n" for i in range(9)}
    write_files(study / "many", {**files, "participants.csv": "participant,group\n" + people})
    (study / "study.yaml").unlink()
    done = run("many")
    assert 0 == done.exit_code
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "name 8" in " ".join(done.stdout.split())


SLIPS = ["nowhere", "--by gendr", "--attributes gendr", "--hide-below 1", "--where age>old"]


@pytest.mark.parametrize("args", SLIPS)
def test_cli_participants_slips(study, args):
    done = run(*args.split())
    assert 2 == done.exit_code
    assert "Traceback" not in done.output


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["", "x", "y", "z"])), min_size=1, max_size=30),
    st.integers(2, 5),
)
def test_hidden_counts_cannot_be_worked_out(people, below):
    """Whatever is hidden is so with all that it adds up with: its group's counts, and the total."""
    values = ["x", "y", "z", ""]
    columns = [[v for g, v in people if g == group] for group in "AB"] + [[v for _, v in people]]
    cells = [[Cell(v, own.count(v), "count") for v in values] for own in columns]
    shown = hide(cells, [sum(map(bool, own)) for own in columns], below)
    hidden = [{cell.value == HIDDEN for cell in own} for own in shown]
    assert all(len(states) == 1 for states in hidden)
    small = [any(0 < own.count(v) < below for v in values) for own in columns]
    assert [{is_small} for is_small in small[:2]] == hidden[:2]
    assert {any(small)} == hidden[2]
