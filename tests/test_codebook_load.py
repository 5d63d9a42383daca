from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import codebook_dict, errors_of, make_codebook, parse, warnings_of
from hrcode.checks.validate import check_codebook
from hrcode.codebook.load import load_codebook, parse_codebook
from hrcode.codebook.model import Codebook
from hrcode.errors import CodebookError

TOP = 'codebook: invented\nversion: "1"\n'
CATEGORY = "categories:\n- id: c\n  label: C\n  definition: D\n"
SUB = "  subcategories:\n  - id: s\n    label: S\n    definition: D\n"
BASE = TOP + CATEGORY + SUB  # ten lines
RULES = BASE + "    indicators:\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the whole file
        ("", [(1, 1, "empty-codebook")]),
        ("# only a note\n", [(1, 1, "empty-codebook")]),
        ("- a\n", [(1, 1, "not-a-mapping")]),
        ("word", [(1, 1, "not-a-mapping")]),
        ("a: b: c", [(1, 5, "yaml-syntax")]),
        (BASE + "x: *nothing", [(11, 4, "yaml-syntax")]),
        (BASE + "x: " + "[" * 70, [(11, 64, "too-large")]),
        # top-level keys
        (CATEGORY + SUB, [(1, 1, "missing-codebook"), (1, 1, "missing-version")]),
        (TOP, [(1, 1, "missing-categories")]),
        (TOP + "categories:\n", [(3, 12, "not-a-list")]),
        (TOP + "categories: {}\n", [(3, 13, "not-a-list")]),
        (TOP + "categories: []\n", [(3, 13, "empty-categories")]),
        (TOP + "categories: [a]\n", [(3, 14, "not-a-mapping")]),
        (BASE + "titel: x\n", [(11, 1, "unknown-key")]),
        (BASE + "version: 2\n", [(11, 1, "duplicate-key")]),
        (BASE + "title: [x]\n", [(11, 8, "not-text")]),
        (BASE + "title: no\n", [(11, 8, "not-text")]),
        (BASE + "language: {a: b}\n", [(11, 11, "not-text")]),
        ("codebook: My Book\n" + BASE[19:], [(1, 11, "bad-id")]),
        ("codebook: 5\n" + BASE[19:], [(1, 11, "bad-id")]),
        ("codebook: ''\n" + BASE[19:], [(1, 11, "missing-codebook")]),
        ("codebook: no\n" + BASE[19:], [(1, 11, "not-text")]),
        ("version:\n" + "codebook: x\n" + CATEGORY + SUB, [(1, 9, "missing-version")]),
        # categories
        (TOP + "categories:\n- label: C\n  definition: D\n" + SUB, [(4, 3, "missing-id")]),
        (TOP + "categories:\n- id: c\n  definition: D\n" + SUB, [(4, 3, "missing-label")]),
        (TOP + "categories:\n- id: c\n  label: C\n" + SUB, [(4, 3, "missing-definition")]),
        (TOP + CATEGORY, [(4, 3, "missing-subcategories")]),
        (TOP + CATEGORY + "  subcategories: []\n", [(7, 18, "empty-subcategories")]),
        (TOP + CATEGORY + "  subcategories: x\n", [(7, 18, "not-a-list")]),
        (TOP + CATEGORY + "  subcategories: [x]\n", [(7, 19, "not-a-mapping")]),
        (TOP + CATEGORY + "  colour: red\n" + SUB, [(7, 3, "unknown-key")]),
        (TOP + CATEGORY.replace("id: c", "id: C c") + SUB, [(4, 7, "bad-id")]),
        (TOP + CATEGORY.replace("id: c", "id: 1c") + SUB, [(4, 7, "bad-id")]),
        (TOP + CATEGORY.replace("id: c", "id: é") + SUB, [(4, 7, "bad-id")]),
        (TOP + CATEGORY.replace("id: c", f"id: {'c' * 81}") + SUB, [(4, 7, "bad-id")]),
        (TOP + CATEGORY.replace("id: c", "id: c/d") + SUB, [(4, 7, "bad-id")]),
        (TOP + CATEGORY + SUB + CATEGORY[12:] + SUB, [(11, 7, "duplicate-id")]),
        # subcategories
        (BASE.replace("    label: S\n", ""), [(8, 5, "missing-label")]),
        (BASE.replace("    label: S\n", "    label:\n"), [(9, 11, "missing-label")]),
        (BASE.replace("    label: S\n", "    label: ' '\n"), [(9, 12, "missing-label")]),
        (BASE.replace("    label: S\n", "    label: off\n"), [(9, 12, "not-text")]),
        (TOP + CATEGORY + "  subcategories:\n  - id: s\n    label: S\n", [(8, 5, "missing-definition")]),
        (BASE + "  - id: s\n    label: S\n    definition: D\n", [(11, 9, "duplicate-id")]),
        (BASE + "    usewhen: x\n", [(11, 5, "unknown-key")]),
        (BASE + "    stance: aplies\n", [(11, 13, "bad-value")]),
        (BASE + "    stance:\n", [(11, 12, "bad-value")]),
        (BASE + "    stance: [applies]\n", [(11, 13, "bad-value")]),
        (BASE + "    origin: book\n", [(11, 13, "bad-value")]),
        # sources
        (BASE + "    source: nobody\n", [(11, 13, "unknown-source")]),
        (BASE + "    source: {doi: x}\n", [(11, 13, "missing-citation")]),
        (BASE + "    source: {citation: x, isbn: 5}\n", [(11, 27, "unknown-key")]),
        (BASE + "    source: [a]\n", [(11, 13, "not-text")]),
        (BASE + "    source: {}\n", [(11, 13, "missing-citation")]),
        (BASE + "sources: [a]\n", [(11, 10, "not-a-mapping")]),
        (BASE + "sources: {a: b}\n", [(11, 14, "not-a-mapping")]),
        (BASE + "sources: {a: {citation: }}\n", [(11, 25, "missing-citation")]),
        (BASE + "sources: {a: {doi: x}}\n", [(11, 14, "missing-citation")]),
        (BASE + "sources: {a: {}}\n", [(11, 14, "missing-citation")]),
        # indicators
        (BASE + "    indicators: word\n", [(11, 17, "not-a-list")]),
        (BASE + "    indicators: {phrase: x}\n", [(11, 17, "not-a-list")]),
        (RULES + "    - ''\n", [(12, 7, "empty-indicator")]),
        (RULES + "    -\n", [(12, 6, "empty-indicator")]),
        (RULES + "    - ' '\n", [(12, 7, "empty-indicator")]),
        (RULES + "    - {phrase: }\n", [(12, 16, "empty-indicator")]),
        (RULES + "    - no\n", [(12, 7, "not-text")]),
        (RULES + "    - On\n", [(12, 7, "not-text")]),
        (RULES + "    - 5\n", [(12, 7, "not-text")]),
        (RULES + "    - true\n", [(12, 7, "not-text")]),
        (RULES + "    - [a]\n", [(12, 7, "not-text")]),
        (RULES + "    - phrase: [a]\n", [(12, 15, "not-text")]),
        (RULES + "    - (a\n", [(12, 7, "bad-phrase")]),
        (RULES + "    - phrase: a, b\n", [(12, 15, "bad-phrase")]),
        (RULES + "    - exact: '*'\n", [(12, 14, "bad-phrase")]),
        (RULES + "    - pattern: x\n", [(12, 16, "bad-pattern")]),
        (RULES + "    - {}\n", [(12, 7, "unknown-kind")]),
        (RULES + "    - {phras: a}\n", [(12, 7, "unknown-kind"), (12, 8, "unknown-key")]),
        (RULES + "    - {phrase: a, exact: b}\n", [(12, 7, "unknown-kind")]),
        (RULES + "    - {phrase: a, negate: any}\n", [(12, 19, "unknown-key")]),
        (RULES + "    - {phrase: a, negated: yes}\n", [(12, 28, "bad-value")]),
        (RULES + "    - {phrase: a, negated: false}\n", [(12, 28, "bad-value")]),
        (RULES + "    - {phrase: a ... b, gap: 21}\n", [(12, 30, "bad-value")]),
        (RULES + "    - {phrase: a ... b, gap: -1}\n", [(12, 30, "bad-value")]),
        (RULES + "    - {phrase: a ... b, gap: 2.5}\n", [(12, 30, "bad-value")]),
        (RULES + "    - {phrase: a ... b, gap: '2'}\n", [(12, 30, "bad-value")]),
        (RULES + "    - {phrase: a ... b, gap: true}\n", [(12, 30, "bad-value")]),
        (RULES + "    - {pattern: [{LOWER: a}], gap: 2}\n", [(12, 31, "unknown-key")]),
        (RULES + "    - {phrase: a, id: no}\n", [(12, 23, "not-text")]),
        (RULES + "    - a\n    - b\n    - a\n", [(14, 7, "duplicate-indicator")]),
        (RULES + "    - a  b\n    - a b\n", [(13, 7, "duplicate-indicator")]),
        (RULES + "    - a\n    - phrase: a\n", [(13, 7, "duplicate-indicator")]),
        (RULES + "    - {id: x, phrase: a}\n    - {id: x, phrase: b}\n", [(13, 7, "duplicate-indicator")]),
        # negation
        (BASE + "cues: {negated: [a]}\n", [(11, 17, "not-a-mapping")]),
        (BASE + "cues: {negated: {befor: [a]}}\n", [(11, 18, "unknown-key")]),
        (BASE + "cues: {negated: {before: a}}\n", [(11, 26, "bad-value")]),
        (BASE + "cues: {negated: {before: [no]}}\n", [(11, 27, "not-text")]),
        (BASE + "cues: {negated: {before: ['']}}\n", [(11, 27, "empty-indicator")]),
        (BASE + "cues: {negated: {after: ['(']}}\n", [(11, 26, "bad-phrase")]),
        (BASE + "cues: {negated: {reach: 0}}\n", [(11, 25, "bad-value")]),
        (BASE + "cues: {negated: {reach: 41}}\n", [(11, 25, "bad-value")]),
        (BASE + "cues: {negated: {reach: true}}\n", [(11, 25, "bad-value")]),
        (BASE + "cues: {negated: {replace: 1}}\n", [(11, 27, "bad-value")]),
        # examples
        (BASE + "    examples: [a]\n", [(11, 15, "not-a-mapping")]),
        (BASE + "    examples: {match: a, no_match: [b]}\n", [(11, 23, "not-a-list")]),
        (BASE + "    examples: {match: [no], no_match: [b]}\n", [(11, 24, "not-text")]),
        (BASE + "    examples: {match: [''], no_match: [b]}\n", [(11, 24, "empty-indicator")]),
        (BASE + "    examples: {matches: [a]}\n", [(11, 16, "unknown-key")]),
    ],
)  # fmt: skip
def test_codebook_load_reports_each_fault_with_its_place(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert expected == errors_of(text)


def test_codebook_load_reports_all_faults_at_once_in_order() -> None:
    text = (
        "codebook: My Book\n"
        "versoin: 1\n"
        "categories:\n"
        "- id: c\n"
        "  label: C\n"
        "  subcategories:\n"
        "  - id: s\n"
        "    label: S\n"
        "    definition: D\n"
        "    stance: aplies\n"
        "    indicators:\n"
        "    - (a\n"
        "    - no\n"
        "    - {pattern: [{LEMA: pay}]}\n"
        "    label: S\n"
        "- id: c\n"
    )
    assert [
        (1, 1, "missing-version"),
        (1, 11, "bad-id"),
        (2, 1, "unknown-key"),
        (4, 3, "missing-definition"),
        (10, 13, "bad-value"),
        (12, 7, "bad-phrase"),
        (13, 7, "not-text"),
        (14, 19, "bad-pattern"),
        (15, 5, "duplicate-key"),
        (16, 3, "missing-definition"),
        (16, 3, "missing-label"),
        (16, 3, "missing-subcategories"),
        (16, 7, "duplicate-id"),
    ] == errors_of(text)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("    stance: aplies\n", "applies"),
        ("    use_wen: x\n", "use_when"),
        ("    source: studdy\nsources: {study: {citation: x}}\n", "study"),
    ],
)
def test_codebook_load_suggests_the_nearest_word(line: str, hint: str) -> None:
    assert [f"mean {hint}?" in f.message for f in parse(BASE + line)[1] if f.level == "error"] == [True]


@pytest.mark.parametrize("key", ["stance", "origin"])
@pytest.mark.parametrize("value", ["[applies]", "{a: b}", ""])
def test_codebook_load_message_about_a_choice_shows_no_internals(key: str, value: str) -> None:
    (fault,) = [f for f in parse(f"{BASE}    {key}: {value}\n")[1] if f.level == "error"]
    assert not [word for word in ("Node(", "None", "raw=") if word in fault.message]


def test_codebook_load_a_choice_of_deep_aliases_is_a_fault() -> None:
    chain = "".join(f"  a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 900))
    text = f"description:\n  a0: &a0 [x]\n{chain}{BASE}    stance: *a899\n"
    assert errors_of(text)


def test_codebook_load_a_word_form_and_an_exact_phrase_may_stand_side_by_side() -> None:
    assert [] == errors_of(codebook_dict({"c/s": ["=need help", {"exact": "need help"}]}))


@pytest.mark.parametrize("language", ["a" * 300, "EN", "../cues/en", "en\0"])
def test_codebook_load_what_is_no_language_code_is_a_fault(language: str) -> None:
    assert errors_of(codebook_dict({"c/s": ["word"]}, language=language))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("own choice", "own choice"),
        ("  own \t choice ", "own choice"),
        ({"phrase": "own choice"}, "own choice"),
        ({"phrase": "own choice", "negated": "exclude"}, "own choice"),
        ({"phrase": "own choice", "negated": "require"}, "own choice [negated: require]"),
        ({"phrase": "own choice", "negated": "any"}, "own choice [negated: any]"),
        ({"phrase": "a ... b", "gap": 4}, "a ... b"),
        ({"phrase": "a ... b", "gap": 6}, "a ... b [gap 6]"),
        ({"phrase": "a ... b", "gap": 6, "negated": "any"}, "a ... b [gap 6] [negated: any]"),
        ({"exact": "own choice"}, "exact: own choice"),
        ({"id": "given", "phrase": "own choice", "negated": "any"}, "given"),
        ({"id": "given", "exact": "own choice"}, "given"),
        ({"id": "given", "pattern": [{"LOWER": "own"}]}, "given"),
        ({"pattern": [{"LOWER": "own"}, {"OP": "?"}]}, "[LOWER=own] [OP=?]"),
        ({"phrase": "own choice", "note": "any text"}, "own choice"),
    ],
)
def test_codebook_load_ids_of_indicators(rule: str | dict[str, Any], expected: str) -> None:
    codebook = make_codebook(codebook_dict({"c/s": [rule]}))
    assert [expected] == [i.id for sub in codebook.subcategories for i in sub.indicators]


def test_codebook_load_indicators_know_their_place() -> None:
    codebook = make_codebook(RULES + "    - a\n    - phrase: b\n")
    places = [(i.line, i.column) for sub in codebook.subcategories for i in sub.indicators]
    assert [(12, 7), (13, 7)] == places


def test_codebook_load_the_same_rule_may_stand_in_two_subcategories() -> None:
    assert [] == errors_of(codebook_dict({"c/s": ["a"], "c/t": ["a"], "d/s": ["a"]}))


def test_codebook_load_the_same_words_may_be_negated_in_several_ways() -> None:
    rules = ["a", {"phrase": "a", "negated": "require"}, {"phrase": "a", "negated": "any"}]
    assert [] == errors_of(codebook_dict({"c/s": rules}))


def only_sub(codebook: Codebook) -> Any:
    (sub,) = codebook.subcategories
    return sub


def test_codebook_load_values_of_a_full_codebook() -> None:
    text = (
        TOP.replace('"1"', "1.10")
        + "title: A  title\ndescription: Any.\nlanguage: en\n"
        + "sources: {study: {citation: A study, doi: 10.1/x, licence: CC}}\n"
        + CATEGORY
        + "  use_when: Use.\n  not_when: Not.\n"
        + SUB
        + "    brief: B\n    use_when: U\n    not_when: Not so.\n    stance: departs\n    origin: data\n"
        + "    source: study\n    examples: {match: [One.], no_match: [Two.]}\n"
    )
    codebook = make_codebook(text)
    sub = only_sub(codebook)
    assert ("invented", "1.10", "A title", "en") == (
        codebook.id,
        codebook.version,
        codebook.title,
        codebook.language,
    )
    assert ("c/s", "B", "U", "Not so.", "departs", "data") == (
        sub.path,
        sub.brief,
        sub.use_when,
        sub.not_when,
        sub.stance,
        sub.origin,
    )
    assert ("A study", "10.1/x", "CC") == (sub.source.citation, sub.source.doi, sub.source.licence)
    assert [("One.", True), ("Two.", False)] == [(e.text, e.match) for e in sub.examples]


def test_codebook_load_defaults() -> None:
    codebook = make_codebook(BASE)
    sub = only_sub(codebook)
    assert ("en", "applies", "", None, (), ()) == (
        codebook.language,
        sub.stance,
        sub.origin,
        sub.source,
        sub.indicators,
        sub.examples,
    )


@pytest.mark.parametrize("source", ["{citation: A study, doi: x}", "study", "5"])
def test_codebook_load_sources_stand_in_place_or_in_the_list(source: str) -> None:
    shared = "sources: {study: {citation: A study}, 5: {citation: A study}}\n"
    assert only_sub(make_codebook(f"{BASE}    source: {source}\n{shared}")).source.citation == "A study"


def test_codebook_load_hash_is_of_the_text() -> None:
    text = BASE + "title: é\n"
    assert hashlib.sha256(text.encode()).hexdigest() == make_codebook(text).sha256


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BASE, [(8, 5, "missing-example"), (8, 5, "missing-example"), (8, 5, "no-indicators")]),
        (RULES + "    - a\n    examples: {match: [x]}\n", [(13, 15, "missing-example")]),
        (RULES + "    - a\n    examples: {match: [x], no_match: []}\n", [(13, 38, "missing-example")]),
        (RULES + "    - a\n    examples: {match: [x], no_match: [y]}\n", []),
        (BASE + "    indicators: []\n    examples: {match: [x], no_match: [y]}\n",
         [(11, 17, "no-indicators")]),
    ],
)  # fmt: skip
def test_codebook_load_warnings_have_a_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert expected == warnings_of(text)


def test_codebook_load_warnings_do_not_stop_the_codebook() -> None:
    codebook, faults = parse(BASE)
    assert codebook is not None
    assert codebook.warnings == tuple(faults)


def test_codebook_load_error_names_file_and_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(RULES + "    - (a\n    - b)\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"mine\.yaml has 2 errors"):
        load_codebook(path)


def test_codebook_load_error_lines_begin_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(RULES + "    - (a\n", encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert str(caught.value).splitlines()[1].startswith(f"{path}:12:7: error: ")


def test_codebook_load_check_gives_errors_and_warnings_in_order(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(RULES + "    - (a\n", encoding="utf-8")
    rules = [fault.rule for fault in check_codebook(path)]
    assert ["missing-example", "missing-example", "bad-phrase"] == rules


def test_codebook_load_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(BASE, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"mine\.yaml\?"):
        load_codebook(tmp_path / "mien.yaml")


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfe", "codebook: é".encode("latin-1")])
def test_codebook_load_refuses_what_is_no_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(data)
    with pytest.raises(CodebookError, match=r"mine\.yaml"):
        load_codebook(path)


def test_codebook_load_reads_a_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    assert load_codebook(path).id == "invented"


@given(st.integers(0, len(RULES)), st.text(st.sampled_from("ab: -\n[]{}&*!|'\"()=.,#0\\"), max_size=12))
def test_codebook_load_never_raises_on_a_damaged_codebook(at: int, damage: str) -> None:
    text = RULES + "    - own choice\n"
    codebook, faults = parse_codebook(text[:at] + damage + text[at:], "x.yaml")
    assert codebook is not None or any(fault.level == "error" for fault in faults)


NODES = st.sampled_from(
    ["x", "5", "true", "no", "", "[]", "{}", "[a]", "{a: b}", "[[a]]", "[{}]", "[{phrase: [a]}]", "'('",
     "[{pattern: [{LOWER: {IN: {a: b}}}]}]", "{match: {a: b}}", "{citation: [a]}", "[{exact: , gap: x}]"]
)  # fmt: skip


@given(
    st.sampled_from(
        ["id", "label", "brief", "stance", "origin", "source", "indicators", "examples", "not_when"]
    ),
    NODES,
)
def test_codebook_load_never_raises_on_a_value_of_the_wrong_kind(key: str, value: str) -> None:
    text = f"{TOP}{CATEGORY}  subcategories:\n  - definition: D\n    {key}: {value}\n"
    assert [fault for fault in parse_codebook(text, "x.yaml")[1] if fault.line]


@given(
    st.sampled_from(["title", "language", "description", "sources", "cues", "categories", "version"]),
    NODES,
)
def test_codebook_load_never_raises_on_a_top_value_of_the_wrong_kind(key: str, value: str) -> None:
    assert parse_codebook(f"codebook: x\n{key}: {value}\n", "x.yaml")[0] is None
