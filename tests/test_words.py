from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.language.words import blank_marks, count_words, fold, tokens, word_forms

SPEECH = st.text(st.sampled_from("abnotcN'’é\u0301 .,-–<>[]\n_*“İ😀0٣ҳ"), max_size=60)


def forms(text: str, language: str = "en") -> list[str]:
    return [token.form for token in tokens(text, 0, len(text), language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("... – !", []),
        ("One Two", ["one", "two"]),
        ("don't", ["do", "n't"]),
        ("don’t", ["do", "n't"]),
        ("DON'T", ["do", "n't"]),
        ("can't", ["ca", "n't"]),
        ("cannot", ["can", "not"]),
        ("Cannot", ["can", "not"]),
        ("cannoted", ["cannoted"]),
        ("won't", ["wo", "n't"]),
        ("ain't", ["ai", "n't"]),
        ("he's", ["he", "'s"]),
        ("we’re", ["we", "'re"]),
        ("I'd've", ["i", "'d", "'ve"]),
        ("couldn't've", ["could", "n't", "'ve"]),
        ("she'll", ["she", "'ll"]),
        ("the client's choice", ["the", "client", "'s", "choice"]),
        ("the clients' choice", ["the", "clients", "choice"]),
        ("'quoted'", ["quoted"]),
        ("'some words'", ["some", "words"]),
        ("non-judgmental", ["non", "judgmental"]),
        ("twenty‑four", ["twenty", "four"]),
        ("and/or", ["and", "or"]),
        ("50 pounds", ["50", "pounds"]),
        ("3pm", ["3pm"]),
        ("naïve", ["naïve"]),
        ("cafe\u0301", ["café"]),
        ("ÉCOLE", ["école"]),
        ("_never_ *ever*", ["never", "ever"]),
        ("a😀b", ["a", "b"]),
        ("y'all", ["y", "all"]),
    ],
)
def test_words_tokens_are_lower_case_words_with_contractions_in_two(text: str, expected: list[str]) -> None:
    assert expected == forms(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("_don't_ judge", ["do", "n't", "judge"]),
        ("_cannot_ judge", ["can", "not", "judge"]),
        ("he _isn’t_ here", ["he", "is", "n't", "here"]),
    ],
)
def test_words_markdown_emphasis_does_not_hide_a_contraction(text: str, expected: list[str]) -> None:
    assert expected == forms(text)


@pytest.mark.parametrize(
    "text",
    ["donʼt", "don´t", "don`t"],
    ids=["modifier apostrophe", "acute", "grave"],
)
def test_words_other_signs_used_as_an_apostrophe_still_make_a_contraction(text: str) -> None:
    assert ["do", "n't"] == forms(text)


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b"], ids=["soft hyphen", "zero width"])
def test_words_an_invisible_sign_does_not_cut_a_word(sign: str) -> None:
    text = f"lis{sign}tened"
    assert ["listened"] == [form.replace(sign, "") for form in forms(text)]


def test_words_other_languages_have_no_english_contractions() -> None:
    assert ["geht", "s", "don", "t"] == forms("geht's don't", "de")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[laughs] yes", ["yes"]),
        ("yes <omitted> no", ["yes", "no"]),
        ("<name>", []),
        ("ca[x]n't", ["ca", "n't"]),
        ("[one] [two]", []),
        ("a < b", ["a", "b"]),
        ("a [b", ["a", "b"]),
        ("a ] b [", ["a", "b"]),
        ("[<nested other kind>] c", ["c"]),
        ("<a [note] b> c", ["c"]),
        (f"[{'a ' * 90}] c", ["c"]),
    ],
)
def test_words_tokens_leave_marks_out(text: str, expected: list[str]) -> None:
    assert expected == forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "[a note that runs\non over the line] end",
        "[a note\r\nover lines] end",
        "<a name\nover lines> end",
        "[a note [with one] inside] end",
        "<a <b> c> end",
        f"[{'long note ' * 30}] end",
    ],
    ids=["wrapped", "wrapped crlf", "wrapped angle", "nested", "nested angle", "long"],
)
def test_words_of_a_wrapped_nested_or_long_mark_are_nobodys(text: str) -> None:
    assert ["end"] == forms(text)


def test_words_token_after_a_mark_says_so() -> None:
    text = "a [x] b c <y>, d"
    assert [False, True, False, True] == [t.after_mark for t in tokens(text, 0, len(text))]


def test_words_token_after_a_leading_mark_says_so() -> None:
    assert [True, False] == [t.after_mark for t in tokens("[x] a b", 0, 7)]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (" ", ""),
        ("  \n ", ""),
        (" - ", ""),
        ("-", ""),
        (' "', ""),
        (" ‘", ""),
        (" *_", ""),
        (", ", ","),
        ("; ", ";"),
        (" – ", "–"),
        (" — ", "—"),
        ("... ", "..."),
        (" (", "("),
        (", ,", ",,"),
        (" [x] ", ""),
        (", [x] ", ","),
        ("/", "/"),
        (" € ", "€"),
    ],
)
def test_words_token_keeps_the_punctuation_before_it(between: str, expected: str) -> None:
    text = f"a{between}b"
    assert expected == tokens(text, 0, len(text))[1].before


def test_words_tokens_of_a_stretch_point_into_the_whole_text() -> None:
    text = "😀 First. He can't say."
    assert ["He", "ca", "n't", "say"] == [text[t.start : t.end] for t in tokens(text, 9, len(text))]


@given(SPEECH, st.integers(0, 10), st.sampled_from(["en", "de"]))
def test_words_tokens_quote_the_text(text: str, start: int, language: str) -> None:
    found = tokens(text, min(start, len(text)), len(text), language)
    assert [fold(text[t.start : t.end]) for t in found] == [t.form for t in found]


@given(SPEECH)
def test_words_tokens_stand_in_order_and_apart(text: str) -> None:
    found = tokens(text, 0, len(text))
    ends = [0, *(t.end for t in found)]
    assert all(end <= t.start < t.end for end, t in zip(ends, found, strict=False))


@given(SPEECH)
def test_words_every_letter_outside_marks_is_in_a_token(text: str) -> None:
    covered = {k for t in tokens(text, 0, len(text)) for k in range(t.start, t.end)}
    letters = {k for k, character in enumerate(blank_marks(text)) if character.isalnum()}
    assert letters <= covered


@given(SPEECH)
def test_words_blanking_marks_keeps_the_length(text: str) -> None:
    assert len(text) == len(blank_marks(text))


@given(st.text(st.sampled_from("ab [<>]\n"), max_size=40))
def test_words_blanking_marks_leaves_other_characters_alone(text: str) -> None:
    assert all(after in (before, " ") for before, after in zip(text, blank_marks(text), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("...", 0),
        ("[laughs]", 0),
        ("<omitted>", 0),
        ("one", 1),
        ("don't", 1),
        ("don’t", 1),
        ("cannot", 1),
        ("follow-up", 1),
        ("rock'n'roll", 1),
        ("and/or", 2),
        ("I said 'no'", 3),
        ("well - yes", 2),
        ("one [two three] four", 2),
        ("24 hours", 2),
        ("cafe\u0301", 1),
        ("_yes_ no", 2),
        ("a–b", 2),
        ("the clients' choice", 3),
    ],
)
def test_words_count(text: str, expected: int) -> None:
    assert expected == count_words(text)


@given(st.lists(st.sampled_from(["yes", "don't", "follow-up", "é", "[laughs]", "<x>", "–"]), max_size=12))
def test_words_count_adds_up(pieces: list[str]) -> None:
    assert sum(count_words(piece) for piece in pieces) == count_words(" ".join(pieces))


PARTS = ["cannot", "CANNOT", "can", "not", "n", "t", "'", "’", "s", "é", "ß", "İ", "7", "_", "-", ".", "?!"]
PIECES = st.lists(st.sampled_from(PARTS), max_size=5).map("".join)


@given(PIECES, st.sampled_from(["en", "lt"]))
def test_words_forms_of_a_piece_are_those_of_its_tokens(piece: str, language: str) -> None:
    words = [(token.form, token.raw) for token in tokens(piece, 0, len(piece), language)]
    assert word_forms(piece, language) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("🤷\u200d♀️", 0), ("\u200b", 0), ("well \u200b then", 2), ("yes 🤷\u200d♀️", 1), ("a\u200bb", 1)],
)
def test_words_a_sign_that_nobody_sees_is_no_word(text: str, words: int) -> None:
    assert (words, words) == (count_words(text), len(tokens(text, 0, len(text))))


def test_words_a_sign_that_nobody_sees_parts_no_words() -> None:
    assert ["", ""] == [token.before for token in tokens("well \u200b then", 0, 11)]
