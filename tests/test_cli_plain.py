"""Plain lines: as wide as the terminal, whole, and harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_study, write_files
from hrcode.cli.plain import MIN_WIDTH, print_filled, terminal_width
from test_cli import CODE, run

LONG = " ".join(["a definition of many words that has no end and says all that there is to say,"] * 4)
# Two codebooks of long definitions and long indicators, and what one says that the other does not.
OLD = {"food/cooks": ["(cook|boil|fry|bake|roast|grill|stew) (the|a|some|our|their|my) (soup|stew|bread)"]}
NEW = {"food/cooks_for_all": OLD["food/cooks"], "food/shares": ["(share|give|pass|hand) (round|out|on) " * 6]}
COMMANDS = [
    ["codebook", "diff", "kitchen.yaml", "new.yaml"],
    ["codebook", "diff", "kitchen.yaml", "new.yaml", "--on", "interviews"],
    ["codebook", "test", "kitchen.yaml", "--on", "interviews"],
    ["explain", "We cook the soup for all who come, and nobody pays for it.", "--codebook", "kitchen.yaml"],
    ["coverage", "--plan", "0.2"],
    ["export", "results"],
    ["plot", "comparison", "results", "--out", "f.svg"],
    ["plot", "heatmap", "results", "--out", "f.svg"],
    ["plot", "coverage", "results", "--out", "f.svg"],
    ["report", "results"],
]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    files = {"A1.txt": "A1: We cook the soup for all who come here, as long as there is some left in it.\n"}
    folder = make_study(tmp_path_factory.mktemp("plain"), files, OLD)
    make_study(folder / "new", files, NEW)
    for path, label in ((folder / "kitchen.yaml", "Invented."), (folder / "new" / "kitchen.yaml", LONG)):
        path.write_text(path.read_text("utf-8").replace("definition: Invented.", f"definition: {label}"))
    (folder / "new" / "kitchen.yaml").rename(folder / "new.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == run(*CODE).exit_code
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("width", [None, 40, 100])
@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(c[:2]) for c in COMMANDS])
def test_plain_lines_fit_the_terminal(study, monkeypatch, command, width):
    monkeypatch.chdir(study)
    if width:
        monkeypatch.setenv("COLUMNS", str(width))

    done = run(*command)

    assert done.exit_code in (0, 1), done.output
    widest = max(len(line.rstrip()) for line in done.output.splitlines())
    assert widest <= max(MIN_WIDTH, width or 80)


# Without what Python takes for a blank or the end of a line.
SIGNS = st.characters(codec="utf-8", exclude_characters="\x85\x1c\x1d\x1e\x1f\u2028\u2029")


@given(st.text(SIGNS, max_size=300), st.text(" >-:", max_size=8))
def test_plain_lines_keep_every_sign(text, first):
    with pytest.MonkeyPatch.context() as patch:
        said = []
        patch.setattr("typer.echo", said.append)
        print_filled(text, first)

    def signs(found):
        return "".join("\ufffd" if sign < " " or "\x7f" <= sign < "\xa0" else sign for sign in found)

    assert "".join(signs("".join((first + text).split())).split()) == "".join(said[0].split())
    assert max(map(len, said[0].split("\n"))) <= terminal_width()


@pytest.mark.slow
def test_plain_lines_do_not_steer_the_terminal(study, monkeypatch):
    monkeypatch.chdir(study)
    write_files(study, {"odd/A1.txt": "A1: We cook \x1b]0;owned\x07 soup, cook the \x1b[31m soup.\n"})

    done = run("codebook", "diff", "kitchen.yaml", "new.yaml", "--on", "odd")

    assert "\x1b" not in done.output + run("explain", "cook the \x1b soup").output
