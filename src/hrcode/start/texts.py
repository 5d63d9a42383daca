"""What stands in the files of a new study: study.yaml with comments, and the participants table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from hrcode.start.guess import Guesses, Person

_NAMED = (
    "# Who speaks in which transcript: where somebody is labelled R or the like, the file gives a name.\n"
)


def study_text(
    guesses: Guesses,
    *,
    transcripts: str,
    table: str,
    participants: str,
    codebook: str,
    built_in: Sequence[str],
) -> str:
    """Write a study.yaml whose comments say what was guessed, and why.

    Args:
        guesses (Guesses): The settings.
        transcripts (str): Folder of the transcripts, from the study's folder.
        table (str): Table of what is known of the transcripts, from there; empty for none.
        participants (str): The participants table, from there.
        codebook (str): Codebook file, from there, or the name of a built-in one; empty to leave it open.
        built_in (Sequence[str]): Names of the built-in codebooks.

    Returns:
        str: The text.
    """
    read = ", ".join(f"{count} {name}" for name, count in guesses.formats.items())
    parts = [
        "# Settings of this study, as `hrcode init` guessed them. Correct what is wrong. What stands behind\n"
        "# a # is not in force.",
        f"transcripts: {_quoted(transcripts)}    # {sum(guesses.formats.values())} read: {read}",
        *([_NAMED + f"transcripts_table: {_quoted(table)}"] if table else []),
        "# Who takes part, and in which group. The groups are guessed from the labels, or from folders.\n"
        f"participants: {_quoted(participants)}\n"
        "# group_by: group             # or another column of that table",
        f"# A file, or the name of one that comes with hrcode:\n# {', '.join(built_in)}\n"
        + (f"codebook: {_quoted(codebook)}" if codebook else "# codebook: codebooks/mine.yaml"),
        _interviewers(guesses),
        _language(guesses),
        "# unit: sentence              # or turn, or paragraph\n# out: results",
        _writing(guesses),
    ]
    return "\n\n".join(parts) + "\n"


def participants_text(people: Iterable[Person]) -> str:
    """Write a participants table of the labels found.

    Args:
        people (Iterable[Person]): The participants.

    Returns:
        str: CSV with the columns ``participant``, ``group`` and ``words``.
    """
    out = io.StringIO()
    rows = [(person.id, person.group, person.words) for person in people]
    csv.writer(out, lineterminator="\n").writerows([("participant", "group", "words"), *rows])
    return out.getvalue()


def transcripts_text(named: Mapping[str, str]) -> str:
    """Write a table that says who speaks in which transcript.

    Args:
        named (Mapping[str, str]): Participant by transcript.

    Returns:
        str: CSV with the columns ``transcript`` and ``participants``.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("transcript", "participants"), *named.items()])
    return out.getvalue()


def _interviewers(guesses: Guesses) -> str:
    lines = ["# Labels of those who ask: their turns are kept and never coded."]
    if guesses.asking:
        lines.append(f"# Guessed, because most of their turns are questions: {', '.join(guesses.asking)}.")
    if guesses.interviewers:
        lines.append(f"interviewers: {_listed(guesses.interviewers)}")
    else:
        lines.append('# interviewers: ["I"]          # none was found')
    return "\n".join(lines)


def _language(guesses: Guesses) -> str:
    counts = ", ".join(f"{name} in {count}" for name, count in guesses.languages.items())
    lines = [f"# What is spoken, as guessed: {counts}. The codebook needs indicators in that language."]
    lines.append(f"language: {guesses.language}" if guesses.language else "# language: en")
    return "\n".join(lines)


def _writing(guesses: Guesses) -> str:
    """Say how the transcripts are written: encoding, columns, labels."""
    lines = ["# How the transcripts are written."]
    if guesses.encoding:
        lines.append(f"encoding: {guesses.encoding}      # guessed; look at letters such as é and ž")
    elif guesses.encodings:
        found = ", ".join(f"{name} in {count}" for name, count in guesses.encodings.items())
        lines.append(f"# encoding: windows-1252      # of text files; found: {found}")
    if guesses.columns:
        lines.append(f"columns: {_mapped(guesses.columns)}    # guessed from what stands in them")
    else:
        lines.append("# columns: {speaker: Who, text: Said}    # of CSV and XLSX files")
    lines.append("# label_pattern: '^#(?P<label>[A-Z]+[0-9]*)#'")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    plain = text.replace("/", "").replace("_", "").replace(".", "").replace("-", "")
    return text if plain.isalpha() and plain.isascii() else json.dumps(text, ensure_ascii=False)


def _listed(labels: Iterable[str]) -> str:
    return json.dumps([*labels], ensure_ascii=False)


def _mapped(columns: Mapping[str, str]) -> str:
    pairs = (f"{role}: {json.dumps(name, ensure_ascii=False)}" for role, name in columns.items())
    return "{" + ", ".join(pairs) + "}"
