"""Reader for what speech recognisers write: Whisper, WhisperX, AssemblyAI, Otter, Deepgram as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrcode.errors import Fault, NotATranscript, TranscriptError
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.utterances import Utterance, draft_of
from hrcode.wording import counted

# Keys under which the list of what was said stands, and those of its items; the first found counts.
_LISTS = ("utterances", "segments", "transcripts", "transcript", "paragraphs", "results", "speech_segments")
_TEXT = ("text", "transcript", "sentence", "content", "utterance")
_SPEAKER = ("speaker", "speaker_name", "speaker_label", "speakerName", "speaker_id", "name")
_START = ("start", "start_time", "startTime", "start_offset", "begin", "offsets")
_HALVES = re.compile("[\ud800-\udfff]")
_BROKEN = "\ufffd"
_MILLISECONDS = "utterances"  # AssemblyAI counts milliseconds, the others seconds


def read_speech_json(path: Path, conventions: Conventions) -> Draft:
    """Read a speech recogniser's JSON.

    Args:
        path (Path): The file: an object with a list of segments (or utterances), or such a list.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Turns, with the time of every segment as its place.

    Raises:
        TranscriptError: When the file is no JSON, or holds no list of what was said.
    """
    try:
        text, encoding, notes = read_decoded(path, conventions.encoding)
        content = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise TranscriptError(f"{path}: is not valid JSON ({fault}).") from None
    key, items = _said(content)
    if not items:
        raise NotATranscript(
            f"{path}: holds no list of what was said (looked for {', '.join(_LISTS[:4])}, each with text and "
            "speaker). Export it as VTT, DOCX or text instead."
        )
    in_milliseconds = key == _MILLISECONDS and all(isinstance(_first(i, _START), int | None) for i in items)
    scale = 1000 if in_milliseconds else 1
    draft = draft_of(_utterances(items, scale), "json")
    if broken := draft.text.count(_BROKEN):
        message = (
            counted(broken, f"character {_BROKEN!r} stands", f"characters {_BROKEN!r} stand")
            + " for what is no character (half of a pair)"
        )
        notes.append(Fault(str(path), 0, 0, "broken-characters", message, "warning"))
    return replace(draft, encoding=encoding, notes=tuple(notes))


def _said(content: Any) -> tuple[str, list[Mapping[str, Any]]]:
    """Find the list of segments: the content itself, or under one of the usual keys."""
    if isinstance(content, list):
        return "", _segments(content)
    if isinstance(content, dict):
        for key in _LISTS:
            if found := _segments(content.get(key)):
                return key, found
        for key in ("result", "results", "data", "response"):
            if isinstance(content.get(key), dict):
                name, found = _said_inside(content[key])
                if found:
                    return name, found
    return "", []


def _said_inside(content: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]]:
    for key in _LISTS:
        if found := _segments(content.get(key)):
            return key, found
    return "", []


def _segments(value: Any) -> list[Mapping[str, Any]]:
    """Give a list's items if they are segments: objects, some with words."""
    if not isinstance(value, list):
        return []
    items: list[Mapping[str, Any]] = [item for item in value if isinstance(item, dict)]
    return items if any(isinstance(_first(item, _TEXT), str) for item in items) else []


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((item[name] for name in names if item.get(name) is not None), None)


def _utterances(items: list[Mapping[str, Any]], scale: int) -> Iterator[Utterance]:
    before = ""
    for item in items:
        words = _first(item, _TEXT)
        speaker = _first(item, _SPEAKER)
        if not isinstance(words, str):
            continue
        # Whisper without diarisation names nobody; WhisperX leaves it out where it was not sure.
        before = _name(speaker) or before
        yield Utterance(before, _whole(words), _time(_first(item, _START), scale))


def _name(speaker: Any) -> str:
    if isinstance(speaker, dict):
        speaker = _first(speaker, ("name", "label", "id"))
    if isinstance(speaker, int) and not isinstance(speaker, bool):
        return f"Speaker {speaker}"
    return " ".join(_whole(speaker).split()) if isinstance(speaker, str) else ""


def _whole(text: str) -> str:
    """Give a text that can be written: JSON may escape halves of surrogate pairs, which are no characters."""
    return _HALVES.sub(_BROKEN, text)


def _time(start: Any, scale: int) -> str:
    """Write seconds as hours, minutes and seconds; a text stays as it is."""
    if isinstance(start, dict):
        start = _first(start, ("from", "start"))
        scale = 1000
    if isinstance(start, str):
        return _whole(start)
    if isinstance(start, bool) or not isinstance(start, int | float) or not 0 <= start < 1e9:
        return ""
    seconds = int(start / scale)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
