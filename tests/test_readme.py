"""README's commands are run, and its screens are compared with what they print."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OMITTED = "[...]"
PAGES = [
    "README.md",
    "docs/claims.md",
    "docs/compare.md",
    "docs/figures.md",
    "docs/participants.md",
    "docs/report.md",
    "docs/transcripts.md",
]


def _blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A copy of the repository's study, so that the commands find what README promises."""
    folder = tmp_path_factory.mktemp("study")
    for name in ("transcripts", "codebooks"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("study.yaml", "claims.yaml"):
        shutil.copy(ROOT / name, folder)
    return folder


def _run(command, folder, codes=(0,)):
    """Run a shell line with `hrcode` meaning the one under test; give stdout and stderr as one text."""
    python = f'"{sys.executable}" -m hrcode'
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        re.sub(r"^hrcode\b", python.replace("\\", "\\\\"), command),
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode in codes, done.stdout
    return [line.rstrip() for line in done.stdout.splitlines()]


def _screens(page):
    """The commands of a page's console blocks, each with the lines shown below it."""
    screens = []
    for line in "".join(re.findall(r"```console\n(.*?)```", page, re.S)).splitlines():
        if line.startswith("$ "):
            screens.append((line[2:], []))
        else:
            screens[-1][1].append(line)
    return screens


def test_readme_quick_start_is_two_lines():
    section = README.split("## Quick start\n")[1].split("\n## ")[0]

    (block,) = re.findall(r"```bash\n(.*?)```", section, re.S)

    lines = block.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("hrcode code transcripts/")
    assert lines[1].endswith("pytest")


@pytest.mark.slow
def test_readme_commands_run(study):
    commands = [line for block in _blocks("bash")[1:] for line in block.splitlines() if line.strip()]

    assert len(commands) >= 8
    # Those of the tour need results; the README's own first tour command makes them.
    commands.sort(key=lambda line: not line.startswith("hrcode code "))
    for command in commands:
        _run(command, study)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_readme_screens_are_real(study, page):
    text = (ROOT / page).read_text(encoding="utf-8")
    _run("hrcode code transcripts/", study)
    for command, shown in _screens(text):
        printed = _run(command, study, codes=(0, 1))  # 1: findings, such as a claim that fails
        for part in "\n".join(shown).split(f"{OMITTED}\n"):
            lines = part.strip("\n").splitlines()
            places = [i for i in range(len(printed)) if printed[i : i + len(lines)] == lines]
            assert places, f"{command} does not print:\n{part}\nbut:\n" + "\n".join(printed)


@pytest.mark.slow
def test_readme_python_runs(study):
    (code,) = _blocks("python")
    shutil.rmtree(study / "results", ignore_errors=True)

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=study, capture_output=True, text=True, timeout=300
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (study / "results" / "codings.csv").exists()
