"""Claims: what each op asserts, honest answers where there are no data, faults at their places."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from builders import make_coded
from hrcode.analysis.claims.check import check_claims
from hrcode.analysis.claims.model import ANSWERS
from hrcode.analysis.claims.ops import OPS
from hrcode.cli.app import app
from hrcode.codebook.load import load_codebook
from hrcode.coding.code import code
from hrcode.errors import StudyError
from hrcode.exchange.results import write_results
from hrcode.schema import CLAIMS
from hrcode.transcripts.load import load_transcripts
from hrcode.wording import counted

ROOT = Path(__file__).resolve().parent.parent
FRAME = ["food/cooks", "food/shares", "food/eats", "-food/wastes", "!garden/tires", "garden/digs"]
PEOPLE = {f"{group}{i}": group for group in "AB" for i in range(1, 5)}


def make(who, people=PEOPLE, words=100, frame=FRAME):
    """Make a study: for each person who says something, the codes of their segments."""
    segments = [(person, words) for person in people for _ in range(1 + len(who.get(person, ())))]
    codings = []
    at = 0
    for person in people:
        own = who.get(person, ())
        codings += [(at + i, path) for i, path in enumerate(own)]
        at += 1 + len(own)
    return make_coded(people, segments, codings, frame)


def claims_text(*claims, **top):
    lines = [f"{key}: {value}" for key, value in top.items()] + ["claims:"]
    for number, claim in enumerate(claims, start=1):
        claim = {"id": f"C{number}", "text": "Invented.", **claim}
        lines.append("  - " + json.dumps(claim, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def answers(coded, folder, *claims, **options):
    (folder / "claims.yaml").write_text(claims_text(*claims), encoding="utf-8")
    table = check_claims(coded, folder / "claims.yaml", **options)
    return [(row.answer, row.robust) for row in table.itertuples()]


# Who says what; then claims, each with the answer and whether it stays when anybody is left out.
ALL_A = {f"A{i}": ["food/cooks"] for i in range(1, 5)}
CASES = {
    "present in both": (
        {**ALL_A, "B1": ["food/cooks"], "B2": ["food/cooks"]},
        {"op": "present_in", "code": "food/cooks", "groups": ["A", "B"]}, "holds", "yes",
    ),
    "present in both, by one person": (
        {**ALL_A, "B1": ["food/cooks"]}, {"op": "present_in", "code": "food/cooks", "groups": ["A", "B"]},
        "holds", "no",
    ),
    "present in one of two": (
        ALL_A, {"op": "present_in", "code": "food/cooks", "groups": ["A", "B"]}, "fails", "yes",
    ),
    "present by two at least": (
        {"A1": ["food/cooks"]}, {"op": "present_in", "code": "food/cooks", "group": "A", "at_least": 2},
        "fails", "yes",
    ),
    "present, any of several": (
        {"A1": ["food/eats"], "A2": ["food/eats"]},
        {"op": "present_in", "codes": ["food/cooks", "food/eats"], "group": "A"}, "holds", "yes",
    ),
    "a category counts what applies it": (
        {"A1": ["food/wastes"], "A2": ["food/wastes"]}, {"op": "present_in", "code": "food", "group": "A"},
        "fails", "yes",
    ),
    "a category's departures on request": (
        {"A1": ["food/wastes"], "A2": ["food/wastes"]},
        {"op": "present_in", "code": "food", "group": "A", "stance": "departs"}, "holds", "yes",
    ),
    "absent": (ALL_A, {"op": "absent_in", "code": "food/cooks", "group": "B"}, "holds", "yes"),
    "not absent": (
        {"B1": ["food/cooks"]}, {"op": "absent_in", "code": "food/cooks", "group": "B"}, "fails", "no",
    ),
    "only in": (ALL_A, {"op": "only_in", "code": "food/cooks", "group": "A"}, "holds", "yes"),
    "only in, one person elsewhere": (
        {**ALL_A, "B1": ["food/cooks"]}, {"op": "only_in", "code": "food/cooks", "group": "A"}, "fails", "no",
    ),
    "only in, nobody": ({}, {"op": "only_in", "code": "food/cooks", "group": "A"}, "fails", "yes"),
    "more people": (
        {**ALL_A, "B1": ["food/cooks"]}, {"op": "more_in", "code": "food/cooks", "group": "A"},
        "holds", "yes",
    ),
    "as many people are not more": (
        {"A1": ["food/cooks"], "B1": ["food/cooks"]}, {"op": "more_in", "code": "food/cooks", "group": "A"},
        "fails", "no",
    ),
    "more people, not by the margin": (
        {"A1": ["food/cooks"]}, {"op": "more_in", "code": "food/cooks", "group": "A", "margin": 0.26},
        "fails", "no",
    ),
    "more people, by the margin exactly": (
        {"A1": ["food/cooks"]}, {"op": "more_in", "code": "food/cooks", "group": "A", "margin": 0.25},
        "holds", "no",
    ),
    "more segments by one person": (
        {"A1": ["food/cooks"] * 9, "B1": ["food/cooks"], "B2": ["food/cooks"]},
        {"op": "more_in", "code": "food/cooks", "group": "A", "metric": "segments"}, "fails", "no",
    ),
    "more segments": (
        {**ALL_A, "B1": ["food/cooks"]},
        {"op": "more_in", "code": "food/cooks", "group": "A", "than": "B", "metric": "segments"},
        "holds", "yes",
    ),
    "broader": (
        {"A1": ["food/cooks", "food/eats"], "A2": ["food/cooks", "food/eats"], "B1": ["food/cooks"] * 3},
        {"op": "broader_in", "code": "food", "group": "A"}, "holds", "yes",
    ),
    "broader, departures do not count": (
        {"A1": ["food/cooks", "food/wastes"], "B1": ["food/cooks"]},
        {"op": "broader_in", "code": "food", "group": "A"}, "fails", "no",
    ),
    "together in the group": (
        {"A1": ["food/cooks"], "A2": ["food/eats"]},
        {"op": "co_present", "codes": ["food/cooks", "food/eats"], "group": "A"}, "holds", "no",
    ),
    "together in nobody": (
        {"A1": ["food/cooks"], "A2": ["food/eats"]},
        {"op": "co_present", "codes": ["food/cooks", "food/eats"], "group": "A", "within": "participant"},
        "fails", "yes",
    ),
    "together in a person": (
        {"A1": ["food/cooks", "food/eats"], "A2": ["food/cooks", "food/eats"]},
        {"op": "co_present", "codes": ["food/cooks", "food/eats"], "group": "A", "within": "participant"},
        "holds", "yes",
    ),
    "top": (
        {"A1": ["food/cooks"], "A2": ["food/cooks"], "A3": ["food/eats"]},
        {"op": "top_subcategory", "code": "food/cooks", "group": "A"}, "holds", "yes",
    ),
    "a tie is not exceeded": (
        {"A1": ["food/cooks"], "A2": ["food/eats"]},
        {"op": "top_subcategory", "code": "food/cooks", "group": "A"}, "holds", "no",
    ),
    "not the top": (
        {"A1": ["food/cooks"], "A2": ["food/eats"], "A3": ["food/eats"]},
        {"op": "top_subcategory", "code": "food/cooks", "group": "A"}, "fails", "no",
    ),
    "departures do not compete": (
        {"A1": ["food/cooks"], "A2": ["food/wastes"], "A3": ["food/wastes"], "A4": ["food/cooks"]},
        {"op": "top_subcategory", "code": "food/cooks", "group": "A", "metric": "segments"}, "holds", "yes",
    ),
    "nothing to rank": ({}, {"op": "top_subcategory", "code": "food/cooks", "group": "A"}, "no data", "yes"),
    "a reader": (ALL_A, {"op": "judgement", "code": "food/cooks", "group": "A"}, "needs a reader", ""),
}  # fmt: skip


@pytest.mark.parametrize(("who", "claim", "answer", "robust"), CASES.values(), ids=CASES)
def test_claims_are_answered(tmp_path, who, claim, answer, robust):
    assert [(answer, robust)] == answers(make(who), tmp_path, claim)


def test_claims_of_every_op_are_among_the_cases():
    assert set(OPS) == {claim["op"] for _, claim, _, _ in CASES.values()}


ABOUT_B = [
    {"op": "present_in", "code": "food/cooks", "group": "B"},
    {"op": "present_in", "code": "food/cooks", "groups": ["A", "B"]},
    {"op": "absent_in", "code": "food/cooks", "group": "B"},
    {"op": "absent_in", "code": "food/cooks", "groups": ["A", "B"]},
    {"op": "only_in", "code": "food/cooks", "group": "A"},
    {"op": "only_in", "code": "food/cooks", "group": "A", "than": "B"},
    {"op": "only_in", "code": "food/cooks", "group": "B"},
    {"op": "more_in", "code": "food/cooks", "group": "A"},
    {"op": "more_in", "code": "food/cooks", "group": "B", "than": "A"},
    {"op": "more_in", "code": "food/cooks", "group": "A", "metric": "segments"},
    {"op": "broader_in", "code": "food", "group": "A", "than": "B"},
    {"op": "co_present", "codes": ["food/cooks", "food/eats"], "groups": ["A", "B"]},
    {"op": "top_subcategory", "code": "food/cooks", "groups": ["A", "B"]},
    {"op": "judgement", "code": "food/cooks", "group": "B"},
]
ONLY_A = {person: group for person, group in PEOPLE.items() if group == "A"}


@given(
    st.dictionaries(
        st.sampled_from([*ONLY_A]), st.lists(st.sampled_from(["food/cooks", "food/eats"]), max_size=3)
    )
)
def test_claims_about_a_group_without_anybody_have_no_data_whatever_the_other_says(tmp_path_factory, who):
    folder = tmp_path_factory.getbasetemp()
    assert [("no data", "")] * len(ABOUT_B) == answers(make(who, ONLY_A), folder, *ABOUT_B)


def test_claims_about_a_group_that_says_no_word_have_no_data(tmp_path):
    coded = make_coded(PEOPLE, [(person, 50) for person in ONLY_A], [(0, "food/cooks")], FRAME)
    assert [("no data", "")] * len(ABOUT_B) == answers(coded, tmp_path, *ABOUT_B)


def test_claims_about_a_group_that_the_filter_leaves_out_have_no_data(tmp_path):
    assert [("no data", "")] * len(ABOUT_B) == answers(make(ALL_A), tmp_path, *ABOUT_B, where="group=A")


def test_claims_on_no_codings_at_all_hold_only_as_absence(tmp_path):
    both = [{**claim, "op": op} for claim in ABOUT_B for op in [claim["op"]]]
    found = answers(make({}), tmp_path, *both)
    held = [claim["op"] for claim, (answer, _) in zip(both, found, strict=True) if answer == "holds"]
    assert ["absent_in", "absent_in"] == held


@given(
    st.dictionaries(
        st.sampled_from([*PEOPLE]), st.lists(st.sampled_from(["food/cooks", "food/eats"]), max_size=3)
    )
)
def test_claims_are_robust_where_no_study_with_one_person_less_answers_otherwise(tmp_path_factory, who):
    folder = tmp_path_factory.getbasetemp()
    asked = [claim for _, claim, _, _ in CASES.values() if claim["op"] != "judgement"]
    found = answers(make(who), folder, *asked)
    fewer = [
        answers(make(who, {p: g for p, g in PEOPLE.items() if p != left_out}), folder, *asked)
        for left_out in PEOPLE
    ]
    for i, (answer, robust) in enumerate(found):
        assert ("yes" if all(answer == other[i][0] for other in fewer) else "no") == robust


def table_of(coded, folder, *claims, **options):
    (folder / "claims.yaml").write_text(claims_text(*claims), encoding="utf-8")
    return check_claims(coded, folder / "claims.yaml", **options)


def test_claims_figures_say_n_of_whom_and_how_often(tmp_path):
    table = table_of(
        make({"A1": ["food/cooks"], "A2": ["food/cooks"]}), tmp_path,
        {"op": "only_in", "code": "food/cooks", "group": "A"},
    )  # fmt: skip
    assert [*CLAIMS] == [*table.columns]
    # Two people with 1 segment of 200 words each, two with none: (5 + 5 + 0 + 0) / 4.
    assert (
        "food/cooks: A 2/4 (A1, A2), 2.50 per 1,000 words; B 0/4, 0.00 per 1,000 words" == table["figures"][0]
    )


def test_claims_quotes_come_from_every_group_asked_about(tmp_path):
    coded = make({"A1": ["food/cooks"] * 3, "A2": ["food/cooks"], "B4": ["food/cooks"]})
    claim = {"op": "only_in", "code": "food/cooks", "group": "A"}
    for number, people in ((0, []), (1, ["A1", "B4"]), (2, ["A1", "A2", "B4"])):
        (said,) = table_of(coded, tmp_path, claim, quotes_each=number)["quotes"]
        assert people == [line.split(":")[0] for line in said.splitlines()]


def test_claims_that_need_a_reader_list_all_excerpts(tmp_path):
    coded = make({"A1": ["food/cooks"] * 3, "B4": ["food/cooks"]})
    claim = {"op": "judgement", "code": "food/cooks", "group": "A", "question": "Is it daily?"}
    table = table_of(coded, tmp_path, claim)
    assert (3, "Is it daily?") == (len(table["quotes"][0].splitlines()), table["reason"][0])


def test_claims_say_a_tie_and_unequal_groups(tmp_path):
    people = {**PEOPLE, "A5": "A"}
    coded = make({"A1": ["food/cooks"], "A2": ["food/eats"]}, people)
    table = table_of(
        coded, tmp_path, {"op": "top_subcategory", "code": "food/cooks", "group": "A"},
        {"op": "broader_in", "code": "food", "group": "A"},
    )  # fmt: skip
    assert "(a tie)" in table["figures"][0]
    assert "differ in size" in table["figures"][1]


def test_claims_silence_is_said_not_to_be_absence(tmp_path):
    table = table_of(make({}), tmp_path, {"op": "present_in", "code": "food/cooks", "group": "A"})
    assert "not the same as not held" in table["reason"][0]


def test_claims_misspelt_group_is_no_data_and_hinted_at(tmp_path):
    coded = make(ALL_A, {person: f"group {group}" for person, group in PEOPLE.items()})
    table = table_of(coded, tmp_path, {"op": "present_in", "code": "food/cooks", "group": "grop A"})
    assert "no data" == table["answer"][0]
    assert "Did you mean group A?" in table["reason"][0]


def test_claims_by_another_attribute(tmp_path):
    people = {
        person: {"group": group, "town": "n" if person[1] in "12" else "s"}
        for person, group in PEOPLE.items()
    }
    coded = make({"A1": ["food/cooks"], "B2": ["food/cooks"]}, people)
    claim = {"op": "only_in", "code": "food/cooks", "group": "n"}
    assert [("holds", "yes")] == answers(coded, tmp_path, claim, by="town")


def one(*lines):
    """Write a claim whose further keys stand from line 4 on, their values from column 5 on."""
    return "".join(
        f"{line}\n" for line in ("claims:", "  - id: a", "    text: b", *(f"    {x}" for x in lines))
    )


FOOD, GROUP, ABSENT = "code: food", "group: A", "op: absent_in"
FAULTS = {
    "not YAML": ("claims: [", 2, 1, "yaml-syntax"),
    "empty": ("", 1, 1, "empty"),
    "a list": ("- a\n", 1, 1, "not-a-mapping"),
    "no claims": ("source: x\n", 1, 1, "missing-claims"),
    "claims no list": ("claims: x\n", 1, 9, "missing-claims"),
    "claim no mapping": ("claims:\n  - x\n", 2, 5, "not-a-mapping"),
    "unknown top key": (one(ABSENT, FOOD, GROUP) + "claim: []\n", 7, 1, "unknown-key"),
    "other codebook": ("codebook: other\nclaims: []\n", 1, 11, "other-codebook"),
    "no op": (one(FOOD, GROUP), 2, 5, "missing-op"),
    "unknown op": (one("op: onlyin"), 4, 9, "unknown-op"),
    "no text": ("claims:\n  - {id: a, op: absent_in, code: food, group: A}\n", 2, 5, "missing-text"),
    "no group": (one(ABSENT, FOOD), 2, 5, "missing-groups"),
    "no code": (one(ABSENT, GROUP), 2, 5, "missing-codes"),
    "a key of another op": (one(ABSENT, FOOD, GROUP, "margin: 1"), 7, 5, "unknown-key"),
    "unknown category": (one(ABSENT, "code: foood", GROUP), 5, 11, "unknown-code"),
    "unknown subcategory": (one(ABSENT, "code: food/cook", GROUP), 5, 11, "unknown-code"),
    "a category alone": (one("op: top_subcategory", FOOD, GROUP), 5, 11, "not-a-subcategory"),
    "stance not there": (one(ABSENT, "code: garden", GROUP, "stance: departs"), 5, 11, "other-stance"),
    "no such stance": (one(ABSENT, FOOD, GROUP, "stance: contra"), 7, 13, "bad-choice"),
    "metric of another op": (
        one("op: top_subcategory", "code: food/eats", GROUP, "metric: subcategories"), 7, 13, "bad-choice",
    ),
    "no number": (one("op: present_in", FOOD, GROUP, "at_least: some"), 7, 15, "bad-number"),
    "negative number": (one("op: more_in", FOOD, GROUP, "margin: -1"), 7, 13, "bad-number"),
    "a group against itself": (
        one("op: more_in", FOOD, GROUP, "than: [B, A]"), 7, 11, "same-group",
    ),
    "both code and codes": (one(ABSENT, FOOD, "codes: [food]", GROUP), 5, 5, "twice-said"),
    "id twice": (one(ABSENT, FOOD, GROUP) + one(ABSENT, FOOD, GROUP)[8:], 7, 9, "duplicate-id"),
    "empty text": (one(ABSENT, FOOD, GROUP, "source: ''"), 7, 13, "not-text"),
    "empty groups": (one(ABSENT, FOOD, "groups: []"), 6, 13, "not-text"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "rule"), FAULTS.values(), ids=FAULTS)
def test_claims_faults_have_their_place(tmp_path, text, line, column, rule):
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        check_claims(make({}), tmp_path / "c.yaml")
    assert [(line, column, rule)] == [(f.line, f.column, f.rule) for f in caught.value.faults]


def test_claims_faults_are_said_all_at_once_with_hints(tmp_path):
    (tmp_path / "c.yaml").write_text(
        claims_text(
            {"op": "present_inn", "code": "food", "group": "A"},
            {"op": "absent_in", "code": "food/coks", "group": "A"},
            {"op": "absent_in", "code": "food", "grup": "A"},
        )
    )
    with pytest.raises(StudyError) as caught:
        check_claims(make({}), tmp_path / "c.yaml")
    text = str(caught.value)
    assert all(
        hint in text for hint in ("Did you mean present_in?", "Did you mean cooks?", "Did you mean group?")
    )
    assert [2, 3, 4, 4] == [fault.line for fault in caught.value.faults]


def run(*args):
    return CliRunner().invoke(app, [*args], prog_name="hrcode", env={"COLUMNS": "80", "NO_COLOR": "1"})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_results(make({**ALL_A, "B1": ["food/eats"]}), tmp_path / "results")
    return tmp_path


HOLDS = {"op": "only_in", "code": "food/cooks", "group": "A"}
FAILS = {"op": "only_in", "code": "food/cooks", "group": "B"}
NO_DATA = {"op": "present_in", "code": "food/cooks", "group": "C"}
READS = {"op": "judgement", "code": "food/eats", "group": "B"}


@pytest.mark.parametrize(
    ("claims", "status"),
    [([HOLDS], 0), ([HOLDS, NO_DATA, READS], 0), ([HOLDS, FAILS], 1), ([FAILS, NO_DATA], 1)],
)
def test_cli_claims_exit_code_says_whether_one_fails(folder, claims, status):
    (folder / "claims.yaml").write_text(claims_text(*claims))
    done = run("claims")
    assert (status, True) == (done.exit_code, counted(len(claims), "claim") + ":" in done.stdout)


@pytest.mark.parametrize("format_", ["csv", "json", "md"])
def test_cli_claims_formats(folder, format_):
    (folder / "claims.yaml").write_text(claims_text(HOLDS, FAILS, NO_DATA, READS))
    done = run("claims", "claims.yaml", "results", "--format", format_)
    assert 1 == done.exit_code
    if format_ == "csv":
        rows = [*csv.DictReader(io.StringIO(done.stdout, newline=""))]
        assert [*ANSWERS] == [row["answer"] for row in rows]
    elif format_ == "json":
        assert dict.fromkeys(ANSWERS, 1) == json.loads(done.stdout)["answers"]
    else:
        assert 6 == len(done.stdout.splitlines())


def test_cli_claims_fit_80_columns_and_say_the_group_sizes(folder):
    (folder / "claims.yaml").write_text(claims_text(HOLDS, FAILS, NO_DATA, READS))
    done = run("claims")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Small groups (A 4, B 4)" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "args", [["claims", "claim.yaml"], ["claims", "results"], ["claims", "claims.yaml", "nowhere"]]
)
def test_cli_claims_wrong_paths_say_what_is_right(folder, args):
    (folder / "claims.yaml").write_text(claims_text(HOLDS))
    done = run(*args)
    assert (2, "") == (done.exit_code, done.stdout)
    assert done.stderr.startswith("Error: ")


@pytest.mark.slow
def test_claims_of_the_sample_study_and_of_the_page_are_all_answered(tmp_path):
    coded = code(
        load_transcripts(ROOT / "transcripts"), load_codebook(ROOT / "codebooks" / "harm_reduction.yaml")
    )
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    (tmp_path / "page.yaml").write_text(re.search(r"```yaml\n(.*?)```", page, re.S)[1], encoding="utf-8")
    for file, number in ((ROOT / "claims.yaml", 25), (tmp_path / "page.yaml", 2)):
        table = check_claims(coded, file)
        assert (number, 0) == (len(table), table.attrs["answers"]["no data"])
        assert all(table["figures"])
