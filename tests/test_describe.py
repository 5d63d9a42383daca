"""What is said of a transcript that was read: speakers, language, and what is odd."""

import pytest

from builders import write_files
from hrcode.language.detect import detect_language
from hrcode.transcripts.describe import describe, likely_interviewer
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.model import Transcript, Turn
from hrcode.transcripts.odd import LONG_TURN, oddities
from hrcode.transcripts.places import Place

ENGLISH = "We sit down together and she tells me first what the week was like and what she wants."
LITHUANIAN = "Mes niekada neskubame, žmogus pats nusprendžia, kada ir kaip nori ateiti pas mus pasikalbėti."
LANGUAGES = {
    "en": ENGLISH,
    "lt": LITHUANIAN,
    "sv": "Vi sitter ner tillsammans och hon får själv berätta hur veckan har varit och vad hon vill.",
    "pl": "Siadamy razem i ona sama opowiada, jaki był ten tydzień i czego teraz naprawdę potrzebuje.",
    "es": "Nos sentamos juntos y ella misma cuenta cómo le fue la semana y lo que quiere hacer ahora.",
    "de": "Wir setzen uns zusammen und sie erzählt selbst, wie die Woche war und was sie jetzt möchte.",
    "fr": "Nous nous asseyons ensemble et elle raconte elle-même la semaine et ce dont elle a besoin.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_detect_languages(language):
    assert language == detect_language(LANGUAGES[language])


@pytest.mark.parametrize("text", ["", "Yes.", "mhm " * 40, "1 2 3 4 5 6 7 8 9 10 11 12 13 14", "?! " * 30])
def test_detect_says_when_it_cannot_tell(text):
    assert "" == detect_language(text)


def spoken(*turns, places=(), attributes=None, coded=True):
    """Make a transcript of (label, words) pairs; the label I is the interviewer's."""
    text, made = "", []
    for number, (label, words) in enumerate(turns, start=1):
        start = len(text) + len(label) + 2
        text += f"{label}: {words}\n"
        person = label if coded and label != "I" else ""
        made.append(Turn(number, label, person, start, start + len(words)))
    return Transcript("t", text, tuple(made), places=tuple(places), attributes=attributes or {})


def rules(transcript, declared=""):
    return [fault.rule for fault in oddities(transcript, describe(transcript, declared), "t.txt")]


def test_describe_counts_what_a_file_holds(tmp_path):
    write_files(tmp_path, {"S1.txt": f"I: How was it?\nS1: {ENGLISH}\nI: And then?\nS1: Tea [laughs].\n"})
    (transcript,) = load_transcripts(tmp_path)
    found = describe(transcript, "en")
    assert ("S1", "text", "en", "en", 4, 24) == (
        found.transcript, found.format, found.language, found.declared, found.turns, found.words,
    )  # fmt: skip
    assert [("I", "interviewer", "", 2, 5, 1.0), ("S1", "participant", "S1", 2, 19, 0.0)] == [
        (s.label, s.role, s.participant, s.turns, s.words, s.questions) for s in found.speakers
    ]


def test_describe_takes_the_language_from_participants():
    assert "lt" == describe(spoken(("I", ENGLISH), ("S1", LITHUANIAN))).language


def test_describe_the_transcripts_own_language_goes_first():
    assert "lt" == describe(spoken(("S1", ENGLISH), attributes={"language": "lt"}), "en").declared


ASKING = ("Dan", "Did you?"), ("Eve", "I did that daily and more."), ("Dan", "Why?"), ("Eve", "For the tea.")


@pytest.mark.parametrize(
    ("turns", "guess"),
    [
        (ASKING, "Dan"),
        (ASKING[1::2], ""),
        ((*ASKING, ("Kim", "And you?"), ("Kim", "Where?")), ""),
        ((("Dan", "Did you, in all of these long years, ever?"), ("Eve", "No.")), ""),
    ],
    ids=["who asks", "nobody asks", "two ask", "who asks says most"],
)
def test_describe_guesses_the_interviewer(turns, guess):
    assert guess == likely_interviewer(describe(spoken(*turns)))


PLAIN = [("I", "And?"), ("S1", "We cook."), ("I", "And?"), ("S1", "We eat."), ("I", "And?"), ("S1", "Tea.")]
ODD = {
    "nothing": (PLAIN, []),
    "once": ([*PLAIN, ("S2", "Hello.")], ["speaker-once"]),
    "one of two once": ([*PLAIN[1::2] * 3, ("I", "Thanks.")], []),
    "capitals": ([*PLAIN, ("s1", "We sleep."), ("s1", "We wake.")], ["like-labels"]),
    "a letter more": (
        [("Monica", "One."), ("Monika", "Two."), ("Monica", "Three."), ("Monika", "Four.")],
        ["like-labels"],
    ),
    "codes are not alike": ([*PLAIN, ("S2", "We."), ("S2", "They.")], []),
    "empty": ([*PLAIN, ("S1", "[laughs]")], ["empty-turn"]),
    "long": ([*PLAIN, ("S1", "tea " * (LONG_TURN + 1))], ["long-turn"]),
    "just not long": ([*PLAIN, ("S1", "tea " * LONG_TURN)], []),
    "mixed": ([("S1", ENGLISH), ("S1", LITHUANIAN)], ["mixed-languages"]),
    "who asks is no participant": (ASKING, ["interviewer"]),
}


@pytest.mark.parametrize(("turns", "expected"), ODD.values(), ids=ODD)
def test_odd_rules(turns, expected):
    assert expected == rules(spoken(*turns))


def test_odd_another_language_than_declared():
    assert ["other-language"] == rules(spoken(("S1", LITHUANIAN)), "en")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["00:00:01", "00:01:00", "01:00:00"], []),
        (["00:05", "00:04"], ["time-order"]),
        (["01:00:00.250", "00:59:59.750"], ["time-order"]),
        (["page 2", "page 1"], []),
    ],
)
def test_odd_times_out_of_order(names, expected):
    places = [Place(number, name) for number, name in enumerate(names)]
    assert expected == rules(spoken(("S1", "We cook soup daily."), places=places))


def test_odd_says_the_line_and_how_many_more():
    found = oddities(*with_description(spoken(*[("S1", "[laughs]")] * 9)), "t.txt")
    assert [1, 2, 3, 4, 5] == [fault.line for fault in found]
    assert "(and 4 more)" in found[-1].message


def with_description(transcript):
    return transcript, describe(transcript)


def test_odd_many_speakers_take_no_long_time():
    turns = [(f"Speaker{letter}{number}x", "Yes.") for letter in "ab" for number in range(5_000)]
    assert "speaker-once" in rules(spoken(*turns))
