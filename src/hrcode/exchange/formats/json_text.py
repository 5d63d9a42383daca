"""Tables as JSON."""

from __future__ import annotations

import json

from hrcode.exchange.sheet import Sheet


def write_json(sheet: Sheet) -> str:
    """Write a table as JSON: ``rows`` and whatever the table says about itself."""
    rows = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows()]
    return json.dumps({**sheet.table.attrs, "rows": rows}, ensure_ascii=False, indent=1) + "\n"
