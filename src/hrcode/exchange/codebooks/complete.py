"""What every reader ends with: clean texts, no gaps in the tree, ids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.ids import make_id, make_unique
from hrcode.exchange.codebooks.model import Book, Entry, Loss, Relation

MAX_DEPTH = 50
_CONTROL = re.compile("[^\\s\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\x1c-\x1f]")


def complete(
    entries: Iterable[Entry],
    losses: Iterable[Loss],
    where: str,
    fields: Mapping[str, str] | None = None,
    rule_losses: Iterable[Loss] = (),
) -> Book:
    """Make a codebook of what a reader found.

    Args:
        entries (Iterable[Entry]): Entries in the file's order; parents may be missing, repeated paths
            are put together.
        losses (Iterable[Loss]): What was not read.
        where (str): The file, for the message.
        fields (Mapping[str, str] | None): Texts about the whole.
        rule_losses (Iterable[Loss]): What was lost of words and rules.

    Returns:
        Book: The codebook, with ids.

    Raises:
        CodebookError: When there is no entry, or the tree is too deep.
    """
    found: dict[tuple[str, ...], Entry] = {}
    lost = [*losses]
    for raw in entries:
        entry = _cleaned(raw, lost)
        if len(entry.parents) > MAX_DEPTH:
            raise CodebookError(f"{where}: has codes nested more than {MAX_DEPTH} deep.")
        for depth in range(1, len(entry.path)):
            path = entry.path[:depth]
            found.setdefault(path, Entry(path[-1], path[:-1], codable=False))
        old = found.get(entry.path)
        if old is not None and _has_content(old) and _has_content(entry):
            lost.append(Loss("repeated names (put together into one code)", entry.name))
        found[entry.path] = _merged(old, entry) if old else entry
    if not found:
        raise CodebookError(f"{where}: has no codes.")
    return Book(tuple(_with_ids(_in_order(found))), tuple(lost), fields or {}, tuple(rule_losses))


def one_line(text: str) -> str:
    """Return a text with single blanks."""
    return " ".join(text.split())


def _cleaned(entry: Entry, lost: list[Loss]) -> Entry:
    def clean(text: str) -> str:
        plain = _CONTROL.sub("", text)
        if plain != text:
            lost.append(Loss("control characters", one_line(plain), len(text) - len(plain)))
        return one_line(plain)

    return replace(
        entry,
        label=clean(entry.label) or "unnamed",
        parents=tuple(one_line(_CONTROL.sub("", parent)) or "unnamed" for parent in entry.parents),
        definition=clean(entry.definition),
        words=_each(map(clean, entry.words)),
        relations=tuple(_clean_relation(relation) for relation in entry.relations),
        fields={key: own for key, texts in entry.fields.items() if (own := _each(map(clean, texts)))},
    )


def _clean_relation(relation: Relation) -> Relation:
    return replace(relation, left=_each(relation.left), right=_each(relation.right))


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _has_content(entry: Entry) -> bool:
    return entry.codable or bool(entry.definition or entry.words or entry.relations or entry.fields)


def _merged(old: Entry, new: Entry) -> Entry:
    definitions = _each([old.definition, new.definition])
    return replace(
        old,
        id=old.id or new.id,
        definition=" ".join(definitions),
        words=_each([*old.words, *new.words]),
        relations=(*old.relations, *new.relations),
        fields={
            key: _each([*old.fields.get(key, ()), *new.fields.get(key, ())])
            for key in {**old.fields, **new.fields}
        },
        codable=old.codable or new.codable,
        rules=old.rules + new.rules,
    )


def _in_order(found: Mapping[tuple[str, ...], Entry]) -> list[Entry]:
    """Put every entry below its parent, siblings in the order in which they came."""
    children: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in found.values():
        children[entry.parents].append(entry)
    ordered: list[Entry] = []
    waiting = [*reversed(children[()])]
    while waiting:
        entry = waiting.pop()
        ordered.append(entry)
        waiting.extend(reversed(children.get(entry.path, [])))
    return ordered


def _with_ids(entries: Iterable[Entry]) -> list[Entry]:
    taken: dict[tuple[str, ...], set[str]] = defaultdict(set)
    return [
        replace(entry, id=make_unique(entry.id or make_id(entry.label), taken[entry.parents]))
        for entry in entries
    ]
