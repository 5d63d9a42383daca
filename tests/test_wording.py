"""Numbers with what they count: one of a thing is never several."""

import html
import re

import pytest

from builders import make_study, write_files
from hrcode.codebook.load import load_codebook
from hrcode.coding.study import load_study
from hrcode.wording import counted, noun
from test_cli import run


@pytest.mark.parametrize(
    ("number", "args", "said"),
    [
        (0, ("coding",), "0 codings"),
        (1, ("coding",), "1 coding"),
        (1193, ("segment",), "1,193 segments"),
        (1, ("entry",), "1 entry"),
        (2, ("entry",), "2 entries"),
        (2, ("subcategory",), "2 subcategories"),
        (2, ("near miss",), "2 near misses"),
        (2, ("match",), "2 matches"),
        (2, ("key",), "2 keys"),
        (1, ("word is", "words are"), "1 word is"),
        (2, ("word is", "words are"), "2 words are"),
    ],
)
def test_counted(number, args, said):
    assert said == counted(number, *args)
    assert said.partition(" ")[2] == noun(number, *args)


ALONE = "A1: We cook soup.\n"
CLAIM = "claims:\n- {id: C, text: Invented., op: present_in, code: food/cooks, group: A}\n"
# One transcript, one participant, one segment, one coding, one word of each kind: all there is.
COMMANDS = [
    ["code", "interviews", "--codebook", "kitchen.yaml", "--cache", "cache"],
    ["code", "interviews", "--codebook", "kitchen.yaml", "--out", "archive", "--results-format", "parquet"],
    ["codebook", "validate", "kitchen.yaml"],
    ["codebook", "show", "kitchen.yaml"],
    ["codebook", "test", "kitchen.yaml", "--on", "interviews"],
    ["transcripts", "check", "interviews"],
    ["transcripts", "show", "interviews/A1.txt"],
    ["participants", "results"],
    ["compare", "results", "--differences"],
    ["quotes", "results"],
    ["kwic", "soup", "results"],
    ["matrix", "results"],
    ["coverage", "results"],
    ["coverage", "results", "--base", "1", "--run", "1"],
    ["coverage", "--plan", "0.99"],
    ["uncoded", "results", "--show", "segments"],
    ["keywords", "results"],
    ["claims", "claims.yaml", "results"],
    ["explain", "We cook soup."],
    ["cache", "info", "--cache", "cache"],
    ["cache", "clear", "--cache", "cache"],
    ["init", "begun", "--from", "interviews"],
    ["leak-scan", "interviews", "--names", "names.txt"],
    ["codebook", "convert", "kitchen.yaml", "kitchen.qdc"],
]
VERBS = "is|was|has|holds|fails|needs|stands|does|meets|looks|fires"
SEVERAL = re.compile(
    rf"(?<![\w.,:/-])1 (?:predefined |near |more )?(?!(?:{VERBS})\b)[a-z]+s\b|\b1 people|\bare 1\b"
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = make_study(tmp_path_factory.mktemp("one"), {"A1.txt": ALONE}, {"food/cooks": ["cook soup"]})
    return write_files(folder, {"claims.yaml": CLAIM, "names.txt": "person: Ruth\n"})


@pytest.mark.slow
def test_one_is_never_several_in_what_commands_say(study, monkeypatch):
    monkeypatch.chdir(study)
    said = {" ".join(command): run(*command).output for command in COMMANDS}

    assert {} == {name: SEVERAL.findall(text) for name, text in said.items() if SEVERAL.search(text)}
    assert "1 category, 1 subcategory, 1 indicator" in said["codebook show kitchen.yaml"]
    assert "Removed 1 entry" in said["cache clear --cache cache"]
    assert not [name for name, text in said.items() if "Usage:" in text]


def test_one_is_never_several_in_a_report(study, monkeypatch):
    monkeypatch.chdir(study)
    run(*COMMANDS[0])
    run("report", "results")

    page = (study / "report.html").read_text(encoding="utf-8")
    words = html.unescape(re.sub(r"<[^>]*>", " | ", re.sub(r"(?s)<(script|style).*?</\1>", "", page)))
    assert [] == SEVERAL.findall(" ".join(words.split()))


def test_one_is_never_several_at_a_prompt(study, monkeypatch):
    monkeypatch.chdir(study)
    made = load_study(study, transcripts=[study / "interviews"], codebook=study / "kitchen.yaml")

    shown = [made, made.transcripts, *made.transcripts, made.code(), load_codebook("kitchen.yaml")]
    assert [] == [found for one in shown for found in SEVERAL.findall(f"{one!r} {one}")]
