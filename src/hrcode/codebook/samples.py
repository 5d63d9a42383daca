"""A codebook's examples before it is read: what its indicators may compare sentences with."""

from __future__ import annotations

from hrcode.indicators.model import Sample
from hrcode.indicators.similar import LANGUAGE
from hrcode.yamltext import Node


def collect_samples(categories: Node | None) -> tuple[Sample, ...]:
    """Give the examples of all subcategories, but for those in a language that cannot be compared.

    Nothing is complained of here; the reader of the sections does that.

    Args:
        categories (Node | None): The codebook's list of categories.

    Returns:
        tuple[Sample, ...]: Those under ``match`` with their code, those under ``no_match`` without.
    """
    return tuple(
        Sample(text, f"{_id(category)}/{_id(sub)}" if key == "match" else "")
        for category in (categories.items if categories else [])
        for sub in _list(category, "subcategories")
        for key in ("match", "no_match")
        for example in (_list(sub.fields["examples"], key) if "examples" in sub.fields else [])
        if (text := _text(example))
    )


def _list(node: Node, key: str) -> list[Node]:
    return node.fields[key].items if key in node.fields else []


def _id(node: Node) -> str:
    return node.fields["id"].raw if "id" in node.fields else ""


def _text(node: Node) -> str:
    if "language" in node.fields and node.fields["language"].raw != LANGUAGE:
        return ""
    value = node.fields["text"].value if "text" in node.fields else node.value
    return " ".join(value.split()) if isinstance(value, str) else ""
