"""What is found in texts: names of tables and lists, identifiers by shape, overlapping finds."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import write_files
from hrcode.errors import PrivacyError
from hrcode.privacy.capitals import find_capitals, small_words
from hrcode.privacy.folding import fold, words
from hrcode.privacy.found import Found, merged
from hrcode.privacy.known import Known, known_from_list, known_from_table, with_parts
from hrcode.privacy.matching import find_known, index_names
from hrcode.privacy.patterns import find_patterns


def named(text, *forms, kind="person"):
    known = [Known(kind, "x", with_parts(forms), "list")]
    return [text[f.start : f.end] for f in merged(find_known(text, index_names(known)))]


@pytest.mark.parametrize(
    ("text", "forms", "found"),
    [
        ("I asked Ruth.", ["Ruth"], ["Ruth"]),
        ("i asked RUTH and ruth", ["Ruth"], ["RUTH", "ruth"]),
        ("Ruth's chair, Ruth’s cup", ["Ruth"], ["Ruth", "Ruth"]),
        ("Ruths stol", ["Ruth"], ["Ruths"]),
        ("the truth, Ruthless, Ruthie", ["Ruth"], []),
        ("Ruth Ellery, Ruth\nEllery, Ellery", ["Ruth Ellery"], ["Ruth Ellery", "Ruth\nEllery", "Ellery"]),
        ("Ruth\n\nEllery", ["Ruth Ellery"], ["Ruth", "Ellery"]),
        ("I will, said Will", ["Will"], ["Will"]),
        ("WILL came", ["Will"], ["WILL"]),
        ("pas Petraitį, su Petraičiu", ["Petrai*"], ["Petraitį", "Petraičiu"]),
        ("Zukauskas, ŽUKAUSKAS", ["Žukauskas"], ["Zukauskas", "ŽUKAUSKAS"]),
        (unicodedata.normalize("NFD", "pan Żółw"), ["Żółw"], [unicodedata.normalize("NFD", "Żółw")]),
        ("Interview_Ruth_2", ["Ruth"], ["Ruth"]),
        ("Anna-Maria", ["Anna"], ["Anna"]),
        ("van der Berg met Jan van der Berg", ["Jan van der Berg"], ["Berg", "Jan van der Berg"]),
        ("O'Brien and O’Brien", ["O'Brien"], ["O'Brien", "O’Brien"]),
    ],
)
def test_find_known(text, forms, found):
    assert found == named(text, *forms)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("write to jo.b+x@mail.example.org.", "e-mail", ["jo.b+x@mail.example.org"]),
        ("ring 01603 555 014 or +370 612 34567", "phone", ["01603 555 014", "+370 612 34567"]),
        ("8 612 34567; 070-123 45 67", "phone", ["8 612 34567", "070-123 45 67"]),
        ("p = 0.12345678; 1,234,567; 00:01:02; 120 people", "phone", []),
        ("19600412-3317 and 600412-3317", "id", ["19600412-3317", "600412-3317"]),
        ("asmens kodas 38703181745", "id", ["38703181745"]),
        ("PESEL 44051401458", "id", ["44051401458"]),
        ("1234567890123, 99999999999", "id", []),
        ("SE45 5000 0000 0583 9825 7466", "id", ["SE45 5000 0000 0583 9825 7466"]),
        ("on 14 February 2023 and May 3rd", "date", ["14 February 2023", "May 3rd"]),
        ("2023-02-14, 14.02.2023, 14/2/23", "date", ["2023-02-14", "14.02.2023", "14/2/23"]),
        ("12 maja 2021; gegužės 12; 3 juni", "date", ["12 maja 2021", "gegužės 12", "3 juni"]),
        ("You may 3 times; in version 1.2.3", "date", ["may 3"]),
        ("Mrs Ott and Dr. Adam Wren", "person", ["Ott", "Adam Wren"]),
        ("my name is Ola", "person", ["Ola"]),
        ("the doctor said Mr so", "person", []),
    ],
)
def test_find_patterns(text, kind, found):
    assert found == [text[f.start : f.end] for f in merged(find_patterns(text)) if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I saw Yusuf there. Later we ate.", ["Yusuf"]),
        ('She said: Listen. Then "Look at it".', []),
        ("I rang Marek Zielonka, and the NHS on Monday.", ["Marek Zielonka"]),
        ("S1: Well, I met S4 and Old friends, old ones.", []),
    ],
)
def test_find_capitals(text, found):
    assert found == [text[f.start : f.end] for f in find_capitals(text, small_words([text]))]


def test_merged_covers_both_halves():
    finds = [Found(0, 4, "person", "S1", "table"), Found(0, 11, "person", "ruth ellery", "entity")]
    assert [Found(0, 11, "person", "S1", "table")] == merged(finds)


def test_merged_an_organisation_named_after_a_person_is_an_organisation():
    finds = [Found(3, 7, "person", "S1", "table"), Found(0, 16, "organisation", "st ruth", "entity")]
    assert [Found(0, 16, "organisation", "st ruth", "entity")] == merged(finds)


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(1, 9), st.sampled_from(["table", "pattern", "entity"]))
    )
)
def test_merged_loses_nothing_and_overlaps_nowhere(spans):
    finds = [Found(a, a + n, "person", str(a), source) for a, n, source in spans]
    joined = merged(finds)
    assert {i for f in finds for i in range(f.start, f.end)} == {
        i for f in joined for i in range(f.start, f.end)
    }
    assert all(one.end <= two.start for one, two in pairwise(joined))


@given(st.text(max_size=40))
def test_words_are_in_order_and_fold_is_stable(text):
    cut = list(words(text))
    assert all(one.end <= two.start for one, two in pairwise(cut))
    assert all(word.form == fold(text[word.start : word.end]) for word in cut)


def test_known_from_table(tmp_path):
    write_files(tmp_path, {"p.csv": "participant,group,Name,names\nS1,S,Ruth Ellery,Ruthie; Ellie\nS2,S,,\n"})
    (known,) = known_from_table(tmp_path / "p.csv")
    assert ("S1", {"Ruth Ellery", "Ruth", "Ellery", "Ruthie", "Ellie"}) == (known.owner, set(known.forms))


def test_a_first_name_that_two_share_belongs_to_neither():
    known = [Known("person", "S1", with_parts(["Ruth Ellery"]), "table"),
             Known("person", "S2", with_parts(["Ruth Moss"]), "table")]  # fmt: skip
    found = merged(find_known("Ruth, Ruth Moss", index_names(known)))
    assert ["? ruth", "S2"] == [f.owner for f in found]


def test_known_from_list(tmp_path):
    write_files(tmp_path, {"n.txt": "# invented\nperson: Ruth Ellery; Ruthie\n\norg: Eastgate Trust\n"})
    assert [("person", "ruth ellery"), ("organisation", "eastgate trust")] == [
        (one.kind, one.owner) for one in known_from_list(tmp_path / "n.txt")
    ]


def test_known_from_list_says_every_fault(tmp_path):
    write_files(tmp_path, {"n.txt": "persn: Ruth\nRuth\nplace:  \n"})
    with pytest.raises(PrivacyError) as caught:
        known_from_list(tmp_path / "n.txt")
    assert [(1, "unknown-kind"), (2, "unknown-kind"), (3, "no-name")] == [
        (fault.line, fault.rule) for fault in caught.value.faults
    ]
    assert "Did you mean" in caught.value.faults[0].message
