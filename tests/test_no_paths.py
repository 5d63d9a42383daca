"""Results, pages and exports name no place on the user's disk, and nobody's real name."""

import zipfile

import pytest
from typer.testing import CliRunner

from builders import codebook_text, write_files
from hrcode.cli.app import app

FRAME = {"food/cooks": ["cook soup"], "-food/wastes": ["throw ... away"]}
FILES = {
    "deep/A1.txt": "Interviewer: And?\nRuthie: I cook soup.\nWarning: hot.\n",
    "A2.txt": "Interviewer: And?\nA2: I never throw it away. I cook soup.\nA3: Yes.\n",
    "A4.md": "# Head\n\nA4: I cook soup daily.\nA4: And more.\n",
    "participants.csv": "participant,group,name,aliases,note\nA1,A,Ruth Ellery,Ruthie,x\nA2,A,Bob Bexley,,y\n"
    "A3,B,,,\nA4,B,,,\nA5,B,,,\n",
}
MADE = [
    ["report", "{}/results", "--out", "{}/made/report.html"],
    [
        "export",
        "{}/results",
        "--out",
        "{}/made/tables",
        "--format",
        "csv",
        "--format",
        "json",
        "--format",
        "html",
    ],
    ["export", "{}/results", "--out", "{}/made/book.xlsx"],
    ["export", "{}/results", "--out", "{}/made/book.docx"],
    ["plot", "comparison", "{}/results", "--out", "{}/made/plot.svg"],
]
PRINTED = [
    ["compare", "{}/results"], ["compare", "{}/results", "--format", "json"], ["matrix", "{}/results"],
    ["quotes", "{}/results", "--context", "2"], ["quotes", "{}/results", "--format", "json"],
    ["kwic", "soup", "{}/results"], ["cooccur", "{}/results"], ["keywords", "{}/results"],
    ["uncoded", "{}/results", "--show", "segments"], ["coverage", "{}/results"],
    ["participants", "{}/results"], ["participants", "{}/results", "--list", "--format", "json"],
]  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("my_secret_place")
    write_files(folder / "talks", FILES)
    (folder / "kitchen.yaml").write_text(codebook_text(FRAME))
    run(folder, "code", "{}/talks", "--codebook", "{}/kitchen.yaml", "--out", "{}/results")
    return folder


def run(folder, *args):
    done = CliRunner().invoke(app, [arg.format(folder) for arg in args])
    assert done.exit_code == 0, done.output
    return done


def told(content):
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    return [word for word in ("secret_place", "Ruth", "Ellery", "Bexley") if word in text]


def test_no_paths_in_results(study):
    for path in (study / "results").iterdir():
        assert [] == told(path.read_bytes()), path.name


@pytest.mark.parametrize("args", PRINTED, ids=lambda args: args[0])
def test_no_paths_in_what_is_printed(study, args):
    assert [] == told(run(study, *args).stdout)


@pytest.mark.parametrize("args", MADE, ids=lambda args: " ".join(args[-2:]))
def test_no_paths_in_pages_and_exports(study, args):
    run(study, *args)
    for path in (study / "made").rglob("*"):
        if path.is_file():
            assert [] == told(path.read_bytes()), path.name
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as package:
                    assert [] == [name for name in package.namelist() if told(package.read(name))]
