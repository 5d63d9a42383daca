"""The report's file: one page, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from hrcode.analysis.hide import hide_small
from hrcode.codebook.model import Codebook
from hrcode.coding.model import Coded
from hrcode.errors import ResultsError, StudyError
from hrcode.files import is_own_page
from hrcode.report.definitions import check_codebook_of
from hrcode.report.page import page
from hrcode.report.view import report_view
from hrcode.writing import replace_files

QUOTES = 20


def write_report(
    coded: Coded,
    path: str | Path,
    *,
    title: str = "",
    codebook: Codebook | None = None,
    transcripts: bool = True,
    quotes: int = QUOTES,
    hide_below: int = 0,
    by: str | None = None,
) -> Path:
    """Write a run as one HTML page that opens from disk and fetches nothing.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        path (str | Path): The file; an earlier report there is replaced.
        title (str): The page's title; by default it says who is compared.
        codebook (Codebook | None): The codebook of the run, whose definitions are then in the page.
        transcripts (bool): Whether the transcripts are in it.
        quotes (int): Most quotes of a code, and most near misses; 0 for none.
        hide_below (int): Groups of fewer participants are left out of every part of the page, with all
            that is said by, with or to them; 0 for none.
        by (str | None): Attribute that makes these groups, or up to three with commas; by default the
            run's. The page compares the run's groups, so those of them that are then too small go, too.

    Returns:
        Path: The file.

    Raises:
        ResultsError: When it cannot be written, or would replace a file that is no report.
        StudyError: When the codebook is not that of the run, the number of quotes is below 0, or
            every group would be hidden.
    """
    target = Path(path)
    check_report_target(target)
    if quotes < 0:
        raise StudyError(f"The number of quotes is 0 or more, not {quotes}.")
    if codebook:
        check_codebook_of(coded, codebook)
    for names in dict.fromkeys((by, None)) if hide_below else ():
        coded = hide_small(coded, hide_below, names)
    view = report_view(coded, title=title, codebook=codebook, transcripts=transcripts, quotes=quotes)
    replace_files(target.parent, {target.name: page(view)}, error=ResultsError)
    return target


def check_report_target(path: str | Path) -> None:
    """Refuse, before any work, to replace a file that is not a report.

    Args:
        path (str | Path): The file; it need not exist.

    Raises:
        ResultsError: When it is a folder, or a file that hrcode did not write as a report.
    """
    target = Path(path)
    if target.is_dir():
        raise ResultsError(f"{target}: is a folder; name a file, such as {target / 'report.html'}.")
    if target.exists() and not is_own_page(target):
        raise ResultsError(f"{target}: is there, and is no report of hrcode. Choose another --out.")
