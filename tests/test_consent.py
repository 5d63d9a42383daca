"""Whoever did not agree to be quoted, or withdrew, is quoted nowhere: in no file, by no command."""

import json

import pytest
from typer.testing import CliRunner

from builders import codebook_text, make_codebook, write_files
from hrcode.cli.app import app
from hrcode.cli.commands import COMMANDS, load_command
from hrcode.coding.cache import Cache
from hrcode.coding.code import code
from hrcode.exchange.results import read_results, write_results
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.participants import NOT_QUOTED

FRAME = {
    "food/cooks": ["cook soup", "quimb*"],
    "food/shares": [{"phrase": "share * soup", "negated": "require"}],
    "-food/wastes": ["throw ... away"],
    "garden/digs": ["dig"],
}
FILES = {
    "A1.txt": "I: Do you cook soup?\nA1: I cook soup daily. We never throw it away.\n",
    "A2.txt": "I: And you?\nA2: I cook soup daily. We dig.\n",
    # B1 gave no consent; B2 said nothing about it; B3 withdrew. Their words are nobody else's.
    "B1.txt": "I: And you?\nB1: I cook soup zorblax. We never cook soup quimbly. They throw vexil away.\n"
    "Grunfel: we say.\nI: Hm?\nB1: We don't share zorblax soup, mivvertham.\n",
    "B2.txt": "I: And?\nBertilla: I cook soup zorblax, as mivvertham says. Oh zorblax! We dig prannock.\n",
    "C1.txt": "I: All?\nA1: I dig and cook soup.\nB3: I cook soup wubbish. Wubbish, we dig!\n"
    "A1: Yes, we bake.\n",
    "participants.csv": "participant,group,consent,aliases,name\nA1,A,yes,,Ann Arkwright\nA2,A,yes,,\n"
    "B1,B,no,,Bob Bexley\nB2,B,,Bertilla,\nB3,B,withdrawn,,\n",
}
CLAIMS = "claims: [{id: C1, text: All cook., op: present_in, group: B, code: food/cooks}]\n"
SECRET = ("zorblax", "quimbly", "vexil", "mivvertham", "prannock", "wubbish", "bertilla", "grunfel",
          "arkwright", "bexley")  # fmt: skip
RESULTS = [
    ["participants", "interviews"], ["participants", "results", "--list"],
    ["participants", "interviews", "--list", "--format", "csv"],
    ["compare"], ["compare", "--differences", "--p"], ["compare", "--sensitivity"], ["matrix"],
    ["matrix", "--format", "csv"], ["quotes"], ["quotes", "--context", "3", "--style", "article"],
    ["quotes", "--exemplars", "--format", "json"], ["quotes", "--participant", "B1"],
    ["quotes", "--containing", "soup", "--format", "csv"], ["kwic", "soup"], ["kwic", "consent"],
    ["kwic", "soup", "--format", "md", "--width", "200"], ["cooccur"], ["keywords"],
    ["uncoded"], ["uncoded", "--show", "words"],
    ["uncoded", "--show", "segments", "--format", "csv"], ["coverage"], ["coverage", "--format", "csv"],
    *(["explain", segment, "--codebook", "kitchen.yaml"] for segment in ("B1:2.1", "A1:2.1", "C1:4.1")),
    ["export", "results", "--out", "tables"], ["export", "--out", "tables.html"],
    ["report", "--out", "report.html"], ["plot", "comparison", "--out", "p.svg"],
    ["plot", "coverage", "--out", "p.svg"], ["plot", "cooccurrence", "--out", "p.svg"],
    ["plot", "heatmap", "--out", "p.svg"], ["claims", "claims.yaml", "--quotes", "9"],
]  # fmt: skip
OTHERS = [
    ["code", "interviews", "--codebook", "kitchen.yaml", "--verbose"],
    ["code", "interviews", "--codebook", "kitchen.yaml", "--unit", "turn", "--out", "turns"],
    ["transcripts", "check", "interviews"], ["transcripts", "check", "interviews", "--format", "json"],
    ["transcripts", "show", "interviews"], ["init", "interviews"],
    ["codebook", "test", "kitchen.yaml", "--on", "interviews"],
    ["codebook", "test", "kitchen.yaml", "--on", "interviews", "--format", "json"],
    ["codebook", "diff", "kitchen.yaml", "other.yaml", "--on", "interviews"],
    ["codebook", "diff", "kitchen.yaml", "other.yaml", "--on", "interviews", "--format", "json"],
]  # fmt: skip
# These show no transcript; or they rewrite the user's own transcripts, or look into any file.
NOT_ASKED = {
    "codebook validate", "codebook show", "codebook new", "codebook schema", "codebook convert",
    "excerpt",  # of what an archive's results hold, which tests/test_archive.py asks
    "pseudonymise", "restore", "leak-scan", "cache info", "cache clear",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    write_files(folder / "interviews", FILES)
    (folder / "kitchen.yaml").write_text(codebook_text(FRAME))
    (folder / "other.yaml").write_text(codebook_text({**FRAME, "food/cooks": ["soup"]}))
    (folder / "claims.yaml").write_text(CLAIMS)
    coded = code(load_transcripts(folder / "interviews"), make_codebook(FRAME))
    write_results(coded, folder / "results")
    return folder


@pytest.fixture(autouse=True)
def study(made, monkeypatch):
    monkeypatch.chdir(made)
    return made


def run(*args):
    return CliRunner().invoke(app, [*args])


def leaks(text):
    return [word for word in SECRET if word in text.casefold()]


@pytest.mark.parametrize("args", [*RESULTS, *OTHERS], ids=" ".join)
def test_consent_no_command_tells_the_words(study, args):
    done = run(*args)
    assert done.exit_code in (0, 1) or args[:2] == ["explain", "B1:2.1"], done.output
    # Labels are shown where a person looks at what became of them.
    allowed = ["bertilla"] if args[0] == "transcripts" else []
    assert allowed == [word for word in leaks(done.output) if word not in allowed] + allowed
    for path in (*study.iterdir(), *study.glob("tables/*")):
        if path.suffix in (".html", ".svg", ".csv", ".json"):
            assert [] == leaks(path.read_text(encoding="utf-8"))


def test_consent_a_diff_marks_no_evidence_in_words_that_it_does_not_show(study):
    (study / "less.yaml").write_text(codebook_text({"food/shares": ["share the soup"]}))
    done = run("codebook", "diff", "kitchen.yaml", "less.yaml", "--on", "interviews")
    lines = [line for line in done.stdout.splitlines() if line.startswith("  B1:")]
    assert lines
    assert {f"  B1: {NOT_QUOTED}"} == {*lines}


def test_consent_the_loop_has_every_command():
    def names(command, path):
        for name, child in getattr(command, "commands", {}).items():
            yield from names(child, (*path, name))
        if not hasattr(command, "commands"):
            yield " ".join(path)

    asked = [" ".join(args) for args in [*RESULTS, *OTHERS]]
    commands = [path for name in COMMANDS for path in names(load_command(name), (name,))]
    left = {name for name in commands if not any(f"{one} ".startswith(f"{name} ") for one in asked)}
    assert left == NOT_ASKED


def test_consent_results_hold_no_word(study):
    for path in (study / "results").iterdir():
        assert [] == leaks(path.read_text(encoding="utf-8")), path.name


def test_consent_words_are_counted_and_places_kept():
    transcripts = load_transcripts("interviews")
    coded = code(transcripts, make_codebook(FRAME))
    texts = {one.id: one.text for one in transcripts}
    own = [s for s in coded.segments if s.participant == "B1"]
    assert [NOT_QUOTED] * len(own) == [s.text for s in own]
    assert [len(texts["B1"][s.start : s.end].split()) for s in own] == [s.words for s in own]
    (first, *_) = [c for c in coded.codings if c.participant == "B1"]
    assert (NOT_QUOTED, "cook soup") == (first.evidence, texts["B1"][first.start : first.end])
    assert {"negated"} == {miss.context for miss in coded.near_misses if miss.participant == "B1"}
    assert {""} == {miss.cue for miss in coded.near_misses if miss.participant == "B1"}


def test_consent_ids_are_those_of_a_run_with_consent(tmp_path):
    coded = code(load_transcripts("interviews"), make_codebook(FRAME))
    table = FILES["participants.csv"].replace("B1,B,no", "B1,B,yes").replace("B2,B,,", "B2,B,yes,")
    write_files(tmp_path / "all", {**FILES, "participants.csv": table})
    free = code(load_transcripts(tmp_path / "all"), make_codebook(FRAME))
    assert [c.coding_id for c in free.codings] == [c.coding_id for c in coded.codings]
    assert [(s.segment_id, s.words, s.start) for s in free.segments] == [
        (s.segment_id, s.words, s.start) for s in coded.segments
    ]
    assert "zorblax" in " ".join(s.text for s in free.segments)


def test_consent_withdrawn_is_in_no_count():
    coded = code(load_transcripts("interviews"), make_codebook(FRAME))
    assert "B3" not in {s.speaker for s in coded.segments}
    assert ["A1", "A2", "B1", "B2"] == [person.id for person in coded.participants]
    # The number of the turn is still taken.
    assert {1, 2, 4} == {s.turn for s in coded.segments if s.transcript == "C1"}


def test_consent_is_said_on_the_run_and_in_its_record(study):
    said = run("code", "interviews", "--codebook", "kitchen.yaml").stderr
    assert "no consent, so counted but never quoted: B1, B2" in said
    assert "withdrawn and left out altogether, 7 words: B3" in said
    record = json.loads((study / "results" / "run.json").read_text(encoding="utf-8"))
    assert {"B3": {"reason": "withdrawn", "turns": 1, "words": 7}} == record["left_out"]
    assert {"B1", "B2"} == record["not_quoted"].keys()
    assert "Not quoted, for want of consent: B1, B2" in " ".join(run("compare").output.split())


def test_consent_alias_becomes_the_id():
    coded = code(load_transcripts("interviews"), make_codebook(FRAME))
    assert {"I", "B2"} == {s.speaker for s in coded.segments if s.transcript == "B2"}


def test_consent_results_read_back_as_written(tmp_path):
    coded = code(load_transcripts("interviews"), make_codebook(FRAME))
    write_results(coded, tmp_path / "again")
    back = read_results(tmp_path / "again")
    assert (coded.segments, coded.codings, coded.near_misses) == (
        back.segments,
        back.codings,
        back.near_misses,
    )
    assert [p.id for p in coded.participants] == [p.id for p in back.participants]
    assert all(not person.names and not person.aliases for person in coded.participants)


def test_consent_withdrawn_question_is_no_question():
    """What somebody who withdrew says before an answer is not taken for the interviewer's question."""
    frame = {"food/cooks": [{"phrase": "yes", "asked": ["dig"]}]}
    coded = code(load_transcripts("interviews"), make_codebook(frame))
    assert [] == [c for c in coded.codings if c.transcript == "C1"]


def test_consent_joint_words_need_everybody(tmp_path):
    from dataclasses import replace

    transcripts = load_transcripts("interviews")
    texts = [
        replace(one, turns=tuple(replace(turn, participant="A1 + B1") for turn in one.turns[1:]))
        for one in transcripts
        if one.id == "A1"
    ]
    coded = code(replace(transcripts, transcripts=tuple(texts)), make_codebook(FRAME))
    assert {NOT_QUOTED} == {s.text for s in coded.segments if s.transcript == "A1" and s.participant}


def test_consent_no_cue_stays_in_the_cache(tmp_path):
    cache = Cache(tmp_path / "cache")
    code(load_transcripts("interviews"), make_codebook(FRAME), cache=cache)
    kept = [path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert len(kept) == 3  # A1, A2, and C1 without what B3 says
    assert b"never" in b"".join(kept)
    assert b"n't" not in b"".join(kept)
