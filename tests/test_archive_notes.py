"""What an archive's run says of people and files: what the run of a study says, however many there are."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

from builders import codebook_text, write_files
from hrcode.archive.job import make_job
from hrcode.archive.material import sources
from hrcode.archive.work.run import code_archive
from hrcode.cli.app import app
from hrcode.codebook.load import load_codebook
from hrcode.coding.code import code
from hrcode.errors import TranscriptError
from hrcode.exchange.results import read_results
from hrcode.transcripts.attributes import Attribute
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.sampling import Rule, Sampling
from hrcode.transcripts.where import parse_where

SAMPLING = Sampling(
    {"years": Attribute("number"), "shoe": Attribute("number")}, (Rule(parse_where("years>=2")),), True
)
TALKS = {
    "x/one.txt": "I: Well?\nA1: I cook soup.\n?: What is it?\nA2: We dig here all day.\nA3: Dig.\nA4: -\n",
    "x/two.txt": "I: Well?\nA3: We cook soup too.\nA5: We throw it away.\nA2 & A1: We dig, both of us.\n",
    "x/old.doc": "",
    "participants.csv": (
        "participant,group,years,consent\nA1,A,3,yes\nA2,A,3,withdrawn\nA3,B,1,no\nA4,,2,\nA5,B,,yes\nA9,B,4,yes\n"
    ),
}  # fmt: skip


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "kitchen.yaml"
    path.write_text(codebook_text({"food/cooks": ["cook soup"], "garden/digs": ["dig"]}), encoding="utf-8")
    return load_codebook(path)


def told(outcome, rule):
    return [fault.message for fault in outcome.warnings if fault.rule == rule]


def jsonl(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def turn(id_, speaker, text, **more):
    return {"id": id_, "speaker": speaker, "text": text, **more}


def test_archive_says_of_people_what_a_study_says(tmp_path, book):
    folder = write_files(tmp_path / "talks", TALKS)
    study = code(load_transcripts(folder, sampling=SAMPLING), book)
    outcome = code_archive([str(folder)], make_job(book, sampling=SAMPLING), tmp_path / "out")
    assert {fault.rule for fault in study.warnings} == {fault.rule for fault in outcome.warnings}
    assert {"withdrawn", "not-included", "no-consent", "unknown-speaker", "format-not-read"} <= {
        fault.rule for fault in outcome.warnings
    }
    whole = read_results(tmp_path / "out")
    for known in ("left_out", "not_quoted", "transcripts"):
        assert study.run[known] == whole.run[known]
    assert [] == outcome.faults


@pytest.mark.parametrize("unit", ["sentence", "turn", "paragraph"])
def test_archive_counts_what_a_study_counts(tmp_path, book, unit):
    files = {name: text for name, text in TALKS.items() if not name.endswith(".doc")}
    said = [("I", "So?"), ("A1", "We dig. We never dig."), ("?", "Who? Me?")]
    text = "".join(f"{who}: {words}\n" for who, words in said)
    folder = write_files(tmp_path / "talks", {**files, "x/three.txt": text})
    study = code(load_transcripts(folder, sampling=SAMPLING), book, unit=unit)
    (folder / "x" / "three.txt").unlink()
    write_files(folder, {"three.jsonl": jsonl(*(turn("three", *one) for one in said))})
    paths = [str(folder / "x" / "*.txt"), str(folder / "three.jsonl")]
    settings = {"unit": unit, "sampling": SAMPLING, "participants": str(folder / "participants.csv")}
    outcome = code_archive(paths, make_job(book, **settings), tmp_path / "out")
    counts = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["counts"]
    assert 2 == outcome.partitions
    assert study.run["counts"] == counts == outcome.counts
    assert min(counts.values()) > 0
    assert len(study.segments) == sum(n for name, n in counts.items() if name.endswith("segments"))


def test_archive_says_it_again_when_its_partitions_are_kept(tmp_path, book):
    folder = write_files(tmp_path / "talks", TALKS)
    job = make_job(book, sampling=SAMPLING)
    first, second = (code_archive([str(folder)], job, tmp_path / "out") for _ in range(2))
    assert (0, 1) == (first.kept, second.kept)
    assert first.warnings == second.warnings
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [fault.message for fault in first.warnings] == [one["message"] for one in record["warnings"]]


def test_archive_counts_everybody_once_and_names_a_few(tmp_path, book):
    """A1 to A5 withdrew in each of three tables: five people, fifteen turns of five words."""
    for number in range(3):
        rows = [
            turn(f"t{number}", f"A{n}", f"We dig {number} times here.", consent="withdrawn")
            for n in range(1, 6)
        ]
        kept = turn(f"t{number}", "B1", "I cook soup.", consent="yes")
        write_files(tmp_path / "calls", {f"c{number}.jsonl": jsonl(*rows, kept)})
    outcome = code_archive([str(tmp_path / "calls")], make_job(book), tmp_path / "out")
    (message,) = told(outcome, "withdrawn")
    assert (
        "withdrawn and left out altogether, 75 words: "
        "A1 (c0.jsonl), A2 (c0.jsonl), A3 (c0.jsonl) and 2 more" == message
    )
    assert {"reason": "withdrawn", "turns": 3, "words": 15} == read_results(tmp_path / "out").run["left_out"][
        "A2"
    ]


def test_archive_says_only_what_all_partitions_say(tmp_path, book):
    sampling = Sampling({"years": Attribute("number"), "shoe": Attribute("number")})
    write_files(
        tmp_path / "calls",
        {
            "a.jsonl": jsonl(turn("a", "A1", "I cook soup.", years="3")),
            "b.jsonl": jsonl(turn("b", "B1", "I cook soup.", yaers="3")),
        },
    )
    outcome = code_archive([str(tmp_path / "calls")], make_job(book, sampling=sampling), tmp_path / "out")
    (message,) = told(outcome, "unknown-attribute")
    assert message.startswith("nobody has 'shoe'")


def test_archive_says_whose_language_the_codebook_lacks(tmp_path, book):
    text = "---\nlanguage: lt\n---\nI: Well?\nA1: Verdu sriubą.\n"
    folder = write_files(tmp_path / "talks", {"one.txt": text, "two.txt": "I: Well?\nA2: I dig.\n"})
    outcome = code_archive([str(folder)], make_job(book), tmp_path / "out")
    study = code(load_transcripts(folder), book)
    assert [fault.rule for fault in study.warnings] == [fault.rule for fault in outcome.warnings]
    assert ["the codebook has no indicators in lt; nothing said in them can be coded"] == told(
        outcome, "language"
    )


def test_archive_names_what_is_odd_a_few_times_a_rule(tmp_path, book):
    talks = {f"t{n}.txt": f"I: And {n}?\nA{n}: I cook soup {n}.\n" for n in range(2)}
    asked = {f"i{n}.txt": f"I: Is anybody there, {n}?\n" for n in range(7)}
    folder = write_files(tmp_path / "talks", {**talks, **asked})
    outcome = code_archive([str(folder)], make_job(book), tmp_path / "out")
    assert [*["only interviewers speak here"] * 3, "4 more of this kind"] == told(outcome, "no-participant")
    assert "i0" == outcome.warnings[0].path


def test_archive_names_the_files_that_it_passes_over(tmp_path, book):
    rows = jsonl(turn("a", "A1", "I cook soup."))
    earlier = {"out/run.json": "{}", "out/parts-0123456789ab/p/s.parquet": "", ".hidden/b.jsonl": rows}
    files = {"a.jsonl": rows, "one.txt": "A1: I dig.\n", "participants.csv": "participant\nA1\n", **earlier}
    folder = write_files(tmp_path / "calls", files)
    outcome = code_archive([str(folder)], make_job(book), tmp_path / "out")
    assert (1, []) == (outcome.partitions, outcome.faults)
    assert [str(folder / "one.txt")] == [fault.path for fault in outcome.warnings if fault.level == "warning"]
    for pattern in ("*", "**/*[lt]"):
        outcome = code_archive([str(folder / pattern)], make_job(book), tmp_path / "star")
        assert (2, []) == (outcome.counts["transcripts"], outcome.faults)


def test_archive_of_a_pattern_names_what_it_cannot_read(tmp_path, book):
    files = {"a.txt": "A1: I dig.\n", "b.doc": "", "participants.csv": "participant\nA1\n", "README": ""}
    folder = write_files(tmp_path / "talks", files)
    outcome = code_archive([str(folder / "*")], make_job(book), tmp_path / "out")
    assert (1, []) == (outcome.counts["transcripts"], outcome.faults)
    assert {"README", "b.doc"} == {fault.path.rpartition("/")[2] for fault in outcome.warnings}


def test_archive_files_of_one_name_are_told_and_the_others_kept(tmp_path, book):
    files = {"a.txt": "A1: I dig.\n", "a.md": "A1: I dig a lot.\n"}
    folder = write_files(tmp_path / "talks", files)
    outcome = code_archive([str(folder)], make_job(book), tmp_path / "out")
    assert (1, ["same-name"], 1) == (
        outcome.counts["transcripts"],
        [fault.rule for fault in outcome.faults],
        outcome.left_out,
    )


def test_archive_command_says_who_is_left_out_and_is_clean(tmp_path, book, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path / "talks", TALKS)
    said = CliRunner().invoke(
        app, ["code", "talks", "--results-format", "parquet", "--codebook", book.path, "--out", "out"]
    )
    assert 0 == said.exit_code, said.output
    assert "withdrawn and left out altogether, 10 words: A2 (withdrawn)" in said.stderr
    assert "old.doc: warning: not read" in said.stderr
    quiet = CliRunner().invoke(
        app, ["code", "talks", "--results-format", "parquet", "--codebook", book.path, "--out", "out", "-q"]
    )
    assert (0, "") == (quiet.exit_code, quiet.stderr)


def test_archive_label_of_several_people_is_left_out_where_its_row_says_so(tmp_path, book):
    """Without a participant column every caller is one person, each of whom decides for a conversation."""
    rows = [
        turn(f"t{number}", "caller", f"I cook soup {number}.", consent=consent)
        for number, consent in enumerate(("withdrawn", "yes", "no", "withdrawn"))
    ]
    write_files(tmp_path, {"a.jsonl": jsonl(*rows)})
    outcome = code_archive([str(tmp_path / "a.jsonl")], make_job(book), tmp_path / "out")
    assert ["withdrawn and left out altogether, 8 words: caller"] == told(outcome, "withdrawn")
    assert ["no consent, so counted but never quoted: caller"] == told(outcome, "no-consent")
    whole = read_results(tmp_path / "out")
    assert ["caller"] == [person.id for person in whole.participants]
    assert ["I cook soup 1."] == [one.text for one in whole.segments if "soup" in one.text]


BAD_TABLES = {
    "participants.csv": "participant,group,years\nA1,A,x\nA1,B,3\n",
    "transcripts.csv": "transcript,kind\nt0,odd\nt0,pair\n",
}


@pytest.mark.parametrize("ending", ["txt", "jsonl"])
def test_archive_tables_that_cannot_be_used_are_said_once_before_any_work(
    tmp_path, book, ending, monkeypatch
):
    monkeypatch.setattr(sources, "FILES_BYTES", 1)
    talks = [
        f"A1: Dig {n}.\n" if ending == "txt" else jsonl(turn(f"t{n}", "A1", f"Dig {n}.")) for n in range(3)
    ]
    files = {f"t{n}.{ending}": talk for n, talk in enumerate(talks)}
    folder = write_files(tmp_path / "talks", {**BAD_TABLES, **files})
    with pytest.raises(TranscriptError) as told:
        code_archive([str(folder)], make_job(book, sampling=SAMPLING), tmp_path / "out")
    rules = ["bad-value", "duplicate-participant", "bad-kind", "duplicate-transcript"]
    assert rules == [fault.rule for fault in told.value.faults]
    assert not (tmp_path / "out").exists()


def test_archive_rows_about_nothing_are_said_once_however_many_partitions(tmp_path, book, monkeypatch):
    files = {
        **{f"t{n}.txt": f"A1: I dig {n}.\n" for n in range(3)},
        "participants.csv": "participant\nA1\n",
        "transcripts.csv": "transcript,participants\nt0,A1\nt1,A1; A7\nt9,A1\n",
    }
    folder = write_files(tmp_path / "talks", files)
    whole = code_archive([str(folder)], make_job(book), tmp_path / "whole")
    monkeypatch.setattr(sources, "FILES_BYTES", 1)
    for kept in (0, 3):
        parted = code_archive([str(folder)], make_job(book), tmp_path / "parted")
        assert (3, kept) == (parted.partitions, parted.kept)
        assert (whole.faults, whole.left_out) == (parted.faults, parted.left_out)
    assert ["unknown-participant", "unknown-transcript"] == [fault.rule for fault in whole.faults]


def test_archive_rows_about_transcripts_of_another_partition_are_in_order(tmp_path, book, monkeypatch):
    monkeypatch.setattr(sources, "FILES_BYTES", 1)
    source = '<TextSource name="{0}"><PlainTextContent>A1: I dig {0}.</PlainTextContent></TextSource>'
    project = f"<Project><Sources>{source.format('one')}{source.format('two')}</Sources></Project>"
    files = {"t.txt": "A1: We dig.\n", "transcripts.csv": "transcript,wave\np/one,1\np/two,2\nt,3\n"}
    folder = write_files(tmp_path / "talks", files)
    with zipfile.ZipFile(folder / "p.qdpx", "w") as package:
        package.writestr(
            "project.qde", project.replace("<Project", '<Project xmlns="urn:QDA-XML:project:1.0"')
        )
    outcome = code_archive([str(folder)], make_job(book), tmp_path / "out")
    assert (2, 3, []) == (outcome.partitions, outcome.counts["transcripts"], outcome.faults)


def test_archive_fault_of_a_table_beside_it_costs_no_transcript(tmp_path, book):
    files = {
        "a.txt": "A1: I dig.\n",
        "participants.csv": "participant\nA1\n",
        "transcripts.csv": "transcript,participants\na,A7\n",
    }
    folder = write_files(tmp_path / "talks", files)
    outcome = code_archive([str(folder)], make_job(book), tmp_path / "out")
    assert (1, ["unknown-participant"]) == (
        outcome.counts["transcripts"],
        [fault.rule for fault in outcome.faults],
    )
