"""Tables of saved results: made in memory or, of an archive too large for that, out of core.

Each function gives the material, too: of a large archive the coding frame alone, or what the table needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrcode.archive.record import is_too_large, read_run
from hrcode.exchange.results import read_results

if TYPE_CHECKING:
    import pandas as pd

    from hrcode.analysis.compare import Comparison
    from hrcode.analysis.quote_filters import QuoteFilters
    from hrcode.coding.model import Coded


def is_large(folder: str | Path) -> bool:
    """Say whether results are an archive's that does not fit into memory."""
    run = read_run(folder)
    return run is not None and is_too_large(run)


def compare_saved(
    folder: str | Path, *, where: str | None = None, **options: Any
) -> tuple[Coded, Comparison]:
    """Compare groups of participants in saved results; options are those of `hrcode.compare`."""
    if is_large(folder):
        from hrcode.archive.coded.comparing import compare_archive_rows
        from hrcode.archive.coded.read import frame_of

        return frame_of(folder), compare_archive_rows(folder, where=where, **options)
    from hrcode.analysis.compare import compare_rows

    coded = read_results(folder, where=where)
    return coded, compare_rows(coded, where=where, **options)


def differences_saved(
    folder: str | Path, *, where: str | None = None, **options: Any
) -> tuple[Coded, pd.DataFrame]:
    """Say how far groups are apart in saved results; options are those of `hrcode.differences`."""
    if is_large(folder):
        from hrcode.archive.coded.differing import differences_archive
        from hrcode.archive.coded.read import frame_of

        return frame_of(folder), differences_archive(folder, where=where, **options)
    from hrcode.analysis.differences import differences

    coded = read_results(folder, where=where)
    return coded, differences(coded, where=where, **options)


def sensitivity_saved(
    folder: str | Path, *, where: str | None = None, **options: Any
) -> tuple[Coded, pd.DataFrame]:
    """Say what hangs on whom or what in saved results; options are those of `hrcode.sensitivity`."""
    if is_large(folder):
        from hrcode.archive.coded.leaving_out import sensitivity_archive
        from hrcode.archive.coded.read import frame_of

        return frame_of(folder), sensitivity_archive(folder, where=where, **options)
    from hrcode.analysis.sensitivity import sensitivity

    coded = read_results(folder, where=where)
    return coded, sensitivity(coded, where=where, **options)


def quotes_saved(
    folder: str | Path,
    filters: QuoteFilters,
    *,
    by: str | None = None,
    where: str | None = None,
    exemplars: bool = False,
    spread: bool = False,
    each: int | None = None,
    limit: int | None = None,
    context: int = 0,
    hide_below: int = 0,
) -> tuple[Coded, pd.DataFrame]:
    """Give quotes of saved results.

    Args:
        folder (str | Path): The results folder.
        filters (QuoteFilters): What the codings have to be.
        by (str | None): As `hrcode.quotes` takes it; the others likewise.
        where (str | None): Filter.
        exemplars (bool): Put the most telling first.
        spread (bool): One quote of every participant before the second of any.
        each (int | None): Most quotes of a subcategory.
        limit (int | None): Most quotes.
        context (int): Segments before and after.
        hide_below (int): Groups of fewer participants are left out.

    Returns:
        tuple[Coded, pandas.DataFrame]: The material (of a large archive as much as the quotes need), and
        what `hrcode.quotes` gives.

    Raises:
        ResultsError: When the results cannot be read.
        StudyError: When what is asked for does not occur, or is too much to rank.
    """
    from hrcode.analysis.quotes import quotes

    ranked = exemplars or spread or each is not None
    total = None
    if is_large(folder) and not (by or where or context or hide_below):
        from hrcode.archive.coded.quoting import MOST_QUOTES, coded_part

        coded, total = coded_part(folder, filters, limit=None if ranked else limit or MOST_QUOTES)
    else:
        coded = read_results(folder, where=where)
    asked = {} if total == 0 else filters._asdict()  # of nothing, every group would be unknown
    table = quotes(
        coded,
        **asked,
        by=by,
        where=where,
        exemplars=exemplars,
        spread=spread,
        each=each,
        limit=limit,
        context=context,
        hide_below=hide_below,
    )
    if total is not None and not ranked:
        table.attrs["total"] = total
    return coded, table
