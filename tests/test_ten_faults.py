"""Ten planted faults of ten kinds: exactly ten problems, each in its place, in every format."""

import json
import re
from xml.etree import ElementTree

import pytest

from test_cli import run

BOOK = """\
codebook: planted
version: "1"
titel: misspelt key
sets:
  a: ["{b}"]
  b: ["{a}"]
categories:
  - id: one
    label: One
    definition: Given.
    subcategories:
      - id: first
        label: First
        stance: aplies
        definition: Given.
        indicators:
          - no
          - (open bracket
          - pattern: [{LEMA: pay}]
          - near: [only]
          - {phrase: pay, with: {code: one/frist}}
          - ""
        examples: {match: [A sentence.], no_match: [Another.]}
      - id: second
        label: Second
        indicators: [word]
        examples: {match: [A word.], no_match: [Another.]}
"""
EXPECTED = [
    (3, 1, "unknown-key"),
    (5, 3, "cyclic-set"),
    (14, 17, "bad-value"),
    (17, 13, "not-text"),
    (18, 13, "bad-phrase"),
    (19, 24, "bad-pattern"),
    (20, 19, "bad-relation"),
    (21, 40, "unknown-code"),
    (22, 13, "empty-indicator"),
    (24, 9, "missing-definition"),
]


def read(format_, text):
    if format_ == "text":
        found = re.findall(r"^planted\.yaml:(\d+):(\d+): error: .*\(([a-z-]+)\)$", text, re.M)
    elif format_ == "json":
        found = [(row["line"], row["column"], row["rule"]) for row in json.loads(text)]
    elif format_ == "github":
        found = re.findall(r"^::error file=planted\.yaml,line=(\d+),col=(\d+),title=([a-z-]+)::", text, re.M)
    elif format_ == "sarif":
        (log,) = json.loads(text)["runs"]
        places = [result["locations"][0]["physicalLocation"]["region"] for result in log["results"]]
        found = [
            (place["startLine"], place["startColumn"], result["ruleId"])
            for place, result in zip(places, log["results"], strict=True)
        ]
    else:
        texts = [failure.text for failure in ElementTree.fromstring(text).iter("failure")]
        found = [re.match(r"planted\.yaml:(\d+):(\d+): .*\(([a-z-]+)\)$", line).groups() for line in texts]
    return [(int(line), int(column), rule) for line, column, rule in found]


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif", "junit"])
def test_ten_faults_are_ten_problems(tmp_path, monkeypatch, format_):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "planted.yaml").write_text(BOOK)

    done = run("codebook", "validate", "planted.yaml", "--format", format_)

    assert 1 == done.exit_code
    assert EXPECTED == read(format_, done.stdout)
