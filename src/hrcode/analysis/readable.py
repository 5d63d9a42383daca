"""Tables as an article prints them: a row a code, with labels for ids, and the groups side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.coding.model import Coded

CARRIED = 0.5
_MEANINGS = {
    "Category": "category's label",
    "Subcategory": "subcategory's label; empty where a row sums up the category",
    "Stance": "applies: in line with the category's principle; departs: at odds with it",
    "Pattern": "how the code is spread over the groups, by the rules of docs/compare.md",
    "Carried by": "who has more than half of a group's segments, where several people have some",
}
_BASES = {"participants": "participants_total", "events": "events_total"}
Row = Mapping[str, Any]


def readable_comparison(coded: Coded, table: pd.DataFrame) -> pd.DataFrame:
    """Lay a comparison out for readers.

    Args:
        coded (Coded): The run, for labels.
        table (pandas.DataFrame): What `hrcode.compare` gave.

    Returns:
        pandas.DataFrame: One row a code and stance, each category before its subcategories; for each
        group ``n of N`` (as text: a spreadsheet would take 3/4 for a date), segments and the mean
        rate per 1,000 words; then the pattern. ``attrs`` as in the table, and ``meanings`` by column.
    """
    counted = next(name for name in _BASES if name in table.columns)
    labels = {(entry.category, entry.subcategory): entry.label for entry in coded.frame}
    labels |= {(entry.category, ""): entry.category_label for entry in coded.frame}
    codes: dict[tuple[str, str, str], list[Row]] = {}
    for row in cast(list[Row], table.to_dict("records")):
        codes.setdefault((row["category"], row["subcategory"], row["stance"]), []).append(row)
    place = {category: i for i, category in enumerate(dict.fromkeys(entry.category for entry in coded.frame))}
    rows = [
        {
            "Category": labels.get((category, ""), "Any category"),
            "Subcategory": labels[category, subcategory] if subcategory else "",
            "Stance": stance,
            **{name: value for row in own for name, value in _group(row, counted)},
            "Pattern": own[0]["pattern"] + (" (fragile)" if own[0]["robust"] == "no" else ""),
            "Carried by": "; ".join(_carried(own, counted)),
        }
        # Sorting is stable: a category's own rows first, then its subcategories in the codebook's order.
        for (category, subcategory, stance), own in sorted(
            codes.items(), key=lambda item: (place.get(item[0][0], len(place)), bool(item[0][1]))
        )
    ]
    groups = [name for group in table.attrs["groups"] for name in _names(group, counted)]
    head = ["Category", "Subcategory", "Stance", *groups, "Pattern", "Carried by"]
    import pandas as pd

    made = pd.DataFrame(rows, columns=head)
    made.attrs = {**table.attrs, "meanings": {**_MEANINGS, **_group_meanings(table.attrs["groups"], counted)}}
    return made


def _names(group: str, counted: str) -> tuple[str, str, str]:
    what = "" if counted == "participants" else f" {counted}"
    return f"{group}: n of N{what}", f"{group}: segments", f"{group}: per 1,000 words"


def _group(row: Row, counted: str) -> Iterator[tuple[str, object]]:
    values = f"{row[counted]} of {row[_BASES[counted]]}", row["segments"], row["rate_mean"]
    yield from zip(_names(row["group"], counted), values, strict=True)


def _group_meanings(groups: Mapping[str, int], counted: str) -> dict[str, str]:
    what = (
        f"{counted} of the group with at least one coding, of all",
        "segments of the group with at least one coding",
        f"mean over the group's {counted} of segments with a coding per 1,000 of their words",
    )
    return dict(pair for group in groups for pair in zip(_names(group, counted), what, strict=True))


def _carried(rows: list[Row], counted: str) -> Iterator[str]:
    for row in rows:
        if row[counted] > 1 and row["largest_share"] > CARRIED and row["largest_share_from"]:
            yield f"{row['largest_share_from']} ({row['largest_share']:.0%} of {row['group']})"


def readable_quotes(coded: Coded, table: pd.DataFrame) -> pd.DataFrame:
    """Lay quotes out for readers: what an article prints, under labels.

    Args:
        coded (Coded): The run, for labels.
        table (pandas.DataFrame): What `hrcode.quotes` gave.

    Returns:
        pandas.DataFrame: One row a quote.
    """
    names = {(entry.category, entry.subcategory): entry for entry in coded.frame}
    import pandas as pd

    made = pd.DataFrame(
        [
            (names[key].category_label, names[key].label, row["stance"], row["group"], row["article"])
            for row in table.to_dict("records")
            for key in [(row["category"], row["subcategory"])]
        ],
        columns=["Category", "Subcategory", "Stance", "Group", "Quote"],
    )
    quote = "who says it, and the segment; <...> where the turn goes on"
    made.attrs = {**table.attrs, "meanings": {**_MEANINGS, "Group": "group of participants", "Quote": quote}}
    return made
