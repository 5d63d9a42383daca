import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import hrcode
from builders import make_study

PACKAGE = Path(hrcode.__file__).parent
RANKS = {
    **dict.fromkeys(["errors", "_version", "schema", "spans", "hints", "wording"], 0),
    **dict.fromkeys(["files", "safe_regex", "writing", "yamltext"], 1),
    "zips": 2,
    **dict.fromkeys(["language", "sheets"], 3),
    **dict.fromkeys(["transcripts", "indicators"], 4),
    **dict.fromkeys(["codebook", "study"], 5),
    "coding": 6,
    "analysis": 7,
    **dict.fromkeys(["archive", "checks", "figures", "privacy", "start"], 8),
    "exchange": 9,
    "report": 10,
    "cli": 11,
    "__main__": 12,
}
# Which parts may import which outside packages; "types" only for type checks.
DOORS = {
    "yaml": {"yamltext": "always"},
    "spacy": {"language": "always"},
    "sentencex": {"language": "always"},
    "simplemma": {"language": "always"},
    "msgpack": {"language": "always"},
    "wordllama": {"language": "always"},
    "numpy": {"analysis": "always", "language": "always"},
    "py3langid": {"language": "always"},
    "openpyxl": {"sheets": "always", "exchange": "always"},
    "docx": {"transcripts": "always", "exchange": "always"},
    "pyarrow": {"exchange": "always"},
    "duckdb": {},  # archive/extras.py imports these by name
    "distributed": {},
    "fsspec": {},
    "pypdf": {"transcripts": "always"},
    "striprtf": {"transcripts": "always"},
    "lxml": {"transcripts": "always", "privacy": "always"},
    "pandas": {
        "analysis": "always",
        "archive": "always",
        "exchange": "always",
        "privacy": "types",
        "report": "types",
        "cli": "types",
    },
    "matplotlib": {"figures": "always"},
    "scipy": {},
    "statsmodels": {},
    "typer": {"cli": "always"},
    "rich": {"cli": "always"},
    "defusedxml": {"exchange": "always", "transcripts": "always"},
    "jinja2": {"report": "always"},
    "markupsafe": {"report": "always"},
    "cryptography": {"privacy": "always"},
}
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"  # the public names, imported when they are asked for
}


def part_of(module):
    return module.split("/")[0]


def imports(path):
    """Give (imported module, whether for type checks only) of a file."""
    found = []

    def walk(node, types):
        for child in ast.iter_child_nodes(node):
            guard = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            if isinstance(child, ast.Import):
                found.extend((alias.name, types) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path}: relative import"
                found.extend((f"{child.module}.{alias.name}", types) for alias in child.names)
            walk(child, types or guard)

    walk(ast.parse(path.read_text(encoding="utf-8")), False)
    return found


@pytest.mark.parametrize("module", MODULES)
def test_layers_every_part_has_a_rank(module):
    assert part_of(module) in RANKS


@pytest.mark.parametrize("module", MODULES)
def test_layers_imports_go_down(module):
    own = part_of(module)
    used = {name.split(".")[1] for name, _ in imports(MODULES[module]) if name.startswith("hrcode.")}
    assert [] == sorted(part for part in used if part != own and RANKS[part] >= RANKS[own])


def test_layers_no_folder_of_the_package_is_ignored_by_git():
    ignored = (PACKAGE.parent.parent / ".gitignore").read_text(encoding="utf-8").split()
    folders = {f"{path.name}/" for path in PACKAGE.rglob("*") if path.is_dir()} - {"__pycache__/"}
    assert set() == folders & {*ignored}


ARCHIVE = ["", "material", "work", "coded"]


@pytest.mark.parametrize("module", [name for name in MODULES if part_of(name) == "archive"])
def test_layers_imports_go_down_in_the_archive_room(module):
    def place(names):
        return ARCHIVE.index(names[1] if len(names) > 2 else "")

    names = [name.split(".")[1:-1] for name, _ in imports(MODULES[module])]
    used = {place(own) for own in names if own[:1] == ["archive"]}
    assert max(used, default=0) <= place(module.split("/"))


@pytest.mark.parametrize("module", MODULES)
def test_layers_outside_packages_have_one_door(module):
    wrong = []
    for name, types in imports(MODULES[module]):
        doors = DOORS.get(name.split(".")[0])
        if doors is not None and doors.get(part_of(module)) not in ("always", "types" if types else "always"):
            wrong.append(name)
    assert [] == wrong


def test_layers_are_those_of_the_architecture():
    text = (PACKAGE.parent.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = [line.split(" | ")[0] for line in text.split("## Rooms")[1].split("\n## ")[0].splitlines()]
    rooms = [re.findall(r"`(\w+)(?:/|\.py)`", row) for row in rows]
    ranks = [max(RANKS[part] for part in row) for row in rooms if row]

    assert {part for part in RANKS if not part.startswith("_")} == {part for row in rooms for part in row}
    assert sorted(ranks, reverse=True) == ranks


def test_layers_public_names_are_all_there():
    assert [] == [name for name in hrcode.__all__ if getattr(hrcode, name, None) is None]


def test_layers_unknown_public_name():
    with pytest.raises(AttributeError, match="codify"):
        hrcode.codify  # noqa: B018


RUN = "import sys; sys.argv = {}\nfrom hrcode.cli.app import main\ntry: main()\nexcept SystemExit: pass"
HEAVY = {"spacy", "pandas", "numpy", "yaml", "matplotlib", "rich", "pydantic"}
LIGHT = {
    "import": "import hrcode",
    "help": RUN.format(["hrcode", "--help"]),
    "help of a command": RUN.format(["hrcode", "code", "--help"]),
    "help of one in a group": RUN.format(["hrcode", "codebook", "validate", "--help"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("start", LIGHT.values(), ids=LIGHT)
def test_layers_start_loads_nothing_heavy(start):
    check = f"\nimport sys; print('LOADED', sorted({HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", start + check], capture_output=True, text=True, check=True)
    assert "LOADED []" == done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("args", "files"),
    [(["--help"], []), (["quotes", "--help"], ["choices", "formats", "options", "quotes"])],
)
def test_layers_only_the_command_asked_for_is_loaded(args, files):
    check = "\nprint('LOADED', *sorted(m for m in sys.modules if m.startswith('hrcode.cli.')))"
    start = RUN.format(["hrcode", *args]) + check
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    always = {"app", "commands"} | ({"guard", "interrupt"} if files else set())
    assert {f"hrcode.cli.{file}" for file in always | {*files}} == {*done.stdout.splitlines()[-1].split()[1:]}


CODE = ["hrcode", "code", "interviews", "--codebook", "kitchen.yaml", "--no-cache"]
LEAN = {
    "code": (CODE, "n/N"),
    "compare": (["hrcode", "compare"], "n/N"),
    "validate": (["hrcode", "codebook", "validate", "kitchen.yaml"], ""),
}


@pytest.mark.slow
@pytest.mark.parametrize(("args", "shown"), LEAN.values(), ids=LEAN)
def test_layers_phrases_and_their_comparison_need_neither_spacy_nor_pandas(tmp_path, args, shown):
    make_study(tmp_path)
    check = (
        "\nprint('LOADED', sorted({'spacy', 'pandas', 'numpy', 'hrcode.archive.work.part'} & {*sys.modules}))"
    )
    for command in (CODE, args):
        start = [sys.executable, "-c", RUN.format(command) + check]
        done = subprocess.run(start, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ("LOADED []", True) == (done.stdout.splitlines()[-1], shown in done.stdout)


@pytest.mark.slow
def test_layers_coding_with_phrases_loads_no_pipeline(tmp_path):
    (tmp_path / "book.yaml").write_text(
        "codebook: b\nversion: '1'\ncategories:\n  - {id: c, label: C, definition: D, subcategories: "
        "[{id: s, label: S, definition: D, indicators: [cook soup]}]}\n"
    )
    (tmp_path / "S1.txt").write_text("S1: I cook soup.\n")
    start = (
        "import sys\nfrom hrcode import code, load_codebook, load_transcripts\n"
        f"coded = code(load_transcripts({str(tmp_path)!r}), load_codebook({str(tmp_path / 'book.yaml')!r}))\n"
        "print(len(coded.codings), 'spacy' in sys.modules, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    assert "1 False False" == done.stdout.strip()
