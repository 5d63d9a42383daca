import re
from pathlib import Path

import openpyxl
import pytest

from builders import write_files
from hrcode.errors import StudyError, TranscriptError
from hrcode.study import read_settings
from hrcode.transcripts.attributes import Attribute, banded, day, derived, measure, sort_key
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.participants_table import read_participants
from hrcode.transcripts.where import Condition, check_where, parse_where

DECLARED = {
    "age": Attribute("number"),
    "degree": Attribute("ordered", ("none", "bachelor", "master")),
    "met": Attribute("date"),
    "age_band": Attribute("ordered", banded([30, 45, 60]).order, source="age", bands=(30, 45, 60)),
    "setting": Attribute(
        "ordered",
        ("housing", "street"),
        source="service",
        mapping={"shelter": "housing", "outreach": "street"},
    ),
}


def read(tmp_path, content, name="participants.csv"):
    write_files(tmp_path, {name: content})
    return read_participants([tmp_path / name], DECLARED)


def test_attributes_values_are_written_as_declared(tmp_path):
    people = read(tmp_path, "participant;age;degree;met\nL1;40,5;Bachelor;2022-01\nL2;;;\n")
    assert {
        "group": "(no group)",
        "age": "40.5",
        "degree": "bachelor",
        "met": "2022-01",
        "age_band": "30-44",
    } == dict(people["L1"].attributes)
    assert "" == people["L2"].attributes["age"]
    assert "age_band" not in people["L2"].attributes


BAD = {
    "number": ("age", "forty"),
    "thousands": ("age", "1,200"),
    "order": ("degree", "bachelr"),
    "date": ("met", "15/01/2022"),
    "no day": ("met", "2022-02-30"),
    "consent": ("consent", "y"),
    "derived": ("age_band", "30-44"),
}


@pytest.mark.parametrize(("name", "value"), BAD.values(), ids=BAD)
def test_attributes_bad_value_has_line_and_column(tmp_path, name, value):
    with pytest.raises(TranscriptError) as caught:
        read(tmp_path, f"participant;town;{name}\nL1;Ulm;\nL2;Bonn;{value}\n")
    (fault,) = caught.value.faults
    assert (str(tmp_path / "participants.csv"), 3, 3, "bad-value") == (
        fault.path, fault.line, fault.column, fault.rule,
    )  # fmt: skip
    assert value in fault.message


@pytest.mark.parametrize(("value", "meant"), [("y", "yes"), ("N", "no"), ("revoked", "withdrawn")])
def test_attributes_other_spelling_of_consent_is_hinted(tmp_path, value, meant):
    with pytest.raises(TranscriptError, match=f"Did you mean {meant}"):
        read(tmp_path, f"participant,consent\nL1,{value}\n")


def workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_attributes_workbook_beside_the_transcripts_is_the_table(tmp_path):
    import datetime

    write_files(tmp_path, {"L1.txt": "I: Hm?\nRuth: Hello.\n"})
    rows = [
        ["participant", "group", "Aliases", "age", "met"],
        ["L1", "L", "Ruth", 40, datetime.datetime(2022, 1, 31)],
        ["L2", "L", None, 40.5, None],
    ]
    workbook(tmp_path / "participants.xlsx", rows)
    found = load_transcripts(tmp_path)
    assert {"group": "L", "age": "40", "met": "2022-01-31"} == dict(found.participants[0].attributes)
    assert ["", "L1"] == [turn.participant for turn in found.transcripts[0].turns]


def test_attributes_workbook_fault_names_row_and_column(tmp_path):
    workbook(tmp_path / "p.xlsx", [["participant", "age"], ["L1", 40], ["L2", "old"]])
    with pytest.raises(TranscriptError) as caught:
        read_participants([tmp_path / "p.xlsx"], DECLARED)
    assert [(3, 2)] == [(fault.line, fault.column) for fault in caught.value.faults]


def test_attributes_two_tables_in_a_folder_are_refused(tmp_path):
    write_files(tmp_path, {"L1.txt": "L1: Hello.\n", "participants.csv": "participant\nL1\n"})
    workbook(tmp_path / "participants.xlsx", [["participant"], ["L1"]])
    with pytest.raises(TranscriptError, match="Keep one"):
        load_transcripts(tmp_path)


@pytest.mark.parametrize("content", [b"no zip", b"", b"PK\x03\x04 broken"])
def test_attributes_broken_workbook_is_an_error(tmp_path, content):
    write_files(tmp_path, {"L1.txt": "L1: Hello.\n", "participants.xlsx": content})
    with pytest.raises(TranscriptError, match=r"participants\.xlsx"):
        load_transcripts(tmp_path)


def test_aliases_are_one_person_in_all_files(tmp_path):
    write_files(
        tmp_path,
        {
            "a.txt": "Q: Hm?\nRuth E.: One two.\n",
            "b.txt": "Q: Hm?\nspeaker 2: Three.\nQ: And?\nS4: Four.\n",
            "participants.csv": "participant,group,aliases\nS4,S,Ruth E.; Speaker 2\nS5,S,Ann|Anna\n",
        },
    )
    found = load_transcripts(tmp_path)
    assert ["S4"] == [person.id for person in found.participants]
    assert [["", "S4"], ["", "S4", "", "S4"]] == [[t.participant for t in one.turns] for one in found]
    assert "aliases" not in found.participants[0].attributes


CLASHES = {
    "an alias of two": "S4,Ruth\nS5,Ann;ruth\n",
    "somebody's id": "S4,\nS5,Ann; s4\n",
}


@pytest.mark.parametrize("rows", CLASHES.values(), ids=CLASHES)
def test_aliases_that_mean_two_people_are_a_fault(tmp_path, rows):
    with pytest.raises(TranscriptError) as caught:
        read(tmp_path, "participant,aliases\n" + rows)
    assert [(3, 2, "duplicate-alias")] == [(f.line, f.column, f.rule) for f in caught.value.faults]


def test_aliases_own_id_twice_is_no_clash(tmp_path):
    assert ("S4", "Ruth") == read(tmp_path, "participant,aliases\nS4,S4;Ruth\n")["S4"].aliases


def test_aliases_front_matter(tmp_path):
    write_files(
        tmp_path,
        {"a.txt": "---\nparticipants:\n  S4: {aliases: [Ruth, R2]}\n---\nQ: Hm?\nR2: One.\nRuth: Two.\n"},
    )
    assert ["", "S4", "S4"] == [turn.participant for turn in load_transcripts(tmp_path).transcripts[0].turns]


def test_aliases_unknown_label_hints_at_the_alias(tmp_path):
    write_files(tmp_path, {"a.txt": "Rutth: One.\n", "participants.csv": "participant,aliases\nS4,Ruth\n"})
    with pytest.raises(TranscriptError, match="Did you mean Ruth"):
        load_transcripts(tmp_path)


def test_names_are_no_attributes(tmp_path):
    person = read(tmp_path, "participant,group,Name,surname\nS4,S,Ruth; Ruthie,Ellery\n")["S4"]
    assert ({"group": "S"}, ("Ruth", "Ruthie", "Ellery")) == (dict(person.attributes), person.names)


BANDS = [
    ([30, 45, 60], "29", "under 30"), ([30, 45, 60], "30", "30-44"), ([30, 45, 60], "44.5", "30-44"),
    ([30, 45, 60], "60", "60+"), ([0, 30], "12", "0-29"), ([0, 1, 2], "1", "1"), ([0, 1, 2], "2", "2+"),
    ([0.5, 2], "1", "0.5 to under 2"),
]  # fmt: skip


@pytest.mark.parametrize(("starts", "value", "band"), BANDS)
def test_attributes_bands(starts, value, band):
    made = banded(starts)
    declared = Attribute("ordered", made.order, source="n", bands=made.bands)
    assert {"b": band} == derived({"n": value}, {"b": declared})
    assert band in made.order


@pytest.mark.parametrize(
    ("value", "made"), [("shelter", "housing"), ("OUTREACH", "street"), ("office", None)]
)
def test_attributes_mapping(value, made):
    assert made == derived({"service": value}, DECLARED).get("setting")


@pytest.mark.parametrize("text", ["2022", "2022-12", "2024-02-29"])
def test_attributes_days(text):
    assert tuple(map(int, text.split("-"))) == day(text)


@pytest.mark.parametrize(
    "text", ["22", "2022-13", "2023-02-29", "2022-1-1", "01.02.2022", "", "0000", "２０２２"]
)
def test_attributes_no_days(text):
    assert day(text) is None


def test_attributes_sorting():
    order = ["master", "none", "else", "bachelor", "(not stated)"]
    assert ["none", "bachelor", "master", "(not stated)", "else"] == sorted(
        order, key=lambda value: sort_key(value, DECLARED["degree"])
    )
    assert ["-1", "2.5", "10"] == sorted(
        ["10", "2.5", "-1"], key=lambda value: sort_key(value, DECLARED["age"])
    )
    assert ["L2", "L10"] == sorted(["L10", "L2"], key=lambda value: sort_key(value, None))


HOLDS = [
    ("degree>=bachelor", "master", True), ("degree>=Bachelor", "bachelor", True),
    ("degree>bachelor", "none", False), ("met>=2022-02", "2022-02-01", True),
    ("met>2022-02", "2022-02-01", False), ("met<2022-02", "2022-01-31", True),
    ("met=2022-02", "2022-02-17", True), ("met!=2022", "2022-02-17", False), ("age>9", "10", True),
    ("age_band<45-59", "30-44", True), ("age_band<45-59", "60+", False),
    ("setting=Housing", "housing", True), ("town>5", "6", True),
    ("interview>2022-02-01", "2022-03-01", True), ("interview>2022-02-01", "2022-01-01", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "expected"), HOLDS)
def test_where_compares_as_declared(text, value, expected):
    (condition,) = parse_where(text)
    assert expected == condition.holds(value, DECLARED.get(condition.attribute))


SLIPS = {
    "not in the order": ("degree>=phd", "not among none, bachelor, master"),
    "no number": ("age>old", "no number or date"),
    "text": ("town>Ulm", "no number or date"),
}


@pytest.mark.parametrize(("text", "words"), SLIPS.values(), ids=SLIPS)
def test_where_that_compares_nothing_is_a_slip(text, words):
    values = {"degree": {"none"}, "age": {"5"}, "town": {"Ulm"}}
    with pytest.raises(StudyError, match=words):
        check_where(parse_where(text), values, DECLARED)


def test_attributes_weight_of_text_is_none():
    assert measure("5", Attribute("text")) is None


STUDY = """attributes:
  age: number
  gender: text
  met: date
  degree: [none, bachelor, master]
  age_band: {from: years old, bands: [30, 45]}
  setting: {from: service, map: {shelter: housing, outreach: street, 7: street}}
include:
  - "age>=18, degree>=bachelor"
  - {where: "group=peers", rule: "years>=2"}
exclude_others: true
"""


def test_study_declares_attributes(tmp_path):
    write_files(tmp_path, {"study.yaml": STUDY})
    found = read_settings(tmp_path / "study.yaml").sampling
    assert {
        "age": "number", "gender": "text", "met": "date", "degree": "ordered", "age_band": "ordered",
        "years old": "number", "setting": "ordered",
    } == {name: attribute.type for name, attribute in found.attributes.items()}  # fmt: skip
    assert ("under 30", "30-44", "45+") == found.attributes["age_band"].order
    assert {"shelter": "housing", "outreach": "street", "7": "street"} == found.attributes["setting"].mapping
    assert (("age", ">=", "18"), ("degree", ">=", "bachelor")) == tuple(
        (c.attribute, c.sign, c.value) for c in found.include[0].conditions
    )
    assert (Condition("group", "=", "peers"),) == found.include[1].where
    assert found.exclude_others


STUDY_FAULTS = {
    "no mapping": ("attributes: [age]\n", (1, 13, "bad-attributes")),
    "type": ("attributes:\n  age: numbr\n", (2, 8, "bad-attribute")),
    "long form": ("attributes:\n  age: {type: number}\n", (2, 8, "bad-attribute")),
    "bands fall": ("attributes: {b: {from: age, bands: [45, 30]}}\n", (1, 36, "bad-bands")),
    "bands no numbers": ("attributes: {b: {from: age, bands: [old]}}\n", (1, 36, "bad-bands")),
    "empty map": ("attributes: {b: {from: age, map: {}}}\n", (1, 34, "bad-map")),
    "order twice": ("attributes: {b: [low, Low]}\n", (1, 17, "bad-order")),
    "rules no list": ("include: years>=2\n", (1, 10, "not-a-list")),
    "rule": ("include: [years]\n", (1, 11, "bad-rule")),
    "rule a number": ("include: [5]\n", (1, 11, "bad-rule")),
    "exclude": ("exclude_others: yes\n", (1, 17, "not-true-or-false")),
}


@pytest.mark.parametrize(("text", "place"), STUDY_FAULTS.values(), ids=STUDY_FAULTS)
def test_study_faults_of_attributes_have_a_place(tmp_path, text, place):
    write_files(tmp_path, {"study.yaml": text})
    with pytest.raises(StudyError) as caught:
        read_settings(tmp_path / "study.yaml")
    assert place in [(fault.line, fault.column, fault.rule) for fault in caught.value.faults]


def test_docs_participants_page_declares_what_can_be_read(tmp_path):
    page = (Path(__file__).parent.parent / "docs" / "participants.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.S)
    write_files(tmp_path, {"study.yaml": "".join(blocks)})
    sampling = read_settings(tmp_path / "study.yaml").sampling
    assert ("under 30", "30-44", "45-59", "60+") == sampling.attributes["age_band"].order
    assert 2 == len(sampling.include)
    table = re.search(r"```text\n(.*?)```", page, re.S)[1]
    write_files(tmp_path, {"participants.csv": table})
    people = read_participants([tmp_path / "participants.csv"], sampling.attributes)
    assert ("8.5", ("Rita", "Speaker 2")) == (people["S1"].attributes["years"], people["L1"].aliases)
