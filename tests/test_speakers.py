import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.spans import lines_that_match
from hrcode.transcripts.labels import SHAPES
from hrcode.transcripts.speakers import find_turns

KNOWN = ("I", "INT", "Interviewer", "Q")


def turns_of(text, known=KNOWN, stops=()):
    return [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text, 0, known, stops)]


LAYOUTS = {
    "label and blank": ("I: Hi.\nS1: Hello.\n", [("I", "Hi."), ("S1", "Hello.")]),
    "no blank after the colon": ("S1:Hello.\n", [("S1", "Hello.")]),
    "blank before the colon": ("S1 : Hello.\n", [("S1", "Hello.")]),
    "tab after the colon": ("S1:\tHello.\n", [("S1", "Hello.")]),
    "indented label": ("    S1: Hello.\n", [("S1", "Hello.")]),
    "label on its own line": ("S1:\nHello there.\nI:\nWhy?\n", [("S1", "Hello there."), ("I", "Why?")]),
    "label on its own line, blank line": ("S1:\n\nHello there.\n", [("S1", "Hello there.")]),
    "continuation line": ("S1: We cook\nand we eat.\n", [("S1", "We cook\nand we eat.")]),
    "blank line inside a turn": (
        "S1: We cook.\n\nWe eat.\nI: So?\n",
        [("S1", "We cook.\n\nWe eat."), ("I", "So?")],
    ),
    "bold label, colon outside": ("**S1**: Hello.\n", [("S1", "Hello.")]),
    "bold label, colon inside": ("**S1:** Hello.\n**I:** Why?\n", [("S1", "Hello."), ("I", "Why?")]),
    "bold label with underscores, colon outside": ("__S1__: Hello.\n", [("S1", "Hello.")]),
    "bold label with underscores, colon inside": ("__S1:__ Hello.\n", [("S1", "Hello.")]),
    "bold word in speech": ("S1: **never** again.\n", [("S1", "**never** again.")]),
    "windows line ends": ("I: Hi.\r\nS1: We\r\ncook.\r\n", [("I", "Hi."), ("S1", "We\r\ncook.")]),
    "windows line ends, own line": ("S1:\r\nWe cook.\r\n", [("S1", "We cook.")]),
    "no line end at the end": ("S1: Hello.", [("S1", "Hello.")]),
    "nothing said": ("I: Hi.\nS1:\nI: Hm?\n", [("I", "Hi."), ("S1", ""), ("I", "Hm?")]),
    "same speaker twice": ("S1: One.\nS1: Two.\n", [("S1", "One."), ("S1", "Two.")]),
    "two labels on a line": ("S1: He said I: no.\n", [("S1", "He said I: no.")]),
    "header before the first turn": ("Talk in spring\n\nS1: Hello.\n", [("S1", "Hello.")]),
    "header with a colon": ("Interview: spring\n\nS1: Hello.\n", [("S1", "Hello.")]),
    "no label": ("We cook and we eat.\n", []),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_speakers_layout(text, expected):
    assert expected == turns_of(text)


SPEECH = {
    "colon after a clause": "S1: One thing\nThe rule is this: we cook.\n",
    "colon after one word": "S1: Look\nListen: we cook.\n",
    "colon after a name that stands once": "S1: I asked\nMartha: she knew.\n",
    "address": "S1: See\nhttps://example.org for soup.\n",
    "time of day": "S1: We open\nat 10:30 in the morning.\n",
    "time of day, capital letter": "S1: We open.\nAt 9:15 the bus comes.\n",
    "small word twice": "S1: a\nso: one.\nso: two.\n",
    "number first": "S1: a\n10: the tenth.\n",
    "mark": "S1: a\n[pause]: b\n",
    "long name": "S1: a\n" + "Very" * 12 + ": b\n",
}


@pytest.mark.parametrize("text", SPEECH.values(), ids=SPEECH)
def test_speakers_colon_inside_speech_is_no_label(text):
    assert ["S1"] == [label for label, _ in turns_of(text)]


CODES = ["S1", "s1", "P12", "L-3", "L_3", "SW 4", "Speaker 2", "Ž1", "Participant 10"]


@pytest.mark.parametrize("label", CODES)
def test_speakers_code_is_a_label_at_its_first_turn(label):
    assert [(label, "Hello.")] == turns_of(f"{label}: Hello.\n")


NAMES = ["Martha", "Anne-Marie", "Mr. Brown", "Élise", "O'Neil", "Dana K."]


@pytest.mark.parametrize("label", NAMES)
def test_speakers_name_is_a_label_from_two_turns_on(label):
    text = f"{label}: Hello.\nI: Why?\n{label}: Because.\n"
    assert [(label, "Hello."), ("I", "Why?"), (label, "Because.")] == turns_of(text)


def test_speakers_known_name_is_a_label_at_one_turn():
    assert [("martha", "Hello.")] == turns_of("martha: Hello.\n", ("Martha",))


MISSPELT = [("Interviwer", "Interviewer"), ("INTERVIEWR", "Interviewer"), ("Marta K", "Martha K")]


@pytest.mark.parametrize(("label", "meant"), MISSPELT)
def test_speakers_misspelt_label_still_begins_a_turn(label, meant):
    assert [(label, "Hello."), ("S1", "Hi.")] == turns_of(f"{label}: Hello.\nS1: Hi.\n", (meant,))


def test_speakers_misspelling_of_a_short_label_is_speech():
    assert [("Max", "One\nMap: two")] == turns_of("Max: One\nMap: two\n", ("Max",))


def test_speakers_stop_ends_a_turn():
    text = "S1: One.\n# Break\nSome note.\nS1: Two.\n"
    assert [("S1", "One."), ("S1", "Two.")] == turns_of(text, stops=[text.index("#")])


def test_speakers_begin_where_they_are_told_to():
    text = "S2: head\nS1: Hello.\n"
    assert ["S1"] == [turn.label for turn in find_turns(text, text.index("S1"), KNOWN)]


def test_speakers_many_lines_without_a_label_take_no_time():
    text = "S1: x\n" + "word " * 20_000 + "\n" + ("aa aa aa aa" * 3 + "\n") * 5_000
    assert ["S1"] == [label for label, _ in turns_of(text)]


TIMED = {
    "time after the label": "I (00:00:01): Hi.\nS1 (00:00:05): We cook.\n",
    "time in square brackets": "I [00:00:01]: Hi.\nS1 [00:00:05]: We cook.\n",
    "time before the label": "[00:00:01] I: Hi.\n[00:00:05] S1: We cook.\n",
    "bare time before the label": "00:00:01 I: Hi.\n00:00:05 S1: We cook.\n",
    "time and dash": "00:00:01 - I: Hi.\n00:00:05 - S1: We cook.\n",
    "label and time alone": "I  0:01\nHi.\n\nS1  0:05\nWe cook.\n",
    "time and label alone": "0:01 I\nHi.\n\n0:05 S1\nWe cook.\n",
    "bold": "**I (00:00:01):** Hi.\n**S1 (00:00:05):** We cook.\n",
    "windows line ends": "I  0:01\r\nHi.\r\n\r\nS1  0:05\r\nWe cook.\r\n",
}


@pytest.mark.parametrize("text", TIMED.values(), ids=TIMED)
def test_speakers_times_beside_labels(text):
    turns = find_turns(text, 0, KNOWN)
    assert [("I", "Hi."), ("S1", "We cook.")] == [(turn.label, text[turn.start : turn.end]) for turn in turns]
    assert [1, 5] == [int(turn.time[-2:]) for turn in turns]


OTHER = {
    "brackets": ("[I] Hi.\n[S1] We cook.\n", [("I", "Hi."), ("S1", "We cook.")]),
    "brackets and colon": ("[I]: Hi.\n[S1]: We cook.\n", [("I", "Hi."), ("S1", "We cook.")]),
    "names in brackets": (
        "[Martha] Hi.\n[Dana] We cook.\n[Martha] So?\n[Dana] Yes.\n",
        [("Martha", "Hi."), ("Dana", "We cook."), ("Martha", "So?"), ("Dana", "Yes.")],
    ),
    "label alone": ("I\nHi.\n\nS1\nWe cook.\n", [("I", "Hi."), ("S1", "We cook.")]),
    "numbered": ("1 I: Hi.\n2 S1: We cook.\n", [("I", "Hi."), ("S1", "We cook.")]),
    "numbered with dots": ("1. I: Hi.\n12) S1: We cook.\n", [("I", "Hi."), ("S1", "We cook.")]),
    "unknown speaker": ("I: Hi.\n?: We cook.\n??: No.\n", [("I", "Hi."), ("?", "We cook."), ("??", "No.")]),
    "several ways in one file": (
        "I: Hi.\n[S1] We cook.\nS2 (0:07): We eat.\nS3\nWe wash up.\n",
        [("I", "Hi."), ("S1", "We cook."), ("S2", "We eat."), ("S3", "We wash up.")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), OTHER.values(), ids=OTHER)
def test_speakers_other_shapes(text, expected):
    assert expected == turns_of(text)


NO_LABEL = {
    "marks in brackets": "S1: a\n[Pause] b\n[Pause] c\n[Laughter]\n[Laughter]\n",
    "small letters in brackets": "S1: a\n[laughs] b\n[laughs] c\n",
    "a name alone on a line": "S1: I asked\nMartha\nand she\nMartha\nknew.\n",
    "a time in a sentence": "S1: We meet\nMonday 10:30\nand we cook.\n",
    "a bare time": "S1: We meet at\n10:30\nand we cook.\n",
}


@pytest.mark.parametrize("text", NO_LABEL.values(), ids=NO_LABEL)
def test_speakers_what_only_looks_like_a_label_is_speech(text):
    assert ["S1"] == [label for label, _ in turns_of(text)]


def test_speakers_a_studys_own_pattern():
    text = "#S1# We cook: soup.\n#I# Why?\nI: not a label here\n"
    turns = find_turns(text, 0, KNOWN, pattern=r"^#(?P<label>[A-Z]+[0-9]*)#[ ]*")
    assert [("S1", "We cook: soup."), ("I", "Why?\nI: not a label here")] == [
        (turn.label, text[turn.start : turn.end]) for turn in turns
    ]


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "A b " * 50_000, "[" * 100_000, "12:30 " * 50_000, "? " * 90_000]
)
def test_speakers_odd_long_lines_take_no_long_time(text):
    assert [] == turns_of(text)


@given(st.text(alphabet="Ab1 :[]()*_.0\n", max_size=40), st.sampled_from(range(len(SHAPES))))
def test_speakers_a_text_without_the_sign_of_a_shape_has_no_label_of_it(text, number):
    shape = SHAPES[number]
    assert re.search(shape.sign, text) or not shape.regex.search(text)


@given(
    st.text(alphabet="Ab1 :[]()*_.0\n\r", max_size=40), st.sampled_from(range(len(SHAPES))), st.integers(0, 9)
)
def test_speakers_labels_are_looked_for_where_lines_begin(text, number, start):
    every = [match.span() for match in SHAPES[number].regex.finditer(text, start)]
    assert every == [match.span() for match in lines_that_match(SHAPES[number].regex, text, start)]
