"""Writing YAML that every reader takes the same way: words with any doubt are quoted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Union

from hrcode.yamltext import AMBIGUOUS

Value = Union[str, int, Sequence["Value"], Mapping[str, "Value"]]  # noqa: UP007 (it names itself)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?: [A-Za-z0-9_][A-Za-z0-9_,.;-]*)*")
_CONSTANTS = AMBIGUOUS | {"true", "false", "null", "nan", "inf"}
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def to_yaml(value: Value) -> str:
    """Write a value as YAML, with what is in a list or mapping indented.

    Args:
        value (Value): Texts, whole numbers, lists and mappings.

    Returns:
        str: The text.
    """
    return "".join(f"{line}\n" for line in _lines(value))


def _lines(value: Value) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, own in value.items() for line in _under(f"{_scalar(key)}:", own)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [line for own in value for line in _item(own)]
    return [_scalar(value)]


def _under(key: str, value: Value) -> list[str]:
    if isinstance(value, str | int):
        return [f"{key} {_scalar(value)}"]
    if not value:
        return [f"{key} {'{}' if isinstance(value, Mapping) else '[]'}"]
    return [key, *(f"  {line}" for line in _lines(value))]


def _item(value: Value) -> list[str]:
    if not isinstance(value, str | int) and not value:
        return ["- {}" if isinstance(value, Mapping) else "- []"]
    first, *rest = _lines(value)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _scalar(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _CONSTANTS and len(value) < 500:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)
