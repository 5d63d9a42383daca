"""``hrcode plot`` as a user calls it."""

import sys

import pytest
from typer.testing import CliRunner

from builders import make_coded
from hrcode.cli.app import app
from hrcode.exchange.results import write_results

PLOTS = ("comparison", "heatmap", "coverage", "cooccurrence")
PEOPLE = {f"P{i}": f"G{i % 2}" for i in range(8)}
CODINGS = [(0, "food/cooks"), (1, "food/cooks"), (0, "food/wastes"), (3, "food/wastes")]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study") / "results"
    write_results(
        make_coded(PEOPLE, [(p, 30) for p in PEOPLE], CODINGS, ["food/cooks", "-food/wastes"]), folder
    )
    return folder


def run(*args):
    return CliRunner().invoke(app, ["plot", *map(str, args)], prog_name="hrcode", env={"NO_COLOR": "1"})


@pytest.mark.parametrize("plot", PLOTS)
def test_plot_writes_a_file_and_prints_the_caption(results, tmp_path, plot):
    done = run(plot, results, "--out", tmp_path / "deep" / "figure.svg")
    assert (0, None) == (done.exit_code, done.exception)
    assert (tmp_path / "deep" / "figure.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert 1 <= len(done.stdout.splitlines()) < 10
    assert done.stdout.endswith(".\n")
    assert f"Wrote {tmp_path / 'deep' / 'figure.svg'}" in done.stderr


@pytest.mark.parametrize("plot", PLOTS)
def test_plot_help_has_an_example(plot):
    assert f"Example: hrcode plot {plot}" in " ".join(run(plot, "--help").stdout.split())


WRONG = {
    "ending": (["--out", "figure.jpg"], ".svg, .pdf, .png"),
    "no ending": (["--out", "figure"], ".svg, .pdf, .png"),
    "level": (["--out", "f.svg", "--level", "total"], "There are: category, subcategory."),
    "width": (["--out", "f.svg", "--width", "wide"], "single, double"),
    "narrow": (["--out", "f.svg", "--width", "151"], "at least"),
    "category": (["--out", "f.svg", "--category", "foood"], "Did you mean food?"),
    "by": (["--out", "f.svg", "--by", "gruop"], "Did you mean group?"),
}


@pytest.mark.parametrize(("args", "words"), WRONG.values(), ids=WRONG)
def test_plot_wrong_options_say_what_is_right(results, tmp_path, monkeypatch, args, words):
    monkeypatch.chdir(tmp_path)
    done = run("comparison", results, *args)
    assert (2, True) == (done.exit_code, words in " ".join(done.stderr.split()))
    assert [] == [*tmp_path.iterdir()]


def test_plot_without_results_says_how_to_make_them(tmp_path):
    done = run("coverage", tmp_path / "nowhere", "--out", tmp_path / "f.svg")
    assert (2, True) == (done.exit_code, "hrcode code" in done.stderr)


def test_plot_into_a_file_that_is_a_folder_is_refused(results, tmp_path):
    (tmp_path / "f.svg").mkdir()
    done = run("coverage", results, "--out", tmp_path / "f.svg")
    assert (2, True) == (done.exit_code, "cannot be written" in done.stderr)


def test_plot_without_matplotlib_names_the_extra(results, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("matplotlib", "hrcode.figures"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = run("coverage", results, "--out", tmp_path / "f.svg")
    assert (2, True) == (done.exit_code, "pip install 'hrcode[plots]'" in done.stderr)
