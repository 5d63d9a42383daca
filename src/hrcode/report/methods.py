"""The methods section: a text and two checklists, filled in as far as the run knows."""

from __future__ import annotations

from typing import Any, NamedTuple

from hrcode.report import known
from hrcode.report.checklists import COREQ, SRQR
from hrcode.report.known import Facts

BY_AUTHORS = "to be completed by the authors."


class Answer(NamedTuple):
    """What a run knows of an item of a checklist.

    Args:
        known (str): Sentences; empty where it knows nothing.
        left (str): What the authors have to add; empty where nothing is left.
    """

    known: str = ""
    left: str = ""


def methods(facts: Facts) -> dict[str, Any]:
    """Write the methods section.

    Args:
        facts (Facts): What the run knows.

    Returns:
        dict[str, Any]: ``text``, paragraphs with a head each; ``checklists``: ``name``, ``source`` and
        ``items`` (number, topic, what is known, what the authors have to complete).
    """
    answered = {
        name: {item: answer for item, answer in answers.items() if answer.known}
        for name, answers in (("COREQ", coreq(facts)), ("SRQR", srqr(facts)))
    }
    return {
        "text": _text(facts),
        "checklists": [
            {
                "name": checklist.name,
                "source": checklist.source,
                "filled": len(answered[checklist.name]),
                "items": [
                    (number, topic, *_answered(answered[checklist.name].get(number)))
                    for number, topic in checklist.items
                ],
            }
            for checklist in (COREQ, SRQR)
        ],
    }


def _answered(answer: Answer | None) -> tuple[str, str]:
    if answer is None:
        return "", BY_AUTHORS.capitalize()
    return answer.known, f"{answer.left}: {BY_AUTHORS}" if answer.left else ""


def coreq(facts: Facts) -> dict[str, Answer]:
    """Answer the items of COREQ (Tong, Sainsbury & Craig 2007) that a run knows something about."""
    coded = facts.coded
    return {
        "12": Answer(known.sample(facts)),
        "13": Answer(known.left_out(coded), "How many refused or left, and why"),
        "16": Answer(known.attributes(coded), "A description of the sample"),
        "18": Answer(known.repeated(coded), "Whether interviews were repeated"),
        "21": Answer(known.lengths(coded), "Minutes"),
        "22": Answer(known.coverage(facts), "Saturation"),
        "24": Answer(known.coders(coded), "Who checked the codings"),
        "25": Answer(known.tree(coded)),
        "26": Answer(known.origins(facts), "How the codebook was made"),
        "27": Answer(known.software(coded)),
        "29": Answer(known.quotations(facts)),
        "30": Answer(
            "Every number leads to its quotes, and every quote to its participant and place.",
            "Whether the findings follow from them",
        ),
        "31": Answer(known.main(facts.findings), "What they mean"),
        "32": Answer(known.minor(facts), "Diverse cases"),
    }


def srqr(facts: Facts) -> dict[str, Answer]:
    """Answer the items of SRQR (O'Brien et al. 2014) that a run knows something about."""
    coded = facts.coded
    return {
        "S8": Answer(known.coverage(facts), "How participants were chosen, and when it was enough"),
        "S12": Answer(known.sample(facts), "Who they are"),
        "S13": Answer(known.processing(coded), "Transcription, checking, and names removed"),
        "S14": Answer(f"{known.tree(coded)} {known.coders(coded)}", "Who read and interpreted"),
        "S15": Answer(
            "Each coding holds its words, its place and the rule that caused it; what nearly counted is kept "
            "with the reason; equal input gives equal results.",
            "Agreement with people, and other measures",
        ),
        "S16": Answer(known.main(facts.findings), "What they mean"),
        "S17": Answer(known.quotations(facts)),
        "S19": Answer(
            "Rules find what they describe and nothing else: a code that was not heard may have been said in "
            "other words, or not been asked for.",
            "Further limits",
        ),
    }


def _text(facts: Facts) -> list[tuple[str, str]]:
    coded = facts.coded
    return [
        ("Material", f"{known.sample(facts)} {known.processing(coded)}"),
        ("Coding", f"{known.tree(coded)} {known.rules(coded)} {known.coders(coded)} {known.software(coded)}"),
        (
            "Comparison",
            "Groups were compared by participants: how many of each group's participants have at least one "
            "coding. Segments were not tested, since those of one person resemble each other. "
            f"{facts.rule} What applies a principle and what departs from it are never subtracted from each "
            "other.",
        ),
        ("Coverage", f"{known.coverage(facts)} {facts.coverage['note']}"),
    ]
