"""The commands that look into results: what they print, on ordinary and on odd studies."""

import csv
import io
import json
import re

import pytest
from typer.testing import CliRunner

import hrcode
from builders import KITCHEN_FILES, make_coded, make_study
from hrcode.cli.app import app
from hrcode.exchange.results import write_results
from hrcode.schema import DIFFERENCES, P_VALUES, QUOTES, SENSITIVITY

FRAME = ["food/cooks", "food/shares", "-food/wastes", "~garden/digs"]
VIEWS = {
    "compare": ["compare"],
    "categories": ["compare", "--level", "category"],
    "totals": ["compare", "--level", "total"],
    "differences": ["compare", "--differences"],
    "pairs": ["compare", "--against", "pairs"],
    "p": ["compare", "--p"],
    "sensitivity": ["compare", "--sensitivity"],
    "matrix": ["matrix"],
    "rates": ["matrix", "--values", "rate", "--level", "category"],
    "cooccur": ["cooccur"],
    "near": ["cooccur", "--within", "near"],
    "people": ["cooccur", "--within", "participant", "--level", "category"],
    "coverage": ["coverage"],
    "uncoded": ["uncoded"],
    "uncoded words": ["uncoded", "--show", "words"],
    "uncoded segments": ["uncoded", "--show", "segments"],
    "keywords": ["keywords"],
    "kwic": ["kwic", "word"],
    "quotes": ["quotes", "--exemplars", "--spread", "--context", "1"],
    "article": ["quotes", "--style", "article"],
}


def people(*groups):
    """Give people P1, P2... of groups of these sizes."""
    found = {}
    for g, size in enumerate(groups):
        for _ in range(size):
            found[f"P{len(found) + 1}"] = f"G{g}"
    return found


def said(who, words=30):
    return [(person, words) for person in who]


CODED = [
    (0, "food/cooks"), (0, "food/shares"), (1, "food/cooks"), (2, "food/wastes"), (3, "food/cooks"),
    (3, "garden/digs"),
]  # fmt: skip
LONG = {"an attribute of many words with no end, [red]odd[/red]": 4, "x" * 60: 4}
STUDIES = {
    "four and four": (people(4, 4), said(people(4, 4)), CODED),
    "one member groups": (people(1, 1), said(people(1, 1)), [(0, "food/cooks"), (1, "food/cooks")]),
    "one group": (people(4), said(people(4)), CODED),
    "three groups": (people(4, 3, 2), said(people(4, 3, 2)), CODED),
    "forty groups": (people(*[2] * 40), said(people(*[2] * 40), 5), CODED),
    "no codings": (people(4, 4), said(people(4, 4)), []),
    "nobody speaks": (people(2, 2), [("", 5)], []),
    "a silent person": (people(4, 4), said(people(4, 4))[:-1], CODED),
    "long names": (
        {f"participant number {i}": [*LONG][i // 4] for i in range(8)},
        said(f"participant number {i}" for i in range(8)),
        CODED,
    ),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Write the results of every study once."""
    made = {}
    for name, (who, segments, codings) in STUDIES.items():
        made[name] = tmp_path_factory.mktemp("results") / "results"
        write_results(make_coded(who, segments, codings, FRAME), made[name])
    return made


def run(*args, **env):
    return CliRunner().invoke(app, [*args], prog_name="hrcode", env={"COLUMNS": "80", "NO_COLOR": "1", **env})


ONE_GROUP = ("keywords", "one group")  # refused: nothing to set it apart from
CASES = [(view, study) for view in VIEWS for study in STUDIES if (view, study) != ONE_GROUP]


def arguments(view, folder):
    """Give a view's arguments with the results where they belong."""
    at = 2 if view == "kwic" else 1
    return [*VIEWS[view][:at], str(folder), *VIEWS[view][at:]]


@pytest.mark.parametrize(("view", "study"), CASES)
def test_views_of_any_study_fit_80_columns_and_show_no_nan(folders, view, study):
    done = run(*arguments(view, folders[study]))
    assert (0, None) == (done.exit_code, done.exception)
    assert max([0, *map(len, done.stdout.splitlines())]) <= 80
    assert not re.search(r"\b(nan|NaN|inf|None)\b", done.output)


@pytest.mark.parametrize(("view", "study"), CASES)
def test_views_as_csv_and_json_hold_no_nan(folders, view, study):
    as_csv = run(*arguments(view, folders[study]), "--format", "csv")
    as_json = run(*arguments(view, folders[study]), "--format", "json")
    assert (0, 0) == (as_csv.exit_code, as_json.exit_code)
    rows = [*csv.reader(io.StringIO(as_csv.stdout, newline=""))]
    assert not any(cell.lower() in ("nan", "inf", "none") for row in rows[1:] for cell in row)
    assert len(rows) - 1 == len(json.loads(as_json.stdout)["rows"])
    assert "NaN" not in as_json.stdout


def test_keywords_of_one_group_are_refused(folders):
    done = run("keywords", str(folders["one group"]))
    assert (2, True) == (done.exit_code, "one group only" in done.stderr)


JOINT = make_coded(people(2, 2), [("P1 + P2", 10), ("P3", 5), ("P4", 5), ("P1 + P3", 7)], CODED, FRAME)


@pytest.mark.parametrize(
    "table",
    [hrcode.compare, hrcode.differences, hrcode.sensitivity, hrcode.matrix, hrcode.cooccur, hrcode.coverage,
     hrcode.uncoded, hrcode.quotes],
)  # fmt: skip
def test_tables_of_a_study_with_pair_turns(table):
    found = table(JOINT)
    assert (True, {"G0": 2, "G1": 2}) == (len(found) > 0, found.attrs.get("groups", {"G0": 2, "G1": 2}))


@pytest.mark.parametrize(
    ("view", "columns"),
    [
        ("differences", [*DIFFERENCES]),
        ("p", [*DIFFERENCES, *P_VALUES]),
        ("sensitivity", [*SENSITIVITY]),
        ("quotes", [*QUOTES]),
    ],
)
def test_views_have_the_columns_of_the_schema(folders, view, columns):
    done = run(VIEWS[view][0], str(folders["four and four"]), *VIEWS[view][1:], "--format", "csv")
    assert columns == next(csv.reader(io.StringIO(done.stdout)))


def test_compare_screen_says_who_differs_and_what_is_fragile(folders):
    screen = " ".join(run("compare", str(folders["four and four"])).stdout.split())
    missing = [
        words
        for words in (
            "+ Cooks 3/4 0/4 only in G0 3",
            "Any category",
            "never netted",
            "- Wastes 1/4 0/4 single mention",
        )
        if words not in screen
    ]
    assert [] == missing
    assert "(fragile)" in run("compare", str(folders["one member groups"])).stdout


def test_compare_screen_names_what_nobody_said(folders):
    screen = " ".join(run("compare", str(folders["no codings"])).stdout.split())
    assert "not observed: + Cooks; + Shares; - Wastes" in screen


def test_compare_screen_has_no_p_value_unless_asked(folders):
    plain, asked = (
        " ".join(run("compare", str(folders["four and four"]), *more).stdout.split())
        for more in ([], ["--p"])
    )
    assert (False, False) == ("p-value" in plain, "Fisher" in plain)
    assert "no difference can reach 0.05" in asked


def test_compare_never_tests_segments(tmp_path):
    """Saying everything three times, in segments of its own, changes no p-value."""
    found = []
    for times in (1, 3):
        who, segments = people(4, 4), said(people(4, 4)) * times
        codings = [(i + 8 * t, path) for t in range(times) for i, path in CODED]
        write_results(make_coded(who, segments, codings, FRAME), tmp_path / str(times))
        rows = json.loads(run("compare", str(tmp_path / str(times)), "--p", "--format", "json").stdout)[
            "rows"
        ]
        found.append([(row["presence_p"], row["rate_p"], row["low"], row["high"]) for row in rows])
    assert found[0] == found[1]


def test_compare_sensitivity_names_the_person_and_quotes_them(tmp_path, monkeypatch):
    files = {
        "A1.txt": KITCHEN_FILES["A1.txt"],
        "A2.txt": "A2: I cook soup.\n",
        "B1.txt": "B1: I rest.\n",
        "B2.txt": KITCHEN_FILES["B2.txt"],
    }
    monkeypatch.chdir(make_study(tmp_path, files))
    run("code", "interviews", "--codebook", "kitchen.yaml")
    screen = run("compare", "--sensitivity", "--level", "subcategory").stdout
    assert "without A2" in screen
    assert 'A2: "I cook soup."' in screen


def test_compare_filter_is_named_on_the_screen(folders):
    assert (
        "Only participants with group=G0"
        in run("compare", str(folders["four and four"]), "--where", "group=G0").stdout
    )


WRONG = {
    "filter": (["compare", "--where", "gruop=G0"], "Did you mean group"),
    "filter that cannot be read": (["compare", "--where", "group"], "--where"),
    "four attributes": (["compare", "--by", "a,b,c,d"], "--by"),
    "two tables": (["compare", "--sensitivity", "--p"], "one at a time"),
    "comparison": (["compare", "--against", "each"], "each"),
    "values": (["matrix", "--values", "count"], "segments, presence, rate"),
    "within": (["cooccur", "--within", "sentence"], "segment"),
    "near": (["cooccur", "--near", "0"], "1 to 50"),
    "base": (["coverage", "--base", "0"], "from 1 up"),
    "plan": (["coverage", "--plan", "2"], "prevalence"),
    "show": (["uncoded", "--show", "wrods"], "Did you mean words"),
    "phrase": (["kwic", "(word"], "bracket"),
    "context": (["quotes", "--context", "99"], "0 to 20"),
    "stance": (["quotes", "--stance", "applied"], "Did you mean applies"),
    "out": (["matrix", "--out", "x.doc"], "--format"),
}


@pytest.mark.parametrize(("args", "words"), WRONG.values(), ids=WRONG)
def test_wrong_options_say_what_is_right(folders, args, words, monkeypatch):
    monkeypatch.chdir(folders["four and four"].parent)
    done = run(*args)
    assert (2, True) == (done.exit_code, words in " ".join(done.stderr.split()))


def test_out_writes_what_would_be_printed(folders, tmp_path):
    where = str(folders["four and four"])
    done = run("matrix", where, "--values", "presence", "--format", "csv", "--out", str(tmp_path / "m.csv"))
    assert (0, run("matrix", where, "--values", "presence", "--format", "csv").stdout) == (
        done.exit_code,
        (tmp_path / "m.csv").read_text(encoding="utf-8"),
    )


def test_coverage_plan_needs_no_results(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("coverage", "--plan", "0.10", "--instances", "2").stdout.startswith("29 interviews")
