"""The JSON Schema of a codebook, from which editors complete and check while one types."""

from __future__ import annotations

from typing import Any

from hrcode.codebook.model import ORIGINS, STANCES
from hrcode.indicators import KINDS
from hrcode.indicators.attributes import ATTRIBUTES
from hrcode.indicators.context import LISTS
from hrcode.indicators.cue_lists import CUED, MAX_REACH
from hrcode.indicators.dependency import OPERATORS
from hrcode.indicators.model import CONTEXTS, SCOPES
from hrcode.indicators.phrase_syntax import MAX_GAP
from hrcode.indicators.relation import MAX_WITHIN

_TEXT = {"type": "string", "minLength": 1}
_VERDICT = {"enum": ["any", "require", "exclude"]}
_SENTENCES = {"type": "array", "items": _TEXT, "minItems": 1}
_PHRASES = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}


def codebook_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a codebook.

    What it cannot say (a phrase that cannot be read, two equal ids) is left to
    ``hrcode codebook validate``.

    Returns:
        dict[str, Any]: The schema.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hrcode codebook",
        **_mapping(
            {
                "codebook": {"$ref": "#/$defs/id", "description": "id, copied into every coding"},
                "version": {"type": ["string", "number"], "description": "copied into every coding"},
                "title": _TEXT,
                "language": {"$ref": "#/$defs/language"},
                "description": _TEXT,
                "sources": {"type": "object", "additionalProperties": {"$ref": "#/$defs/source"}},
                "sets": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": _TEXT, "minItems": 1},
                },
                "cues": _mapping({name: {"$ref": "#/$defs/cues"} for name in CUED}),
                "categories": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/category"}},
            },
            required=["codebook", "version", "categories"],
        ),
        "$defs": {
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,79}$"},
            "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
            "source": _mapping({"citation": _TEXT, "doi": _TEXT, "licence": _TEXT}, required=["citation"]),
            "cues": _cues(),
            "category": _category(),
            "subcategory": _subcategory(),
            "indicators": {"type": "array", "items": {"$ref": "#/$defs/indicator"}},
            "indicator": {"oneOf": [_TEXT, *({"$ref": f"#/$defs/{kind}"} for kind in KINDS)]},
            **{kind: _kind(kind) for kind in KINDS},
            "attributes": _mapping({key: {} for key in [*ATTRIBUTES, "OP"]}),
            "condition": {"oneOf": [_TEXT, *_condition_kinds()]},
            "example": {
                "oneOf": [
                    _TEXT,
                    _mapping(
                        {
                            "text": _TEXT,
                            "language": {"$ref": "#/$defs/language"},
                            "only": {"type": "boolean"},
                            "asked": _TEXT,
                            "by": {"type": "object"},
                        },
                        required=["text"],
                    ),
                ]
            },
        },
    }


def _mapping(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def _cues() -> dict[str, Any]:
    lists = {name: {"type": "array", "items": _TEXT} for name in LISTS}
    reach = {"type": "integer", "minimum": 1, "maximum": MAX_REACH}
    return _mapping({**lists, "reach": reach, "replace": {"type": "boolean"}})


def _category() -> dict[str, Any]:
    texts = dict.fromkeys(["label", "definition", "use_when", "not_when"], _TEXT)
    children = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/subcategory"}}
    return _mapping(
        {"id": {"$ref": "#/$defs/id"}, **texts, "subcategories": children},
        required=["id", "label", "definition", "subcategories"],
    )


def _subcategory() -> dict[str, Any]:
    texts = dict.fromkeys(["label", "brief", "definition", "use_when", "not_when"], _TEXT)
    by_language = {"type": "object", "propertyNames": {"pattern": "^[a-z]{2,3}$"},
                   "additionalProperties": {"$ref": "#/$defs/indicators"}}  # fmt: skip
    examples = {"type": "array", "items": {"$ref": "#/$defs/example"}}
    return _mapping(
        {
            "id": {"$ref": "#/$defs/id"},
            **texts,
            "stance": {"enum": list(STANCES)},
            "origin": {"enum": list(ORIGINS)},
            "source": {"oneOf": [_TEXT, {"$ref": "#/$defs/source"}]},
            "crosswalk": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
            "indicators": {"oneOf": [{"$ref": "#/$defs/indicators"}, by_language]},
            "examples": _mapping({"match": examples, "no_match": examples}),
            **_conditions(),
        },
        required=["id", "label", "definition"],
    )


def _conditions() -> dict[str, Any]:
    several = {
        "oneOf": [{"$ref": "#/$defs/condition"}, {"type": "array", "items": {"$ref": "#/$defs/condition"}}]
    }
    values = {
        "oneOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": ["string", "number"]}}]
    }
    return {
        **dict.fromkeys(CONTEXTS, _VERDICT),
        "not_in": _PHRASES,
        "with": several,
        "without": several,
        "asked": _PHRASES,
        "only": {"type": "object", "additionalProperties": values},
        "min_turn_words": {"type": "integer", "minimum": 0},
        "weak": {"type": "boolean"},
    }


def _condition_kinds() -> list[dict[str, Any]]:
    scope = {"in": {"enum": list(SCOPES)}}
    code = {"type": "string", "pattern": "^[^/]+/[^/]+$"}
    kinds = {"phrase": _PHRASES, "any": _PHRASES, "code": code}
    return [_mapping({kind: value, **scope}, required=[kind]) for kind, value in kinds.items()]


def _kind(kind: str) -> dict[str, Any]:
    two = {"type": "array", "items": _PHRASES, "minItems": 2, "maxItems": 2}
    token = {"$ref": "#/$defs/attributes"}
    link = _mapping(
        {"LEFT_ID": _TEXT, "REL_OP": {"enum": list(OPERATORS)}, "RIGHT_ID": _TEXT, "RIGHT_ATTRS": token},
        required=["RIGHT_ID", "RIGHT_ATTRS"],
    )
    values: dict[str, Any] = {
        "phrase": _TEXT,
        "exact": _TEXT,
        **dict.fromkeys(["near", "before", "after"], two),
        "pattern": {"type": "array", "items": token, "minItems": 1},
        "dependency": {"type": "array", "items": link, "minItems": 1},
        "similar": {"oneOf": [{"const": "examples"}, _SENTENCES]},
    }
    keys: dict[str, Any] = {
        "gap": {"type": "integer", "minimum": 0, "maximum": MAX_GAP},
        "within": {"type": "integer", "minimum": 0, "maximum": MAX_WITHIN},
        "in": {"enum": ["sentence", "turn"]},
        "case_sensitive": {"type": "boolean"},
        "unlike": _SENTENCES,
        **{key: {"type": "number", "minimum": 0, "maximum": 1} for key in ["share", "threshold"]},
    }
    own = {key: keys[key] for key in sorted(KINDS[kind].keys)}
    return _mapping({kind: values[kind], "id": _TEXT, "note": _TEXT, **own, **_conditions()}, required=[kind])
