import pytest

from builders import write_files
from hrcode.errors import TranscriptError
from hrcode.transcripts.load import load_transcripts

TALK = "I: Hi.\n{}: Hello from {}.\n"


def talk(person, words=""):
    return TALK.format(person, words or person)


def ids(transcripts):
    return [transcript.id for transcript in transcripts]


def rules(faults):
    return [fault.rule for fault in faults]


def test_load_transcripts_sorts_a_folder_by_natural_order(tmp_path):
    write_files(tmp_path, {f"S{n}.txt": talk(f"S{n}") for n in (10, 9, 1)})
    assert ["S1", "S9", "S10"] == ids(load_transcripts(tmp_path))


def test_load_transcripts_sorts_participants_by_group_and_number(tmp_path):
    write_files(tmp_path, {f"{i}.txt": talk(p) for i, p in enumerate(["S10", "S2", "L1"])})
    assert ["L1", "S2", "S10"] == [person.id for person in load_transcripts(tmp_path).participants]


@pytest.mark.parametrize(
    "as_given", [str, lambda path: path, lambda path: [path], lambda path: [str(path)] * 2]
)
def test_load_transcripts_takes_paths_of_any_kind(tmp_path, as_given):
    write_files(tmp_path, {"S1.txt": talk("S1")})
    assert ["S1"] == ids(load_transcripts(as_given(tmp_path)))


def test_load_transcripts_order_of_paths_is_no_matter(tmp_path):
    write_files(tmp_path, {"S1.txt": talk("S1"), "S2.txt": talk("S2")})
    paths = [tmp_path / "S2.txt", tmp_path / "S1.txt"]
    assert load_transcripts(paths) == load_transcripts(paths[::-1])


IGNORED = ["README.md", "readme.txt", "ReadMe.MD", ".hidden.txt", "~S2.txt", "participants.csv"]


@pytest.mark.parametrize("name", IGNORED)
def test_load_transcripts_leaves_a_file_out(tmp_path, name):
    text = "participant\nS1\n" if name.endswith("csv") else talk("S2")
    write_files(tmp_path, {"S1.txt": talk("S1"), name: text})
    assert (["S1"], ()) == (ids(load_transcripts(tmp_path)), load_transcripts(tmp_path).warnings)


@pytest.mark.parametrize("name", ["S2.doc", "S2.DOC"])
def test_load_transcripts_warns_of_a_format_it_cannot_read(tmp_path, name):
    write_files(tmp_path, {"S1.txt": talk("S1"), name: "x"})
    assert [(str(tmp_path / name), "format-not-read", "warning")] == [
        (fault.path, fault.rule, fault.level) for fault in load_transcripts(tmp_path).warnings
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ages.csv", "age,town\n31,north\n"),
        ("settings.json", '{"a": 1}'),
        ("people.tsv", "id\tage\nS1\t31\n"),
    ],
)
def test_load_transcripts_leaves_out_what_holds_no_transcript_and_says_so(tmp_path, name, text):
    write_files(tmp_path, {"S1.txt": talk("S1"), name: text})
    read = load_transcripts(tmp_path)
    assert (["S1"], ["not-a-transcript"]) == (ids(read), [fault.rule for fault in read.warnings])
    with pytest.raises(TranscriptError, match=name):
        load_transcripts(tmp_path / name)


def test_load_transcripts_names_nested_files_by_their_folder(tmp_path):
    write_files(tmp_path, {"b/S1.txt": talk("S1"), "a/S1.md": talk("S1", "a"), "a/deep/S2.TXT": talk("S2")})
    assert ["a/S1", "a/deep/S2", "b/S1"] == ids(load_transcripts(tmp_path))


def test_load_transcripts_skips_a_hidden_folder(tmp_path):
    write_files(tmp_path, {"S1.txt": talk("S1"), ".git/S2.txt": talk("S2")})
    assert ["S1"] == ids(load_transcripts(tmp_path))


def test_load_transcripts_skips_a_results_folder_and_what_is_below_it(tmp_path):
    files = {
        "S1.txt": talk("S1"),
        "results/run.json": "{}",
        "results/codings.csv": "",
        "results/S2.txt": talk("S2"),
    }
    write_files(tmp_path, {**files, "results/old/S3.txt": talk("S3")})
    assert ["S1"] == ids(load_transcripts(tmp_path))


def test_load_transcripts_keeps_the_text_as_stored(tmp_path):
    text = "I: Hi.\r\nS1: Ne\u0301e \U0001f375 soup.\r\n"
    write_files(tmp_path, {"S1.txt": "\ufeff" + text})
    (transcript,) = load_transcripts(tmp_path)
    assert text == transcript.text


def test_load_transcripts_offsets_count_code_points(tmp_path):
    write_files(tmp_path, {"S1.txt": "\ufeffI: \U0001f375\r\nS1: Hello.\r\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert ["\U0001f375", "Hello."] == [transcript.text[turn.start : turn.end] for turn in transcript.turns]


def test_load_transcripts_markdown_heading_ends_a_turn(tmp_path):
    write_files(tmp_path, {"S1.md": "# Talk\n\nS1: Hello.\n\n## Part two\n\nI: Hi.\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert ["Hello.", "Hi."] == [transcript.text[turn.start : turn.end] for turn in transcript.turns]


def test_load_transcripts_hash_in_plain_text_is_speech(tmp_path):
    write_files(tmp_path, {"S1.txt": "S1: Hello.\n# one more\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert ["Hello.\n# one more"] == [transcript.text[turn.start : turn.end] for turn in transcript.turns]


INTERVIEWERS = ["I", "i", "INT", "Interviewer", "INTERVIEWER", "Q"]


@pytest.mark.parametrize("label", INTERVIEWERS)
def test_load_transcripts_interviewer_is_no_participant(tmp_path, label):
    write_files(tmp_path, {"S1.txt": f"{label}: Hi.\nS1: Hello.\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert ["", "S1"] == [turn.participant for turn in transcript.turns]


def test_load_transcripts_interviewers_can_be_named(tmp_path):
    write_files(tmp_path, {"S1.txt": "Ada: Hi.\nS1: Hello.\n"})
    read = load_transcripts(tmp_path, interviewers=["Ada"])
    assert ["S1"] == [person.id for person in read.participants]


def test_load_transcripts_misspelt_interviewer_is_not_coded(tmp_path):
    """Without a table nothing says that the label is wrong, but its questions are no answers."""
    write_files(tmp_path, {"S1.txt": "Interviewer: Hi.\nS1: Hello.\nInterviwer: And?\nS1: Well.\n"})
    assert "Interviwer" not in [person.id for person in load_transcripts(tmp_path).participants]


def test_load_transcripts_label_in_other_case_is_the_person_of_the_table(tmp_path):
    write_files(tmp_path, {"S1.txt": "s1: Hello.\n", "participants.csv": "participant,group\nS1,S\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert [("s1", "S1")] == [(turn.speaker, turn.participant) for turn in transcript.turns]


def test_load_transcripts_participant_labelled_like_an_interviewer(tmp_path):
    write_files(tmp_path, {"a.txt": "I: Hello.\n", "participants.csv": "participant,group\nI,X\n"})
    assert ["I"] == [person.id for person in load_transcripts(tmp_path).participants]


def test_load_transcripts_table_can_be_named(tmp_path):
    write_files(tmp_path, {"talks/S1.txt": talk("S1"), "people.csv": "participant,group\nS1,here\n"})
    read = load_transcripts(tmp_path / "talks", participants=tmp_path / "people.csv")
    assert ["here"] == [person.group for person in read.participants]


def test_load_transcripts_table_beside_a_file_is_found(tmp_path):
    write_files(tmp_path, {"S1.txt": talk("S1"), "participants.csv": "participant,group\nS1,here\n"})
    assert ["here"] == [person.group for person in load_transcripts(tmp_path / "S1.txt").participants]


BAD = {
    "no such file": ({"S1.txt": talk("S1")}, "S1.tx", "Did you mean S1.txt"),
    "empty folder": ({"sub/README.md": "x"}, "sub", "no transcripts"),
    "format not read": ({"S1.docx": "x"}, "S1.docx", r"\.docx"),
    "binary": ({"S1.txt": b"I: a\0b"}, "", r"S1\.txt: error: is a binary"),
    "half of UTF-16": ({"S1.txt": talk("S1").encode("utf-16")[:-1]}, "", r"S1\.txt:2: error: .*utf-16"),
    "empty file": ({"S1.txt": ""}, "", r"S1\.txt"),
    "blanks only": ({"S1.txt": " \n\n"}, "", r"S1\.txt"),
    "no labels": ({"S1.txt": "We cook soup.\n"}, "", r"S1\.txt:1:.*label"),
    "same name twice": ({"S1.txt": talk("S1"), "S1.md": talk("S1", "x")}, "", "Rename"),
    "copy": ({"S1.txt": talk("S1"), "copy.txt": talk("S1")}, "", r"copy\.txt: .*same text.*S1\.txt"),
}


@pytest.mark.parametrize(("files", "name", "words"), BAD.values(), ids=BAD)
def test_load_transcripts_refuses(tmp_path, files, name, words):
    write_files(tmp_path, files)
    with pytest.raises(TranscriptError, match=words):
        load_transcripts(tmp_path / name)


def test_load_transcripts_refuses_two_files_of_one_name_in_two_folders(tmp_path):
    write_files(tmp_path, {"a/S1.txt": talk("S1"), "b/S1.txt": talk("S1", "b")})
    with pytest.raises(TranscriptError, match="Rename"):
        load_transcripts([tmp_path / "a", tmp_path / "b"])


def test_load_transcripts_refuses_nothing_at_all():
    with pytest.raises(TranscriptError, match="No transcripts"):
        load_transcripts([])


def test_load_transcripts_gives_every_bad_file_at_once(tmp_path):
    write_files(tmp_path, {"a.txt": b"\0", "b.txt": b"\xff", "c.txt": "words\n", "S1.txt": talk("S1")})
    with pytest.raises(TranscriptError) as caught:
        load_transcripts(tmp_path)
    assert ["a.txt", "b.txt", "c.txt"] == [
        n for n in ("a.txt", "b.txt", "c.txt", "S1.txt") if n in str(caught.value)
    ]


def unknown(tmp_path, text):
    write_files(tmp_path, {"S1.txt": text, "participants.csv": "participant,group\nS1,S\nMartha,S\n"})
    with pytest.raises(TranscriptError) as caught:
        load_transcripts(tmp_path)
    return [(fault.line, fault.rule, fault.message) for fault in caught.value.faults]


def test_load_transcripts_unknown_speaker_has_a_line_and_a_suggestion(tmp_path):
    ((line, rule, message),) = unknown(tmp_path, "I: Hi.\nS1: Hello.\nMarhta: No.\n")
    assert (3, "unknown-speaker", True) == (line, rule, "Did you mean Martha" in message)


def test_load_transcripts_unknown_speaker_on_its_own_line_has_the_line_of_the_label(tmp_path):
    ((line, _, _),) = unknown(tmp_path, "I: Hi.\nS7:\n\nHello.\n")
    assert 2 == line


def test_load_transcripts_unknown_speaker_is_told_once(tmp_path):
    found = unknown(tmp_path, "S7: a\nI: b\nS7: c\nS8: d\n")
    assert [(1, "unknown-speaker"), (4, "unknown-speaker")] == [(line, rule) for line, rule, _ in found]


WARNINGS = {
    "person without a transcript": ({"participants.csv": "participant\nS1\nS9\n"}, ["no-transcript"], "S9"),
    "many without one": (
        {"participants.csv": "participant\nS1\n" + "".join(f"S{i}\n" for i in range(2, 42))},
        ["no-transcript"],
        "40 participants speak in no transcript: S2, S3, S4, S5, S6, S7, S8, S9 and 32 more",
    ),
    "many unusual labels": (
        {f"p{i}.txt": f"Person{i}: Hello there.\n" for i in range(14)},
        ["no-table"],
        "Person10, Person11 and 2 more",
    ),
    "interviewers alone": ({"b.txt": "I: Hi.\nQ: Ho.\n"}, ["no-participant"], "interviewers"),
    "words before the first label": ({"b.txt": "word " * 90 + "\n" + talk("S2")}, ["preamble"], "90"),
    "short header": ({"b.txt": "word " * 10 + "\n" + talk("S2")}, [], ""),
}


@pytest.mark.parametrize(("files", "expected", "words"), WARNINGS.values(), ids=WARNINGS)
def test_load_transcripts_warns(tmp_path, files, expected, words):
    write_files(tmp_path, {"S1.txt": talk("S1"), **files})
    found = load_transcripts(tmp_path).warnings
    assert (expected, True) == (rules(found), all(words in fault.message for fault in found))


def test_load_transcripts_turn_numbers_count_interviewers(tmp_path):
    write_files(tmp_path, {"S1.txt": "I: Hi.\nS1: Hello.\nI: So?\nS1: Well.\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert [1, 2, 3, 4] == [turn.number for turn in transcript.turns]
