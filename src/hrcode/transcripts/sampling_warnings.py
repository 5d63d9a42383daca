"""What a run says about its participants: who is left out, not quoted, or against a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hrcode.errors import Fault
from hrcode.hints import nearest
from hrcode.transcripts.model import Participant, natural
from hrcode.transcripts.participants import CONSENT, UNKNOWN_CONSENT, WITHDRAWN, may_be_quoted
from hrcode.transcripts.sampling import NOT_INCLUDED, LeftOut, Sampling
from hrcode.wording import counted

RULES = ("not-included", "withdrawn", "no-consent", "consent-not-stated", "unknown-attribute", "bad-rule",
         "no-transcript", "no-group")  # fmt: skip
"""Warnings about participants."""


def sampling_warnings(
    sampling: Sampling,
    people: Iterable[Participant],
    left_out: Mapping[str, LeftOut],
    tables: Sequence[Path],
) -> list[Fault]:
    """Say what the user should know about participants.

    Args:
        sampling (Sampling): What the study settles.
        people (Iterable[Participant]): Those who speak, whether or not they are left out.
        left_out (Mapping[str, LeftOut]): What is left out, by participant.
        tables (Sequence[Path]): The participants tables.

    Returns:
        list[Fault]: Warnings; they name participants by their ids.
    """
    known = sorted(people, key=lambda person: natural(person.id))
    path = str(tables[0]) if tables else ""
    found = [*_rules(sampling, known, left_out), *_consent(known, left_out), *_unused(sampling, known)]
    return [Fault(path, 0, 0, rule, message, "warning") for rule, message in found]


def _rules(
    sampling: Sampling, people: Sequence[Participant], left_out: Mapping[str, LeftOut]
) -> Iterator[tuple[str, str]]:
    for person in people:
        broken = list(sampling.broken(person))
        said = left_out.get(person.id, LeftOut(""))
        if broken and said.reason == NOT_INCLUDED:
            what = f"is left out of coding with {counted(said.words, 'word')}"
            yield "not-included", f"{person.id} does not fulfil {', '.join(broken)} and {what}"
        elif broken and said.reason != WITHDRAWN:
            yield "not-included", f"{person.id} does not fulfil {', '.join(broken)}; coded all the same"


def _consent(people: Sequence[Participant], left_out: Mapping[str, LeftOut]) -> Iterator[tuple[str, str]]:
    if withdrawn := [person.id for person in people if person.attributes.get(CONSENT) == WITHDRAWN]:
        words = sum(left_out[person].words for person in withdrawn if person in left_out)
        yield (
            "withdrawn",
            f"withdrawn and left out altogether, {counted(words, 'word')}: {', '.join(withdrawn)}",
        )
    silent = [p for p in people if not may_be_quoted(p.attributes) and p.attributes.get(CONSENT) != WITHDRAWN]
    if silent:
        listed = ", ".join(person.id for person in silent)
        yield "no-consent", f"no consent, so counted but never quoted: {listed}"
    if unsaid := [p.id for p in silent if p.attributes.get(CONSENT) == UNKNOWN_CONSENT]:
        yield "consent-not-stated", f"`consent` is empty, which counts as no, for {', '.join(unsaid)}"


def _unused(sampling: Sampling, people: Sequence[Participant]) -> Iterator[tuple[str, str]]:
    """Name declared attributes and rules that nobody's attributes answer to."""
    known = {name for person in people for name in person.attributes}
    asked = {c.attribute: "include" for rule in sampling.include for c in (*rule.conditions, *rule.where)}
    asked |= {declared.source: f"attributes: {name}" for name, declared in sampling.attributes.items()}
    asked |= {name: "attributes" for name, a in sampling.attributes.items() if not a.source}
    for name, place in sorted(asked.items()):
        if people and name and name not in known:
            hint = nearest(name, known)
            yield "unknown-attribute", f"nobody has {name!r}, named in study.yaml ({place}).{hint}"
    for rule in sampling.include:
        for condition in (*rule.conditions, *rule.where):
            name = condition.attribute
            values = [person.attributes.get(name, "") for person in people]
            fault = condition.fault(sampling.attributes.get(name), values)
            if fault and name in known:
                yield "bad-rule", f"`include` in study.yaml: {fault}"
