"""The methods section: a text and two checklists, filled in as far as the run knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from hrcode.analysis.voices import run_setting
from hrcode.coding.model import Coded
from hrcode.report.checklists import COREQ, SRQR
from hrcode.report.findings import Findings
from hrcode.report.summary import codebook_name
from hrcode.transcripts.model import people

BY_AUTHORS = "to be completed by the authors."


class Answer(NamedTuple):
    """What a run knows of an item of a checklist.

    Args:
        known (str): Sentences; empty where it knows nothing.
        left (str): What the authors have to add; empty where nothing is left.
    """

    known: str = ""
    left: str = ""


class Facts(NamedTuple):
    """What the methods section is made of.

    Args:
        coded (Coded): The run.
        groups (Mapping[str, int]): Group to number of participants.
        rule (str): The rules of the patterns.
        coverage (Mapping[str, Any]): What `hrcode.coverage` says of itself.
        findings (Findings): What the first screen says.
        quotes (int): Most quotes of a code in the page.
    """

    coded: Coded
    groups: Mapping[str, int]
    rule: str
    coverage: Mapping[str, Any]
    findings: Findings
    quotes: int


def methods(facts: Facts) -> dict[str, Any]:
    """Write the methods section.

    Args:
        facts (Facts): What the run knows.

    Returns:
        dict[str, Any]: ``text``, paragraphs with a head each; ``checklists``: ``name``, ``source`` and
        ``items`` (number, topic, what is known, what the authors have to complete).
    """
    known = {
        name: {item: answer for item, answer in answers.items() if answer.known}
        for name, answers in (("COREQ", coreq(facts)), ("SRQR", srqr(facts)))
    }
    return {
        "text": _text(facts),
        "checklists": [
            {
                "name": checklist.name,
                "source": checklist.source,
                "filled": len(known[checklist.name]),
                "items": [
                    (number, topic, *_answered(known[checklist.name].get(number)))
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
        "12": Answer(_sample(facts)),
        "13": Answer(_left_out(coded), "How many refused or left, and why"),
        "16": Answer(_attributes(coded), "A description of the sample"),
        "18": Answer(_repeated(coded), "Whether interviews were repeated"),
        "21": Answer(_lengths(coded), "Minutes"),
        "22": Answer(_coverage(facts), "Saturation"),
        "24": Answer(_coders(coded), "Who checked the codings"),
        "25": Answer(_tree(coded)),
        "26": Answer("Deductive: the codebook was there before the coding.", "Codes that came from the data"),
        "27": Answer(_software(coded)),
        "29": Answer(_quotations(facts)),
        "30": Answer(
            "Every number leads to its quotes, and every quote to its participant and place.",
            "Whether the findings follow from them",
        ),
        "31": Answer(_main(facts.findings), "What they mean"),
        "32": Answer(_minor(facts), "Diverse cases"),
    }


def srqr(facts: Facts) -> dict[str, Answer]:
    """Answer the items of SRQR (O'Brien et al. 2014) that a run knows something about."""
    coded = facts.coded
    return {
        "S8": Answer(_coverage(facts), "How participants were chosen, and when it was enough"),
        "S12": Answer(_sample(facts), "Who they are"),
        "S13": Answer(_processing(coded), "Transcription, checking, and names removed"),
        "S14": Answer(f"{_tree(coded)} {_coders(coded)}", "Who read and interpreted"),
        "S15": Answer(
            "Each coding holds its words, its place and the rule that caused it; what nearly counted is kept "
            "with the reason; equal input gives equal results.",
            "Agreement with people, and other measures",
        ),
        "S16": Answer(_main(facts.findings), "What they mean"),
        "S17": Answer(_quotations(facts)),
        "S19": Answer(
            "Rules find what they describe and nothing else: a code that was not heard may have been said in "
            "other words, or not been asked for.",
            "Further limits",
        ),
    }


def _text(facts: Facts) -> list[tuple[str, str]]:
    coded = facts.coded
    return [
        ("Material", f"{_sample(facts)} {_processing(coded)}"),
        ("Coding", f"{_tree(coded)} {_rules(coded)} {_coders(coded)} {_software(coded)}"),
        (
            "Comparison",
            "Groups were compared by participants: how many of each group's participants have at least one "
            "coding. Segments were not tested, since those of one person resemble each other. "
            f"{facts.rule} What applies a principle and what departs from it are never subtracted from each "
            "other.",
        ),
        ("Coverage", f"{_coverage(facts)} {facts.coverage['note']}"),
    ]


def _sample(facts: Facts) -> str:
    counts = Counter(segment.transcript for segment in facts.coded.segments)
    words = sum(s.words for s in facts.coded.segments if s.participant)
    groups = ", ".join(f"{group} {n}" for group, n in facts.groups.items())
    return (
        f"{plural(len(facts.coded.participants), 'participant')} ({groups}) in "
        f"{plural(len(counts), 'transcript')}, with {words:,} words of their own."
    )


def _left_out(coded: Coded) -> str:
    left_out = coded.run.get("left_out")
    if not isinstance(left_out, Mapping) or not left_out:
        return ""
    listed = ", ".join(f"{person} ({said.get('reason', '')})" for person, said in left_out.items())
    return f"Left out of coding: {listed}."


def _attributes(coded: Coded) -> str:
    names = dict.fromkeys(name for person in coded.participants for name in person.attributes)
    if not names:
        return "No attributes of participants are recorded."
    return f"Recorded of participants: {', '.join(names)} (not shown here)."


def _repeated(coded: Coded) -> str:
    heard: dict[str, set[str]] = defaultdict(set)
    for segment in coded.segments:
        for person in people(segment.participant):
            heard[person].add(segment.transcript)
    several = [person for person, where in heard.items() if len(where) > 1]
    if not several:
        return "Nobody speaks in more than one transcript."
    return f"In more than one transcript: {', '.join(several)}."


def _lengths(coded: Coded) -> str:
    words: Counter[str] = Counter()
    for segment in coded.segments:
        words[segment.transcript] += segment.words
    if not words:
        return "There are no transcripts."
    return f"Transcripts have from {min(words.values()):,} to {max(words.values()):,} words."


def _coverage(facts: Facts) -> str:
    about, guest = facts.coverage, facts.coverage["guest"]
    reached = (
        f"the criterion of Guest, Namey and Chen (2020) was reached at {guest['notation']} (base and run; "
        f"threshold {guest['threshold']:.0%})"
        if guest["notation"]
        else f"the criterion of Guest, Namey and Chen (2020) was not reached: {guest['why_not']}"
    )
    return (
        f"Coverage of the codebook: {about['observed']} of {about['codebook']} subcategories were observed; "
        f"{reached}."
    )


def _coders(coded: Coded) -> str:
    coders = Counter(coding.coder for coding in coded.codings)
    program, persons = coders.pop("hrcode", 0), coders
    says = (
        f"{plural(program, 'coding')} by hrcode {coded.run.get('hrcode', '')}, a program that follows rules"
    )
    if persons:
        says += "; " + ", ".join(f"{plural(n, 'coding')} by {coder}" for coder, n in persons.items())
        return f"{says}."
    return f"{says}; none by a person."


def _tree(coded: Coded) -> str:
    categories = len({entry.category for entry in coded.frame})
    book = coded.run.get("codebook")
    digest = str(book.get("sha256", ""))[:12] if isinstance(book, Mapping) else ""
    return (
        f"Codebook {codebook_name(coded)} (SHA-256 {digest}...): {categories} categories with "
        f"{len(coded.frame)} subcategories. Unit of analysis: {run_setting(coded, 'unit')}."
    )


def _rules(coded: Coded) -> str:
    held_back = plural(len(coded.near_misses), "match", "matches")
    return (
        "The codebook was fixed before. A segment was given a subcategory wherever one of the subcategory's "
        f"indicators matched; the words that matched are kept. {held_back} did not count (denied, excluded, "
        "or in another context) and are kept as near misses."
    )


def _software(coded: Coded) -> str:
    run = coded.run
    parts = [f"hrcode {run.get('hrcode', '')}", f"Python {run.get('python', '')}"]
    parts += [f"spaCy {run['spacy']}"] if run.get("spacy") else []
    parts += [f"WordLlama {run['wordllama']}"] if run.get("wordllama") else []
    parts += [f"{run['pipeline']} {run.get('pipeline_version', '')}"] if run.get("pipeline") else []
    return f"Software: {', '.join(parts)}. No generative model was used."


def _processing(coded: Coded) -> str:
    interviewers = sum(not segment.participant for segment in coded.segments)
    return (
        f"Transcripts were cut into segments by rules; {plural(interviewers, 'segment')} of interviewers "
        "were kept and not coded."
    )


def _quotations(facts: Facts) -> str:
    if not facts.quotes:
        return "Left out of this page (--quotes 0); `hrcode quotes` gives them."
    stand = "Quotes stand with their participant, place and rule, under each row of the comparison."
    silent = facts.coded.run.get("not_quoted")
    if isinstance(silent, Mapping) and silent:
        return f"{stand} Counted but not quoted, for want of consent: {', '.join(silent)}."
    return stand


def _main(findings: Findings) -> str:
    return (
        f"By fixed rules: {plural(len(findings.different), 'code')} on which groups differ, "
        f"{plural(len(findings.alike), 'code')} that they share."
    )


def _minor(facts: Facts) -> str:
    people_by_code: dict[tuple[str, str], set[str]] = defaultdict(set)
    for coding in facts.coded.codings:
        people_by_code[coding.category, coding.subcategory].update(people(coding.participant))
    single = sum(len(who) == 1 for who in people_by_code.values())
    return f"{plural(single, 'subcategory', 'subcategories')} mentioned by one person only."


def plural(number: int, what: str, several: str = "") -> str:
    """Write a number with what it counts.

    Args:
        number (int): The number.
        what (str): What one of it is called.
        several (str): What several are called; by default with an s.

    Returns:
        str: Such as ``1 coding``, ``1,193 segments``.
    """
    return f"{number:,} {what if number == 1 else several or what + 's'}"
