"""WordStat's dictionaries (``.cat``): indented categories with words, phrases, rules, and weights."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

from hrcode.errors import CodebookError
from hrcode.exchange.codebooks.complete import complete
from hrcode.exchange.codebooks.held import not_held
from hrcode.exchange.codebooks.limits import MAX_BYTES
from hrcode.exchange.codebooks.model import Book, Entry, Loss, Relation
from hrcode.exchange.codebooks.wordstat_rules import (
    RULE,
    CannotMapError,
    category_key,
    plain_word,
    read_rule,
    write_rules,
)
from hrcode.files import read_text

_WEIGHTED = re.compile(r"(.*\S)\s*\((-?[\d.,]+)\)")
_Path = tuple[str, ...]


class _Cat:
    """The lines of a file, sorted: paths of categories, words and rules of each."""

    def __init__(self, path: Path) -> None:
        self.paths: list[_Path] = []
        self.words: dict[_Path, list[str]] = defaultdict(list)
        self.rules: dict[_Path, list[tuple[str, str]]] = defaultdict(list)
        self.losses: list[Loss] = []
        above: list[tuple[int, str]] = []
        text = read_text(path, error=CodebookError, max_bytes=MAX_BYTES)
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            bare = line.lstrip()
            depth = len(line[: len(line) - len(bare)].expandtabs(4))
            while above and above[-1][0] >= depth:
                above.pop()
            where = tuple(label for _, label in above)
            bare = bare.rstrip()
            if not bare.startswith("@") and not _WEIGHTED.fullmatch(bare):
                above.append((depth, " ".join(bare.split())))
                self.paths.append((*where, above[-1][1]))
            elif where:
                self._take(bare, where)
            else:
                raise CodebookError(f"{path}:{number}: a word or rule stands in no category.")

    def _take(self, line: str, where: _Path) -> None:
        weight: str | None
        if line.startswith("@"):
            rule = RULE.fullmatch(line)
            if rule is None:
                self.losses.append(Loss("rules that cannot be read", line))
                return
            self.rules[where].append((rule[1], rule[2]))
            weight = rule[3]
        else:
            word = _WEIGHTED.fullmatch(line)
            if word is None:
                return
            self.words[where].append(plain_word(word[1]))
            weight = word[2]
        if weight not in (None, "1"):
            self.losses.append(Loss("weights other than 1", line))


def read_wordstat(path: Path) -> Book:
    """Read a dictionary.

    Args:
        path (Path): The file.

    Returns:
        Book: Its categories; rules that hrcode has as relations, too. A category in a rule stands for
        its words and those of the categories below it.

    Raises:
        CodebookError: When it holds no categories.
    """
    found = _Cat(path)
    if not found.words and not found.rules:
        raise CodebookError(f"{path}: is no dictionary of WordStat: lines such as `WORD (1)` are expected.")
    categories: dict[str, list[str]] = defaultdict(list)
    with_rules: set[str] = set()
    for own in found.paths:
        for label in dict.fromkeys(map(category_key, own)):
            categories[label].extend(found.words.get(own, ()))
            if own in found.rules:
                with_rules.add(label)
    below = {own[:-1] for own in found.paths}
    entries = []
    for own in dict.fromkeys(found.paths):
        relations: list[Relation] = []
        for name, condition in found.rules.get(own, ()):
            try:
                relation, used = read_rule(name, condition, categories, with_rules)
            except CannotMapError as fault:
                found.losses.append(Loss(str(fault), f"@{name} [{condition}]"))
                continue
            relations.append(relation)
            if used:
                kind = "rules inside a category that another rule uses (its words are kept)"
                found.losses.append(Loss(kind, f"@{name}: {', '.join(used)}"))
        words = tuple(found.words.get(own, ()))
        codable = bool(words or relations) or own not in below
        entries.append(Entry(own[-1], own[:-1], words=words, relations=tuple(relations), codable=codable))
    return complete(entries, found.losses, str(path))


def write_wordstat(book: Book) -> tuple[str, list[Loss]]:
    """Write a dictionary.

    Args:
        book (Book): The codebook.

    Returns:
        tuple[str, list[Loss]]: The text, and what it cannot hold.
    """
    losses = not_held(book, {"words", "relations"})
    parents = {entry.parents for entry in book.entries}
    # A category that others stand below stands for their words, too: no rule can name its own alone.
    alone = Counter(category_key(entry.label) for entry in book.entries)
    categories = {
        tuple(sorted(entry.words)): entry.label
        for entry in book.entries
        if entry.words and entry.path not in parents and alone[category_key(entry.label)] == 1
        and not re.search(r"[\[\]/()]|\b(and|or|not|after|before|near|with|without)\b", entry.label.lower())
    }  # fmt: skip
    lines: list[str] = []
    for entry in book.entries:
        indent = "\t" * len(entry.parents)
        label = entry.label.lstrip("@")
        if label != entry.label or _WEIGHTED.fullmatch(label):
            losses.append(Loss("signs in names", entry.name))
            label = label.replace("(", "[").replace(")", "]") or "unnamed"
        lines.append(f"{indent}{label}")
        lines.extend(f"{indent}\t{'_'.join(word.split())} (1)" for word in entry.words)
        for number, relation in enumerate(entry.relations, 1):
            name = re.sub(r"\W+", "_", relation.name).strip("_") or f"RULE_{number}"
            rules = write_rules(relation, name, categories)
            if not rules:
                losses.append(Loss("relations with too many words", f"{entry.name}: {name}"))
            lines.extend(f"{indent}\t{rule}" for rule in rules)
    return "\n".join(lines) + "\n", losses
