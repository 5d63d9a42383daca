"""Readers of captions, tables and speech recognisers: what is one turn, and what cannot be read."""

import io
import json
import random

import openpyxl
import pytest

from builders import broken, make_codebook, write_files
from hrcode.coding.code import code
from hrcode.errors import TranscriptError
from hrcode.transcripts.load import load_transcripts, survey_transcripts

TURNS = [
    ("I", "How did it begin?"),
    ("S1", "We cooked soup. In the cellar, at first: a pot, two spoons."),
    ("I", "And today?"),
    ("S1", "Today we bake bread, and \"they\" say it's good – ąžuolas & co. <laughs>"),
    ("I", "Who throws it away?"),
    ("S1", "Nobody throws bread away."),
]  # fmt: skip
TIMES = ["00:00:01", "00:00:03", "00:01:05", "00:01:10", "00:02:00", "01:00:02"]


def captions(mark, head="", voice=False):
    blocks = [head] if head else []
    for number, ((who, words), time) in enumerate(zip(TURNS, TIMES, strict=True), start=1):
        said = f"<v {who}>{words}</v>" if voice else f"{who}: {words}"
        blocks.append(f"{number}\n{time}{mark}000 --> {time}{mark}900\n{said}\n")
    return "\n".join(blocks)


def table():
    quoted = ['"' + words.replace('"', '""') + '"' for _, words in TURNS]
    rows = [f"{time},{who},{words}" for time, (who, _), words in zip(TIMES, TURNS, quoted, strict=True)]
    return "\n".join(["start,speaker,text", *rows]) + "\n"


def workbook():
    book = openpyxl.Workbook()
    book.active.append(["Speaker", "Time", "Text"])
    for time, (who, words) in zip(TIMES, TURNS, strict=True):
        book.active.append([who, time, words])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def whisper():
    items = [
        {"start": number, "speaker": who, "text": f" {words}"} for number, (who, words) in enumerate(TURNS)
    ]
    return json.dumps({"language": "en", "segments": items})


FILES = {
    "plain text": ("S.txt", "\n".join(f"{who}: {words}" for who, words in TURNS)),
    "WebVTT with voices": (
        "S.vtt",
        captions(".", "WEBVTT\n\nNOTE invented\n", voice=True).replace("& co", "&amp; co"),
    ),
    "SubRip": ("S.srt", captions(",")),
    "CSV": ("S.csv", table()),
    "XLSX": ("S.xlsx", workbook()),
    "Whisper": ("S.json", whisper()),
}  # fmt: skip
BOOK = {"food/cooks": ["cook soup", "bake bread"], "-food/wastes": ["throw ... away"]}


@pytest.fixture
def read(tmp_path):
    def read(name, content):
        (transcript,) = load_transcripts(write_files(tmp_path, {name: content}) / name)
        return transcript

    return read


def test_readers_a_workbook_codes_what_xml_cannot_hold(read):
    book = openpyxl.Workbook()
    book.active.append(["Speaker", "Text"])
    book.active.append(["S1", "One._x000D_ Two_x005F_x000D_ and _x0007_ and _xD83D_."])
    out = io.BytesIO()
    book.save(out)
    assert "One.\r Two_x000D_ and _x0007_ and _xD83D_." in read("S.xlsx", out.getvalue()).text


MERGED = {
    "vtt": (
        "S.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v S1>We cook\n\n00:02.000 --> 00:03.000\n<v S1>soup.\n",
    ),
    "label on the first only": (
        "S.srt",
        "1\n00:00:01,0 --> 00:00:02,0\nS1: We cook\n\n2\n00:00:02,0 --> 00:00:03,0\nsoup.\n",
    ),
    "csv": ("S.csv", "speaker,text\nS1,We cook\nS1,soup.\n"),
    "json": ("S.json", '[{"speaker": "S1", "text": "We cook"}, {"text": "soup."}]'),
}


@pytest.mark.parametrize(("name", "content"), MERGED.values(), ids=MERGED)
def test_readers_adjacent_utterances_of_one_speaker_are_one_turn(tmp_path, name, content):
    write_files(tmp_path, {name: content})
    coded = code(load_transcripts(tmp_path / name), make_codebook(BOOK))
    assert ["We cook soup."] == [segment.text for segment in coded.segments]
    assert ["cook soup"] == [coding.evidence for coding in coded.codings]


def test_readers_several_voices_in_one_caption(read):
    cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v I>And?</v>\n<v.loud S1>We cook.</v>\n"
    transcript = read("S.vtt", cue)
    assert ["I", "S1"] == [turn.speaker for turn in transcript.turns]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("S.vtt", "WEBVTT\n\nno times at all\n", "no captions"),
        ("S.srt", "", "no captions"),
        ("S.csv", "a,b\n1,2\n", "no column for the speaker"),
        ("S.csv", "", "is empty"),
        ("S.csv", 'speaker,text\nS1,"open\n', "not a CSV"),
        ("S.xlsx", "no workbook", "archive"),
        ("S.json", "{", "not valid JSON"),
        ("S.json", "[" * 100_000, "not valid JSON"),
        ("S.json", '{"words": []}', "no list of what was said"),
        ("S.json", '[{"text": "Nobody is named."}]', "no speaker"),
    ],
)
def test_readers_say_what_is_wrong(tmp_path, name, content, words):
    write_files(tmp_path, {name: content})
    with pytest.raises(TranscriptError, match=words) as caught:
        load_transcripts(tmp_path / name)
    assert name in str(caught.value)


FUZZED = ["WebVTT with voices", "SubRip", "CSV", "XLSX", "Whisper", "plain text"]


@pytest.mark.parametrize("format_", FUZZED)
def test_readers_never_fail_otherwise_and_never_misquote(tmp_path, format_):
    name, content = FILES[format_]
    random_ = random.Random(format_)
    read = 0
    for _ in range(1_000):
        (tmp_path / name).write_bytes(broken(content, random_))
        try:
            survey = survey_transcripts(tmp_path / name)
        except TranscriptError:
            continue
        for transcript in survey.transcripts:
            read += 1
            for turn in transcript.turns:
                assert 0 <= turn.start <= turn.end <= len(transcript.text)
                words = transcript.text[turn.start : turn.end]
                assert words.strip() == words
    assert read > 10  # some of the changed files can still be read
