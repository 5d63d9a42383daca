"""A file of claims: YAML to claims, with every fault at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrcode.analysis.claims.model import WITHINS, Claim, Sub, Target
from hrcode.analysis.claims.ops import OPS, Op
from hrcode.codebook.model import STANCES
from hrcode.coding.model import FrameEntry
from hrcode.errors import Fault, StudyError
from hrcode.files import read_text
from hrcode.hints import nearest, nearest_file
from hrcode.yamltext import Node, parse_yaml

TOP_KEYS = ("codebook", "source", "claims")
_ALWAYS = ("id", "text", "op", "source")
_ONE_OF = {"codes": "code", "groups": "group"}  # several, or one
_CHOICES: dict[str, Sequence[str]] = {"within": WITHINS, "stance": STANCES}


@dataclass(slots=True)
class _Reading:
    """One reading of a file: what is known, and the faults found so far."""

    path: str
    frame: Sequence[FrameEntry]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: Node, rule: str, message: str) -> None:
        self.faults.append(Fault(self.path, node.line, node.column, rule, message))


def read_claims(file: str | Path, frame: Sequence[FrameEntry], codebook: str) -> list[Claim]:
    """Read claims.

    Args:
        file (str | Path): The YAML file.
        frame (Sequence[FrameEntry]): The coding frame that the codes have to be in.
        codebook (str): Id of the codebook that the results were made with.

    Returns:
        list[Claim]: In the file's order.

    Raises:
        StudyError: With every fault and its place, when the file cannot be used.
    """
    path = Path(file)
    if path.exists() and not path.is_file():
        raise StudyError(f"{path}: is no file of claims. Name it first: hrcode claims claims.yaml {path}")
    if not path.exists():
        raise StudyError(
            f"{path}: there is no such file.{nearest_file(path)} How to write one: docs/claims.md."
        )
    root, faults = parse_yaml(read_text(path, error=StudyError), str(path))
    reading = _Reading(str(path), frame, faults)
    claims = _claims(reading, root, codebook) if root is not None else []
    if root is None and not faults:
        reading.fault(Node(1, 1, None), "empty", "has no claims; write `claims:` and a list below it")
    if reading.faults:
        raise StudyError(f"{path} cannot be used:", sorted(set(reading.faults)))
    return claims


def _claims(reading: _Reading, root: Node, codebook: str) -> list[Claim]:
    if not isinstance(root.value, dict):
        reading.fault(root, "not-a-mapping", "a file of claims is a mapping with the key `claims`")
        return []
    for key in root.fields:
        if key not in TOP_KEYS:
            reading.fault(root.keys[key], "unknown-key", f"there is no key {key!r}.{_hint(key, TOP_KEYS)}")
    meant = root.fields.get("codebook")
    if meant is not None and meant.raw != codebook:
        message = (
            f"the claims are for the codebook {meant.raw!r}, the results are of {codebook!r}; "
            f"code again with --codebook {meant.raw}, or change the claims"
        )
        reading.fault(meant, "other-codebook", message)
        return []
    listed = root.fields.get("claims")
    if listed is None or not listed.items:
        reading.fault(listed or root, "missing-claims", "`claims` is a list of claims")
        return []
    source = _text(reading, root.fields["source"]) if "source" in root.fields else ""
    claims = [claim for node in listed.items if (claim := _claim(reading, node, source)) is not None]
    _check_ids(reading, listed.items)
    return claims


def _check_ids(reading: _Reading, nodes: Iterable[Node]) -> None:
    first: dict[str, int] = {}
    for node in nodes:
        if (own := node.fields.get("id")) is not None and own.raw:
            if own.raw in first:
                message = f"the id {own.raw} stands twice (first on line {first[own.raw]})"
                reading.fault(own, "duplicate-id", message)
            first.setdefault(own.raw, own.line)


def _claim(reading: _Reading, node: Node, source: str) -> Claim | None:
    """Read a claim; None where something is wrong with it."""
    if not isinstance(node.value, dict):
        reading.fault(node, "not-a-mapping", "a claim is a mapping with the keys id, text, op, code, group")
        return None
    before = len(reading.faults)
    op = _op(reading, node)
    if op is None:
        return None
    _check_keys(reading, node, op)
    values: dict[str, Any] = {"source": source}
    for key, value in node.fields.items():
        if reader := _READERS.get(key):
            values[_FIELDS.get(key, key)] = reader(reading, value)
    if "metric" in values and values["metric"] not in op.metrics:
        message = f"{values['op']} compares {' or '.join(op.metrics)}"
        reading.fault(node.fields["metric"], "bad-choice", message)
    if both := set(values.get("than", ())) & set(values.get("groups", ())):
        message = f"{', '.join(sorted(both))} cannot be compared with itself"
        reading.fault(node.fields["than"], "same-group", message)
    stance = values.pop("stance", "")
    paths = node.fields.get("codes") or node.fields.get("code")
    targets = [_target(reading, part, stance, op) for part in _parts(paths)]
    if len(reading.faults) > before:
        return None
    return Claim(**values, targets=tuple(target for target in targets if target))


def _op(reading: _Reading, node: Node) -> Op | None:
    named = node.fields.get("op")
    if named is None:
        reading.fault(node, "missing-op", f"a claim says what it asserts: op is one of {', '.join(OPS)}")
        return None
    if named.raw not in OPS:
        reading.fault(named, "unknown-op", f"there is no op {named.raw!r}.{_hint(named.raw, OPS)}")
        return None
    return OPS[named.raw]


def _check_keys(reading: _Reading, node: Node, op: Op) -> None:
    """Find the keys of a claim that are missing, and those that its op does not have."""
    known = {*_ALWAYS, *op.needs, *op.may, *(_ONE_OF[key] for key in op.needs & _ONE_OF.keys())}
    for key in node.fields:
        if key not in known:
            message = f"{node.fields['op'].raw} has no key {key!r}.{_hint(key, known)}"
            reading.fault(node.keys[key], "unknown-key", message)
    for key in ("id", "text", *sorted(op.needs)):
        if key not in node.fields and _ONE_OF.get(key) not in node.fields:
            reading.fault(node, f"missing-{key}", f"the claim has no `{_ONE_OF.get(key, key)}`")
    for several, one in _ONE_OF.items():
        if several in node.fields and one in node.fields:
            reading.fault(node.keys[one], "twice-said", f"has both {one} and {several}; keep one of them")


def _hint(word: str, choices: Iterable[str]) -> str:
    return nearest(word, choices) or f" There are: {', '.join(sorted(choices))}."


def _parts(node: Node | None) -> list[Node]:
    """Give the items of a list, or the one thing that stands in its place."""
    if node is None:
        return []
    return node.items if isinstance(node.value, list) else [node]


def _target(reading: _Reading, node: Node, stance: str, op: Op) -> Target | None:
    """Find a code in the frame; of a category, the subcategories of one stance."""
    category, _, sub = node.raw.partition("/")
    entries = [entry for entry in reading.frame if entry.category == category]
    if not entries:
        known = {entry.category for entry in reading.frame}
        message = f"the codebook has no category {category!r}.{_hint(category, known)}"
        reading.fault(node, "unknown-code", message)
        return None
    own = [entry for entry in entries if entry.subcategory == sub] if sub else []
    if sub and not own:
        message = f"{category} has no subcategory {sub!r}.{_hint(sub, [e.subcategory for e in entries])}"
        reading.fault(node, "unknown-code", message)
        return None
    if not sub and "code" in op.needs:
        reading.fault(node, "not-a-subcategory", "this op takes a subcategory: category/subcategory")
        return None
    wanted = stance or (own[0].stance if own else "applies")
    siblings = _subs(entry for entry in entries if entry.stance == wanted)
    if wanted in STANCES and (not siblings or (own and own[0].stance != wanted)):
        message = f"nothing in {node.raw} has the stance {wanted!r}"
        reading.fault(node, "other-stance", message)
        return None
    return Target(node.raw, wanted, _subs(own) if own else siblings, siblings)


def _subs(entries: Iterable[FrameEntry]) -> tuple[Sub, ...]:
    return tuple((entry.category, entry.subcategory) for entry in entries)


def _text(reading: _Reading, node: Node) -> str:
    if isinstance(node.value, list | dict) or not node.raw.strip():
        reading.fault(node, "not-text", "text is needed here")
        return ""
    return " ".join(node.raw.split())


def _texts(reading: _Reading, node: Node) -> tuple[str, ...]:
    if not _parts(node):
        reading.fault(node, "not-text", "text is needed here, or a list of texts")
    return tuple(_text(reading, part) for part in _parts(node))


def _count(reading: _Reading, node: Node) -> int:
    if isinstance(node.value, int) and not isinstance(node.value, bool) and node.value >= 1:
        return node.value
    reading.fault(node, "bad-number", "a number of participants is needed here: 1 or more")
    return 1


def _number(reading: _Reading, node: Node) -> float:
    if isinstance(node.value, int | float) and not isinstance(node.value, bool) and node.value >= 0:
        return float(node.value)
    reading.fault(node, "bad-number", "a number is needed here: 0 or more")
    return 0.0


def _choice(choices: Sequence[str]) -> Callable[[_Reading, Node], str]:
    def read(reading: _Reading, node: Node) -> str:
        if node.raw not in choices:
            reading.fault(node, "bad-choice", f"there is no {node.raw!r} here.{_hint(node.raw, choices)}")
        return node.raw

    return read


_FIELDS = {"group": "groups"}
_READERS: dict[str, Callable[[_Reading, Node], Any]] = {
    **dict.fromkeys(["id", "text", "op", "metric", "source", "question"], _text),
    **dict.fromkeys(["group", "groups", "than"], _texts),
    **{key: _choice(choices) for key, choices in _CHOICES.items()},
    "at_least": _count,
    "margin": _number,
}
