"""What a run knows of itself, in sentences for the methods section."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hrcode.analysis.by import run_setting
from hrcode.codebook.model import Codebook
from hrcode.coding.model import Coded
from hrcode.report.findings import Findings
from hrcode.report.naming import Row, code_of
from hrcode.report.summary import codebook_name
from hrcode.transcripts.model import people
from hrcode.wording import counted, noun


class Facts(NamedTuple):
    """What the methods section is made of.

    Args:
        coded (Coded): The run.
        codebook (Codebook | None): Its codebook, if it is at hand.
        rows (Sequence[Row]): Rows of `hrcode.compare`.
        groups (Mapping[str, int]): Group to number of participants.
        rule (str): The rules of the patterns.
        coverage (Mapping[str, Any]): What `hrcode.coverage` says of itself.
        findings (Findings): What the first screen says.
        quotes (int): Most quotes of a code in the page.
    """

    coded: Coded
    codebook: Codebook | None
    rows: Sequence[Row]
    groups: Mapping[str, int]
    rule: str
    coverage: Mapping[str, Any]
    findings: Findings
    quotes: int


def sample(facts: Facts) -> str:
    """Say who was studied."""
    counts = Counter(segment.transcript for segment in facts.coded.segments)
    words = sum(s.words for s in facts.coded.segments if s.participant)
    groups = ", ".join(f"{group} {n}" for group, n in facts.groups.items())
    return (
        f"{counted(len(facts.coded.participants), 'participant')} ({groups}) in "
        f"{counted(len(counts), 'transcript')}, with {counted(words, 'word')} of their own."
    )


def left_out(coded: Coded) -> str:
    """Say who is left out of coding, and why; nothing where nobody is."""
    left_out = coded.run.get("left_out")
    if not isinstance(left_out, Mapping) or not left_out:
        return ""
    reasons = {
        person: said.get("reason", "") if isinstance(said, Mapping) else ""
        for person, said in left_out.items()
    }
    return f"Left out of coding: {', '.join(f'{person} ({why})' for person, why in reasons.items())}."


def attributes(coded: Coded) -> str:
    """Say what is recorded of participants."""
    names = dict.fromkeys(name for person in coded.participants for name in person.attributes)
    if not names:
        return "No attributes of participants are recorded."
    return f"Recorded of participants: {', '.join(names)} (not shown here)."


def repeated(coded: Coded) -> str:
    """Say who speaks in several transcripts."""
    heard: dict[str, set[str]] = defaultdict(set)
    for segment in coded.segments:
        for person in people(segment.participant):
            heard[person].add(segment.transcript)
    several = [person for person, where in heard.items() if len(where) > 1]
    if not several:
        return "Nobody speaks in more than one transcript."
    return f"In more than one transcript: {', '.join(several)}."


def lengths(coded: Coded) -> str:
    """Say how long transcripts are."""
    words: Counter[str] = Counter()
    for segment in coded.segments:
        words[segment.transcript] += segment.words
    if not words:
        return "There are no transcripts."
    return f"Transcripts have from {min(words.values()):,} to {counted(max(words.values()), 'word')}."


def coverage(facts: Facts) -> str:
    """Say how much of the codebook was observed."""
    about, guest = facts.coverage, facts.coverage["guest"]
    reached = (
        f"the criterion of Guest, Namey and Chen (2020) was reached at {guest['notation']} (base and run; "
        f"threshold {guest['threshold']:.0%})"
        if guest["notation"]
        else f"the criterion of Guest, Namey and Chen (2020) was not reached: {guest['why_not']}"
    )
    observed = f"{about['observed']} of {counted(about['codebook'], 'subcategory')}"
    return (
        f"Coverage of the codebook: {observed} {noun(about['observed'], 'was', 'were')} observed; {reached}."
    )


def coders(coded: Coded) -> str:
    """Say who coded."""
    coders = Counter(coding.coder for coding in coded.codings)
    program, persons = coders.pop("hrcode", 0), coders
    says = (
        f"{counted(program, 'coding')} by hrcode {coded.run.get('hrcode', '')}, a program that follows rules"
    )
    if persons:
        says += "; " + ", ".join(f"{counted(n, 'coding')} by {coder}" for coder, n in persons.items())
        return f"{says}."
    return f"{says}; none by a person."


def tree(coded: Coded) -> str:
    """Say what the codebook is made of."""
    categories = len({entry.category for entry in coded.frame})
    book = coded.run.get("codebook")
    digest = str(book.get("sha256", ""))[:12] if isinstance(book, Mapping) else ""
    return (
        f"Codebook {codebook_name(coded)} (SHA-256 {digest}...): {counted(categories, 'category')} with "
        f"{counted(len(coded.frame), 'subcategory')}. Unit of analysis: {run_setting(coded, 'unit')}."
    )


def rules(coded: Coded) -> str:
    """Say how codes were given."""
    held_back = counted(len(coded.near_misses), "match")
    return (
        "The codebook was there before the coding. A segment was given a subcategory wherever one of its "
        f"indicators matched; the words that matched are kept. {held_back} did not count (denied, excluded, "
        "or in another context) and are kept as near misses."
    )


def origins(facts: Facts) -> str:
    """Say where codes come from, as far as the codebook states it."""
    said = "Deductive: the codebook was there before the coding."
    origins = Counter(sub.origin for sub in (facts.codebook.subcategories if facts.codebook else ()))
    if not any(origins):
        return said
    listed = ", ".join(f"{(name or 'not stated').replace('_', ' ')} {n}" for name, n in origins.items())
    return f"{said} Origins of its subcategories, as it states them: {listed}."


def software(coded: Coded) -> str:
    """Say what the run was made with."""
    run = coded.run
    parts = [f"hrcode {run.get('hrcode', '')}", f"Python {run.get('python', '')}"]
    parts += [f"spaCy {run['spacy']}"] if run.get("spacy") else []
    parts += [f"WordLlama {run['wordllama']}"] if run.get("wordllama") else []
    parts += [f"{run['pipeline']} {run.get('pipeline_version', '')}"] if run.get("pipeline") else []
    return f"Software: {', '.join(parts)}. No generative model was used."


def processing(coded: Coded) -> str:
    """Say how transcripts were prepared."""
    interviewers = sum(not segment.participant for segment in coded.segments)
    return (
        f"Transcripts were cut into segments by rules; {counted(interviewers, 'segment')} of interviewers "
        "were kept and not coded."
    )


def quotations(facts: Facts) -> str:
    """Say where quotes are, and who is not quoted."""
    if not facts.quotes:
        return "Left out of this page (--quotes 0); `hrcode quotes` gives them."
    stand = "Quotes stand with their participant, place and rule, under each row of the comparison."
    silent = facts.coded.run.get("not_quoted")
    if isinstance(silent, Mapping) and silent:
        return f"{stand} Counted but not quoted, for want of consent: {', '.join(silent)}."
    return stand


def main(findings: Findings) -> str:
    """Say how many codes groups share and differ on."""
    return (
        f"By fixed rules: {counted(len(findings.different), 'code')} on which groups differ, "
        f"{counted(len(findings.alike), 'code')} that they share."
    )


def minor(facts: Facts) -> str:
    """Say how many codes one person alone has."""
    single = len(
        {
            code_of(row)
            for row in facts.rows
            if row["level"] == "subcategory" and row["pattern"] == "single mention"
        }
    )
    return f"{counted(single, 'subcategory')} mentioned by one person only."
