"""Everything that the page shows, as plain values: each part comes from a file of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrcode.analysis.codes import Code
from hrcode.analysis.compare import compare
from hrcode.analysis.cooccur import cooccur
from hrcode.analysis.coverage import coverage
from hrcode.analysis.matrix import matrix
from hrcode.analysis.voices import voices
from hrcode.codebook.model import Codebook
from hrcode.coding.model import Coded
from hrcode.report import comparison, heatmap, passages
from hrcode.report.curve import curve
from hrcode.report.definitions import definitions
from hrcode.report.findings import SHOWN, findings
from hrcode.report.known import Facts
from hrcode.report.methods import methods
from hrcode.report.naming import Name, names_of, rows_of
from hrcode.report.near import near_misses
from hrcode.report.provenance import provenance
from hrcode.report.summary import summary, warnings
from hrcode.wording import counted

MOST_PAIRS = 30


def report_view(
    coded: Coded, *, title: str, codebook: Codebook | None, transcripts: bool, quotes: int
) -> dict[str, Any]:
    """Collect what the page shows.

    Args:
        coded (Coded): The run.
        title (str): The page's title; empty for one that says who is compared.
        codebook (Codebook | None): The codebook of the run, for its definitions.
        transcripts (bool): Whether the transcripts are in it.
        quotes (int): Most quotes, and near misses, of a code.

    Returns:
        dict[str, Any]: What the template asks for.
    """
    names = names_of(coded.frame)
    heard = voices(coded)
    table = compare(coded)
    rows = rows_of(table)
    groups = [*heard.members]
    people = rows_of(matrix(coded))
    found = findings(rows, names)
    covered = coverage(coded)
    about = {str(name): value for name, value in covered.attrs.items()}
    groups_of = comparison.groups_of_codings(heard)
    shown = comparison.quotes_by_code(coded, groups_of, names, quotes)
    misses = near_misses(coded, names, quotes)
    pointed_to = {q["segment_id"] for own in shown.values() for q in own} | {m["segment_id"] for m in misses}
    texts = passages.transcripts(coded, heard, pointed_to) if transcripts else []
    return {
        "title": title or _title(coded, groups),
        "summary": summary(coded, rows, about["observed"]),
        "groups": groups,
        "one_dot_each": comparison.one_dot_each(sum(heard.sizes.values())),
        "findings": found,
        "findings_shown": SHOWN,
        "warnings": warnings(coded, rows, table.attrs["warnings"]),
        "rule": table.attrs["rule"],
        "categories": comparison.categories(rows, names, _presence(coded, heard.members)),
        "quotes": shown,
        "most_quotes": quotes,
        "people": people,
        "heatmap": heatmap.heatmap(people, names),
        "scale": heatmap.scale(),
        "transcripts": texts,
        "with_transcripts": transcripts,
        "places": passages.segment_places(coded),
        "near_misses": misses,
        "near_misses_total": len(coded.near_misses),
        "coverage": rows_of(covered),
        "coverage_about": about,
        "curve": curve(rows_of(covered), len(coded.frame)),
        **_pairs(coded, names),
        "definitions": definitions(coded.frame, names, codebook),
        "has_definitions": codebook is not None,
        "codebook_title": codebook.title if codebook else "",
        "methods": methods(
            Facts(coded, codebook, rows, heard.sizes, table.attrs["rule"], about, found, quotes)
        ),
        "provenance": provenance(coded),
        "version": coded.run.get("hrcode", ""),
        "codings": _codings(coded, groups_of, names) if transcripts else {},
        "code_of": [names[Code(c.category, c.subcategory, c.stance)] for c in coded.codings],
        "stances": [*dict.fromkeys(entry.stance for entry in coded.frame)],
    }


def _title(coded: Coded, groups: list[str]) -> str:
    if 1 < len(groups) <= 3:
        return f"{', '.join(groups[:-1])} and {groups[-1]} compared"
    return f"{counted(len(coded.participants), 'participant')} in {counted(len(groups), 'group')}"


def _presence(coded: Coded, members: Mapping[str, tuple[str, ...]]) -> dict[str, list[list[bool]]]:
    """Say for each code, by group, which of its people have it, by the columns of the matrix."""
    found: dict[str, list[list[bool]]] = {}
    for level in ("subcategory", "category"):
        table = matrix(coded, values="presence", level=level)
        for column in table.attrs["stances"]:
            has = dict(
                zip(zip(table["group"], table["participant"], strict=True), table[column], strict=True)
            )
            found[column] = [[bool(has[g, p]) for p in who] for g, who in members.items()]
    return found


def _pairs(coded: Coded, names: Mapping[Code, Name]) -> dict[str, Any]:
    table = cooccur(coded)
    paths = {code.path: name for code, name in names.items() if code.subcategory}
    pairs = [
        {**row, "a": paths[row["code_a"]], "b": paths[row["code_b"]]}
        for row in rows_of(table.head(MOST_PAIRS))
    ]
    return {"pairs": pairs, "pairs_total": len(table)}


def _codings(coded: Coded, groups: Mapping[str, Sequence[int]], names: Mapping[Code, Name]) -> dict[str, Any]:
    """Give what is shown when a passage is pointed at, and filtered by: each code and indicator once."""
    codes = {code: i for i, code in enumerate(code for code in names if code.subcategory)}
    indicators = {name: i for i, name in enumerate(dict.fromkeys(c.indicator for c in coded.codings))}
    return {
        "codes": [
            [name.number, name.category_label, name.label, name.stance]
            for code, name in names.items()
            if code.subcategory
        ],
        "indicators": [*indicators],
        "codings": [
            [
                codes[Code(c.category, c.subcategory, c.stance)],
                indicators[c.indicator],
                c.context,
                c.kind,
                groups[c.coding_id],
            ]
            for c in coded.codings
        ],
    }
