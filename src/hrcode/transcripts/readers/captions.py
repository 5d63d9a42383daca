"""Reader for captions: WebVTT and SubRip, as Zoom, Teams and Whisper write them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hrcode.errors import Fault, TranscriptError
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.labels import split_labels
from hrcode.transcripts.utterances import Utterance, draft_of

_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"^[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<speaker>[^>]*)>")
# WebVTT's own tags, and the few that SubRip files use; "<laughs>" is a transcriber's mark and stays.
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<\d+:\d{2}(?::\d{2})?\.\d{3}>")


class _Cue(NamedTuple):
    time: str
    text: str


def read_captions(path: Path, conventions: Conventions) -> Draft:
    """Read captions; those of one speaker that follow each other are one turn.

    Speakers are taken from WebVTT's voice tags (``<v Ann>``), else from labels (``Ann: ...``); a
    caption without either goes on with the speaker before.

    Args:
        path (Path): A ``.vtt`` or ``.srt`` file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Turns, with the time of every caption as its place.

    Raises:
        TranscriptError: When the file cannot be read or holds no caption.
    """
    format_ = path.suffix.lower().lstrip(".")
    text, encoding, notes = read_decoded(path, conventions.encoding)
    cues = list(_cues(text))
    if not cues:
        message = "no captions found; each begins with a line such as 00:00:01.000 --> 00:00:03.500"
        raise TranscriptError(f"{path}: {message}", [Fault(str(path), 1, 1, "unreadable", message)])
    said = [part for cue in cues for part in _voices(cue)]
    if not any(speaker for speaker, _, _ in said):
        labels = split_labels([text for _, text, _ in said], conventions.labels)
        said = [
            Utterance(label, words, place) for (label, words), (_, _, place) in zip(labels, said, strict=True)
        ]
    return replace(draft_of(_carried_on(said), format_), encoding=encoding, notes=tuple(notes))


def _cues(text: str) -> Iterator[_Cue]:
    """Give the captions; a line of times begins one, a blank line ends it."""
    time = ""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        if times := _TIMES.match(line):
            if time:  # the blank line before it is missing; the line before may be a number
                yield _Cue(time, " ".join(lines[:-1] if lines and lines[-1].isdigit() else lines))
            time, lines = times["start"].replace(",", "."), []
        elif time and line.strip():
            lines.append(line.strip())
        elif time:
            yield _Cue(time, " ".join(lines))
            time = ""


def _voices(cue: _Cue) -> Iterator[Utterance]:
    """Cut a caption at its voice tags."""
    parts = list(_VOICE.finditer(cue.text))
    starts = [0, *(part.end() for part in parts)]
    ends = [*(part.start() for part in parts), len(cue.text)]
    speakers = ["", *(html.unescape(part["speaker"]).strip() for part in parts)]
    for speaker, start, end in zip(speakers, starts, ends, strict=True):
        words = html.unescape(_TAG.sub("", cue.text[start:end])).strip()
        if words:
            yield Utterance(speaker, words, cue.time)


def _carried_on(said: list[Utterance]) -> Iterator[Utterance]:
    """Give a caption that names nobody to the speaker before it."""
    before = ""
    for utterance in said:
        before = utterance.speaker or before
        yield utterance._replace(speaker=before)
