"""The comparison out of core against the one in memory: the same table, rule and warnings."""

import json
import random

import pandas as pd
import pytest
from typer.testing import CliRunner

from builders import codebook_text, write_files
from hrcode.analysis import differences as analysis_differences
from hrcode.analysis.compare import compare
from hrcode.analysis.quote_filters import QuoteFilters
from hrcode.analysis.quotes import quotes
from hrcode.analysis.sensitivity import sensitivity
from hrcode.archive import record
from hrcode.archive.coded import heard_voices, quoting
from hrcode.archive.coded.comparing import compare_archive
from hrcode.archive.coded.leaving_out import sensitivity_archive
from hrcode.archive.coded.quoting import coded_part
from hrcode.archive.job import make_job
from hrcode.archive.work.run import code_archive
from hrcode.cli.app import app
from hrcode.codebook.load import load_codebook
from hrcode.errors import StudyError
from hrcode.exchange.results import read_results
from hrcode.transcripts.attributes import Attribute
from hrcode.transcripts.sampling import Sampling

FRAME = {"food/cooks": ["cook soup"], "-food/wastes": ["throw"], "garden/digs": ["dig"]}
WORDS = ("I cook soup.", "We dig.", "We throw it.", "The sea is large.", "I cook soup and we dig.")
BY = ("group", "wave", "section", "town", "group,wave", "kind", "size", "section,size")
WHERE = ("wave=1", "wave>1", "town!=north", "size>=medium", "section=food", "kind=interview, wave<10")
SIZES = Attribute("order", ("small", "medium", "large"))
PEOPLE = "participant,group,size,consent\nA1,A,large,yes\nA2,A,small,no\nB1,B,medium,yes\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "kitchen.yaml"
    path.write_text(codebook_text(FRAME), encoding="utf-8")
    return load_codebook(path)


def archive(folder, book, talks, group_by="group"):
    files = {"participants.csv": PEOPLE}
    for number, (about, rows) in enumerate(talks):
        lines = [{"id": f"t{number}", **about, **row, "text": f"{row['text']} {number}"} for row in rows]
        files[f"p{number % 2}.jsonl"] = files.get(f"p{number % 2}.jsonl", "") + "".join(
            json.dumps(line) + "\n" for line in lines
        )
    write_files(folder / "calls", files)
    job = make_job(book, sampling=Sampling({"size": SIZES}), group_by=group_by)
    code_archive([str(folder / "calls")], job, folder / "out", processes=1)
    return folder / "out"


def outcome(function, *args, **options):
    try:
        return function(*args, **options)
    except StudyError as error:
        return str(error)


def some_talks(choose):
    """Conversations with what is known of them, and rows with what is known of turns and speakers."""
    for _ in range(choose.randint(1, 5)):
        about = {"wave": choose.choice("12?"), "event": choose.choice(["e1", "e2"])}
        about = {name: value for name, value in about.items() if choose.random() < 0.7}
        rows = []
        for _ in range(choose.randint(1, 6)):
            more = {"section": choose.choice(["food", "garden"]), "town": choose.choice(["north", "süd"])}
            speaker = choose.choice(["A1", "A2", "B1", "A1 & B1", "A1 & A2", "I"])
            own = {name: value for name, value in more.items() if choose.random() < 0.5}
            rows.append({"speaker": speaker, "text": choose.choice(WORDS), **own})
        yield about, rows


def some_options(choose):
    every = {
        "by": choose.choice(BY),
        "where": choose.choice(WHERE),
        "count": choose.choice(["event", "participant"]),
        "hide_below": choose.choice([0, 2]),
        "level": choose.choice(["category", "total"]),
    }
    return {name: value for name, value in every.items() if choose.random() < 0.6}


@pytest.mark.parametrize("seed", range(10))
def test_archive_compare_out_of_core_is_that_in_memory(tmp_path, book, seed):
    choose = random.Random(seed)
    group_by = choose.choice(["group", "group", "wave", "section"])
    out = archive(tmp_path, book, [*some_talks(choose)], group_by)
    whole = read_results(out)
    for asked in [{}, *(some_options(choose) for _ in range(5))]:
        expected, found = outcome(compare, whole, **asked), outcome(compare_archive, out, **asked)
        if not (isinstance(expected, pd.DataFrame) and isinstance(found, pd.DataFrame)):
            assert str(expected) == str(found), asked
            continue
        pd.testing.assert_frame_equal(expected, found, obj=str(asked))
        assert expected.attrs == found.attrs, asked


@pytest.mark.parametrize("seed", range(8))
def test_archive_sensitivity_out_of_core_is_that_in_memory(tmp_path, book, seed):
    choose = random.Random(seed)
    talks = [
        ({**about, **choose.choice([{"kind": "focus group"}, {}])}, rows)
        for about, rows in [*some_talks(choose), *some_talks(choose)]
    ]
    out = archive(tmp_path, book, talks)
    whole = read_results(out)
    for asked in [{}, *(some_options(choose) for _ in range(5))]:
        asked.pop("count", None)
        expected, found = outcome(sensitivity, whole, **asked), outcome(sensitivity_archive, out, **asked)
        if not (isinstance(expected, pd.DataFrame) and isinstance(found, pd.DataFrame)):
            assert str(expected) == str(found), asked
            continue
        pd.testing.assert_frame_equal(expected, found, obj=str(asked))
        assert expected.attrs == found.attrs, asked


def test_archive_group_that_nobody_states_is_said(tmp_path, book):
    talks = [({"wave": 1}, [{"speaker": "A1", "text": WORDS[0], "town": "north"}]),
             ({"wave": 2}, [{"speaker": "B1", "text": WORDS[0]}])]  # fmt: skip
    out = archive(tmp_path, book, talks)
    expected = compare(read_results(out), by="town", where="wave=2").attrs["warnings"]
    assert "town: not stated for anybody." in expected
    assert expected == compare_archive(out, by="town", where="wave=2").attrs["warnings"]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a"), ("a", "a-1"), ("a-1", "a")], ids=" ".join)
def test_archive_of_several_partitions_the_first_says_who_somebody_is(tmp_path, book, order):
    for town in order:
        row = {"id": town, "speaker": "A1", "text": f"I cook soup {town}.", "town": town}
        write_files(tmp_path, {f"{town}.jsonl": json.dumps(row) + "\n"})
    code_archive([str(tmp_path / f"{name}.jsonl") for name in order], make_job(book), tmp_path / "out")
    expected = compare(read_results(tmp_path / "out"), by="town")
    assert {order[0]: 1} == expected.attrs["groups"]
    pd.testing.assert_frame_equal(expected, compare_archive(tmp_path / "out", by="town"))


ODD_NAMES = (
    'so "called"',
    "so called",
    "a; DROP TABLE segments",
    "it's",
    "a/b",
    "a~1b",
    "{of_talk}",
    "*",
    "$.town",
)


def test_archive_attributes_of_any_name_are_themselves(tmp_path, book):
    rows = [
        {"speaker": who, "text": WORDS[0], **{name: f"{who} {n}" for n, name in enumerate(ODD_NAMES)}}
        for who in ("A1", "B1")
    ]
    out = archive(tmp_path, book, [({}, rows)])
    whole = read_results(out)
    for n, name in enumerate(ODD_NAMES):
        expected = compare(whole, by=name)
        assert {f"A1 {n}": 1, f"B1 {n}": 1} == expected.attrs["groups"]
        pd.testing.assert_frame_equal(expected, compare_archive(out, by=name), obj=name)
        if '"' not in name:  # a filter is written without
            filtered = compare_archive(out, where=f"{name}=A1 {n}")
            pd.testing.assert_frame_equal(compare(whole, where=f"{name}=A1 {n}"), filtered, obj=name)
            assert {"A": 1} == filtered.attrs["groups"]


@pytest.mark.parametrize(("own", "other"), [("out*", "outside"), ("$codings{0}", "out")])
def test_archive_folder_whose_name_could_be_a_pattern_is_read_alone(tmp_path, book, own, other):
    write_files(
        tmp_path, {"t.jsonl": json.dumps({"id": "t", "speaker": "A1", "text": "I cook soup."}) + "\n"}
    )
    for name in (own, other):
        code_archive([str(tmp_path / "t.jsonl")], make_job(book), tmp_path / name)
    expected = compare(read_results(tmp_path / own))
    pd.testing.assert_frame_equal(expected, compare_archive(tmp_path / own))
    assert 1 == coded_part(tmp_path / own, QuoteFilters(), limit=10)[1]


IN_WAVE_1 = [
    ("matrix",), ("cooccur",), ("coverage",), ("uncoded",), ("uncoded", "--show", "segments"), ("keywords",),
    ("kwic", "soup"), ("quotes", "--by", "group,wave"), ("quotes", "--spread", "--context", "1"),
    ("compare", "--count", "event"), ("compare", "--layout", "readable"), ("compare", "--differences"),
    ("compare", "--p"), ("compare", "--sensitivity"), ("compare", "--hide-below", "2"), ("participants",),
    ("participants", "--list"),
]  # fmt: skip
IN_ALL = [
    ("compare",), ("compare", "--by", "wave,group", "--count", "event"), ("compare", "--layout", "readable"),
    ("compare", "--differences"), ("compare", "--p", "--by", "wave"),
    ("compare", "--against", "rest", "--hide-below", "2"),
    ("compare", "--sensitivity"), ("compare", "--sensitivity", "--by", "wave", "--where", "event!=e1"),
    ("quotes",), ("quotes", "--exemplars"), ("quotes", "--category", "food/cooks", "--spread", "--each", "1"),
    ("quotes", "--containing", "SOUP"),
]  # fmt: skip


def said_by(args, out):
    results = [args[1], str(out), *args[2:]] if args[0] == "kwic" else [str(out), *args[1:]]
    done = CliRunner().invoke(app, [args[0], *results, "--format", "csv"], prog_name="hrcode")
    assert 0 == done.exit_code, done.output
    return done.stdout


@pytest.fixture(scope="module")
def waves(tmp_path_factory, book):
    """An archive of two waves; everybody speaks in both, and so many that all is observed."""
    choose = random.Random(3)
    talks = [
        (
            {"wave": str(1 + number % 2), "event": f"e{number // 2}"},
            [
                {
                    "speaker": choose.choice(["A1", "A2", "B1", "I"]),
                    "text": choose.choice(WORDS),
                    "town": "süd",
                }
                for _ in range(8)
            ],
        )
        for number in range(8)
    ]
    return archive(tmp_path_factory.mktemp("waves"), book, talks)


@pytest.mark.parametrize(
    "args", [*[(*args, "--where", "wave=1") for args in IN_WAVE_1], *IN_ALL], ids=" ".join
)
def test_archive_command_says_of_a_large_archive_what_it_says_of_a_small_one(waves, monkeypatch, args):
    whole = said_by(args, waves)
    monkeypatch.setattr(record, "MOST_SEGMENTS", 60)
    assert whole
    assert whole == said_by(args, waves)


def test_archive_command_says_what_to_do_where_a_filter_leaves_too_much(waves, monkeypatch):
    monkeypatch.setattr(record, "MOST_SEGMENTS", 5)
    done = CliRunner().invoke(app, ["matrix", str(waves), "--where", "wave=1"])
    assert 2 == done.exit_code
    assert "--where leaves transcripts of" in done.stderr
    for args, said in ((["--where", "wave=7"], "Nobody's wave is '7'"), (["--where", "shoe=1"], "'shoe'")):
        done = CliRunner().invoke(app, ["matrix", str(waves), *args])
        assert (2, True) == (done.exit_code, said in done.stderr)


def test_archive_excerpt_is_read_by_every_command(waves, tmp_path, monkeypatch):
    monkeypatch.setattr(record, "MOST_SEGMENTS", 60)
    monkeypatch.chdir(tmp_path)

    def run(*args):
        return CliRunner().invoke(app, [*map(str, args)], prog_name="hrcode")

    refused = run("report", waves)
    assert (2, True) == (refused.exit_code, "hrcode excerpt" in refused.stderr)
    taken = run("excerpt", waves, "--where", "wave=1", "--out", "part")
    assert (0, True) == (taken.exit_code, "4 transcripts, 3 participants" in taken.stderr), taken.output
    for args in (("compare",), ("matrix",), ("quotes", "--by", "group"), ("coverage",)):
        assert said_by((*args, "--where", "wave=1"), waves) == said_by(args, tmp_path / "part")
    assert 0 == run("report", "part", "--out", "page.html").exit_code
    assert "part of an archive" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert 0 == run("export", "part", "--out", "tables").exit_code
    record_of_part = json.loads((tmp_path / "part" / "run.json").read_text(encoding="utf-8"))
    assert (4, "folder" in record_of_part) == (record_of_part["counts"]["transcripts"], False)


@pytest.mark.parametrize(
    ("where", "out", "said"),
    [
        ("wave=7", "part", "Nobody's wave is '7'"),
        ("wave>1", "part", "--where leaves transcripts of"),
        ("wave>9", "part", "leaves nobody"),
        ("wave", "part", "Write such as --where"),
        ("wave=1", "mine", "would be lost"),
        ("wave=1", "", "is what the part is taken from"),
    ],
)
def test_archive_excerpt_that_cannot_be_says_why(waves, tmp_path, monkeypatch, where, out, said):
    monkeypatch.setattr(record, "MOST_SEGMENTS", 5)
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path / "mine", {"segments.csv": "mine"})
    done = CliRunner().invoke(app, ["excerpt", str(waves), "--where", where, "--out", out or str(waves)])
    assert (2, True) == (done.exit_code, said in done.stderr), done.output


@pytest.mark.parametrize("table", ["--differences", "--sensitivity"])
def test_archive_codings_that_are_too_many_for_a_table_say_so(waves, monkeypatch, table):
    monkeypatch.setattr(record, "MOST_SEGMENTS", 5)
    monkeypatch.setattr(heard_voices, "MOST_CODINGS", 3)
    done = CliRunner().invoke(app, ["compare", str(waves), table])
    assert (2, True) == (done.exit_code, "Narrow them with --where" in done.stderr)


def test_archive_participants_too_many_to_test_say_so(waves, monkeypatch):
    monkeypatch.setattr(analysis_differences, "MOST_TESTED", 2)
    for limit in (5, 1_000_000):
        monkeypatch.setattr(record, "MOST_SEGMENTS", limit)
        done = CliRunner().invoke(app, ["compare", str(waves), "--p"])
        assert (2, True) == (done.exit_code, "3 participants are too many for --p" in done.stderr)


def test_archive_quotes_too_many_to_rank_say_so(waves, monkeypatch):
    monkeypatch.setattr(record, "MOST_SEGMENTS", 5)
    monkeypatch.setattr(quoting, "MOST_QUOTES", 3)
    done = CliRunner().invoke(app, ["quotes", str(waves), "--exemplars"])
    assert (2, True) == (done.exit_code, "Narrow them with --category" in done.stderr)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--category", "foo"), "Did you mean food?"),
        (("--category", "food/cook"), "Did you mean cooks?"),
        (("--stance", "appli"), "Did you mean applies?"),
        (("--group", "Z"), "There are: A, B."),
        (("--participant", "A9"), "Did you mean A2?"),
        (("--containing", "zebra"), ""),
        (("--indicator", "zebra", "--group", "A", "--spread"), ""),
    ],
)
def test_archive_quotes_that_there_are_not_are_told_as_in_memory(waves, monkeypatch, asked, said):
    told = CliRunner().invoke(app, ["quotes", str(waves), *asked, "--format", "csv"])
    monkeypatch.setattr(record, "MOST_SEGMENTS", 60)
    large = CliRunner().invoke(app, ["quotes", str(waves), *asked, "--format", "csv"])
    assert (2 if said else 0, told.output) == (large.exit_code, large.output)
    assert said in large.stderr


@pytest.mark.parametrize("asked", ["STRASSE", "straße", "i̇zmir", "İZMIR", "ΣΊΣΥΦΟΣ", "soup"])
def test_archive_quotes_hold_a_text_in_any_letters_as_in_memory(tmp_path, book, asked):
    said = ["I cook soup in der Straße.", "I cook soup in İzmir.", "I cook soup, σίσυφος.", "We cook soup."]
    talks = [({}, [{"speaker": "A1", "text": text}]) for text in said]
    out = archive(tmp_path, book, talks)
    expected = quotes(read_results(out), containing=asked)["coding_id"].tolist()
    part, total = coded_part(out, QuoteFilters(containing=asked), limit=10)
    assert (expected, len(expected)) == ([coding.coding_id for coding in part.codings], total)
    assert expected
