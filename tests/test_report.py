"""The report: what it says, that it says nothing else, and that whatever stands in a study stays text."""

import base64
import hashlib
import html.parser
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from builders import KITCHEN, KITCHEN_FILES, code_study, make_codebook, make_coded
from hrcode.analysis.compare import compare
from hrcode.cli.app import app
from hrcode.errors import ResultsError, StudyError
from hrcode.exchange.results import read_results, write_results
from hrcode.files import is_own_page
from hrcode.report.checklists import COREQ, SRQR
from hrcode.report.comparison import dots
from hrcode.report.curve import curve, ticks
from hrcode.report.findings import findings, sentence
from hrcode.report.heatmap import scale, shade
from hrcode.report.naming import names_of, rows_of
from hrcode.report.page import safe_json
from hrcode.report.passages import cut
from hrcode.report.write import write_report
from hrcode.transcripts.load import load_transcripts

VOID = {"meta", "br", "input"}


class Page(html.parser.HTMLParser):
    """A page taken apart: its elements with attributes, and the text outside style and script."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.texts, self.raw = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag in ("td", "th", "dt", "dd", "p", "li"):
            self.texts.append(" ")

    def handle_data(self, data):
        (self.raw if self.open and self.open[-1] in ("script", "style") else self.texts).append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())

    def values(self, attribute):
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


@pytest.fixture
def report(tmp_path):
    def make(coded, **options):
        path = write_report(coded, tmp_path / "out" / "report.html", **options)
        return path.read_text(encoding="utf-8")

    return make


@pytest.fixture
def kitchen(tmp_path):
    return code_study(tmp_path / "study")


def rows(presence):
    """Rows of one code: group to n, N, and the rest that sentences need."""
    return [
        {"group": group, "participants": n, "participants_total": total, "pattern": label, "robust": robust,
         "largest_share": share, "largest_share_from": who}
        for group, n, total, label, robust, share, who in presence
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("presence", "says"),
    [
        (
            [("L", 3, 4, "only in L", "yes", 0.34, ""), ("S", 0, 4, "only in L", "yes", 0.0, "")],
            "is only in L: 3 of 4 in L, 0 of 4 in S (robust).",
        ),
        (
            [
                ("L", 3, 4, "predominant in L", "no", 0.6, "L3"),
                ("S", 1, 4, "predominant in L", "no", 1.0, "S1"),
            ],
            "is predominant in L: 3 of 4 in L, 1 of 4 in S (fragile); 60% of L's segments are L3's.",
        ),
        (
            [(g, 2, 3, "in all 3", "no", 0.5, "") for g in "ABC"],
            "is in all 3: 2 of 3 in A, 2 of 3 in B, 2 of 3 in C (fragile).",
        ),
        ([("all", 5, 6, "one group", "", 0.2, "")], "was said by 5 of 6 in all."),
    ],
)
def test_report_sentence(presence, says):
    assert says == sentence(rows(presence))


@given(st.data())
def test_report_every_finding_has_label_and_base_of_every_group(data):
    groups = data.draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=4, unique=True))
    people = {f"{g}{i}": g for g in groups for i in range(data.draw(st.integers(1, 5)))}
    frame = ["a/x", "-a/y", "~b/z"]
    segments = [(person, 3) for person in people]
    codings = data.draw(
        st.lists(st.tuples(st.integers(0, len(segments) - 1), st.sampled_from(["a/x", "a/y", "b/z"])))
    )
    coded = make_coded(people, segments, codings, frame)
    table = rows_of(compare(coded))

    found = findings(table, names_of(coded.frame))

    labels = {row["pattern"] for row in table}
    for finding in (*found.alike, *found.different, *found.heard):
        assert len(groups) == len(re.findall(r"\b\d+ of \d+ in [ABCD]", finding.says))
        assert any(label in finding.says for label in labels) or finding in found.heard
    listed = [finding.name for finding in (*found.alike, *found.different)]
    assert len(listed) == len(set(listed))


def test_report_findings_put_robust_wide_differences_first():
    people = {**{f"L{i}": "L" for i in range(4)}, **{f"S{i}": "S" for i in range(4)}}
    said = [(0, "a/two"), (1, "a/two"), *((i, "a/all") for i in range(4)), *((i, "a/both") for i in range(8))]
    coded = make_coded(people, [(p, 5) for p in people], said, ["a/two", "a/all", "a/both"])

    found = findings(rows_of(compare(coded, level="subcategory")), names_of(coded.frame))

    assert ["All", "Two"] == [finding.name.label for finding in found.different]
    assert [False, True] == [finding.fragile for finding in found.different]
    assert ["Both"] == [finding.name.label for finding in found.alike]


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(-5, 35), st.integers(-5, 35)), max_size=8),
)
def test_report_cut_keeps_text_and_says_what_covers_it(text, borders):
    spans = [(a, b, k) for k, (a, b) in enumerate(borders)]

    pieces = cut(text, spans)

    assert text == "".join(piece.text for piece in pieces)
    at = 0
    for piece in pieces:
        for i in range(at, at + len(piece.text)):
            assert set(piece.codings) == {k for a, b, k in spans if a <= i < b}
        at += len(piece.text)
    shown = {k for a, b, k in spans if max(a, 0) < min(b, len(text))}
    assert sorted(shown) == sorted(k for piece in pieces for k in piece.ending)


@pytest.mark.parametrize(
    ("number", "step"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (9, 4), (99, 5)]
)
def test_report_shade(number, step):
    assert step == shade(number)


def test_report_scale_names_each_shade():
    assert ["1", "2", "3 to 4", "5 to 9", "10 or more"] == [words for _, words in scale()]


def test_report_dots_are_people_or_a_share():
    few, many = dots([True, False, True], True), dots([True] * 10 + [False] * 10, False)

    assert [True, False, True] == [filled for _, filled in few["people"]]
    assert few["at"] is None
    assert [] == many["people"]
    assert many["width"] / 2 == many["at"]


@given(st.integers(1, 5_000))
def test_report_ticks_are_few_and_end_below_the_top(top):
    found = ticks(top)

    assert found[0] == 0
    assert found[-1] <= top
    assert 2 <= len(found) <= 9


def test_report_curve_rises_within_its_frame():
    steps = [
        {"position": i, "cumulative": n, "expected": n, "expected_sd": 1.0}
        for i, n in enumerate([3, 5, 9], start=1)
    ]

    drawn = curve(steps, 10)

    heights = [y for _, y in drawn["observed"]]
    assert heights == sorted(heights, reverse=True)
    assert all(drawn["top"] <= y <= drawn["bottom"] for _, y in [*drawn["band"], *drawn["observed"]])


def test_report_numbers_codes_in_the_order_of_the_codebook(kitchen):
    names = {code.path: name for code, name in names_of(kitchen.frame).items() if code.subcategory}

    assert {"food/cooks": "1.1", "food/shares": "1.2", "food/wastes": "1.3", "garden/digs": "2.1"} == {
        path: name.number for path, name in names.items()
    }
    assert ("\u2212", "diamond") == (names["food/wastes"].sign, names["food/wastes"].shape)


@given(
    st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_report_json_cannot_end_its_element(value):
    text = safe_json(value)

    assert not set("<>&\u2028\u2029") & set(text)
    if not re.search(
        "[\0-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", json.dumps(value, ensure_ascii=False)
    ):
        assert json.loads(text) == value


HOSTILE = (
    "<script>alert(1)</script> </script><img src=x onerror=alert(2)> \"'` ]]> <!-- --> &amp; {{ 7*7 }} "
    "{% raw %} \u2028 \u05e9\u05dc\u05d5\u05dd \u202eevil\u202c ${x} soup \x07"
)


def test_report_hostile_text_is_text_everywhere(tmp_path, report):
    long = " ".join(["word"] * 1_000) + " soup " + "x" * 5_000
    frame = {"food/shares": ["soup"], "-food/wastes": [{"phrase": "soup", "negated": "require"}]}
    files = {
        "A1.txt": f"I: {HOSTILE}?\nA1: I say {HOSTILE}. Not {HOSTILE}.\nA1: {long}.\n",
        "B1.txt": "B1: We have soup.\n",
        "participants.csv": 'participant,group\nA1,"<b>A</b> ""q"" \'"\nB1,</title><script>\n',
    }
    coded = code_study(tmp_path / "study", files, frame)
    assert len(coded.codings) > 2

    text = report(coded, title=HOSTILE, codebook=make_codebook(frame))

    page = Page(text)
    assert 2 == sum(tag == "script" for tag, _ in page.elements)
    assert not any(
        tag in ("img", "iframe", "object", "base", "form") and attrs.get("src")
        for tag, attrs in page.elements
    )
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
    shown = " ".join(HOSTILE.replace("\x07", "\ufffd").split())
    assert page.text.count(shown.removesuffix(" soup \ufffd")) >= 3  # title, question, answer
    assert "x" * 5_000 in page.text
    assert '<b>A</b> "q" \'' in page.text
    assert "</title><script>" in page.text


def test_report_page_is_whole(kitchen, report):
    page = Page(report(kitchen, codebook=make_codebook(KITCHEN)))

    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = {link.removeprefix("#") for link in page.values("href")}
    assert set() == links - set(ids)
    pointed = [
        name
        for key in ("aria-labelledby", "aria-controls")
        for value in page.values(key)
        for name in value.split()
    ]
    assert set() == set(pointed) - set(ids)
    assert [] == page.open


def test_report_fetches_nothing_and_its_policy_names_what_it_holds(kitchen, report):
    text = report(kitchen)

    page = Page(text)
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert [] == page.values("style") + page.values("src")
    assert [] == [link for link in page.values("href") if not link.startswith("#")]
    assert not re.search(r"https?://|url\(|@import", text)


def test_report_numbers_are_those_of_compare(kitchen, report):
    page = Page(report(kitchen))

    for row in rows_of(compare(kitchen, level="subcategory")):
        if row["pattern"] != "not observed":
            numbers = f"{row['participants']}/{row['participants_total']} {row['segments']:,}"
            assert f"{numbers} {row['rate_mean']:.2f}" in page.text


def test_report_equal_results_give_equal_bytes_and_no_path(tmp_path, kitchen):
    write_results(kitchen, tmp_path / "results")

    first = write_report(read_results(tmp_path / "results"), tmp_path / "one.html").read_bytes()
    second = write_report(kitchen, tmp_path / "two.html").read_bytes()

    assert first == second
    assert str(tmp_path).encode() not in first
    assert tmp_path.name.encode() not in first


UNCODED, CODED, NEARLY = "I like the sea and the hills", "I bake bread", "We never throw it away"


@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        ({}, [UNCODED, CODED, NEARLY], []),
        ({"transcripts": False}, [CODED, NEARLY], [UNCODED]),
        ({"quotes": 0}, [UNCODED, CODED, NEARLY], []),
        ({"transcripts": False, "quotes": 0}, [], [UNCODED, CODED, NEARLY, "Do you cook soup"]),
    ],
)
def test_report_holds_the_words_that_are_asked_for(kitchen, report, options, there, gone):
    # Marks cut sentences, so they are put together from the text alone.
    text = Page(re.sub(r"<sup>.*?</sup>", "", report(kitchen, **options))).text

    assert [] == [words for words in there if words not in text]
    assert [] == [words for words in gone if words in text]


def test_report_holds_at_most_so_many_quotes_of_a_code(tmp_path, report):
    files = {f"A{i}.txt": f"A{i}: I dig here. Then I dig there.\n" for i in range(1, 4)}
    coded = code_study(tmp_path / "study", files, {"garden/digs": ["dig"]})

    text = report(coded, quotes=4, transcripts=False)

    quotes = re.findall(r"<cite>(A\d)</cite>", text)
    assert ["A1", "A2", "A3"] == sorted(quotes[:3])  # everybody once before anybody twice
    assert 4 == len(quotes)


def test_report_marks_passages_with_their_codings(kitchen, report):
    page = report(kitchen)

    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page)[1])
    marks = re.findall(r'<a class="m [^"]*"[^>]* data-k="([\d ]+)"[^>]*>(.*?)<', page)
    assert len(kitchen.codings) == len({int(k) for ks, _ in marks for k in ks.split()})
    for numbers, words in marks:
        for k in map(int, numbers.split()):
            coding = kitchen.codings[k]
            assert words in coding.evidence
            code, indicator, context, kind, groups = data["codings"][k]
            assert ["AB".index(coding.group)] == groups
            assert coding.indicator == data["indicators"][indicator]
            assert (coding.context, coding.kind, coding.stance) == (context, kind, data["codes"][code][3])


def test_report_what_two_say_together_is_of_both_their_groups(report):
    coded = make_coded({"A1": "A", "B1": "B"}, [("A1 + B1", 4)], [(0, "a/x")], ["a/x"])

    text = report(coded)

    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text)[1])
    assert [0, 1] == data["codings"][0][4]
    assert '<details class="transcript" data-groups="0 1">' in text
    assert '<li data-g="0 1">' in text


def test_report_definitions_are_those_of_the_run(kitchen, report):
    book = make_codebook(KITCHEN)

    assert "Invented." in report(kitchen, codebook=book)
    without = report(kitchen)
    assert "Invented." not in without
    assert "Its definitions are not in this page" in without
    with pytest.raises(StudyError, match="is not the codebook of these results"):
        report(kitchen, codebook=make_codebook({**KITCHEN, "garden/digs": ["dig", "hoe"]}))


def test_report_checklists_are_whole_and_say_what_is_left(kitchen, report):
    text = Page(report(kitchen)).text

    assert (32, 21) == (len(COREQ.items), len(SRQR.items))
    assert "12 How many took part 3 participants (A 1, B 2) in 3 transcripts" in text
    assert "13 How many refused or left, and why To be completed by the authors." in text
    assert "Tong A, Sainsbury P, Craig J (2007)" in text
    assert "O'Brien BC" in text


def test_report_warns_of_small_groups_and_of_nothing_coded(report):
    coded = make_coded({"A1": "A", "B1": "B"}, [("A1", 5), ("B1", 0)], [], ["a/x"])

    text = Page(report(coded)).text

    assert "Small groups (A 1, B 1)" in text
    assert "Nothing was coded" in text
    assert not re.search(r"\bnan\b", text.lower())


def test_report_warns_of_what_the_run_warned_of(tmp_path, report):
    coded = code_study(tmp_path / "study", {**KITCHEN_FILES, "notes.doc": b"\xd0\xcf"})
    write_results(coded, tmp_path / "results")

    text = report(read_results(tmp_path / "results"))

    assert "notes.doc: not read" in Page(text).text
    assert str(tmp_path) not in text


def test_report_quotes_nobody_without_consent(tmp_path, report):
    people = "participant,group,consent\nA1,A,no\nB1,B,yes\nB2,B,withdrawn\n"
    coded = code_study(tmp_path / "study", {**KITCHEN_FILES, "participants.csv": people})
    silent = [k for k, coding in enumerate(coded.codings) if coding.participant == "A1"]

    text = report(coded)

    page = Page(text)
    assert not re.search("soup daily|never throw|the hills", page.text)
    assert "bread" in page.text
    assert "Left out of coding: B2 (withdrawn)" in page.text
    assert "Counted but not quoted, for want of consent: A1." in page.text
    marked = re.findall(rf'data-k="{" ".join(map(str, silent))}"[^>]*>(.*?)<', text)
    assert ["[not quoted: no consent]"] == marked  # counted, and seen to be


SIXTY = {f"P{i}": "AB"[i % 2] for i in range(60)}
FORTY = {f"P{i}": f"G{i}" for i in range(40)}


@pytest.mark.parametrize("wrong", [None, 7, "x", [1], {"a": 1}, [{"file": None, "message": None}]])
def test_report_of_a_run_record_edited_by_hand(kitchen, report, wrong):
    keys = ("warnings", "left_out", "not_quoted", "codebook", "counts", "transcripts", "spacy", "hrcode")

    text = report(replace(kitchen, run={**kitchen.run, **dict.fromkeys(keys, wrong)}))

    assert "What was found" in text


ODD = {
    "one group": ({"A1": "A", "A2": "A"}, [("A1", 4), ("A2", 4)], [(0, "a/x"), (1, "a/x")]),
    "nobody": ({}, [], []),
    "interviewer alone": ({}, [("", 5)], []),
    "without words": ({"A1": "A", "B1": "B"}, [("A1", 0)], []),
    "forty groups": (FORTY, [(person, 3) for person in FORTY], [(0, "a/x"), (7, "a/x")]),
    "large groups": (SIXTY, [(person, 3) for person in SIXTY], [(i, "a/x") for i in range(40)]),
}


@pytest.mark.parametrize("study", ODD.values(), ids=ODD)
def test_report_of_an_odd_study(study, report):
    page = Page(report(make_coded(*study, ["a/x", "-a/y"])))

    assert "What was found" in page.text
    assert not re.search(r"\bnan\b|None|Undefined", page.text)


def test_report_with_one_group_says_what_most_say(report):
    page = Page(report(make_coded(*ODD["one group"], ["a/x"])))

    assert "What most people say" in page.text
    assert "X was said by 2 of 2 in A." in page.text


def test_report_replaces_reports_and_nothing_else(tmp_path, kitchen):
    mine = tmp_path / "notes.html"
    mine.write_text("<p>my notes</p>", encoding="utf-8")

    with pytest.raises(ResultsError, match="no report of hrcode"):
        write_report(kitchen, mine)
    with pytest.raises(ResultsError, match="is a folder"):
        write_report(kitchen, tmp_path)
    assert "<p>my notes</p>" == mine.read_text(encoding="utf-8")
    again = write_report(kitchen, tmp_path / "new" / "report.html")
    assert again == write_report(kitchen, again)
    with pytest.raises(StudyError, match="0 or more"):
        write_report(kitchen, again, quotes=-1)


def test_report_among_transcripts_is_no_transcript(tmp_path, kitchen):
    report = write_report(kitchen, tmp_path / "study" / "report.html")

    assert is_own_page(report)
    assert ["A1", "B1", "B2"] == [transcript.id for transcript in load_transcripts(tmp_path / "study")]


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """A folder with results of the kitchen study, as the current one."""
    write_results(code_study(tmp_path / "study"), tmp_path / "results")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_report_command_writes_a_page_and_says_what_it_holds(saved):
    done = CliRunner().invoke(
        app, ["report", "--title", "Cooks & others", "--no-transcripts", "--quotes", "0"]
    )

    assert (0, "") == (done.exit_code, done.stdout)
    assert "Wrote report.html (" in done.stderr
    assert "It holds no words of participants." in done.stderr
    assert "<h1>Cooks &amp; others</h1>" in (saved / "report.html").read_text(encoding="utf-8")


def test_report_command_finds_the_codebook_that_the_run_had(saved):
    from builders import codebook_text

    (saved / "codebooks").mkdir()
    (saved / "codebooks" / "kitchen.yaml").write_text(codebook_text(KITCHEN), encoding="utf-8")

    done = CliRunner().invoke(app, ["report"])

    assert 0 == done.exit_code
    assert "Without definitions" not in done.stderr
    assert "Invented." in (saved / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "no results here"),
        (["--out", "results/codings.csv"], "no report of hrcode"),
        (["--out", "study"], "is a folder"),
        (["--codebook", "harm_reduction"], "is not the codebook of these results"),
        (["--codebook", "lost.yaml"], "no such codebook file"),
    ],
)
def test_report_command_refuses(saved, arguments, says):
    done = CliRunner().invoke(app, ["report", *arguments])

    assert 2 == done.exit_code
    assert says in " ".join(done.stderr.split())
    assert not (saved / "report.html").exists()
    assert (saved / "results" / "codings.csv").read_text(encoding="utf-8").startswith("coding_id,")


def test_report_study_files_are_as_they_were(saved):
    assert set(KITCHEN_FILES) == {path.name for path in (saved / "study").iterdir()}
