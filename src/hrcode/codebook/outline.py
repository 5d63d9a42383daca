"""A codebook as plain data, for people's programs."""

from __future__ import annotations

from typing import Any

from hrcode.codebook.model import Codebook, Subcategory


def outline(codebook: Codebook) -> dict[str, Any]:
    """Give a codebook as dicts and lists, ready for JSON.

    Args:
        codebook (Codebook): The codebook.

    Returns:
        dict[str, Any]: Its fields, with indicators by id.
    """
    return {
        "codebook": codebook.id,
        "version": codebook.version,
        "title": codebook.title,
        "language": codebook.language,
        "sha256": codebook.sha256,
        "categories": [
            {
                "id": category.id,
                "label": category.label,
                "definition": category.definition,
                "use_when": category.use_when,
                "not_when": category.not_when,
                "subcategories": [_subcategory(sub) for sub in category.subcategories],
            }
            for category in codebook.categories
        ],
    }


def _subcategory(sub: Subcategory) -> dict[str, Any]:
    source = sub.source
    return {
        "id": sub.id,
        "label": sub.label,
        "brief": sub.brief,
        "definition": sub.definition,
        "use_when": sub.use_when,
        "not_when": sub.not_when,
        "stance": sub.stance,
        "origin": sub.origin,
        "source": {"citation": source.citation, "doi": source.doi, "licence": source.licence}
        if source
        else None,
        "crosswalk": {name: list(codes) for name, codes in sub.crosswalk.items()},
        "indicators": [
            {
                "id": i.id,
                "kind": i.kind,
                "language": i.language,
                "negated": i.conditions.context["negated"],
                "line": i.line,
            }
            for i in sub.indicators
        ],
        "examples": {
            "match": [e.text for e in sub.examples if e.match],
            "no_match": [e.text for e in sub.examples if not e.match],
        },
    }
