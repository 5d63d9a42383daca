"""What is replaced in a study, for a person to look through before anything is shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrcode.privacy.found import TABLE, Found
from hrcode.privacy.texts import Rewritable, Swap
from hrcode.transcripts.participants_table import FILE_NAME

_CONTEXT = 20


@dataclass(frozen=True, slots=True)
class Replaced:
    """One thing that is replaced, wherever it stands.

    Args:
        pseudonym (str): What stands there instead.
        kind (str): Person, place ...
        written (tuple[str, ...]): How it is written in the texts.
        count (int): How often it is replaced.
        sources (tuple[str, ...]): What found it.
        context (str): One place where it stands, as ``file:line: ... words ...``.
    """

    pseudonym: str
    kind: str
    written: tuple[str, ...]
    count: int
    sources: tuple[str, ...]
    context: str


def standing_labels(
    texts: Sequence[str],
    chosen: Sequence[Sequence[Found]],
    labels: Sequence[Sequence[tuple[int, int]]],
    interviewers: Sequence[str],
) -> list[str]:
    """Say which speaker labels look like names and stay.

    Args:
        texts (Sequence[str]): The study's texts.
        chosen (Sequence[Sequence[Found]]): What is replaced in each.
        labels (Sequence[Sequence[tuple[int, int]]]): Where the speakers' labels stand in each.
        interviewers (Sequence[str]): Labels of interviewers.

    Returns:
        list[str]: A sentence for the user, or none.
    """
    staying: set[str] = set()
    for text, found, spans in zip(texts, chosen, labels, strict=True):
        replaced = {find.start for find in found}
        for start, end in spans:
            label = text[start:end].strip().rstrip(":* \t").strip("*_ ")
            if not replaced & set(range(start, end)) and label not in interviewers and label.isalpha():
                staying.add(label)
    listed = ", ".join(sorted(staying))
    said = f"these speaker labels stay: {listed}. If they are names, add them to {FILE_NAME} (column name)"
    return [said] if staying else []


def summary(
    texts: Mapping[str, Rewritable], chosen: Sequence[Sequence[Found]], swaps: Mapping[str, Sequence[Swap]]
) -> tuple[Replaced, ...]:
    """Sum up what is replaced, in the order of first appearance within each kind.

    Args:
        texts (Mapping[str, Rewritable]): The texts by file name.
        chosen (Sequence[Sequence[Found]]): What is replaced in each.
        swaps (Mapping[str, Sequence[Swap]]): The same places with their pseudonyms.

    Returns:
        tuple[Replaced, ...]: One for each pseudonym.
    """
    found: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
    for (name, opened), finds in zip(texts.items(), chosen, strict=True):
        for find, (start, end, new) in zip(finds, swaps[name], strict=True):
            line = opened.text.count("\n", 0, start) + 1
            around = opened.text[max(0, start - _CONTEXT) : end + _CONTEXT]
            place = f"{name}:{line}: {' '.join(around.split())}"
            key = (find.kind, new if new.startswith("[") or find.source == TABLE else f"[{new.lower()}]")
            found.setdefault(key, []).append((opened.text[start:end], find.source, place, new))
    return tuple(
        Replaced(
            pseudonym,
            kind,
            tuple(dict.fromkeys(written for written, *_ in places)),
            len(places),
            tuple(dict.fromkeys(source for _, source, *_ in places)),
            places[0][2],
        )
        for (kind, pseudonym), places in sorted(found.items(), key=lambda item: item[0][0])
    )
