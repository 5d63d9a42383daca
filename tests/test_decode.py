"""In which encoding a transcript is."""

import pytest

from hrcode.errors import TranscriptError
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.load import load_transcripts

LITHUANIAN = (
    "S1: Žmogus pats nusprendžia, kada ateiti į susitikimą ir ką jam čia reikia pasiūlyti šiandien.\n"
)
POLISH = "S1: Każdy sam decyduje, kiedy chce przyjść, i co jest dla niego najważniejsze, także w święta.\n"
SWEDISH = "S1: Vi tvingar aldrig någon, de bestämmer själva när de vill komma på mötet och äta.\n"
ENGLISH = "S1: It’s fine – really.\n"

CASES = {
    "UTF-8": (LITHUANIAN, "utf-8", "utf-8"),
    "UTF-8 with BOM": (LITHUANIAN, "utf-8-sig", "utf-8"),
    "UTF-16 with BOM": (POLISH, "utf-16", "utf-16"),
    "UTF-16, low byte first": (POLISH, "utf-16-le", "utf-16-le"),
    "UTF-16, high byte first": (POLISH, "utf-16-be", "utf-16-be"),
    "Baltic": (LITHUANIAN, "cp1257", "windows-1257"),
    "central Europe": (POLISH, "cp1250", "windows-1250"),
    "western Europe": (SWEDISH, "cp1252", "windows-1252"),
    "typographic signs only": (ENGLISH, "cp1252", "windows-1252"),
    "plain": ("S1: Hello.\n", "ascii", "utf-8"),
}


@pytest.fixture
def stored(tmp_path):
    def stored(data):
        (tmp_path / "S1.txt").write_bytes(data)
        return tmp_path / "S1.txt"

    return stored


@pytest.mark.parametrize(("text", "encoding", "name"), CASES.values(), ids=CASES)
def test_decode_finds_the_encoding(stored, text, encoding, name):
    found = read_decoded(stored(text.encode(encoding)))
    assert (text, name) == found[:2]
    assert ["encoding"] * name.startswith("windows") == [fault.rule for fault in found[2]]


def test_decode_the_study_may_name_it(stored):
    path = stored("S1: Ačiū.\n".encode("cp1257"))
    assert ("S1: Ačiū.\n", "windows-1257", []) == read_decoded(path, "windows-1257")


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        (b"S1: a\x00b", "", "binary"),
        (b"\xff\xfeS\x001", "", "utf-16"),
        (b"S1: a\nS1: \xff\xff\n", "utf-8", r":2: is not utf-8"),
    ],
)
def test_decode_says_what_is_wrong(stored, data, encoding, words):
    with pytest.raises(TranscriptError, match=words):
        read_decoded(stored(data), encoding)


@pytest.mark.parametrize("text", ["cafÃ©", "bendruomenÄ—", "itâ€™s", "mÃ¶te"])
def test_decode_reports_mojibake_and_leaves_it(stored, text):
    read, _, warnings = read_decoded(stored(f"I: a\nS1: {text}\n".encode()))
    assert (f"I: a\nS1: {text}\n", [("mojibake", 2)]) == (read, [(w.rule, w.line) for w in warnings])


@pytest.mark.parametrize("text", [LITHUANIAN, POLISH, SWEDISH, ENGLISH, "Ärzte, Öl, Åse, Ça va? «À»"])
def test_decode_sound_text_is_no_mojibake(stored, text):
    assert [] == read_decoded(stored(text.encode()))[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1257"])
def test_decode_offsets_are_code_points_of_the_text(stored, encoding):
    (transcript,) = load_transcripts(stored(LITHUANIAN.encode(encoding)))
    assert [LITHUANIAN[4:].strip()] == [transcript.text[turn.start : turn.end] for turn in transcript.turns]
