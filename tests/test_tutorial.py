"""The Python pages of docs/ are run from top to bottom, and what they show is what is printed."""

import contextlib
import io
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrcode.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
OMITTED = "[...]\n"
BLOCKS = re.compile(r"```python\n(.*?)```(?:\n```text\n(.*?)```)?", re.S)


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Stand in a copy of the sample study."""
    for name in ("transcripts", "codebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "study.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_python(page):
    """Run a page's Python blocks, each in the names of those before; check what they show."""
    names: dict[str, object] = {}
    blocks = BLOCKS.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    for code, shown in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, page, "exec"), names)
        printed = "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
        at = 0
        for part in shown.split(OMITTED):
            assert part in printed[at:], f"{code}\nprints:\n{printed}"
            at = printed.index(part, at) + len(part)
        assert not shown or OMITTED in shown or printed.strip() == shown.strip(), (
            f"{code}\nprints:\n{printed}"
        )
    return len(blocks)


@pytest.mark.slow
def test_tutorial_prints_what_it_shows(study):
    assert run_python("tutorial.md") >= 10
    assert (study / "comparison.svg").exists()
    assert (study / "results" / "run.json").exists()


@pytest.mark.slow
def test_figures_page_runs(study):
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    CliRunner().invoke(app, ["code", "--quiet"])
    (block,) = re.findall(r"```bash\n(.*?)```", page, re.S)
    for line in block.splitlines():
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert 0 == done.exit_code, f"{line}: {done.output}"
    assert 1 == run_python("figures.md")
    assert {
        "autonomy.pdf",
        "comparison.pdf",
        "comparison.svg",
        "cooccurrence.svg",
        "coverage.png",
        "heatmap.pdf",
    } == {path.name for path in study.glob("*.???") if path.suffix in (".svg", ".pdf", ".png")}
