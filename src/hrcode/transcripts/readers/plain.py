"""Readers for plain text and Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hrcode.errors import TranscriptError
from hrcode.language.words import count_words
from hrcode.transcripts.about import from_front
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.decode import read_decoded
from hrcode.transcripts.draft import Draft
from hrcode.transcripts.labels import plain_label
from hrcode.transcripts.participants import from_front_matter, make_participant
from hrcode.transcripts.places import Place
from hrcode.transcripts.sections import heading_lines
from hrcode.transcripts.speakers import find_turns, words_of_nobody
from hrcode.yamltext import Node, parse_yaml

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)


def read_plain(path: Path, conventions: Conventions) -> Draft:
    """Read a plain text transcript.

    Args:
        path (Path): The file.
        conventions (Conventions): How the study writes its transcripts.

    Returns:
        Draft: Text and turns.

    Raises:
        TranscriptError: When the file cannot be read or its front matter is no valid YAML.
    """
    return _read(path, conventions, headings=False)


def read_markdown(path: Path, conventions: Conventions) -> Draft:
    """Read a Markdown transcript; a heading ends a turn and is not speech (see `read_plain`)."""
    return _read(path, conventions, headings=True)


def _read(path: Path, conventions: Conventions, *, headings: bool) -> Draft:
    text, encoding, notes = read_decoded(path, conventions.encoding)
    draft = draft_of_text(text, str(path), conventions, headings=headings)
    return replace(draft, encoding=encoding, notes=tuple(notes))


def draft_of_text(text: str, path: str, conventions: Conventions, *, headings: bool = False) -> Draft:
    """Find front matter and turns in a text, which stays as it is.

    Args:
        text (str): The text.
        path (str): Where it is from, for the faults.
        conventions (Conventions): How the study writes its transcripts.
        headings (bool): Whether lines such as ``## Part two`` are headings.

    Returns:
        Draft: Text and turns.

    Raises:
        TranscriptError: When its front matter is no valid YAML.
    """
    front, start = _front_matter(text, path)
    people = [make_participant(person, values) for person, values in from_front_matter(front).items()]
    labels = {
        *conventions.labels,
        *(label for one in people for label in (one.id, *one.aliases)),
        *from_front(front)[0].participants,
    }
    marked = [heading.span() for heading in _HEADING.finditer(text, start)] if headings else []
    lines = sorted({*marked, *heading_lines(text, start, conventions.sections)})
    stops = [line_start for line_start, _ in lines]
    turns = find_turns(text, start, labels, stops, conventions.label_pattern) if conventions.speakers else []
    first = turns[0].label_start if turns else len(text)
    return Draft(
        text,
        tuple(turns),
        front,
        start,
        preamble=count_words(text[start:first]),
        left_out=words_of_nobody(text, turns, lines),
        places=tuple(Place(turn.start, turn.time) for turn in turns)
        if any(turn.time for turn in turns)
        else (),
        headings=tuple(lines),
    )


def _front_matter(text: str, path: str) -> tuple[dict[str, object], int]:
    match = _FRONT.match(text)
    if not match:
        return {}, 0
    # The line end before keeps the lines of the faults those of the file.
    root, faults = parse_yaml("\n" + match[1], path)
    if faults:
        raise TranscriptError(f"{path}: the front matter between the --- lines cannot be read:", faults)
    if root is None:
        return {}, match.end()
    if not isinstance(root.value, dict):
        return {}, 0  # a horizontal rule and some text, no front matter
    return {key: _as_written(node) for key, node in root.fields.items()}, match.end()


def _as_written(node: Node) -> object:
    """Give mappings and lists, with everything else as the text that stands there (1.50 stays 1.50)."""
    if isinstance(node.value, dict):
        return {plain_label(key): _as_written(value) for key, value in node.fields.items()}
    if isinstance(node.value, list):
        return [_as_written(item) for item in node.items]
    return plain_label(node.raw)
