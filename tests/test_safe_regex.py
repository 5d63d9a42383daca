from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.safe_regex import MAX_LENGTH, regex_fault


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "care",
        "^un.*ed$",
        "(?i)stigma",
        "judg(e|ing|ement)?",
        "(?:a|b)c",
        "[a-z]+",
        "[a-z]{2,50}",
        "a{50}",
        r"\bdrug\w*",
        "(?:very)?good",
        "(?:a+)?",
        "(?=care)care",
        "(?<!un)safe",
        "colou?r",
        "a" * MAX_LENGTH,
    ],
)
def test_safe_regex_sound_patterns_have_no_fault(pattern: str) -> None:
    assert regex_fault(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("(", "valid"),
        ("[a", "valid"),
        ("*a", "valid"),
        ("a**", "valid"),
        ("(?P<x>a", "valid"),
        ("\\", "valid"),
        ("a{9999999999999}", "valid"),
        ("(" * 140 + ")" * 140 + "(", "valid"),
        ("a" * (MAX_LENGTH + 1), "longer"),
        (5, "text"),
        (True, "text"),
        (None, "text"),
        ([], "text"),
    ],
)
def test_safe_regex_invalid_patterns_have_a_fault(pattern: object, word: str) -> None:
    assert word in regex_fault(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*b",
        "(?:a+)*",
        "(a+?)+",
        "(?:x|a+)+",
        "(?:(?:a)+b?)+",
        "((a*))*",
        "(?=a+)+",
        "(?:(?=a+)b)*",
        "(?>a+)+",
        "(a{2,}){3}",
        "(a+){2}",
        r"(a|b)\1",
        "(?P<x>a)(?P=x)",
        "a{51}",
        "a{3,60}",
    ],
)
def test_safe_regex_repeats_in_repeats_and_back_references_are_refused(pattern: str) -> None:
    assert regex_fault(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "^(?:a?){50}a{50}$",
        "^(?:ha|h|a)+!",
        "^(?:ab|a|b)*c",
        r"^\w*\w*\w*\w*\w*\w*\w*\w*!",
    ],
    ids=["optional in repeat", "choices that overlap", "choices", "side by side"],
)
def test_safe_regex_other_ways_to_run_for_ever_are_refused(pattern: str) -> None:
    assert regex_fault(pattern)


@given(st.text(st.sampled_from(r"ab()[]{}*+?|\1^$,9:=!<P>-"), max_size=20))
def test_safe_regex_never_raises(pattern: str) -> None:
    assert isinstance(regex_fault(pattern), str)
