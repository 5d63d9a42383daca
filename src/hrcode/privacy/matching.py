"""Finding known names in a text, word by word, in time that grows with the text and not with the list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hrcode.privacy.folding import Word, fold, words
from hrcode.privacy.found import ENTITY, Found
from hrcode.privacy.known import Known

# Names that are also words; these count only with a capital letter.
_ORDINARY = (
    "amber angel april art august autumn bill bob buddy candy carol chance charity christian chuck clay "
    "cliff colt daisy dale dawn daylight dean dick drew faith fern fox frank gay gene glen grace grant "
    "guy harmony hazel heath heather holly hope hunter iris ivy jack jade jasmine joy june king lane lily "
    "mark mason max may melody mercy miles norm old olive page pat pearl peg penny piper poppy ray reed "
    "rich rob robin rod rose rosemary ruby rusty sage sandy scout sky star sue summer tanner tim van "
    "victor violet wade ward will wood woods young brown green black white gray grey hill stone church "
    "field brook banks bush cook baker butcher taylor smith carter miller fisher gardener knight price "
    "long short small little strong love lamb wolf bird swan day winter snow rain frost power best good "
    "wise nice noble "
)
ORDINARY = frozenset(_ORDINARY.split())
_BETWEEN = re.compile(r"[^\w]{1,4}|_")
_BREAK = re.compile(r"\n[ \t\r]*\n")
_POSSESSIVE_FROM = 4


class Index(NamedTuple):
    """Known names by their first word.

    Args:
        first (dict): First word to the names that begin with it.
        lengths (tuple[int, ...]): Lengths of the stems among the first words.
    """

    first: dict[str, list[tuple[tuple[str, ...], Known, str]]]
    lengths: tuple[int, ...]


def index_names(known: Iterable[Known]) -> Index:
    """Arrange known names for `find_known`.

    Args:
        known (Iterable[Known]): A form that several of them share belongs to none of them: it gets
            a pseudonym of its own, for nobody can tell who is meant.

    Returns:
        Index: The names.
    """
    owners: dict[tuple[str, tuple[str, ...]], dict[str, Known]] = defaultdict(dict)
    for one in known:
        for form in one.forms:
            if parts := _parts(form):
                owners[one.kind, parts].setdefault(one.owner, one)
    first: dict[str, list[tuple[tuple[str, ...], Known, str]]] = defaultdict(list)
    for (_, parts), by_owner in owners.items():
        one = next(iter(by_owner.values()))
        owner = one.owner if len(by_owner) == 1 else "? " + " ".join(parts)
        first[parts[0]].append((parts, one, owner))
    lengths = sorted({len(part) - 1 for part in first if part.endswith("*")})
    return Index(dict(first), tuple(lengths))


def _parts(form: str) -> tuple[str, ...]:
    """Give the folded words of a form; a stem keeps its star."""
    parts = [fold(form[word.start : word.end]) for word in words(form)]
    if parts and form.rstrip().endswith("*"):
        parts[-1] += "*"
    return tuple(parts)


def find_known(text: str, index: Index) -> Iterator[Found]:
    """Find known names as whole words, in capitals or not, with or without accents or an ``s`` behind.

    Args:
        text (str): Any text.
        index (Index): What `index_names` gave.

    Yields:
        Found: Every place where a name stands; names may overlap.
    """
    line = list(words(text))
    for i, word in enumerate(line):
        keys = [word.form, word.form[:-1]] if word.form.endswith("s") else [word.form]
        keys += [f"{word.form[:n]}*" for n in index.lengths if n <= len(word.form)]
        for key in keys:
            for parts, known, owner in index.first.get(key, ()):
                end = _end(text, line, i, parts)
                if end and _capital_enough(text[word.start : end], parts, known):
                    yield Found(word.start, end, known.kind, owner, known.source)


def _end(text: str, line: list[Word], i: int, parts: tuple[str, ...]) -> int:
    """Say where a name that begins with a word ends; 0 if it is not there."""
    if i + len(parts) > len(line):
        return 0
    for k, part in enumerate(parts):
        word = line[i + k]
        last = k == len(parts) - 1
        if k:
            gap = text[line[i + k - 1].end : word.start]
            if not _BETWEEN.fullmatch(gap) or _BREAK.search(gap):
                return 0
        if not _same(word.form, part, last):
            return 0
    return line[i + len(parts) - 1].end


def _same(form: str, part: str, last: bool) -> bool:
    if part.endswith("*"):
        return form.startswith(part[:-1])
    # "Ruths": a Swedish genitive, or a possessive whose apostrophe was not written.
    genitive = last and len(part) >= _POSSESSIVE_FROM and part not in ORDINARY and form == f"{part}s"
    return form == part or genitive


def _capital_enough(written: str, parts: tuple[str, ...], known: Known) -> bool:
    if known.source == ENTITY:
        return all(word[0].isupper() or word[0].isdigit() for word in re.findall(r"[^\W_]+", written)[:1])
    if len(parts) == 1 and known.kind == "person" and parts[0] in ORDINARY:
        return written[0].isupper()
    return True
