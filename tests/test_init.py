"""``hrcode init``: a study folder from a heap of files, which works at once."""

import pytest

from builders import archive, write_files
from hrcode.start.columns import guess_columns
from hrcode.start.init import init_study
from hrcode.transcripts.participants_table import read_participants
from hrcode.transcripts.rows import Row
from test_cli import run

TALK = (
    "I: How was it?\n{0}: In the end they decide, the people in {0}.\n"
    "I: And then?\n{0}: We walk home, the two of us.\n"
)
ANSWERS = (
    "Kas;Ką sakė\n" + "Rasa;How did you come to this place?\nTomas;We walked over the hill, all of us.\n" * 3
)
ASKED = "Ada: How was it then?\nBo: We ate soup on the hill, all day long.\nAda: And after?\nBo: Home.\n"
HEAP = {
    "L1.txt": TALK.format("L1"),
    "more/S1.txt": TALK.format("S1"),
    "more/S2.md": TALK.format("S2"),
    "photo.jpg": b"\xff\xd8",
    "notes.txt": "Buy milk and bread.\n",
}


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def heap(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return write_files(tmp_path / "heap", HEAP)


def test_init_from_a_heap_gives_a_study_that_works_at_once(heap, tmp_path, monkeypatch):
    before = files_of(heap)
    done = run("init", "study", "--from", "heap")
    assert (1, before) == (done.exit_code, files_of(heap))  # notes.txt cannot be used: that is a finding
    assert "notes.txt" in done.stdout
    made = files_of(tmp_path / "study")
    assert {
        "codebooks/my_codebook.yaml",
        "participants.csv",
        "study.yaml",
        "transcripts/L1.txt",
        "transcripts/more/S1.txt",
        "transcripts/more/S2.md",
    } == set(made)
    assert made["transcripts/L1.txt"] == HEAP["L1.txt"].encode()
    monkeypatch.chdir(tmp_path / "study")
    checked = run("transcripts", "check")
    assert (0, True) == (checked.exit_code, "Nothing odd." in checked.stdout)
    coded = run("code")
    assert (0, True) == (coded.exit_code, "3 participants" in coded.stdout or "L 1, S 2" in coded.stderr)
    assert "In the end they decide" in run("quotes", "--category", "autonomy").stdout.replace(
        "»", ""
    ).replace("«", "")


def test_init_in_place_leaves_the_files_where_they_are(heap, monkeypatch):
    (heap / "notes.txt").unlink()
    before = files_of(heap)
    done = run("init", "heap")
    after = files_of(heap)
    assert 0 == done.exit_code
    assert {"study.yaml", "participants.csv", "codebooks/my_codebook.yaml"} == set(after) - set(before)
    assert before == {name: after[name] for name in before}
    monkeypatch.chdir(heap)
    assert [0, 0] == [run("transcripts", "check").exit_code, run("code").exit_code]


def test_init_again_is_refused_and_changes_nothing(heap):
    run("init", "heap")
    before = files_of(heap)
    done = run("init", "heap")
    assert (2, before) == (done.exit_code, files_of(heap))
    assert "study.yaml: is there already" in done.stderr


def test_init_finds_the_folder_of_the_transcripts(tmp_path):
    folder = write_files(tmp_path / "s", {f"talks/a/{n}.txt": TALK.format(n) for n in ("S1", "S2")})
    assert str(folder / "talks/a") == init_study(folder).settings.transcripts


def test_init_uses_what_is_there(tmp_path):
    files = {
        "talks/S1.txt": TALK.format("S1"),
        "talks/participants.csv": "participant,group\nS1,ours\n",
        "codebooks/own.yaml": "x",
    }
    started = init_study(write_files(tmp_path / "s", files))
    assert ("study.yaml",) == started.written
    assert {"S1": "ours"} == dict(started.checked.groups)
    assert str(tmp_path / "s/codebooks/own.yaml") == started.settings.codebook


def test_init_takes_a_table_along(tmp_path):
    files = {"S1.txt": TALK.format("S1"), "participants.csv": "participant,group\nS1,ours\n"}
    started = init_study(tmp_path / "new", source=write_files(tmp_path / "heap", files))
    assert {"S1": "ours"} == dict(started.checked.groups)


SHARED = [("a/", "L1"), ("a/", "L2"), ("b/", "S1")]
LATIN = TALK.format("S1") * 4 + "S1: Café – naïve.\n"
GUESSES = {
    "interviewers by label": ({"a.txt": TALK.format("S1")}, "interviewers", ("I",)),
    "interviewers by their questions": ({"a.txt": ASKED}, "interviewers", ("Ada",)),
    "misspelt interviewers": (
        {"a.txt": "Interviewer: So?\nS1: Yes.\nInterviwer: And?\nS1: Well.\n"},
        "interviewers",
        ("Interviewer", "Interviwer"),
    ),
    "columns": ({"a.csv": ANSWERS}, "columns", {"speaker": "Kas", "text": "Ką sakė"}),
    "language": ({"a.txt": TALK.format("S1") * 4}, "language", "en"),
    "encoding": (
        {"a.txt": (TALK.format("S1") * 4 + "S1: Café – naïve.\n").encode("cp1252")},
        "encoding",
        "windows-1252",
    ),
    "no encoding for some": (
        {"a.txt": "S1: Café – naïve.\n".encode("cp1252"), "b.txt": TALK.format("S2")},
        "encoding",
        "",
    ),
}


@pytest.mark.parametrize(("files", "key", "value"), GUESSES.values(), ids=GUESSES)
def test_init_guesses(tmp_path, files, key, value):
    started = init_study(write_files(tmp_path / "s", files))
    assert value == getattr(started.settings, key)
    assert [] == [fault for fault in started.checked.findings if fault.level == "error"]


PROJECT = (
    '<Project xmlns="urn:QDA-XML:project:1.0"><Sources><TextSource name="A">'
    "<PlainTextContent>S1: We cook.</PlainTextContent></TextSource></Sources></Project>"
)
GROUPS = {
    "letters of codes": ({"L1.txt": "L1: We cook.\n", "S1.txt": "S1: We eat.\n"}, {"L1": "L", "S1": "S"}),
    "folders": (
        {"peers/a.txt": "Ann:\nWe cook.\nAnn: Yes.\n", "staff/b.txt": "Bo: We eat.\nBo: Yes.\n"},
        {"Ann": "peers", "Bo": "staff"},
    ),
    "no guess": ({"a.txt": "Ann: We cook.\nAnn: Yes.\n"}, {"Ann": ""}),
    "words of several": (
        {"a.txt": "S1: We cook.\nS2: We eat.\nBoth: At night.\nS1 & S2: It is late.\n"},
        {"S1": "S", "S2": "S"},
    ),
    "a project": ({"p.qdpx": archive({"p.qde": PROJECT})}, {"S1": "S"}),
}


@pytest.mark.parametrize(("files", "groups"), GROUPS.values(), ids=GROUPS)
def test_init_guesses_groups_and_counts_words(tmp_path, files, groups):
    started = init_study(write_files(tmp_path / "s", files))
    table = read_participants([tmp_path / "s/participants.csv"])
    assert groups == {
        name: person.attributes["group"].replace("(no group)", "") for name, person in table.items()
    }
    assert all(int(person.attributes["words"]) >= 2 for person in table.values())
    assert [] == [fault for fault in started.checked.findings if fault.level == "error"]


@pytest.mark.parametrize("source", ["heap", None])
def test_init_a_label_that_all_share_is_not_one_person(tmp_path, monkeypatch, source):
    talks = {f"talks/{folder}{name}.txt": TALK.format("R") + f"R: {name}.\n" for folder, name in SHARED}
    write_files(tmp_path / (source or "study"), talks)
    started = init_study(tmp_path / "study", source=source and tmp_path / source)
    assert {"L1": "L", "L2": "L", "S1": "S"} == dict(started.checked.groups)
    monkeypatch.chdir(tmp_path / "study")
    assert [0, 0] == [run("transcripts", "check").exit_code, run("code").exit_code]


def test_init_names_a_built_in_codebook(tmp_path):
    folder = write_files(tmp_path / "s", {"S1.txt": TALK.format("S1")})
    started = init_study(folder, codebook="harm_reduction")
    assert ("harm_reduction", False) == (started.settings.codebook, (folder / "codebooks").exists())


def test_init_labels_of_any_kind_survive_in_the_settings(tmp_path):
    text = "No: So?\nД'Арк Jr.: Yes, \"indeed\".\nNo: And?\nД'Арк Jr.: Well, so it was.\n"
    started = init_study(write_files(tmp_path / "s: #1", {"a [1].txt": text}))
    assert ("No",) == started.settings.interviewers
    assert {"Д'Арк Jr."} == set(started.checked.groups)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere"], "no such folder"),
        (["heap/L1.txt"], "is not a folder"),
        (["empty"], "holds no transcripts"),
        (["study", "--from", "hea"], "Did you mean"),
        (["heap/new", "--from", "heap"], "lies inside"),
        (["full", "--from", "heap"], "not empty"),
        (["heap", "--codebook", "harm_reductoin"], "Did you mean harm_reduction"),
        (["useless"], "none of its files"),
    ],
)
def test_init_refuses_and_writes_nothing(heap, tmp_path, args, words):
    (tmp_path / "empty").mkdir()
    write_files(tmp_path, {"full/a.txt": "x", "useless/a.txt": "No label at all.\n"})
    before = files_of(tmp_path)
    done = run("init", *args)
    assert (2, before) == (done.exit_code, files_of(tmp_path))
    assert words in done.stderr


def test_init_a_folder_that_cannot_be_written_keeps_nothing(heap, monkeypatch):
    def refuse(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hrcode.writing.shutil.copyfileobj", refuse)
    done = run("init", "study", "--from", "heap")
    assert (2, True) == (done.exit_code, "(the disk is full). Make room" in done.stderr)
    assert not (heap.parent / "study").exists()


def test_init_writes_the_same_bytes_twice(heap, tmp_path):
    for name in ("one", "two"):
        init_study(tmp_path / name, source=heap)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


SAID = ["We cook the soup", "And then what else"]
COLUMNS = {
    "codes": (["id", "who", "said"], [["7", "S1", SAID[0]], ["8", "I", SAID[1]]], "who", "said"),
    "names that repeat": (["a", "b"], [["Ann", SAID[0]], ["Bo", SAID[1]]] * 3, "a", "b"),
    "nobody named": (["n", "b"], [["1", SAID[0]], ["2", SAID[1]]], "", ""),
    "no words": (["a", "b"], [["S1", "3"], ["S2", "4"]], "", ""),
    "only a head": (["a", "b"], [], "", ""),
}


@pytest.mark.parametrize(("head", "rows", "speaker", "text"), COLUMNS.values(), ids=COLUMNS)
def test_init_guesses_columns(head, rows, speaker, text):
    found = guess_columns([Row(i, i, cells) for i, cells in enumerate([head, *rows], start=1)])
    assert (speaker, text) == (found.get("speaker", ""), found.get("text", ""))
