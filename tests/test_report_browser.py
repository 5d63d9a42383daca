"""The report in a real browser, opened from disk: what a reader with a mouse, keys or a phone can do."""

import os
import re
import shutil
from pathlib import Path

import pytest

from builders import code_study, make_codebook
from hrcode.codebook.load import load_codebook
from hrcode.coding.code import code
from hrcode.report.write import write_report
from hrcode.transcripts.load import load_transcripts

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def _needed(found, what):
    """Skip where something is missing, unless every test has to run."""
    if not found:
        assert not os.environ.get("HRCODE_ALL_TESTS"), f"{what} is not installed"
        pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="module")
def browser():
    program = next(filter(None, map(shutil.which, NAMES)), None)
    _needed(program, "chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _needed(None, "playwright (the extra hrcode[ci])")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample study's report."""
    book = load_codebook(ROOT / "codebooks" / "harm_reduction.yaml")
    coded = code(load_transcripts(ROOT / "transcripts"), book)
    return write_report(coded, tmp_path_factory.mktemp("sample") / "report.html", codebook=book)


FRAME = {
    "food/cooks": ["cook", "bake"],
    "food/shares": ["share", "soup"],
    "-food/wastes": ["throw"],
    "garden/digs": ["dig"],
}
FILES = {
    "A1.txt": "I: And?\nA1: I cook soup and dig. The sea is near.\n\nI: Ah.\nA1: Nothing else.\n",
    "B1.txt": "B1: I bake. They throw it away. We never dig.\nB1: \u05d0\u05e0\u05d9 soup \u05e9\u05dc.\n",
    "participants.csv": "participant,group\nA1,A\nB1,B\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The report of a study small enough to count everything in it."""
    folder = tmp_path_factory.mktemp("small")
    coded = code_study(folder / "study", FILES, FRAME)
    return write_report(coded, folder / "report.html", codebook=make_codebook(FRAME))


@pytest.fixture
def visit(browser):
    """Open a report; fails if the page complains or asks for anything but itself."""
    contexts, complaints, requests = [], [], []

    def _open(path, *, scheme="light", size=WIDE, **options):
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        return page

    yield _open
    for context in contexts:
        context.close()
    assert [] == complaints
    assert len(contexts) == len(requests)
    assert all(url.startswith("file:") for url in requests)


def test_browser_a_number_opens_the_quotes_of_its_group(visit, sample):
    page = visit(sample)
    button = page.get_by_role("button", name="2/4 in L: quotes on 1.3")

    assert "false" == button.get_attribute("aria-expanded")
    button.click()

    assert "true" == button.get_attribute("aria-expanded")
    quotes = page.locator("#q1-3 li:visible")
    assert quotes.count() == 4
    assert {"L1", "L3"} == set(quotes.locator("cite").all_inner_texts())
    page.get_by_role("button", name="2/4 in S: quotes on 1.3").click()
    assert {"S2", "S3"} == set(quotes.locator("cite").all_inner_texts())
    assert "false" == button.get_attribute("aria-expanded")


def test_browser_a_quote_leads_to_its_place_in_the_transcript(visit, sample):
    page = visit(sample)
    page.get_by_role("button", name="2/4 in L: quotes on 1.3").click()
    quote = page.locator("#q1-3 li:visible").first

    quote.get_by_role("link").click()

    passage = page.locator(page.evaluate("location.hash"))
    assert passage.is_visible()
    assert quote.locator("mark").inner_text() in passage.inner_text()


def _marked(page):
    """Count the marked passages that can be seen."""
    return page.locator("a.m:not(.muted):visible").count()


def test_browser_filters_leave_what_is_asked_for(visit, small):
    page = visit(small)
    page.get_by_role("button", name="Open all").click()
    everything = _marked(page)
    assert everything == 6
    assert "6 of 6 codings, 2 of 2 transcripts" == page.inner_text("#count")

    page.get_by_label("Group").select_option("A")
    assert (3, "3 of 6 codings, 1 of 2 transcripts") == (_marked(page), page.inner_text("#count"))
    page.get_by_label("Category").select_option("2 Garden")
    assert (1, "1 of 6 codings, 1 of 2 transcripts") == (_marked(page), page.inner_text("#count"))
    page.get_by_label("only turns").check()
    assert 1 == page.locator(".turn:visible").count()
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Stance").select_option("departs")
    assert "1 of 6 codings, 2 of 2 transcripts" == page.inner_text("#count")
    page.get_by_role("button", name="Clear").click()
    assert everything == _marked(page)


def test_browser_a_passage_says_why_it_is_marked(visit, small):
    page = visit(small)
    page.get_by_role("button", name="Open all").click()
    passage = page.get_by_role("link", name=re.compile("^throw"))

    passage.hover()

    note = page.get_by_role("tooltip")
    assert "1.3 Food: Wastes (departs)" in note.inner_text()
    assert "throw" in note.locator("code").inner_text()
    assert "tip" == passage.get_attribute("aria-describedby")
    page.keyboard.press("Escape")
    assert note.is_hidden()


def test_browser_works_with_keys_alone(visit, small):
    page = visit(small)

    page.keyboard.press("Tab")
    assert "Skip to the findings" == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")
    page.locator("td button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("tr.quotes.open").count() == 1
    page.locator(".transcript summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "m c1 applies" == page.evaluate("document.activeElement.className")
    assert page.get_by_role("tooltip").is_visible()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert "solid" == outline
    page.keyboard.press("Enter")
    assert "#d1-1" == page.evaluate("location.hash")
    assert page.locator("#d1-1").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_dark_and_light(visit, small, scheme):
    page = visit(small, scheme=scheme)
    brightness = "parseInt(getComputedStyle(document.body).backgroundColor.slice(4))"
    assert (page.evaluate(brightness) > 128) == (scheme == "light")

    page.get_by_role("button", name="Dark").click()

    assert (page.evaluate(brightness) > 128) == (scheme == "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_browser_accessibility_has_no_serious_findings(visit, small, scheme, size):
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        _needed(None, "axe-playwright-python (the extra hrcode[ci])")
    page = visit(small, scheme=scheme, size=size)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.locator("td button").first.click()
    page.locator("a.m").first.focus()

    found = Axe().run(page).response["violations"]

    grave = [
        (v["id"], [node["html"] for node in v["nodes"]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert [] == grave


def test_browser_phone_scrolls_down_only(visit, sample):
    page = visit(sample, size=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.locator("td button").first.click()
    page.locator("a.m").last.focus()

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_browser_reads_without_scripts(visit, sample):
    page = visit(sample, java_script_enabled=False)

    assert page.get_by_role("heading", name="Where they differ").is_visible()
    assert page.locator("#filter").is_hidden()
    assert page.get_by_text("Quotes: 6").first.is_visible()
    page.get_by_text("Quotes: 6").first.click()
    assert 6 == page.locator("#q1-3 li:visible").count()


def test_browser_prints_without_its_controls(visit, sample):
    page = visit(sample, scheme="dark")

    page.emulate_media(media="print")

    assert page.locator("nav").is_hidden()
    assert page.locator("#filter").is_hidden()
    assert page.locator("#picture").is_visible()
    assert "rgb(255, 255, 255)" == page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_browser_hostile_text_is_shown_and_does_nothing(visit, tmp_path):
    bad = (
        "<script>alert(1)</script> <img src=x onerror=alert(2)> ]]> \u202eevil\u202c \u2028 soup " + "x" * 900
    )
    files = {
        "A1.txt": f"I: {bad}\nA1: We had {bad}. {'And more soup then. ' * 250}\n",
        "B1.txt": "B1: Soup.\n",
        "participants.csv": f"participant,group\nA1,<b>{'long' * 30}</b>\nB1,B\n",
    }
    path = write_report(code_study(tmp_path / "study", files, FRAME), tmp_path / "r.html", title=bad)
    page = visit(path, size=PHONE)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    page.get_by_role("button", name="Open all").click()
    page.locator("a.m").first.hover()

    assert [] == dialogs
    assert page.locator(".turn img, h1 script, .group b b").count() == 0
    assert "<img src=x onerror=alert(2)>" in page.locator(".turn").first.inner_text()
    assert 250 < page.locator("a.m").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
