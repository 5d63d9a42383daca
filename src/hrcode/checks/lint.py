"""What is doubtful in a codebook that can be read: one function a rule, all named in RULES.

A fault can be accepted in the codebook itself, with a reason, on its line or the line above:

    - harm*    # hrcode: allow broad-wildcard - every form is wanted here
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from hrcode.checks.sought import regexes_of, words_of
from hrcode.codebook.model import Codebook, Subcategory
from hrcode.errors import Fault, Level
from hrcode.indicators import KINDS
from hrcode.indicators.model import CONTEXTS, Indicator
from hrcode.indicators.phrase import PhraseBody
from hrcode.indicators.similar import SimilarBody
from hrcode.language.lemmas import only_inflected
from hrcode.language.pipeline import missing_pipeline, pipeline_name

Found = Iterator[tuple[int, int, str]]
"""Line, column and message of each finding."""

_ALLOW = re.compile(r"#\s*hrcode:\s*allow\s+([a-z-]+)\s*(?:[-:]\s*(.*))?$")
_USE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ALIKE = 0.9
_SHORT_WILDCARD = 3
_LOOSE_SHARE = 0.25
_STRICT_THRESHOLD = 0.8


def lint(codebook: Codebook, text: str) -> list[Fault]:
    """Run all rules over a codebook.

    Args:
        codebook (Codebook): The codebook.
        text (str): The text it was read from, for its comments.

    Returns:
        list[Fault]: What is wrong, and warnings and notes less those that the text allows with a reason.
    """
    faults = [
        Fault(codebook.path, line, column, rule, message, LEVELS.get(rule, "warning"))
        for rule, check in RULES.items()
        for line, column, message in check(codebook, text)
    ]
    return allowed_out([*codebook.warnings, *faults], text)


def allowed_out(faults: Sequence[Fault], text: str) -> list[Fault]:
    """Leave out the warnings that a comment allows; a comment without a reason is a warning itself.

    Args:
        faults (Sequence[Fault]): Warnings and errors; errors cannot be allowed.
        text (str): The codebook's text.

    Returns:
        list[Fault]: What is left, in the order of the file.
    """
    lines = text.splitlines()
    allowed: set[tuple[int, str]] = set()
    kept: list[Fault] = []
    path = faults[0].path if faults else ""
    for number, line in enumerate(lines, start=1):
        match = _ALLOW.search(line)
        if not match:
            continue
        if not (match[2] or "").strip():
            message = f"say why {match[1]} is allowed: # hrcode: allow {match[1]} - reason"
            kept.append(Fault(path, number, match.start() + 1, "no-reason", message, "warning"))
        alone = line.lstrip().startswith("#")
        allowed.update({(number, match[1]), (number + 1, match[1])} if alone else {(number, match[1])})
    kept += [f for f in faults if f.level == "error" or (f.line, f.rule) not in allowed]
    return sorted(kept)


def missing_part(codebook: Codebook, text: str) -> Found:
    """A subcategory lacks a part of a full definition (MacQueen et al. 1998): brief, use_when, not_when."""
    for sub in codebook.subcategories:
        if missing := [key for key in ("brief", "use_when", "not_when") if not getattr(sub, key)]:
            yield (
                sub.line,
                sub.column,
                f"{sub.id!r} has no {', '.join(missing)}; coders need to know its borders",
            )


def shared_indicator(codebook: Codebook, text: str) -> Found:
    """The same rule stands under two subcategories, which will always be coded together."""
    named: dict[tuple[str, str, str], list[tuple[Subcategory, Indicator]]] = defaultdict(list)
    for sub in codebook.subcategories:
        for indicator in sub.indicators:
            # Equal rules have equal names; only those of one name are compared in full.
            alike = named[indicator.language, indicator.kind, KINDS[indicator.kind].name(indicator.body)]
            other, there = next((one for one in alike if _same_rule(one[1], indicator)), (sub, indicator))
            if other.path != sub.path:
                yield (
                    indicator.line,
                    indicator.column,
                    f"{indicator.id!r} stands under {other.path} too (line {there.line}); both will be coded",
                )
            alike.append((sub, indicator))


def _same_rule(one: Indicator, other: Indicator) -> bool:
    return (one.body, one.conditions) == (other.body, other.conditions)


def near_duplicate_id(codebook: Codebook, text: str) -> Found:
    """Two subcategories have ids that are easily taken for each other."""
    subs = list(codebook.subcategories)
    for i, sub in enumerate(subs):
        for other in subs[:i]:
            if sub.path != other.path and _alike(sub.id, other.id):
                yield (
                    sub.line,
                    sub.column,
                    f"id {sub.id!r} is easily taken for {other.path!r} (line {other.line})",
                )


def _alike(one: str, other: str) -> bool:
    match = difflib.SequenceMatcher(None, one, other)
    # The quick ratios are never below the ratio itself.
    return match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE


def broad_wildcard(codebook: Codebook, text: str) -> Found:
    """A wildcard with so few letters catches words that nobody thought of."""
    for indicator in _indicators(codebook):
        for test in words_of(indicator):
            if test.how == "glob" and len(test.word.replace("*", "")) < _SHORT_WILDCARD:
                yield (
                    indicator.line,
                    indicator.column,
                    f"wildcard {test.word!r} is broad; see what it catches with `hrcode codebook test --on`",
                )


def inflected_word(codebook: Codebook, text: str) -> Found:
    """A lemma phrase with a word in an inflected form, which finds that one form only.

    Words in brackets and sets are lists of forms that somebody chose; in languages other than
    English too many forms of a word are dictionary forms of another.
    """
    for indicator in _indicators(codebook):
        if indicator.kind != "phrase" or indicator.language != "en":
            continue
        for word in re.sub(r"\([^()]*\)|\{[^{}]*\}", " ", indicator.body.text).split():
            if base := sorted(only_inflected(word.lower(), "en") if word.isalpha() else ()):
                yield (
                    indicator.line,
                    indicator.column,
                    f"{word!r} finds this form only; write {' or '.join(map(repr, base))} for every form, or "
                    f"'={word}' if only this one is meant",
                )


def dead_regex(codebook: Codebook, text: str) -> Found:
    """A regular expression that no single word can match, or that every word matches."""
    for indicator in _indicators(codebook):
        if indicator.kind not in ("pattern", "dependency"):
            continue
        for pattern in regexes_of(indicator.body):
            if re.search(r"(?<!\\)\s|\\s", pattern):
                yield indicator.line, indicator.column, f"REGEX {pattern!r} holds a blank; a token never does"
            elif re.search(pattern, "") and re.search(pattern, "§"):
                yield indicator.line, indicator.column, f"REGEX {pattern!r} matches every word"


def unreachable_indicator(codebook: Codebook, text: str) -> Found:
    """An indicator that its own exclusions keep from ever firing."""
    for sub in codebook.subcategories:
        for indicator in sub.indicators:
            conditions = indicator.conditions
            if isinstance(indicator.body, PhraseBody) and indicator.body.phrase in conditions.not_in:
                yield indicator.line, indicator.column, f"{indicator.id!r} is excluded by its own not_in"
            context = conditions.context
            required = [name for name in CONTEXTS if name != "question" and context[name] == "require"]
            if isinstance(indicator.body, SimilarBody) and required:
                message = (
                    f"similar takes in the whole sentence; {required[0]}: require finds no cue outside it"
                )
                yield indicator.line, indicator.column, message


def doubtful_share(codebook: Codebook, text: str) -> Found:
    """A share or threshold of `similar` that nearly every sentence reaches, or none."""
    for indicator in _indicators(codebook):
        body = indicator.body
        if not isinstance(body, SimilarBody):
            continue
        if body.share < _LOOSE_SHARE:
            message = f"share {body.share:g} is so small that one or two of the nearest examples reach it"
            yield indicator.line, indicator.column, message
        if body.threshold > _STRICT_THRESHOLD:
            message = (
                f"threshold {body.threshold:g} is reached by hardly anything but the examples themselves"
            )
            yield indicator.line, indicator.column, message


def unused_set(codebook: Codebook, text: str) -> Found:
    """A set that no indicator and no other set uses."""
    used = set(_USE.findall(re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)))
    for name, line, column in codebook.sets:
        if name not in used:
            yield line, column, f"set {name!r} is used nowhere"


def language_without_pipeline(codebook: Codebook, text: str) -> Found:
    """A pattern in a language whose trained pipeline is not installed; coding would stop."""
    told: set[str] = set()
    for indicator in _indicators(codebook):
        if indicator.language in told or not set(KINDS[indicator.kind].needs(indicator.body)):
            continue
        if pipeline_name(indicator.language) == "blank":
            told.add(indicator.language)
            what_to_do = missing_pipeline(indicator.language)
            message = f"this needs a trained pipeline for {indicator.language!r}: {what_to_do}"
            yield indicator.line, indicator.column, message


def no_anchor(codebook: Codebook, text: str) -> Found:
    """A pattern that names no word which has to be there: every sentence is parsed for it."""
    for indicator in _indicators(codebook):
        kind = KINDS[indicator.kind]
        if "spaCy" in kind.loads and not kind.anchors(indicator.body, indicator.language):
            message = (
                f"{indicator.id!r} names no word that has to be there, so every sentence is parsed for it "
                "and coding is many times slower; name one, as LOWER or LEMMA"
            )
            yield indicator.line, indicator.column, message


def _indicators(codebook: Codebook) -> Iterator[Indicator]:
    return (indicator for sub in codebook.subcategories for indicator in sub.indicators)


RULES: dict[str, Callable[[Codebook, str], Found]] = {
    "missing-part": missing_part,
    "shared-indicator": shared_indicator,
    "near-duplicate-id": near_duplicate_id,
    "broad-wildcard": broad_wildcard,
    "inflected-word": inflected_word,
    "dead-regex": dead_regex,
    "unreachable-indicator": unreachable_indicator,
    "doubtful-share": doubtful_share,
    "unused-set": unused_set,
    "language-without-pipeline": language_without_pipeline,
    "no-anchor": no_anchor,
}
LEVELS: dict[str, Level] = {"language-without-pipeline": "error", "no-anchor": "note"}
"""Levels of the rules that do not give warnings."""
