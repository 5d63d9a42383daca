"""LibreOffice opens what hrcode writes, and finds the numbers and words of the CSV in it."""

import os
import re
import shutil
import subprocess
from html import unescape

import pytest

from hrcode.analysis.compare import compare
from hrcode.exchange.formats.word import book_docx
from hrcode.exchange.formats.workbook import book_xlsx
from hrcode.exchange.sheet import sheet_of
from reading_back import READERS
from test_formats import CODED, as_read, in_common, odd_table

TABLES = {"odd": odd_table(), "comparison": compare(CODED)}
SHEETS = [sheet_of(table, name) for name, table in TABLES.items()]
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"  # all sheets, UTF-8
HTML = "html:HTML (StarWriter):EmbedImages"


@pytest.fixture
def convert(tmp_path):
    """Give a function that lets LibreOffice, with a profile of its own, save a file as others."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        assert not os.environ.get("HRCODE_ALL_TESTS"), "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")

    def converted(name, content, target):
        (tmp_path / name).write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", target]
        command += ["--outdir", str(tmp_path / "out"), str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return {path.stem: path.read_bytes().decode("utf-8-sig") for path in (tmp_path / "out").iterdir()}

    return converted


@pytest.mark.slow
def test_office_workbook_opens_with_what_the_csv_holds(convert):
    made = convert("tables.xlsx", book_xlsx(SHEETS), CSV)

    assert {"tables-odd", "tables-comparison", "tables-columns"} == set(made)
    for name, table in TABLES.items():
        head, rows = READERS["csv"](made[f"tables-{name}"])
        assert as_read("csv", table) == (head, [[*map(in_common, row)] for row in rows])


@pytest.mark.slow
def test_office_word_document_opens_with_what_the_csv_holds(convert):
    page = convert("tables.docx", book_docx(SHEETS), HTML)["tables"]

    cells = re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.sub(r"<br[^>]*>", " ", page), re.S)
    texts = [" ".join(unescape(re.sub(r"<[^>]*>", "", cell)).split()) for cell in cells]
    read = [as_read("csv", table) for table in TABLES.values()]
    expected = [cell for head, rows in read for row in (head, *rows) for cell in row]
    assert expected == [in_common(text) for text in texts]
