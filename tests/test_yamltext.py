from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hrcode import yamltext
from hrcode.yamltext import MAX_CHARACTERS, MAX_DEPTH, Node, parse_yaml

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltext, "_Loader", request.param)


def root_of(text: str) -> Node:
    root, faults = parse_yaml(text, "x.yaml")
    assert not faults
    assert root is not None
    return root


def rules_of(text: str) -> list[tuple[int, int, str]]:
    return [(fault.line, fault.column, fault.rule) for fault in parse_yaml(text, "x.yaml")[1]]


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        ("word", "word"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("OFF", "OFF"),
        ("y", "y"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("TRUE", "TRUE"),
        ("null", None),
        ("~", None),
        ("Null", "Null"),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("007", "007"),
        ("0x10", "0x10"),
        ("0o7", "0o7"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("1.", "1."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("1.2.3", "1.2.3"),
        ("9" * 30, "9" * 30),
        ("٣", "٣"),
        ("'true'", "true"),
        ('"5"', "5"),
        ("''", ""),
        ('"a\\nb"', "a\nb"),
        ('"\\u00e9"', "é"),
        ("!!str 5", "5"),
        ("!!python/object/apply:os.system x", "x"),
        ("!!binary aGk=", "aGk="),
        ("=", "="),
        ("<<", "<<"),
        ("a  b", "a  b"),
    ],
)
def test_yamltext_scalars(scalar: str, expected: object) -> None:
    assert [expected] == root_of(f"- {scalar}\n").plain_value()


def test_yamltext_a_number_is_no_truth_value() -> None:
    assert [int, bool] == [type(value) for value in root_of("[1, true]").plain_value()]  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["- \n", "-\n", "- # nothing\n"])
def test_yamltext_nothing_is_none(text: str) -> None:
    assert [None] == root_of(text).plain_value()


@pytest.mark.parametrize(
    ("scalar", "plain"), [("a", True), ("'a'", False), ('"a"', False), ("!!str a", False)]
)
def test_yamltext_says_whether_a_scalar_stood_without_quotes(scalar: str, plain: bool) -> None:
    assert plain is root_of(f"- {scalar}").items[0].plain


@pytest.mark.parametrize("raw", ["1.10", "1.0", "+5", "-0", "true", "~"])
def test_yamltext_keeps_a_scalar_as_written(raw: str) -> None:
    assert raw == root_of(f"v: {raw}").fields["v"].raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("a: >\n  x\n  y\n", {"a": "x y\n"}),
        ("a: >-\n  x\n\n  y\n", {"a": "x\ny"}),
        ("a: x\n  y\n", {"a": "x y"}),
        ("a: [x, {y: z}]", {"a": ["x", {"y": "z"}]}),
        ("{a: , b: }", {"a": None, "b": None}),
        ("1: a\ntrue: b\n~: c\n1.10: d", {"1": "a", "true": "b", "~": "c", "1.10": "d"}),
        ("no: a", {"no": "a"}),
        ("a: &x [p]\nb: *x", {"a": ["p"], "b": ["p"]}),
        ("&k a: b\nc: *k", {"a": "b", "c": "a"}),
        ("\ufeffa: b", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("--- \na: b\n...\n", {"a": "b"}),
        ("# note\na: b # note", {"a": "b"}),
        ("é: 😀", {"é": "😀"}),
    ],
)
def test_yamltext_structures(text: str, expected: object) -> None:
    assert expected == root_of(text).plain_value()


@pytest.mark.parametrize("text", ["", "  \n", "# only a note\n", "---\n"])
def test_yamltext_empty_text_is_no_fault(text: str) -> None:
    root, faults = parse_yaml(text, "x.yaml")
    assert (root is None or root.value is None, faults) == (True, [])


def test_yamltext_nodes_know_their_place() -> None:
    root = root_of("a: b\nc:\n  - d\n  - e: 'f'\n")
    inner = root.fields["c"].items
    places = [root, root.keys["c"], root.fields["c"], inner[0], inner[1], inner[1].fields["e"]]
    assert [(1, 1), (2, 1), (3, 3), (3, 5), (4, 5), (4, 8)] == [(n.line, n.column) for n in places]


def test_yamltext_columns_count_code_points() -> None:
    assert (1, 8) == (lambda n: (n.line, n.column))(root_of("['😀é', b]").items[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [(2, 1, "duplicate-key")]),
        ("a: 1\n'a': 2\n", [(2, 1, "duplicate-key")]),
        ("a: 1\na: 2\na: 3\n", [(2, 1, "duplicate-key"), (3, 1, "duplicate-key")]),
        ("{a: 1, a: 2}", [(1, 8, "duplicate-key")]),
        ("x:\n  a: 1\n  a: 2\ny:\n  a: 1\n", [(3, 3, "duplicate-key")]),
        ("true: 1\n'true': 2", [(2, 1, "duplicate-key")]),
        ("? [a]\n: b", [(1, 3, "yaml-syntax")]),
        ("{a: b}: c", [(1, 1, "yaml-syntax")]),
        ("a: b: c", [(1, 5, "yaml-syntax")]),
        ("a: [b\n", [(2, 1, "yaml-syntax")]),
        ("a: *b", [(1, 4, "yaml-syntax")]),
        ("a: &a [*a]", [(1, 8, "yaml-syntax")]),
        ("a: b\n---\nc: d", [(2, 1, "yaml-syntax")]),
        ("a: b\na: c\nd: *e", [(2, 1, "duplicate-key"), (3, 4, "yaml-syntax")]),
        ("a:\n\t- b", [(2, 1, "yaml-syntax")]),
        ("a: @b", [(1, 4, "yaml-syntax")]),
        ("a: 'b", [(1, 6, "yaml-syntax")]),
    ],
)
def test_yamltext_faults_have_a_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert expected == rules_of(text)


def test_yamltext_the_first_of_two_equal_keys_is_kept() -> None:
    root, _ = parse_yaml("a: 1\na: 2\n", "x.yaml")
    assert root is not None
    assert {"a": 1} == root.plain_value()


def test_yamltext_a_repeated_key_names_the_first_line() -> None:
    assert "line 2" in parse_yaml("\na: 1\na: 2\n", "x.yaml")[1][0].message


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x1b", "\x7f", "\ufffe", "\ud800"])
def test_yamltext_control_characters_are_a_fault(sign: str) -> None:
    assert ["yaml-syntax"] == [rule for _, _, rule in rules_of(f"a: b\nc: x{sign}\n")]


def test_yamltext_a_control_character_has_its_line() -> None:
    assert [2] == [line for line, _, _ in rules_of("a: b\nc: x\x01\n")]


def test_yamltext_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert ["too-large"] == [rule for _, _, rule in rules_of("\n".join(lines))]


def test_yamltext_alias_bomb_of_keys_is_refused() -> None:
    lines = ["a0: &a0 {x: y, z: y}"]
    lines += [f"a{n}: &a{n} {{b: *a{n - 1}, c: *a{n - 1}}}" for n in range(1, 25)]
    assert ["too-large"] == [rule for _, _, rule in rules_of("\n".join(lines))]


def test_yamltext_aliases_do_not_add_up_to_a_deep_tree() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 900)]
    assert ["too-large"] == [rule for _, _, rule in rules_of("\n".join(lines))]


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? "])
def test_yamltext_deep_nesting_is_refused(sign: str) -> None:
    assert ["too-large"] == [rule for _, _, rule in rules_of(sign * (MAX_DEPTH + 2))]


def test_yamltext_nesting_up_to_the_limit_is_read() -> None:
    assert root_of("[" * MAX_DEPTH + "]" * MAX_DEPTH).items


def test_yamltext_too_long_a_text_is_refused() -> None:
    assert [(1, 1, "too-large")] == rules_of("#" * (MAX_CHARACTERS + 1))


def test_yamltext_too_many_nodes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltext, "MAX_NODES", 100)
    assert ["too-large"] == [rule for _, _, rule in rules_of("- x\n" * 101)]


@given(
    text=st.one_of(
        st.text(max_size=60),
        st.text(st.sampled_from("ab: -\n\t[]{}&*!|>'\"%@#?,.~0\\\x00\ud800é"), max_size=60),
        st.text(st.characters(exclude_categories=()), max_size=20),
    )
)
def test_yamltext_never_raises(text: str) -> None:
    root, faults = parse_yaml(text, "x.yaml")
    assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)
    assert root is None or root.plain_value() is not NotImplemented


VALUES = st.recursive(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=8)
    | st.integers(-999, 999)
    | st.booleans()
    | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "no", "é"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(value=VALUES)
def test_yamltext_reads_back_what_pyyaml_writes_in_quotes(value: object) -> None:
    text = yaml.safe_dump({"v": value}, allow_unicode=True, default_style='"')
    tagless = text.replace("!!int ", "").replace("!!bool ", "").replace("!!null ", "")
    assert texts({"v": value}) == root_of(tagless).plain_value()


def texts(value: object) -> object:
    """Write every scalar as PyYAML writes it in quotes."""
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
