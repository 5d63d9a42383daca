"""The command line as a user calls it."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from builders import KITCHEN, KITCHEN_FILES, codebook_text, make_study, write_files
from hrcode.cli import commands
from hrcode.cli.app import app
from hrcode.schema import COMPARISON

CODE = ("code", "interviews", "--codebook", "kitchen.yaml")


def paths(command, path):
    """A command and those below it, as they are typed."""
    yield [*path]
    for name, below in getattr(command, "commands", {}).items():
        yield from paths(below, (*path, name))


COMMANDS = [[], *(path for name in commands.COMMANDS for path in paths(commands.load_command(name), (name,)))]


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERMINAL_WIDTH", "GITHUB_ACTIONS", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path))
    return tmp_path


@pytest.fixture
def coded(study):
    assert 0 == run(*CODE).exit_code
    return study


def run(*args, **options):
    return CliRunner().invoke(app, [*args], prog_name="hrcode", **options)


def start(*args, cwd, env=None, **options):
    """Start the real command; the result's output is text."""
    return subprocess.run(
        [sys.executable, "-m", "hrcode", *args],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        **options,
    )


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


# What works.


def test_cli_code_writes_results_and_prints_the_comparison(study):
    done = run(*CODE)
    assert (0, True, True) == (
        done.exit_code,
        "Cooks" in done.stdout,
        (study / "results" / "codings.csv").exists(),
    )


def test_cli_code_talks_on_stderr_alone(study):
    done = run(*CODE, "--format", "csv")
    assert (18, True) == (len(rows_of(done.stdout)), "results" in done.stderr)


def test_cli_code_takes_files_and_another_folder(study):
    done = run(
        "code", "interviews/A1.txt", "interviews/B1.txt", "--codebook", "kitchen.yaml", "--out", "deep/er"
    )
    assert (0, True) == (done.exit_code, (study / "deep" / "er" / "run.json").exists())


def test_cli_code_names_the_next_command(study):
    done = run(*CODE, "--out", "mine")
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Next: hrcode ")]
    assert 0 == run(*line.removeprefix("Next: hrcode ").split()).exit_code


def test_cli_code_next_command_copes_with_a_blank_in_the_folder(study):
    done = run(*CODE, "--out", "my results")
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Next: hrcode ")]
    assert "'my results'" in line or '"my results"' in line


@pytest.mark.parametrize(
    ("said", "next_"),
    [("We dig.", "quotes --category garden"), ("Hello.", "uncoded --show segments")],
    ids=["the first category is not observed", "nothing is coded"],
)
def test_cli_code_next_command_has_something_to_show(study, said, next_):
    for path in (study / "interviews").glob("*.txt"):
        path.unlink()
    (study / "interviews" / "A1.txt").write_text(f"A1: {said}\n", encoding="utf-8")
    assert f"Next: hrcode {next_}\n" in run(*CODE).stderr


@pytest.mark.parametrize("format_", ["xlsx", "docx", "parquet"])
def test_cli_code_format_that_is_no_text_says_what_to_run_instead(study, format_):
    done = run(*CODE, "--format", format_)
    told = f"hrcode compare RESULTS --out comparison.{format_}"
    assert (2, True, False) == (done.exit_code, told in done.stderr, (study / "results").exists())


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_cli_code_quiet_prints_nothing(study, flag):
    write_files(study, {"interviews/participants.csv": KITCHEN_FILES["participants.csv"] + "Z9,Z,north\n"})
    done = run(*CODE, flag)
    assert (0, "", "") == (done.exit_code, done.stdout, done.stderr)


def test_cli_code_verbose_names_versions(study):
    assert "Python" in run(*CODE, "--verbose").stderr


def test_cli_code_without_arguments_uses_study_yaml(study):
    write_files(
        study, {"study.yaml": "transcripts: interviews\ncodebook: kitchen.yaml\ngroup_by: town\nout: there\n"}
    )
    done = run("code", "--format", "csv")
    assert (0, {"north", "south"}) == (done.exit_code, {row["group"] for row in rows_of(done.stdout)})


def test_cli_code_option_goes_before_study_yaml(study):
    write_files(study, {"study.yaml": "group_by: town\nout: there\n"})
    done = run(*CODE, "--group-by", "group", "--out", "here", "--format", "csv")
    assert ({"A", "B"}, False) == ({row["group"] for row in rows_of(done.stdout)}, (study / "there").exists())


def test_cli_code_uses_the_only_codebook_of_the_study(study):
    write_files(study, {"codebooks/own.yaml": codebook_text(KITCHEN, name="own")})
    assert "own.yaml" in run("code", "interviews").stderr


@pytest.mark.parametrize("unit", ["sentence", "turn", "paragraph"])
def test_cli_code_unit(study, unit):
    run(*CODE, "--unit", unit)
    assert {unit} == {row["unit"] for row in rows_of((study / "results" / "segments.csv").read_text())}


def test_cli_code_twice_gives_the_same_bytes(coded):
    before = files_of(coded / "results")
    run(*CODE)
    assert before == files_of(coded / "results")


def test_cli_code_participant_without_a_transcript_is_a_warning(study):
    write_files(study, {"interviews/participants.csv": KITCHEN_FILES["participants.csv"] + "Z9,Z,north\n"})
    done = run(*CODE)
    assert (0, True) == (done.exit_code, "Z9" in done.stderr)


def test_cli_code_results_inside_the_transcripts_are_not_read_again(study):
    assert [0, 0] == [run(*CODE, "--out", "interviews/results").exit_code for _ in range(2)]


def test_cli_code_and_compare_print_the_same(study):
    assert run(*CODE, "--format", "csv").stdout == run("compare", "--format", "csv").stdout


def test_cli_compare_csv_has_the_columns_of_the_schema(coded):
    assert [*COMPARISON] == list(rows_of(run("compare", "--format", "csv").stdout)[0])


def test_cli_compare_json_parses_and_says_its_rule(coded):
    found = json.loads(run("compare", "--format", "json").stdout)
    assert (18, True) == (len(found["rows"]), "predominant" in found["rule"])


def test_cli_compare_markdown_is_a_table(coded):
    lines = run("compare", "--format", "md").stdout.splitlines()
    assert (20, {21}) == (len(lines), {line.count("|") for line in lines})


def test_cli_compare_by_and_level(coded):
    found = rows_of(
        run("compare", "results", "--by", "town", "--level", "category", "--format", "csv").stdout
    )
    assert ({"north", "south"}, {"category"}) == ({r["group"] for r in found}, {r["level"] for r in found})


@pytest.mark.parametrize("kind", ["csv", "md", "json"])
def test_cli_compare_out_is_what_would_be_printed(coded, kind):
    done = run("compare", "--format", kind, "--out", f"tables/all.{kind}")
    printed = run("compare", "--format", kind).stdout
    assert ("", printed) == (done.stdout, (coded / "tables" / f"all.{kind}").read_text(encoding="utf-8"))


def test_cli_compare_out_replaces_a_file_and_leaves_no_other(coded):
    write_files(coded, {"tables/all.csv": "old"})
    run("compare", "--format", "csv", "--out", "tables/all.csv")
    assert ["all.csv"] == os.listdir(coded / "tables")


def test_cli_quotes_marks_the_evidence(coded):
    assert "»cook soup«" in run("quotes", "--category", "food/cooks").stdout


@pytest.mark.parametrize(
    ("options", "people"),
    [
        (["--category", "food/cooks"], ["A1", "B1"]),
        (["--category", "food/cooks", "--group", "B"], ["B1"]),
        (["--participant", "A1", "--category", "food/cooks"], ["A1"]),
        (["--category", "garden"], []),
        (["--category", "food", "--limit", "1"], ["A1"]),
    ],
)
def test_cli_quotes_filters(coded, options, people):
    assert people == [
        row["participant"] for row in rows_of(run("quotes", *options, "--format", "csv").stdout)
    ]


def test_cli_quotes_json_parses(coded):
    found = json.loads(run("quotes", "--format", "json", "--limit", "2").stdout)
    assert (2, True) == (len(found["rows"]), found["total"] > 2)


def test_cli_quotes_says_when_there_are_none(coded):
    done = run("quotes", "--category", "garden")
    assert (0, "", True) == (done.exit_code, done.stdout, "No codings" in done.stderr)


def test_cli_quotes_says_how_to_see_the_rest(coded):
    assert "--limit" in run("quotes", "--limit", "1").stderr


def test_cli_version():
    assert re.fullmatch(r"hrcode \d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.mark.parametrize(("name", "entry"), commands.COMMANDS.items())
def test_cli_list_of_commands_says_what_each_says_of_itself(name, entry):
    assert entry[1] == commands.sentence(commands.load_command(name))


def test_cli_help_lists_every_command_and_its_whole_sentence():
    shown = " ".join(run("--help").stdout.split())
    assert [] == [name for name, (_, text) in commands.COMMANDS.items() if f"{name} {text}" not in shown]


def test_cli_a_misspelt_command_is_guessed():
    done = run("comprae")
    assert (2, True) == (done.exit_code, "'compare'" in done.stderr)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_cli_help_holds_an_example(command, flag):
    done = run(*command, flag)
    assert (0, True) == (done.exit_code, "Example: hrcode" in done.stdout)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_cli_help_fits_80_columns(command):
    assert 80 >= max(map(len, run(*command, "--help").stdout.splitlines()))


# The look of it.

LONG = {
    "kitchen_work_with_a_long_name/cooks_soup_for_everybody_in_the_whole_long_street": ["cook soup", "soup"],
    "-kitchen_work_with_a_long_name/" + "w" * 60: [
        "(throw|drop|pour|hand|carry|bring|take) ... (away|off|over|out|down)"
    ],
}
LONG_TALK = (
    "I cook soup " + "and then I cook some more soup for all the people of the street " * 6 + "w" * 120 + ". "
)


def wide_study(folder, groups):
    people = [f"P{n}" for n in range(1, len(groups) + 1)]
    table = "participant,group\n" + "".join(f"{p},{g}\n" for p, g in zip(people, groups, strict=True))
    talks = {f"{p}.txt": f"{p}: {LONG_TALK * 2}We throw it away.\n" for p in people}
    return make_study(folder, {**talks, "participants.csv": table}, LONG)


GROUPS = {
    "one": ["A"],
    "two": ["A", "B"],
    "two with long names": [
        "peer consultants of the northern part of the town",
        "social workers " + "x" * 70,
    ],
    "three": ["A", "B", "C"],
    "five": ["A", "B", "C", "D", "E"],
    "nine": list("ABCDEFGHI"),
}
VIEWS = [("compare",), ("quotes",), ("codebook", "show", "kitchen.yaml")]


@pytest.mark.parametrize("groups", GROUPS.values(), ids=GROUPS)
@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_cli_output_fits_80_columns(tmp_path, monkeypatch, groups, view):
    monkeypatch.chdir(wide_study(tmp_path, groups))
    assert 0 == run(*CODE).exit_code
    assert 80 >= max(map(len, run(*view).stdout.splitlines()))


def test_cli_comparison_shows_every_group(tmp_path, monkeypatch):
    monkeypatch.chdir(wide_study(tmp_path, GROUPS["nine"]))
    run(*CODE)
    assert [] == [
        g for g in GROUPS["nine"] if not re.search(rf"^{g}: 1 participant", run("compare").stdout, re.M)
    ]


def test_cli_comparison_prints_the_pattern_rule(coded):
    assert "Pattern, by participants" in run("compare").stdout


COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]")


@pytest.mark.parametrize("view", [("compare",), ("codebook", "show", "kitchen.yaml")], ids=" ".join)
@pytest.mark.parametrize(
    ("env", "coloured"), [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)]
)
def test_cli_no_color_takes_the_colour_out(coded, monkeypatch, view, env, coloured):
    monkeypatch.setenv("TERM", "xterm-256color")
    assert coloured == bool(COLOUR.search(run(*view, env=env).stdout))


@pytest.mark.parametrize("view", [*VIEWS, ("code", "nowhere")], ids=" ".join)
def test_cli_without_a_terminal_there_are_no_escapes(coded, view):
    assert "\x1b" not in run(*view).output


def test_cli_names_that_look_like_markup_are_shown(tmp_path, monkeypatch):
    table = "participant,group\nA1,[red]x\nB1,[/]\nB2,[/b]\n"
    monkeypatch.chdir(make_study(tmp_path, {**KITCHEN_FILES, "participants.csv": table}))
    done = run(*CODE)
    assert (0, [True] * 3) == (done.exit_code, [name in done.stdout for name in ("[red]x", "[/]", "[/b]")])


def test_cli_csv_cells_are_no_formulas(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path, {"A1.txt": "A1: =1+1 soup\n"}))
    run(*CODE)
    assert ["'=1+1 soup"] == [row["text"] for row in rows_of(run("quotes", "--format", "csv").stdout)]


# What goes wrong.

MANY_FAULTS = """codebook: Kitchen
version: '1'
colour: red
categories:
  - id: food
    label: Food
    label: Meals
    definition: Invented.
    subcategories:
      - id: cooks
        label: Cooks
        definition: Invented.
        stance: maybe
        indicators:
          - cook (soup
          - no
"""
FAULT_PLACES = ["1:11", "3:1", "7:5", "13:17", "15:13", "16:13"]

# Files to add to a study that was coded once; arguments; words that stderr has to hold.
BAD = {
    "no such path": ({}, ["code", "interviewz"], ["interviewz", "Did you mean interviews"]),
    "no such file": ({}, ["code", "interviews/A2.txt"], ["A2.txt", "Did you mean"]),
    "empty folder": ({"empty/README.md": "x"}, ["code", "empty"], ["empty", ".txt"]),
    "other format": ({"a.doc": "x"}, ["code", "a.doc"], ["a.doc", ".txt"]),
    "binary file": ({"interviews/x.txt": b"\0\1"}, CODE, ["x.txt", "binary"]),
    "broken UTF-16": ({"interviews/x.txt": b"\xff\xfeA"}, CODE, ["x.txt:1", "utf-16"]),
    "no labels": ({"interviews/x.txt": "Just words.\n"}, CODE, ["x.txt:1", "label"]),
    "copy": ({"interviews/x.txt": KITCHEN_FILES["A1.txt"]}, CODE, ["x.txt", "A1.txt", "same text"]),
    "unknown speaker": (
        {
            "interviews/x.txt": "Mary: Hi.\nMarry: No.\n",
            "interviews/participants.csv": KITCHEN_FILES["participants.csv"] + "Mary,B,north\n",
        },
        CODE,
        ["x.txt:2", "Did you mean Mary"],
    ),
    "person twice": (
        {"interviews/participants.csv": "participant,group\nA1,A\nA1,B\n"},
        CODE,
        ["participants.csv:3", "A1"],
    ),
    "no participant column": (
        {"interviews/participants.csv": "name,group\nA1,A\n"},
        CODE,
        ["participants.csv:1", "participant"],
    ),
    "participants table missing": ({}, [*CODE, "--participants", "peeple.csv"], ["peeple.csv"]),
    "participants table a folder": ({}, [*CODE, "--participants", "interviews"], ["interviews"]),
    "unknown attribute": (
        {},
        [*CODE, "--group-by", "twon"],
        ["twon", "Did you mean town", "event, group, kind, town"],
    ),
    "unknown unit": ({}, [*CODE, "--unit", "sentense"], ["Did you mean sentence"]),
    "unknown language": ({}, [*CODE, "--language", "qq"], ["qq"]),
    "codebook with faults": (
        {"book.yaml": MANY_FAULTS},
        ["code", "interviews", "--codebook", "book.yaml"],
        [f"book.yaml:{place}" for place in FAULT_PLACES],
    ),
    "misspelt codebook name": (
        {},
        ["code", "interviews", "--codebook", "harm_reductoin"],
        ["Did you mean harm_reduction"],
    ),
    "misspelt codebook file": (
        {},
        ["code", "interviews", "--codebook", "kitchn.yaml"],
        ["Did you mean kitchen.yaml"],
    ),
    "codebook a folder": ({}, ["code", "interviews", "--codebook", "interviews"], ["folder"]),
    "codebook empty": (
        {"book.yaml": ""},
        ["code", "interviews", "--codebook", "book.yaml"],
        ["book.yaml:1:1"],
    ),
    "codebook binary": (
        {"book.yaml": b"\0"},
        ["code", "interviews", "--codebook", "book.yaml"],
        ["book.yaml", "binary"],
    ),
    "two codebooks": (
        {"codebooks/a.yaml": "", "codebooks/b.yaml": ""},
        ["code", "interviews"],
        ["a.yaml", "b.yaml", "--codebook"],
    ),
    "output below a file": ({}, [*CODE, "--out", "kitchen.yaml/out"], ["kitchen.yaml", "--out"]),
    "output a file": ({}, [*CODE, "--out", "kitchen.yaml"], ["kitchen.yaml", "--out"]),
    "output holds other files": (
        {"mine/codings.csv": "x"},
        [*CODE, "--out", "mine"],
        ["mine", "codings.csv", "--out"],
    ),
    "bad study.yaml": (
        {"study.yaml": "unit: turn\ncodebok: x\n"},
        CODE,
        ["study.yaml:2:1", "Did you mean codebook"],
    ),
    "nothing named": ({}, ["code"], ["study.yaml"]),
    "unknown option": ({}, ["code", "interviews", "--codebok", "x"], ["--codebook"]),
    "unknown format": ({}, [*CODE, "--format", "xml"], ["csv"]),
    "no results": ({}, ["compare", "nowhere"], ["nowhere", "hrcode code"]),
    "results a file": ({}, ["compare", "kitchen.yaml"], ["kitchen.yaml"]),
    "compare by an unknown attribute": (
        {},
        ["compare", "--by", "twon"],
        ["Did you mean town", "event, group, kind, town"],
    ),
    "compare at an unknown level": ({}, ["compare", "--level", "categry"], ["Did you mean category"]),
    "compare out without a format": ({}, ["compare", "--out", "x.doc"], ["--format"]),
    "compare out below a file": (
        {},
        ["compare", "--format", "csv", "--out", "kitchen.yaml/x.csv"],
        ["kitchen.yaml"],
    ),
    "compare out a folder": ({}, ["compare", "--format", "csv", "--out", "results"], ["results"]),
    "compare out the current folder": ({}, ["compare", "--format", "csv", "--out", "."], ["."]),
    "quotes of a misspelt group": ({}, ["quotes", "--group", "b"], ["Did you mean B", "A, B"]),
    "quotes of a misspelt category": ({}, ["quotes", "--category", "foood"], ["Did you mean food"]),
    "quotes of a misspelt subcategory": ({}, ["quotes", "--category", "food/cook"], ["Did you mean cooks"]),
    "quotes of an unknown participant": ({}, ["quotes", "--participant", "Q7"], ["Q7", "A1"]),
    "quotes limit of nothing": ({}, ["quotes", "--limit", "0"], ["--limit"]),
    "show a misspelt codebook": ({}, ["codebook", "show", "kitchn.yaml"], ["Did you mean kitchen.yaml"]),
    "validate nothing there": ({}, ["codebook", "validate", "nope.yaml"], ["nope.yaml"]),
    "validate a folder without codebooks": ({}, ["codebook", "validate", "interviews"], ["interviews"]),
}


def squeeze(text):
    """Undo the line ends that the parser's own messages are set in."""
    return " ".join(text.split())


@pytest.mark.parametrize(("files", "args", "words"), BAD.values(), ids=BAD)
def test_cli_bad_input_exits_2_and_says_why(coded, files, args, words):
    write_files(coded, files)
    done = run(*args)
    missing = [word for word in words if word not in squeeze(done.stderr)]
    assert (2, [], "") == (done.exit_code, missing, done.stdout), done.stderr


@pytest.mark.parametrize(("files", "args", "words"), BAD.values(), ids=BAD)
def test_cli_bad_input_leaves_the_folder_as_it_was(coded, files, args, words):
    write_files(coded, files)
    before = {path: path.read_bytes() for path in coded.rglob("*") if path.is_file()}
    run(*args)
    assert before == {path: path.read_bytes() for path in coded.rglob("*") if path.is_file()}


def test_cli_compare_works_after_a_folder_was_named_as_out(coded):
    run("compare", "--format", "csv", "--out", "results")
    assert 0 == run("compare", "--format", "csv", "--out", "x.csv").exit_code


def test_cli_damaged_results_exit_2_with_the_line(coded):
    path = coded / "results" / "codings.csv"
    path.write_text(path.read_text().replace("food,cooks,applies,", "food,cooks,applies,x", 1))
    done = run("quotes")
    assert (2, True) == (done.exit_code, "codings.csv:2:10" in done.stderr)


def test_cli_run_without_settings_exits_2(coded):
    path = coded / "results" / "run.json"
    run_ = json.loads(path.read_text())
    run_["settings"] = {}
    path.write_text(json.dumps(run_))
    assert 2 == run("compare").exit_code


def test_cli_file_name_that_is_not_unicode_makes_no_traceback(study):
    write_files(study / "interviews", {os.fsdecode(b"caf\xe9.txt"): "B2: I cook soup.\n"})
    assert run(*CODE).exit_code in (0, 2)


def test_cli_interrupted_coding_exits_130_and_keeps_the_earlier_result(coded, monkeypatch):
    before = files_of(coded / "results")

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("hrcode.coding.code._run", interrupted)
    done = run(*CODE)
    assert (130, before) == (done.exit_code, files_of(coded / "results"))


def test_cli_out_of_memory_exits_2(coded, monkeypatch):
    def full(*args):
        raise MemoryError

    monkeypatch.setattr("hrcode.coding.code._run", full)
    done = run(*CODE)
    assert (2, True) == (done.exit_code, "memory" in done.stderr)


# Checking codebooks.

CLEAN = """codebook: kitchen
version: '1'
categories:
  - id: food
    label: Food
    definition: Invented.
    subcategories:
      - id: cooks
        label: Cooks
        definition: Invented.
        brief: Brief.
        use_when: Here.
        not_when: Not here.
        indicators: [cook soup]
        examples:
          match: [We cook soup.]
          no_match: [We eat soup.]
"""


def test_cli_validate_clean_codebook(study):
    write_files(study, {"clean.yaml": CLEAN})
    done = run("codebook", "validate", "clean.yaml", "--strict")
    assert (0, "") == (done.exit_code, done.stdout)


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_cli_validate_warnings_count_when_strict(study, options, code):
    done = run("codebook", "validate", "kitchen.yaml", *options)
    assert (code, True) == (done.exit_code, "warning" in done.stdout)


def test_cli_validate_text_gives_every_fault_with_its_place(study):
    write_files(study, {"book.yaml": MANY_FAULTS})
    done = run("codebook", "validate", "book.yaml")
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert (1, FAULT_PLACES) == (done.exit_code, [":".join(line.split(":")[1:3]) for line in errors])


def test_cli_validate_json_gives_every_fault_with_its_place(study):
    write_files(study, {"book.yaml": MANY_FAULTS})
    done = run("codebook", "validate", "book.yaml", "--format", "json")
    errors = [fault for fault in json.loads(done.stdout) if fault["level"] == "error"]
    assert (1, FAULT_PLACES) == (done.exit_code, [f"{fault['line']}:{fault['column']}" for fault in errors])


def test_cli_validate_github_gives_one_annotation_a_fault(study):
    write_files(study, {"book.yaml": MANY_FAULTS})
    done = run("codebook", "validate", "book.yaml", "--format", "github")
    found = re.findall(r"^::error file=book\.yaml,line=(\d+),col=(\d+),title=[\w-]+::.+$", done.stdout, re.M)
    assert (1, FAULT_PLACES) == (done.exit_code, [":".join(place) for place in found])


def test_cli_validate_github_escapes_a_path(study):
    write_files(study, {"my,book 100%.yaml": MANY_FAULTS})
    assert (
        "file=my%2Cbook 100%25.yaml,"
        in run("codebook", "validate", "my,book 100%.yaml", "--format", "github").stdout
    )


def test_cli_validate_a_folder(study):
    write_files(study, {"books/clean.yaml": CLEAN, "books/deep/bad.yml": MANY_FAULTS})
    done = run("codebook", "validate", "books")
    assert (1, True, False) == (done.exit_code, "bad.yml:1:11" in done.stdout, "clean.yaml" in done.stdout)


def test_cli_validate_one_unreadable_file_hides_no_other_fault(study):
    write_files(study, {"books/a.yaml": b"\0", "books/b.yaml": MANY_FAULTS})
    done = run("codebook", "validate", "books")
    assert (True, True) == ("a.yaml" in done.output, "b.yaml:1:11" in done.output)


def test_cli_show_names_every_subcategory(study):
    shown = run("codebook", "show", "kitchen.yaml").stdout
    assert [] == [name for name in ("cooks", "shares", "wastes", "digs", "bake bread") if name not in shown]


def test_cli_show_json_parses(study):
    found = json.loads(run("codebook", "show", "kitchen.yaml", "--format", "json").stdout)
    assert ["food", "garden"] == [category["id"] for category in found["categories"]]


# Real processes.


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "code"),
    [(["--version"], 0), (["compare", "nowhere"], 2), (["codebook", "validate", "book.yaml"], 1)],
)
def test_cli_process_exit_codes(study, args, code):
    write_files(study, {"book.yaml": MANY_FAULTS})
    done = start(*args, cwd=study)
    assert (code, False) == (done.returncode, "Traceback" in done.stderr)


@pytest.mark.slow
def test_cli_process_interrupted_by_a_signal(coded):
    before = files_of(coded / "results")
    script = (
        "import os, signal, hrcode.coding.code as c\n"
        "c._run = lambda *a: (os.kill(os.getpid(), signal.SIGINT), __import__('time').sleep(10))\n"
        f"import sys; sys.argv = ['hrcode', *{CODE!r}]\n"
        "from hrcode.cli.app import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=coded, capture_output=True, text=True, timeout=60
    )
    assert (130, False, before) == (done.returncode, "Traceback" in done.stderr, files_of(coded / "results"))


def test_cli_process_interrupted_while_it_loads(tmp_path):
    script = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'hrcode.cli.app': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "from hrcode.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (130, "", "") == (done.returncode, done.stdout, done.stderr)


BIG = {f"food/sub{n}": [f"cook soup{n} {i} (very|so|) {'long ' * 10}" for i in range(20)] for n in range(120)}
EARLY = {
    "rich": ["codebook", "show", "kitchen.yaml"],
    "json": ["codebook", "show", "kitchen.yaml", "--format", "json"],
}


@pytest.mark.slow
@pytest.mark.parametrize("args", EARLY.values(), ids=EARLY)
def test_cli_process_stdout_closed_early(tmp_path, args):
    make_study(tmp_path, frame=BIG)
    with subprocess.Popen(
        [sys.executable, "-m", "hrcode", *args], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        talk = process.stderr.read().decode()
    assert (0, "") == (process.returncode, talk)


@pytest.mark.slow
@pytest.mark.parametrize("view", [("quotes",), ("quotes", "--format", "csv")], ids=" ".join)
def test_cli_process_output_in_a_narrow_encoding_makes_no_traceback(tmp_path, view):
    make_study(tmp_path, {"A1.txt": "A1: I cook soup in Żywiec \U0001f375.\n"})
    narrow = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    start(*CODE, cwd=tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "hrcode", *view],
        cwd=tmp_path,
        env={**os.environ, **narrow},
        capture_output=True,
        timeout=60,
    )
    assert (0, False) == (done.returncode, b"Traceback" in done.stderr)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["compare"], ["+ Cooks", "- Wastes", "~ Shares (qualified)", "~ Digs (neutral)", "~ is about it"]),
        (["quotes"], ["Food / Shares  (~ qualified)", "Food / Wastes  (- departs)"]),
        (["codebook", "show", "kitchen.yaml"], ["~ Shares (qualified) (shares)", "- Wastes (wastes)"]),
    ],
    ids=lambda value: value[0],
)
def test_cli_names_every_stance(study, command, shown):
    frame = {{"food/shares": "~food/shares", "garden/digs": "=garden/digs"}.get(path, path): rules
             for path, rules in KITCHEN.items()}  # fmt: skip
    write_files(study, {"kitchen.yaml": codebook_text(frame)})
    assert 0 == run(*CODE).exit_code

    printed = " ".join(run(*command).stdout.split())

    assert [] == [words for words in shown if " ".join(words.split()) not in printed]


def test_cli_a_code_that_neither_applies_nor_departs_is_in_no_sum(study):
    write_files(
        study, {"kitchen.yaml": codebook_text({"~food/cooks": ["cook soup"], "food/bakes": ["bake"]})}
    )
    assert 0 == run(*CODE).exit_code

    rows = csv.DictReader(io.StringIO(run("compare", "--level", "category", "--format", "csv").stdout))

    assert [("applies", "A", "0"), ("applies", "B", "1")] == [
        (row["stance"], row["group"], row["codings"]) for row in rows
    ]


@pytest.mark.parametrize(("language", "fires"), [([], False), (["--language", "lt"], True)])
def test_cli_explain_takes_the_language_of_the_sentence(study, language, fires):
    text = codebook_text({"c/s": []}).replace("indicators: []", "indicators: {lt: [nuspręsti]}")
    write_files(study, {"mine.yaml": text})

    shown = run("explain", "Jie nusprendė patys.", "--codebook", "mine.yaml", *language).stdout

    assert fires == ("fired      c/s" in shown)
