import os
import random
import resource
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner

import hrcode
from builders import make_codebook, make_study, write_files
from hrcode.cli.app import app
from hrcode.coding import again
from hrcode.coding.cache import Cache, Damaged, cache_folder
from hrcode.coding.code import code
from hrcode.transcripts.load import load_transcripts
from test_properties import FRAMES, TALKS, load

KEYS = [f"{n:02x}" + f"{n:062x}" for n in range(40)]
FRAME = {
    "food/cooks": ["cook soup", "bake bread"],
    "food/shares": [{"phrase": "share", "with": {"code": "food/cooks", "in": "turn"}}],
    "garden/digs": ["dig"],
    "garden/sees": [{"phrase": "garden", "without": {"code": "food/shares", "in": "turn"}}],
}
FILES = {
    "A1.txt": "I: Do you cook soup?\nA1: I cook soup daily. We share it. We never bake bread.\n",
    "B1.txt": "I: And you?\nB1: I dig. The garden is »secretly« large. Nobody likes to dig there.\n",
    "B2.txt": "I: Hello.\nB2: I like the sea and the hills.\n",
    "participants.csv": "participant,group,town\nA1,A,north\nB1,B,north\nB2,B,south\n",
}


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.fixture
def looked(monkeypatch):
    """The transcripts that were looked through, with what for."""
    found = []
    real = again.find_evidence

    def find(transcript, segments, setup, only=None):
        found.append((transcript.id, None if only is None else sorted(only)))
        return real(transcript, segments, setup, only)

    monkeypatch.setattr(again, "find_evidence", find)
    return found


def entries(cache):
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def material(folder, files=FILES):
    return load_transcripts(write_files(folder / "talk", files))


def changed(path, *indicators):
    return {**FRAME, path: list(indicators)}


@pytest.mark.parametrize("unit", ["sentence", "turn", "paragraph"])
def test_cache_the_same_with_and_without(tmp_path, cache, looked, unit):
    talk, book = material(tmp_path), make_codebook(FRAME)
    plain = code(talk, book, unit=unit)
    assert [plain] * 3 == [code(talk, book, unit=unit, cache=cache) for _ in range(3)]
    assert [("A1", None), ("B1", None), ("B2", None)] == looked


@pytest.mark.parametrize(
    ("frame", "wanted"),
    [
        (changed("garden/digs", "dig", "plant"), ["garden/digs"]),
        # who names the code that changed has to be looked for again, and whom it names in turn
        (changed("food/cooks", "cook"), ["food/cooks", "food/shares", "garden/sees"]),
        (changed("garden/sees", "garden"), ["garden/sees"]),
        (changed("food/shares", "share", {"phrase": "we", "with": {"code": "food/cooks"}}),
         ["food/cooks", "food/shares", "garden/sees"]),
        ({**FRAME, "garden/rests": ["sit"]}, ["garden/rests"]),
        ({path: rules for path, rules in FRAME.items() if path != "garden/digs"}, []),
        (dict(reversed(FRAME.items())), []),
    ],
)  # fmt: skip
def test_cache_a_changed_codebook_looks_for_what_it_touches(tmp_path, cache, looked, frame, wanted):
    talk = material(tmp_path)
    code(talk, make_codebook(FRAME), cache=cache)
    looked.clear()
    book = make_codebook(frame)
    coded = code(talk, book, cache=cache)
    assert [(name, wanted) for name in ("A1", "B1", "B2") if wanted] == looked
    assert code(talk, book) == coded


SET_FRAME = {**FRAME, "garden/digs": ["dig {plants}", "(sow {plants}|weed)"]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sets: {plants: [rose, carrot]}", "sets: {plants: [rose, carrot, hill]}"),
        ("sets: {plants: [rose, carrot]}", "sets: {plants: [carrot]}"),
        ("sets: {plants: [rose, carrot]}", "sets: {plants: [rose, =carrot]}"),
    ],
)
def test_cache_a_changed_set_is_looked_for_where_it_is_used(tmp_path, cache, looked, before, after):
    talk = material(tmp_path, {"A1.txt": "A1: I dig carrots. I dig a hill.\n"})
    code(talk, make_codebook(SET_FRAME, head=before), cache=cache)
    looked.clear()
    book = make_codebook(SET_FRAME, head=after)
    coded = code(talk, book, cache=cache)
    assert [("A1", ["garden/digs"])] == looked
    assert code(talk, book) == coded


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"phrase": "dig ... large"}, {"phrase": "dig ... sea"}),
        ({"phrase": "cook ... daily"}, {"phrase": "cook ... daily", "gap": 0}),
        ({"phrase": "nobody likes"}, {"exact": "nobody likes"}),
        ({"exact": "nobody likes"}, {"exact": "nobody likes", "case_sensitive": True}),
        ({"phrase": "dig"}, {"phrase": "dig", "negated": "any"}),
        ({"phrase": "dig"}, {"phrase": "dig", "not_in": ["I dig"]}),
    ],
)
def test_cache_a_rule_that_keeps_its_name_is_looked_for_when_it_changes(
    tmp_path, cache, looked, before, after
):
    talk, books = material(tmp_path), []
    for rule in (before, after):
        books.append(make_codebook(changed("garden/digs", {**rule, "id": "same"})))
        coded = code(talk, books[-1], cache=cache)
    assert [("A1", ["garden/digs"]), ("B1", ["garden/digs"]), ("B2", ["garden/digs"])] == looked[3:]
    assert code(talk, books[-1]) == coded


def test_cache_going_back_to_an_earlier_codebook_costs_nothing(tmp_path, cache, looked):
    talk, old, new = material(tmp_path), make_codebook(FRAME), make_codebook(changed("food/cooks", "cook"))
    for book in (old, new, old, new):
        code(talk, book, cache=cache)
    assert 6 == len(looked)


@pytest.mark.parametrize(
    ("files", "options", "again_for"),
    [
        ({}, {}, []),
        ({"B1.txt": FILES["B1.txt"].replace("large", "small")}, {}, ["B1"]),
        ({"C1.txt": "C1: I dig.\n"}, {}, ["C1"]),
        ({"participants.csv": FILES["participants.csv"].replace("B2,B,south", "B2,B,north")}, {}, ["B2"]),
        ({}, {"unit": "turn"}, ["A1", "B1", "B2"]),
        ({}, {"group_by": "town"}, []),
        ({}, {"prefilter": False}, ["A1", "B1", "B2"]),
    ],
)
def test_cache_only_transcripts_that_changed_are_coded(tmp_path, cache, looked, files, options, again_for):
    book = make_codebook(FRAME)
    table = {"participants.csv": FILES["participants.csv"] + "C1,C,west\n"}
    code(material(tmp_path, {**FILES, **table}), book, cache=cache)
    looked.clear()
    if "participants.csv" in files:
        table = {"participants.csv": files["participants.csv"] + "C1,C,west\n"}
    talk = material(tmp_path, {**FILES, **files, **table})
    assert code(talk, book, **options) == code(talk, book, cache=cache, **options)
    assert again_for == [name for name, _ in looked]


def test_cache_another_program_finds_nothing(tmp_path, cache, looked, monkeypatch):
    talk, book = material(tmp_path), make_codebook(FRAME)
    code(talk, book, cache=cache)
    monkeypatch.setattr(again, "program_hash", lambda: "another")
    code(talk, book, cache=cache)
    assert 6 == len(looked)


SOURCES = {"coding/engine.py": True, "language/words.py": True, "spans.py": True, "cli/app.py": False}


@pytest.mark.slow
def test_cache_program_is_another_when_something_changes_that_codes(tmp_path):
    copy = tmp_path / "hrcode"
    shutil.copytree(Path(hrcode.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))

    def program():
        start = [sys.executable, "-c", "from hrcode.coding.again import program_hash; print(program_hash())"]
        return subprocess.run(
            start, capture_output=True, check=True, env={"PYTHONPATH": str(tmp_path)}
        ).stdout

    before = program()
    for name, codes in SOURCES.items():
        own = (copy / name).read_text()
        (copy / name).write_text(own + "# changed")
        assert codes == (program() != before), name
        (copy / name).write_text(own)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(talks=TALKS, first=FRAMES, second=FRAMES)
def test_cache_any_codebook_after_any_other(tmp_path_factory, talks, first, second):
    folder = tmp_path_factory.mktemp("any")
    talk = load(folder / "talk", talks)
    cache = Cache(folder / "cache")
    for frame in (first, second, first):
        book = make_codebook(frame)
        assert code(talk, book) == code(talk, book, cache=cache)


def damage(data, random_):
    at = random_.randrange(len(data))
    return random_.choice(
        [
            data[:at],
            b"",
            data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],
            data + b" ",
            random_.randbytes(at),
        ]
    )


@pytest.mark.parametrize("seed", range(20))
def test_cache_damaged_entries_are_made_again_and_said_once(tmp_path, cache, seed):
    talk, book = material(tmp_path), make_codebook(FRAME)
    plain = code(talk, book, cache=cache)
    sound = [path.read_bytes() for path in entries(cache)]
    random_ = random.Random(seed)
    for path, data in zip(entries(cache)[:2], sound, strict=False):
        path.write_bytes(damage(data, random_))
    coded = code(talk, book, cache=cache)
    assert (plain.segments, plain.codings) == (coded.segments, coded.codings)
    assert ["2 entries of the cache were damaged; what they held was coded again"] == [
        warning.message for warning in coded.warnings if warning.rule == "cache"
    ]
    assert sound == [path.read_bytes() for path in entries(cache)]
    assert plain == code(talk, book, cache=cache)


def test_cache_entries_that_changed_places_are_damaged(tmp_path, cache):
    talk, book = material(tmp_path), make_codebook(FRAME)
    plain = code(talk, book, cache=cache)
    first, second = entries(cache)[:2]
    held = first.read_bytes(), second.read_bytes()
    second.write_bytes(held[0])
    first.write_bytes(held[1])
    coded = code(talk, book, cache=cache)
    assert (plain.segments, plain.codings) == (coded.segments, coded.codings)
    assert "2 entries of the cache were damaged" in str(coded.warnings)
    assert held == (first.read_bytes(), second.read_bytes())


def test_cache_holds_no_words_of_the_transcript(tmp_path, cache):
    talk, book = material(tmp_path), make_codebook(FRAME)
    code(talk, book, cache=cache)
    held = b" ".join(path.read_bytes() for path in entries(cache)).decode(errors="replace")
    said = {word.strip(".?»«").casefold() for t in talk for word in t.text.split()}
    assert {"nobody"} == {word for word in said if len(word) > 5 and word in held.casefold()}  # a cue


@pytest.mark.skipif(os.name != "posix", reason="permissions are the user's own on POSIX")
def test_cache_is_for_the_user_alone(tmp_path, cache):
    code(material(tmp_path), make_codebook(FRAME), cache=cache)
    folders = [cache.folder, *(path for path in cache.folder.rglob("*") if path.is_dir())]
    assert {0o700} == {stat.S_IMODE(folder.stat().st_mode) for folder in folders}
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in entries(cache)}


def test_cache_that_cannot_be_used_is_no_hindrance(tmp_path):
    talk, book = material(tmp_path), make_codebook(FRAME)
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file" / "cache", tmp_path / "file"):
        coded = code(talk, book, cache=Cache(folder))
        assert code(talk, book) == replace(coded, warnings=())
        assert [(str(folder), "note")] == [(fault.path, fault.level) for fault in coded.warnings]
    assert "mine" == (tmp_path / "file").read_text()


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_cache_on_a_full_disk_is_no_hindrance(tmp_path, cache, processes):
    talk, book = material(tmp_path), make_codebook(FRAME)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        coded = code(talk, book, cache=cache, processes=processes)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code(talk, book) == replace(coded, warnings=())
    assert ["3 transcripts could not be kept"] == [one.message.split(" (")[0] for one in coded.warnings]
    assert [] == entries(cache)


def test_cache_drops_what_was_not_used_longest(cache):
    for number, key in enumerate(KEYS):
        cache.put(key, b"x" * 1000)
        os.utime(cache._path(key), (number, number))
    assert b"x" * 1000 == cache.get(KEYS[0])  # used just now
    small = Cache(cache.folder, 10_500)
    small.trim()
    kept = [key for key in KEYS if cache.get(key)]
    assert [KEYS[0], *KEYS[-9:]] == kept
    assert small.info().bytes <= 10_500


def test_cache_clears_its_own_files_only(cache):
    cache.put(KEYS[3], b"x")
    mine = write_files(cache.folder, {"notes.txt": "mine", "03/notes.txt": "mine", "ab/cd": "mine"})
    assert 1 == cache.clear().entries
    assert 0 == cache.info().entries
    assert ["03/notes.txt", "ab/cd", "notes.txt"] == [p.relative_to(mine).as_posix() for p in entries(cache)]


def test_cache_leaves_nothing_unfinished_for_long(cache):
    cache.put(KEYS[3], b"x")
    left = cache._path(KEYS[3]).parent / ".new-abc"
    left.write_bytes(b"half")
    cache.trim()
    assert left.exists()  # another run may be at it
    os.utime(left, (0, 0))
    cache.trim()
    assert not left.exists()


@pytest.mark.parametrize(
    ("platform", "environment", "ending"),
    [
        ("linux", {"XDG_CACHE_HOME": "/somewhere"}, "/somewhere/hrcode"),
        ("darwin", {"XDG_CACHE_HOME": "/somewhere"}, "/somewhere/hrcode"),
        ("linux", {}, "/.cache/hrcode"),
        ("darwin", {}, "/Library/Caches/hrcode"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/hrcode/cache"),
    ],
)
def test_cache_folder_is_the_systems(monkeypatch, platform, environment, ending):
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache_folder().as_posix().endswith(ending)


def run(*args):
    return CliRunner().invoke(app, [*args], prog_name="hrcode")


def test_cache_commands(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path, FILES, FRAME))
    first = run("code", "interviews", "--codebook", "kitchen.yaml", "--cache", "kept")
    assert 0 == first.exit_code, first.output
    again_ = run("code", "interviews", "--codebook", "kitchen.yaml", "--cache", "kept")
    assert first.stdout == again_.stdout
    assert '"entries": 3' in run("cache", "info", "--cache", "kept", "--format", "json").stdout
    assert "3 transcripts" in run("cache", "info", "--cache", "kept").stdout
    assert "Removed 3 entries" in run("cache", "clear", "--cache", "kept").stderr
    assert "0 transcripts" in run("cache", "info", "--cache", "kept").stdout
    assert "0 transcripts" in run("cache", "info", "--cache", "never made").stdout
    assert 0 == run("code", "interviews", "--codebook", "kitchen.yaml", "--no-cache").exit_code
    assert [] == entries(Cache(Path("kept")))


PUTTING = """
import random, sys
from pathlib import Path
from hrcode.coding.cache import Cache
cache, keys, random_ = Cache(Path(sys.argv[1])), sys.argv[3:], random.Random(sys.argv[2])
print("ready", flush=True)
while True:
    key = random_.choice(keys)
    cache.put(key, key.encode() * random_.randint(1, 2000))
"""


@pytest.mark.slow
def test_cache_is_usable_whenever_writers_are_killed(cache):
    random_ = random.Random(5)
    for round_ in range(10):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", PUTTING, str(cache.folder), f"{round_}{n}", *KEYS[:5]],
                stdout=subprocess.PIPE,
            )
            for n in range(2)
        ]
        for writer in writers:
            writer.stdout.readline()
        until = time.monotonic() + random_.uniform(0.005, 0.1)
        while time.monotonic() < until:
            check(cache)
        for writer in writers:
            writer.kill()
            writer.communicate()
        check(cache)


def check(cache):
    for key in KEYS[:5]:
        try:
            held = cache.get(key)
        except Damaged as fault:
            raise AssertionError(f"half an entry: {fault}") from None
        assert not held or held == key.encode() * (len(held) // len(key))
