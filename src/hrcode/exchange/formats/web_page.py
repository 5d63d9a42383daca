"""Tables as a page for a browser: one file, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from hrcode.exchange.sheet import Sheet, is_numeric, printable

_SHORT = 20
MARK = '<meta name="generator" content="hrcode">'
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
.table { overflow-x: auto; margin-bottom: 2rem; }
table { border-collapse: collapse; border-bottom: 2px solid; }
caption { font-weight: bold; text-align: start; padding-bottom: .5rem; }
th, td { padding: .25rem .75rem; text-align: start; vertical-align: top; white-space: pre-wrap; }
thead th { border-top: 2px solid; border-bottom: 1px solid; vertical-align: bottom; }
tbody th { font-weight: normal; }
tbody .s { white-space: pre; }
.n { text-align: end; font-variant-numeric: tabular-nums; }
@media print { .table { overflow: visible; } tr { break-inside: avoid; } }
"""


def write_html(sheet: Sheet) -> str:
    """Write a table as a page of its own."""
    return book_html([sheet])


def book_html(sheets: Sequence[Sheet]) -> str:
    """Write several tables as one page, each with its notes below it."""
    title = sheets[0].title if len(sheets) == 1 else "Tables of a study"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{MARK}\n<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n"
        f"</head>\n<body>\n<main>\n<h1>{_text(title)}</h1>\n{''.join(map(_section, sheets))}</main>\n"
        "</body>\n</html>\n"
    )


def _section(sheet: Sheet) -> str:
    rows = [*sheet.shown_rows()]
    kinds = [_class(rows, i, is_numeric(kind)) for i, kind in enumerate(sheet.kinds)]
    head = "".join(
        f'<th scope="col"{kind}>{_text(column)}</th>'
        for column, kind in zip(sheet.columns, kinds, strict=True)
    )
    body = "".join(f"<tr>{_row(row, kinds)}</tr>\n" for row in rows)
    notes = "".join(f"<p>{_text(note)}</p>\n" for note in sheet.notes)
    return (
        f'<section>\n<div class="table" role="region" aria-label="{_text(sheet.title)}" tabindex="0">\n'
        f"<table>\n<caption>{_text(sheet.title)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody>\n</table>\n</div>\n{notes}</section>\n"
    )


def _class(rows: Sequence[Sequence[str]], column: int, number: bool) -> str:
    """Give a column's class: numbers stand on the right, and short texts on one line."""
    if number:
        return ' class="n"'
    return ' class="s"' if max((len(row[column]) for row in rows), default=0) <= _SHORT else ""


def _row(row: Sequence[str], kinds: Sequence[str]) -> str:
    """Write a row; its first cell names it, and each text runs in its own direction."""
    cells = [f"{kind} dir=auto>{_text(value)}" for value, kind in zip(row, kinds, strict=True)]
    first, *rest = cells or [">"]
    return f'<th scope="row"{first}</th>' + "".join(f"<td{cell}</td>" for cell in rest)


def _text(value: str) -> str:
    return escape(printable(value))
