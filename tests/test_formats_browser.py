"""A table as a page, in a real browser: nothing runs, nothing is fetched, and everybody can read it."""

import pytest

from hrcode.exchange.formats.web_page import book_html
from hrcode.exchange.sheet import sheet_of
from test_formats import CASES, ODD
from test_report_browser import browser  # noqa: F401 (a fixture)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formats_html_opens_in_a_browser_and_is_accessible(browser, tmp_path, scheme):  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra hrcode[ci]")
    (tmp_path / "page.html").write_text(
        book_html([sheet_of(table, "t", name) for name, table in CASES.items()]), encoding="utf-8"
    )
    said, asked = [], []
    page = browser.new_page(color_scheme=scheme)
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))

    page.goto((tmp_path / "page.html").as_uri())

    assert ([], 1) == (said, len(asked))
    assert [] == [found["id"] for found in axe.Axe().run(page).response["violations"]]
    cells = page.locator("table").first.locator("tbody tr").nth([*ODD].index("html")).locator("td")
    assert ODD["html"] == cells.first.text_content()
    page.close()
