"""Guarding and explaining a codebook, as a user calls it."""

import json
from xml.etree import ElementTree

import pytest

from builders import make_study, write_files
from test_cli import run

BOOK = """codebook: talk
version: "1"
categories:
  - id: autonomy
    label: Autonomy
    definition: Who decides.
    subcategories:
      - id: theirs
        label: Theirs
        brief: It is theirs.
        definition: The decision is theirs.
        use_when: Said.
        not_when: Not said.
        indicators:
          - they decide
          - {phrase: force them, negated: require}
        examples:
          match: [They decide.]
          no_match: [We decide.]
"""


@pytest.fixture
def books(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path))
    bad = BOOK.replace("[We decide.]", '["They decide, too."]')
    write_files(
        tmp_path,
        {"good.yaml": BOOK, "bad.yaml": bad, "more.yaml": BOOK.replace("they decide", "they choose")},
    )
    return tmp_path


def test_cli_codebook_test_passes_what_behaves(books):
    done = run("codebook", "test", "good.yaml")

    assert (0, True, True) == (done.exit_code, "2 passed, 0 failed" in done.stdout, "1 of 2" in done.stdout)


def test_cli_codebook_test_shows_what_fails(books):
    done = run("codebook", "test", "bad.yaml")

    assert 1 == done.exit_code
    assert "bad.yaml:19" in done.stdout
    assert "They decide, too." in done.stdout


def test_cli_codebook_test_names_the_uncovered(books):
    assert "good.yaml:16" in run("codebook", "test", "good.yaml", "--coverage").stdout


def test_cli_codebook_test_on_transcripts_counts_what_fires(books):
    write_files(books, {"talks/L1.txt": "L1: They decide. Well."})

    assert "1 of 2 indicators fire" in run("codebook", "test", "good.yaml", "--on", "talks").stdout


@pytest.mark.parametrize("format_", ["json", "junit"])
def test_cli_codebook_test_formats_parse(books, format_):
    done = run("codebook", "test", "good.yaml", "bad.yaml", "--format", format_)

    if format_ == "json":
        assert [0, 1] == [len(book["failed"]) for book in json.loads(done.stdout)]
    else:
        assert "1" == ElementTree.fromstring(done.stdout).get("failures")


def test_cli_codebook_test_of_a_missing_file_exits_2(books):
    done = run("codebook", "test", "god.yaml")

    assert (2, True) == (done.exit_code, "good.yaml" in done.stderr)


def test_cli_codebook_diff_shows_words_and_codings(books):
    write_files(books, {"talks/L1.txt": "L1: They decide. They choose."})

    done = run("codebook", "diff", "good.yaml", "more.yaml", "--on", "talks")

    assert 1 == done.exit_code
    assert "removed indicator: autonomy/theirs\n  - they decide" in done.stdout
    assert "1 gained, 1 lost, 0 moved" in done.stdout
    assert "»They choose«" in done.stdout


def test_cli_codebook_diff_of_equal_books_is_clean(books):
    assert 0 == run("codebook", "diff", "good.yaml", "good.yaml").exit_code


def test_cli_codebook_diff_json_parses(books):
    found = json.loads(run("codebook", "diff", "good.yaml", "more.yaml", "--format", "json").stdout)

    assert {"codebook", "codings", "cells"} == set(found)


def test_cli_codebook_schema_is_json():
    assert "$defs" in json.loads(run("codebook", "schema").stdout)


def test_cli_codebook_new_makes_a_book_that_validates_and_passes(books):
    made = run("codebook", "new", "mine.yaml")

    assert 0 == made.exit_code
    assert 0 == run("codebook", "validate", "mine.yaml", "--strict").exit_code
    assert 0 == run("codebook", "test", "mine.yaml").exit_code


def test_cli_codebook_new_overwrites_nothing(books):
    done = run("codebook", "new", "good.yaml")

    assert (2, BOOK) == (done.exit_code, (books / "good.yaml").read_text())


def test_cli_explain_a_sentence(books):
    done = run("explain", "Nobody can force them, they say.", "--codebook", "good.yaml")

    assert (0, True) == (done.exit_code, "Nobody can force them" in done.stdout.split("\n", 1)[1])


def test_cli_explain_a_segment(books):
    write_files(books, {"talks/L1.txt": "L1: They decide. Well."})
    run("code", "talks", "--codebook", "good.yaml", "--quiet")

    done = run("explain", "L1:1.1", "--codebook", "good.yaml", "--format", "json")

    assert [("They decide.", ["They decide"])] == [
        (found["text"], [row["evidence"] for row in found["fired"]]) for found in [json.loads(done.stdout)]
    ]


def test_cli_explain_nothing_found(books):
    assert "Nothing fired" in run("explain", "Rain.", "--codebook", "good.yaml").stdout


@pytest.mark.parametrize("format_", ["sarif", "junit"])
def test_cli_validate_formats_for_ci(books, format_):
    write_files(books, {"faulty.yaml": BOOK.replace("label: Theirs", "label: no")})

    done = run("codebook", "validate", "faulty.yaml", "--format", format_)

    assert 1 == done.exit_code
    if format_ == "sarif":
        (result,) = json.loads(done.stdout)["runs"][0]["results"]
        assert ("not-text", 9) == (
            result["ruleId"],
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
        )
    else:
        assert "1" == ElementTree.fromstring(done.stdout).get("failures")


SEVERAL = [["test", "one.yaml", "good.yaml", "two.yaml"], ["diff", "one.yaml", "two.yaml"]]


@pytest.mark.parametrize("command", SEVERAL, ids=["test", "diff"])
def test_cli_codebook_says_at_once_what_is_wrong_with_several(books, command):
    write_files(books, {"one.yaml": "codebook: one\n", "two.yaml": "codebook: [two\n"})

    done = run("codebook", *command)

    assert (2, "") == (done.exit_code, done.stdout)
    assert "one.yaml:1:1: error: categories is missing" in done.stderr
    assert "two.yaml:" in done.stderr
