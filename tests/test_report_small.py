"""A report, and quotes, without small groups: nothing in them holds a trace of these people."""

import html
import re

import pytest

from builders import code_study
from hrcode.errors import StudyError
from hrcode.exchange.results import write_results
from hrcode.report.write import write_report
from test_cli import run
from test_small import WITH, WITHOUT

LEFT_OUT = "1 group of fewer than 2 participants left out"
# Zed is the only judge. He speaks alone, with Ann's group, and together with Ann.
FILES = {
    "t1.txt": "I: Hm?\nAnn: We cook soup here. Nobody wastes it.\nBob: We dig and we bake bread.\n",
    "t2.txt": "I: So, zigzag?\nZed: I cook soup with zucchini.\nAnn: We share the soup then.\n"
    "Ann & Zed: We never throw zinnias away.\nZed: I do not cook soup, zero.\n",
    "t3.txt": "I: And zircon?\nZed: I bake bread for zebras.\n",
    "t4.txt": "I: You?\nCat: I cook soup. I dig.\nDan: They throw bread away.\n",
    "participants.csv": "participant,group,town,consent\nAnn,Peers,Oslo,yes\nBob,Peers,Oslo,no\n"
    "Cat,Staff,Oslo,yes\nDan,Staff,Zaandam,yes\nZed,Zjudges,Zaandam,no\n",
}
TRACES = ["zed", "zigzag", "zucchini", "zinnias", "zero", "zircon", "zebra", "zjudges", "zaandam", "t3"]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    coded = code_study(folder / "study", FILES)
    write_results(coded, folder / "results")
    return folder / "results", coded


def page_of(results, tmp_path, *args):
    done = run("report", str(results), "--out", str(tmp_path / "r.html"), *args)
    assert 0 == done.exit_code, done.output
    return (tmp_path / "r.html").read_text(encoding="utf-8"), done


@pytest.mark.parametrize(
    "more", [[], ["--no-transcripts"], ["--quotes", "0"], ["--by", "group,town"], ["--by", "town"]]
)
def test_report_shows_no_trace_of_a_small_group(results, tmp_path, more):
    folder, coded = results
    whole, _ = page_of(folder, tmp_path)
    page, done = page_of(folder, tmp_path, "--hide-below", "2", *more)

    seen = html.unescape(page).casefold()
    assert [] == [word for word in TRACES if re.search(rf"\b{word}", seen)]
    assert coded.run["transcripts"]["t3"] not in page
    assert "zed" in whole.casefold(), "there is something to hide"
    assert "of fewer than 2 participants left out" in page
    assert "No part of it shows a group of fewer than 2 participants" in " ".join(done.stderr.split())


def test_report_keeps_the_others_whole(results, tmp_path):
    page, _ = page_of(results[0], tmp_path, "--hide-below", "2")

    for words in ("We cook soup here", "We share the soup then", "Peers", "Staff", LEFT_OUT):
        assert words in page.replace("<mark>", "") or words in re.sub(r"<[^>]*>", "", page)


def test_report_leaves_out_who_is_alone_in_several_attributes_together(results, tmp_path):
    """Cat and Dan are two of the staff, each alone in a town."""
    page, _ = page_of(results[0], tmp_path, "--hide-below", "2", "--by", "group,town")

    assert [] == re.findall(r"\b(?:Dan|Cat|Staff)\b", page)
    assert "Peers" in page


def test_report_hidden_is_the_report_of_a_study_without_them(tmp_path):
    hidden = write_report(WITH, tmp_path / "with.html", hide_below=3).read_text(encoding="utf-8")
    plain = write_report(WITHOUT, tmp_path / "without.html").read_text(encoding="utf-8")

    told = r"\s*<(\w+)[^>]*>1 group of fewer than 3 participants left out[^<]*</\1>"
    assert 1 == len(re.findall(told, hidden))
    # A turn has the number that it has in its transcript, whoever else speaks there.
    turns = r"t:[0-9]+\.1|<small>[0-9]+</small>"
    assert re.sub(turns, "", re.sub(told, "", hidden)) == re.sub(turns, "", plain)


@pytest.mark.parametrize(("below", "words"), [(1, "smallest number"), (9, "Every group")])
def test_report_refuses_to_hide(tmp_path, below, words):
    with pytest.raises(StudyError, match=words):
        write_report(WITH, tmp_path / "r.html", hide_below=below)
    assert [] == [*tmp_path.iterdir()]


def test_report_with_nothing_to_hide_is_the_same(tmp_path):
    one = write_report(WITHOUT, tmp_path / "one.html", hide_below=2).read_bytes()

    assert one == write_report(WITHOUT, tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize("more", [[], ["--style", "article"], ["--format", "json"], ["--context", "5"],
                                  ["--exemplars", "--spread"], ["--where", "town=Oslo"]])  # fmt: skip
def test_quotes_show_no_trace_of_a_small_group(results, more):
    done = run("quotes", str(results[0]), "--hide-below", "2", *more)

    assert 0 == done.exit_code, done.output
    seen = done.output.casefold()
    assert [] == [word for word in TRACES if re.search(rf"\b{word}", seen)]
    assert "cook soup here" in " ".join(seen.replace("»", "").replace("«", "").split())
    assert "1 group of fewer than 2" in " ".join(done.output.split())


def test_quotes_hide_who_is_alone_after_the_filter(results):
    """Two of the staff, one of whom is left by the filter."""
    done = run("quotes", str(results[0]), "--hide-below", "2", "--where", "town=Oslo")

    assert "Cat" in run("quotes", str(results[0]), "--where", "town=Oslo").stdout
    assert "Cat" not in done.stdout
