"""Tables as text: CSV, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd

from hrcode.exchange.cells import to_csv


def table_csv(table: pd.DataFrame) -> str:
    """Write a table as CSV (see `hrcode.exchange.cells.to_csv`)."""
    return to_csv([str(column) for column in table.columns], table.itertuples(index=False, name=None))


def table_markdown(table: pd.DataFrame) -> str:
    """Write a table as a Markdown pipe table; bars and line ends in cells are escaped."""
    head = [str(column) for column in table.columns]
    numeric = [pd.api.types.is_numeric_dtype(table[column]) for column in table.columns]
    lines = [head, ["---:" if number else "---" for number in numeric]]
    lines += [[_cell(value) for value in row] for row in table.itertuples(index=False, name=None)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    text = " ".join(str(value).split())
    for sign in "\\|<>*_`[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def table_json(table: pd.DataFrame) -> str:
    """Write a table as JSON: ``rows`` and whatever the table says about itself."""
    rows = json.loads(table.to_json(orient="records"))
    return json.dumps({**table.attrs, "rows": rows}, ensure_ascii=False, indent=1) + "\n"


WRITERS: dict[str, Callable[[pd.DataFrame], str]] = {
    "csv": table_csv,
    "md": table_markdown,
    "json": table_json,
}
