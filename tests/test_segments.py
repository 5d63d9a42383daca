from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_transcript
from hrcode.coding.groups import Grouping
from hrcode.coding.segments import cut, segments_of
from hrcode.schema import UNITS
from hrcode.spans import paragraph_spans
from hrcode.transcripts.places import Locator

TALK = (
    "I: How was it? Tell me.\n"
    "S1: We cooked. Then we\nate soup.\n\nIt was late. [laughs]\n"
    "I: [pause]\nS1: Yes.\n"
)


IN_S = Grouping({"S1": "S", "S2": "S"}, {})


def segment(transcript, groups, unit):
    return segments_of(transcript, cut(transcript, unit), groups, unit)


def pieces(text, unit):
    return [(s.segment_id, s.text) for s in segment(make_transcript(text), IN_S, unit)]


UNIT_TABLE = {
    "sentence": [
        ("t:1.1", "How was it?"),
        ("t:1.2", "Tell me."),
        ("t:2.1", "We cooked."),
        ("t:2.2", "Then we\nate soup."),
        ("t:2.3", "It was late."),
        ("t:4.1", "Yes."),
    ],
    "paragraph": [
        ("t:1.1", "How was it? Tell me."),
        ("t:2.1", "We cooked. Then we\nate soup."),
        ("t:2.2", "It was late. [laughs]"),
        ("t:4.1", "Yes."),
    ],
    "turn": [
        ("t:1", "How was it? Tell me."),
        ("t:2", "We cooked. Then we\nate soup.\n\nIt was late. [laughs]"),
        ("t:4", "Yes."),
    ],
}


@pytest.mark.parametrize(("unit", "expected"), UNIT_TABLE.items(), ids=UNIT_TABLE)
def test_segments_of_a_unit(unit, expected):
    assert expected == [
        (name, text.removesuffix(" [laughs]") if unit == "sentence" else text)
        for name, text in pieces(TALK, unit)
    ]


def test_segments_say_who_speaks():
    found = segment(make_transcript(TALK), IN_S, "turn")
    assert [("I", "", ""), ("S1", "S1", "S"), ("S1", "S1", "S")] == [
        (s.speaker, s.participant, s.group) for s in found
    ]


@pytest.mark.parametrize("speech", ["[laughs]", "<...>", "...", "", "[a] <b> --", " \n "])
@pytest.mark.parametrize("unit", UNITS)
def test_segments_without_a_word_are_none(unit, speech):
    assert [] == pieces(f"S1: {speech}\n", unit)


ONE_SENTENCE = {
    "line end": "We went\nhome early",
    "windows line end": "We went\r\nhome early",
    "abbreviation": "We saw Dr. Brown at noon",
    "mark with a full stop": "We saw [a person. Name left out] at noon",
    "omission": "We saw <...> at noon",
    "number": "It was 3.5 miles",
}


@pytest.mark.parametrize("speech", ONE_SENTENCE.values(), ids=ONE_SENTENCE)
def test_segments_sentence_is_not_cut(speech):
    assert [("t:1.1", speech + ".")] == pieces(f"S1: {speech}.\n", "sentence")


PARAGRAPHS = {
    "none": ("one", ["one"]),
    "blank line": ("one\n\ntwo", ["one", "two"]),
    "several blank lines": ("one\n\n\n\ntwo", ["one", "two"]),
    "blanks in the blank line": ("one\n \t\ntwo", ["one", "two"]),
    "windows line ends": ("one\r\n\r\ntwo", ["one", "two"]),
    "line end alone": ("one\ntwo", ["one\ntwo"]),
    "blank lines around": ("\n\none\n\n", ["one"]),
    "nothing": (" \n\n ", []),
}


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_segments_paragraphs(text, expected):
    assert expected == [text[a:b] for a, b in paragraph_spans(text, 0, len(text))]


def test_segments_sentence_does_not_cross_a_paragraph():
    assert ["we cooked", "and ate"] == [text for _, text in pieces("S1: we cooked\n\nand ate\n", "sentence")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_segments_mark_wrapped_over_two_lines_is_nobodys_words(end):
    text = f"S1: We saw [a person{end}whose name is left out] at noon.\n"
    assert [4] == [s.words for s in segment(make_transcript(text), IN_S, "turn")]


def test_segments_speech_without_punctuation_is_cut_somewhere():
    found = pieces("S1: " + "word " * 4_000 + "\n", "sentence")
    assert (True, 4_000) == (len(found) > 1, sum(len(text.split()) for _, text in found))


SPEECH = st.lists(
    st.sampled_from(
        [
            "We",
            "cook",
            "don't",
            "follow-up",
            "Dr.",
            "No.",
            "e\u0301",
            "\U0001f375",
            "3.5",
            "<...>",
            "[so. on]",
            "[",
            ">",
            "!",
            "?!",
            "…",
            "\n",
            "\n\n",
            "\r\n",
            "\r\n\r\n",
            "\t",
            "\u00a0",
            "\u2028",
            "\n \n",
            "*",
            "“",
            "”",
            "--",
            "he's",
        ]
    ),
    max_size=30,
).map(" ".join)
TALKS = st.lists(st.tuples(st.sampled_from(["I", "S1", "S2"]), SPEECH), max_size=6).map(
    lambda turns: "".join(f"{label}: {speech}\n" for label, speech in turns)
)


def transcript_and_segments(text, unit):
    transcript = make_transcript(text, ["S1", "S2"])
    return transcript, segment(transcript, IN_S, unit)


@given(TALKS, st.sampled_from(UNITS))
def test_segments_text_is_the_transcripts(text, unit):
    transcript, found = transcript_and_segments(text, unit)
    assert [s.text for s in found] == [transcript.text[s.start : s.end] for s in found]


@given(TALKS, st.sampled_from(UNITS))
def test_segments_lie_inside_their_turn(text, unit):
    transcript, found = transcript_and_segments(text, unit)
    turns = {turn.number: turn for turn in transcript.turns}
    assert all(turns[s.turn].start <= s.start < s.end <= turns[s.turn].end for s in found)


@given(TALKS, st.sampled_from(UNITS))
def test_segments_are_in_order_and_apart(text, unit):
    _, found = transcript_and_segments(text, unit)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TALKS, st.sampled_from(UNITS))
def test_segments_have_ids_of_their_own(text, unit):
    _, found = transcript_and_segments(text, unit)
    assert len(found) == len({s.segment_id for s in found})


@given(TALKS)
def test_segments_of_every_unit_hold_the_same_words(text):
    counts = {sum(s.words for s in transcript_and_segments(text, unit)[1] if s.participant) for unit in UNITS}
    assert 1 == len(counts)


@given(st.text(alphabet="a\n\r ", max_size=30), st.data())
def test_segments_are_found_in_the_file_by_their_line(text, data):
    offsets = data.draw(st.lists(st.integers(0, len(text))))
    lines = [f"line {text.count(chr(10), 0, offset) + 1}" for offset in offsets]
    assert [*Locator(text, ()).of(offsets)] == lines
