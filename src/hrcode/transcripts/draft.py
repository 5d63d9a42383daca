"""What a format's reader gives back: text and turns, before anyone asks who the speakers are."""

from __future__ import annotations

from dataclasses import dataclass, field

from hrcode.errors import Fault
from hrcode.transcripts.places import Place
from hrcode.transcripts.speakers import DraftTurn


@dataclass(frozen=True, slots=True)
class Draft:
    """A transcript as its file has it.

    Args:
        text (str): The text as stored, without byte order mark.
        turns (tuple[DraftTurn, ...]): Turns with the labels as written.
        front_matter (dict[str, object]): The YAML at the head of the file, if there is any.
        start (int): Where the text proper begins, after the front matter, in code points.
        preamble (int): Number of words between that and the first turn.
        left_out (int): Number of words after a heading that no label claims.
        format (str): Name of the format, such as ``docx``.
        encoding (str): Encoding of a text file; empty where the format settles it.
        places (tuple[Place, ...]): Where a person finds the text in the file; empty for lines.
        notes (tuple[Fault, ...]): What the reader left out or decided, as warnings.
        headings (tuple[tuple[int, int], ...]): Start and end of the heading lines, in order.
        name (str): Name inside the file, where a file holds several transcripts; else empty.
    """

    text: str
    turns: tuple[DraftTurn, ...]
    front_matter: dict[str, object] = field(default_factory=dict)
    start: int = 0
    preamble: int = 0
    left_out: int = 0
    format: str = "text"
    encoding: str = ""
    places: tuple[Place, ...] = ()
    notes: tuple[Fault, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    name: str = ""
