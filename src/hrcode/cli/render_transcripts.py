"""Transcripts on a terminal: what was understood of them, and their turns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrcode.cli.console import OutputConsole
from hrcode.transcripts.model import people
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.transcripts.check import Checked
    from hrcode.transcripts.describe import Description, Speaker
    from hrcode.transcripts.model import Transcript


def render_check(checked: Checked) -> None:
    """Print what was understood of transcripts: a row for each speaker, then what is odd.

    Args:
        checked (Checked): What was understood.
    """
    descriptions, found = checked.descriptions, checked.findings
    console = OutputConsole()
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", show_edge=False)
    table.add_column("Transcript", overflow="fold", max_width=18)
    table.add_column("Format", overflow="fold", max_width=12)
    table.add_column("Lang.")
    table.add_column("Speaker", overflow="fold", max_width=16)
    table.add_column("Taken for", overflow="fold", max_width=22)
    table.add_column("Turns", justify="right")
    table.add_column("Words", justify="right")
    for description in descriptions:
        head = [description.transcript, _format(description), description.language or "?"]
        for speaker in description.speakers:
            who = Text(_role(speaker, checked.groups), style="" if speaker.participant else "dim")
            numbers = f"{speaker.turns:,}", f"{speaker.words:,}"
            table.add_row(*map(escape, head), Text(speaker.label or "(none)"), who, *numbers)
            head = ["", "", ""]
    if descriptions:
        console.print(table)
    for known in filter(None, map(_known_of, descriptions)):
        console.print(Padding(Text(known), (0, 0, 0, 2)))
    speaking = {person for d in descriptions for s in d.speakers for person in people(s.participant)}
    words = sum(description.words for description in descriptions)
    console.print(f"\nTranscripts: {len(descriptions)}. Participants: {len(speaking)}. Words: {words:,}.")
    if not found:
        console.print("Nothing odd.")
        return
    console.print(f"\nLook at {'this' if len(found) == 1 else f'these {len(found)}'}:")
    for fault in found:
        console.print(Padding(Text(str(fault)), (0, 0, 0, 2)))


def _known_of(description: Description) -> str:
    """Say what is known of a conversation, where it is more than that somebody was interviewed."""
    known = about_line(description.transcript, description.attributes)
    sections = "; ".join(
        f"section {one.id}: {counted(one.turns, 'turn')}, {counted(one.words, 'word')}"
        + (f", {one.left_out:,} of them left out" if one.left_out else "")
        for one in description.sections
    )
    plain = known == "interview" and not sections
    return "" if plain else f"{description.transcript}: {'; '.join(filter(None, [known, sections]))}"


def about_line(transcript: str, attributes: Mapping[str, str]) -> str:
    """Write the attributes of a transcript in a line: its kind, then the others with their names."""
    kind = attributes.get("kind", "")
    others = [
        f"{name} {value}"
        for name, value in attributes.items()
        if name != "kind" and (name, value) != ("event", transcript)
    ]
    return ", ".join(filter(None, [kind, *others]))


def _format(description: Description) -> str:
    return " ".join(filter(None, [description.format, description.encoding]))


def _role(speaker: Speaker, groups: Mapping[str, str]) -> str:
    if not speaker.participant:
        return speaker.role
    known = groups.get(speaker.participant, "")
    return f"{speaker.participant} (group {known})" if known else speaker.participant


def render_turns(transcript: Transcript, silent: Collection[str]) -> None:
    """Print a transcript's turns as they were understood.

    Args:
        transcript (Transcript): The transcript.
        silent (Collection[str]): Ids of participants who may not be quoted.
    """
    from hrcode.transcripts.participants import NOT_QUOTED
    from hrcode.transcripts.places import Locator
    from hrcode.transcripts.sampling import UNSEEN

    console = OutputConsole()
    locator = Locator(transcript.text, transcript.places)
    known = about_line(transcript.id, transcript.attributes)
    size = "; ".join(filter(None, [counted(len(transcript.turns), "turn"), known]))
    console.print(Text(f"{transcript.id} ({size})", style="bold"))
    for turn in transcript.turns:
        who = turn.participant or (f"not coded: {turn.left_out}" if turn.left_out else "interviewer")
        place = "; ".join(
            filter(
                None,
                [locator.at(turn.start), turn.section and f"section {turn.section}", turn.language],
            )
        )
        head = f"{turn.number}. {turn.speaker or '(no label)'} = {who}  [{place}]"
        console.print(Text(head, style="bold" if turn.participant else "dim"))
        text = transcript.text[turn.start : turn.end]
        if turn.left_out in UNSEEN:
            text = f"[not shown: {turn.left_out}]"
        elif any(person in silent for person in people(turn.participant)):
            text = NOT_QUOTED
        console.print(Padding(Text(text), (0, 0, 0, 3)))
