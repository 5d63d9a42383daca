import re
import tomllib
from pathlib import Path

import pytest

from hrcode import schema
from hrcode.codebook.load import parse_codebook
from hrcode.coding.engine import Engine
from hrcode.indicators.model import Sentence
from hrcode.language.sentences import sentence_spans
from hrcode.study.read import KEYS

ROOT = Path(__file__).resolve().parent.parent
CODEBOOK_PAGE = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
RESULTS_PAGE = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")


def _cells(line):
    cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return [cell.strip().strip("`").replace("\\|", "|") for cell in cells]


def _rows(*columns):
    """The rows of the page's tables that have these columns."""
    found = []
    for table in re.findall(r"(?:^\|.*\n)+", CODEBOOK_PAGE, re.M):
        lines = table.splitlines()
        if tuple(_cells(lines[0])) == columns:
            found += [_cells(line) for line in lines[2:]]
    return found


def _fires(indicator, text):
    book, faults = parse_codebook(
        "codebook: c\nversion: '1'\ncategories:\n- {id: a, label: A, definition: d, subcategories: "
        f"[{{id: s, label: S, definition: d, indicators: [{indicator}]}}]}}\n",
        "page",
    )
    assert book is not None, faults
    sentences = [Sentence(text, a, b) for a, b in sentence_spans(text, 0, len(text))]
    return any(not piece.reason for piece in Engine(book).find(sentences))


def _quoted(phrase):
    return "'" + phrase.replace("'", "''") + "'"


CASES = [
    *[
        (f"{{phrase: {_quoted(p)}}}", yes, no)
        for p, yes, no in _rows("indicator", "fires on", "does not fire on")
    ],
    *[(f"{{exact: {_quoted(p)}}}", yes, no) for p, yes, no in _rows("exact", "fires on", "does not fire on")],
    *[
        (f"{{phrase: {_quoted(p)}, negated: {n}}}", yes, no)
        for p, n, yes, no in _rows("phrase", "negated", "fires on", "does not fire on")
    ],
    *[
        (f"{{phrase: {_quoted(p)}, {context}}}", yes, no)
        for p, context, yes, no in _rows("phrase", "context", "fires on", "does not fire on")
    ],
]


def test_docs_codebook_page_has_cases():
    assert len(CASES) >= 20


@pytest.mark.parametrize(("indicator", "fires", "silent"), CASES)
def test_docs_indicator_does_what_the_page_says(indicator, fires, silent):
    assert _fires(indicator, fires)
    assert not _fires(indicator, silent)


def test_docs_example_codebook_is_valid():
    text = re.search(r"```yaml\n(codebook:.*?)```", CODEBOOK_PAGE, re.S)[1]

    book, faults = parse_codebook(text, "docs/codebook.md")

    assert [] == faults
    assert book is not None


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("segments.csv", schema.SEGMENTS),
        ("codings.csv", schema.CODINGS),
        ("near_misses.csv", schema.NEAR_MISSES),
        ("comparison.csv", schema.COMPARISON),
    ],
)
def test_docs_results_page_describes_every_column(name, columns):
    section = RESULTS_PAGE.split(f"## {name}\n")[1].split("\n## ")[0]

    assert [f"| `{column}` | {meaning} |" for column, meaning in columns.items()] == [
        line for line in section.splitlines() if line.startswith("| `")
    ]


def _rules_in_code():
    """The ids of all rules, as the code complains of them."""
    source = ROOT / "src" / "hrcode"
    text = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("codebook", "indicators")
        for path in sorted((source / folder).glob("*.py"))
    ) + (source / "yamltext.py").read_text(encoding="utf-8")
    return set(
        re.findall(r'"((?:bad|duplicate|unknown|missing|empty|cyclic|not|no|too|yaml)-[a-z-]+)"', text)
    )


def test_docs_codebook_page_names_every_rule():
    from hrcode.checks.lint import RULES

    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", CODEBOOK_PAGE))
    unnamed = {*_rules_in_code(), *RULES} - named

    # `missing-...` stands for one rule a field.
    assert set() == {rule for rule in unnamed if not rule.startswith("missing-")}


def test_docs_schema_is_up_to_date():
    import json

    from hrcode.codebook.json_schema import codebook_schema

    kept = json.loads((ROOT / "docs" / "codebook.schema.json").read_text(encoding="utf-8"))

    assert codebook_schema() == kept


def test_docs_every_key_of_a_study_has_a_row():
    rows = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "study.md").read_text(encoding="utf-8"), re.M)

    assert sorted(KEYS) == sorted(rows)


def test_docs_every_dependency_has_a_row():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").casefold()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = {
        re.match(r"[\w.-]+", one)[0] for some in (project["dependencies"], *extras.values()) for one in some
    }

    assert [] == sorted(
        name for name in needed if not re.search(rf"\| .*\b{re.escape(name.casefold())}\b", page)
    )
    assert [] == sorted(extra for extra in extras if f"`hrcode[{extra}]`" not in page)


def test_docs_readme_names_every_page():
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("## More")[1]

    assert [] == sorted(
        page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in readme
    )
