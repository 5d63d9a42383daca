"""What is named in place of a results folder: said for what it is, with what to do."""

import shutil

import pytest

from builders import make_study, write_files
from hrcode.errors import ResultsError
from hrcode.exchange.results import read_results
from test_cli import CODE, run

COMMANDS = [
    ["quotes"],
    ["compare"],
    ["matrix"],
    ["kwic", "soup"],
    ["coverage"],
    ["cooccur"],
    ["keywords"],
    ["uncoded"],
    ["excerpt", "--where", "group=A", "--out", "part"],
    ["claims", "claims.yaml"],
    ["report"],
    ["export"],
    ["plot", "comparison", "--out", "f.svg"],
]
NAMED = {
    "a study's folder": ("interviews", "looks like a study's", "hrcode code interviews"),
    "only participants": ("people", "participants.csv", "hrcode code people"),
    "a study with transcripts/": ("whole", "looks like a study's", "hrcode code whole/transcripts"),
    "the folder above": (".", "there are results in it", "Name results."),
    "a file of a run": ("results/codings.csv", "is a file", "Name results."),
    "some other file": ("kitchen.yaml", "is a file", "the folder that `hrcode code` wrote"),
    "a name with a blank": ("my results", "no results here", "hrcode code TRANSCRIPTS --out 'my results'"),
    "an empty folder": ("empty", "no results here", "hrcode code TRANSCRIPTS --out empty"),
    "nothing": ("resluts", "There are some in results", "hrcode code TRANSCRIPTS --out resluts"),
    "nothing in results": ("results/results", "There are some in results.", "hrcode code"),
    "one file lost": ("broken/lost", "codings.csv is missing", "hrcode code"),
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = make_study(tmp_path_factory.mktemp("study"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == run(*CODE).exit_code
    write_files(folder, {"people/participants.csv": "participant,group\n", "whole/transcripts/a.txt": "A: B"})
    (folder / "empty").mkdir()
    shutil.copytree(folder / "results", folder / "broken" / "lost")
    (folder / "broken" / "lost" / "codings.csv").unlink()
    return folder


@pytest.mark.parametrize(("named", "what", "next_"), NAMED.values(), ids=NAMED)
def test_no_results_says_what_it_is_and_what_to_do(study, monkeypatch, named, what, next_):
    monkeypatch.chdir(study)

    done = run("quotes", named)

    said = done.stderr.replace("\\", "/")
    assert 2 == done.exit_code
    assert said.startswith(f"Error: {named}: ")
    assert what in said
    assert next_ in said


@pytest.mark.parametrize(("named", "what", "next_"), NAMED.values(), ids=NAMED)
def test_no_results_are_told_to_python_in_the_same_words(study, monkeypatch, named, what, next_):
    monkeypatch.chdir(study)

    with pytest.raises(ResultsError) as told:
        read_results(named)

    said = str(told.value).replace("\\", "/")
    assert (True, True, True) == (said.startswith(f"{named}: "), what in said, next_ in said)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_results_is_said_by_every_command(study, monkeypatch, command):
    monkeypatch.chdir(study)

    done = run(*command, "people")

    assert (2, True) == (done.exit_code, "looks like a study's" in done.stderr)
    assert ["participants.csv"] == [path.name for path in (study / "people").iterdir()]


def test_no_results_are_needed_to_plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert 0 == run("coverage", "--plan", "0.2").exit_code
    assert 0 == run("quotes", "nowhere", "--help").exit_code


def test_no_results_that_a_run_was_about_to_put_there_are_read(study, tmp_path, monkeypatch):
    """Everything was written and not yet in its place when the run was cut short."""
    monkeypatch.chdir(study)
    shutil.copytree("results", tmp_path / "cut" / ".hrcode-ready")

    assert 0 == run("quotes", str(tmp_path / "cut")).exit_code
