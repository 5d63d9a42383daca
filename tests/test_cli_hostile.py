"""What a hostile first user tried, and what has to happen."""

import os
import signal
import subprocess
import sys
import time

import pytest

from builders import make_study, write_files
from test_cli import CODE, files_of, run

TALK = "I: Who?\n\nMaria: We cook soup.\nI: And?\nMaria: Yes.\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path))
    return tmp_path


def code(study, talk, *more):
    write_files(study, {"talks/one.txt": talk})
    return run("code", "talks", "--codebook", "kitchen.yaml", *more)


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        (TALK + "Ahmed: I cook soup.\n", "Ahmed"),
        (TALK + "maria k: I cook soup.\n", "maria k"),
        (TALK + "Maria (peer): I cook soup.\n", "Maria (peer)"),
        (TALK + "So this is what I said: we cook soup.\n", ""),
        (TALK + "At 10:30 we cook soup.\n", ""),
    ],
)
def test_hostile_label_that_is_taken_for_speech_is_told(study, talk, told):
    done = code(study, talk)

    assert 0 == done.exit_code
    assert bool(told) == ("doubtful-label" in done.stderr)
    assert told in done.stderr


@pytest.mark.parametrize("label", ["I1", "INT 2", "Moderator", "Interviewer 1"])
def test_hostile_numbered_interviewers_are_not_coded(study, label):
    code(study, f"{label}: We cook soup.\nL1: Oh.\n", "--out", "out")

    assert 1 == len((study / "out" / "codings.csv").read_text().splitlines())


def test_hostile_odd_participants_are_told(study):
    done = code(study, "Step 1: We cook.\nL1: Oh.\n")

    assert ("no-table" in done.stderr, "Step 1" in done.stderr) == (True, True)


def test_hostile_names_in_any_script_are_labels(study):
    done = code(study, "משה: שלום.\nI: Hm?\nמשה: כן.\n", "--out", "out")

    assert 0 == done.exit_code
    assert "משה" in (study / "out" / "segments.csv").read_text(encoding="utf-8")


def test_hostile_text_after_a_heading_is_told(study):
    write_files(study, {"talks/one.md": "L1: We cook.\n\n## Part two\n\nNobody says this.\n\nL1: Yes.\n"})

    assert "left-out" in run("code", "talks", "--codebook", "kitchen.yaml").stderr


def test_hostile_compare_never_overwrites_results(study):
    run(*CODE)
    before = files_of(study / "results")

    done = run("compare", "--format", "csv", "--out", "results/codings.csv")

    assert (2, before) == (done.exit_code, files_of(study / "results"))


def test_hostile_results_do_not_go_among_the_transcripts(study):
    before = files_of(study / "interviews")

    done = run(*CODE, "--out", "interviews")

    assert (2, before) == (done.exit_code, files_of(study / "interviews"))


def test_hostile_narrow_terminal_keeps_the_numbers(study, monkeypatch):
    run(*CODE)
    monkeypatch.setenv("COLUMNS", "40")

    assert "n/N" in run("compare", "--level", "category").stdout


def test_hostile_groups_that_differ_in_capitals_are_told(study):
    write_files(study, {"talks/participants.csv": "participant,group\nL1,Peers\nL2,peers\n"})

    assert "like-groups" in code(study, "L1: We cook.\nL2: Oh.\n").stderr


def test_hostile_table_without_groups_suggests_a_column(study):
    write_files(study, {"talks/participants.csv": "participant,role\nL1,peer\n"})

    assert "--group-by: role" in code(study, "L1: We cook.\n").stderr


@pytest.mark.parametrize("data", [b"\xff\xfeS\x001", b"\xfe\xff\x00S\x00"])
def test_hostile_broken_utf16_is_named(study, data):
    write_files(study, {"talks/one.txt": data})

    assert "utf-16" in run("code", "talks", "--codebook", "kitchen.yaml").stderr


def shell(line, cwd):
    command = line.replace("hrcode", f'"{sys.executable}" -m hrcode')
    return subprocess.run(["bash", "-c", command], cwd=cwd, capture_output=True, text=True, timeout=60)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("hrcode compare > /dev/full", 2),
        ("hrcode compare --format csv > /dev/full", 2),
        ("hrcode --help > /dev/full", 2),
        ("hrcode code --help > /dev/full", 2),
        ("hrcode nosuch 2> /dev/full", 2),
        ("hrcode compare >&-", 0),
        ("hrcode compare 2>&-", 0),
        ("hrcode quotes --format csv | head -n 1", 0),
    ],
)
def test_hostile_outputs_end_without_a_traceback(study, line, code):
    run(*CODE)

    done = shell(line, study)

    assert (code, False) == (done.returncode, "Traceback" in done.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.3, 0.6, 1.0, 1.6])
def test_hostile_interrupt_leaves_the_old_results_whole(study, after):
    run(*CODE)
    before = files_of(study / "results")
    write_files(
        study, {f"interviews/X{n}.txt": "B1: " + f"We cook soup, friend {n}. " * 3000 for n in range(8)}
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "hrcode", *CODE],
        cwd=study,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate(timeout=60)

    found = files_of(study / "results")
    assert [] == [name for name in os.listdir(study / "results") if name.startswith(".")]
    if process.returncode != 0:  # it may have been done by then
        run(*CODE)  # which says what the new ones are: it may have been stopped when these were written
        assert found in (before, files_of(study / "results"))
        assert process.returncode in (130, -signal.SIGINT, 1)
        assert "Traceback" not in talk or after < 0.5  # Python itself was still starting


STEERING = "S1: We cook \x1b]0;owned\x07 soup \x1b[31m.\nI: And?\nS1: \x9b2J Yes.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such file names")
@pytest.mark.parametrize(
    "command", [["transcripts", "show"], ["transcripts", "check"], ["code", "--codebook", "kitchen.yaml"]]
)
def test_hostile_text_does_not_steer_the_terminal(study, command):
    write_files(study, {"talks/a\x1b[31m.txt": STEERING, "talks/b\x1b[31m.txt": b"S2: \x00"})

    done = run(*command, "talks")

    assert "\ufffd[31m" in done.stdout + done.stderr
    assert not {"\x1b", "\x9b", "\x07"} & set(done.stdout + done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such file names")
def test_hostile_quotes_do_not_steer_the_terminal(study):
    code(study, STEERING)

    shown = run("quotes", "results").stdout

    assert ("We cook" in shown, {"\x1b", "\x9b"} & set(shown)) == (True, set())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["a pipe", "a device", "standard output", "a link to a pipe"])
@pytest.mark.parametrize(
    "command",
    [
        ["compare", "--format", "csv", "--out"],
        ["plot", "comparison", "--out"],
        ["report", "--out"],
        ["codebook", "convert", "--to", "refi", "kitchen.yaml"],
    ],
    ids=lambda command: command[0],
)
def test_hostile_devices_are_not_replaced(study, command, kind):
    """The one in `/dev` would be gone, for everybody, where this user may do so."""
    run(*CODE)
    out = study / "place" / "f.svg"
    out.parent.mkdir()
    if kind == "a pipe":
        os.mkfifo(out)
    elif kind == "a link to a pipe":
        os.mkfifo(study / "pipe")
        out.symlink_to(study / "pipe")
    else:
        out.symlink_to("/dev/null" if kind == "a device" else "/proc/self/fd/1")
    before = os.lstat(out)

    done = run(*command, str(out))

    assert (2, before.st_ino, ["f.svg"]) == (done.exit_code, os.lstat(out).st_ino, os.listdir(out.parent))
    assert str(out.parent) in done.stderr


def test_hostile_participants_without_a_study_are_those_of_the_results(study):
    assert "transcripts/" in run("participants").stderr

    run(*CODE)

    assert run("participants", "results").stdout == run("participants").stdout


def test_hostile_codebook_that_is_not_there_is_not_counted(study):
    done = run("codebook", "validate", "nowhere.yaml")
    both = run("codebook", "validate", "nowhere.yaml", "kitchen.yaml")

    assert (2, 2) == (done.exit_code, both.exit_code)
    assert ("errors" in done.stderr, "\n1 codebook: 0 errors" in both.stderr) == (False, True)


@pytest.mark.parametrize(
    "command", [["restore", "interviews", "--out", "new", "--key"], ["leak-scan", "interviews", "--key"]]
)
def test_hostile_key_that_is_not_there_needs_no_passphrase(study, monkeypatch, command):
    monkeypatch.delenv("HRCODE_PASSPHRASE", raising=False)
    write_files(study, {"study.key": b"no key"})

    done = run(*command, "studi.key")

    assert (2, True) == (done.exit_code, "Did you mean study.key?" in done.stderr)
    assert "passphrase" in run(*command, "study.key").stderr
