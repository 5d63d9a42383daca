"""Guarding a codebook: examples as tests, lint, use on transcripts, differences, explanations, formats."""

import json
import re
import subprocess
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from builders import write_files
from conftest import codebook_dict, make_codebook
from hrcode.checks.diff import diff_codebooks, diff_codings
from hrcode.checks.examples import check_examples
from hrcode.checks.explain import explain
from hrcode.checks.lint import lint
from hrcode.checks.usage import check_usage
from hrcode.codebook.load import parse_codebook
from hrcode.codebook.revision import load_revision
from hrcode.errors import CodebookError, Fault
from hrcode.exchange.faults import WRITERS, examples_junit
from hrcode.transcripts.load import load_transcripts


def with_examples(rules, match=(), no_match=(), **more):
    book = codebook_dict({"c/s": rules, **more})
    subcategory = book["categories"][0]["subcategories"][0]
    subcategory["examples"] = {"match": list(match), "no_match": list(no_match)}
    if isinstance(rules, dict):  # by language
        subcategory["indicators"] = rules
    return make_codebook(book)


def test_examples_that_behave_pass():
    report = check_examples(with_examples(["they decide"], ["They decide."], ["We decide."]))

    assert (2, ()) == (len(report.results), report.failed)


@pytest.mark.parametrize(
    ("match", "no_match", "word"),
    [
        (["We decide."], [], "nothing fired"),
        (["Nobody says they decide."], [], "held back"),
        ([], ["They decide."], "they decide"),
        ([{"text": "They decide freely.", "only": True}], [], "c/other"),
    ],
)
def test_examples_that_fail_say_why(match, no_match, word):
    book = with_examples(["they decide"], match, no_match, **{"c/other": ["freely"]})

    (result,) = check_examples(book).failed

    assert word in result.problem


def test_examples_are_coded_in_their_own_language():
    lithuanian = {"text": "Jie nusprendė patys.", "language": "lt"}
    book = with_examples({"en": ["they decide"], "lt": ["nuspręsti"]}, ["They decided.", lithuanian], [])
    report = check_examples(book)

    assert ([], 2) == ([result.problem for result in report.failed], report.exercised)
    assert [["en"], ["lt"]] == [[e.indicator.language for e in r.evidence] for r in report.results]


@pytest.mark.parametrize(
    ("language", "problem"), [("lt", ""), ("en", "nothing fired"), (None, "nothing fired")]
)
def test_examples_without_a_language_are_in_that_of_the_codebook(language, problem):
    example = {"text": "Jie sprendžia patys.", **({"language": language} if language else {})}
    (result,) = check_examples(with_examples({"lt": ["pats"]}, [example], [])).results

    assert problem in result.problem
    assert bool(problem) == bool(result.problem)


def test_examples_name_what_none_exercises():
    report = check_examples(with_examples(["they decide", "they choose"], ["They decide."], ["They choose."]))

    assert (1, ["they choose"]) == (report.exercised, [indicator.id for _, indicator in report.unexercised])


HEAD = 'codebook: b\nversion: "1"\n'
CATEGORY = "categories:\n- id: c\n  label: C\n  definition: D\n  subcategories:\n"
FULL = "brief: B.\n    definition: D.\n    use_when: U.\n    not_when: W."
EXAMPLES = "examples: {match: [A one.], no_match: [A two.]}"


def sub(name="s", indicators="[one]", full=FULL):
    return f"  - id: {name}\n    label: S\n    {full}\n    indicators: {indicators}\n    {EXAMPLES}\n"


def rules_of(text):
    book, faults = parse_codebook(text, "b.yaml")
    assert book is not None, faults
    return [(fault.line, fault.rule) for fault in lint(book, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + CATEGORY + sub(), []),
        (HEAD + CATEGORY + sub(full="definition: D."), [(8, "missing-part")]),
        (HEAD + CATEGORY + sub() + sub("zebra"), [(22, "shared-indicator")]),
        (HEAD + CATEGORY + sub("decide_now") + sub("decides_now", "[two]"), [(16, "near-duplicate-id")]),
        (HEAD + CATEGORY + sub(indicators='["ab*"]'), [(14, "broad-wildcard")]),
        (HEAD + CATEGORY + sub(indicators='["abc*"]'), []),
        (
            HEAD + CATEGORY + sub(indicators="[{pattern: [{LOWER: {REGEX: 'a b'}}, {LOWER: rent}]}]"),
            [(14, "dead-regex")],
        ),
        (
            HEAD + CATEGORY + sub(indicators="[{pattern: [{LOWER: {REGEX: 'x?'}}, {LOWER: rent}]}]"),
            [(14, "dead-regex")],
        ),
        (HEAD + CATEGORY + sub(indicators="[{pattern: [{LOWER: {REGEX: '^un'}}, {LOWER: rent}]}]"), []),
        (
            HEAD + CATEGORY + sub(indicators="[{phrase: pay up, not_in: pay up}]"),
            [(14, "unreachable-indicator")],
        ),
        (HEAD + "sets:\n  people: [he]\n" + CATEGORY + sub(), [(4, "unused-set")]),
        (HEAD + "sets:\n  people: [he]\n" + CATEGORY + sub(indicators='["{people} go"]'), []),
        (
            HEAD + CATEGORY + sub(indicators="{xx: [{pattern: [{POS: NOUN}, {LOWER: rent}]}]}"),
            [(14, "language-without-pipeline")],
        ),
    ],
)
def test_lint_rules(text, expected):
    assert expected == rules_of(text)


def test_lint_is_allowed_with_a_reason_on_the_line_or_above():
    on = HEAD + CATEGORY + sub(indicators="\n    - ab*  # hrcode: allow broad-wildcard - all are meant")
    above = HEAD + CATEGORY + sub(indicators="\n    # hrcode: allow broad-wildcard: all are meant\n    - ab*")

    assert ([], []) == (rules_of(on), rules_of(above))


def test_lint_wants_the_reason():
    text = HEAD + CATEGORY + sub(indicators="\n    - ab*  # hrcode: allow broad-wildcard")

    assert [(15, "no-reason")] == rules_of(text)


def test_lint_allows_only_what_is_named():
    text = HEAD + CATEGORY + sub(indicators="\n    - ab*  # hrcode: allow dead-regex - no")

    assert [(15, "broad-wildcard")] == rules_of(text)


TALK = (
    "I: Hm?\nL1: They decide. They decide well. We wait. Nobody decides.\n\nS1: They choose. They waited.\n"
)


@pytest.fixture
def transcripts(tmp_path):
    write_files(tmp_path, {"talk.txt": TALK})
    return load_transcripts(tmp_path)


def test_usage_counts_what_each_indicator_does(transcripts):
    book = make_codebook(
        codebook_dict({"c/s": ["they decide", "they decide well", "decide", "never", "wait*"]})
    )

    uses = {use.indicator.id: use for use in check_usage(book, transcripts)}

    assert {"they decide": 2, "they decide well": 1, "decide": 2, "never": 0, "wait*": 2} == {
        name: use.sentences for name, use in uses.items()
    }
    assert (1, {"wait": 1, "waited": 1}) == (uses["decide"].held_back, dict(uses["wait*"].words))
    assert ("they decide", "") == (uses["decide"].within, uses["they decide"].within)
    assert pytest.approx(2 / 6) == uses["decide"].share


def test_diff_names_what_changed():
    old = make_codebook(codebook_dict({"c/s": ["a one", "b two"], "c/t": ["c three"], "c/gone": ["d"]}))
    new = make_codebook(codebook_dict({"c/s": ["a one"], "c/t": ["c three", "b two"], "c/more": ["e"]}))

    changes = [(c.kind, c.what, c.where) for c in diff_codebooks(old, new)]

    assert ("moved", "indicator", "c/t") in changes
    assert ("renamed", "subcategory", "c/more") in changes
    assert ("added", "indicator", "c/more") in changes
    assert ("removed", "indicator", "c/gone") in changes


def test_diff_of_equal_codebooks_is_empty():
    book = make_codebook(codebook_dict({"c/s": ["a"]}))

    assert [] == diff_codebooks(book, book)


def test_diff_names_redefinitions():
    book = codebook_dict({"c/s": ["a"]})
    old = make_codebook(book)
    book["categories"][0]["subcategories"][0]["definition"] = "Another."
    book["categories"][0]["subcategories"][0]["stance"] = "departs"

    changes = diff_codebooks(old, make_codebook(book))

    assert [("definition", "Invented.", "Another."), ("stance", "applies", "departs")] == [
        (c.what, c.old, c.new) for c in changes
    ]


def test_diff_of_codings_shows_gained_lost_and_moved(transcripts):
    old = make_codebook(codebook_dict({"c/s": ["they decide well", "they choose"], "c/t": ["we wait"]}))
    new = make_codebook(codebook_dict({"c/s": ["we wait", "they choose"], "c/t": ["they wait"]}))

    codings, cells = diff_codings(old, new, transcripts)

    assert [("gained", "c/t"), ("lost", "c/s"), ("moved", "c/s")] == sorted(
        (row.kind, f"{(row.new or row.old).category}/{(row.new or row.old).subcategory}") for row in codings
    )
    assert [("c/t", "L", (1, 1), (0, 0)), ("c/t", "S", (0, 0), (1, 1))] == [
        (cell.code, cell.group, cell.old, cell.new) for cell in cells
    ]


def test_diff_reads_a_git_revision(tmp_path):
    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@b", *words],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    path = tmp_path / "b.yaml"
    path.write_text(json.dumps(codebook_dict({"c/s": ["old"]})))
    git("add", "b.yaml")
    git("commit", "-qm", "one")
    path.write_text(json.dumps(codebook_dict({"c/s": ["new"]})))

    (sub_then,) = load_revision(f"{path}@HEAD").subcategories

    assert ["old"] == [indicator.id for indicator in sub_then.indicators]
    with pytest.raises(CodebookError, match="nowhere"):
        load_revision(f"{path}@nowhere")


def test_explain_says_what_fired_and_what_did_not():
    book = make_codebook(
        codebook_dict({"c/s": ["they decide", "decide"], "c/t": ["force"], "c/u": ["they choose freely"]})
    )

    found = explain(book, "They decide and nobody forces them freely.")

    assert ["They decide"] == [found.text[p.start : p.end] for p in found.fired]
    assert ["decide"] == [found.text[p.start : p.end] for p in found.covered]
    assert [("c/t", "negated", "nobody")] == [(p.subcategory.path, p.reason, p.cue) for p in found.held_back]
    assert [("c/u", "choose")] == [(a.subcategory.path, a.missing) for a in found.almost]
    assert ("forces", ("force", "forces")) in found.words


FAULTS = [
    Fault("a b.yaml", 3, 5, "bad-id", 'id "x" & <y>: 100 %\nno'),
    Fault("c,d:e.yaml", 0, 0, "unused-set", "x\x00y", "warning"),
]


def test_faults_json_gives_them_all():
    rows = json.loads(WRITERS["json"](FAULTS))

    assert [("a b.yaml", 3, 5, "bad-id", "error"), ("c,d:e.yaml", 0, 0, "unused-set", "warning")] == [
        (r["path"], r["line"], r["column"], r["rule"], r["level"]) for r in rows
    ]


def test_faults_github_escapes_what_would_break_a_line():
    lines = WRITERS["github"](FAULTS).splitlines()

    assert 2 == len(lines)
    assert lines[0].startswith("::error file=a b.yaml,line=3,col=5,title=bad-id::")
    assert lines[0].endswith("100 %25%0Ano")
    assert "file=c%2Cd%3Ae.yaml" in lines[1]


def test_faults_sarif_has_the_places():
    log = json.loads(WRITERS["sarif"](FAULTS))
    (run,) = log["runs"]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in run["results"]]

    assert "2.1.0" == log["version"]
    assert [{"startLine": 3, "startColumn": 5}, {"startLine": 1, "startColumn": 1}] == regions
    assert ["error", "warning"] == [r["level"] for r in run["results"]]
    assert ["bad-id", "unused-set"] == [
        run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run["results"]
    ]


def test_faults_junit_is_xml_with_a_failure_each():
    root = ElementTree.fromstring(WRITERS["junit"](FAULTS))

    assert ("2", "2") == (root.get("tests"), root.get("failures"))
    assert 2 == len(root.findall("testsuite/testcase/failure"))


def test_faults_junit_of_a_clean_codebook_passes():
    root = ElementTree.fromstring(WRITERS["junit"]([]))

    assert ("1", "0") == (root.get("tests"), root.get("failures"))


def test_faults_junit_of_examples():
    book = with_examples(["they decide"], ["They decide.", "We decide <now>."], [])

    root = ElementTree.fromstring(examples_junit([(book, check_examples(book))]))

    assert ("2", "1") == (root.get("tests"), root.get("failures"))


def test_faults_sarif_uris_are_uri_references():
    """SARIF 2.1.0, 3.4.3: an artifact's uri is a URI reference (RFC 3986), which knows no blanks."""
    faults = [Fault(path, 1, 1, "bad-id", "x") for path in ("a b.yaml", "ąž/100%.yaml", "C:\\books\\b.yaml")]
    (run,) = json.loads(WRITERS["sarif"](faults))["runs"]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]]

    assert [True] * 3 == [
        re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) is not None for uri in uris
    ]
    assert ["a b.yaml", "ąž/100%.yaml", "C:/books/b.yaml"] == [unquote(uri) for uri in uris]


# The attributes that Jenkins' schema for JUnit reports (junit-10.xsd, MIT) allows the elements that we write.
JUNIT = {
    "testsuites": {"name", "time", "tests", "failures", "errors", "disabled"},
    "testsuite": {
        "name",
        "tests",
        "failures",
        "errors",
        "skipped",
        "time",
        "timestamp",
        "hostname",
        "id",
        "package",
    },
    "testcase": {"name", "classname", "time", "assertions", "status", "group"},
    "failure": {"type", "message"},
}


@pytest.mark.parametrize("faults", [[], FAULTS, [Fault("a\x01b", 1, 1, "bad-id", "\x00<&>\"' \ud800 ąž")]])
def test_faults_junit_has_only_what_the_schema_allows(faults):
    root = ElementTree.fromstring(WRITERS["junit"](faults))

    assert "testsuites" == root.tag
    assert {} == {e.tag: set(e.attrib) - JUNIT[e.tag] for e in root.iter() if set(e.attrib) - JUNIT[e.tag]}


INFLECTED = {
    "a verb's form": ("he decides", ["decides"]),
    "a plural": ("{people} own rights", ["rights"]),
    "dictionary forms": ("decide for themselves", []),
    "a form that is a dictionary form, too": ("be left alone", []),
    "marked as meant": ("he =decides", []),
    "in a list of forms": ("(decides|decided) to go", []),
    "a wildcard": ("decid*", []),
    "a word outside the tables": ("hrcodes it", []),
    "a contraction": ("don't want it", []),
}


@pytest.mark.parametrize(("indicator", "words"), INFLECTED.values(), ids=INFLECTED)
def test_lint_inflected_words(indicator, words):
    book = make_codebook(codebook_dict({"food/cooks": [indicator]}, sets={"people": ["he", "she"]}))
    found = [fault.message.split("'")[1] for fault in lint(book, "") if fault.rule == "inflected-word"]
    assert words == found
