"""Every command that reads results, on results that are missing, broken, edited, or odd."""

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from builders import make_coded
from hrcode.cli.app import app
from hrcode.exchange.results import write_results

COMMANDS = {
    "compare": ["compare", "RESULTS"],
    "differences": ["compare", "RESULTS", "--p"],
    "sensitivity": ["compare", "RESULTS", "--sensitivity"],
    "quotes": ["quotes", "RESULTS"],
    "kwic": ["kwic", "word", "RESULTS"],
    "matrix": ["matrix", "RESULTS"],
    "cooccur": ["cooccur", "RESULTS"],
    "coverage": ["coverage", "RESULTS"],
    "uncoded": ["uncoded", "RESULTS"],
    "keywords": ["keywords", "RESULTS"],
    "report": ["report", "RESULTS", "--out", "OUT/report.html"],
    "plot comparison": ["plot", "comparison", "RESULTS", "--out", "OUT/f.svg"],
    "plot heatmap": ["plot", "heatmap", "RESULTS", "--out", "OUT/f.svg"],
    "plot coverage": ["plot", "coverage", "RESULTS", "--out", "OUT/f.svg"],
    "plot cooccurrence": ["plot", "cooccurrence", "RESULTS", "--out", "OUT/f.svg"],
}
FRAME = ["food/cooks", "food/shares", "-food/wastes"]
CODINGS = [(0, "food/cooks"), (0, "food/shares"), (1, "food/wastes"), (2, "food/cooks")]


def people(*towns):
    """Give people P0, P1... of two groups in turn; an empty town is not stated."""
    return {f"P{i}": {"group": f"G{i % 2}", "town": town} for i, town in enumerate(towns)}


def run(command, results, out, *more):
    places = {"RESULTS": str(results)}
    arguments = [places.get(part, part).replace("OUT/", f"{out}/") for part in COMMANDS[command]]
    environment = {"COLUMNS": "80", "NO_COLOR": "1"}
    return CliRunner().invoke(app, [*arguments, *more], prog_name="hrcode", env=environment)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    who = people("north", "north", "south", "south")
    folder = tmp_path_factory.mktemp("sound") / "results"
    write_results(make_coded(who, [(person, 20) for person in who], CODINGS, FRAME), folder)
    return folder


def half_written(folder):
    (folder / "codings.csv").unlink()
    (folder / "near_misses.csv").unlink()


def cut_off(folder):
    text = (folder / "segments.csv").read_text(encoding="utf-8")
    (folder / "segments.csv").write_text(text[: len(text) * 2 // 3 - 3], encoding="utf-8")


def other_version(folder):
    found = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps({**found, "format": 7}), encoding="utf-8")


def edited(folder):
    text = (folder / "codings.csv").read_text(encoding="utf-8")
    (folder / "codings.csv").write_text(text.replace("food,cooks", "food,boils", 1), encoding="utf-8")


def code_gone(folder):
    """Take a subcategory out of the codebook of the run, as if it had never been."""
    found = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    found["frame"] = [entry for entry in found["frame"] if entry["subcategory"] != "wastes"]
    (folder / "run.json").write_text(json.dumps(found), encoding="utf-8")


BROKEN = {
    "missing": (shutil.rmtree, r"no results here\. Run `hrcode code"),
    "half-written": (half_written, r"codings\.csv, near_misses\.csv is missing\. Run `hrcode code`"),
    "cut off": (cut_off, r"segments\.csv:\d+: error: the row has \d+ cells"),
    "another version": (other_version, r"run\.json: was written by another version.*Run `hrcode code`"),
    "edited": (edited, r"codings\.csv:2:8: error: food/boils"),
    "a code that the codebook no longer has": (code_gone, r"codings\.csv:4:8: error: food/wastes"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("spoil", "words"), BROKEN.values(), ids=BROKEN)
def test_broken_results_say_what_and_what_next(sound, tmp_path, command, spoil, words):
    folder = tmp_path / "results"
    shutil.copytree(sound, folder)
    spoil(folder)
    done = run(command, folder, tmp_path)
    assert (2, "") == (done.exit_code, done.stdout)
    assert re.search(words, " ".join(done.stderr.split()))
    assert "Traceback" not in done.output
    assert not [*tmp_path.glob("*.svg"), *tmp_path.glob("*.html")]


def said(who, words=20):
    return [(person, words) for person in who]


FEW = CODINGS[:3]
SOME, THREE = people("north", "", "north", ""), people("north", "north", "south")
TWO, FOUR = people("north", "south"), people("north", "south", "south", "north")
MANY = people(*(f"town {i}" for i in range(40)))
ODD = {  # participants, segments, codings, options
    "attribute missing for some": (SOME, said(SOME), CODINGS, ["--by", "town"]),
    "a person without a word": (THREE, said(THREE)[:2], FEW, ["--where", "town=north"]),
    "a person with words that are none": (TWO, said(TWO, 0), FEW, []),
    "nobody says anything": (TWO, [("", 20)], [], []),
    "no codings": (TWO, said(TWO), [], []),
    "groups of one": (TWO, said(TWO), FEW, []),
    "forty groups": (MANY, said(MANY), CODINGS, ["--by", "town"]),
    "groups by two": (FOUR, said(FOUR), CODINGS, ["--by", "town,group"]),
}
NO_BY = {"report", "plot cooccurrence"}  # they have groups of their own, or none
REFUSALS = ("nothing to draw", "one group only")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("who", "segments", "codings", "more"), ODD.values(), ids=ODD)
def test_odd_studies_give_numbers_or_say_why_not(tmp_path, command, who, segments, codings, more):
    fitting = [coding for coding in codings if coding[0] < len(segments)]
    write_results(make_coded(who, segments, fitting, FRAME), tmp_path / "results")
    if command == "report" or (command in NO_BY and "--by" in more):
        more = []
    done = run(command, tmp_path / "results", tmp_path, *more)
    drawn = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("f.svg"))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not re.search(r"\b(nan|NaN|inf|None)\b", done.output)
    assert not re.search(r"nan|inf\b|>None<", drawn)
    assert 0 == done.exit_code or any(words in done.stderr for words in REFUSALS)
