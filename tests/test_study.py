import pytest

from builders import write_files
from hrcode.errors import StudyError
from hrcode.study import Settings, find_settings, read_settings
from hrcode.transcripts.model import DEFAULT_INTERVIEWERS


def read(tmp_path, text):
    write_files(tmp_path, {"study.yaml": text})
    return read_settings(tmp_path / "study.yaml")


def test_study_settings_are_read(tmp_path):
    found = read(
        tmp_path, "group_by: town\nunit: turn\nlanguage: no\ncodebook: kitchen\ninterviewers: [I, Ada]\n"
    )
    assert ("town", "turn", "no", "kitchen", ("I", "Ada")) == (
        found.group_by, found.unit, found.language, found.codebook, found.interviewers,
    )  # fmt: skip


@pytest.mark.parametrize("key", ["transcripts", "participants", "out"])
def test_study_paths_start_at_its_folder(tmp_path, key):
    assert str(tmp_path / "there") == getattr(read(tmp_path, f"{key}: there\n"), key)


def test_study_path_from_the_root_stays(tmp_path):
    assert str(tmp_path / "x") == read(tmp_path / "deep", f"transcripts: {tmp_path / 'x'}\n").transcripts


def test_study_codebook_file_starts_at_its_folder(tmp_path):
    write_files(tmp_path, {"mine.yaml": "x"})
    assert str(tmp_path / "mine.yaml") == read(tmp_path, "codebook: mine.yaml\n").codebook


def test_study_missing_codebook_file_is_looked_for_in_its_folder(tmp_path):
    assert str(tmp_path / "books" / "mine.yaml") == read(tmp_path, "codebook: books/mine.yaml\n").codebook


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_study_empty_file_settles_nothing(tmp_path, text):
    assert Settings(tmp_path) == read(tmp_path, text)


FAULTS = {
    "unknown key": ("grup_by: town\n", [(1, 1, "unknown-key")]),
    "no text": ("unit: [turn]\n", [(1, 7, "not-text")]),
    "empty": ("unit:\n", [(1, 6, "not-text")]),
    "number": ("group_by: 3\n", [(1, 11, "not-text")]),
    "no unit": ("unit: sentance\n", [(1, 7, "bad-unit")]),
    "no language": ("language: english\n", [(1, 11, "bad-language")]),
    "labels no list": ("interviewers: I\n", [(1, 15, "not-a-list")]),
    "labels no text": ("interviewers: [I, 2]\n", [(1, 15, "not-a-list")]),
    "no mapping": ("- unit\n", [(1, 1, "not-a-mapping")]),
    "key twice": ("unit: turn\nunit: turn\n", [(2, 1, "duplicate-key")]),
    "no YAML": ("unit: [turn\n", [(2, 1, "yaml-syntax")]),
    "all at once": (
        "x: 1\nunit: 2\nunit: turn\n",
        [(1, 1, "unknown-key"), (2, 7, "not-text"), (3, 1, "duplicate-key")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS)
def test_study_faults_have_line_and_column(tmp_path, text, expected):
    with pytest.raises(StudyError) as caught:
        read(tmp_path, text)
    assert expected == [(fault.line, fault.column, fault.rule) for fault in caught.value.faults]


def test_study_misspelt_key_is_named(tmp_path):
    with pytest.raises(StudyError, match="Did you mean group_by"):
        read(tmp_path, "groupby: town\n")


@pytest.mark.parametrize("place", ["study.yaml", "data/study.yaml", "data/talks/study.yaml"])
@pytest.mark.parametrize("named", ["data/talks", "data/talks/S1.txt"])
def test_study_is_found(tmp_path, place, named):
    write_files(tmp_path, {"data/talks/S1.txt": "S1: Hi.\n", place: "unit: turn\n"})
    assert "turn" == find_settings([tmp_path / named], tmp_path).unit


def test_study_of_the_current_folder_goes_first(tmp_path):
    write_files(tmp_path, {"study.yaml": "unit: turn\n", "talks/study.yaml": "unit: paragraph\n"})
    assert "turn" == find_settings([tmp_path / "talks"], tmp_path).unit


def test_study_of_another_place_is_not_looked_for(tmp_path):
    write_files(tmp_path, {"study.yaml": "unit: turn\n", "a/b/talks/S1.txt": "S1: Hi.\n"})
    found = find_settings([tmp_path / "a" / "b" / "talks"], tmp_path / "a")
    assert Settings(tmp_path / "a") == found


def test_study_default_interviewers(tmp_path):
    assert DEFAULT_INTERVIEWERS == find_settings([], tmp_path).interviewers
