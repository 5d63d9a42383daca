import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import KITCHEN, code_study, make_codebook, make_coded, write_files
from hrcode import writing as files
from hrcode.coding.code import code
from hrcode.errors import ResultsError
from hrcode.exchange.results import read_results, write_results
from hrcode.exchange.results_folder import FILES, check_target
from hrcode.schema import CODINGS, COMPARISON, NEAR_MISSES, SEGMENTS
from hrcode.transcripts.load import load_transcripts


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def parts(coded):
    return coded.segments, coded.codings, coded.near_misses, coded.participants, coded.frame


@pytest.fixture
def coded(tmp_path):
    return code_study(tmp_path / "interviews")


@pytest.fixture
def results(tmp_path, coded):
    write_results(coded, tmp_path / "results")
    return tmp_path / "results"


def test_results_writes_five_files(results):
    assert sorted(FILES) == sorted(contents(results))


def test_results_leaves_nothing_else_behind(results):
    assert sorted(FILES) == sorted(os.listdir(results))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("segments.csv", SEGMENTS),
        ("codings.csv", CODINGS),
        ("near_misses.csv", NEAR_MISSES),
        ("comparison.csv", COMPARISON),
    ],
)
def test_results_columns_are_the_schemas(results, name, columns):
    assert ",".join(columns) == (results / name).read_text(encoding="utf-8").splitlines()[0]


def test_results_are_read_back_as_they_were(coded, results):
    assert parts(coded) == parts(read_results(results))


def test_results_near_miss_is_read_back(results):
    assert [("negated", "never")] == [(miss.reason, miss.cue) for miss in read_results(results).near_misses]


def test_results_run_is_read_back(coded, results):
    assert coded.run == read_results(results).run


ODD_SPEECH = {
    "formula": "=1+1 soup",
    "hyphen first": "- soup, he said",
    "apostrophe and formula": "'=soup",
    "quotes and commas": 'the "soup", he said',
    "line ends": "the\nsoup",
    "windows line ends": "the\r\nsoup",
    "carriage return alone": "the\rsoup",
    "typographic signs": "“soup” … — \U0001f375 e\u0301",
    "line separator": "the\u2028soup\u0085now",
    "tab": "the\tsoup",
    "backslash": "the \\soup\\",
}


@pytest.mark.parametrize("speech", ODD_SPEECH.values(), ids=ODD_SPEECH)
@pytest.mark.parametrize("unit", ["sentence", "turn"])
def test_results_odd_speech_is_read_back(tmp_path, speech, unit):
    write_files(tmp_path / "in", {"A1.txt": f"A1: {speech}\n"})
    coded = code(load_transcripts(tmp_path / "in"), make_codebook(KITCHEN), unit=unit)
    write_results(coded, tmp_path / "out")
    assert (True, parts(coded)) == (bool(coded.codings), parts(read_results(tmp_path / "out")))


@given(
    st.text(
        st.one_of(
            st.sampled_from("=+-@'\"\r\n\t, soup"),
            st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        )
    )
)
def test_results_any_speech_is_read_back(tmp_path_factory, speech):
    folder = tmp_path_factory.mktemp("any")
    coded = code_study(folder / "in", {"A1.txt": f"A1: soup {speech}\n"})
    write_results(coded, folder / "out")
    assert parts(coded) == parts(read_results(folder / "out"))


def test_results_very_long_turn_is_read_back(tmp_path):
    write_files(tmp_path / "in", {"A1.txt": "A1: " + "soup " * 40_000})
    coded = code(load_transcripts(tmp_path / "in"), make_codebook({"food/soup": ["soup"]}), unit="turn")
    write_results(coded, tmp_path / "out")
    assert parts(coded) == parts(read_results(tmp_path / "out"))


def test_results_without_codings_are_read_back(tmp_path):
    coded = code_study(tmp_path / "in", {"A1.txt": "A1: Nothing here.\n"})
    write_results(coded, tmp_path / "out")
    assert parts(coded) == parts(read_results(tmp_path / "out"))


def test_results_same_run_twice_is_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_results(code_study(tmp_path / f"in {name}"), tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_results_replace_an_earlier_result(tmp_path, results):
    other = code_study(tmp_path / "other", {"C1.txt": "C1: I dig.\n"})
    write_results(other, results)
    assert (parts(other), sorted(FILES)) == (parts(read_results(results)), sorted(os.listdir(results)))


def test_results_keep_a_users_other_file(coded, results):
    (results / "notes.txt").write_text("mine", encoding="utf-8")
    write_results(coded, results)
    assert "mine" == (results / "notes.txt").read_text(encoding="utf-8")


# Edited by hand: which file, what is replaced by what, what the message names.
def edit(results, name, old, new):
    text = (results / name).read_text(encoding="utf-8")
    assert old in text
    (results / name).write_bytes(text.replace(old, new, 1).encode("utf-8"))


EDITS = {
    "number": (
        "codings.csv",
        "food,cooks,applies,",
        "food,cooks,applies,x",
        r"codings\.csv:2:10: error: start",
    ),
    "cell too many": ("codings.csv", "hrcode,kitchen", "hrcode,more,kitchen", r"codings\.csv:2: .*cells"),
    "cell missing": ("segments.csv", "A1:1.1,A1,", "A1:1.1,", r"segments\.csv:2: .*cells"),
    "column renamed": ("codings.csv", "participant", "person", r"codings\.csv:1:3: .*participant"),
    "column missing": ("near_misses.csv", ",cue", "", rf"near_misses\.csv:1:{len(NEAR_MISSES)}: .*cue"),
    "column more": ("segments.csv", ",language", ",language,note", rf"segments\.csv:1:{len(SEGMENTS) + 1}: "),
    "semicolons": ("codings.csv", "coding_id,transcript", "coding_id;transcript", r"codings\.csv:1:1: "),
    "subcategory": ("codings.csv", "food,cooks", "food,eats", r"codings\.csv:2:8: .*food/eats"),
    "stance": ("codings.csv", "food,cooks,applies", "food,cooks,maybe", r"codings\.csv:2:8: .*maybe"),
    "the other stance": (
        "codings.csv",
        "food,cooks,applies",
        "food,cooks,departs",
        r"codings\.csv:2:8: .*stance",
    ),
    "segment": ("codings.csv", "A1:2.1,", "A1:9.9,", r"codings\.csv:2:6: .*A1:9\.9"),
    "participant": ("segments.csv", ",A1,A1,A,", ",A1,A9,A,", r"segments\.csv:3:5: .*A9"),
    "negative number": ("segments.csv", "sentence,", "sentence,-", r"segments\.csv:2:8: error: start"),
    "near miss of an unknown code": (
        "near_misses.csv",
        "food,wastes",
        "food,spills",
        r"near_misses\.csv:2:8: .*food/spills",
    ),
    "number of many digits": ("segments.csv", "sentence,", "sentence," + "9" * 5000, r"segments\.csv:2:8: "),
    "segment twice": ("segments.csv", "A1:2.2,", "A1:2.1,", r"segments\.csv:4:1: .*two segments 'A1:2\.1'"),
    "somebody else's": (
        "codings.csv",
        ",A1,A1,A,",
        ",A1,B1,A,",
        r"codings\.csv:2:3: .*'A1' in segments\.csv",
    ),
    "another group": ("codings.csv", ",A1,A1,A,", ",A1,A1,B,", r"codings\.csv:2:4: .*'A' in segments\.csv"),
    "another transcript": ("codings.csv", ",A1,A1,A,", ",A9,A1,A,", r"codings\.csv:2:2: "),
    "an interviewer's segment": ("codings.csv", "A1:2.1,", "A1:1.1,", r"codings\.csv:2:6: .*interviewer"),
    "place": ("codings.csv", "applies,27,", "applies,999,", r"codings\.csv:2:10: .*begin in its segment"),
    "JSON": ("run.json", "{", "", r"run\.json"),
    "stance of the frame": ("run.json", '"stance": "departs"', '"stance": "maybe"', r"run\.json"),
    "participant twice": ("run.json", '"id": "B2"', '"id": "B1"', r"run\.json"),
    "number for a text": ("run.json", '"town": "north"', '"town": 5', r"run\.json"),
    "format": ("run.json", '"format": 1', '"format": 99', r"run\.json.*version"),
    "participants": ("run.json", '"participants": [', '"persons": [', r"run\.json"),
    "frame": ("run.json", '"subcategory": "cooks"', '"sub": "cooks"', r"run\.json"),
}


@pytest.mark.parametrize(("name", "old", "new", "words"), EDITS.values(), ids=EDITS)
def test_results_edited_by_hand_are_refused(results, name, old, new, words):
    edit(results, name, old, new)
    with pytest.raises(ResultsError, match=words):
        read_results(results)


def test_results_say_all_faults_at_once(results):
    edit(results, "codings.csv", "food,cooks,applies,", "food,cooks,applies,x")
    edit(results, "segments.csv", "sentence,", "sentence,-")
    edit(results, "segments.csv", "A1:2.2,", "")
    with pytest.raises(ResultsError) as caught:
        read_results(results)
    assert ["segments.csv:2:8", "segments.csv:4", "codings.csv:2:10"] == [
        f"{fault.path.rsplit(os.sep, 1)[1]}:{fault.line}" + (f":{fault.column}" if fault.column else "")
        for fault in caught.value.faults
    ]


def test_results_name_the_first_of_very_many_faults(results):
    text = (results / "segments.csv").read_text(encoding="utf-8")
    (results / "segments.csv").write_text(text + "x\n" * 1000, encoding="utf-8")
    with pytest.raises(ResultsError, match="first 20 of 1000 faults") as caught:
        read_results(results)
    assert 20 == len(caught.value.faults)


def test_results_lines_are_those_of_the_file_where_cells_hold_lines(tmp_path):
    write_files(tmp_path / "in", {"A1.txt": "A1: soup\nand\nmore\n", "B1.txt": "B1: soup\n"})
    write_results(
        code(load_transcripts(tmp_path / "in"), make_codebook(KITCHEN), unit="turn"), tmp_path / "out"
    )
    edit(tmp_path / "out", "segments.csv", ",B1,B1,B,turn,", ",B1,B9,B,turn,")
    lines = (tmp_path / "out" / "segments.csv").read_text(encoding="utf-8").split("\n")
    with pytest.raises(ResultsError) as caught:
        read_results(tmp_path / "out")
    assert "B9" in lines[caught.value.faults[0].line - 1]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe", b'"', b"[]"])
def test_results_with_a_spoilt_file_are_refused(results, name, content):
    if name == "comparison.csv":
        name = "codings.csv"
    (results / name).write_bytes(content)
    with pytest.raises(ResultsError, match=name):
        read_results(results)


@pytest.mark.parametrize("name", FILES)
def test_results_with_a_missing_file_are_refused(results, name):
    (results / name).unlink()
    with pytest.raises(ResultsError, match=name):
        read_results(results)


@pytest.mark.parametrize("ending", ["\r\n"])
def test_results_saved_with_windows_line_ends_are_read(coded, results, ending):
    data = (results / "codings.csv").read_bytes()
    (results / "codings.csv").write_bytes(data.replace(b"\n", ending.encode()))
    assert coded.codings == read_results(results).codings


def test_results_saved_with_a_byte_order_mark_are_read(coded, results):
    data = (results / "segments.csv").read_bytes()
    (results / "segments.csv").write_bytes(b"\xef\xbb\xbf" + data)
    assert coded.segments == read_results(results).segments


def test_results_that_are_not_there(tmp_path):
    with pytest.raises(ResultsError, match="hrcode code"):
        read_results(tmp_path / "results")


FOREIGN = {
    "codings.csv": "mine",
    "segments.csv": "mine",
    "run.json": '{"laps": 3}',
    "comparison.csv": "mine",
}


@pytest.mark.parametrize(("name", "content"), FOREIGN.items(), ids=FOREIGN)
def test_results_do_not_overwrite_foreign_files(tmp_path, coded, name, content):
    write_files(tmp_path / "mine", {name: content})
    with pytest.raises(ResultsError, match=name):
        write_results(coded, tmp_path / "mine")
    assert {name: content.encode()} == contents(tmp_path / "mine")


def test_results_target_below_a_file(tmp_path):
    write_files(tmp_path, {"file": "x"})
    with pytest.raises(ResultsError, match="file"):
        check_target(tmp_path / "file" / "results")


def test_results_target_that_is_fine_is_not_made(tmp_path):
    check_target(tmp_path / "new" / "results")
    assert [] == os.listdir(tmp_path)


@pytest.fixture
def other(tmp_path):
    return code_study(tmp_path / "other", {"C1.txt": "C1: I dig.\n"})


FAILING = ["fsync", "mkdtemp", "rename"]


def break_it(monkeypatch, step, error):
    """Make the second file's fsync, the hidden folder, or the first rename fail."""
    calls = []

    def failing(real, at):
        def call(*args, **kwargs):
            calls.append(1)
            if len(calls) == at:
                raise error
            return real(*args, **kwargs)

        return call

    if step == "fsync":
        monkeypatch.setattr(files.os, "fsync", failing(os.fsync, 2))
    elif step == "mkdtemp":
        monkeypatch.setattr(files.tempfile, "mkdtemp", failing(files.tempfile.mkdtemp, 1))
    else:
        monkeypatch.setattr(files.os, "replace", failing(os.replace, 1))


@pytest.mark.parametrize("step", FAILING)
def test_results_failure_before_the_end_keeps_the_earlier_result(results, other, monkeypatch, step):
    before = contents(results)
    break_it(monkeypatch, step, OSError(28, "No space left on device"))
    with pytest.raises(ResultsError, match=r"\(the disk is full\)\. Make room"):
        write_results(other, results)
    assert (before, sorted(FILES)) == (contents(results), sorted(os.listdir(results)))


@pytest.mark.parametrize("step", FAILING)
def test_results_interruption_before_the_end_keeps_the_earlier_result(results, other, monkeypatch, step):
    before = contents(results)
    break_it(monkeypatch, step, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_results(other, results)
    assert (before, sorted(FILES)) == (contents(results), sorted(os.listdir(results)))


@pytest.mark.parametrize("renames", [2, 3, 4, 5, 6])
def test_results_interrupted_finish_is_completed_by_the_next_read(results, other, monkeypatch, renames):
    with monkeypatch.context() as patch:
        calls = []
        real = os.replace

        def dies(*args):
            calls.append(1)
            if len(calls) == renames:
                raise KeyboardInterrupt
            real(*args)

        patch.setattr(files.os, "replace", dies)
        with pytest.raises(KeyboardInterrupt):
            write_results(other, results)
    assert (parts(other), sorted(FILES)) == (parts(read_results(results)), sorted(os.listdir(results)))


def test_results_interrupted_finish_is_completed_by_the_next_write(results, coded, other, monkeypatch):
    with monkeypatch.context() as patch:
        real = os.replace
        patch.setattr(files.os, "replace", lambda a, b: real(a, b) if str(b).endswith("ready") else 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_results(other, results)
    write_results(coded, results)
    assert (parts(coded), sorted(FILES)) == (parts(read_results(results)), sorted(os.listdir(results)))


def test_results_folder_in_place_of_a_file_is_refused_with_everything_kept(results, other):
    (results / "segments.csv").unlink()
    write_files(results, {"segments.csv/note.txt": "mine"})
    before = contents(results)
    with pytest.raises(ResultsError):
        write_results(other, results)
    assert before == contents(results)


def test_results_run_names_no_place_and_no_date(results, tmp_path):
    run = json.loads((results / "run.json").read_text(encoding="utf-8"))
    assert (False, False) == (
        str(tmp_path) in json.dumps(run),
        any("date" in key or "time" in key for key in run),
    )


def test_results_comparison_is_written_with_its_rows(results):
    assert 1 + 2 * (3 + 4 + 2) == len((results / "comparison.csv").read_text(encoding="utf-8").splitlines())


def test_results_made_by_hand_are_read_back(tmp_path):
    coded = make_coded({"A1": "=A"}, [("A1", 3)], [(0, "food/cooks")], ["food/cooks"])
    write_results(coded, tmp_path / "out")
    assert parts(coded) == parts(read_results(tmp_path / "out"))
