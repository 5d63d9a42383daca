"""``hrcode transcripts`` as a user calls it."""

import json
import os
import subprocess
import sys
import tracemalloc

import pytest
from typer.testing import CliRunner

from builders import write_files
from hrcode.cli.app import app
from hrcode.transcripts.check import check_transcripts

TALK = "I: And how was it?\nS1: We cook soup on most of the days.\nI: And then?\nS1: Then we share it.\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    for name in ("FORCE_COLOR", "TERMINAL_WIDTH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def run(*args):
    return CliRunner().invoke(app, ["transcripts", *args], prog_name="hrcode")


def test_check_says_who_is_who(tmp_path):
    write_files(tmp_path, {"talks/S1.txt": TALK, "talks/participants.csv": "participant,group\nS1,staff\n"})
    done = run("check", "talks")
    rows = [line.split() for line in done.stdout.splitlines()]
    assert 0 == done.exit_code
    assert ["S1", "text", "utf-8", "en", "I", "interviewer", "2", "6"] in rows
    assert ["S1", "S1", "(group", "staff)", "2", "12"] in rows
    assert "Nothing odd." in done.stdout


def test_check_fits_80_columns(tmp_path):
    name = "a very long name of a file that somebody made in a hurry"
    label = "Somebody With A Long Name"
    write_files(tmp_path, {f"talks/{name}.txt": f"{label}: Yes, we do.\nI: So?\n{label}: And more.\n"})
    assert 80 >= max(map(len, run("check", "talks").stdout.splitlines()))


@pytest.mark.parametrize(
    ("files", "code", "words"),
    [
        ({"S1.txt": TALK + "S1: [laughs]\n"}, 1, "empty-turn"),
        ({"S1.txt": TALK, "S2.txt": TALK}, 1, "same-text"),
        ({"S1.txt": TALK, "participants.csv": "participant\nS2\n"}, 1, "unknown-speaker"),
        ({"S1.txt": TALK, "S2.txt": b"S2: \x00 and \x01"}, 2, "unreadable"),
        ({"S1.txt": TALK, "S2.txt": "No label at all.\n"}, 1, "no-turns"),
    ],
    ids=["odd", "copy", "unknown", "unreadable", "no turns"],
)
def test_check_finds_faults_and_shows_the_rest(tmp_path, files, code, words):
    write_files(tmp_path / "talks", files)
    done = run("check", "talks")
    assert code == done.exit_code
    assert words in done.stdout
    assert "interviewer" in done.stdout  # the sound file is described all the same


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["check", "tals"], "Did you mean"),
        (["check", "empty"], "no transcripts"),
        (["show", "talks/S9.txt"], "no such file"),
    ],
)
def test_check_what_is_not_there(tmp_path, args, words):
    write_files(tmp_path, {"talks/S1.txt": TALK})
    (tmp_path / "empty").mkdir()
    done = run(*args)
    assert (2, True) == (done.exit_code, words in done.stderr)


def test_check_json(tmp_path):
    write_files(tmp_path, {"talks/S1.txt": TALK + "S1: [laughs]\n"})
    content = json.loads(run("check", "talks", "--format", "json").stdout)
    assert [("I", "interviewer", 2), ("S1", "participant", 3)] == [
        (speaker["label"], speaker["role"], speaker["turns"])
        for speaker in content["transcripts"][0]["speakers"]
    ]
    assert ["empty-turn"] == [finding["rule"] for finding in content["findings"]]


def test_show_prints_every_turn_with_its_place(tmp_path):
    write_files(tmp_path, {"S1.txt": TALK})
    done = run("show", "S1.txt")
    assert 0 == done.exit_code
    assert [
        "S1 (4 turns; interview)",
        "1. I = interviewer  [line 1]",
        "And how was it?",
        "2. S1 = S1  [line 2]",
        "We cook soup on most of the days.",
    ] == [line.strip() for line in done.stdout.splitlines()[:5]]


def test_show_leaves_markup_as_it_is(tmp_path):
    write_files(tmp_path, {"S1.txt": "S1: [bold]We[/bold] cook [/] soup.\nI: <script>?\n"})
    assert "[bold]We[/bold] cook [/] soup." in run("show", "S1.txt").stdout


def test_check_keeps_no_text_of_the_files_before(tmp_path):
    """A thousand transcripts must not need a thousand times the memory of one."""
    talk = "I: And?\nS{0}: " + "We cook soup on most of the days. " * 4_000
    write_files(tmp_path, {f"talks/S{number}.txt": talk.format(number) for number in range(12)})
    check_transcripts(tmp_path / "talks" / "S0.txt")  # what is loaded once
    tracemalloc.start()
    try:
        checked = check_transcripts(tmp_path / "talks")
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 12 == len(checked.descriptions)
    assert kept < len(talk)  # all texts together are twelve times that


def test_check_reports_progress_by_file(tmp_path):
    write_files(tmp_path, {f"S{number}.txt": TALK.replace("S1", f"S{number}") for number in (1, 2)})
    steps = []
    check_transcripts(tmp_path, done=lambda done, total: steps.append((done, total)))
    assert [(1, 2), (2, 2)] == steps


@pytest.mark.slow
def test_check_shows_a_bar_in_a_terminal_and_none_in_a_pipe(tmp_path):
    write_files(tmp_path, {"S1.txt": TALK})
    command = [sys.executable, "-m", "hrcode", "transcripts", "check", "S1.txt"]
    piped = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False)
    ours, theirs = os.openpty()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=tmp_path, check=False)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert (b"", True) == (piped.stderr, b"Reading" in shown)


DESIGN = {
    "study.yaml": "sections: [{id: a, heading: Who}, {id: b, heading: What}]\nleave_out: [a]\n",
    "duo.txt": "Who\nI: Who are you?\nS1: A cook.\nS2: I, too.\nWhat\nI: What?\n"
    "Both: [lang: lt] Sriuba.\nS1: Soup.\n",
    "transcripts.csv": "transcript,event,wave\nduo,spring,2\n",
}


def test_check_and_show_say_what_is_known_of_a_conversation(tmp_path, monkeypatch):
    monkeypatch.chdir(write_files(tmp_path, DESIGN))
    checked = " ".join(run("check", "duo.txt").stdout.split())
    assert (
        "duo: pair, event spring, wave 2; section a: 3 turns, 7 words, 4 of them left out; "
        "section b: 3 turns, 3 words Transcripts: 1. Participants: 2. Words: 10."
    ) in checked
    shown = run("show", "duo.txt").stdout
    assert "duo (6 turns; pair, event spring, wave 2)" in shown
    assert "2. S1 = not coded: section  [line 3; section a]" in shown
    assert "5. Both = S1 + S2  [line 7; section b; lt]" in shown


def test_check_gives_programs_what_is_known_of_a_conversation(tmp_path, monkeypatch):
    monkeypatch.chdir(write_files(tmp_path, DESIGN))
    (found,) = json.loads(run("check", "duo.txt", "--format", "json").stdout)["transcripts"]
    assert {"kind": "pair", "event": "spring", "wave": "2"} == found["attributes"]
    assert [["a", 3, 7, 4], ["b", 3, 3, 0]] == [[*section.values()] for section in found["sections"]]
