from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.language.sentences import MAX_SENTENCE, sentence_spans


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text), language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("One.", ["One."]),
        ("no full stop", ["no full stop"]),
        ("One. Two.", ["One.", "Two."]),
        ("  One.   Two.  ", ["One.", "Two."]),
        ("What? Yes! No.", ["What?", "Yes!", "No."]),
        ("Dr. Miller came. She left.", ["Dr. Miller came.", "She left."]),
        ("Some drugs, e.g. heroin, are dear.", ["Some drugs, e.g. heroin, are dear."]),
        ("It costs 3.50 a day. Not more.", ["It costs 3.50 a day.", "Not more."]),
        ("one line\nand the next. Then\nmore.", ["one line\nand the next.", "Then\nmore."]),
        ("one line\r\nand the next.", ["one line\r\nand the next."]),
        ("a\u2028b.", ["a\u2028b."]),
        ("Mr.\u00a0Miller came. She\u00a0left.", ["Mr.\u00a0Miller came.", "She\u00a0left."]),
        ("I met B\u00a0. She left.", ["I met B\u00a0.", "She left."]),
        ("Plan B\u2003. Then\u3000C\u202f.", ["Plan B\u2003.", "Then\u3000C\u202f."]),
        ("He left [Mr. X came. Then. He left] again. Yes.",
         ["He left [Mr. X came. Then. He left] again.", "Yes."]),
        ("He met <name. omitted> there.", ["He met <name. omitted> there."]),
        ("He left. [laughs] She stayed.", ["He left.", "[laughs] She stayed."]),
        ("😀 One. 😀 Two! Three?", ["😀 One.", "😀 Two!", "Three?"]),
        ("é. À. 𝔘.", ["é.", "À.", "𝔘."]),
    ],
)  # fmt: skip
def test_sentences_are_cut_by_rules(text: str, expected: list[str]) -> None:
    assert expected == sentences(text)


def test_sentences_of_a_stretch_point_into_the_whole_text() -> None:
    text = "😀 Zero. One. Two. Three."
    assert ["One.", "Two."] == [text[a:b] for a, b in sentence_spans(text, 8, 17)]


def test_sentences_without_an_end_are_cut_at_a_blank_before_the_limit() -> None:
    pieces = sentences("word " * 4_000)
    assert all(len(piece) <= MAX_SENTENCE and piece.endswith("word") for piece in pieces)


def test_sentences_cut_at_the_limit_lose_nothing() -> None:
    text = "word " * 4_000
    assert text.split() == " ".join(sentences(text)).split()


def test_sentences_without_any_blank_are_cut_at_the_limit() -> None:
    assert [MAX_SENTENCE, MAX_SENTENCE, 1] == [len(s) for s in sentences("x" * (2 * MAX_SENTENCE + 1))]


def test_sentences_the_limit_never_cuts_a_mark() -> None:
    mark = "[a note with blanks]"
    text = "w" * (MAX_SENTENCE - 15) + " " + mark + " more"
    assert any(mark in piece for piece in sentences(text))


def test_sentences_an_unknown_language_is_still_cut() -> None:
    assert ["Eins.", "Zwei."] == sentences("Eins. Zwei.", "xx")


SPEECH = st.text(st.sampled_from("ab N.?!,;\n\r\t \u2028\x85[]<>\"'“”()é😀0—…"), max_size=80)


@given(SPEECH)
def test_sentences_stand_in_order_and_apart(text: str) -> None:
    spans = sentence_spans(text, 0, len(text))
    ends = [0, *(end for _, end in spans)]
    assert all(end <= start < stop for end, (start, stop) in zip(ends, spans, strict=False))


@given(SPEECH)
def test_sentences_cover_everything_but_blanks(text: str) -> None:
    covered = {k for start, end in sentence_spans(text, 0, len(text)) for k in range(start, end)}
    assert not [text[k] for k in range(len(text)) if k not in covered and not text[k].isspace()]


@given(SPEECH)
def test_sentences_have_no_blanks_at_their_ends(text: str) -> None:
    assert all(piece == piece.strip() for piece in sentences(text))


@given(SPEECH)
def test_sentences_do_not_depend_on_what_precedes(text: str) -> None:
    before = "😀[x\n"
    shifted = sentence_spans(before + text, len(before), len(before) + len(text))
    moved = [(a + len(before), b + len(before)) for a, b in sentence_spans(text, 0, len(text))]
    assert moved == shifted


BLANKS = st.sampled_from([" ", "\u00a0", "\u2003", "\u202f", "\u3000", "\x1c", "\x85", "\n", "\t"])
PARTS = st.one_of(BLANKS, st.sampled_from([*"aBž.?!…”«(1", "Mr.", "e.g.", "pvz.", "J.", "\u200b", "😀"]))


@given(st.lists(PARTS, max_size=20).map("".join), st.sampled_from(["en", "lt", "sv", "pl", "ja"]))
def test_sentences_hold_everything_but_blanks(text: str, language: str) -> None:
    spans = sentence_spans(text, 0, len(text), language)
    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in spans)


@given(st.lists(PARTS, max_size=20).map("".join), BLANKS)
def test_sentences_end_at_the_same_places_whatever_the_blank(text: str, blank: str) -> None:
    usual = text.translate(dict.fromkeys(map(ord, "\u00a0\u2003\u202f\u3000\x1c\x85\n"), " "))
    other = usual if blank == "\t" else usual.replace(" ", blank)
    assert sentence_spans(usual, 0, len(usual)) == sentence_spans(other, 0, len(other))
