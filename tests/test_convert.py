"""Other tools' codebooks to hrcode's, and back."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from typer.testing import CliRunner

from hrcode.checks.validate import check_codebook
from hrcode.cli.app import app
from hrcode.cli.codebook_convert import BookFormat
from hrcode.codebook.load import load_codebook
from hrcode.errors import CodebookError
from hrcode.exchange.codebooks import FORMATS
from hrcode.exchange.codebooks.convert import convert_codebook
from hrcode.exchange.codebooks.held import loss_lines
from hrcode.exchange.codebooks.ids import make_id, make_unique
from hrcode.exchange.codebooks.model import Loss
from hrcode.exchange.codebooks.text_block import read_block
from hrcode.exchange.codebooks.words import CannotHoldError, from_phrase, to_phrase
from hrcode.exchange.codebooks.yaml_text import to_yaml
from hrcode.yamltext import parse_yaml

QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Any"><Codes>{}</Codes>{}</CodeBook>"""
GUID = "11111111-1111-1111-1111-11111111111"
NESTED = QDC.format(
    f'<Code guid="{GUID}0" name="Work" isCodable="false"><Description>All of it</Description>'
    f'<Code guid="{GUID}1" name="Load &amp; time" isCodable="true" color="#ff0000">'
    "<Description>How much.\nUse when: hours are named\nExample: We work late.\nStance: departs</Description>"
    f'<Code guid="{GUID}2" name="Overtime" isCodable="true"/></Code></Code>'
    f'<Code guid="{GUID}3" name="Feeling café 日本" isCodable="true"/>',
    f'<Sets><Set guid="{GUID}4" name="Key codes"/></Sets>',
)
QUANTEDA = "Mood:\n  Good: [happy*, 'at ease']\n  Bad:\n    - sad\n    - 'no'\nPlace: [home]\n"
LIWC = "%\n1\tMood\n\t2\tGood\n\t3\tBad\n4\tPlace\n%\nhappy*\t2\nat ease\t2\nsad\t3\t4\nhome\t4\n"
CAT = "MOOD\n\tGOOD\n\t\tHAPPY* (1)\n\t\tAT_EASE (1)\n\tBAD\n\t\tSAD (1)\nPLACE\n\tHOME (1)\n"
TAGUETTE = 'name,description\nWork/Load,How much\nWork.Time,"When, and\nhow long"\nHome,\n'
CODES = (
    "category,subcategory,definition,use_when,examples,words\n"
    "Work,,All of it,,,\nWork,Load,How much,hours are named,We work late.\n,Home,Where,,,home; at home\n"
).replace("We work late.\n", "We work late.,late\n")


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SAMPLES = {
    "refi": ("in.qdc", NESTED),
    "quanteda": ("in.yml", QUANTEDA),
    "liwc": ("in.dic", LIWC),
    "wordstat": ("in.cat", CAT),
    "taguette": ("in.csv", TAGUETTE),
    "codes": ("in.csv", CODES),
    "workbook": ("in.xlsx", workbook(*csv.reader(io.StringIO(CODES)))),
}
BOOK = """codebook: b
version: "0.1"
categories:
  - id: food
    label: Food
    definition: All that is eaten.
    subcategories:
      - id: soup
        label: Soup
        brief: Soup.
        definition: Soup is spoken of.
        use_when: There is soup.
        stance: departs
        origin: data
        source: {citation: "A. Cook (2020)", doi: 10.0/x}
        crosswalk: {other: [meals/soup]}
        negated: any
        indicators: ["=soup", "broth*", "=hot =soup"]
        examples: {match: [We like soup.], no_match: ["No, bread."]}
"""


def put(folder, name, text):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def convert(folder, name, text, target="out.yaml", from_="", to=""):
    return convert_codebook(put(folder, name, text), folder / target, from_, to)


def book_of(folder, text):
    return load_codebook(put(folder, "made.yaml", text))


def codes(book):
    return {sub.path: [i.id for i in sub.indicators] for sub in book.subcategories}


def content(book):
    """What a format without limits would keep."""
    return [
        (e.path, e.id, e.definition, sorted(e.words), dict(e.fields), e.codable, e.relations)
        for e in book.entries
    ]


def run(*args):
    return CliRunner().invoke(app, ["codebook", "convert", *map(str, args)], prog_name="hrcode")


def kinds(done):
    return {loss.kind.split(" (")[0] for loss in done.losses}


# Reading.


@pytest.mark.parametrize("name", SAMPLES)
def test_convert_gives_a_codebook_without_errors(tmp_path, name):
    done = convert(tmp_path, *SAMPLES[name])
    put(tmp_path, "made.yaml", done.content)
    assert (name, []) == (
        done.source,
        [fault for fault in check_codebook(tmp_path / "made.yaml") if fault.level == "error"],
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "quanteda",
            {"mood/good": ["happy*", "=at =ease"], "mood/bad": ["=sad", "=no"], "place/place": ["=home"]},
        ),
        (
            "liwc",
            {"mood/good": ["happy*", "=at =ease"], "mood/bad": ["=sad"], "place/place": ["=sad", "=home"]},
        ),
        (
            "wordstat",
            {"mood/good": ["HAPPY*", "=AT =EASE"], "mood/bad": ["=SAD"], "place/place": ["=HOME"]},
        ),
        ("taguette", {"work/load": [], "work/time": [], "home/home": []}),
        ("codes", {"work/work": [], "work/load": ["=late"], "home/home": ["=home", "=at =home"]}),
        ("refi", {"work/load_time": [], "work/load_time_overtime": [], "feeling_cafe/feeling_cafe": []}),
    ],
)
def test_convert_reads_levels_and_words(tmp_path, name, expected):
    assert expected == codes(book_of(tmp_path, convert(tmp_path, *SAMPLES[name]).content))


def test_convert_reads_labelled_lines_of_a_description(tmp_path):
    sub = next(book_of(tmp_path, convert(tmp_path, "a.qdc", NESTED).content).subcategories)
    assert ("How much.", "hours are named", "departs", ["We work late."]) == (
        sub.definition, sub.use_when, sub.stance, [e.text for e in sub.examples],
    )  # fmt: skip


def test_convert_missing_definitions_say_so(tmp_path):
    book = book_of(tmp_path, convert(tmp_path, "a.yml", QUANTEDA).content)
    assert {"To be written."} == {sub.definition for sub in book.subcategories}


def test_convert_dictionary_words_count_where_they_are_negated(tmp_path):
    book = book_of(tmp_path, convert(tmp_path, "a.yml", QUANTEDA).content)
    assert {"any"} == {i.conditions.context["negated"] for sub in book.subcategories for i in sub.indicators}


def test_convert_repeated_labels_get_ids_of_their_own(tmp_path):
    book = book_of(
        tmp_path, convert(tmp_path, "a.yml", "日本: [a1]\n中国: [b1]\nA b: [c1]\na-b: [d1]\n").content
    )
    assert ["code", "code_2", "a_b", "a_b_2"] == [category.id for category in book.categories]


def test_convert_reads_the_codes_of_a_project(tmp_path):
    inner = NESTED.split("\n", 1)[1].replace(":codebook:", ":project:")
    xml = f'<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Users/>{inner}</Project>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        folder.writestr("project.qde", "\ufeff" + xml)
    done = convert(tmp_path, "a.qdpx", packed.getvalue())
    assert (4, True) == (done.codes, "parts of the project other than codes" in kinds(done))


def test_convert_drops_the_wrapper_of_nvivo_and_splits_names_of_taguette(tmp_path):
    code = f'<Code guid="{GUID}1" name="Nodes" isCodable="false"><Code guid="{GUID}2" name="a.b"/></Code>'
    text = QDC.format(code, "<Sets/>").replace("Any", "Taguette 1.5.2")
    assert {"a/b": []} == codes(book_of(tmp_path, convert(tmp_path, "a.qdc", text).content))


@pytest.mark.parametrize("name", ["1.5 hours", "etc. and so", "Mr. X"])
def test_convert_a_dot_in_a_sentence_is_no_level(tmp_path, name):
    book = book_of(tmp_path, convert(tmp_path, "a.csv", f"tag,description\n{name},x\n").content)
    assert name == book.categories[0].label


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_convert_reads_code_lists_with_any_separator(tmp_path, separator):
    text = CODES if separator == "," else CODES.replace(";", "|").replace(",", separator).replace("|", "")
    assert 3 == convert(tmp_path, "a.csv", text).codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code,Memo\nA > B,x\n", {"a/b": "x"}),
        ("Parent code;Code\nA;B\n", {"a/b": "To be written."}),
        ("codename,catname,memo\nB,A,x\n", {"a/b": "x"}),
        ("category,code,definition,memo\nA,B,d,m\n", {"a/b": "d Memo: m"}),
        ("category,subcategory,code\nA,B,C\n", {"a/b_c": "To be written."}),
    ],
)
def test_convert_knows_the_columns_of_code_lists(tmp_path, text, expected):
    book = book_of(tmp_path, convert(tmp_path, "a.csv", text).content)
    assert expected == {sub.path: sub.definition for sub in book.subcategories}


def test_convert_reads_code_lists_in_workbooks(tmp_path):
    rows = [line.split(",") for line in CODES.splitlines() if '"' not in line]
    data = workbook(*rows, [None, 2026, "A year"])
    assert convert(tmp_path, "a.xlsx", data)._replace(source="codes") == convert(
        tmp_path, "a.csv", "\n".join([*map(",".join, rows), ",2026,A year,,,"])
    )


# There and back.


@pytest.mark.parametrize("name", SAMPLES)
def test_convert_round_trip_keeps_what_the_format_holds(tmp_path, name):
    first, text = SAMPLES[name]
    ours = put(tmp_path, "ours.yaml", convert(tmp_path, first, text).content)
    back = convert_codebook(ours, tmp_path / f"back{Path(first).suffix}", to=name)
    again = convert(tmp_path, f"back{Path(first).suffix}", back.content, from_=name)
    read = FORMATS["hrcode"].read
    losses = [loss for loss in back.losses if "only holds others" not in loss.kind]
    assert (content(read(ours)), [], []) == (
        content(read(put(tmp_path, "again.yaml", again.content))),
        [loss for loss in losses if loss.kind != "ids that differ from the label"],
        list(again.losses),
    )


@pytest.mark.parametrize("name", ["refi", "taguette", "codes", "workbook"])
def test_convert_texts_survive_in_formats_with_texts(tmp_path, name):
    ours = put(tmp_path, "ours.yaml", BOOK)
    suffix = FORMATS[name].suffixes[0]
    done = convert_codebook(ours, tmp_path / f"a{suffix}", to=name)
    again = convert(tmp_path, f"a{suffix}", done.content, from_=name)
    one, two = (FORMATS["hrcode"].read(p) for p in (ours, put(tmp_path, "again.yaml", again.content)))
    soup = {e.label: (e.definition, e.fields) for e in one.entries}["Soup"]
    assert soup == {e.label: (e.definition, e.fields) for e in two.entries}["Soup"]


def test_convert_refi_output_is_as_the_standard_wants(tmp_path):
    done = convert(tmp_path, "ours.yaml", BOOK, "a.qdc")
    guids = re.findall(r'guid="([0-9a-f-]{36})"', done.content)
    assert (2, 2, True, False) == (
        len(set(guids)),
        len(guids),
        "<Codes>" in done.content,
        "<Sets" in done.content,
    )
    assert done.content == convert(tmp_path, "ours.yaml", BOOK, "a.qdc").content


WORDS = st.lists(
    st.text("abcdexyzé日0123-'*", min_size=1, max_size=9), min_size=1, max_size=3
).map(" ".join)  # fmt: skip


@given(WORDS)
def test_convert_words_come_back_as_they_were(word):
    phrase = to_phrase(word)
    if phrase is not None:
        assert ([word], False) == from_phrase(phrase, {})


@given(st.lists(WORDS.filter(lambda word: to_phrase(word) is not None), min_size=1, max_size=6, unique=True))
def test_convert_words_survive_a_dictionary(tmp_path_factory, words):
    folder = tmp_path_factory.mktemp("words")
    ours = put(folder, "ours.yaml", convert(folder, "in.yml", to_yaml({"A": words})).content)
    back = convert_codebook(ours, folder / "back.yml")
    assert {"A": words} == parse_yaml(back.content, "back")[0].plain_value()


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
)
def test_convert_yaml_is_read_as_it_was_written(value):
    root, faults = parse_yaml(to_yaml({"a": value}), "y")
    assert ([], {"a": value}) == (faults, root.plain_value())


# Rules of WordStat.

RULES = "{}GOOD\n\tFINE (1)\n\tWELL (1)\nNOT_WORDS\n\tNEVER (1)\nRULES\n\t@R [{}] (1)\n"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("#GOOD AFTER #NOT_WORDS /S 3", "=FINE | =WELL after =NEVER"),
        ("#GOOD NEAR #NOT WORDS /S", "=FINE | =WELL near =NEVER"),
        ("TURN* BEFORE OFF /S 5", "TURN* before =OFF"),
        ("GIVE_UP near #good", "=GIVE =UP near =FINE | =WELL"),
    ],
)
def test_convert_wordstat_rules_become_relations(tmp_path, condition, expected):
    done = convert(tmp_path, "a.cat", RULES.format("", condition))
    (rule,) = [s for s in book_of(tmp_path, done.content).subcategories if s.category == "rules"]
    number = re.search(r"/S (\d)", condition)
    assert (expected, int(number[1]) if number else 100, ()) == (
        rule.indicators[0].body.text, rule.indicators[0].body.within, done.losses,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("#GOOD NOT AFTER #NOT_WORDS /S 3", "NOT"),
        ("#GOOD AFTER #NOWHERE /S 3", "not there"),
        ("#GOOD AFTER #NOT_WORDS /P 3", "further"),
        ("A AFTER B AND C NEAR D /S 3", "more than one"),
        ("#GOOD", "AFTER, BEFORE or NEAR"),
        ("@OTHER NEAR B /S 2", "another rule"),
    ],
)
def test_convert_wordstat_rules_that_cannot_be_said_are_reported(tmp_path, condition, words):
    done = convert(tmp_path, "a.cat", RULES.format("", condition))
    (loss,) = done.losses
    assert (True, True) == (words in loss.kind, condition in loss.example)


def test_convert_wordstat_rules_come_back(tmp_path):
    ours = convert(tmp_path, "a.cat", RULES.format("", "#GOOD AFTER #NOT_WORDS /S 3")).content
    back = convert(tmp_path, "ours.yaml", ours, "b.cat")
    assert "\t@R [#GOOD AFTER #NOT_WORDS /S 3] (1)" in back.content.splitlines()


def test_convert_wordstat_pairs_of_words_where_no_category_fits(tmp_path):
    text = (
        BOOK.replace('"broth*"', "near: [['=a1', '=b1 =c1'], '=d1']", 1)
        .replace('["=soup", near', "[{near")
        .replace("'=d1'], ", "'=d1'], within: 2}, ")
    )
    back = convert(tmp_path, "ours.yaml", text, "b.cat")
    assert {"a1 NEAR d1 /S 2", "b1_c1 NEAR d1 /S 2"} == set(re.findall(r"\[(.*)\]", back.content))


def test_convert_wordstat_weights_are_reported(tmp_path):
    assert {"weights other than 1"} == kinds(convert(tmp_path, "a.cat", "A\n\tB (2)\n\tC (1)\n"))


# What is dropped.


@pytest.mark.parametrize(
    ("indicator", "kind"),
    [
        ("cook soup", "inflected forms"),
        ("'=a1 ... =b1'", "phrases with gaps"),
        ("{phrase: '=soup', negated: require}", "indicators with conditions or contexts"),
        ("{phrase: '=soup', without: bread}", "indicators with conditions or contexts"),
        ("{phrase: '=soup', negated: exclude}", "exclusions of negated use"),
        ("{id: p, pattern: [{LEMMA: cook}]}", "token and dependency patterns"),
        ("{near: ['=soup', '=bread'], in: turn}", "relations that reach over a turn"),
        ("{near: ['=soup', '=bread']}", "relations"),
    ],
)
def test_convert_reports_what_a_dictionary_cannot_hold(tmp_path, indicator, kind):
    text = (
        "codebook: b\nversion: '0.1'\ncategories:\n- {id: c, label: C, definition: To be written., "
        "subcategories: [{id: s, label: S, definition: To be written., negated: any, "
        f"indicators: [{indicator}]}}]}}\n"
    )
    assert {kind} == kinds(convert(tmp_path, "ours.yaml", text, "a.dic"))


def test_convert_expands_alternatives_and_sets(tmp_path):
    text = BOOK.replace('"=soup"', '"(=a1|=b1|) {s} =z"').replace(
        "\ncategories:", "\nsets: {s: [=x, =y]}\ncategories:"
    )
    done = convert(tmp_path, "ours.yaml", text, "out.yml")
    assert ["a1 x z", "a1 y z", "b1 x z", "b1 y z", "x z", "y z"] == (
        parse_yaml(done.content, "y")[0].plain_value()["Food"]["Soup"][:6]
    )


def test_convert_too_many_alternatives_are_reported():
    with pytest.raises(CannotHoldError):
        from_phrase("(a|b|c|d|e|f) (a|b|c|d|e|f) (a|b|c|d|e|f) (a|b|c|d|e|f)", {})


@pytest.mark.parametrize("word", ["", ":)", "a?b", "*", "a*", "x(y)", "{s}", "=a", "*a*b*c*d*"])
def test_convert_words_that_hrcode_cannot_match(word):
    assert None is to_phrase(word)


def test_convert_reports_losses_of_refi(tmp_path):
    done = convert(tmp_path, "a.qdc", NESTED)
    assert {"colours", "GUIDs", "code groups", "deeper levels"} == kinds(done)


def test_convert_loss_lines_count_and_show_the_first():
    losses = [Loss("colours", name, 2) for name in "abcd"]
    assert ["Dropped: 8 x colours: a; b; c; ..."] == loss_lines(losses)


# The command.


def test_convert_command_writes_and_exits_0_when_nothing_is_dropped(tmp_path):
    done = run(put(tmp_path, "a.yml", QUANTEDA), tmp_path / "b.yaml")
    assert (0, "", True) == (done.exit_code, done.stdout, (tmp_path / "b.yaml").exists())


def test_convert_command_exits_1_and_says_what_was_dropped(tmp_path):
    done = run(put(tmp_path, "a.qdc", NESTED), tmp_path / "b.yaml")
    assert (1, True, 4) == (done.exit_code, (tmp_path / "b.yaml").exists(), done.stderr.count("Dropped: "))


def test_convert_command_does_not_write_over_a_file(tmp_path):
    done = run(put(tmp_path, "a.yml", QUANTEDA), put(tmp_path, "b.yaml", "mine"))
    assert (2, "mine") == (done.exit_code, (tmp_path / "b.yaml").read_text())


def test_convert_command_knows_every_format():
    assert [*FORMATS] == [one.value for one in BookFormat]


# Bad input.

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><CodeBook>&b;</CodeBook>'
DEEP = QDC.format('<Code name="a">' * 2_000 + "</Code>" * 2_000, "")
BAD = {
    "binary": ("a.qdc", b"\0\1\2", "binary"),
    "not UTF-8": ("a.cat", b"A\n\tcaf\xe9 (1)\n", "UTF-8"),
    "truncated XML": ("a.qdc", NESTED[:200], "a.qdc:"),
    "XML bomb": ("a.qdc", BOMB, "entities"),
    "other XML": ("a.qdc", "<html/>", "no REFI-QDA"),
    "no codes": ("a.qdc", QDC.format("", ""), "no codes"),
    "deep XML": ("a.qdc", DEEP, "deep"),
    "damaged project": ("a.qdpx", b"PK\x03\x04 nothing", "damaged"),
    "too large": ("a.dic", b"x" * 10_000_001, "10 MB"),
    "broken YAML": ("a.yml", "a: [b", "YAML"),
    "YAML list": ("a.yml", "- a\n", "quanteda"),
    "list in a list": ("a.yml", "a: [[b]]\n", "list in a list"),
    "empty YAML": ("a.yml", "", "quanteda"),
    "no header": ("a.dic", "happy\t1\n", "LIWC"),
    "header cut short": ("a.dic", "%\n1\tA\n", "LIWC"),
    "header without numbers": ("a.dic", "%\nA\n%\n", "a.dic:2"),
    "number twice": ("a.dic", "%\n1\tA\n1\tB\n%\n", "a.dic:3"),
    "unknown number": ("a.dic", "%\n1\tA\n%\nb\t2\n", "a.dic:4"),
    "word first": ("a.cat", "WORD (1)\n", "a.cat:1"),
    "no words": ("a.cat", "just\nlines\n", "WordStat"),
    "wrong columns": ("a.csv", "a,b\n1,2\n", "name"),
    "too many cells": ("a.csv", "name,description\na,b,c\n", "a.csv:2"),
    "open quotation mark": ("a.csv", 'name,description\na,"b\n', "CSV"),
    "empty CSV": ("a.csv", "", "empty"),
    "only a header": ("a.csv", "name,description\n", "no codes"),
    "no workbook": ("a.xlsx", b"no workbook", "archive"),
    "broken workbook": ("a.xlsx", workbook(["code"])[:900], "a.xlsx"),
    "too many cells in a workbook": ("a.xlsx", workbook(["code", "memo"], ["a", "b", "c"]), "a.xlsx:2"),
    "unknown ending": ("a.xyz", "x", "--from"),
}


@pytest.mark.parametrize(("name", "data", "words"), BAD.values(), ids=BAD)
def test_convert_bad_input_is_said_plainly(tmp_path, name, data, words):
    done = run(put(tmp_path, name, data), tmp_path / "b.yaml")
    assert (2, True, False) == (done.exit_code, words in done.stderr, (tmp_path / "b.yaml").exists())


@pytest.mark.parametrize(
    ("target", "options", "words"),
    [
        ("b.qdc", [], "one of the two has to be hrcode"),
        ("b.qdpx", [], "whole project"),
        ("b", [], "--to"),
        ("a.yml/b.yaml", [], "cannot be written"),
        ("b.dic", ["--to", "hrcod"], "hrcod"),
    ],
)
def test_convert_bad_targets(tmp_path, target, options, words):
    done = run(put(tmp_path, "a.yml", QUANTEDA), tmp_path / target, *options)
    assert (2, True) == (done.exit_code, words in done.stderr)


def test_convert_missing_file(tmp_path):
    put(tmp_path, "list.cat", CAT)
    with pytest.raises(CodebookError, match=r"Did you mean list\.cat"):
        convert_codebook(tmp_path / "lists.cat", tmp_path / "b.yaml")


def test_convert_ids():
    assert ["feeling_cafe", "c_1_a", "code", "strasse"] == [
        make_id(label) for label in ("Feeling café 日本", "1. A", "日本", "Straße")
    ]
    assert ["a", "a_2"] == [make_unique("a", taken) for taken in (set(), {"a"})]


def test_convert_a_label_that_is_no_choice_is_text():
    assert ("Stance: unsure", {}) == read_block("Stance: unsure")
