"""The plan says what coding takes; nothing is run for it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builders import codebook_text, make_codebook
from hrcode.checks.lint import lint
from hrcode.cli.app import app
from hrcode.coding.plan import plan
from hrcode.errors import LanguageError

ROOT = Path(__file__).parent.parent
NOUN = {"id": "any-noun", "pattern": [{"POS": "NOUN"}]}
RENT = {"id": "rent", "pattern": [{"POS": "ADJ", "OP": "?"}, {"LEMMA": {"IN": ["rent", "bill"]}}]}


def step(rules, **options):
    (only,) = plan(make_codebook({"a/a": rules}), **options).steps
    return only


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("cook soup", ("phrase", 2, "with its words", False)),
        ("(cook|bake) (soup|)", ("phrase", 2, "with its words", False)),
        ({"exact": "own soup"}, ("exact", 2, "with its words", False)),
        ({"near": ["cook", ["soup", "bread"]]}, ("near", 3, "with its words", False)),
        ({"pattern": [{"LOWER": {"IN": ["rent", "bill"]}}]}, ("pattern", 2, "with its words", False)),
        ({"pattern": [{"LOWER": "rent"}, {"POS": "NOUN"}]}, ("pattern", 1, "with its words", True)),
        (NOUN, ("pattern", 0, "all", True)),
        ({"pattern": [{"LEMMA": "be"}]}, ("pattern", 0, "all", True)),
        ({"similar": ["We cook soup for all of them every day."]}, ("similar", 0, "all", False)),
    ],
)
def test_plan_of_one_indicator(rule, expected):
    found = step([rule])
    assert expected == (found.kind, found.anchors, found.sentences, found.parsed)


def test_plan_anchors_of_a_pattern_are_all_inflected_forms():
    assert step([RENT]).anchors > 6


def test_plan_names_the_indicators_that_force_all_sentences():
    found = step([RENT, NOUN])
    assert ("all", ["any-noun"]) == (found.sentences, [indicator.id for indicator in found.everywhere])


def test_plan_without_the_prefilter_looks_at_all_sentences():
    found = step(["cook soup"], prefilter=False)
    assert ("all", ()) == (found.sentences, found.everywhere)


def test_plan_loads_only_the_components_asked_for():
    made = plan(make_codebook({"a/a": [{"pattern": [{"TAG": "NN"}, {"LOWER": "rent"}]}, "soup"]}))
    assert (
        ("parser", "tagger"),
        {"pattern": ("spaCy", "parser", "tagger"), "phrase": ("dictionary forms",)},
    ) == (
        made.components,
        {one.kind: one.loads for one in made.steps},
    )
    assert "" == plan(make_codebook({"a/a": ["soup"]})).pipeline


def test_plan_is_for_one_language():
    book = make_codebook({"a/a": ["soup"]})
    assert () == plan(book, "pl").steps
    with pytest.raises(LanguageError, match="language code"):
        plan(book, "Polish")


@pytest.fixture
def book(tmp_path, monkeypatch):
    path = tmp_path / "kitchen.yaml"
    path.write_text(codebook_text({"a/a": ["cook soup", RENT, NOUN]}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["code", *map(str, arguments)])


def test_plan_command_codes_nothing(book):
    result = run("no-such-folder", "--codebook", book, "--explain-plan")
    assert (0, [book]) == (result.exit_code, list(book.parent.iterdir()))
    assert f"{book}:12:" in result.stdout.replace("\n", "")
    assert "'any-noun' looks at every sentence" in " ".join(result.stdout.split())


def test_plan_command_for_programs(book):
    made = json.loads(run("--codebook", book, "--explain-plan", "--format", "json").stdout)
    assert ["pattern", "phrase"] == [one["kind"] for one in made["steps"]]
    assert [["any-noun"], []] == [[i["id"] for i in one["everywhere"]] for one in made["steps"]]


def test_plan_command_without_the_prefilter(book):
    made = json.loads(run("--codebook", book, "--explain-plan", "--no-prefilter", "--format", "json").stdout)
    assert (False, {"all"}) == (made["prefilter"], {one["sentences"] for one in made["steps"]})


def test_plan_page_shows_what_is_printed():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(.*?)```", page, re.S)[:1]
    printed = run("--codebook", ROOT / "codebooks" / "harm_reduction.yaml", "--explain-plan").stdout
    pipeline = re.compile(r"en_core_web_sm\w* [\d.]+")
    rows = [
        pipeline.sub("PIPELINE", "\n".join(line.rstrip() for line in t.strip().splitlines()))
        for t in (shown, printed)
    ]
    assert rows[0] == rows[1]


@pytest.mark.slow
def test_plan_loads_nothing(book):
    start = (
        "import sys, hrcode\n"
        f"made = hrcode.plan(hrcode.load_codebook({str(book)!r}))\n"
        "print(len(made.steps), sorted({'spacy', 'pandas', 'wordllama'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    assert "2 []" == done.stdout.strip()


def test_plan_lint_notes_a_pattern_without_an_anchor():
    text = codebook_text({"a/a": [RENT, NOUN, "soup"]})
    notes = [
        (f.level, f.line)
        for f in lint(make_codebook({"a/a": [RENT, NOUN, "soup"]}), text)
        if f.rule == "no-anchor"
    ]
    assert [("note", 12)] == notes


def test_plan_a_note_is_no_fault(book):
    result = CliRunner().invoke(app, ["codebook", "validate", str(book), "--format", "github"])
    assert (0, True) == (result.exit_code, "::notice file=" in result.stdout)
